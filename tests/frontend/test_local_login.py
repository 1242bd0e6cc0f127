"""Signing in by a token that the host itself gave: once, for a minute, as an administrator who may sign in."""

from __future__ import annotations

import pytest

from appliance.frontend.accounts import Accounts
from appliance.frontend.local_login import MOST, LocalLogin
from appliance.frontend.service import FrontEndService
from nano_runtime.errors import Conflict, Forbidden
from nano_runtime.store import Store
from tests.frontend.browsing import Browser
from tests.frontend.conftest import Clock

LOCAL = "/api/v1/portal/local"


@pytest.fixture
def local(store: Store, clock: Clock, accounts: Accounts, admin: str) -> LocalLogin:
    return LocalLogin(store, clock)


def test_a_token_is_good_once(local: LocalLogin) -> None:
    user, token = local.issue("root")

    assert (user, local.redeem(user, token)) == ("admin", "root")
    with pytest.raises(Forbidden, match="not good any more"):
        local.redeem(user, token)


def test_a_token_is_good_for_a_minute(local: LocalLogin, clock: Clock) -> None:
    user, token = local.issue("root")

    clock.now += 60

    with pytest.raises(Forbidden):
        local.redeem(user, token)


def test_a_token_is_good_for_the_user_it_was_given_for_and_lost_by_a_wrong_one(local: LocalLogin) -> None:
    _, token = local.issue("root")

    with pytest.raises(Forbidden):
        local.redeem("somebody", token)
    with pytest.raises(Forbidden):
        local.redeem("admin", token)


@pytest.mark.parametrize("token", ["", "x" * 256, "\ud800", "0"])
def test_a_token_nobody_gave_is_refused(local: LocalLogin, token: str) -> None:
    with pytest.raises(Forbidden):
        local.redeem("admin", token)


def test_tokens_that_nobody_uses_do_not_pile_up(local: LocalLogin, clock: Clock) -> None:
    for _ in range(MOST):
        local.issue("root")
    with pytest.raises(Conflict, match="waiting to be used"):
        local.issue("root")

    clock.now += 61

    assert local.issue("root")


@pytest.mark.parametrize("change", ["disabled = 1", "must_change = 1"])
def test_an_administrator_who_may_not_sign_in_is_not_taken(local: LocalLogin, store: Store, change: str) -> None:
    store.write(lambda execute: execute(f"update user set {change}"))

    with pytest.raises(Conflict, match="nano reset-admin"):
        local.issue("root")


def test_before_the_set_up_there_is_nobody_to_sign_in_as(store: Store, clock: Clock, accounts: Accounts) -> None:
    with pytest.raises(Conflict, match="set it up"):
        LocalLogin(store, clock).issue("root")


def test_the_portal_opens_a_session_for_the_token_and_says_so_in_the_audit_log(stranger: Browser, service: FrontEndService) -> None:
    user, token = service.local_token("root")

    heard = stranger.ask("POST", LOCAL, {"user": user, "token": token})

    assert heard.status == 200
    assert heard.json["data"]["user"] == "admin"
    assert "HttpOnly" in heard.headers["set-cookie"]
    stranger.csrf = heard.json["data"]["csrf"]
    found = stranger.ask("GET", "/api/v1/audit/")
    assert b"sign_in_locally" in found.text
    assert token.encode() not in found.text


def test_the_portal_refuses_a_used_token_and_one_from_another_site(stranger: Browser, service: FrontEndService) -> None:
    user, token = service.local_token("root")
    body = {"user": user, "token": token}

    foreign = stranger.ask("POST", LOCAL, body, Origin="https://example.org")
    first, second = stranger.ask("POST", LOCAL, body), Browser(stranger.port, stranger.trust).ask("POST", LOCAL, body)

    assert (foreign.status, first.status, second.status) == (403, 200, 403)
