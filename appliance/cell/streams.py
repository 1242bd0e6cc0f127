"""The consoles that are open: bytes between a TLS client and a guest, one thread for each."""

from __future__ import annotations

import os
import socket
import threading
from contextlib import suppress
from typing import Protocol

from nano_runtime.relay import End, exchange


class GuestEnd(End, Protocol):
    """The guest's side of a console: a socket or a serial line."""

    def settimeout(self, seconds: float, /) -> None: ...
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

    def carry(self, client: socket.socket, guest_end: GuestEnd, line: str = "") -> None:
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

    def _run(self, client: socket.socket, guest_end: GuestEnd) -> None:
        try:
            client.settimeout(0)
            guest_end.settimeout(0)
            exchange(client, guest_end)
        except OSError:
            return  # one end went away, which is how consoles end
        finally:
            with self._gate:
                del self._clients[id(client)]
            for end in (client, guest_end):
                with suppress(OSError):
                    end.close()
