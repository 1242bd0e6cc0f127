"""QUIC with certificates on both sides, carrying frames; the only place that knows aioquic.

Each side sends on one unidirectional stream: 4 bytes of length, then that many bytes. A length of 0 is a sign of life; the
first one of the server says that it let the client in. What aioquic (1.7) does not offer is done here: a server that asks
for a certificate, news of a close without its drain time, and a word to clients of a server that was killed and is back on
the same port.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from typing import TYPE_CHECKING, Any, NamedTuple

from aioquic.asyncio.protocol import QuicConnectionProtocol
from aioquic.asyncio.server import QuicServer
from aioquic.quic import events
from aioquic.quic.configuration import QuicConfiguration
from aioquic.quic.connection import NetworkAddress, QuicConnection
from aioquic.quic.retry import QuicRetryTokenHandler

from nano_runtime.certificates import Certificate, Identity, certificate_pem
from nano_runtime.errors import Unavailable
from nano_runtime.messages import FRAME_LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable

_ALPN = "nano/1"
_CLOSED = 1
_BACKLOG = 4 * 1024 * 1024
_RECEIVE_BUFFER = 8 * 1024 * 1024
_SO_RCVBUFFORCE = 33  # Linux include/uapi/asm-generic/socket.h
_UNKNOWN = b"Nano: unknown link"  # shorter than any packet it answers, so two servers cannot keep each other busy
_REASON_LIMIT = 300
_CROWD = 200
"""Half-open and open links from which on a newcomer must first prove that its address is its own."""


class Pace(NamedTuple):
    """Seconds: between signs of life, until silence means death, until a dial has failed."""

    pulse: float = 1.0
    silence: float = 5.0
    dial: float = 5.0


class FrameWire(QuicConnectionProtocol):
    """One connection. Until `open` nothing that came is handed up; after `closed` was called nothing happens any more."""

    def __init__(self, quic: QuicConnection, pace: Pace, shaken: Callable[[Any], object]) -> None:
        super().__init__(quic)
        self._pace = pace
        self._shaken = shaken
        self._received: Callable[[bytes], object] | None = None
        self._on_closed: Callable[[str], object] = _nothing
        self._stream = -1
        self._buffer = bytearray()
        self._reason: str | None = None
        self._heard = self._due = self._loop.time()
        self._pulse: asyncio.TimerHandle | None = None

    @property
    def certificates(self) -> list[Certificate]:
        """What the other side showed, its own first; empty for a stranger. Only possession of the key is proven so far."""
        first = self._quic.tls._peer_certificate
        return [first, *self._quic.tls._peer_certificate_chain] if first else []

    @property
    def address(self) -> str:
        peer = self._quic.get_peer_address()
        return str(peer[0]) if peer else ""

    def open(self, received: Callable[[bytes], object], closed: Callable[[str], object]) -> None:
        """Say that we are there, and hand up what comes from now on."""
        self._received = received
        self._on_closed = closed
        if self._reason is not None:
            closed(self._reason)
            return
        self._stream = self._quic.get_next_available_stream_id(is_unidirectional=True)
        self.send(b"")
        self._deliver()

    def send(self, frame: bytes) -> None:
        if self._reason is not None:
            return
        self._quic.send_stream_data(self._stream, len(frame).to_bytes(4) + frame)
        if len(self._quic._streams[self._stream].sender._buffer) > _BACKLOG:
            self.shut("the other side reads too slowly")
        self._transmit_soon()

    def shut(self, reason: str) -> None:
        """Close with a reason that the other side gets to know."""
        if self._reason is None:
            phrase = reason.encode()[:_REASON_LIMIT].decode(errors="ignore")
            self.close(error_code=_CLOSED, reason_phrase=phrase)
            self._finish(reason)

    def transmit(self) -> None:
        if self._transport and not self._transport.is_closing():
            super().transmit()

    def datagram_received(self, data: bytes | str, addr: NetworkAddress) -> None:
        super().datagram_received(data, addr)
        self._notice_close()

    def quic_event_received(self, event: events.QuicEvent) -> None:
        match event:
            case events.HandshakeCompleted():
                self._heard = self._loop.time()
                self._tick()
                self._shaken(self)
            case events.StreamDataReceived():
                self._feed(event)
            case events.PingAcknowledged():
                self._heard = self._loop.time()
            case events.StreamReset() | events.StopSendingReceived():
                self.shut("the stream was broken off")
            case events.ConnectionTerminated():
                self._finish(_reason_of(event))

    def _notice_close(self) -> None:
        """aioquic reports a close only after its drain time; who waits for an answer wants to know now."""
        if closing := self._quic._close_event:
            self._finish(_reason_of(closing))

    def _feed(self, event: events.StreamDataReceived) -> None:
        self._heard = self._loop.time()
        theirs = 3 if self._quic._is_client else 2  # RFC 9000 section 2.1: first unidirectional stream of the other side
        if event.stream_id != theirs or event.end_stream:
            self.shut("data on a stream that does not belong here")
            return
        self._buffer += event.data
        if self._received:
            self._deliver()
        elif len(self._buffer) > FRAME_LIMIT:
            self.shut("too much was said before the welcome")

    def _deliver(self) -> None:
        while self._received and len(self._buffer) >= 4 and self._reason is None:
            size = int.from_bytes(self._buffer[:4])
            if size > FRAME_LIMIT:
                self.shut(f"a frame of {size} bytes is more than a link carries")
                return
            if len(self._buffer) < 4 + size:
                return
            frame = bytes(self._buffer[4 : 4 + size])
            del self._buffer[: 4 + size]
            if frame:
                self._received(frame)

    def _tick(self) -> None:
        now = self._loop.time()
        overslept = now - self._due > self._pace.pulse  # then the other side's words may still lie in the socket
        if now - self._heard > self._pace.silence and not overslept:
            self.shut(f"silent for {now - self._heard:.0f} s")
            return
        if self._stream >= 0:
            self.send(b"")
        self._due = now + self._pace.pulse
        self._pulse = self._loop.call_at(self._due, self._tick)

    def _finish(self, reason: str) -> None:
        if self._reason is not None:
            return
        self._reason = reason
        if self._pulse:
            self._pulse.cancel()
        self._buffer.clear()
        self._on_closed(reason)


class ClientWire(FrameWire):
    """The dialling side: one connected socket of its own, so the kernel tells at once when nobody listens any more."""

    def __init__(self, quic: QuicConnection, pace: Pace) -> None:
        loop = asyncio.get_running_loop()
        self.ready: asyncio.Future[None] = loop.create_future()
        self.welcome: asyncio.Future[None] = loop.create_future()
        self.ended: asyncio.Future[None] = loop.create_future()
        self.greeted: Callable[[], object] = _nothing
        """Called at the first word of the server, before that word is handed up."""
        super().__init__(quic, pace, self._become_ready)
        self._doubted = False

    def datagram_received(self, data: bytes | str, addr: NetworkAddress) -> None:
        if data == _UNKNOWN:
            self._doubt()
        else:
            super().datagram_received(data, addr)

    def error_received(self, exc: Exception) -> None:
        if isinstance(exc, ConnectionRefusedError):
            self._finish("nobody listens there any more")

    def connection_lost(self, exc: Exception | None) -> None:
        if self._timer:
            self._timer.cancel()

    def _become_ready(self, _: object) -> None:
        if not self.ready.done():
            self.ready.set_result(None)

    def _feed(self, event: events.StreamDataReceived) -> None:
        if not self.welcome.done():
            self.welcome.set_result(None)
            self.greeted()
        super()._feed(event)

    def _doubt(self) -> None:
        """Somebody says our link is unknown there. Anybody could; so ask the server itself, and give it a moment."""
        if self._doubted or not self.ready.done():
            return
        self._doubted = True
        asked = self._loop.time()
        self._quic.send_ping(0)
        self._transmit_soon()
        self._loop.call_later(0.25, self._decide, asked)

    def _decide(self, asked: float) -> None:
        self._doubted = False
        if self._heard <= asked:
            self._finish("the other side has started anew")

    def _finish(self, reason: str) -> None:
        for waiting in (self.ready, self.welcome):
            if not waiting.done():
                waiting.set_exception(Unavailable(reason))
                waiting.exception()  # nobody need be waiting
        super()._finish(reason)
        if not self.ended.done():
            self.ended.set_result(None)
        if self._transport:
            self._transport.close()


class LinkListener(QuicServer):
    """The listening side: many connections on one socket, each with the identity of the day."""

    def __init__(self, identity: Callable[[], Identity], pace: Pace, shaken: Callable[[FrameWire], object]) -> None:
        super().__init__(configuration=_configuration(identity(), is_client=False), create_protocol=self._wire)
        self._identity = identity
        self._pace = pace
        self._shaken = shaken
        self._validator = QuicRetryTokenHandler()

    def datagram_received(self, data: bytes | str, addr: NetworkAddress) -> None:
        assert isinstance(data, bytes)
        is_short = len(data) > len(_UNKNOWN) and data[0] & 0xC0 == 0x40  # RFC 9000 section 17.3
        if is_short and data[1:9] not in self._protocols and self._transport:
            self._transport.sendto(_UNKNOWN, addr)
            return
        self._retry = self._validator if len(self._protocols) > _CROWD else None  # type: ignore[assignment]  # None is its "off"
        super().datagram_received(data, addr)

    def shut(self, reason: str) -> None:
        """Tell every client why, and let go of the port."""
        for wire in set(self._protocols.values()):
            assert isinstance(wire, FrameWire)
            wire.shut(reason)
        self._protocols.clear()
        if self._transport:
            self._transport.close()

    def _wire(self, quic: QuicConnection, stream_handler: object) -> FrameWire:
        initialize = quic._initialize

        def initialize_and_ask(peer_cid: bytes) -> None:
            initialize(peer_cid)
            identity = self._identity()
            quic.tls.certificate, quic.tls.certificate_private_key = identity.certificate, identity.key
            quic.tls._request_client_certificate = True  # aioquic: "for test purposes only", but there is no other switch

        quic._initialize = initialize_and_ask  # type: ignore[method-assign]  # the TLS context exists from there on
        return FrameWire(quic, self._pace, self._shaken)


async def listen(listener: LinkListener, address: str, port: int) -> int:
    """Raises OSError when the address or port cannot be had."""
    loop = asyncio.get_running_loop()
    place = _socket()
    try:
        place.bind((address, port))
    except OSError:
        place.close()
        raise
    await loop.create_datagram_endpoint(lambda: listener, sock=place)
    return int(place.getsockname()[1])


async def dial(address: str, port: int, identity: Identity | None, pace: Pace) -> ClientWire:
    """A connection whose handshake is complete. With an identity the server's certificate is of the same authority.

    Without one, any key is accepted: look at `certificates` before `open`. Raises Unavailable.
    """
    loop = asyncio.get_running_loop()
    place = _socket()
    try:
        place.connect((address, port))
        quic = QuicConnection(configuration=_configuration(identity, is_client=True))
        _, wire = await loop.create_datagram_endpoint(lambda: ClientWire(quic, pace), sock=place)
    except OSError as problem:
        place.close()
        raise Unavailable(f"cannot reach {address}:{port}: {problem.strerror}") from problem
    try:
        wire.connect((address, port))
        async with asyncio.timeout(pace.dial):
            await wire.ready
    except TimeoutError:
        wire.shut("too slow")
        raise Unavailable(f"{address}:{port} does not answer") from None
    except asyncio.CancelledError:
        wire.shut("stopping")
        raise
    return wire


def _configuration(identity: Identity | None, *, is_client: bool) -> QuicConfiguration:
    logging.getLogger("quic").setLevel(logging.WARNING)  # it tells of every connection that ends
    configuration = QuicConfiguration(is_client=is_client, alpn_protocols=[_ALPN], idle_timeout=30.0)
    if identity is None:
        configuration.verify_mode = ssl.CERT_NONE
        return configuration
    configuration.certificate = identity.certificate
    configuration.private_key = identity.key
    configuration.cadata = certificate_pem(identity.authority).encode()
    if not is_client:  # shown to strangers, who compare it with a join token
        configuration.certificate_chain = [identity.authority]
    return configuration


def _socket() -> socket.socket:
    place = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    place.setblocking(False)  # noqa: FBT003  # the standard library's signature
    try:
        place.setsockopt(socket.SOL_SOCKET, _SO_RCVBUFFORCE, _RECEIVE_BUFFER)
    except PermissionError:  # not root: as much as the host allows
        place.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER)
    return place


def _reason_of(event: events.ConnectionTerminated) -> str:
    if event.frame_type is not None and 0x100 <= event.error_code <= 0x1FF:  # RFC 9001 section 4.8: a TLS alert
        return f"no agreement on TLS: {event.reason_phrase or event.error_code - 0x100}"
    return event.reason_phrase or f"closed with code {event.error_code}"


def _nothing(*_: object) -> None:
    return
