"""The hub of changes: what happened last, and who wants to hear of it.

The hub has no thread: `publish` hands an event to every subscriber, and a subscriber only puts it into a buffer. The one
thread that writes to sockets, sends heartbeats and drops slow clients is in event_streams.py.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec

from appliance.rights import Caller
from nano_runtime import secrets

if TYPE_CHECKING:
    from appliance.http.routes import Feed

Send = Callable[[str, bytes], None]
Visible = Callable[[Caller], bool]

RESET = "reset"
"""Kind of the event that says: too much was missed, read everything again."""


def to_everybody(_caller: Caller) -> bool:
    return True


class Hub:
    """Changes of one service. Event ids read `<boot>.<version>`: after a restart, ids of before are too old."""

    def __init__(self, *, keep: int = 2000, boot: str = "") -> None:
        self._boot = boot or secrets.token(6)
        self._version = 0
        self._kept: deque[_Event] = deque(maxlen=keep)
        self._subscribers: set[_Subscriber] = set()
        self._lock = threading.Lock()

    @property
    def version(self) -> int:
        """Counts up with every change."""
        return self._version

    @property
    def subscribers(self) -> int:
        return len(self._subscribers)

    def publish(self, kind: str, id: str, change: str, data: Any = None, visible: Visible = to_everybody) -> int:
        """Tell everybody to whom it is visible that `id` was created, changed or deleted; answers the new version.

        `data` must not change afterwards: it is encoded when the first subscriber needs it. Never blocks.
        """
        with self._lock:
            self._version += 1
            event = _Event(self._version, kind, id, change, data, visible)
            self._kept.append(event)
            for subscriber in self._subscribers:
                if visible(subscriber.caller):
                    subscriber.send(self._id_of(event.version), event.encoded())
            return self._version

    def feed(self, caller: Caller) -> Feed:
        """What this caller may see, as server-sent events."""
        return _CallersFeed(self, caller)

    def subscribe(self, caller: Caller, send: Send, last: str) -> Callable[[], None]:
        """Send what happened after the event id `last` and everything to come; answers the function that ends it."""
        subscriber = _Subscriber(caller, send)
        with self._lock:
            if last:
                self._resume(subscriber, last)
            self._subscribers.add(subscriber)

        def end() -> None:
            with self._lock:
                self._subscribers.discard(subscriber)

        return end

    def _resume(self, subscriber: _Subscriber, last: str) -> None:
        boot, _, number = last.rpartition(".")
        version = int(number) if number.isascii() and number.isdigit() and len(number) < 20 else -1
        oldest = self._version - len(self._kept)
        if boot != self._boot or not oldest <= version <= self._version:
            reset = _Event(self._version, RESET, "", "changed", None, to_everybody)
            subscriber.send(self._id_of(self._version), reset.encoded())
            return
        for event in self._kept:
            if event.version > version and event.visible(subscriber.caller):
                subscriber.send(self._id_of(event.version), event.encoded())

    def _id_of(self, version: int) -> str:
        return f"{self._boot}.{version}"


class _Event:
    def __init__(self, version: int, kind: str, id: str, change: str, data: Any, visible: Visible) -> None:
        self.version = version
        self.visible = visible
        self._content = {"kind": kind, "id": id, "change": change, "version": version, "data": data}
        self._encoded = b""

    def encoded(self) -> bytes:
        if not self._encoded:
            self._encoded = msgspec.json.encode(self._content)
            self._content = {}
        return self._encoded


class _Subscriber:
    def __init__(self, caller: Caller, send: Send) -> None:
        self.caller = caller
        self.send = send


class _CallersFeed:
    def __init__(self, hub: Hub, caller: Caller) -> None:
        self._hub = hub
        self._caller = caller

    def subscribe(self, send: Send, last: str) -> Callable[[], None]:
        return self._hub.subscribe(self._caller, send, last)
