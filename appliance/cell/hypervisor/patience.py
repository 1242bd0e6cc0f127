"""Call what may hang, and wait only so long."""

from __future__ import annotations

import queue
import threading
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Late
from typing import TYPE_CHECKING, Any, TypeVar

from nano_runtime.errors import TimedOut

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")


class Patience:
    """A few daemon threads that make calls for others, so that a call that never returns costs a thread and not the service."""

    def __init__(self, name: str, threads: int) -> None:
        self._name = name
        self._left = threads
        self._idle = threading.Semaphore(0)
        self._gate = threading.Lock()
        self._queue: queue.SimpleQueue[tuple[Callable[[], Any], Future[Any]]] = queue.SimpleQueue()

    def call(self, function: Callable[[], Result], *, seconds: float, what: str) -> Result:
        """What `function` answers or raises; TimedOut after `seconds`, while the call itself goes on."""
        promise: Future[Result] = Future()
        self._queue.put((function, promise))
        self._have_somebody()
        try:
            return promise.result(seconds)
        except Late as problem:
            if promise.done():
                raise  # the function itself raised a TimeoutError
            promise.cancel()
            raise TimedOut(f"{what} did not finish within {seconds:g} s", hint="try again; see libvirt's log if it stays so") from problem

    def _have_somebody(self) -> None:
        if self._idle.acquire(blocking=False):
            return
        with self._gate:
            if not self._left:
                return  # somebody comes back, or the deadline comes
            self._left -= 1
        threading.Thread(target=self._serve, name=self._name, daemon=True).start()

    def _serve(self) -> None:
        while True:
            function, promise = self._queue.get()
            if promise.set_running_or_notify_cancel():
                try:
                    promise.set_result(function())
                except BaseException as problem:
                    promise.set_exception(problem)
            del function, promise
            self._idle.release()
