"""Consoles: one ticket, one use, one session, one origin."""

from __future__ import annotations

from contextlib import closing

import pytest

from appliance.frontend.service import FrontEndService
from tests.frontend.browsing import API, CHANNELS, EVIL_NAME, GUEST, PASSWORD, SESSION, Browser, SmallCore, read_to_end, read_until
from tests.frontend.conftest import Clock
from tests.waiting import wait_until


def test_a_console_opens_with_a_ticket_and_carries_bytes(browser: Browser, core: SmallCore) -> None:
    made = browser.ask("POST", CHANNELS, {"guest": GUEST}).json["data"]
    assert (made["protocol"], made["password"]) == ("vnc", "Vnc-secret")

    connection, head = browser.websocket(CHANNELS + made["id"])
    with closing(connection):
        assert head.startswith(b"HTTP/1.1 101")
        assert b"Sec-WebSocket-Protocol: binary" in head
        assert core.far_end is not None
        core.far_end.sendall(b"RFB 003.008\n")
        assert b"RFB 003.008\n" in read_until(connection, b"\n")
    assert core.callers[-1].user == "admin"


def test_a_ticket_is_good_for_one_use(browser: Browser) -> None:
    id = browser.channel()
    first, _ = browser.websocket(CHANNELS + id)
    with closing(first):
        second, head = browser.websocket(CHANNELS + id)
        second.close()

    assert head.startswith(b"HTTP/1.1 404")


def test_a_ticket_is_too_old_after_fifteen_seconds(browser: Browser, clock: Clock) -> None:
    id = browser.channel()
    clock.now += 15

    connection, head = browser.websocket(CHANNELS + id)
    connection.close()

    assert head.startswith(b"HTTP/1.1 404")


@pytest.mark.parametrize("signed_in", [True, False])
def test_a_ticket_is_spent_by_another_session_for_nothing(browser: Browser, stranger: Browser, core: SmallCore, signed_in: bool) -> None:  # noqa: FBT001  # a parameter of the test
    id = browser.channel()
    if signed_in:
        stranger.sign_in()

    for user in (stranger, browser):
        connection, head = user.websocket(CHANNELS + id)
        connection.close()
        assert head.startswith(b"HTTP/1.1 403" if user is stranger else b"HTTP/1.1 404")
    assert core.far_end is None


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1", ""])
def test_a_page_of_another_site_opens_no_console(browser: Browser, core: SmallCore, origin: str) -> None:
    id = browser.channel()

    connection, head = browser.websocket(CHANNELS + id, Origin=origin)
    connection.close()

    assert head.startswith(b"HTTP/1.1 403")
    assert core.far_end is None


def test_an_old_programs_ticket_needs_no_header_with_the_websocket(stranger: Browser, core: SmallCore) -> None:
    session = stranger.ask("POST", f"{API}/sessions/", {"user": "admin", "password": PASSWORD}).json["data"]["session"]
    id = stranger.channel(Nano_Session=session)

    connection, head = stranger.websocket(CHANNELS + id, Origin="")
    with closing(connection):
        assert head.startswith(b"HTTP/1.1 101")


def test_a_stopped_or_unknown_guest_gives_no_ticket(browser: Browser, core: SmallCore) -> None:
    core.running = False

    stopped = browser.ask("POST", CHANNELS, {"guest": GUEST})
    unknown = browser.ask("POST", CHANNELS, {"guest": "../x"})

    assert (stopped.status, stopped.json["hint"]) == (409, "start it first")
    assert unknown.status == 404


def test_signing_out_closes_consoles_and_streams(browser: Browser, core: SmallCore, service: FrontEndService) -> None:
    console, _ = browser.websocket(CHANNELS + browser.channel())
    events = browser.secure()
    head = "".join(f"{name}: {value}\r\n" for name, value in browser.headers().items())
    with closing(console), closing(events):
        events.sendall(f"GET {API}/events/ HTTP/1.1\r\n{head}\r\n".encode())
        read_until(events, b": connected")
        core.hub.publish("guest", GUEST, "changed", {"name": EVIL_NAME})
        read_until(events, b'"changed"')

        assert browser.ask("DELETE", SESSION).status == 200

        assert b"signed out" in read_to_end(console)
        read_to_end(events)
    assert core.far_end is not None
    assert core.far_end.recv(10) == b""
    wait_until(lambda: service.status()["consoles"] == 0 and core.hub.subscribers == 0, what="nothing of the session is left")


def test_the_end_of_an_old_programs_session_closes_its_console(stranger: Browser, service: FrontEndService, clock: Clock) -> None:
    session = stranger.ask("POST", f"{API}/sessions/", {"user": "admin", "password": PASSWORD}).json["data"]["session"]
    console, _ = stranger.websocket(CHANNELS + stranger.channel(Nano_Session=session), Origin="")
    with closing(console):
        clock.now += 181
        service.app().sweep()

        read_to_end(console)


def test_an_idle_session_loses_its_console(browser: Browser, service: FrontEndService, clock: Clock) -> None:
    console, _ = browser.websocket(CHANNELS + browser.channel())
    with closing(console):
        clock.now += 31 * 60
        service.app().sweep()

        assert b"idle" in read_to_end(console)
