"""Tokens with which programs use the portal's API."""

from __future__ import annotations

from typing import Any

import pytest

from appliance.frontend.service import FrontEndService
from tests.frontend.browsing import API, CHANNELS, GUEST, PASSWORD, Browser, SmallCore, read_to_end, read_until
from tests.frontend.conftest import Clock
from tests.waiting import wait_until

TOKENS = f"{API}/me/tokens/"
DAY = 86400.0


def make(browser: Browser, *rights: str, days: int = 90) -> Any:
    heard = browser.ask("POST", TOKENS, {"name": "backup", "rights": list(rights), "days": days})
    assert heard.status == 200, heard.text
    return heard.json["data"]


def ask(browser: Browser, token: str, method: str, path: str, body: Any = None) -> Any:
    return Browser(browser.port, browser.trust).ask(method, path, body, Authorization=f"Bearer {token}", Origin="", Sec_Fetch_Site="")


def test_a_token_does_what_its_scope_says_and_no_more(browser: Browser, core: SmallCore) -> None:
    token = make(browser, "guest.read")["token"]

    assert ask(browser, token, "GET", f"{API}/guests/{GUEST}").status == 200
    caller = core.callers[-1]
    assert (caller.user, {right.value for right in caller.rights}) == ("admin", {"guest.read"})
    refused = ask(browser, token, "GET", f"{API}/users/")
    assert (refused.status, refused.json["code"]) == (403, "forbidden")


def test_a_token_needs_no_csrf_proof_and_gets_true_statuses(browser: Browser) -> None:
    token = make(browser, "user.write", "role.write")["token"]

    assert ask(browser, token, "POST", f"{API}/roles/x", {"menu": []}).status == 200
    assert ask(browser, token, "POST", f"{API}/roles/x", {"menu": []}).status == 409
    assert ask(browser, token, "POST", f"{API}/roles/y", {"surprise": 1}).status == 422


def test_nobody_gives_a_token_more_than_they_have(browser: Browser) -> None:
    browser.ask("POST", f"{API}/roles/low", {"menu": ["instance"]})
    browser.ask("POST", f"{API}/user_groups/low", {"role": ["low"]})
    browser.ask("POST", f"{API}/users/low", {"password": PASSWORD, "groups": ["low"]})
    low = Browser(browser.port, browser.trust)
    low.sign_in("low")

    heard = low.ask("POST", TOKENS, {"name": "x", "rights": ["guest.read", "user.write"]})

    assert (heard.status, heard.json["field"]) == (403, "rights")
    token = make(low, "guest.read", "guest.power")["token"]
    browser.ask("PUT", f"{API}/roles/low", {"menu": ["log"]})
    assert ask(browser, token, "GET", f"{API}/guests/{GUEST}").status == 403


@pytest.mark.parametrize("token", ["", "x", "nano-api-", "nano-api-" + "x" * 43, "nano-token.a.b", "nano-api-\u00e9"])
def test_what_is_no_token_opens_nothing(browser: Browser, token: str) -> None:
    heard = ask(browser, token.encode().decode("latin-1"), "GET", f"{API}/guests/{GUEST}")

    assert heard.status == 401
    assert heard.headers["www-authenticate"] == "Bearer"


def test_an_expired_token_says_so(browser: Browser, clock: Clock) -> None:
    token = make(browser, "guest.read", days=1)["token"]
    clock.now += DAY - 1
    assert ask(browser, token, "GET", f"{API}/guests/{GUEST}").status == 200
    clock.now += 1

    heard = ask(browser, token, "GET", f"{API}/guests/{GUEST}")

    assert (heard.status, heard.json["message"]) == (401, "the token has expired")


def test_a_revoked_token_is_worth_nothing(browser: Browser) -> None:
    made = make(browser, "guest.read")

    assert browser.ask("DELETE", TOKENS + made["id"]).status == 200
    assert browser.ask("DELETE", TOKENS + made["id"]).status == 404
    assert ask(browser, made["token"], "GET", f"{API}/guests/{GUEST}").status == 401


def test_a_token_ends_with_its_owner(browser: Browser, clock: Clock) -> None:
    browser.ask("POST", f"{API}/users/ann", {"password": PASSWORD, "groups": ["admin"]})
    ann = Browser(browser.port, browser.trust)
    ann.sign_in("ann")
    token = make(ann, "guest.read")["token"]
    clock.now += 1
    assert ask(browser, token, "GET", f"{API}/guests/{GUEST}").status == 200

    browser.ask("PUT", f"{API}/users/ann", {"disabled": True})
    assert ask(browser, token, "GET", f"{API}/guests/{GUEST}").status == 401
    browser.ask("PUT", f"{API}/users/ann", {"disabled": False})
    assert ask(browser, token, "GET", f"{API}/guests/{GUEST}").status == 401
    browser.ask("DELETE", f"{API}/users/ann")
    assert ask(browser, token, "GET", f"{API}/guests/{GUEST}").status == 401


def test_the_list_tells_the_last_use_and_never_the_token(browser: Browser, service: FrontEndService, clock: Clock) -> None:
    made = make(browser, "guest.read")
    clock.now += 100
    ask(browser, made["token"], "GET", f"{API}/guests/{GUEST}")

    heard = browser.ask("GET", TOKENS)

    [item] = heard.json["data"]
    assert (item["name"], item["used"], item["used_from"]) == ("backup", clock.now, "127.0.0.1")
    assert made["token"].encode() not in heard.text
    assert made["token"] not in str(service._store and service._store.read("select * from api_token"))


def test_an_administrator_sees_and_revokes_the_tokens_of_others(browser: Browser) -> None:
    browser.ask("POST", f"{API}/users/ann", {"password": PASSWORD, "groups": ["admin"]})
    ann = Browser(browser.port, browser.trust)
    ann.sign_in("ann")
    made = make(ann, "guest.read")

    assert [item["id"] for item in browser.ask("GET", f"{API}/users/ann/tokens/").json["data"]] == [made["id"]]
    assert browser.ask("DELETE", TOKENS + made["id"]).status == 404
    assert browser.ask("DELETE", f"{API}/users/ann/tokens/{made['id']}").status == 200
    assert ask(browser, made["token"], "GET", f"{API}/guests/{GUEST}").status == 401


def test_a_token_opens_no_console(browser: Browser) -> None:
    token = make(browser, "guest.console", "guest.read")["token"]

    assert ask(browser, token, "POST", CHANNELS, {"guest": GUEST}).status == 403


def test_the_event_stream_of_a_token_ends_with_it(browser: Browser) -> None:
    made = make(browser, "overview.read")
    connection = browser.secure()
    connection.sendall(f"GET {API}/events/ HTTP/1.1\r\nHost: {browser.host}\r\nAuthorization: Bearer {made['token']}\r\n\r\n".encode())
    assert b" 200 " in read_until(connection, b"\r\n\r\n")

    browser.ask("DELETE", TOKENS + made["id"])

    connection.settimeout(10)
    read_to_end(connection)


def test_an_event_stream_ends_when_the_rights_of_its_user_change(browser: Browser, service: FrontEndService) -> None:
    browser.ask("POST", f"{API}/roles/low", {"menu": ["dashboard", "instance"]})
    browser.ask("POST", f"{API}/user_groups/low", {"role": ["low"]})
    browser.ask("POST", f"{API}/users/low", {"password": PASSWORD, "groups": ["low"]})
    low = Browser(browser.port, browser.trust)
    low.sign_in("low")
    streams = []
    for who in (browser, low):
        connection = who.secure()
        connection.sendall(f"GET {API}/events/ HTTP/1.1\r\nHost: {who.host}\r\nCookie: {who.cookie}\r\n\r\n".encode())
        assert b" 200 " in read_until(connection, b"\r\n\r\n")
        streams.append(connection)
    app = service.app().api
    wait_until(lambda: len(app.streams) == 2, 5, "both streams")

    browser.ask("PUT", f"{API}/roles/low", {"menu": ["dashboard"]})

    streams[1].settimeout(10)
    read_to_end(streams[1])
    assert len(app.streams) == 1
