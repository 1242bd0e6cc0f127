"""WebSockets on both ends: frames by the sans-IO core of `websockets`, bytes by a thread per socket."""

from __future__ import annotations

import base64
import binascii
import contextlib
import logging
import select
import socket
import ssl
import threading
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from websockets.client import ClientProtocol
from websockets.exceptions import InvalidHandshake
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.protocol import Protocol, Side, State
from websockets.uri import parse_uri
from websockets.utils import accept_key

from appliance.http.bell import Bell
from appliance.rights import NOBODY, Caller
from nano_runtime.errors import BadRequest, Forbidden, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from appliance.http.identify import RequestView
    from appliance.http.routes import Stream

log = logging.getLogger(__name__)

SUBPROTOCOL = "binary"
MOST_MESSAGE = 1024 * 1024
PING_EVERY = 20.0
_SEND_TIMEOUT = 20.0
_NORMAL, _GOING_AWAY, _PROBLEM = 1000, 1001, 1011
_STOPPING = "the server stops"


def check_upgrade(request: RequestView) -> None:
    """Raise BadRequest for what is no WebSocket handshake, Forbidden for a page of another origin.

    A browser always says from which page it comes; programs need not.
    """
    connection = [token.strip() for token in request.header("connection").lower().split(",")]
    if request.method != "GET" or request.header("upgrade").lower() != "websocket" or "upgrade" not in connection:
        raise BadRequest("this address is a WebSocket", hint="connect with ws or wss")
    try:
        key = base64.b64decode(request.header("sec-websocket-key"), validate=True)
    except binascii.Error:
        key = b""
    if request.header("sec-websocket-version") != "13" or len(key) != 16:
        raise BadRequest("the WebSocket handshake must be of version 13 and bring a key of 16 bytes")
    origin = request.header("origin")
    if origin and urlsplit(origin).netloc.lower() != request.header("host").lower():
        raise Forbidden("a page of another origin may not open this WebSocket")


def accepting(request: RequestView) -> bytes:
    """The answer that turns a checked request into a WebSocket."""
    lines = [
        "HTTP/1.1 101 Switching Protocols",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Accept: {accept_key(request.header('sec-websocket-key'))}",
    ]
    offered = [name.strip() for name in request.header("sec-websocket-protocol").split(",")]
    if SUBPROTOCOL in offered:
        lines.append(f"Sec-WebSocket-Protocol: {SUBPROTOCOL}")
    return "\r\n".join([*lines, "", ""]).encode()


class WebSockets:
    """All open WebSockets of one server."""

    def __init__(self, ping_every: float = PING_EVERY) -> None:
        self._ping_every = ping_every
        self._pumps: set[Pump] = set()
        self._open = True
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._pumps)

    def open(self, connection: socket.socket, request: RequestView, stream: Stream, caller: Caller) -> None:
        """Own connection and stream from now on: answer the handshake and pump bytes until one of them ends."""
        pump = Pump(connection, Protocol(Side.SERVER, max_size=MOST_MESSAGE), stream, caller, self._ping_every, greeting=accepting(request))
        with self._lock:
            self._pumps.add(pump)
            if not self._open:
                pump.stop(_GOING_AWAY, _STOPPING)
        threading.Thread(target=self._run, args=(pump,), name="websocket", daemon=True).start()

    def _run(self, pump: Pump) -> None:
        try:
            pump.run()
        finally:
            with self._lock:
                self._pumps.discard(pump)

    def close_where(self, matches: Callable[[Caller], bool], reason: str) -> None:
        """Close the sockets of these callers, e.g. of a session that was signed out. The browser is told the reason."""
        with self._lock:
            for pump in self._pumps:
                if matches(pump.caller):
                    pump.stop(_GOING_AWAY, reason)

    def close(self) -> None:
        """Close all, for good: one that is opened later is closed at once."""
        self._open = False
        self.close_where(lambda _caller: True, _STOPPING)


class Pump:
    """Carries bytes between a WebSocket and a stream; one thread does all reading and writing."""

    def __init__(
        self,
        connection: socket.socket,
        protocol: Protocol,
        stream: Stream,
        caller: Caller,
        ping_every: float,
        *,
        greeting: bytes = b"",
        early: Sequence[object] = (),
    ) -> None:
        self.caller = caller
        self._connection = connection
        self._protocol = protocol
        self._stream = stream
        self._ping_every = ping_every
        self._heard = time.monotonic()
        self._pinged = self._heard
        self._text = False
        self._greeting = greeting
        self._early = early
        self._bell = Bell()
        self._farewell = (_NORMAL, "")

    def stop(self, code: int, reason: str) -> None:
        """Close from another thread; the pump's own thread says goodbye."""
        self._farewell = (code, reason)
        self._bell.ring()

    def run(self) -> None:
        """Pump until either end closes, nobody answers a ping, or `stop` is called."""
        try:
            self._loop()
            self._say_goodbye()
        except (OSError, ValueError) as problem:
            log.info("websocket of '%s' ended: %s", self.caller.user, problem)
        finally:
            self._bell.close()
            self._stream.close()
            with contextlib.suppress(OSError):
                self._connection.shutdown(socket.SHUT_RDWR)
            self._connection.close()

    def _loop(self) -> None:
        poll = select.poll()
        browser, guest = self._connection.fileno(), self._stream.fileno()
        for number in (browser, guest, self._bell.fileno()):
            poll.register(number, select.POLLIN)
        self._connection.settimeout(_SEND_TIMEOUT)
        self._connection.sendall(self._greeting)
        for event in self._early:
            self._pass_on(event)
        alive = self._from_browser()
        while alive and self._keep_alive():
            ready = {number for number, _ in poll.poll(1000 * self._ping_every / 2)}
            if self._bell.fileno() in ready:
                return
            if browser in ready:
                alive = self._from_browser()
            if guest in ready and alive:
                alive = self._from_guest()

    def _keep_alive(self) -> bool:
        now = time.monotonic()
        if now - self._heard > 2.5 * self._ping_every:
            self._farewell = (_PROBLEM, "no answer to a ping")
            return False
        if now - max(self._heard, self._pinged) >= self._ping_every:
            self._pinged = now
            self._protocol.send_ping(b"")
            self._flush()
        return True

    def _from_browser(self) -> bool:
        """Pass on what arrived; False once the other side has closed or broken the rules."""
        while True:
            self._connection.settimeout(0)
            try:
                data = self._connection.recv(65536)
            except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
                data = None
            if data == b"":
                return False
            if data:
                self._heard = time.monotonic()
                self._protocol.receive_data(data)
            for event in self._protocol.events_received():
                self._pass_on(event)
            self._flush()
            if self._protocol.state is not State.OPEN:
                return False
            if data is None:
                return True

    def _pass_on(self, event: object) -> None:
        """Binary messages go to the guest; text is ignored, as Nano did."""
        if not isinstance(event, Frame) or event.opcode not in (Opcode.TEXT, Opcode.BINARY, Opcode.CONT):
            return
        if event.opcode is not Opcode.CONT:
            self._text = event.opcode is Opcode.TEXT
        if event.data and not self._text:
            self._stream.sendall(bytes(event.data))

    def _from_guest(self) -> bool:
        pending = getattr(self._stream, "pending", None)
        while True:
            try:
                data = self._stream.recv(65536)
            except (BlockingIOError, ssl.SSLWantReadError):
                return True
            if not data:
                self._farewell = (_NORMAL, "the guest closed its console")
                return False
            self._protocol.send_binary(data)
            self._flush()
            if not (pending and pending()):
                return True

    def _flush(self) -> None:
        self._connection.settimeout(_SEND_TIMEOUT)
        for data in self._protocol.data_to_send():
            if data:
                self._connection.sendall(data)

    def _say_goodbye(self) -> None:
        code, reason = self._farewell
        if self._protocol.state is State.OPEN:
            self._protocol.send_close(code, reason[:120])
            self._flush()


def connect(url: str, headers: Mapping[str, str], context: ssl.SSLContext | None, seconds: float = 10) -> Stream:
    """Open a WebSocket as a program and answer its bytes as an ordinary stream.

    The stream is one end of a socket pair, so that it can be polled like any other; a thread pumps the rest.
    Raises Refused with the server's answer, or Unavailable where nobody answers.
    """
    protocol = ClientProtocol(parse_uri(url), subprotocols=[SUBPROTOCOL], max_size=MOST_MESSAGE)  # type: ignore[list-item]  # NewType of str
    parts = urlsplit(url)
    try:
        connection = socket.create_connection((parts.hostname or "", parts.port or 443), seconds)
        if context is not None:
            connection = context.wrap_socket(connection, server_hostname=parts.hostname)
        early = _shake_hands(connection, protocol, headers)
    except (OSError, InvalidHandshake, EOFError) as problem:
        raise Unavailable(f"no WebSocket at {parts.hostname}:{parts.port}: {problem}") from problem
    ours, theirs = socket.socketpair()
    pump = Pump(connection, protocol, theirs, NOBODY, PING_EVERY, early=early)
    threading.Thread(target=pump.run, name="websocket-client", daemon=True).start()
    return ours


class Refused(Exception):
    """The server answered a handshake with an HTTP status of its own."""

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status
        self.body = body


def _shake_hands(connection: socket.socket, protocol: ClientProtocol, headers: Mapping[str, str]) -> Sequence[object]:
    """Answers the frames that came together with the handshake: a display greets at once."""
    request = protocol.connect()
    for name, value in headers.items():
        request.headers[name] = value
    protocol.send_request(request)
    for data in protocol.data_to_send():
        connection.sendall(data)
    while protocol.state is State.CONNECTING:
        data = connection.recv(65536)
        if data:
            protocol.receive_data(data)
        else:
            protocol.receive_eof()
        if protocol.handshake_exc is not None:
            break
    events = protocol.events_received()
    answer = events[0] if events else None
    if isinstance(answer, Response) and answer.status_code != 101:
        connection.close()
        raise Refused(answer.status_code, bytes(answer.body))
    if protocol.handshake_exc is not None:
        raise protocol.handshake_exc
    return events[1:]
