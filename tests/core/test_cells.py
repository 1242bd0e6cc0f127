"""Cells that come, fall silent, leave and return, and what their guests look like meanwhile."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from appliance.core.api.instances import StartOptions
from appliance.core.api.objects import GuestConfig
from appliance.core.api.operations import OperationFilter
from appliance.core.api.pools import NewPool
from appliance.core.operations import CoreOperation, CreatingGuest
from appliance.protocol.cells import Figures, LeavePool
from appliance.protocol.guests import CreateGuest, DiscardGuest, GuestGone, GuestSpec, GuestState, ListGuests, StartGuest
from appliance.rights import ROOT
from nano_runtime.errors import Conflict, NoRoom, NotFound, Unavailable
from nano_runtime.operation import Journal
from tests.core.conftest import Zone, new_guest
from tests.fakes import GIB, FakeCell
from tests.waiting import wait_until


def shown(zone: Zone, guest: str) -> GuestConfig:
    return zone.core.guests.get(ROOT, guest).data


def break_off(cell: FakeCell, reason: str = "") -> None:
    assert cell.link is not None
    cell.link.break_off(reason)


def test_a_cell_that_goes_silent_is_dead_after_two_and_a_half_seconds(zone: Zone) -> None:
    zone.enrol("cell-01")
    zone.pass_time(1)

    zone.pass_time(2.5, "cell-01")
    assert zone.core.cells.get("default", "cell-01").alive
    zone.pass_time(0.5, "cell-01")

    cell = zone.core.cells.get("default", "cell-01")
    assert (cell.alive, cell.problem) == (False, "does not answer")


def test_a_cell_that_takes_its_leave_is_dead_at_once(zone: Zone) -> None:
    cell = zone.enrol("cell-01")

    break_off(cell, "stopping")

    assert not zone.core.cells.get("default", "cell-01").alive
    assert zone.core.status.zone().cells == [1, 0]


def test_core_held_up_itself_blames_no_cell(zone: Zone) -> None:
    zone.enrol("cell-01")
    zone.pass_time(1)

    zone.clock.time += 60
    zone.core.tick()

    assert zone.core.cells.get("default", "cell-01").alive


def test_guests_of_a_dead_cell_are_lost_but_keep_their_last_values(zone: Zone) -> None:
    zone.enrol("cell-01")
    guest = zone.create(auto_start=True, cores=2)

    zone.pass_time(4, "cell-01")

    found = shown(zone, guest)
    assert (found.lost, found.state, found.running, found.cores) == (True, "lost", True, 2)
    assert found.reason == "its host 'cell-01' does not answer"
    assert zone.core.status.zone().instances == [0, 0, 1, 0]


def test_a_returning_cell_brings_its_guests_back_as_they_are_now(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    stays, crashes, vanishes = zone.create("stays"), zone.create("crashes"), zone.create("vanishes")
    break_off(cell)
    cell.guests[crashes] = replace(cell.guests[crashes], state=GuestState.CRASHED)
    del cell.guests[vanishes]

    zone.connect(cell)

    assert shown(zone, stays).state == "stopped"
    assert shown(zone, crashes).state == "crashed"
    assert (shown(zone, vanishes).state, shown(zone, vanishes).reason) == ("lost", "missing on its host")


def test_a_missing_guest_can_be_deleted(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    guest = zone.create()
    break_off(cell)
    cell.guests.clear()
    zone.connect(cell)

    zone.core.guests.delete(ROOT, guest)

    with pytest.raises(NotFound):
        shown(zone, guest)


def test_guests_that_core_does_not_know_are_adopted(zone: Zone) -> None:
    """As after the loss of Core's own database."""
    cell = zone.enrol("cell-01")
    guest = zone.create()
    report = cell.guests.pop(guest)
    zone.core.guests.delete(ROOT, guest)
    break_off(cell)
    stranger = replace(report, spec=replace(report.spec, id="0" * 8 + report.spec.id[8:], pool="gone"))
    cell.guests[stranger.spec.id] = stranger

    zone.connect(cell)

    assert shown(zone, stranger.spec.id).pool == "default"
    with pytest.raises(Conflict):
        zone.core.guests.create(ROOT, new_guest())


def test_a_late_word_of_a_deleted_guest_does_not_bring_it_back(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    guest = zone.create()
    report = cell.guests[guest]
    zone.core.guests.delete(ROOT, guest)

    cell.guests[guest] = report
    cell.set_state(guest, GuestState.STOPPED)

    with pytest.raises(NotFound):
        shown(zone, guest)


def test_a_guest_removed_on_its_host_is_reported_not_dropped(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    guest = zone.create()

    assert cell.link is not None
    cell.link.send(GuestGone(guest=guest))

    assert shown(zone, guest).reason == "missing on its host"


def test_an_event_during_the_welcome_is_newer_than_the_list(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    guest = zone.create()
    break_off(cell)
    old = cell.guests[guest]

    def start_behind_the_list(request: object) -> None:
        cell.during.clear()
        cell.set_state(guest, GuestState.RUNNING)
        cell.guests[guest] = old  # what the list was made of

    cell.during[ListGuests] = start_behind_the_list
    zone.connect(cell)

    assert shown(zone, guest).state == "running"


def test_a_cell_whose_hypervisor_is_away_is_welcomed_again_later(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    guest = zone.create()
    break_off(cell)
    cell.guests.clear()
    cell.refuse[ListGuests] = Unavailable("libvirt does not answer")
    cell.connect(zone.core)
    wait_until(lambda: cell.asked[ListGuests] > 1)
    assert not zone.core.welcomed("cell-01")

    cell.refuse.clear()

    def welcomed_later() -> bool:
        zone.pass_time(4)
        return zone.core.welcomed("cell-01")

    wait_until(welcomed_later)
    assert shown(zone, guest).reason == "missing on its host"


def test_after_a_restart_of_core_guests_are_lost_until_their_cell_is_back(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    guest = zone.create(auto_start=True)

    zone.restart()
    before = shown(zone, guest)
    zone.connect(cell)

    assert (before.state, before.name) == ("lost", "staff.web")
    assert shown(zone, guest).state == "running"


def test_a_creation_cut_off_by_its_host_is_taken_back_when_that_is_back(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    cell.hang.add(CreateGuest)
    made = zone.core.guests.create(ROOT, new_guest())
    wait_until(lambda: cell.asked[CreateGuest])
    break_off(cell)
    zone.wait_for_operation(made.operation, "waiting")
    with pytest.raises(Conflict):
        zone.core.guests.create(ROOT, new_guest())  # its name is still held

    cell.hang.clear()
    zone.connect(cell)

    assert zone.core.operations.get(ROOT, made.operation).state == "failed"
    assert cell.asked[DiscardGuest] == 1
    zone.create()


def test_a_restart_finds_work_that_waits_for_a_host(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    cell.hang.add(CreateGuest)
    made = zone.core.guests.create(ROOT, new_guest())
    wait_until(lambda: cell.asked[CreateGuest])
    break_off(cell)
    zone.wait_for_operation(made.operation, "waiting")

    zone.restart()
    assert zone.core.operations.get(ROOT, made.operation).state == "waiting"
    assert shown(zone, made.id).state == "deleting"
    cell.hang.clear()
    zone.connect(cell)

    assert zone.core.operations.get(ROOT, made.operation).state == "failed"


def test_a_creation_that_never_reached_its_host_is_taken_back_without_it(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    spec = cell_spec(zone, cell)
    zone.core.close(1)
    operation = CreatingGuest(id="00000000-0000-4000-8000-00000000000a", spec=spec, cell="cell-01", user="ann", asked=zone.clock())
    with Journal[Any](zone.home.data / "core-journal", CoreOperation).open(operation) as page:
        page.note(0)

    zone.restart()

    assert zone.core.operations.get(ROOT, operation.id).state == "failed"
    with pytest.raises(Unavailable, match="interrupted and taken back"):
        zone.core.guests.get(ROOT, spec.id)


def cell_spec(zone: Zone, cell: FakeCell) -> GuestSpec:
    """The spec of a guest that is gone again, under a new id."""
    guest = zone.create()
    spec = cell.guests[guest].spec
    zone.core.guests.delete(ROOT, guest)
    return replace(spec, id="0" * 8 + guest[8:])


def test_a_host_that_never_comes_back_frees_what_waits_for_it_when_it_is_removed(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    cell.hang.add(CreateGuest)
    made = zone.core.guests.create(ROOT, new_guest())
    wait_until(lambda: cell.asked[CreateGuest])
    break_off(cell)
    zone.wait_for_operation(made.operation, "waiting")

    zone.core.cells.revoke("cell-01")

    zone.wait_for_operation(made.operation, "failed")


def test_a_dead_cell_keeps_nobody_else_waiting(zone: Zone) -> None:
    hangs, works = zone.enrol("hangs", pool=""), zone.enrol("works")
    zone.core.pools.create("other", NewPool())
    zone.core.cells.add("other", "hangs")
    hangs.hang.add(CreateGuest)
    begun = [zone.core.guests.create(ROOT, new_guest(f"h{number}", pool="other")) for number in range(40)]
    wait_until(lambda: hangs.asked[CreateGuest] >= 16)

    guest = zone.create("quick")
    zone.core.guests.start(ROOT, guest, StartOptions())

    assert shown(zone, guest).state == "running"
    assert len(works.guests) == 1
    break_off(hangs)
    for each in begun:
        wait_until(lambda each=each: zone.core.operations.get(ROOT, each.operation).state in ("waiting", "failed"))  # type: ignore[misc]  # bound now


def test_requests_to_a_hanging_cell_do_not_take_all_threads(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    guest = zone.create()
    cell.hang.add(StartGuest)
    failures: list[str] = []

    def start(_: int) -> None:
        try:
            zone.core.guests.start(ROOT, guest, StartOptions())
        except Unavailable as problem:
            failures.append(problem.message)

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(start, range(20)))

    assert sum("is slow: 16 requests wait" in failure for failure in failures) == 4


def test_changes_reach_those_who_watch(zone: Zone) -> None:
    seen: list[tuple[str, str, str]] = []
    arrived = threading.Event()

    def send(id: str, data: bytes) -> None:
        change = msgspec.json.decode(data)
        seen.append((change["kind"], change["change"], (change["data"] or {}).get("state", "")))
        arrived.set()

    stop = zone.core.events.feed(ROOT).subscribe(send, "")
    cell = zone.enrol("cell-01")
    guest = zone.create()
    cell.set_state(guest, GuestState.RUNNING)
    break_off(cell)
    stop()

    guests = [(change, state) for kind, change, state in seen if kind == "guest"]
    assert guests[0] == ("created", "creating")
    assert guests[-2:] == [("changed", "running"), ("changed", "lost")]
    assert ("operation", "changed", "succeeded") in seen
    assert ("cell", "changed", "") in seen


def test_a_cell_moves_between_pools_only_without_guests(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    guest = zone.create()

    with pytest.raises(Conflict, match="still has 1 guests"):
        zone.core.cells.remove("default", "cell-01")
    zone.core.guests.delete(ROOT, guest)
    zone.core.cells.remove("default", "cell-01")

    assert cell.asked[LeavePool] == 1
    assert [item.name for item in zone.core.cells.unallocated()] == ["cell-01"]
    with pytest.raises(NoRoom, match="pool 'default' has no cells"):
        zone.core.guests.create(ROOT, new_guest())
    zone.core.cells.add("default", "cell-01")
    with pytest.raises(Conflict):
        zone.core.cells.add("default", "cell-01")
    zone.create()


def test_a_disabled_cell_gets_no_new_guests(zone: Zone) -> None:
    zone.enrol("cell-01")
    zone.core.cells.modify("default", "cell-01", enable=False)

    with pytest.raises(NoRoom, match="'cell-01' is disabled"):
        zone.core.guests.create(ROOT, new_guest())
    with pytest.raises(Conflict):
        zone.core.cells.modify("default", "cell-01", enable=False)

    zone.restart()
    assert not zone.core.cells.get("default", "cell-01").enabled


def test_a_cell_with_a_problem_says_so_and_gets_no_guests(zone: Zone) -> None:
    cell = zone.enrol("cell-01")

    cell.report_status("libvirt does not answer")

    assert zone.core.cells.get("default", "cell-01").problem == "libvirt does not answer"
    with pytest.raises(NoRoom, match="libvirt does not answer"):
        zone.core.guests.create(ROOT, new_guest())


def test_the_zone_is_the_sum_of_its_living_cells_weighted_by_cores(zone: Zone) -> None:
    zone.enrol("small", figures=Figures(cpu_usage=80, max_cpu=2, max_memory=GIB, read_speed=5))
    zone.enrol("large", figures=Figures(cpu_usage=20, max_cpu=6, max_memory=3 * GIB, read_speed=7))
    zone.pass_time(0.5)

    status = zone.core.status.zone()

    assert (status.cpu_usage, status.max_cpu, status.max_memory, status.read_speed) == (35.0, 8, 4 * GIB, 12)
    assert (status.cells, status.pools) == ([0, 2], [0, 1])
    assert [cell.name for cell in zone.core.status.cells("default")] == ["large", "small"]
    zone.pass_time(4, "large")
    assert (zone.core.status.pool("default").max_cpu, zone.core.status.pool("default").cells) == (2, [1, 1])


def test_operations_are_seen_by_their_user_only(zone: Zone) -> None:
    zone.enrol("cell-01")
    zone.create()
    someone = ROOT.__class__(user="bob", rights=frozenset())

    assert zone.core.operations.list(ROOT, OperationFilter()).total == 1
    assert zone.core.operations.list(someone, OperationFilter()).total == 0
