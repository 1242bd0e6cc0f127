"""Consoles over WebSockets on a real port, driven frame by frame."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import closing

import pytest
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.uri import parse_uri

from appliance.http.serve import App
from tests.http.asking import Port, bearer, read_until
from tests.http.shelf import Shelf
from tests.waiting import wait_until


class Browser:
    """A WebSocket client that shows every frame."""

    def __init__(self, port: Port, headers: dict[str, str] | None = None, path: str = "/api/v1/books/web/voice") -> None:
        self.protocol = ClientProtocol(parse_uri(f"wss://127.0.0.1:{port.server.port}{path}"), subprotocols=["binary"])  # type: ignore[list-item]  # NewType of str
        self.connection = port.secure()
        request = self.protocol.connect()
        for name, value in {**bearer(port.credential), **(headers or {})}.items():
            request.headers[name] = value
        self.protocol.send_request(request)
        self.flush()
        self.waiting: list[object] = []

    def flush(self) -> None:
        for data in self.protocol.data_to_send():
            if data:
                self.connection.sendall(data)

    def next(self) -> object:
        """The next event: the answer to the handshake, or a frame."""
        while not self.waiting:
            data = self.connection.recv(65536)
            if data:
                self.protocol.receive_data(data)
            else:
                self.protocol.receive_eof()
            self.waiting += self.protocol.events_received()
            if not data and not self.waiting:
                raise ConnectionError("closed")
        return self.waiting.pop(0)

    def frame(self, opcode: Opcode) -> bytes:
        event = self.next()
        assert isinstance(event, Frame)
        assert event.opcode is opcode
        return bytes(event.data)

    def last_words(self) -> bytes:
        """The reason of the close frame, whatever came before it."""
        while not isinstance(event := self.next(), Frame) or event.opcode is not Opcode.CLOSE:
            pass
        return bytes(event.data[2:])


@pytest.fixture
def browser(port: Port) -> Iterator[Browser]:
    browser = Browser(port)
    browser.next()
    yield browser
    browser.connection.close()


@pytest.fixture
def guest(browser: Browser, shelf: Shelf) -> Iterator[socket.socket]:
    """The guest's end of the console."""
    found = wait_until(lambda: shelf.far_end)
    assert found is not None
    found.settimeout(5)
    with closing(found):
        yield found


def test_the_subprotocol_is_chosen_when_offered(browser: Browser) -> None:
    assert browser.protocol.subprotocol == "binary"


def test_binary_goes_both_ways_and_text_is_ignored(browser: Browser, guest: socket.socket) -> None:
    browser.protocol.send_text(b"ignored")
    browser.protocol.send_binary(b"key ")
    browser.protocol.send_text(b"igno", fin=False)
    browser.protocol.send_continuation(b"red", fin=True)
    browser.protocol.send_binary(b"pre", fin=False)
    browser.protocol.send_continuation(b"ssed", fin=True)
    browser.flush()
    assert read_until(guest, b"pressed") == b"key pressed"

    guest.sendall(b"picture")
    assert browser.frame(Opcode.BINARY) == b"picture"


def test_a_guest_that_closes_ends_the_socket_with_a_reason(browser: Browser, guest: socket.socket) -> None:
    guest.close()

    assert browser.frame(Opcode.CLOSE) == b"\x03\xe8the guest closed its console"


def test_a_browser_that_closes_ends_the_console(browser: Browser, guest: socket.socket, app: App) -> None:
    browser.protocol.send_close(1000)
    browser.flush()

    assert guest.recv(10) == b""
    wait_until(lambda: not len(app.sockets))


def test_a_browser_that_vanishes_ends_the_console(browser: Browser, guest: socket.socket) -> None:
    browser.connection.close()

    assert guest.recv(10) == b""


def test_a_message_of_more_than_1_mib_is_refused(browser: Browser, guest: socket.socket) -> None:
    browser.protocol.send_binary(b"x" * (1024 * 1024 + 1))
    try:
        browser.flush()
    except OSError:
        return  # refused before all of it was sent
    assert browser.frame(Opcode.CLOSE)[:2] == (1009).to_bytes(2, "big")


def test_the_sockets_of_one_session_are_closed_and_told_why(browser: Browser, guest: socket.socket, app: App) -> None:
    app.close_where(lambda caller: caller.user == "somebody else")
    assert len(app.sockets) == 1

    app.close_where(lambda caller: caller.user == "ann", "signed out")

    assert browser.frame(Opcode.CLOSE) == b"\x03\xe9signed out"
    assert guest.recv(10) == b""


def test_stopping_the_port_says_goodbye(browser: Browser, guest: socket.socket, port: Port) -> None:
    port.server.stop()

    assert browser.frame(Opcode.CLOSE) == b"\x03\xe9the server stops"


def test_a_silent_browser_is_pinged_and_then_given_up(port: Port, shelf: Shelf, app: App) -> None:
    app.sockets._ping_every = 0.05
    browser = Browser(port)
    with closing(browser.connection):
        browser.next()
        browser.frame(Opcode.PING)

        assert browser.last_words() == b"no answer to a ping"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://127.0.0.1.evil.example"])
def test_pages_of_other_origins_are_refused(port: Port, shelf: Shelf, origin: str) -> None:
    with closing(port.secure()) as link:
        link.sendall(handshake(port, f"Origin: {origin}"))
        answer = read_until(link, b'"request"')

    assert answer.startswith(b"HTTP/1.1 403")
    assert b'"code":"forbidden"' in answer
    assert shelf.far_end is None


def handshake(port: Port, *extra: str, version: str = "13", key: str = "MDEyMzQ1Njc4OWFiY2RlZg==") -> bytes:
    name, value = next(iter(bearer(port.credential).items()))
    lines = [
        "GET /api/v1/books/web/voice HTTP/1.1",
        f"Host: 127.0.0.1:{port.server.port}",
        "Upgrade: websocket",
        "Connection: keep-alive, Upgrade",
        f"Sec-WebSocket-Version: {version}",
        f"Sec-WebSocket-Key: {key}",
        f"{name}: {value}",
        *extra,
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def test_a_page_of_the_same_origin_may(port: Port, shelf: Shelf) -> None:
    with closing(port.secure()) as link:
        link.sendall(handshake(port, f"Origin: https://127.0.0.1:{port.server.port}"))

        assert b"101 Switching Protocols" in read_until(link, b"\r\n\r\n")


@pytest.mark.parametrize("wrong", [{"version": "8"}, {"key": "c2hvcnQ="}, {"key": "?"}])
def test_a_bad_handshake_is_refused(port: Port, wrong: dict[str, str]) -> None:
    with closing(port.secure()) as link:
        link.sendall(handshake(port, **wrong))

        assert read_until(link, b"\r\n\r\n").startswith(b"HTTP/1.1 400")


def test_an_ordinary_request_is_told_that_this_is_a_websocket(port: Port) -> None:
    heard = port.ask("GET", "/api/v1/books/web/voice")

    assert (heard.status, heard.json["message"]) == (400, "this address is a WebSocket")


def test_fifty_consoles_need_no_worker(port: Port, app: App) -> None:
    browsers = [Browser(port) for _ in range(50)]
    for browser in browsers:
        browser.next()

    assert len(app.sockets) == 50
    assert port.ask("GET", "/api/v1/books/").status == 200
    for browser in browsers:
        browser.connection.close()
    wait_until(lambda: not len(app.sockets))


def test_tls_data_that_is_decrypted_already_is_not_left_waiting(browser: Browser, guest: socket.socket) -> None:
    """Many small frames in one TLS record: the kernel has nothing more to report after the first read."""
    assert isinstance(browser.connection, ssl.SSLSocket)
    for number in range(200):
        browser.protocol.send_binary(b"%03d" % number + b"." * 77)
    browser.connection.sendall(b"".join(browser.protocol.data_to_send()))

    assert len(read_until(guest, b"199" + b"." * 77)) == 16000
