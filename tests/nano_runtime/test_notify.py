"""What systemd hears of a service: a real datagram socket, as systemd has it."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from nano_runtime.notify import Notifier


class Systemd:
    """The listening end."""

    def __init__(self, address: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(address.replace("@", "\0", 1))
        self._socket.settimeout(5)
        self.environment = {"NOTIFY_SOCKET": address}

    def heard(self) -> str:
        return self._socket.recv(1000).decode()

    def heard_within(self, seconds: float) -> bool:
        self._socket.settimeout(seconds)
        try:
            return bool(self._socket.recv(1000))
        except TimeoutError:
            return False

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(params=["path", "abstract"])
def systemd(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Systemd]:
    systemd = Systemd(str(tmp_path / "notify") if request.param == "path" else f"@nano-test-{os.getpid()}")
    yield systemd
    systemd.close()


def test_systemd_hears_that_all_is_ready_and_what_runs(systemd: Systemd) -> None:
    Notifier(lambda: None, systemd.environment).ready("core and cell run")

    assert systemd.heard() == "READY=1\nSTATUS=core and cell run\n"


def test_pings_come_more_often_than_systemd_wants_until_the_stop(systemd: Systemd) -> None:
    notifier = Notifier(lambda: None, systemd.environment | {"WATCHDOG_USEC": "30000", "WATCHDOG_PID": str(os.getpid())})
    notifier.ready("")

    heard = [systemd.heard() for _ in range(4)]
    notifier.stopping()
    while (last := systemd.heard()) == "WATCHDOG=1\n":
        continue

    assert heard == ["READY=1\nSTATUS=\n", *["WATCHDOG=1\n"] * 3]
    assert last == "STOPPING=1\n"


def test_a_service_that_hangs_is_silent(systemd: Systemd) -> None:
    looked, go_on = threading.Event(), threading.Event()

    def hang() -> None:
        looked.set()
        go_on.wait(10)

    notifier = Notifier(hang, systemd.environment | {"WATCHDOG_USEC": "30000"})
    notifier.ready("")
    assert systemd.heard().startswith("READY=1")

    assert looked.wait(5)

    assert not systemd.heard_within(0.1)
    notifier.stopping()
    go_on.set()


def test_a_service_that_only_fails_to_look_is_alive(systemd: Systemd) -> None:
    notifier = Notifier(lambda: 1 / 0, systemd.environment | {"WATCHDOG_USEC": "30000"})
    notifier.ready("")

    assert systemd.heard().startswith("READY=1")
    assert systemd.heard() == "WATCHDOG=1\n"
    notifier.stopping()


@pytest.mark.parametrize("environment", [{}, {"WATCHDOG_USEC": "30000", "WATCHDOG_PID": "1"}, {"WATCHDOG_USEC": "often"}])
def test_no_watchdog_runs_where_none_is_wanted(systemd: Systemd, environment: dict[str, str]) -> None:
    Notifier(lambda: None, systemd.environment | environment).ready("")

    assert systemd.heard().startswith("READY=1")
    assert not systemd.heard_within(0.05)


def test_without_systemd_nothing_happens() -> None:
    notifier = Notifier(lambda: None, {"WATCHDOG_USEC": "30000"})

    notifier.ready("core runs")
    notifier.stopping()


def test_a_socket_that_is_gone_does_not_stop_the_service(tmp_path: Path) -> None:
    Notifier(lambda: None, {"NOTIFY_SOCKET": str(tmp_path / "gone")}).ready("")
