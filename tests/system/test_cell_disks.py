"""Disks of guests on real libvirt and QEMU: grown, compacted, begun anew, and cut off in the middle."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from typing import Any

import libvirt
import msgspec
import pytest

from appliance.protocol.guests import GuestSpec, GuestState, ResetSystem, ResizeDisk, ShrinkDisk, StartGuest, StopGuest
from appliance.protocol.images import NANO_HELLO
from nano_runtime.errors import BadValue, Conflict, NanoError, NoRoom, Unavailable
from nano_runtime.messages import Request
from tests.cell.under_test import MIB, CellUnderTest, cell_on, everything_below
from tests.system.test_cell_faults import kill_while
from tests.waiting import wait_until

pytestmark = [pytest.mark.system]


@pytest.fixture
def cell(libvirt_uri: str) -> Iterator[CellUnderTest]:
    with cell_on(libvirt_uri) as cell:
        yield cell


@pytest.fixture(scope="module")
def outside(libvirt_uri: str) -> Iterator[libvirt.virConnect]:
    connection = libvirt.open(libvirt_uri)
    yield connection
    connection.close()


def volume(cell: CellUnderTest, guest: str, number: int = 0) -> str:
    return str(cell.storage / "guests" / guest / f"{number}.qcow2")


def described(cell: CellUnderTest, guest: str, number: int = 0) -> dict[str, Any]:
    told = subprocess.run(["qemu-img", "info", "-U", "--output=json", volume(cell, guest, number)], check=True, capture_output=True).stdout
    found: dict[str, Any] = msgspec.json.decode(told)
    return found


def write(cell: CellUnderTest, guest: str, command: str) -> None:
    subprocess.run(["qemu-io", "-f", "qcow2", "-c", command, volume(cell, guest)], check=True, capture_output=True)


def holds(cell: CellUnderTest, guest: str, pattern: str, offset: str) -> bool:
    """Whether 1 MiB at this offset holds the pattern."""
    run = subprocess.run(
        ["qemu-io", "-f", "qcow2", "-c", f"read -P {pattern} {offset} 1M", volume(cell, guest)], check=True, capture_output=True, text=True
    )
    return "verification failed" not in run.stdout


def spec_of(cell: CellUnderTest, guest: str) -> GuestSpec:
    return next(report.spec for report in cell.guests() if report.spec.id == guest)


def test_a_disk_of_a_stopped_guest_grows(cell: CellUnderTest) -> None:
    guest = cell.create(disks=[2 * MIB, 4 * MIB]).id

    report = cell.ask(ResizeDisk(guest=guest, index=1, size=9 * MIB))

    assert report.spec.disks == spec_of(cell, guest).disks == [2 * MIB, 9 * MIB]
    assert described(cell, guest, 1)["virtual-size"] == 9 * MIB
    assert cell.ask(ResizeDisk(guest=guest, index=1, size=9 * MIB)) == report
    cell.ask(StartGuest(guest=guest))
    cell.wait_booted(guest)


def test_a_disk_of_a_running_guest_grows_before_its_eyes(cell: CellUnderTest, outside: libvirt.virConnect) -> None:
    guest = cell.create().id
    cell.ask(StartGuest(guest=guest))

    cell.ask(ResizeDisk(guest=guest, index=0, size=5 * MIB))

    assert outside.lookupByUUIDString(guest).blockInfo("sda")[0] == 5 * MIB
    assert spec_of(cell, guest).disks == [5 * MIB]
    assert cell.state(guest) == GuestState.RUNNING


@pytest.mark.parametrize(
    ("index", "size", "error"), [(0, MIB, BadValue), (-1, 9 * MIB, BadValue), (99, 9 * MIB, BadValue), (0, 1 << 60, NoRoom)]
)
def test_what_is_no_growth_is_refused_and_changes_nothing(cell: CellUnderTest, index: int, size: int, error: type[NanoError]) -> None:
    guest = cell.create().id

    with pytest.raises(error):
        cell.ask(ResizeDisk(guest=guest, index=index, size=size))

    assert described(cell, guest)["virtual-size"] == 2 * MIB
    assert spec_of(cell, guest).disks == [2 * MIB]


def test_a_shrunk_file_is_smaller_and_holds_the_same_on_the_same_image(cell: CellUnderTest) -> None:
    guest = cell.create(disks=[64 * MIB]).id
    write(cell, guest, "write -P 0x5a 8M 1M")
    write(cell, guest, "write -P 0x11 16M 32M")
    write(cell, guest, "discard 16M 32M")
    write(cell, guest, "write -P 0x22 20M 8M")
    write(cell, guest, "write -z -u 20M 8M")
    before = described(cell, guest)

    cell.ask(ShrinkDisk(guest=guest, index=0))

    after = described(cell, guest)
    assert after["actual-size"] < before["actual-size"] or before["actual-size"] < 4 * MIB
    assert (after["virtual-size"], after["full-backing-filename"]) == (64 * MIB, before["full-backing-filename"])
    assert holds(cell, guest, "0x5a", "8M")
    assert holds(cell, guest, "0", "20M")
    assert not [path for path in everything_below(cell.storage) if "spare" in path]
    cell.ask(StartGuest(guest=guest))
    cell.wait_booted(guest)


def test_a_reset_begins_the_system_anew_and_leaves_other_disks(cell: CellUnderTest) -> None:
    guest = cell.create(image="", disks=[4 * MIB, 2 * MIB]).id
    write(cell, guest, "write -P 0x5a 2M 1M")

    report = cell.ask(ResetSystem(guest=guest, image=NANO_HELLO.sha256))

    assert (report.spec.image, report.spec.disks) == (NANO_HELLO.sha256, [4 * MIB, 2 * MIB])
    assert holds(cell, guest, "0", "2M")
    cell.ask(StartGuest(guest=guest))
    cell.wait_booted(guest)
    for request in (ResetSystem(guest=guest, image=NANO_HELLO.sha256), ShrinkDisk(guest=guest, index=0)):
        with pytest.raises(Conflict, match="is running"):
            cell.ask(request)
    cell.ask(StopGuest(guest=guest, force=True))
    cell.ask(ResetSystem(guest=guest, image=NANO_HELLO.sha256))
    with pytest.raises(Unavailable):
        cell.ask(ResetSystem(guest=guest, image="0" * 64))
    with pytest.raises(BadValue):
        cell.ask(ShrinkDisk(guest=guest, index=2))


def test_a_disk_with_snapshots_is_not_shrunk(cell: CellUnderTest) -> None:
    guest = cell.create().id
    subprocess.run(["qemu-img", "snapshot", "-c", "s", volume(cell, guest)], check=True)

    with pytest.raises(Conflict, match="snapshots"):
        cell.ask(ShrinkDisk(guest=guest, index=0))

    assert described(cell, guest)["snapshots"]


def come_back(cell: CellUnderTest) -> None:
    cell.start()
    cell.wait_up()
    wait_until(lambda: not list((cell.home.data / "cell-journal").iterdir()), 5, "the journal to be cleared up")


@pytest.mark.parametrize("running", [False, True])
@pytest.mark.parametrize(("when", "step"), [(when, step) for step in ("grow-volume", "replace-record") for when in ("begun", "done")])
def test_a_growth_that_was_cut_off_did_not_happen(cell: CellUnderTest, when: str, step: str, *, running: bool) -> None:
    guest = cell.create().id
    if running:
        cell.ask(StartGuest(guest=guest))
    request: Request[Any] = ResizeDisk(guest=guest, index=0, size=7 * MIB)
    kill_while(cell, when, step, request)

    come_back(cell)

    assert described(cell, guest)["virtual-size"] == 2 * MIB
    assert spec_of(cell, guest).disks == [2 * MIB]
    assert cell.ask(request).spec.disks == [7 * MIB]


@pytest.mark.parametrize(
    ("when", "step"),
    [
        ("begun", "compact-to-spare"),
        ("halfway", "compact-to-spare"),
        ("done", "compact-to-spare"),
        ("begun", "swap-in-spare"),
        ("done", "swap-in-spare"),
    ],
)
def test_a_shrinking_that_was_cut_off_lost_nothing(cell: CellUnderTest, when: str, step: str) -> None:
    guest = cell.create(disks=[16 * MIB]).id
    write(cell, guest, "write -P 0x5a 8M 1M")
    kill_while(cell, when, step, ShrinkDisk(guest=guest, index=0))

    come_back(cell)

    assert holds(cell, guest, "0x5a", "8M")
    assert not [path for path in everything_below(cell.storage) if "spare" in path]
    cell.ask(ShrinkDisk(guest=guest, index=0))


RESET = ("fetch-image", "clone-to-spare", "point-of-no-return", "swap-in-spare", "replace-record")


@pytest.mark.parametrize(("when", "step"), [(when, step) for step in RESET for when in ("begun", "done")] + [("halfway", "clone-to-spare")])
def test_a_reset_that_was_cut_off_happened_wholly_or_not_at_all(cell: CellUnderTest, when: str, step: str) -> None:
    guest = cell.create(image="", disks=[4 * MIB]).id
    write(cell, guest, "write -P 0x5a 2M 1M")
    kill_while(cell, when, step, ResetSystem(guest=guest, image=NANO_HELLO.sha256))

    come_back(cell)

    happened = RESET.index(step) >= RESET.index("point-of-no-return")
    assert spec_of(cell, guest).image == (NANO_HELLO.sha256 if happened else "")
    assert holds(cell, guest, "0" if happened else "0x5a", "2M")
    assert not [path for path in everything_below(cell.storage) if "spare" in path]
    assert cell.state(guest) == GuestState.STOPPED
