"""A portal written for Nano 1.4 manages users, groups, roles and logs with the words it knows."""

from __future__ import annotations

from typing import Any

import pytest

from tests.frontend.browsing import API, PASSWORD, Browser


class OldPortal:
    """Knows its session header and the old envelope; sends fields that are unknown here."""

    def __init__(self, browser: Browser) -> None:
        self._browser = Browser(browser.port, browser.trust)
        self._session = ""
        self.login = self.ask("POST", "sessions/", {"user": "admin", "password": PASSWORD, "nonce": "0123456789abcdef"})
        self._session = self.login["session"]

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """The data of a success."""
        envelope = self.envelope(method, path, body)
        assert envelope["error_code"] == 0, envelope
        assert envelope["message"] == ""
        return envelope["data"]

    def refused(self, method: str, path: str, body: Any = None) -> str:
        """The words of a failure."""
        envelope = self.envelope(method, path, body)
        assert (envelope["error_code"], envelope["data"]) == (500, "")
        return str(envelope["message"])

    def envelope(self, method: str, path: str, body: Any) -> Any:
        known = {"Nano_Session": self._session} if self._session else {}
        sent = {**body, "unknown_field": 1} if body is not None else None
        heard = self._browser.ask(method, f"{API}/{path}", sent, **known)
        assert heard.status == 200, heard.text
        assert heard.text.startswith(b'{\n  "error_code"')
        assert set(heard.json) == {"error_code", "message", "data"}
        return heard.json


@pytest.fixture
def portal(browser: Browser) -> OldPortal:
    return OldPortal(browser)


def test_the_login_answers_what_it_did(portal: OldPortal) -> None:
    assert set(portal.login) == {"session", "group", "timeout", "menu", "address"}
    assert portal.ask("PUT", f"sessions/{portal.login['session']}") == ""


def test_roles(portal: OldPortal) -> None:
    assert portal.ask("POST", "roles/operator", {"menu": ["instance", "log"]}) == ""
    assert portal.ask("GET", "roles/") == ["operator", "super"]
    assert portal.ask("GET", "roles/operator")["menu"] == ["instance", "log"]
    assert portal.ask("PUT", "roles/operator", {}) == ""
    assert "menu" not in portal.ask("GET", "roles/operator")
    assert "already" in portal.refused("POST", "roles/operator", {})
    assert "used by group" in portal.refused("DELETE", "roles/super")
    assert portal.ask("DELETE", "roles/operator") == ""
    assert "no role" in portal.refused("GET", "roles/operator")


def test_groups_and_members(portal: OldPortal) -> None:
    assert portal.ask("POST", "user_groups/dev", {"display": "Developers", "role": ["super"]}) == ""
    assert [(each["name"], each["display"], each["member"]) for each in portal.ask("GET", "user_groups/")] == [
        ("admin", "Administrators of Nano Portal", 1),
        ("dev", "Developers", 0),
    ]
    assert "member" not in portal.ask("GET", "user_groups/dev")
    portal.ask("POST", "users/ann", {"password": PASSWORD})
    assert portal.ask("POST", "user_groups/dev/members/ann") == ""
    assert portal.ask("GET", "user_groups/dev/members/") == ["ann"]
    assert portal.ask("GET", "user_groups/dev")["member"] == ["ann"]
    assert "still has 1 member;" in portal.refused("DELETE", "user_groups/dev")
    assert portal.ask("DELETE", "user_groups/dev/members/ann") == ""
    assert "no member" in portal.refused("DELETE", "user_groups/dev/members/ann")
    assert portal.ask("PUT", "user_groups/dev", {"display": "Dev"}) == ""
    assert "role" not in portal.ask("GET", "user_groups/dev")
    assert portal.ask("DELETE", "user_groups/dev") == ""


def test_users(portal: OldPortal) -> None:
    assert portal.ask("POST", "users/ann", {"nick": "Ann", "mail": "a@b", "password": PASSWORD}) == ""
    assert portal.ask("GET", "users/") == ["admin", "ann"]
    found = portal.ask("GET", "users/ann")
    assert (found["name"], found["nick"], found["mail"]) == ("ann", "Ann", "a@b")
    assert portal.ask("GET", "user_search/?group=admin") == ["admin"]
    assert portal.ask("GET", "user_search/anything?group=") == ["ann"]
    assert portal.ask("PUT", "users/ann/password/", {"old": PASSWORD, "new": "Another-horse-7"}) == ""
    assert portal.refused("PUT", "users/ann/password/", {"old": PASSWORD, "new": "Another-horse-8"}) == "invalid user or password"
    assert portal.refused("PUT", "users/nobody/password/", {"old": PASSWORD, "new": "Another-horse-8"}) == "invalid user or password"
    assert portal.ask("DELETE", "users/ann") == ""
    assert "cannot delete yourself" in portal.refused("DELETE", "users/admin")


def test_visibility_sessions_and_logs(portal: OldPortal) -> None:
    wanted = {"instance_visible": True, "disk_image_visible": False, "media_image_visible": True}
    assert portal.ask("PUT", "resource_visibilities/", wanted) == ""
    assert portal.ask("GET", "resource_visibilities/") == wanted
    assert portal.ask("PUT", "resource_visibilities/", {}) == ""
    assert not any(portal.ask("GET", "resource_visibilities/").values())
    assert len(portal.ask("GET", "sessions/")) == 2
    assert portal.ask("POST", "logs/", {"content": "user admin logged in", "format": ""}) == ""
    assert set(portal.ask("GET", "logs/?limit=500&start=0")) == {"logs", "total"}
    assert "one by one" in portal.refused("DELETE", "logs/", {"entries": []})
    assert set(portal.ask("GET", "system/")) == {"ready", "max_cores", "max_memory", "max_disk"}
