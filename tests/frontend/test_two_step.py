"""Two-step sign-in through the portal."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from appliance.frontend import totp
from appliance.frontend.service import FrontEndService
from tests.frontend.browsing import API, GUEST, PASSWORD, Browser
from tests.frontend.conftest import Clock

CODE = f"{API}/portal/code"


class Phone:
    """The app that knows the secret."""

    def __init__(self, secret: str, clock: Clock) -> None:
        self._secret = secret
        self._clock = clock

    def code(self) -> str:
        return totp.code_at(self._secret, int(self._clock.now // totp.STEP))

    def wrong(self) -> str:
        return str((int(self.code()) + 1) % 10**6).zfill(6)


@pytest.fixture
def phone(browser: Browser, clock: Clock) -> Phone:
    """Prepared, not switched on yet."""
    heard = browser.ask("POST", f"{API}/me/two_step", {"password": PASSWORD})
    assert heard.status == 200, heard.text
    return Phone(heard.json["data"]["secret"], clock)


@pytest.fixture
def codes(browser: Browser, phone: Phone, clock: Clock) -> list[str]:
    """Switched on; the recovery codes."""
    heard = browser.ask("PUT", f"{API}/me/two_step", {"code": phone.code()})
    assert heard.status == 200, heard.text
    clock.now += totp.STEP
    found: list[str] = heard.json["data"]["codes"]
    return found


def give(browser: Browser, code: str) -> Any:
    heard = browser.ask("POST", CODE, {"code": code})
    if heard.status == 200:
        browser.csrf = heard.json["data"]["csrf"]
    return heard


def test_nothing_is_on_before_the_first_code(browser: Browser, phone: Phone, stranger: Browser) -> None:
    assert browser.ask("PUT", f"{API}/me/two_step", {"code": phone.wrong()}).json["field"] == "code"
    assert stranger.sign_in().json["data"]["step"] == ""


def test_a_wrong_password_prepares_nothing(browser: Browser) -> None:
    heard = browser.ask("POST", f"{API}/me/two_step", {"password": "Wrong-horse-9"})

    assert (heard.status, heard.json["field"]) == (403, "password")


def test_the_password_alone_opens_nothing(codes: list[str], stranger: Browser) -> None:
    state = stranger.sign_in().json["data"]

    assert (state["step"], state["user"], state["rights"]) == ("code", "", [])
    assert stranger.ask("GET", f"{API}/guests/{GUEST}").status == 401
    assert stranger.ask("GET", f"{API}/portal/").json["data"]["step"] == "code"


def test_the_code_makes_a_new_session(codes: list[str], phone: Phone, stranger: Browser) -> None:
    stranger.sign_in()
    half = stranger.cookie

    assert give(stranger, phone.wrong()).json["field"] == "code"
    heard = give(stranger, phone.code())

    assert (heard.json["data"]["user"], heard.json["data"]["step"]) == ("admin", "")
    assert stranger.cookie != half
    assert stranger.ask("GET", f"{API}/guests/{GUEST}").status == 200
    assert Browser(stranger.port, stranger.trust, half).ask("GET", f"{API}/guests/{GUEST}").status == 401


def test_a_code_counts_once(codes: list[str], phone: Phone, stranger: Browser) -> None:
    stranger.sign_in()
    code = phone.code()
    assert give(stranger, code).status == 200
    other = Browser(stranger.port, stranger.trust)
    other.sign_in()

    assert give(other, code).status == 403


def test_a_code_that_two_give_at_the_same_time_counts_once(service: FrontEndService, codes: list[str], phone: Phone) -> None:
    front = service._front
    assert front is not None
    outcomes: list[bool] = []
    start = threading.Barrier(4)

    def use() -> None:
        start.wait()
        try:
            front.two_step.check("admin", phone.code())
            outcomes.append(True)
        except Exception:
            outcomes.append(False)

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

    assert sorted(outcomes) == [False, False, False, True]


def test_a_recovery_code_works_once_instead(codes: list[str], stranger: Browser) -> None:
    assert len(set(codes)) == 10
    stranger.sign_in()
    assert give(stranger, codes[0].lower().replace("-", " ")).status == 200
    assert stranger.ask("GET", f"{API}/me/").json["data"]["recovery_codes"] == 9

    stranger.sign_in()
    assert give(stranger, codes[0]).status == 403


def test_guessing_codes_is_stopped(codes: list[str], phone: Phone, stranger: Browser, clock: Clock) -> None:
    stranger.sign_in()

    statuses = [give(stranger, phone.wrong()).status for _ in range(6)]

    assert statuses == [403] * 5 + [429]
    assert give(stranger, phone.code()).status == 429
    clock.now += 31
    assert give(stranger, phone.code()).status == 200


def test_half_a_sign_in_is_over_after_five_minutes(codes: list[str], phone: Phone, stranger: Browser, clock: Clock) -> None:
    stranger.sign_in()
    clock.now += 301

    assert give(stranger, phone.code()).status == 401


def test_an_old_program_sends_the_code_along(codes: list[str], phone: Phone, stranger: Browser) -> None:
    body = {"user": "admin", "password": PASSWORD}

    assert "with a code" in stranger.ask("POST", f"{API}/sessions/", body).json["message"]
    assert stranger.ask("POST", f"{API}/sessions/", body | {"code": phone.wrong()}).json["error_code"] == 500
    assert stranger.ask("POST", f"{API}/sessions/", body | {"code": phone.code()}).json["error_code"] == 0


def test_new_recovery_codes_replace_the_old_ones(browser: Browser, codes: list[str], stranger: Browser) -> None:
    fresh = browser.ask("POST", f"{API}/me/two_step/recovery_codes", {"password": PASSWORD}).json["data"]["codes"]
    stranger.sign_in()

    assert give(stranger, codes[0]).status == 403
    assert give(stranger, fresh[0]).status == 200


def test_it_is_switched_off_with_the_password_only(browser: Browser, codes: list[str], stranger: Browser) -> None:
    path = f"{API}/me/two_step/off"
    assert browser.ask("POST", path, {"password": "Wrong-horse-9"}).status == 403
    assert stranger.sign_in().json["data"]["step"] == "code"

    assert browser.ask("POST", path, {"password": PASSWORD}).status == 200
    assert stranger.sign_in().json["data"]["step"] == ""


def test_an_administrator_helps_whoever_lost_phone_and_codes(browser: Browser, clock: Clock) -> None:
    browser.ask("POST", f"{API}/users/ann", {"password": PASSWORD, "groups": ["admin"]})
    ann = Browser(browser.port, browser.trust)
    ann.sign_in("ann")
    secret = ann.ask("POST", f"{API}/me/two_step", {"password": PASSWORD}).json["data"]["secret"]
    assert ann.ask("PUT", f"{API}/me/two_step", {"code": Phone(secret, clock).code()}).status == 200
    assert browser.ask("GET", f"{API}/users/ann").json["data"]["two_step"] is True

    assert browser.ask("DELETE", f"{API}/users/ann/two_step").status == 200

    assert Browser(browser.port, browser.trust).sign_in("ann").json["data"]["step"] == ""


def test_secrets_are_told_once(browser: Browser, codes: list[str], service: FrontEndService) -> None:
    assert browser.ask("POST", f"{API}/me/two_step", {"password": PASSWORD}).status == 409
    store = service._store
    assert store is not None
    kept = str(store.read("select * from recovery_code"))
    assert not [code for code in codes if code in kept]
