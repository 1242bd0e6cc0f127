"""The portal through a real TLS port, as a browser and an old program meet it."""

from __future__ import annotations

import logging
import ssl

import pytest

from appliance.core.api import ENDPOINTS as CORE_ENDPOINTS
from appliance.frontend.service import FrontEndService
from appliance.http.client import Client
from appliance.http.transports import HttpTransport
from appliance.rights import MENUS, Right
from appliance.settings import Credential, FrontEndSettings
from nano_runtime.certificates import Authority
from nano_runtime.errors import Damaged, Unauthenticated, Unavailable
from nano_runtime.home import Home
from tests.frontend.browsing import API, CHANNELS, EVIL_NAME, GUEST, PASSWORD, SESSION, SETUP, Browser, SmallCore
from tests.frontend.conftest import Clock, serving


def test_a_fresh_portal_says_that_it_wants_to_be_set_up(visitor: Browser) -> None:
    heard = visitor.ask("GET", f"{API}/portal/")

    state = heard.json["data"]
    assert (heard.status, state["ready"], state["user"], state["csrf"]) == (200, False, "", "")
    assert abs(state["zone_offset"]) <= 14 * 3600


def test_the_set_up_signs_in_and_is_possible_once(browser: Browser, stranger: Browser, service: FrontEndService) -> None:
    state = browser.ask("GET", f"{API}/portal/").json["data"]

    assert (state["ready"], state["user"], state["group"]) == (True, "admin", "admin")
    assert set(state["rights"]) == {right.value for right in Right}
    assert set(state["menus"]) == set(MENUS)
    assert state["idle_seconds"] == 1800
    assert service.setup_code() == ""
    again = stranger.ask("POST", SETUP, {"code": "", "user": "eve", "password": PASSWORD})
    assert (again.status, again.json["code"]) == (409, "conflict")


def test_a_wrong_code_is_refused_until_one_has_to_wait(visitor: Browser, service: FrontEndService, clock: Clock) -> None:
    body = {"code": "AAAA-BBBB-CCCC", "user": "eve", "password": PASSWORD}
    refused = [visitor.ask("POST", SETUP, body) for _ in range(6)]

    assert [heard.status for heard in refused] == [403] * 5 + [429]
    assert refused[0].json["field"] == "code"
    assert "try again in 30 s" in refused[5].json["message"]
    assert "set-cookie" not in refused[0].headers
    clock.now += 31
    assert visitor.ask("POST", SETUP, body | {"code": service.setup_code()}).status == 200


def test_the_cookie_is_for_nobody_but_this_portal(browser: Browser, stranger: Browser) -> None:
    cookie = stranger.sign_in().headers["set-cookie"]

    assert cookie.startswith("nano_session=")
    assert {part.strip() for part in cookie.split(";")[1:]} == {"Path=/", "HttpOnly", "SameSite=Strict", "Secure"}


def test_signing_in_always_makes_a_new_session(browser: Browser) -> None:
    """A cookie that somebody planted before must not become a signed-in one."""
    before = browser.cookie
    heard = browser.sign_in()

    assert heard.status == 200
    assert browser.cookie != before
    old = Browser(browser.port, browser.trust, cookie=before)
    assert old.ask("GET", f"{API}/guests/{GUEST}").status == 401

    planted = Browser(browser.port, browser.trust, cookie="nano_session=chosen-by-somebody")
    planted.sign_in()
    assert planted.cookie != "nano_session=chosen-by-somebody"


def test_a_wrong_password_is_told_in_one_way(stranger: Browser) -> None:
    wrong, unknown = stranger.sign_in(password="Wrong-horse-9"), stranger.sign_in("nobody")

    assert (wrong.status, unknown.status) == (401, 401)
    assert wrong.json["message"] == unknown.json["message"] == "user name or password is wrong"


def test_guessing_is_stopped(stranger: Browser, clock: Clock) -> None:
    heard = [stranger.sign_in(password="Wrong-horse-9") for _ in range(6)][-1]

    assert (heard.status, heard.json["code"]) == (429, "too-many")
    assert "ask an administrator" in heard.json["hint"]
    assert stranger.sign_in().status == 429
    clock.now += 31
    assert stranger.sign_in().status == 200


def test_a_change_without_the_token_is_refused(browser: Browser) -> None:
    token = browser.csrf
    for browser.csrf in ("", "wrong", token[:-1]):
        assert browser.ask("POST", CHANNELS, {"guest": GUEST}).status == 403
        assert browser.ask("DELETE", SESSION).status == 403
    browser.csrf = token

    assert browser.ask("POST", CHANNELS, {"guest": GUEST}).status == 200


def test_another_site_can_neither_act_nor_sign_in(browser: Browser) -> None:
    for path, body in ((CHANNELS, {"guest": GUEST}), (SESSION, {"user": "admin", "password": PASSWORD})):
        for foreign in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
            browser.extra = foreign
            heard = browser.ask("POST", path, body)
            assert (heard.status, heard.json["code"]) == (403, "foreign-origin")
            assert "set-cookie" not in heard.headers


def test_signing_out_revokes_the_session_and_takes_the_cookie_away(browser: Browser) -> None:
    cookie = browser.cookie

    heard = browser.ask("DELETE", SESSION)

    assert (heard.status, heard.json["data"]["user"]) == (200, "")
    assert "Max-Age=0" in heard.headers["set-cookie"]
    assert Browser(browser.port, browser.trust, cookie=cookie).ask("GET", f"{API}/guests/{GUEST}").status == 401


def test_an_idle_session_ends_and_input_keeps_it(browser: Browser, clock: Clock) -> None:
    clock.now += 29 * 60
    assert browser.ask("POST", f"{API}/portal/activity").status == 200
    clock.now += 29 * 60
    assert browser.ask("GET", f"{API}/guests/{GUEST}").status == 200
    clock.now += 2 * 60

    heard = browser.ask("GET", f"{API}/guests/{GUEST}")
    assert (heard.status, heard.json["code"]) == (401, "unauthenticated")
    assert browser.ask("GET", f"{API}/portal/").json["data"]["user"] == ""


def test_core_hears_on_whose_behalf(browser: Browser, core: SmallCore) -> None:
    heard = browser.ask("GET", f"{API}/guests/{GUEST}")

    assert heard.json["data"]["name"] == EVIL_NAME
    caller = core.callers[-1]
    assert (caller.user, caller.group, caller.address) == ("admin", "admin", "127.0.0.1")
    assert browser.cookie.partition("=")[2] not in str(caller)


def test_text_of_a_guest_is_data_even_when_opened_as_a_page(browser: Browser) -> None:
    heard = browser.ask("GET", f"{API}/guests/{GUEST}")

    assert heard.headers["content-type"] == "application/json"
    assert heard.headers["x-content-type-options"] == "nosniff"
    assert heard.headers["content-security-policy"].startswith("default-src 'none'")
    assert heard.headers["cache-control"] == "no-store"


def test_the_portal_answers_while_core_is_away(browser: Browser, core: SmallCore) -> None:
    core.away = Unavailable("Core at 192.0.2.1:5870 cannot be reached", hint="start Core, or wait until it is back")

    heard = browser.ask("GET", f"{API}/guests/{GUEST}")

    assert (heard.status, heard.json["code"]) == (503, "unavailable")
    assert "cannot be reached" in heard.json["message"]
    assert browser.ask("POST", CHANNELS, {"guest": GUEST}).status == 503
    assert browser.sign_in().status == 200
    assert browser.ask("GET", "/guests").status == 200


def test_a_credential_that_core_refuses_does_not_sign_the_user_out(browser: Browser, core: SmallCore) -> None:
    core.away = Unauthenticated("the signature does not match")

    heard = browser.ask("GET", f"{API}/guests/{GUEST}")

    assert heard.status == 503
    assert "frontend.cfg" in heard.json["hint"]


def test_core_on_another_host_that_is_down_is_told(home: Home, trust: ssl.SSLContext) -> None:
    credential = Credential(id="portal", key="a key of sixteen or more characters")
    client = Client(HttpTransport(CORE_ENDPOINTS, "https://127.0.0.1:1", credential, trust))
    service = FrontEndService(home, FrontEndSettings(), client)

    service.start()

    assert service.status()["running"]
    service.stop()
    assert service.status() == {"running": False}


def test_a_role_without_the_right_is_refused(browser: Browser, service: FrontEndService) -> None:
    store = service._store
    assert store is not None
    store.write(lambda execute: execute("update role set menus = '[\"dashboard\"]'"))

    heard = browser.ask("POST", CHANNELS, {"guest": GUEST})

    assert (heard.status, heard.json["code"]) == (403, "forbidden")
    assert "guest.console" in heard.json["message"]


def test_the_page_comes_with_its_policy_and_the_api_does_not_answer_for_it(browser: Browser) -> None:
    page, unknown = browser.ask("GET", "/guests/x/console"), browser.ask("GET", f"{API}/nothing")

    assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert page.headers["strict-transport-security"]
    assert page.headers["referrer-policy"] == "same-origin"
    assert (unknown.status, unknown.headers["content-type"]) == (404, "application/json")
    assert browser.ask("GET", "/../../etc/passwd").text == page.text


def test_an_old_program_logs_in_and_hears_the_old_wire(stranger: Browser, clock: Clock) -> None:
    heard = stranger.ask("POST", f"{API}/sessions/", {"user": "admin", "password": PASSWORD, "nonce": "x", "unknown": 1})
    data = heard.json["data"]

    assert (heard.status, heard.json["error_code"], data["timeout"], data["group"]) == (200, 0, 180, "admin")
    assert set(data["menu"]) == set(MENUS)
    assert data["address"] == "127.0.0.1"
    assert "set-cookie" not in heard.headers
    known = {"Nano_Session": data["session"]}
    assert stranger.ask("GET", f"{API}/guests/{GUEST}", **known).json["data"]["name"] == EVIL_NAME
    clock.now += 170
    assert stranger.ask("PUT", f"{API}/sessions/{data['session']}", **known).json["error_code"] == 0
    clock.now += 170
    assert stranger.ask("GET", f"{API}/guests/{GUEST}", **known).json["error_code"] == 0
    clock.now += 11
    late = stranger.ask("GET", f"{API}/guests/{GUEST}", **known)
    assert (late.status, late.json["error_code"], late.json["data"]) == (200, 500, "")
    assert "invalid session" in late.json["message"]


def test_an_old_program_hears_of_a_wrong_password_in_the_old_words(stranger: Browser) -> None:
    heard = stranger.ask("POST", f"{API}/sessions/", {"user": "admin", "password": "Wrong-horse-9"})

    assert (heard.status, heard.json) == (200, {"error_code": 500, "message": "invalid user or password", "data": ""})


def test_an_old_program_extends_only_its_own_session(stranger: Browser) -> None:
    first, second = (
        stranger.ask("POST", f"{API}/sessions/", {"user": "admin", "password": PASSWORD}).json["data"]["session"] for _ in range(2)
    )

    heard = stranger.ask("PUT", f"{API}/sessions/{first}", Nano_Session=second)

    assert (heard.status, heard.json["error_code"]) == (200, 500)


def test_the_session_of_a_cookie_does_not_work_as_a_header(browser: Browser, stranger: Browser) -> None:
    """A header could be sent by a script that got hold of the value; the cookie's value is out of reach for scripts."""
    id = browser.cookie.partition("=")[2]

    heard = stranger.ask("GET", f"{API}/guests/{GUEST}", Nano_Session=id)

    assert (heard.status, heard.json["error_code"]) == (200, 500)


def test_the_old_set_up_needs_the_code_too(visitor: Browser, service: FrontEndService) -> None:
    body = {"user": "admin", "password": PASSWORD, "menu": list(MENUS)}

    without = visitor.ask("POST", f"{API}/system/", body)
    state = visitor.ask("GET", f"{API}/system/")

    assert (without.status, without.json["error_code"]) == (200, 500)
    assert "set-up code" in without.json["message"]
    assert state.json["data"] == {"ready": False, "max_cores": 24, "max_memory": 32, "max_disk": 64}
    assert visitor.ask("POST", f"{API}/system/", body | {"code": service.setup_code()}).json["error_code"] == 0
    assert visitor.ask("GET", f"{API}/system/").json["data"]["ready"] is True


def test_who_is_not_signed_in_gets_nowhere(stranger: Browser) -> None:
    for method, path in (("GET", f"{API}/guests/{GUEST}"), ("POST", CHANNELS), ("DELETE", SESSION), ("GET", f"{API}/events/")):
        heard = stranger.ask(method, path, {"guest": GUEST} if method == "POST" else None)
        assert (heard.status, heard.json["code"]) == (401, "unauthenticated")


def test_a_portal_session_outlives_a_restart(browser: Browser, service: FrontEndService, authority: Authority) -> None:
    service.stop()
    service.start()

    with serving(service, authority) as port:
        again = Browser(port, browser.trust, browser.cookie, browser.csrf)
        assert again.ask("GET", f"{API}/portal/").json["data"]["csrf"] == browser.csrf
        assert again.ask("POST", CHANNELS, {"guest": GUEST}).status == 200


def test_security_events_are_logged_without_secrets(stranger: Browser, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "appliance.frontend")
    stranger.sign_in(password="Wrong-horse-9")
    stranger.sign_in()
    cookie, csrf = stranger.cookie, stranger.csrf
    stranger.csrf = "wrong"
    stranger.ask("POST", CHANNELS, {"guest": GUEST})
    stranger.csrf = csrf
    stranger.ask("DELETE", SESSION)

    assert "refused the sign-in of user admin from 127.0.0.1" in caplog.text
    assert "user admin signed in from 127.0.0.1" in caplog.text
    assert "refused POST create_channel" in caplog.text
    assert "the session of admin from 127.0.0.1 ended: signed out" in caplog.text
    for secret in (PASSWORD, "Wrong-horse-9", cookie.partition("=")[2], csrf):
        assert secret not in caplog.text


def test_a_damaged_database_is_told_and_leaves_nothing_running(home: Home, service: FrontEndService) -> None:
    service.stop()
    for left in home.data.glob("frontend.db-*"):
        left.unlink()
    (home.data / "frontend.db").write_bytes(b"not a database" * 100)

    with pytest.raises(Damaged, match=r"frontend\.db"):
        service.start()

    assert service.status() == {"running": False}
