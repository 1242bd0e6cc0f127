"""What root can do at the host: `nano reset-admin` and `nano verify-log`."""

from __future__ import annotations

import re
import time

import pytest

from appliance import cli
from appliance.frontend.audit import AuditLog
from appliance.frontend.service import FrontEndService
from nano_runtime.home import Home
from tests.frontend.browsing import API, PASSWORD, Browser, read_to_end, read_until
from tests.frontend.conftest import Clock


def nano(home: Home, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Exit code and everything written."""
    code = cli.main([arguments[0], "--home", str(home.path), *arguments[1:]])
    written = capsys.readouterr()
    return code, written.out + written.err


def password_in(text: str) -> str:
    found = re.search(r"password (\S+) and", text)
    assert found, text
    return found[1]


class HostClock(Clock):
    """The commands go by the clock of the host, so the portal here does, too."""

    def __call__(self) -> float:
        return time.time()


@pytest.fixture
def clock() -> Clock:
    return HostClock()


def test_the_lost_password_is_replaced_while_the_portal_runs(
    browser: Browser, home: Home, capsys: pytest.CaptureFixture[str], stranger: Browser
) -> None:
    code, text = nano(home, capsys, "reset-admin")

    assert code == 0
    assert "user admin" in text
    assert browser.ask("GET", f"{API}/me/").status == 401
    assert stranger.sign_in().status == 401
    heard = stranger.sign_in(password=password_in(text))
    assert heard.json["data"]["step"] == "password"


def test_an_event_stream_of_before_ends_at_the_next_look(
    browser: Browser, home: Home, capsys: pytest.CaptureFixture[str], service: FrontEndService
) -> None:
    """The command is another process than the portal."""
    connection = browser.secure()
    connection.sendall(f"GET {API}/events/ HTTP/1.1\r\nHost: {browser.host}\r\nCookie: {browser.cookie}\r\n\r\n".encode())
    assert b" 200 " in read_until(connection, b"\r\n\r\n")

    nano(home, capsys, "reset-admin")
    service.app().sweep()

    connection.settimeout(10)
    read_to_end(connection)


def test_every_reset_is_in_the_log(browser: Browser, home: Home, capsys: pytest.CaptureFixture[str], clock: Clock) -> None:
    nano(home, capsys, "reset-admin", "--user", "admin")

    audit = AuditLog(home, clock)
    [entry] = audit.store.read("select user, address, name, result, detail from entry where action = 'reset_admin'")
    assert (entry["user"], entry["address"], entry["name"]) == ("root", "this host", "admin")
    assert audit.verify().broken == 0
    audit.close()


def test_a_disabled_user_without_rights_gets_everything_back(
    browser: Browser, home: Home, capsys: pytest.CaptureFixture[str], service: FrontEndService, stranger: Browser
) -> None:
    browser.ask("POST", f"{API}/users/ann", {"password": PASSWORD})
    browser.ask("PUT", f"{API}/users/ann", {"disabled": True})

    _, text = nano(home, capsys, "reset-admin", "--user", "ann")
    stranger.sign_in("ann", password_in(text))
    stranger.ask("PUT", f"{API}/users/ann/password/", {"old": password_in(text), "new": "Another-horse-7"})

    assert stranger.ask("GET", f"{API}/users/").status == 200
    assert stranger.ask("GET", f"{API}/portal/").json["data"]["groups"] == ["rescue"]


def test_an_unknown_user_and_an_empty_home_are_told(browser: Browser, home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    code, text = nano(home, capsys, "reset-admin", "--user", "nobody")
    assert (code, "there is no user 'nobody'; there are admin" in text) == (1, True)

    empty = Home(home.path / "empty")
    empty.create()
    assert nano(empty, capsys, "reset-admin")[0] == 1
    assert nano(empty, capsys, "verify-log")[0] == 1
    assert list(empty.data.iterdir()) == []


def test_a_whole_log_is_said_to_be_one(browser: Browser, home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    code, text = nano(home, capsys, "verify-log")

    assert code == 0
    assert re.fullmatch(r"the audit log is whole: entries 1 to 1, ending with [0-9a-f]{64}\n", text)
    assert browser.ask("GET", f"{API}/audit/?action=verify_log").json["data"]["total"] == 1


def test_a_log_that_was_changed_is_found(
    browser: Browser, home: Home, capsys: pytest.CaptureFixture[str], service: FrontEndService
) -> None:
    browser.ask("POST", f"{API}/roles/ops", {"menu": ["log"]})
    assert service._audit is not None
    service._audit.store.write(lambda execute: execute("update entry set detail = '' where seq = 2"))

    code, text = nano(home, capsys, "verify-log")

    assert (code, "broken at entry 2: it was changed" in text) == (1, True)
