"""Tell systemd what it asks of a service of Type=notify (sd_notify(3)): ready, stopping, and that it is alive.

Without systemd nothing is sent: NOTIFY_SOCKET is not set then.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

log = logging.getLogger(__name__)

PINGS_PER_DEADLINE = 3
"""So that one late ping does not end a service that is well."""


class Notifier:
    """One for the process. `look` is called before each ping and must return: where it hangs, systemd restarts the service."""

    def __init__(self, look: Callable[[], object], environment: Mapping[str, str] = os.environ) -> None:
        self._look = look
        self._address = environment.get("NOTIFY_SOCKET", "")
        self._deadline = _deadline(environment)
        self._stopped = threading.Event()

    def ready(self, status: str) -> None:
        """All that was to be started is; `status` is a line for `systemctl status`."""
        self._send(f"READY=1\nSTATUS={status}\n")
        if self._address and self._deadline:
            threading.Thread(target=self._ping, name="watchdog", daemon=True).start()

    def stopping(self) -> None:
        """Pings end, too: systemd waits as long as TimeoutStopSec says."""
        self._stopped.set()
        self._send("STOPPING=1\n")

    def _ping(self) -> None:
        while not self._stopped.wait(self._deadline / PINGS_PER_DEADLINE):
            try:
                self._look()
            except Exception:
                log.exception("this service does not know how it is")
            self._send("WATCHDOG=1\n")

    def _send(self, text: str) -> None:
        if not self._address:
            return
        address = f"\0{self._address[1:]}" if self._address.startswith("@") else self._address
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as connection:
                connection.sendto(text.encode(), address)
        except OSError as problem:
            log.warning("systemd could not be told %s: %s", text.split()[0], problem)


def _deadline(environment: Mapping[str, str]) -> float:
    """Seconds between two pings at most, 0 where none are wanted, or of another process (sd_watchdog_enabled(3))."""
    of_process = environment.get("WATCHDOG_PID", "")
    if of_process and of_process != str(os.getpid()):
        return 0.0
    microseconds = environment.get("WATCHDOG_USEC", "")
    return int(microseconds) / 1e6 if microseconds.isdigit() else 0.0
