"""Find Core: a ping to the domain's multicast group, a signed echo back.

Ping and echo are one JSON datagram each. The echo repeats the asker's nonce and is signed with the key of Core's certificate,
so nobody can answer in Core's place or replay an old answer. A ping is padded to PING_SIZE, so that a forged sender address
gains next to nothing. Where multicast is filtered, the same ping goes to a configured address.
"""

from __future__ import annotations

import base64
import logging
import os
import select
import socket
import struct
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

import msgspec

from nano_runtime.certificates import Certificate, Check, read_certificate, role_of, verify_signature
from nano_runtime.errors import BadSetting, BadValue, Forbidden, Unavailable
from nano_runtime.interfaces import Interface, up_interfaces
from nano_runtime.messages import UNREADABLE

log = logging.getLogger(__name__)

PING_SIZE = 1000
"""Bytes; smaller pings get no echo."""
_DATAGRAM = 2048
_CONTEXT = b"nano discovery echo 1\0"
_IP_PKTINFO = getattr(socket, "IP_PKTINFO", 8)  # Python names it from 3.14 on; Linux include/uapi/linux/in.h
_IP_MULTICAST_ALL = 49
_RETRIES = (0.25, 0.5)
_RESCAN = 5.0
_ECHOES_A_SECOND = 20


class Triple(NamedTuple):
    """What modules share that belong together: <"nano", 224.0.0.226, 5599>."""

    domain: str
    address: str
    port: int


class Announcement(msgspec.Struct, frozen=True, kw_only=True):
    """Where Core listens. `authority` is the fingerprint of the domain's authority, `certificate` Core's own (DER, base64)."""

    address: str
    port: int
    name: str
    authority: str
    certificate: str


class Found(NamedTuple):
    """A Core that proved to hold the key of `certificate`; the authority's fingerprint is its own claim until a link proves it."""

    address: str
    port: int
    name: str
    authority_fingerprint: str
    certificate: Certificate | None = None


class Ping(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="ping"):
    domain: str
    nonce: str
    padding: str = ""


class Echo(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="echo"):
    """`body` is the encoded EchoBody, the very bytes that were signed."""

    body: str
    signature: str


class EchoBody(msgspec.Struct, frozen=True, kw_only=True):
    domain: str
    nonce: str
    core: Announcement


_decode_ping = msgspec.json.Decoder(Ping).decode
_decode_echo = msgspec.json.Decoder(Echo).decode
_decode_body = msgspec.json.Decoder(EchoBody).decode
_encode = msgspec.json.Encoder().encode

Answer = Callable[[str], Announcement]
"""Gets the local address that a ping reached."""
Sign = Callable[[bytes], bytes]


def find_core(
    triple: Triple,
    *,
    verify: Check | None,
    known: str = "",
    seconds: float = 5,
    clock: Callable[[], float] = time.monotonic,
) -> Found:
    """The first Core of the domain whose echo is genuine and passes `verify`; None trusts any key, for a first contact.

    `known` is an address asked by unicast as well. Raises Unavailable after `seconds`.
    """
    asker = _Asker(triple, known, verify)
    deadline = clock() + seconds
    try:
        for attempt in range(int(seconds / _RETRIES[0]) + 1):
            asker.ping()
            until = min(deadline, clock() + _RETRIES[min(attempt, len(_RETRIES) - 1)])
            while (left := until - clock()) > 0:
                if found := asker.listen(left):
                    return found
            if clock() >= deadline:
                break
    finally:
        asker.close()
    refused = f"; {asker.refusal}" if asker.refusal else ""
    raise Unavailable(
        f"no Core of domain {triple.domain!r} answers on {triple.address}:{triple.port}{refused}",
        hint="start Core, or set core_address in domain.cfg where multicast is filtered",
    )


class _Asker:
    """One ping to everywhere, and the sockets its echoes come back to."""

    def __init__(self, triple: Triple, known: str, verify: Check | None) -> None:
        self.refusal = ""
        self._triple = triple
        self._known = known
        self._verify = verify
        self._nonce = os.urandom(16).hex()
        self._sockets: dict[Interface | None, socket.socket] = {}

    def ping(self) -> None:
        """Ask on every interface that is up now; one that cannot send is tried again next time."""
        ping = _encode(Ping(domain=self._triple.domain, nonce=self._nonce, padding="." * PING_SIZE))
        for interface in up_interfaces():
            self._send(interface, ping, (self._triple.address, self._triple.port))
        if self._known:
            self._send(None, ping, (self._known, self._triple.port))

    def listen(self, seconds: float) -> Found | None:
        readable, _, _ = select.select(list(self._sockets.values()), [], [], seconds)
        for ready in readable:
            try:
                datagram, sender = ready.recvfrom(_DATAGRAM * 2)
            except OSError:  # an ICMP refusal of an earlier ping
                continue
            if found := self._read(datagram, sender[0]):
                return found
        return None

    def close(self) -> None:
        for sender in self._sockets.values():
            sender.close()

    def _send(self, interface: Interface | None, ping: bytes, to: tuple[str, int]) -> None:
        try:
            if interface not in self._sockets:
                self._sockets[interface] = _sender(interface)
            self._sockets[interface].sendto(ping, to)
        except OSError as problem:
            log.debug("cannot ask for Core on %s: %s", interface.name if interface else to[0], problem)
            if stale := self._sockets.pop(interface, None):
                stale.close()

    def _read(self, datagram: bytes, sender: str) -> Found | None:
        try:
            echo = _decode_echo(datagram)
            body = _decode_body(echo.body)
            if (body.domain, body.nonce) != (self._triple.domain, self._nonce):
                return None
            certificate = read_certificate(base64.b64decode(body.core.certificate))
            verify_signature(certificate, base64.b64decode(echo.signature), _CONTEXT + echo.body.encode())
            self._admit(certificate)
        except (*UNREADABLE, BadValue, ValueError):
            return None
        except Forbidden as problem:
            self.refusal = f"the one at {sender} was ignored: {problem.message}"
            return None
        core = body.core
        return Found(core.address, core.port, core.name, core.authority, certificate)

    def _admit(self, certificate: Certificate) -> None:
        if self._verify:
            self._verify(certificate)
            return
        found = role_of(certificate)
        if (found.domain, found.role) != (self._triple.domain, "core"):
            raise Forbidden(f"its certificate speaks for {found.role} of domain {found.domain!r}")


class Responder:
    """Core's side: answers pings of its domain, on every interface, until stopped."""

    def __init__(self, triple: Triple, answer: Answer, sign: Sign) -> None:
        self._triple = triple
        self._answer = answer
        self._sign = sign
        self._joined: set[int] = set()
        self._budget = _Budget(_ECHOES_A_SECOND)
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Raises BadSetting when the group's port cannot be had."""
        try:
            self._group = _listener(self._triple.address, self._triple.port)
            self._direct = _listener("0.0.0.0", self._triple.port)
        except OSError as problem:
            text = f"cannot listen on {self._triple.address}:{self._triple.port}: {problem.strerror}"
            raise BadSetting(text, hint="choose another group_port in domain.cfg", field="group_port") from problem
        self._wake, self._waker = socket.socketpair()
        self._rescan()
        self._thread = threading.Thread(target=self._run, name="discovery", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        if self._thread:
            self._waker.send(b".")
            self._thread.join()
            self._thread = None
            for each in (self._group, self._direct, self._wake, self._waker):
                each.close()

    def _run(self) -> None:
        scanned = time.monotonic()
        while True:
            readable, _, _ = select.select([self._group, self._direct, self._wake], [], [], _RESCAN)
            if self._wake in readable:
                return
            try:
                for ready in readable:
                    self._receive(ready)
                if time.monotonic() - scanned >= _RESCAN:
                    self._rescan()
                    scanned = time.monotonic()
            except Exception:
                log.exception("could not answer a ping")

    def _rescan(self) -> None:
        """Join the group wherever an interface has come up; the kernel leaves it where one has gone."""
        indexes = {interface.index for interface in up_interfaces()}
        for index in indexes - self._joined:
            membership = struct.pack("=4s4si", socket.inet_aton(self._triple.address), bytes(4), index)
            try:
                self._group.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, membership)
            except OSError as problem:
                log.debug("cannot join the group on interface %d: %s", index, problem)
                indexes.discard(index)
        self._joined = indexes

    def _receive(self, ready: socket.socket) -> None:
        try:
            datagram, control, _, sender = ready.recvmsg(_DATAGRAM + 1, 256)
        except OSError:
            return
        if not PING_SIZE <= len(datagram) <= _DATAGRAM:
            return
        try:
            ping = _decode_ping(datagram)
        except UNREADABLE:
            return
        if ping.domain != self._triple.domain or len(ping.nonce) != 32 or not self._budget.allows(sender[0], time.monotonic()):
            return
        index, local = _arrival(control)
        self._reply(ping, index, local, sender)

    def _reply(self, ping: Ping, index: int, local: bytes, sender: tuple[str, int]) -> None:
        announcement = self._answer(socket.inet_ntoa(local))
        body = _encode(EchoBody(domain=ping.domain, nonce=ping.nonce, core=announcement))
        signature = base64.b64encode(self._sign(_CONTEXT + body)).decode()
        echo = _encode(Echo(body=body.decode(), signature=signature))
        for way in (index, 0):  # through the interface it came from; by the routes where that one cannot reach the asker
            with suppress(OSError):
                place = struct.pack("=i4s4s", way, local, bytes(4))
                self._direct.sendmsg([echo], [(socket.IPPROTO_IP, _IP_PKTINFO, place)], 0, sender)
                return


class _Budget:
    """So many echoes a second for each source, and for a bounded number of sources."""

    def __init__(self, each: int, sources: int = 256) -> None:
        self._each = each
        self._sources = sources
        self._second = 0
        self._spent: dict[str, int] = {}

    def allows(self, source: str, now: float) -> bool:
        if int(now) != self._second:
            self._second = int(now)
            self._spent.clear()
        spent = self._spent.get(source, 0)
        if spent >= self._each or (not spent and len(self._spent) >= self._sources):
            return False
        self._spent[source] = spent + 1
        return True


def _sender(interface: Interface | None) -> socket.socket:
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    if interface:
        way = struct.pack("=4s4si", bytes(4), socket.inet_aton(interface.address), interface.index)
        sender.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, way)
        sender.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)
        sender.bind((interface.address, 0))
    sender.settimeout(0)
    return sender


def _listener(address: str, port: int) -> socket.socket:
    """SO_REUSEADDR lets several domains of one host share a port; without MULTICAST_ALL=0 each would hear all groups of the host."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.IPPROTO_IP, _IP_PKTINFO, 1)
        listener.setsockopt(socket.IPPROTO_IP, _IP_MULTICAST_ALL, 0)
        listener.bind((address, port))
        listener.settimeout(0)
    except OSError:
        listener.close()
        raise
    return listener


def _arrival(control: Sequence[tuple[int, int, bytes]]) -> tuple[int, bytes]:
    """Index of the interface a datagram came in by, and our address there."""
    for level, kind, data in control:
        if (level, kind) == (socket.IPPROTO_IP, _IP_PKTINFO):
            index, local, _ = struct.unpack("=i4s4s", data[:12])
            return index, local
    return 0, bytes(4)
