"""Wait for a condition with a deadline, so that no test sleeps for a time it guessed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")


def wait_until(condition: Callable[[], Result], seconds: float = 5, what: str = "") -> Result:
    """Ask `condition` until it answers something true, and return that.

    Raises AssertionError after `seconds`, naming `what` was waited for and the last answer. An exception of the
    condition ends the wait at once: a condition that may fail for a while says so itself.
    """
    deadline = time.monotonic() + seconds
    pause = 0.005
    while not (result := condition()):
        if time.monotonic() >= deadline:
            raise AssertionError(f"waited {seconds:g} s for {what or condition.__name__}, last answer: {result!r}")
        time.sleep(pause)
        pause = min(pause * 1.5, 0.1)
    return result
