"""Show a TLS connection as a plain socket, so that it may be read and written from two threads, and polled.

OpenSSL forbids reading and writing one connection at the same time, and data it has decrypted already makes no socket
readable; both are traps for whoever gets a stream. One thread per stream owns the TLS side.
"""

from __future__ import annotations

import select
import socket
import ssl
import threading

_MOST_WAITING = 256 * 1024
"""Bytes held for a slow side before the other one is no longer read."""
_CHUNK = 64 * 1024


def plain_end(secure: ssl.SSLSocket) -> socket.socket:
    """A socket whose other end is relayed to `secure`; closing either side closes both."""
    ours, theirs = socket.socketpair()
    secure.settimeout(0)
    ours.settimeout(0)
    threading.Thread(target=_relay, args=(secure, ours), name="console-relay", daemon=True).start()
    return theirs


def _relay(secure: ssl.SSLSocket, plain: socket.socket) -> None:
    try:
        with secure, plain:
            _exchange(secure, plain)
    except OSError:
        return  # one side went away, which ends the stream


def _exchange(secure: ssl.SSLSocket, plain: socket.socket) -> None:
    outward, inward = bytearray(), bytearray()
    poll = select.poll()
    while True:
        takes_more = len(inward) < _MOST_WAITING
        poll.register(secure, (select.POLLIN if takes_more else 0) | (select.POLLOUT if outward else 0))
        poll.register(plain, (select.POLLIN if len(outward) < _MOST_WAITING else 0) | (select.POLLOUT if inward else 0))
        ready = dict(poll.poll(0 if takes_more and secure.pending() else None))
        if takes_more and (secure.pending() or ready.get(secure.fileno(), 0) & ~select.POLLOUT) and not _receive(secure, inward):
            return _finish(plain, inward)
        if ready.get(plain.fileno(), 0) & ~select.POLLOUT and not _receive(plain, outward):
            return None
        _send(secure, outward)
        _send(plain, inward)


def _receive(source: socket.socket, into: bytearray) -> bool:
    """False at the end of the stream."""
    try:
        data = source.recv(_CHUNK)
    except (ssl.SSLWantReadError, ssl.SSLWantWriteError, BlockingIOError):
        return True
    into += data
    return bool(data)


def _send(target: socket.socket, data: bytearray) -> None:
    if data:
        try:
            del data[: target.send(data[:_CHUNK])]
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError, BlockingIOError):
            return


def _finish(plain: socket.socket, rest: bytearray) -> None:
    plain.settimeout(5)
    plain.sendall(rest)
