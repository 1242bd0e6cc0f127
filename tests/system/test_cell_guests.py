"""Guests of one Cell on real libvirt and QEMU: made, switched, watched, deleted."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import libvirt
import pytest
from msgspec.structs import replace

from appliance.cell import plan
from appliance.cell.storage import Storage
from appliance.protocol.cells import DescribeCell, LeavePool
from appliance.protocol.guests import (
    CreateGuest,
    DeleteGuest,
    Devices,
    DiscardGuest,
    Done,
    GuestChanged,
    GuestGone,
    GuestProgress,
    GuestState,
    ListGuests,
    ReadGuest,
    StartGuest,
    StopGuest,
)
from nano_runtime.errors import BadValue, Conflict, NanoError, NoRoom, NotFound, Unavailable
from tests.cell.under_test import MIB, CellUnderTest, cell_on, everything_below, wanted
from tests.waiting import wait_until

pytestmark = [pytest.mark.system]


@pytest.fixture(scope="module")
def cell(libvirt_uri: str) -> Iterator[CellUnderTest]:
    with cell_on(libvirt_uri) as cell:
        yield cell


@pytest.fixture(scope="module")
def outside(libvirt_uri: str) -> Iterator[libvirt.virConnect]:
    """libvirt as an administrator with virsh sees it."""
    connection = libvirt.open(libvirt_uri)
    yield connection
    connection.close()


def running(cell: CellUnderTest, **changes: Any) -> str:
    guest = cell.create(**changes).id
    cell.ask(StartGuest(guest=guest))
    cell.wait_booted(guest)
    return guest


def test_a_new_guest_is_there_and_off_and_was_told(cell: CellUnderTest, outside: libvirt.virConnect) -> None:
    spec = cell.create(name="ops.<b>&web", disks=[2 * MIB, 1 << 30])

    domain = outside.lookupByUUIDString(spec.id)
    assert (domain.name(), domain.isActive()) == (f"nano-{spec.id}", 0)
    assert domain.metadata(libvirt.VIR_DOMAIN_METADATA_TITLE, None) == "ops.<b>&web"
    assert spec.ethernet_address == plan.address_of(spec.id)
    assert cell.state(spec.id) == GuestState.STOPPED
    assert [event.report.state for event in cell.news(GuestChanged) if event.report.spec.id == spec.id] == [GuestState.STOPPED]
    percents = [event.percent for event in cell.news(GuestProgress) if event.guest == spec.id]
    assert percents == sorted(percents)
    assert percents[0] == 0


def test_asked_again_it_answers_what_is_there(cell: CellUnderTest) -> None:
    spec = wanted()
    first = cell.ask(CreateGuest(spec=spec))

    assert cell.ask(CreateGuest(spec=spec)) == first


def test_a_guest_boots_says_hello_and_obeys_its_power_button(cell: CellUnderTest) -> None:
    guest = running(cell)

    report = cell.ask(StopGuest(guest=guest))

    assert report.state in (GuestState.RUNNING, GuestState.STOPPING)
    cell.wait_for(guest, GuestState.STOPPED)
    assert "good night" in cell.serial_output(guest)
    last = [event.report for event in cell.news(GuestChanged) if event.report.spec.id == guest][-1]
    assert (last.state, last.reason) == (GuestState.STOPPED, "shutdown")


def test_forced_off_is_off_at_once(cell: CellUnderTest) -> None:
    guest = running(cell)

    report = cell.ask(StopGuest(guest=guest, force=True))

    assert (report.state, report.reason) == (GuestState.STOPPED, "destroyed")
    assert "good night" not in cell.serial_output(guest)


def test_a_reboot_goes_through_the_power_button(cell: CellUnderTest) -> None:
    guest = running(cell)

    cell.ask(StopGuest(guest=guest, reboot=True))

    cell.wait_booted(guest, times=2)
    assert "good night" in cell.serial_output(guest)
    assert cell.state(guest) == GuestState.RUNNING


def test_a_reset_does_not(cell: CellUnderTest) -> None:
    guest = running(cell)

    cell.ask(StopGuest(guest=guest, reboot=True, force=True))

    cell.wait_booted(guest, times=2)
    assert "good night" not in cell.serial_output(guest)
    told = wait_until(
        lambda: [e.report.reason for e in cell.news(GuestChanged) if e.report.reason == "rebooted"], 5, "the reset to be told"
    )
    assert told


def test_what_is_done_already_is_done_again_without_complaint(cell: CellUnderTest) -> None:
    guest = running(cell)

    assert cell.ask(StartGuest(guest=guest)).state == GuestState.RUNNING
    cell.ask(StopGuest(guest=guest, force=True))
    for force in (False, True):
        assert cell.ask(StopGuest(guest=guest, force=force)).state == GuestState.STOPPED
        with pytest.raises(Conflict, match="not running"):
            cell.ask(StopGuest(guest=guest, reboot=True, force=force))


def test_what_others_do_to_a_guest_is_told_within_a_second(cell: CellUnderTest, outside: libvirt.virConnect) -> None:
    guest = running(cell)
    domain = outside.lookupByUUIDString(guest)

    domain.suspend()
    wait_until(lambda: cell.state(guest) == GuestState.PAUSED, 1, "the pause to be told")
    domain.resume()
    wait_until(lambda: cell.state(guest) == GuestState.RUNNING, 1, "the resumption to be told")
    with pytest.raises(libvirt.libvirtError):
        domain.create()  # it runs: no event, no change


def test_a_guest_is_told_when_its_qemu_dies(cell: CellUnderTest, outside: libvirt.virConnect) -> None:
    guest = running(cell)

    kill_qemu(guest)

    cell.wait_for(guest, GuestState.STOPPED)
    last = [event.report for event in cell.news(GuestChanged) if event.report.spec.id == guest][-1]
    assert last.reason == "crashed"
    cell.ask(StartGuest(guest=guest))
    cell.wait_booted(guest, times=2)


def kill_qemu(guest: str) -> None:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and f"guest=nano-{guest}" in (entry / "cmdline").read_text(errors="replace"):
            os.kill(int(entry.name), signal.SIGKILL)


def test_figures_of_a_running_guest_move(cell: CellUnderTest) -> None:
    guest = running(cell)

    assert cell.ask(ReadGuest(guest=guest)).bytes_read > 0
    wait_until(lambda: cell.ask(ReadGuest(guest=guest)).cpu_usage > 0, 5, "its processor to have been used")
    with pytest.raises(NotFound):
        cell.ask(ReadGuest(guest="nobody"))


def test_a_running_guest_is_not_deleted(cell: CellUnderTest) -> None:
    guest = running(cell)

    with pytest.raises(Conflict, match="running"):
        cell.ask(DeleteGuest(guest=guest))

    assert cell.state(guest) == GuestState.RUNNING


def test_a_deleted_guest_leaves_nothing(cell: CellUnderTest, outside: libvirt.virConnect) -> None:
    guest = running(cell)
    cell.ask(StopGuest(guest=guest, force=True))

    assert cell.ask(DeleteGuest(guest=guest)) == Done()

    assert_nothing_left(cell, outside, guest)
    assert GuestGone(guest=guest) in cell.told
    assert cell.ask(DeleteGuest(guest=guest)) == Done()
    with pytest.raises(NotFound):
        cell.ask(StartGuest(guest=guest))


def test_a_running_guest_can_be_discarded_and_core_hears_only_that_it_is_gone(cell: CellUnderTest, outside: libvirt.virConnect) -> None:
    guest = running(cell)

    cell.ask(DiscardGuest(guest=guest))

    assert_nothing_left(cell, outside, guest)
    assert [event for event in cell.told if guest in str(event)][-1] == GuestGone(guest=guest)
    changes = [(event.report.state, event.report.reason) for event in cell.news(GuestChanged) if event.report.spec.id == guest]
    assert changes == [(GuestState.STOPPED, "created"), (GuestState.RUNNING, "booted")]
    assert cell.ask(DiscardGuest(guest=guest)) == Done()


def assert_nothing_left(cell: CellUnderTest, outside: libvirt.virConnect, guest: str) -> None:
    assert not [path for path in everything_below(cell.storage) if guest in path]
    assert guest not in [domain.UUIDString() for domain in outside.listAllDomains()]
    assert guest not in [report.spec.id for report in cell.guests()]
    assert not list((cell.home.data / "cell-journal").iterdir())


BAD: list[tuple[dict[str, Any], type[NanoError]]] = [
    ({"disks": [0]}, BadValue),
    ({"disks": [1 << 60]}, NoRoom),
    ({"disks": [512]}, BadValue),
    ({"image": "0" * 64}, Unavailable),  # this cell was told of no Core that could have it
    ({"image": "../../etc/passwd"}, NotFound),
    ({"name": "bell\a"}, BadValue),
    ({"cores": 100_000}, BadValue),
    ({"devices": Devices(display="-o")}, BadValue),
    ({"id": "../../../etc"}, BadValue),
]


@pytest.mark.parametrize(("changes", "error"), BAD)
def test_a_bad_wish_changes_nothing(
    cell: CellUnderTest, outside: libvirt.virConnect, changes: dict[str, Any], error: type[NanoError]
) -> None:
    cell.ask(DiscardGuest(guest=cell.create().id))  # the image of the wish is here already, so that it is no change
    spec = wanted(**changes)
    before = everything_below(cell.storage), len(outside.listAllDomains())

    with pytest.raises(error):
        cell.ask(CreateGuest(spec=spec))

    assert (everything_below(cell.storage), len(outside.listAllDomains())) == before
    assert spec.id not in [report.spec.id for report in cell.guests()]


def test_what_libvirt_refuses_is_taken_back_and_explained(cell: CellUnderTest, outside: libvirt.virConnect) -> None:
    """A group's MAC address: libvirt says so only when the disks are there already."""
    spec = wanted(ethernet_address="01:00:5e:00:00:01")

    with pytest.raises(NanoError, match=r"libvirt could not define: .*unicast"):
        cell.ask(CreateGuest(spec=spec))

    assert_nothing_left(cell, outside, spec.id)


def test_a_way_back_that_failed_is_gone_again_before_anybody_touches_the_guest(
    cell: CellUnderTest, outside: libvirt.virConnect, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = wanted(ethernet_address="01:00:5e:00:00:01")
    with monkeypatch.context() as broken:
        broken.setattr(Storage, "remove_home", failing)
        with pytest.raises(NanoError):
            cell.ask(CreateGuest(spec=spec))
        with pytest.raises(Unavailable, match="not cleared up"):
            cell.ask(CreateGuest(spec=spec))
        cell.create()  # others are served
    assert list((cell.home.data / "cell-journal").iterdir())

    wait_until(lambda: not list((cell.home.data / "cell-journal").iterdir()), 10, "the way back to be gone by itself")

    assert_nothing_left(cell, outside, spec.id)
    cell.ask(CreateGuest(spec=replace(spec, ethernet_address="")))


def failing(storage: Storage, guest: str) -> None:
    raise OSError("the disk does not answer")


def test_a_domain_that_is_not_ours_is_left_alone(cell: CellUnderTest, outside: libvirt.virConnect) -> None:
    spec = wanted()
    theirs = outside.defineXML(
        f"<domain type='qemu'><name>theirs</name><uuid>{spec.id}</uuid><memory>1024</memory><os><type>hvm</type></os></domain>"
    )
    try:
        with pytest.raises(Conflict, match="'theirs' is already defined"):
            cell.ask(CreateGuest(spec=spec))
        assert cell.ask(DiscardGuest(guest=spec.id)) == Done()
        cell.restart()

        assert outside.lookupByUUIDString(spec.id).name() == "theirs"
        assert spec.id not in [report.spec.id for report in cell.guests()]
    finally:
        theirs.undefine()


def test_a_domain_that_somebody_undefined_is_defined_again_at_the_next_start(cell: CellUnderTest, outside: libvirt.virConnect) -> None:
    guest = cell.create().id
    outside.lookupByUUIDString(guest).undefine()
    cell.restart()
    assert "not defined" in next(report.reason for report in cell.guests() if report.spec.id == guest)

    cell.ask(StartGuest(guest=guest))

    cell.wait_booted(guest)


def test_auto_start_is_left_to_libvirt(cell: CellUnderTest, outside: libvirt.virConnect) -> None:
    assert outside.lookupByUUIDString(cell.create(auto_start=True).id).autostart()
    assert not outside.lookupByUUIDString(cell.create().id).autostart()


def test_different_guests_are_made_beside_each_other_and_one_guest_once(cell: CellUnderTest) -> None:
    specs = [wanted(image="") for _ in range(4)]
    answers: list[Any] = []
    threads = [threading.Thread(target=lambda spec=spec: answers.append(cell.ask(CreateGuest(spec=spec)))) for spec in specs * 3]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert len(answers) == 12
    assert {answer.spec.id for answer in answers} == {spec.id for spec in specs}
    assert len(cell.news(GuestProgress)) >= 16
    assert {spec.id for spec in specs} <= {report.spec.id for report in cell.guests()}


def test_guests_are_listed_page_by_page(cell: CellUnderTest) -> None:
    made = {cell.create(image="").id for _ in range(3)}

    listed, after = [], ""
    while True:
        page = cell.ask(ListGuests(after=after, limit=2))
        listed += [report.spec.id for report in page.guests]
        if not page.next:
            break
        after = page.next

    assert listed == sorted(listed)
    assert made <= set(listed)
    with pytest.raises(BadValue):
        cell.ask(ListGuests(limit=0))


def test_a_restarted_cell_finds_its_guests_as_they_are(cell: CellUnderTest) -> None:
    on, off = running(cell), cell.create().id

    cell.restart()

    assert (cell.state(on), cell.state(off)) == (GuestState.RUNNING, GuestState.STOPPED)
    told = {event.report.spec.id: event.report.state for event in cell.news(GuestChanged)}
    assert (told[on], told[off]) == (GuestState.RUNNING, GuestState.STOPPED)


def test_a_cell_describes_itself_and_reports_twice_a_second(cell: CellUnderTest) -> None:
    report = cell.ask(DescribeCell())

    assert (report.name, report.accelerator, report.problem) == ("cell-1", "tcg", "")
    before = len(cell.statuses())
    wait_until(lambda: len(cell.statuses()) >= before + 3, 2.5, "three reports")
    assert cell.statuses()[-1].figures.max_memory > 0


def test_a_cell_with_guests_does_not_leave_its_pool(cell: CellUnderTest, libvirt_uri: str) -> None:
    cell.create()
    with pytest.raises(Conflict, match="still has guest"):
        cell.ask(LeavePool())
    with cell_on(libvirt_uri) as empty:
        assert empty.ask(LeavePool()) == Done()
