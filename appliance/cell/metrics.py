"""Figures of this host and of its guests; speeds and loads come from the difference of two looks at a counter."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Any, NamedTuple

import psutil

from appliance.protocol.cells import Figures
from appliance.protocol.guests import GuestFigures, GuestState

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from appliance.cell.hypervisor.connection import Connection

FRESH = 1.0
"""Seconds for which the guests' counters are good enough to be answered again."""

_INNER = ("lo", "vnet", "virbr", "tap", "veth", "docker", "br-")
"""Interfaces whose traffic also passes another one of this host, or none."""


class _Counters(NamedTuple):
    at: float
    busy: float
    total: float
    read: int
    written: int
    received: int
    sent: int


class HostMeter:
    """`storage` is the folder whose file system holds the disks. One caller at a time."""

    def __init__(self, storage: Path) -> None:
        self._storage = storage
        self._before: _Counters | None = None

    def read(self, now: float) -> Figures:
        """The load since the last call; speeds and CPU load are 0 at the first."""
        counters, memory = _count(now), psutil.virtual_memory()
        before, self._before = self._before or counters, counters
        seconds = max(counters.at - before.at, 0.001)
        disk = os.statvfs(self._storage)
        return Figures(
            cpu_usage=_percent(counters.busy - before.busy, counters.total - before.total),
            max_cpu=os.cpu_count() or 1,
            available_memory=memory.available,
            max_memory=memory.total,
            available_disk=disk.f_bavail * disk.f_frsize,
            max_disk=disk.f_blocks * disk.f_frsize,
            read_speed=_speed(counters.read - before.read, seconds),
            write_speed=_speed(counters.written - before.written, seconds),
            receive_speed=_speed(counters.received - before.received, seconds),
            send_speed=_speed(counters.sent - before.sent, seconds),
        )


class GuestMeter:
    """Figures of running guests out of one question for all of them, asked at most once a second."""

    def __init__(self, hypervisor: Connection, clock: Callable[[], float]) -> None:
        self._hypervisor, self._clock = hypervisor, clock
        self._gate = threading.Lock()
        self._at = float("-inf")
        self._now: dict[str, dict[str, Any]] = {}
        self._then: tuple[float, dict[str, dict[str, Any]]] = (self._at, {})

    def read(self, guest: str, state: GuestState, cores: int) -> GuestFigures:
        """`cpu_usage` is 0 until the guest was looked at twice; `memory_available` is 0 where the guest has no balloon driver."""
        if state == GuestState.STOPPED:
            return GuestFigures(state=state)
        with self._gate:
            self._refresh()
            figures, (then, before) = self._now.get(guest, {}), self._then
            seconds = self._at - then
        used = figures.get("cpu.time", 0) - before[guest].get("cpu.time", 0) if guest in before else 0
        return GuestFigures(
            state=state,
            cpu_usage=_percent(used / 1e9, seconds * cores),
            memory_available=1024 * int(figures.get("balloon.usable", figures.get("balloon.unused", 0))),
            bytes_read=_sum(figures, "block", "rd.bytes"),
            bytes_written=_sum(figures, "block", "wr.bytes"),
            bytes_received=_sum(figures, "net", "rx.bytes"),
            bytes_sent=_sum(figures, "net", "tx.bytes"),
        )

    def _refresh(self) -> None:
        now = self._clock()
        if now - self._at < FRESH:
            return
        found = self._hypervisor.figures()
        self._then = (self._at, self._now)
        self._at, self._now = now, found


def _count(now: float) -> _Counters:
    times = psutil.cpu_times()
    total = sum(times[:8])  # guest time is part of user time already
    idle = times.idle + getattr(times, "iowait", 0.0)
    disks = psutil.disk_io_counters()
    lines = [line for name, line in psutil.net_io_counters(pernic=True).items() if not name.startswith(_INNER)]
    return _Counters(
        now,
        total - idle,
        total,
        disks.read_bytes if disks else 0,
        disks.write_bytes if disks else 0,
        sum(line.bytes_recv for line in lines),
        sum(line.bytes_sent for line in lines),
    )


def _speed(amount: int, seconds: float) -> int:
    """A counter that went back belongs to a device that was taken out."""
    return max(int(amount / seconds), 0)


def _percent(part: float, whole: float) -> float:
    return round(min(max(100 * part / whole, 0.0), 100.0), 1) if whole > 0 else 0.0


def _sum(figures: dict[str, Any], kind: str, name: str) -> int:
    return sum(int(figures.get(f"{kind}.{index}.{name}", 0)) for index in range(figures.get(f"{kind}.count", 0)))
