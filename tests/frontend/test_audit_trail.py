"""What the audit log tells of a day at the portal."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from appliance.frontend.audit_search import harmless
from appliance.frontend.service import FrontEndService
from appliance.http.serve import Record
from appliance.rights import ROOT, Caller
from nano_runtime.errors import Unavailable
from tests.frontend.browsing import API, CHANNELS, EVIL_NAME, GUEST, PASSWORD, SESSION, Browser, SmallCore
from tests.frontend.conftest import Clock
from tests.waiting import wait_until

DAY = 86400.0


def entries(browser: Browser, query: str = "") -> list[Any]:
    """Newest first."""
    heard = browser.ask("GET", f"{API}/audit/?{query}")
    assert heard.status == 200, heard.text
    found: list[Any] = heard.json["data"]["result"]
    return found


def told(entry: Any) -> tuple[str, ...]:
    return tuple(entry[name] for name in ("user", "address", "action", "kind", "name", "result"))


def old_program(browser: Browser) -> dict[str, str]:
    """Its header."""
    heard = Browser(browser.port, browser.trust).ask("POST", f"{API}/sessions/", {"user": "admin", "password": PASSWORD})
    return {"Nano_Session": heard.json["data"]["session"]}


def test_every_change_is_told_with_who_where_what_and_how_it_ended(browser: Browser) -> None:
    browser.ask("POST", f"{API}/roles/ops", {"menu": ["log"]})
    browser.ask("POST", f"{API}/roles/ops", {"menu": ["log"]})

    failed, done, set_up = entries(browser)

    assert told(done) == ("admin", "127.0.0.1", "create_role", "role", "ops", "ok")
    assert done["detail"] == 'menu=["log"]'
    assert told(failed) == ("admin", "127.0.0.1", "create_role", "role", "ops", "failed")
    assert "already" in failed["detail"]
    assert told(set_up)[:3] == ("admin", "127.0.0.1", "set_up_portal")


def test_sign_ins_and_their_failures_are_told_without_what_was_typed(browser: Browser, stranger: Browser) -> None:
    stranger.sign_in(password="Wrong-horse-9")
    stranger.sign_in("My-password-5", "admin")
    stranger.sign_in()
    stranger.ask("DELETE", SESSION)

    found = [(*told(entry)[::5], entry["action"]) for entry in entries(browser)[:4]]

    assert found == [("admin", "ok", "sign_out"), ("admin", "ok", "sign_in"), ("", "refused", "sign_in"), ("admin", "refused", "sign_in")]
    everything = browser.ask("GET", f"{API}/audit/export?format=json").text
    for secret in ("Wrong-horse-9", "My-password-5", PASSWORD, browser.csrf, browser.cookie.partition("=")[2]):
        assert secret.encode() not in everything


def test_refusals_are_told_and_a_page_that_asks_on_fills_no_disk(browser: Browser, stranger: Browser, clock: Clock) -> None:
    for _ in range(20):
        stranger.ask("GET", f"{API}/guests/{GUEST}")
        stranger.ask("GET", f"{API}/users/")

    assert [told(entry)[0:6:5] for entry in entries(browser, "result=refused")] == [("", "refused")] * 2
    clock.now += 61
    stranger.ask("GET", f"{API}/users/")
    assert "and 19 more like it before" in entries(browser, "result=refused")[0]["detail"]


def test_guests_are_told_by_name_also_when_they_are_gone(browser: Browser, core: SmallCore) -> None:
    def delete(caller: Any, id: str, *rest: Any) -> None:
        core.away = Unavailable("gone")

    core.delete = delete  # type: ignore[attr-defined]  # what this Core does on deletion
    browser.ask("DELETE", f"{API}/guests/{GUEST}", {})

    [entry, *_] = entries(browser)
    assert (entry["action"], entry["kind"], entry["object"], entry["name"]) == ("delete_guest", "guest", GUEST, EVIL_NAME)


def test_consoles_are_told_when_asked_for_and_when_opened(browser: Browser) -> None:
    connection, head = browser.websocket(f"{API}/monitor_channels/{browser.channel()}")
    assert b" 101 " in head

    found = wait_until(lambda: [entry for entry in entries(browser, "kind=guest") if entry["action"] == "open_console"], 5, "the entry")

    assert told(found[0]) == ("admin", "127.0.0.1", "open_console", "guest", EVIL_NAME, "ok")
    assert entries(browser, "action=create_channel")[0]["object"] == GUEST
    connection.close()


def test_passwords_tokens_and_codes_are_not_in_the_log(browser: Browser) -> None:
    browser.ask("POST", f"{API}/users/ann", {"password": "Secret-of-ann-1", "nick": "Ann"})
    browser.ask("PUT", f"{API}/users/admin/password/", {"old": "Old-of-admin-1", "new": "New-of-admin-1"})
    browser.ask("PUT", f"{API}/users/admin/password/", {"old": 12345678, "new": "x"})
    reset = browser.ask("POST", f"{API}/users/ann/password/reset", {}).json["data"]["password"]
    token = browser.ask("POST", f"{API}/me/tokens/", {"name": "backup", "rights": ["guest.read"]}).json["data"]["token"]
    secret = browser.ask("POST", f"{API}/me/two_step", {"password": PASSWORD}).json["data"]["secret"]

    everything = browser.ask("GET", f"{API}/audit/export?format=json").text.decode()

    for hidden in ("Secret-of-ann-1", "Old-of-admin-1", "New-of-admin-1", "12345678", reset, token, secret, PASSWORD):
        assert hidden not in everything
    assert [entry["action"] for entry in entries(browser, "limit=6")][1:] == [
        "prepare_two_step",
        "create_my_token",
        "reset_password",
        "change_password",
        "change_password",
    ]


def test_the_log_is_searched_on_the_server_page_by_page(browser: Browser, clock: Clock) -> None:
    for number in range(5):
        clock.now += DAY
        browser.sign_in()
        browser.ask("POST", f"{API}/roles/role-{number}", {"menu": []})

    page = browser.ask("GET", f"{API}/audit/?action=create_role&limit=2&offset=1").json["data"]
    assert ([entry["name"] for entry in page["result"]], page["total"]) == (["role-3", "role-2"], 5)
    assert [entry["name"] for entry in entries(browser, "text=ROLE-4")] == ["role-4"]
    assert [entry["name"] for entry in entries(browser, "object=role-1")] == ["role-1"]
    assert len(entries(browser, f"after={clock.now - DAY:.0f}&action=create_role")) == 2
    assert len(entries(browser, f"before={clock.now - 3 * DAY:.0f}&action=create_role")) == 1
    assert entries(browser, "user=nobody") == []
    assert browser.ask("GET", f"{API}/audit/?result=good").json["field"] == "result"


def test_an_export_is_harmless_in_a_spreadsheet(browser: Browser) -> None:
    browser.ask("POST", f"{API}/logs/", {"content": '=cmd|" /C calc"!A0'})

    heard = browser.ask("GET", f"{API}/audit/export?format=csv")

    assert heard.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(heard.text.decode("utf-8-sig"))))
    assert rows[0]["detail"] == '\'=cmd|" /C calc"!A0'
    assert rows[0]["time"].endswith("Z")
    assert json.loads(browser.ask("GET", f"{API}/audit/export?format=json").text)[1]["detail"] == '=cmd|" /C calc"!A0'
    assert entries(browser, "action=export_audit")


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_formulas_are_quoted(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert harmless("x" + text) == "x" + text


def test_an_old_program_reads_the_log_in_the_old_form(browser: Browser) -> None:
    known = old_program(browser)
    browser.ask("POST", f"{API}/logs/", {"content": "user admin logged in", "format": "x"}, **known)

    data = browser.ask("GET", f"{API}/logs/?limit=1&start=0", **known).json["data"]

    assert data["total"] == 3
    [item] = data["logs"]
    assert (len(item["id"]), item["id"].isdigit(), len(item["time"])) == (17, True, 19)
    assert item["content"] == "admin (client): user admin logged in"
    assert item["id"].startswith(item["time"].translate({ord(mark): None for mark in "-: "}))
    second = browser.ask("GET", f"{API}/logs/?start=1", **known).json["data"]["logs"][0]["content"]
    assert second == "admin@127.0.0.1 create_session session"


@pytest.mark.parametrize("query", ["limit=x", "start=-1", "after=yesterday", "after=2030-01-01%2000:00:00&before=2029-01-01%2000:00:00"])
def test_a_bad_query_of_the_old_log_is_told(browser: Browser, query: str) -> None:
    assert browser.ask("GET", f"{API}/logs/?{query}").status == 422
    old = browser.ask("GET", f"{API}/logs/?{query}", **old_program(browser))
    assert (old.status, old.json["error_code"], old.json["data"]) == (200, 500, "")


def test_the_old_log_is_read_for_a_time(browser: Browser, clock: Clock) -> None:
    clock.now += 10 * DAY
    browser.sign_in()
    browser.ask("POST", f"{API}/logs/", {"content": "later"})

    contents = [item["content"] for item in browser.ask("GET", f"{API}/logs/").json["data"]["logs"]]
    assert contents == ["admin (client): later", "admin@127.0.0.1 sign_in session admin"]
    assert browser.ask("GET", f"{API}/logs/?after=2020-01-01%2000:00:00").json["data"]["total"] == 3


def test_nobody_deletes_single_entries_and_the_attempt_is_told(browser: Browser) -> None:
    heard = browser.ask("DELETE", f"{API}/logs/", {"entries": ["20240501102030001"]})
    assert (heard.status, heard.json["code"]) == (403, "forbidden")
    assert "cannot be deleted one by one" in heard.json["message"]

    old = browser.ask("DELETE", f"{API}/logs/", {"entries": ["20240501102030001"]}, **old_program(browser)).json
    assert (old["error_code"], old["data"]) == (500, "")
    assert "cannot be deleted one by one" in old["message"]
    assert [told(entry)[2::3] for entry in entries(browser, "action=delete_log")] == [("delete_log", "refused")]


def test_what_a_client_claims_is_marked(browser: Browser) -> None:
    browser.ask("POST", f"{API}/logs/", {"content": "I am the server"})

    [claim] = entries(browser, "origin=client")
    assert (claim["user"], claim["detail"], claim["action"]) == ("admin", "I am the server", "add_log")


def test_a_client_cannot_flood_the_log(browser: Browser, clock: Clock) -> None:
    statuses = [browser.ask("POST", f"{API}/logs/", {"content": "x"}).status for _ in range(61)]

    assert statuses == [200] * 60 + [429]
    clock.now += 61
    assert browser.ask("POST", f"{API}/logs/", {"content": "x"}).status == 200


def test_who_may_not_read_the_log_reads_nothing_of_it(browser: Browser) -> None:
    browser.ask("POST", f"{API}/roles/low", {"menu": ["instance", "user"]})
    browser.ask("POST", f"{API}/user_groups/low", {"role": ["low"]})
    browser.ask("POST", f"{API}/users/low", {"password": PASSWORD, "groups": ["low"]})
    low = Browser(browser.port, browser.trust)
    low.sign_in("low")

    for path in ("audit/", "audit/export", "audit/chain", "logs/"):
        assert low.ask("GET", f"{API}/{path}").status == 403


def test_the_chain_of_a_day_is_whole_and_a_changed_one_is_seen(browser: Browser, service: FrontEndService) -> None:
    browser.ask("POST", f"{API}/roles/ops", {"menu": ["log"]})
    verdict = browser.ask("GET", f"{API}/audit/chain").json["data"]
    assert (verdict["broken"], verdict["first"], verdict["last"]) == (0, 1, 2)

    audit = service._audit
    assert audit is not None
    audit.store.write(lambda execute: execute("update entry set user = 'eve' where seq = 2"))

    verdict = browser.ask("GET", f"{API}/audit/chain").json["data"]
    assert (verdict["broken"], verdict["problem"]) == (2, "it was changed")


def test_retention_follows_the_setting(browser: Browser, service: FrontEndService, clock: Clock) -> None:
    clock.now += 40 * DAY
    browser.sign_in()
    browser.ask("PUT", f"{API}/settings/", {"log_days": 30})
    front = service._front
    assert front is not None
    front.sweep()

    assert [entry["action"] for entry in entries(browser)] == ["cut_log", "modify_settings", "sign_in"]
    assert browser.ask("GET", f"{API}/audit/chain").json["data"]["broken"] == 0


def test_a_log_that_cannot_be_written_stops_nobody_and_is_told(
    browser: Browser, service: FrontEndService, caplog: pytest.LogCaptureFixture
) -> None:
    assert service._audit is not None
    service._audit.store.close()

    assert browser.ask("POST", f"{API}/roles/ops", {"menu": ["log"]}).status == 200

    assert "audit.db is closed" in service.status()["problem"]
    assert "the audit log cannot be written" in caplog.text


def test_reading_and_what_nobody_asks_about_is_not_told(browser: Browser) -> None:
    before = len(entries(browser))
    browser.ask("GET", f"{API}/guests/{GUEST}")
    browser.ask("POST", f"{API}/portal/activity")
    browser.ask("PUT", f"{API}/me/preferences", {"preferences": "{}"})
    browser.ask("POST", f"{API}/search/guests/", {})

    assert len(entries(browser)) == before


def test_what_programs_do_at_the_api_of_core_is_told_too(browser: Browser, service: FrontEndService) -> None:
    """A portal in the same process hears of it; a program with credentials of its own names no user."""
    places = {"id": GUEST}
    for caller, status in ((ROOT, 200), (Caller(user="ann"), 403), (Caller(), 401)):
        service.heard(Record(caller, "192.0.2.7", "open_guest_console", "GET", places, status, "" if status == 200 else "no", "x"))

    found = [(entry["user"], entry["address"], entry["object"], entry["result"]) for entry in entries(browser, "action=open_guest_console")]

    assert found == [
        ("", "192.0.2.7", GUEST, "refused"),
        ("ann", "192.0.2.7", GUEST, "refused"),
        ("a program", "192.0.2.7", GUEST, "ok"),
    ]


def test_a_forged_request_is_told(browser: Browser) -> None:
    token, browser.csrf = browser.csrf, "wrong"
    browser.ask("POST", CHANNELS, {"guest": GUEST})
    browser.csrf = token

    assert told(entries(browser, "result=refused")[0])[2:4] == ("create_channel", "guest")
