"""Who may change what now: one request a guest at a time, different guests beside each other, recovery alone."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from nano_runtime.errors import Conflict, TimedOut

if TYPE_CHECKING:
    from collections.abc import Iterator


class Turns:
    def __init__(self, seconds: float = 60) -> None:
        self._seconds = seconds
        self._changed = threading.Condition()
        self._busy: set[str] = set()
        self._alone = False

    @contextmanager
    def guest(self, guest: str) -> Iterator[None]:
        """The only one to change this guest. Raises Conflict when its turn does not come in time."""
        with self._changed:
            if not self._changed.wait_for(lambda: not self._alone and guest not in self._busy, self._seconds):
                raise Conflict(f"guest {guest} is busy with another request", hint="try again when that is done")
            self._busy.add(guest)
        try:
            yield
        finally:
            with self._changed:
                self._busy.remove(guest)
                self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """The only one to change anything: waits for those who are at it, and lets nobody begin."""
        deadline = time.monotonic() + self._seconds
        with self._changed:
            if not self._changed.wait_for(lambda: not self._alone, self._seconds):
                raise TimedOut("another recovery of this cell goes on for too long")
            self._alone = True
        try:
            with self._changed:
                if not self._changed.wait_for(lambda: not self._busy, deadline - time.monotonic()):
                    raise TimedOut(f"{len(self._busy)} requests do not come to an end")
            yield
        finally:
            with self._changed:
                self._alone = False
                self._changed.notify_all()
