"""Read request bodies that a client may send badly: in endless chunks, too slowly, or not to its end."""

from __future__ import annotations

import threading
import time
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST_LINE = 1024
_DRAIN_MOST = 16 * 1024 * 1024
_DRAIN_SECONDS = 2.0


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Source(Readable, Protocol):
    def readline(self, size: int, /) -> bytes: ...


class ChunkedBody:
    """A chunked body (RFC 9112, 7.1) that never holds more than it is asked for.

    cheroot's own reads a whole chunk at once, and a client may announce one of 4 GB. Raises ValueError for bad framing.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._left = 0
        self.ended = False

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes; fewer only at the end."""
        if size < 0:
            raise ValueError("a chunked body is read in pieces")
        parts: list[bytes] = []
        while size > 0 and (self._left or self._next_chunk()):
            data = self._source.read(min(size, self._left))
            if not data:
                raise ValueError("a chunk ended early")
            parts.append(data)
            size -= len(data)
            self._left -= len(data)
            if not self._left:
                self._expect_line_end()
        return b"".join(parts)

    def _next_chunk(self) -> bool:
        if self.ended:
            return False
        digits = self._line().partition(b";")[0].strip()
        if not digits or len(digits) > 16 or digits.strip(b"0123456789abcdefABCDEF"):
            raise ValueError("bad size of a chunk")
        self._left = int(digits, 16)
        if not self._left:
            self.ended = True
            while self._line():
                pass  # trailers mean nothing to us
        return self._left > 0

    def _line(self) -> bytes:
        line = self._source.readline(_LONGEST_LINE)
        if not line.endswith(b"\r\n"):
            raise ValueError("a line of a chunked body does not end")
        return line[:-2]

    def _expect_line_end(self) -> None:
        if self._line():
            raise ValueError("a chunk is longer than announced")


class Patience:
    """How many workers may wait for the bytes of one client at the same time; the rest stay free for others."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._waiting: Counter[str] = Counter()
        self._lock = threading.Lock()

    @contextmanager
    def waiting_for(self, client: str) -> Iterator[None]:
        """Raises ConnectionAbortedError when too many already wait for this client."""
        with self._lock:
            if self._waiting[client] >= self._most:
                raise ConnectionAbortedError(f"{client} keeps {self._most} workers waiting")
            self._waiting[client] += 1
        try:
            yield
        finally:
            with self._lock:
                self._waiting[client] -= 1
                if not self._waiting[client]:
                    del self._waiting[client]


def drain(body: Readable) -> None:
    """Throw away the rest of a body, within limits, so that the client gets to read its answer before the socket closes."""
    deadline = time.monotonic() + _DRAIN_SECONDS
    left = _DRAIN_MOST
    try:
        while left > 0 and time.monotonic() < deadline and (data := body.read(65536)):
            left -= len(data)
    except (OSError, ValueError):
        return
