"""Wake a thread that waits for sockets."""

from __future__ import annotations

import contextlib
import os
import threading


class Bell:
    """An eventfd to poll for; `ring` comes from any thread, at any time, also when the one who listened is gone."""

    def __init__(self) -> None:
        self._number = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        # without it a ring could reach whatever file got the number after close
        self._lock = threading.Lock()

    def fileno(self) -> int:
        return self._number

    def ring(self) -> None:
        with self._lock:
            if self._number >= 0:
                os.eventfd_write(self._number, 1)

    def quiet(self) -> None:
        with contextlib.suppress(BlockingIOError):
            os.eventfd_read(self._number)

    def close(self) -> None:
        with self._lock:
            os.close(self._number)
            self._number = -1
