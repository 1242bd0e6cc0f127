"""Who calls the portal, and what the browser is made to prove."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from appliance.frontend.accounts import Accounts
from appliance.frontend.api_tokens import ApiTokens
from appliance.frontend.identify import ForeignOrigin, FrontEndIdentify
from appliance.frontend.open_sessions import Kind, OpenSessions, Session
from appliance.http.identify import RequestView
from appliance.http.routes import Wire
from appliance.rights import Right
from nano_runtime.errors import Forbidden, Unauthenticated
from nano_runtime.store import Store
from tests.frontend.conftest import Clock

GUESTS = "/api/v1/guests/"
HOST = "nano.lan:5850"
OWN = {"origin": f"https://{HOST}", "sec-fetch-site": "same-origin"}


def request(method: str = "GET", path: str = GUESTS, **headers: str) -> RequestView:
    named = {"host": HOST} | {name.replace("_", "-"): value for name, value in headers.items()}
    return RequestView(method, path, (), named, lambda: b"", "10.0.0.9", secure=True)


@pytest.fixture
def identify(accounts: Accounts, sessions: OpenSessions, store: Store, clock: Clock) -> FrontEndIdentify:
    return FrontEndIdentify(accounts, sessions, ApiTokens(store, clock))


@pytest.fixture
def signed_in(sessions: OpenSessions, admin: str) -> tuple[str, Session]:
    return sessions.open(Kind.PORTAL, admin, "10.0.0.9")


def test_a_cookie_is_the_portal_and_gets_true_statuses(identify: FrontEndIdentify, signed_in: tuple[str, Session]) -> None:
    id, session = signed_in

    found = identify(request(cookie=f"nano_session={id}"))

    assert found.wire is Wire.MODERN
    assert (found.caller.user, found.caller.group, found.caller.address) == ("admin", "admin", "10.0.0.9")
    assert found.caller.rights == frozenset(Right)
    assert found.caller.session == session.key != id


def test_a_header_is_an_old_program_and_gets_the_old_wire(identify: FrontEndIdentify, sessions: OpenSessions, admin: str) -> None:
    id, session = sessions.open(Kind.NANO, admin, "10.0.0.9")

    found = identify(request("POST", nano_session=id))

    assert (found.wire, found.caller.session) == (Wire.NANO, session.key)


def test_nobody_and_false_ids_are_refused(identify: FrontEndIdentify, signed_in: tuple[str, Session]) -> None:
    id, session = signed_in

    with pytest.raises(Unauthenticated, match="unauthenticated request"):
        identify(request())
    with pytest.raises(Unauthenticated, match="invalid session 'x'"):
        identify(request(nano_session="x"))
    with pytest.raises(Unauthenticated, match="your session is over"):
        identify(request(cookie="nano_session=x"))
    with pytest.raises(Unauthenticated):
        identify(request(cookie=f"nano_session={session.key}"))
    with pytest.raises(Unauthenticated):
        identify(request(nano_session=id))
    with pytest.raises(Unauthenticated, match="token is not valid"):
        identify(request(authorization="Bearer nano-token.x.y"))


@pytest.mark.parametrize("token", [None, "", "x", "the token of another session"])
def test_a_change_needs_the_csrf_token_of_this_session(
    identify: FrontEndIdentify, sessions: OpenSessions, signed_in: tuple[str, Session], token: str | None
) -> None:
    id, _ = signed_in
    _, other = sessions.open(Kind.PORTAL, "admin", "10.0.0.9")
    given = {} if token is None else {"x_csrf_token": other.csrf if token.startswith("the token") else token}

    for method in ("POST", "PUT", "DELETE", "PATCH"):
        with pytest.raises(Forbidden, match="does not come from a page of this session"):
            identify(request(method, cookie=f"nano_session={id}", **OWN, **given))


def test_a_change_with_the_token_is_let_through(identify: FrontEndIdentify, signed_in: tuple[str, Session]) -> None:
    id, session = signed_in

    found = identify(request("DELETE", cookie=f"nano_session={id}", x_csrf_token=session.csrf, **OWN))

    assert found.caller.user == "admin"


def test_signing_in_again_needs_no_token_and_does_not_act_for_the_old_session(
    identify: FrontEndIdentify, signed_in: tuple[str, Session]
) -> None:
    """A page that was opened before somebody signed in beside it knows no token."""
    id, _ = signed_in

    with pytest.raises(Unauthenticated):
        identify(request("POST", "/api/v1/portal/session", cookie=f"nano_session={id}", **OWN))


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://nano.lan:5850"},
        {"origin": "https://nano.lan"},
        {"origin": "https://nano.lan:5851"},
        {"origin": "null"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"origin": "https://nano.lan:5850", "sec_fetch_site": "cross-site"},
    ],
)
def test_what_another_site_causes_is_refused_even_with_the_token(
    identify: FrontEndIdentify, signed_in: tuple[str, Session], headers: dict[str, str]
) -> None:
    id, session = signed_in

    for path in (GUESTS, "/api/v1/portal/session"):
        with pytest.raises(ForeignOrigin, match="another site"):
            identify(request("POST", path, cookie=f"nano_session={id}", x_csrf_token=session.csrf, **headers))
    with pytest.raises(ForeignOrigin, match="another site"):
        identify(request("GET", "/api/v1/monitor_channels/x", cookie=f"nano_session={id}", upgrade="websocket", **headers))


def test_a_websocket_with_a_cookie_must_name_its_origin(identify: FrontEndIdentify, signed_in: tuple[str, Session]) -> None:
    id, _ = signed_in
    upgrade: Callable[..., RequestView] = lambda **more: request(cookie=f"nano_session={id}", upgrade="WebSocket", **more)  # noqa: E731  # short here

    with pytest.raises(ForeignOrigin, match="must name its origin"):
        identify(upgrade())
    assert identify(upgrade(origin=f"https://{HOST}")).caller.user == "admin"


def test_behind_a_tls_proxy_the_browsers_origin_is_https(identify: FrontEndIdentify, signed_in: tuple[str, Session]) -> None:
    id, session = signed_in

    found = identify(replace(request("POST", cookie=f"nano_session={id}", x_csrf_token=session.csrf, **OWN), secure=False))

    assert found.caller.user == "admin"


def test_rights_taken_away_are_gone_at_the_next_request(identify: FrontEndIdentify, signed_in: tuple[str, Session], store: Store) -> None:
    id, _ = signed_in
    store.write(lambda execute: execute("update role set menus = '[\"dashboard\"]'"))

    assert identify(request(cookie=f"nano_session={id}")).caller.rights == {Right.OVERVIEW_READ}


def test_the_session_of_a_removed_user_ends(
    identify: FrontEndIdentify, signed_in: tuple[str, Session], sessions: OpenSessions, store: Store
) -> None:
    id, _ = signed_in
    store.write(lambda execute: execute("delete from user"))

    with pytest.raises(Unauthenticated):
        identify(request(cookie=f"nano_session={id}"))
    assert sessions.count() == 0
