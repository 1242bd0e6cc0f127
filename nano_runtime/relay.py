"""Carry bytes between two ends, in both directions, from one thread.

OpenSSL forbids reading and writing one connection at the same time, and data it has decrypted already makes no socket
readable; so whoever gets a TLS stream of ours gets it as a plain socket whose other end is relayed here.
"""

from __future__ import annotations

import select
import socket
import ssl
import threading
from contextlib import suppress
from typing import Protocol

_MOST_WAITING = 256 * 1024
"""Bytes held for a slow end before the other one is no longer read."""
_CHUNK = 64 * 1024
_PARTING = 5
"""Seconds in which the last words must be taken."""


class End(Protocol):
    """What has bytes to read and takes bytes, without waiting."""

    def fileno(self) -> int: ...
    def recv(self, size: int, /) -> bytes: ...
    def send(self, data: bytes, /) -> int: ...


def plain_end(secure: ssl.SSLSocket) -> socket.socket:
    """A plain socket that stands for a TLS connection; closing it closes the connection, and the other way round."""
    ours, theirs = socket.socketpair()
    secure.settimeout(0)
    ours.settimeout(0)
    threading.Thread(target=_relay, args=(secure, ours), name="relay", daemon=True).start()
    return theirs


def exchange(one: End, other: End) -> None:
    """Carry bytes until one end is over, and what it said last to the other. Both must be non-blocking; raises OSError."""
    to_other, to_one = bytearray(), bytearray()
    while True:
        ready = _wait((one, to_other, to_one), (other, to_one, to_other))
        is_one_over = _may_read(one, ready, to_other) and not _receive(one, to_other)
        is_other_over = _may_read(other, ready, to_one) and not _receive(other, to_one)
        _send(other, to_other)
        _send(one, to_one)
        if is_one_over or is_other_over:
            _finish(other, to_other) if is_one_over else _finish(one, to_one)
            return


def _relay(secure: ssl.SSLSocket, plain: socket.socket) -> None:
    with secure, plain, suppress(OSError):  # an end that breaks is how streams end
        exchange(secure, plain)


def _wait(*ends: tuple[End, bytearray, bytearray]) -> dict[int, int]:
    """What can be done now. An end that is neither read nor written is not asked: it might have hung up, which never ends."""
    poll = select.poll()
    for end, read_into, write_from in ends:
        wanted = (select.POLLIN if len(read_into) < _MOST_WAITING else 0) | (select.POLLOUT if write_from else 0)
        if wanted:
            poll.register(end.fileno(), wanted)
    held = any(_holds(end) and len(read_into) < _MOST_WAITING for end, read_into, _ in ends)
    return dict(poll.poll(0 if held else None))


def _holds(end: End) -> bool:
    """Whether an end has data that poll() cannot see."""
    return isinstance(end, ssl.SSLSocket) and end.pending() > 0


def _may_read(end: End, ready: dict[int, int], into: bytearray) -> bool:
    return len(into) < _MOST_WAITING and (_holds(end) or bool(ready.get(end.fileno(), 0) & ~select.POLLOUT))


def _receive(source: End, into: bytearray) -> bool:
    """False at the end of the stream."""
    try:
        data = source.recv(_CHUNK)
    except (ssl.SSLWantReadError, ssl.SSLWantWriteError, BlockingIOError):
        return True
    into += data
    return bool(data)


def _send(target: End, waiting: bytearray) -> None:
    if waiting:
        with suppress(ssl.SSLWantReadError, ssl.SSLWantWriteError, BlockingIOError):
            del waiting[: target.send(bytes(waiting[:_CHUNK]))]


def _finish(target: End, rest: bytearray) -> None:
    poll = select.poll()
    poll.register(target.fileno(), select.POLLOUT)
    while rest and poll.poll(_PARTING * 1000):
        before = len(rest)
        _send(target, rest)
        if len(rest) == before:
            return
