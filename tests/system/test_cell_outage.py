"""libvirt's daemon dies under a Cell, on a host of its own: guests go on, and the Cell comes back by itself."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from appliance.protocol.cells import DescribeCell
from appliance.protocol.guests import CreateGuest, GuestChanged, GuestState, ListGuests, ReadGuest, StartGuest, StopGuest
from nano_runtime.errors import Unavailable
from nano_runtime.messages import Request
from tests.cell.under_test import CellUnderTest, cell_on, open_folder, wanted
from tests.lab.hosts import SimulatedHost
from tests.waiting import wait_until

pytestmark = [pytest.mark.system, pytest.mark.lab]


@pytest.fixture(scope="module")
def host() -> Iterator[SimulatedHost]:
    with SimulatedHost(77) as host:
        yield host


@pytest.fixture
def cell(host: SimulatedHost) -> Iterator[CellUnderTest]:
    start_libvirtd(host)
    with cell_on(host.libvirt_uri) as cell:
        yield cell
        start_libvirtd(host)
        cell.wait_up()


def pids(host: SimulatedHost, pattern: str) -> list[int]:
    """Of this machine, in the host's process namespace."""
    space = os.readlink(f"/proc/{host.pid}/ns/pid")
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and pattern in command_of(entry) and os.readlink(entry / "ns/pid") == space:
            found.append(int(entry.name))
    return found


def command_of(entry: Path) -> str:
    try:
        return (entry / "cmdline").read_text(errors="replace").replace("\0", " ")
    except OSError:
        return ""  # it has just ended


def start_libvirtd(host: SimulatedHost) -> None:
    if not pids(host, "/libvirtd "):
        host.run(["rm", "-f", "/run/libvirtd.pid"])
        host.run(["/usr/sbin/libvirtd", "-d"])


def kill_libvirtd(host: SimulatedHost, number: int = signal.SIGKILL) -> None:
    [pid] = pids(host, "/libvirtd ")
    os.kill(pid, number)
    if number == signal.SIGKILL:
        wait_until(lambda: not pids(host, "/libvirtd "), 5, "libvirtd to die")


def test_guests_go_on_without_libvirt_and_are_found_again_without_a_restart(cell: CellUnderTest, host: SimulatedHost) -> None:
    on, off = cell.create().id, cell.create().id
    cell.ask(StartGuest(guest=on))
    cell.wait_booted(on)
    [qemu] = pids(host, f"guest=nano-{on}")

    kill_libvirtd(host)
    wait_until(lambda: cell.statuses()[-1].problem, 3, "the problem to be reported")

    assert "does not answer" in cell.statuses()[-1].problem
    assert "does not answer" in cell.ask(DescribeCell()).problem
    requests: list[Request[Any]] = [StartGuest(guest=off), StopGuest(guest=on), CreateGuest(spec=wanted()), ListGuests()]
    for request in requests:
        with pytest.raises(Unavailable, match="libvirt on this host does not answer"):
            cell.ask(request)
    dots = cell.serial_output(on).count(".")
    wait_until(lambda: pids(host, f"guest=nano-{on}") == [qemu], 1, "the guest to live on")

    cell.told.clear()
    start_libvirtd(host)
    cell.wait_up()

    assert pids(host, f"guest=nano-{on}") == [qemu]
    assert (cell.state(on), cell.state(off)) == (GuestState.RUNNING, GuestState.STOPPED)
    assert {event.report.spec.id for event in cell.news(GuestChanged)} == {on, off}
    assert cell.ask(ReadGuest(guest=on)).state == GuestState.RUNNING
    assert cell.ask(StopGuest(guest=on)).state in (GuestState.RUNNING, GuestState.STOPPING)
    cell.wait_for(on, GuestState.STOPPED)
    assert cell.serial_output(on).count(".") >= dots
    wait_until(lambda: cell.statuses() and not cell.statuses()[-1].problem, 3, "the problem to be gone")


def test_a_cell_that_starts_before_libvirt_serves_once_that_is_there(host: SimulatedHost) -> None:
    start_libvirtd(host)
    kill_libvirtd(host)
    with open_folder() as folder:
        cell = CellUnderTest(folder, host.libvirt_uri)
        wait_until(lambda: cell.statuses(), 3, "a first report")
        with pytest.raises(Unavailable):
            cell.ask(ListGuests())

        start_libvirtd(host)
        cell.wait_up()

        assert cell.guests() == []
        cell.close()


def test_what_was_cut_off_by_the_death_of_libvirt_is_cleared_up_when_it_is_back(cell: CellUnderTest, host: SimulatedHost) -> None:
    """The define fails, and so does its way back; the journal keeps both until libvirt answers."""
    spec = wanted()
    define = cell.service._hypervisor.define

    def die_before(xml: str, *, auto_start: bool) -> None:
        kill_libvirtd(host)
        define(xml, auto_start=auto_start)

    cell.service._hypervisor.define = die_before  # type: ignore[method-assign]  # the only way to hit this moment
    with pytest.raises(Unavailable):
        cell.ask(CreateGuest(spec=spec))
    cell.service._hypervisor.define = define  # type: ignore[method-assign]
    assert list((cell.home.data / "cell-journal").iterdir())

    start_libvirtd(host)
    cell.wait_up()

    assert not list((cell.home.data / "cell-journal").iterdir())
    assert not (cell.storage / "guests" / spec.id).exists()
    assert cell.ask(CreateGuest(spec=spec)).state == GuestState.STOPPED


@pytest.mark.slow
def test_a_frozen_libvirt_is_noticed_and_no_call_waits_for_ever(cell: CellUnderTest, host: SimulatedHost) -> None:
    guest = cell.create().id
    kill_libvirtd(host, signal.SIGSTOP)
    try:
        with pytest.raises(Unavailable):
            cell.ask(StartGuest(guest=guest))
        wait_until(lambda: cell.statuses()[-1].problem, 20, "the problem to be reported")
    finally:
        kill_libvirtd(host, signal.SIGCONT)

    cell.wait_up()

    assert cell.ask(StartGuest(guest=guest)).state == GuestState.RUNNING
