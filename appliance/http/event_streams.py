"""Write server-sent events to many sockets from one thread; an idle client costs a socket and nothing else."""

from __future__ import annotations

import contextlib
import logging
import selectors
import socket
import ssl
import threading
import time
from typing import TYPE_CHECKING

from appliance.http.bell import Bell

if TYPE_CHECKING:
    from collections.abc import Callable

    from appliance.http.routes import Feed
    from appliance.rights import Caller

log = logging.getLogger(__name__)

HEAD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
    b"X-Accel-Buffering: no\r\nConnection: close\r\n\r\n: connected\n\n"
)
_HEARTBEAT = b"event: heartbeat\ndata\n\n"
"""An event with a name of its own, so that a page can see it; no id, so that it moves nothing."""
_MOST_WAITING = 1024 * 1024
"""Bytes that may wait for a slow client before it is dropped; it comes back with Last-Event-ID."""


class EventStreams:
    """All event streams of one server. `heartbeat` in seconds."""

    def __init__(self, heartbeat: float = 15.0) -> None:
        self._heartbeat = heartbeat
        self._clients: dict[socket.socket, _Client] = {}
        self._lock = threading.Lock()
        self._bell: Bell | None = None
        self._rung = False
        self._open = True
        self._thread: threading.Thread | None = None

    def __len__(self) -> int:
        return len(self._clients)

    def add(self, connection: socket.socket, feed: Feed, last: str, caller: Caller) -> None:
        """Own a connection from now on and write the feed to it, beginning after the event id `last`."""
        connection.settimeout(0)
        client = _Client(connection, caller, self._changed)
        client.put(HEAD)
        try:
            client.unsubscribe = feed.subscribe(client.send, last)
        except BaseException:
            connection.close()
            raise
        with self._lock:
            self._start()
            self._clients[connection] = client
            client.ended |= not self._open
        self._changed()

    def close_where(self, matches: Callable[[Caller], bool]) -> None:
        """End the streams of these callers, e.g. of a session that was signed out."""
        with self._lock:
            for client in self._clients.values():
                client.ended |= matches(client.caller)
        self._changed()

    def close(self) -> None:
        """End every stream and the thread; waits until it is gone."""
        with self._lock:
            self._open = False
            thread = self._thread
            for client in self._clients.values():
                client.ended = True
        if thread is not None:
            self._changed()
            thread.join(5)

    def _start(self) -> None:
        if self._thread is None:
            self._bell = Bell()
            self._thread = threading.Thread(target=self._run, args=(self._bell,), name="event-streams", daemon=True)
            self._thread.start()

    def _changed(self) -> None:
        """Called from any thread; wakes the writer once, however many events come."""
        if not self._rung and self._bell is not None:
            self._rung = True
            self._bell.ring()

    def _run(self, bell: Bell) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(bell, selectors.EVENT_READ)
            beat = time.monotonic() + self._heartbeat
            while self._goes_on():
                ready: set[object] = {key.fileobj for key, _ in selector.select(max(0.0, beat - time.monotonic()))}
                if bell in ready:
                    bell.quiet()
                    self._rung = False  # in this order, or a ring between the two is lost
                beats = time.monotonic() >= beat
                if beats:
                    beat = time.monotonic() + self._heartbeat
                self._serve(selector, ready, beats=beats)
        bell.close()

    def _goes_on(self) -> bool:
        with self._lock:
            if not self._open and not self._clients:
                self._thread = None
            return self._thread is not None

    def _serve(self, selector: selectors.BaseSelector, ready: set[object], *, beats: bool) -> None:
        with self._lock:
            clients = list(self._clients.values())
        for client in clients:
            if beats:
                client.put(_HEARTBEAT)
            if client.connection in ready:
                client.listen()
            client.flush()
            if client.ended:
                self._drop(selector, client)
            else:
                client.watch(selector)

    def _drop(self, selector: selectors.BaseSelector, client: _Client) -> None:
        with self._lock:
            self._clients.pop(client.connection, None)
        if client.watched:
            selector.unregister(client.connection)
        client.unsubscribe()
        with contextlib.suppress(OSError):
            client.connection.shutdown(socket.SHUT_RDWR)
        client.connection.close()


class _Client:
    """One stream. `send` and `put` come from any thread; everything that touches the socket from the writer's only."""

    def __init__(self, connection: socket.socket, caller: Caller, changed: Callable[[], None]) -> None:
        self.connection = connection
        self.caller = caller
        self.ended = False
        self.watched = 0
        self.unsubscribe: Callable[[], None] = _nothing
        self._changed = changed
        self._waiting = bytearray()
        self._lock = threading.Lock()

    def send(self, event_id: str, data: bytes) -> None:
        self.put(b"id: " + event_id.encode() + b"\ndata: " + data.replace(b"\n", b"\ndata: ") + b"\n\n")
        self._changed()

    def put(self, frame: bytes) -> None:
        with self._lock:
            self._waiting += frame
            self.ended |= len(self._waiting) > _MOST_WAITING

    def flush(self) -> None:
        with self._lock, contextlib.suppress(BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            try:
                while self._waiting and not self.ended:
                    # a TLS write that would block must be repeated with the same bytes; the front of the buffer stays as it is
                    sent = self.connection.send(self._waiting[:16384])
                    del self._waiting[:sent]
            except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
                raise
            except OSError:
                self.ended = True

    def listen(self) -> None:
        """The client has nothing to say; it can only go away."""
        try:
            self.ended |= not self.connection.recv(4096)
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return
        except OSError:
            self.ended = True

    def watch(self, selector: selectors.BaseSelector) -> None:
        wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if self._waiting else 0)
        if not self.watched:
            selector.register(self.connection, wanted)
        elif self.watched != wanted:
            selector.modify(self.connection, wanted)
        self.watched = wanted


def _nothing() -> None:
    """Before there is a subscription."""
