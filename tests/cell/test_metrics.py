"""Figures out of counters."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from appliance.cell.hypervisor.connection import Connection
from appliance.cell.metrics import GuestMeter, HostMeter
from appliance.protocol.guests import GuestFigures, GuestState

GUEST = "9c1d2f1e-0000-4000-8000-000000000001"


class Counting:
    """A libvirt whose guest has run for as many nanoseconds as it is told."""

    def __init__(self) -> None:
        self.asked = 0
        self.cpu_time = 0

    def figures(self) -> dict[str, dict[str, Any]]:
        self.asked += 1
        disks = {"block.count": 2, "block.0.rd.bytes": 10, "block.1.rd.bytes": 5, "block.1.wr.bytes": 7}
        nets = {"net.count": 1, "net.0.rx.bytes": 3, "net.0.tx.bytes": 4}
        return {GUEST: {"cpu.time": self.cpu_time, "balloon.usable": 2048} | disks | nets}


def test_counters_of_a_guest_are_added_up_over_its_devices() -> None:
    meter = GuestMeter(cast("Connection", Counting()), lambda: 0.0)

    figures = meter.read(GUEST, GuestState.RUNNING, cores=1)

    assert figures == GuestFigures(
        state=GuestState.RUNNING, memory_available=2 << 20, bytes_read=15, bytes_written=7, bytes_received=3, bytes_sent=4
    )


def test_the_load_of_a_guest_is_its_share_of_all_its_cores_between_two_looks() -> None:
    libvirt, now = Counting(), [0.0]
    meter = GuestMeter(cast("Connection", libvirt), lambda: now[0])
    meter.read(GUEST, GuestState.RUNNING, cores=4)

    now[0], libvirt.cpu_time = 2.0, 4_000_000_000

    assert meter.read(GUEST, GuestState.RUNNING, cores=4).cpu_usage == 50.0


def test_many_readers_within_a_second_cost_libvirt_one_question() -> None:
    libvirt, now = Counting(), [0.0]
    meter = GuestMeter(cast("Connection", libvirt), lambda: now[0])

    for moment in (0.0, 0.5, 0.9, 1.5):
        now[0] = moment
        meter.read(GUEST, GuestState.RUNNING, cores=1)

    assert libvirt.asked == 2


def test_a_guest_that_is_off_has_no_figures_and_costs_no_question() -> None:
    libvirt = Counting()

    assert GuestMeter(cast("Connection", libvirt), lambda: 0.0).read(GUEST, GuestState.STOPPED, 1) == GuestFigures(state=GuestState.STOPPED)
    assert libvirt.asked == 0


def test_a_host_has_memory_disk_and_cores_at_once_and_speeds_from_the_second_look(tmp_path: Path) -> None:
    meter = HostMeter(tmp_path)

    first = meter.read(now=0.0)
    (tmp_path / "data").write_bytes(b"x" * (1 << 20))
    second = meter.read(now=1.0)

    assert first.max_cpu > 0
    assert 0 < first.available_memory < first.max_memory
    assert 0 < first.available_disk < first.max_disk
    assert (first.cpu_usage, first.read_speed, first.send_speed) == (0.0, 0, 0)
    assert 0 <= second.cpu_usage <= 100
