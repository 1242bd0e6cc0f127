"""Run long work beside the requests, in lanes: what hangs in one cell's lane keeps nobody else waiting."""

from __future__ import annotations

import logging
import threading
from collections import defaultdict, deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from nano_runtime.errors import NanoError, Unavailable

log = logging.getLogger(__name__)

T = TypeVar("T")
Job = tuple[Callable[[], Any], "Future[Any]"]


class Workers:
    """At most `width` threads per lane; a thread ends when its lane is empty, so that an idle appliance has none."""

    def __init__(self, width: int = 16) -> None:
        self._width = width
        self._changed = threading.Condition()
        self._waiting: dict[str, deque[Job]] = defaultdict(deque)
        self._active: dict[str, int] = defaultdict(int)
        self._closed = False

    def submit(self, lane: str, work: Callable[[], T]) -> Future[T]:
        """Run `work` in its lane; the future tells its result. Raises Unavailable once closed."""
        promise: Future[T] = Future()
        with self._changed:
            if self._closed:
                raise Unavailable("Core stops", hint="try again when it is back")
            self._waiting[lane].append((work, promise))
            if self._active[lane] >= self._width:
                return promise
            self._active[lane] += 1
        threading.Thread(target=self._run, args=(lane,), name=f"work-{lane}", daemon=True).start()
        return promise

    def close(self, seconds: float) -> bool:
        """Take no more work, drop what waits, and let end what runs; False if that took longer than `seconds`."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            return self._changed.wait_for(lambda: not any(self._active.values()), seconds)

    def _run(self, lane: str) -> None:
        while job := self._next(lane):
            work, promise = job
            try:
                promise.set_result(work())
            except Exception as problem:
                if not isinstance(problem, NanoError):
                    log.exception("work in lane %s failed", lane)
                promise.set_exception(problem)

    def _next(self, lane: str) -> Job | None:
        with self._changed:
            if self._waiting[lane]:
                return self._waiting[lane].popleft()
            self._active[lane] -= 1
            self._changed.notify_all()
            return None
