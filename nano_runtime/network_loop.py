"""One asyncio loop in one daemon thread, driven from ordinary threads."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

Result = TypeVar("Result")


class NetworkLoop:
    def __init__(self, name: str) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, Result], *, seconds: float | None = None) -> Result:
        """Run a coroutine on the loop and wait for it in this thread."""
        self.refuse_own_thread()
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(seconds)

    def post(self, function: Callable[..., object], *arguments: object) -> None:
        """Call a function on the loop soon, in the order of the posts; silently not at all once the loop is stopped."""
        with suppress(RuntimeError):
            self.loop.call_soon_threadsafe(function, *arguments)

    def refuse_own_thread(self) -> None:
        """Who waits for the network in the network's thread waits for ever: a mistake in the program, so RuntimeError."""
        if threading.current_thread() is self._thread:
            raise RuntimeError("this would block the network loop; call it from another thread")

    def stop(self) -> None:
        """Cancel what still runs, and end the thread."""
        if not self._thread.is_alive():
            return
        with suppress(TimeoutError):
            self.run(_cancel_others(), seconds=5)
        self.post(self.loop.stop)
        self._thread.join()
        self.loop.close()


async def in_thread(function: Callable[[], Result], name: str) -> Result:
    """Wait for a blocking function in a thread of its own; unlike a pool's, it never delays the end of the program."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Result] = loop.create_future()

    def settle(result: Result | None, problem: BaseException | None) -> None:
        if future.done():
            return
        if problem:
            future.set_exception(problem)
        else:
            future.set_result(result)  # type: ignore[arg-type]  # None is then what the function answered

    def run() -> None:
        try:
            outcome: tuple[Result | None, BaseException | None] = (function(), None)
        except Exception as problem:
            outcome = (None, problem)
        with suppress(RuntimeError):  # the loop is gone, and with it who waited
            loop.call_soon_threadsafe(settle, *outcome)

    threading.Thread(target=run, name=name, daemon=True).start()
    return await future


async def _cancel_others() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.sleep(0)  # lets closed transports let go of their sockets
