"""Write soon what nobody waits for, and many such things at once."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any

from nano_runtime.errors import NanoError

if TYPE_CHECKING:
    from nano_runtime.store import Execute, Store

log = logging.getLogger(__name__)

Change = Callable[["Execute"], Any]

PAUSE = 0.3
"""Seconds in which changes gather; what a kill may take away is told again by the cells or stands in the journal."""

PAUSE_AFTER_FAILURE = 5.0


class Backlog:
    """Per key only the last change counts; `now` overtakes what waits under its key and never lets it come after."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: dict[Hashable, Change] = {}
        self._writing = threading.Lock()
        self._changed = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="core-backlog", daemon=True)
        self._thread.start()

    def soon(self, key: Hashable, change: Change) -> None:
        with self._changed:
            self._waiting[key] = change
            self._changed.notify()

    def now(self, key: Hashable, change: Change) -> None:
        """Write this at once, and what waits with it, for the same price; returns when it is on disk."""
        with self._writing:
            self._write(self._take(key), change)

    def flush(self) -> None:
        """Write what waits; raises what the store raises, and keeps what could not be written."""
        with self._writing:
            batch = self._take()
            if batch:
                self._write(batch)

    def _take(self, overtaken: Hashable = None) -> dict[Hashable, Change]:
        with self._changed:
            batch, self._waiting = self._waiting, {}
        batch.pop(overtaken, None)
        return batch

    def _write(self, batch: dict[Hashable, Change], *more: Change) -> None:
        try:
            self._store.write(lambda execute: [change(execute) for change in (*batch.values(), *more)])
        except NanoError:
            with self._changed:
                self._waiting = {**batch, **self._waiting}
            raise

    def close(self) -> None:
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join()
        self.flush()

    def _run(self) -> None:
        while self._something_to_do():
            self._rest(PAUSE)
            try:
                self.flush()
            except NanoError as problem:
                log.warning("%d changes wait: %s", len(self._waiting), problem)
                self._rest(PAUSE_AFTER_FAILURE)

    def _rest(self, seconds: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._closing, seconds)

    def _something_to_do(self) -> bool:
        with self._changed:
            self._changed.wait_for(lambda: self._closing or bool(self._waiting))
            return not self._closing
