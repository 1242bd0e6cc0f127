"""Disks of guests from the caller's side."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from appliance.core.api.instances import StartOptions
from appliance.core.api.operations import OperationFilter
from appliance.protocol.guests import ResetSystem, ResizeDisk, ShrinkDisk
from appliance.protocol.images import NANO_HELLO
from appliance.rights import ROOT, Caller
from nano_runtime.errors import BadValue, Conflict, NanoError, NotFound, Unavailable
from tests.core.conftest import Zone
from tests.fakes import GIB
from tests.waiting import wait_until

BOB = Caller(user="bob", group="other", rights=frozenset())


def operations(zone: Zone, kind: str) -> list[str]:
    return [operation.state for operation in zone.core.operations.list(ROOT, OperationFilter(kind=kind)).result]


def test_a_disk_grows_and_the_operation_says_so(zone: Zone) -> None:
    zone.enrol("cell-01")
    guest = zone.create(disks=[GIB, GIB])

    zone.core.disks.resize(ROOT, guest, 1, 2 * GIB)

    shown = zone.core.guests.get(ROOT, guest).data
    assert (shown.disks, shown.state, shown.operation) == ([GIB, 2 * GIB], "stopped", "")
    assert operations(zone, "resize-disk") == ["succeeded"]
    assert zone.restart().guests.get(ROOT, guest).data.disks == [GIB, 2 * GIB]


def test_a_reset_answers_at_once_and_201_until_it_is_done(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    guest = zone.create()
    go_on = threading.Event()
    cell.during[ResetSystem] = lambda request: go_on.wait(5)

    zone.core.disks.reset_system(ROOT, guest, NANO_HELLO.id)

    wait_until(lambda: cell.asked[ResetSystem])
    cell.progress(guest, 40, "clone-to-spare")
    answer = zone.core.guests.get(ROOT, guest)
    assert (answer.status, answer.data.state, answer.data.progress) == (201, "resetting", 40)
    with pytest.raises(Conflict, match="is resetting"):
        zone.core.guests.start(ROOT, guest, StartOptions())
    go_on.set()
    zone.wait_for_operation(answer.data.operation, "succeeded")
    assert zone.core.guests.get(ROOT, guest).status == 200
    assert cell.guests[guest].spec.image == NANO_HELLO.sha256


def test_what_a_cell_refuses_is_told_and_leaves_the_guest_usable(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    guest = zone.create()
    cell.refuse[ShrinkDisk] = Conflict("disk 0 has snapshots")

    with pytest.raises(Conflict, match="snapshots"):
        zone.core.disks.shrink(ROOT, guest, 0)

    assert operations(zone, "shrink-disk") == ["failed"]
    assert zone.core.guests.get(ROOT, guest).data.state == "stopped"
    del cell.refuse[ShrinkDisk]
    zone.core.disks.shrink(ROOT, guest, 0)


def test_what_a_restart_of_core_interrupted_is_asked_for_again(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    guest = zone.create()
    cell.hang.add(ResizeDisk)
    thread = threading.Thread(target=swallow, args=(lambda: zone.core.disks.resize(ROOT, guest, 0, 2 * GIB),))
    thread.start()
    wait_until(lambda: cell.asked[ResizeDisk])
    journal = next((zone.home.data / "core-journal").iterdir())
    page = journal.read_bytes()
    assert cell.link is not None
    cell.link.break_off()
    thread.join(5)
    zone.core.close(1)
    journal.write_bytes(page)  # as a kill would have left it
    cell.hang.clear()

    zone.restart()
    assert zone.core.guests.get(ROOT, guest).data.state == "resizing"
    zone.connect(cell)

    wait_until(lambda: zone.core.guests.get(ROOT, guest).data.disks == [2 * GIB])
    wait_until(lambda: operations(zone, "resize-disk") == ["succeeded"])


def swallow(work: Callable[[], None]) -> None:
    with pytest.raises(Unavailable):
        work()


@pytest.mark.parametrize(
    ("attempt", "error", "field"),
    [
        (lambda core, guest: core.disks.resize(ROOT, guest, 0, GIB), BadValue, "size"),
        (lambda core, guest: core.disks.resize(ROOT, guest, 0, GIB - 512), BadValue, "size"),
        (lambda core, guest: core.disks.resize(ROOT, guest, -1, 2 * GIB), BadValue, "index"),
        (lambda core, guest: core.disks.resize(ROOT, guest, 99, 2 * GIB), BadValue, "index"),
        (lambda core, guest: core.disks.shrink(ROOT, guest, 1), BadValue, "index"),
        (lambda core, guest: core.disks.reset_system(ROOT, guest, "$(id)"), BadValue, "from_image"),
        (lambda core, guest: core.disks.shrink(BOB, guest, 0), NotFound, "id"),
        (lambda core, guest: core.disks.reset_system(BOB, guest, NANO_HELLO.id), NotFound, "id"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_begins(
    zone: Zone, attempt: Callable[[Any, str], None], error: type[NanoError], field: str
) -> None:
    zone.enrol("cell-01")
    guest = zone.create()

    with pytest.raises(error) as refusal:
        attempt(zone.core, guest)

    assert refusal.value.field == field
    assert operations(zone, "") == ["succeeded"]


def test_a_running_guest_keeps_its_system_and_its_files(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    guest = zone.create(start=True)

    with pytest.raises(Conflict, match="stop it first"):
        zone.core.disks.reset_system(ROOT, guest, NANO_HELLO.id)
    with pytest.raises(Conflict, match="stop it first"):
        zone.core.disks.shrink(ROOT, guest, 0)

    assert not cell.asked[ResetSystem] + cell.asked[ShrinkDisk]


def test_an_image_larger_than_the_disk_is_refused(zone: Zone) -> None:
    zone.enrol("cell-01")
    guest = zone.create(disks=[NANO_HELLO.virtual_size])
    smaller = zone.create("small", disks=[NANO_HELLO.virtual_size - 512])

    zone.core.disks.reset_system(ROOT, guest, NANO_HELLO.id)
    with pytest.raises(BadValue, match="grow the disk first"):
        zone.core.disks.reset_system(ROOT, smaller, NANO_HELLO.id)
