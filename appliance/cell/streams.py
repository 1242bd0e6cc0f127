"""Carry the bytes of a console between a TLS client and a guest.

One thread owns both ends of a console: OpenSSL forbids reading and writing one connection at the same time, and what it
has decrypted already makes no socket readable.
"""

from __future__ import annotations

import os
import select
import socket
import ssl
import threading
from contextlib import suppress
from typing import Protocol

_MOST_WAITING = 256 * 1024
"""Bytes held for a slow end before the other one is no longer read."""
_CHUNK = 64 * 1024


class End(Protocol):
    """What has bytes to read and takes bytes, without waiting."""

    def fileno(self) -> int: ...
    def settimeout(self, seconds: float, /) -> None: ...
    def recv(self, size: int, /) -> bytes: ...
    def send(self, data: bytes, /) -> int: ...
    def close(self) -> None: ...


class SerialLine:
    """The pty of a guest's serial port, used like a socket."""

    def __init__(self, path: str) -> None:
        self._number = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)

    def fileno(self) -> int:
        return self._number

    def settimeout(self, seconds: float, /) -> None:
        os.set_blocking(self._number, seconds > 0)

    def recv(self, size: int, /) -> bytes:
        return os.read(self._number, size)

    def send(self, data: bytes, /) -> int:
        return os.write(self._number, data)

    def close(self) -> None:
        os.close(self._number)


class Streams:
    """The consoles that are open. A serial line is for one at a time: who opens it takes it over."""

    def __init__(self) -> None:
        self._gate = threading.Lock()
        self._clients: dict[int, tuple[socket.socket, str]] = {}

    def carry(self, client: socket.socket, guest_end: End, line: str = "") -> None:
        """Start carrying; returns at once. Both ends are closed when one of them ends. `line` names a serial line."""
        with self._gate:
            if line:
                self._end_where(line)
            self._clients[id(client)] = (client, line)
        threading.Thread(target=self._run, args=(client, guest_end), name="console", daemon=True).start()

    def close(self) -> None:
        with self._gate:
            self._end_where()

    def __len__(self) -> int:
        return len(self._clients)

    def _end_where(self, line: str = "") -> None:
        for client, its_line in self._clients.values():
            if not line or its_line == line:
                with suppress(OSError):
                    socket.socket.shutdown(client, socket.SHUT_RDWR)  # its thread sees the end and closes

    def _run(self, client: socket.socket, guest_end: End) -> None:
        try:
            client.settimeout(0)
            guest_end.settimeout(0)
            _exchange(client, guest_end)
        except OSError:
            return  # one end went away, which is how consoles end
        finally:
            with self._gate:
                del self._clients[id(client)]
            for end in (client, guest_end):
                with suppress(OSError):
                    end.close()


def _exchange(client: End, guest: End) -> None:
    to_guest, to_client = bytearray(), bytearray()
    poll = select.poll()
    while True:
        poll.register(client.fileno(), _wanted(to_guest, to_client))
        poll.register(guest.fileno(), _wanted(to_client, to_guest))
        more = len(to_guest) < _MOST_WAITING and _pending(client)
        ready = dict(poll.poll(0 if more else None))
        if (more or ready.get(client.fileno(), 0) & ~select.POLLOUT) and not _receive(client, to_guest):
            return
        ended = bool(ready.get(guest.fileno(), 0) & ~select.POLLOUT) and not _receive(guest, to_client)
        _send(guest, to_guest)
        _send(client, to_client)
        if ended:
            return


def _wanted(read_into: bytearray, write_from: bytearray) -> int:
    return (select.POLLIN if len(read_into) < _MOST_WAITING else 0) | (select.POLLOUT if write_from else 0)


def _pending(end: End) -> bool:
    return isinstance(end, ssl.SSLSocket) and end.pending() > 0


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
