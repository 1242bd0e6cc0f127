"""Users, groups and roles: what administrators do, and what even they cannot."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from appliance.frontend.service import FrontEndService
from appliance.rights import MENUS
from nano_runtime.store import Store
from tests.frontend.browsing import API, GUEST, PASSWORD, Browser, Heard
from tests.frontend.conftest import Clock

OTHER = "Another-horse-7"


def make_user(browser: Browser, name: str, menus: list[str] | None = None, **body: Any) -> None:
    """A user in a group of the same name that has a role of the same name."""
    groups = []
    if menus is not None:
        made(browser.ask("POST", f"{API}/roles/{name}", {"menu": menus}))
        made(browser.ask("POST", f"{API}/user_groups/{name}", {"display": name, "role": [name]}))
        groups = [name]
    made(browser.ask("POST", f"{API}/users/{name}", {"password": PASSWORD, "groups": groups} | body))


def made(heard: Heard) -> Any:
    assert heard.status == 200, heard.text
    return heard.json["data"]


def as_user(browser: Browser, name: str, password: str = PASSWORD) -> Browser:
    other = Browser(browser.port, browser.trust)
    assert other.sign_in(name, password).status == 200
    return other


def test_a_user_is_made_read_changed_and_removed(browser: Browser) -> None:
    make_user(browser, "ann", ["instance"], nick="Ann", mail="ann@nano.lan")

    assert made(browser.ask("GET", f"{API}/users/")) == ["admin", "ann"]
    details = made(browser.ask("GET", f"{API}/users/ann"))
    assert (details["nick"], details["mail"], details["groups"]) == ("Ann", "ann@nano.lan", ["ann"])
    made(browser.ask("PUT", f"{API}/users/ann", {"mail": ""}))
    assert "mail" not in made(browser.ask("GET", f"{API}/users/ann"))
    assert made(browser.ask("GET", f"{API}/user_search/?group=ann")) == ["ann"]
    made(browser.ask("DELETE", f"{API}/users/ann"))
    assert browser.ask("GET", f"{API}/users/ann").status == 404


def test_a_name_used_again_is_somebody_else(browser: Browser) -> None:
    make_user(browser, "ann", ["instance"])
    first = made(browser.ask("GET", f"{API}/users/ann"))["id"]
    old = as_user(browser, "ann")
    made(browser.ask("DELETE", f"{API}/users/ann"))
    make_user(browser, "ann")

    assert made(browser.ask("GET", f"{API}/users/ann"))["id"] != first
    assert old.ask("GET", f"{API}/me/").status == 401


def test_an_old_program_keeps_what_it_sends_empty(browser: Browser, stranger: Browser) -> None:
    make_user(browser, "ann", nick="Ann", mail="a@b")
    id = stranger.ask("POST", f"{API}/sessions/", {"user": "admin", "password": PASSWORD}).json["data"]["session"]

    stranger.ask("PUT", f"{API}/users/ann", {"nick": "", "mail": "c@d"}, Nano_Session=id)

    details = made(browser.ask("GET", f"{API}/users/ann"))
    assert (details["nick"], details["mail"]) == ("Ann", "c@d")


def test_several_groups_add_their_rights_and_the_first_is_the_main_one(browser: Browser, clock: Clock) -> None:
    make_user(browser, "dev", ["instance"])
    make_user(browser, "ops", ["log"])
    clock.now += 1
    made(browser.ask("POST", f"{API}/user_groups/ops/members/dev"))

    state = made(as_user(browser, "dev").ask("GET", f"{API}/portal/"))

    assert (state["group"], state["groups"]) == ("dev", ["dev", "ops"])
    assert {"guest.read", "audit.read"} <= set(state["rights"])
    assert state["areas"]["audit"] == ["read"]
    again = browser.ask("POST", f"{API}/user_groups/ops/members/dev")
    assert (again.status, again.json["field"]) == (409, "user")


def test_the_last_administrator_cannot_go_whichever_way(browser: Browser) -> None:
    make_user(browser, "ann", ["instance"])
    ways: list[tuple[str, str, Any]] = [
        ("PUT", "roles/super", {"menu": [menu for menu in MENUS if menu != "user"]}),
        ("PUT", "user_groups/admin", {"role": []}),
        ("DELETE", "user_groups/admin/members/admin", None),
    ]
    for method, path, body in ways:
        heard = browser.ask(method, f"{API}/{path}", body)
        assert (heard.status, heard.json["code"]) == (409, "conflict"), path
        assert "nobody would be left" in heard.json["message"]
    assert browser.ask("DELETE", f"{API}/users/admin").json["message"] == "you cannot delete yourself"
    assert browser.ask("PUT", f"{API}/users/admin", {"disabled": True}).status == 409
    assert browser.ask("POST", f"{API}/users/admin/password/reset", {}).status == 409
    assert set(made(browser.ask("GET", f"{API}/portal/"))["menus"]) == set(MENUS)


def test_two_administrators_cannot_delete_each_other(browser: Browser) -> None:
    """Whoever comes second has lost the account by then; without that check nobody would be left."""
    make_user(browser, "ann", groups=["admin"])
    ann = as_user(browser, "ann")
    start, statuses = threading.Barrier(2), list[int]()

    def remove(who: Browser, victim: str) -> None:
        start.wait()
        statuses.append(who.ask("DELETE", f"{API}/users/{victim}").status)

    threads = [threading.Thread(target=remove, args=pair) for pair in ((browser, "ann"), (ann, "admin"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert sorted(statuses) in ([200, 401], [200, 409])
    left = browser if browser.ask("GET", f"{API}/users/").status == 200 else ann
    assert len(made(left.ask("GET", f"{API}/users/"))) == 1


def test_a_disabled_user_is_out_at_once_and_stays_out(browser: Browser) -> None:
    make_user(browser, "ann", ["instance"])
    ann = as_user(browser, "ann")

    made(browser.ask("PUT", f"{API}/users/ann", {"disabled": True}))

    assert ann.ask("GET", f"{API}/me/").status == 401
    heard = ann.sign_in("ann")
    assert (heard.status, heard.json["message"]) == (403, "user 'ann' is disabled")
    assert ann.sign_in("ann", "Wrong-horse-9").status == 401
    made(browser.ask("PUT", f"{API}/users/ann", {"disabled": False}))
    assert ann.sign_in("ann").status == 200


def test_a_reset_password_must_be_changed_before_anything_else(browser: Browser) -> None:
    make_user(browser, "ann", list(MENUS))
    before = as_user(browser, "ann")

    password = made(browser.ask("POST", f"{API}/users/ann/password/reset", {}))["password"]

    assert before.ask("GET", f"{API}/me/").status == 401
    ann = as_user(browser, "ann", password)
    state = made(ann.ask("GET", f"{API}/portal/"))
    assert (state["step"], state["user"], state["rights"], state["menus"]) == ("password", "ann", [], [])
    assert ann.ask("GET", f"{API}/guests/{GUEST}").json["code"] == "password-change-needed"
    assert ann.ask("PUT", f"{API}/users/admin/password/", {"old": PASSWORD, "new": OTHER}).status == 403
    changed = f"{API}/users/ann/password/"
    assert ann.ask("PUT", changed, {"old": password, "new": password}).status == 409
    assert ann.ask("PUT", changed, {"old": password, "new": "weak"}).json["field"] == "new"
    made(ann.ask("PUT", changed, {"old": password, "new": OTHER}))
    assert ann.ask("GET", f"{API}/guests/{GUEST}").status == 200
    assert as_user(browser, "ann", OTHER).cookie


def test_an_old_program_cannot_use_a_password_that_must_be_changed(browser: Browser, stranger: Browser) -> None:
    make_user(browser, "ann", ["instance"], must_change=True)

    heard = stranger.ask("POST", f"{API}/sessions/", {"user": "ann", "password": PASSWORD}).json

    assert heard["error_code"] == 500
    assert "must be changed first" in heard["message"]


def test_a_changed_password_ends_the_other_sessions_only(browser: Browser) -> None:
    make_user(browser, "ann", ["instance"])
    here, there = as_user(browser, "ann"), as_user(browser, "ann")

    made(here.ask("PUT", f"{API}/users/ann/password/", {"old": PASSWORD, "new": OTHER}))

    assert (here.ask("GET", f"{API}/me/").status, there.ask("GET", f"{API}/me/").status) == (200, 401)


def test_nobody_changes_the_password_of_others_and_guessing_waits(browser: Browser) -> None:
    make_user(browser, "ann", ["instance"])
    ann = as_user(browser, "ann")
    path = f"{API}/users/ann/password/"

    assert ann.ask("PUT", f"{API}/users/admin/password/", {"old": PASSWORD, "new": OTHER}).status == 403
    statuses = [ann.ask("PUT", path, {"old": f"Wrong-{number}-horse", "new": OTHER}).status for number in range(6)]

    assert statuses == [403] * 5 + [429]


def test_an_administrator_unlocks_who_guessed(browser: Browser, stranger: Browser) -> None:
    make_user(browser, "ann", ["instance"])
    for _ in range(6):
        locked = stranger.sign_in("ann", "Wrong-horse-9")

    assert (locked.status, locked.headers["retry-after"], locked.json["wait"]) == (429, "30", 30)
    assert made(browser.ask("GET", f"{API}/users/ann"))["locked"] == 30
    assert [each["name"] for each in made(browser.ask("GET", f"{API}/search/users/?state=locked"))["result"]] == ["ann"]
    made(browser.ask("POST", f"{API}/users/ann/unlock"))
    assert stranger.sign_in("ann").status == 200


def test_whoever_manages_users_only_gives_and_takes_no_more_than_they_have(browser: Browser) -> None:
    made(browser.ask("POST", f"{API}/roles/desk", {"rights": ["user.read", "user.write"]}))
    made(browser.ask("POST", f"{API}/user_groups/desk", {"role": ["desk"]}))
    make_user(browser, "desk", groups=["desk"])
    make_user(browser, "bob", ["instance"])
    desk = as_user(browser, "desk")

    refused: list[tuple[str, str, Any]] = [
        ("POST", "user_groups/admin/members/desk", None),
        ("POST", "users/eve", {"password": PASSWORD, "groups": ["admin"]}),
        ("POST", "user_groups/mine", {"role": ["super"]}),
        ("PUT", "user_groups/admin", {"role": ["desk"]}),
        ("DELETE", "user_groups/admin/members/admin", None),
        ("DELETE", "users/admin", None),
        ("PUT", "users/admin", {"disabled": True}),
        ("POST", "users/admin/password/reset", {}),
        ("DELETE", "users/admin/two_step", None),
        ("POST", "users/bob/password/reset", {}),
        ("POST", "roles/mine", {"menu": ["user"]}),
        ("PUT", "roles/desk", {"menu": list(MENUS)}),
    ]
    for method, path, body in refused:
        heard = desk.ask(method, f"{API}/{path}", body)
        assert (heard.status, heard.json["code"]) == (403, "forbidden"), path
    assert made(browser.ask("GET", f"{API}/users/")) == ["admin", "bob", "desk"]
    made(desk.ask("POST", f"{API}/users/carl", {"password": PASSWORD, "groups": ["desk"]}))


def test_a_role_or_group_in_use_stays(browser: Browser) -> None:
    make_user(browser, "ann", ["instance"])

    assert browser.ask("DELETE", f"{API}/roles/ann").status == 409
    assert browser.ask("DELETE", f"{API}/user_groups/ann").status == 409
    made(browser.ask("DELETE", f"{API}/user_groups/ann/members/ann"))
    made(browser.ask("DELETE", f"{API}/user_groups/ann"))
    made(browser.ask("DELETE", f"{API}/roles/ann"))
    assert made(browser.ask("GET", f"{API}/user_search/?group=")) == ["ann"]


@pytest.mark.parametrize("path", ["users/a%20b", "users/..", "users/x%2Fy", "user_groups/%E5%BC%A0", "roles/" + "x" * 65])
def test_a_bad_name_is_refused(browser: Browser, path: str) -> None:
    heard = browser.ask("POST", f"{API}/{path}", {"password": PASSWORD} if path.startswith("users") else {})

    assert heard.status in (422, 404, 405, 301, 308), heard.text
    assert made(browser.ask("GET", f"{API}/users/")) == ["admin"]


def test_an_unknown_menu_role_or_group_is_named_and_nothing_is_made(browser: Browser, service: FrontEndService) -> None:
    assert browser.ask("POST", f"{API}/roles/x", {"menu": ["dashboards"]}).json["field"] == "menu"
    assert browser.ask("POST", f"{API}/user_groups/x", {"role": ["nothing"]}).json["field"] == "role"
    assert browser.ask("POST", f"{API}/users/x", {"password": PASSWORD, "groups": ["nothing"]}).json["field"] == "group"

    store = service._store
    assert isinstance(store, Store)
    assert [store.read(f"select count(*) as n from {table}")[0]["n"] for table in ("role", "user_group", "user")] == [1, 1, 1]


def test_users_are_found_page_by_page(browser: Browser) -> None:
    for name in ("ann", "bob", "carl"):
        make_user(browser, name, nick=f"The {name}")

    page = made(browser.ask("GET", f"{API}/search/users/?limit=2&offset=1&sort=-name"))
    assert ([user["name"] for user in page["result"]], page["total"]) == (["bob", "ann"], 4)
    assert [user["name"] for user in made(browser.ask("GET", f"{API}/search/users/?keyword=THE%20B"))["result"]] == ["bob"]


def test_the_flags_of_a_group_decide_what_members_see(browser: Browser, stranger: Browser, service: FrontEndService) -> None:
    make_user(browser, "ann", ["instance", "visibility"])
    ann = as_user(browser, "ann")
    front = service._front
    assert front is not None

    assert made(ann.ask("GET", f"{API}/resource_visibilities/"))["instance_visible"] is False
    account = front.accounts.find("ann")
    assert account is not None
    assert not account.caller("", "").owns("bob", "ann")
    made(ann.ask("PUT", f"{API}/resource_visibilities/", {"instance_visible": True}))
    account = front.accounts.find("ann")
    assert account is not None
    caller = account.caller("", "")
    assert caller.owns("bob", "ann")
    assert not caller.sees_disk_image("bob", "ann")
    assert not caller.owns("bob", "other")


def test_one_sees_and_ends_ones_own_sessions_only(browser: Browser) -> None:
    make_user(browser, "ann", ["instance"])
    ann, there = as_user(browser, "ann"), as_user(browser, "ann")

    mine = made(ann.ask("GET", f"{API}/search/sessions/"))
    assert [(item["user"], item["current"]) for item in mine] == [("ann", True), ("ann", False)]
    all_of_them = made(browser.ask("GET", f"{API}/sessions/"))
    assert len(all_of_them) == 3
    [foreign] = set(all_of_them) - {item["key"] for item in mine}
    assert ann.ask("DELETE", f"{API}/sessions/{foreign}").status == 404
    made(ann.ask("DELETE", f"{API}/sessions/"))
    assert (ann.ask("GET", f"{API}/me/").status, there.ask("GET", f"{API}/me/").status) == (200, 401)
    made(browser.ask("DELETE", f"{API}/sessions/{mine[0]['key']}"))
    assert ann.ask("GET", f"{API}/me/").status == 401


def test_what_is_listed_of_a_session_opens_nothing(browser: Browser, stranger: Browser) -> None:
    for key in made(browser.ask("GET", f"{API}/sessions/")):
        assert stranger.ask("GET", f"{API}/me/", Cookie=f"nano_session={key}").status == 401
        assert stranger.ask("GET", f"{API}/users/", Nano_Session=key).json["error_code"] == 500


def test_preferences_are_ones_own_and_small(browser: Browser) -> None:
    make_user(browser, "ann", ["instance"])
    ann = as_user(browser, "ann")
    path = f"{API}/me/preferences"

    assert made(ann.ask("GET", path)) == {"preferences": "{}"}
    made(ann.ask("PUT", path, {"preferences": '{"language": "zh"}'}))
    assert made(ann.ask("GET", path)) == {"preferences": '{"language": "zh"}'}
    for bad in ("[]", "nonsense", '"' + "x" * 20000, "[" * 10000):
        heard = ann.ask("PUT", path, {"preferences": bad})
        assert (heard.status, heard.json["field"]) == (422, "preferences")
    assert made(browser.ask("GET", path)) == {"preferences": "{}"}


def test_settings_change_at_once_and_are_kept(browser: Browser, service: FrontEndService) -> None:
    make_user(browser, "ann", ["instance"])

    assert as_user(browser, "ann").ask("GET", f"{API}/settings/").status == 403
    made(browser.ask("PUT", f"{API}/settings/", {"max_cores": 8, "log_days": 30}))

    assert made(browser.ask("GET", f"{API}/system/"))["max_cores"] == 8
    assert made(browser.ask("GET", f"{API}/settings/"))["log_days"] == 30
    path = service._home.config / "frontend.cfg"
    assert path.stat().st_mode & 0o777 == 0o600
    assert browser.ask("PUT", f"{API}/settings/", {"log_days": -1}).json["field"] == "log_days"
