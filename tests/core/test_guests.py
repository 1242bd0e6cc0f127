"""Guests from the caller's side: created, read, started, stopped, deleted, and hidden from others."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from msgspec.structs import replace

from appliance.core.api.instances import StartOptions, StopOptions
from appliance.core.api.objects import QosItem
from appliance.core.api.operations import OperationFilter
from appliance.core.api.pools import ChangedPool
from appliance.protocol.cells import Figures
from appliance.protocol.guests import CreateGuest, DeleteGuest, GuestState, StartGuest
from appliance.protocol.images import NANO_HELLO
from appliance.rights import ROOT, Caller, Right
from nano_runtime.errors import BadValue, Conflict, Forbidden, NanoError, NoRoom, NotFound, TimedOut, Unavailable
from tests.core.conftest import Zone, new_guest
from tests.fakes import GIB
from tests.waiting import wait_until

ANN = Caller(user="ann", group="staff", rights=frozenset({Right.GUEST_READ, Right.GUEST_CREATE, Right.GUEST_POWER, Right.GUEST_DELETE}))
BOB = Caller(user="bob", group="other", rights=ANN.rights)
START, STOP, FORCE = StartOptions(), StopOptions(), StopOptions(force=True)


def test_a_guest_is_accepted_at_once_and_created_on_its_cell(zone: Zone) -> None:
    cell = zone.enrol("cell-01")

    made = zone.core.guests.create(ANN, new_guest())
    zone.wait_for_operation(made.operation, "succeeded")

    answer = zone.core.guests.get(ANN, made.id)
    assert (answer.status, answer.data.created, answer.data.state, answer.data.name) == (200, True, "stopped", "staff.web")
    assert cell.guests[made.id].spec.ethernet_address.startswith("00:16:3e:")
    assert len(answer.data.monitor_secret) >= 8


def test_a_guest_under_way_answers_201_with_its_progress(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    go_on = threading.Event()
    cell.during[CreateGuest] = lambda request: go_on.wait(5)

    made = zone.core.guests.create(ANN, new_guest())
    wait_until(lambda: cell.asked[CreateGuest])
    cell.progress(made.id, 60, "create-volume")
    answer = zone.core.guests.get(ANN, made.id)
    operation = zone.core.operations.get(ROOT, made.operation)
    go_on.set()

    assert (answer.status, answer.data.created, answer.data.state) == (201, False, "creating")
    assert answer.data.progress == operation.progress == 56
    assert operation.step == "create-volume"
    zone.wait_for_operation(made.operation, "succeeded")
    assert zone.core.guests.get(ANN, made.id).data.progress == 0


@pytest.mark.parametrize("wish", ["start", "auto_start"])
def test_a_start_is_part_of_the_creation(zone: Zone, wish: str) -> None:
    zone.enrol("cell-01")

    guest = zone.create(start=wish == "start", auto_start=wish == "auto_start")

    shown = zone.core.guests.get(ROOT, guest).data
    assert shown.state == "running"
    assert shown.auto_start == (wish == "auto_start")


@pytest.mark.parametrize("refused", [CreateGuest, StartGuest])
def test_a_failed_creation_leaves_nothing_and_tells_its_error_once(zone: Zone, refused: type) -> None:
    cell = zone.enrol("cell-01")
    cell.refuse[refused] = NoRoom("the disk of this host is full", hint="make room")

    made = zone.core.guests.create(ANN, new_guest(auto_start=True))
    zone.wait_for_operation(made.operation, "failed")

    with pytest.raises(NoRoom, match="disk of this host is full"):
        zone.core.guests.get(ANN, made.id)
    with pytest.raises(NotFound):
        zone.core.guests.get(ANN, made.id)
    assert cell.guests == {}
    assert zone.core.operations.get(ROOT, made.operation).error == "the disk of this host is full"
    zone.core.guests.create(ANN, new_guest())  # the name is free again


def test_the_error_of_a_failed_creation_is_not_for_others(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    cell.refuse[CreateGuest] = NoRoom("full")
    made = zone.core.guests.create(ANN, new_guest())
    zone.wait_for_operation(made.operation, "failed")

    with pytest.raises(NotFound):
        zone.core.guests.get(BOB, made.id)

    with pytest.raises(NoRoom):
        zone.core.guests.get(ANN, made.id)


def test_of_many_creations_with_one_name_exactly_one_wins(zone: Zone) -> None:
    zone.enrol("cell-01")

    def attempt(_: int) -> bool:
        try:
            zone.core.guests.create(ANN, new_guest())
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        wins = list(pool.map(attempt, range(32)))

    assert sum(wins) == 1


def test_a_taken_name_comes_with_a_free_one(zone: Zone) -> None:
    zone.enrol("cell-01")
    zone.create("web")
    zone.create("web-2")

    with pytest.raises(Conflict) as refusal:
        zone.core.guests.create(ANN, new_guest("web"))

    assert refusal.value.field == "name"
    assert "'web-3' is free" in refusal.value.hint


def test_many_creations_at_once_spread_over_the_cells(zone: Zone) -> None:
    cells = [zone.enrol(f"cell-{number}") for number in range(4)]
    with ThreadPoolExecutor(16) as pool:
        made = list(pool.map(lambda number: zone.core.guests.create(ANN, new_guest(f"g{number}")), range(100)))
    for each in made:
        zone.wait_for_operation(each.operation, "succeeded")

    counts = [len(cell.guests) for cell in cells]

    assert sum(counts) == 100
    assert min(counts) >= 15, counts


def test_creation_takes_the_room_of_those_under_way_into_account(zone: Zone) -> None:
    figures = Figures(max_cpu=8, available_memory=4 * GIB, max_memory=8 * GIB, available_disk=100 * GIB, max_disk=100 * GIB)
    cell = zone.enrol("cell-01", figures=figures)
    cell.hang.add(CreateGuest)
    zone.core.guests.create(ANN, new_guest("one", memory=3 * GIB))

    with pytest.raises(NoRoom, match=r"pool 'default' has no cell with 2 GiB free; the largest has 1 GiB on 'cell-01'"):
        zone.core.guests.create(ANN, new_guest("two", memory=2 * GIB))


@pytest.mark.parametrize(
    ("changes", "error", "field"),
    [
        ({"pool": "nowhere"}, NotFound, "pool"),
        ({"template": "../x"}, BadValue, "template"),
        ({"from_image": "$(id)"}, BadValue, "from_image"),
        ({"from_image": NANO_HELLO.id, "disks": [NANO_HELLO.virtual_size - 512]}, BadValue, "disks"),
        ({"cores": 9}, BadValue, "cores"),
        ({"modules": ["qemu", "rootkit"]}, BadValue, "modules"),
        ({"modules": ["cloud-init"]}, BadValue, "modules"),
        ({"security_policy_group": "p1"}, BadValue, "security_policy_group"),
        ({"memory": 65 * GIB}, NoRoom, ""),
        ({"disks": [1001 * GIB]}, NoRoom, ""),
    ],
)
def test_what_cannot_be_made_is_refused_by_name_and_changes_nothing(
    zone: Zone, changes: dict[str, Any], error: type[NanoError], field: str
) -> None:
    zone.enrol("cell-01")

    with pytest.raises(error) as refusal:
        zone.core.guests.create(ANN, new_guest(**changes))

    assert refusal.value.field == field
    assert zone.core.operations.list(ROOT, OperationFilter()).total == 0


def test_an_odd_number_of_cores_and_limits_reach_the_cell(zone: Zone) -> None:
    cell = zone.enrol("cell-01")

    guest = zone.create(cores=3, qos=QosItem(cpu_priority="low", read_iops=500), from_image=NANO_HELLO.id)

    spec = cell.guests[guest].spec
    assert (spec.cores, spec.qos.cpu_priority, spec.qos.read_iops, spec.image) == (3, "low", 500, NANO_HELLO.sha256)


def test_a_disabled_pool_gets_no_guests(zone: Zone) -> None:
    zone.enrol("cell-01")
    zone.core.pools.modify("default", ChangedPool(enable=False))

    with pytest.raises(Conflict, match="pool 'default' is disabled"):
        zone.core.guests.create(ANN, new_guest())


def test_one_creates_guests_only_in_ones_own_name(zone: Zone) -> None:
    zone.enrol("cell-01")

    with pytest.raises(Forbidden):
        zone.core.guests.create(BOB, new_guest())


def test_a_guest_of_others_is_as_unknown_as_none(zone: Zone) -> None:
    zone.enrol("cell-01")
    guest = zone.create()

    for attempt in (
        lambda: zone.core.guests.get(BOB, guest),
        lambda: zone.core.guests.status(BOB, guest),
        lambda: zone.core.guests.start(BOB, guest, START),
        lambda: zone.core.guests.stop(BOB, guest, STOP),
        lambda: zone.core.guests.delete(BOB, guest),
        lambda: zone.core.guests.console(BOB, guest, "vnc"),
        lambda: zone.core.guests.picture(BOB, guest),
    ):
        with pytest.raises(NotFound, match="there is no guest"):
            attempt()
    assert zone.core.guests.get(Caller(user="eve", group="staff"), guest).data.id == guest


def test_start_and_stop_reach_the_cell_and_refuse_what_is_so_already(zone: Zone) -> None:
    zone.enrol("cell-01")
    guest = zone.create()

    with pytest.raises(Conflict, match="already stopped"):
        zone.core.guests.stop(ANN, guest, STOP)
    zone.core.guests.start(ANN, guest, START)
    with pytest.raises(Conflict, match="already running"):
        zone.core.guests.start(ANN, guest, START)
    assert zone.core.guests.status(ANN, guest).cpu_usage == 1.5
    zone.core.guests.stop(ANN, guest, STOP)
    assert zone.core.guests.get(ANN, guest).data.state == "stopping"
    zone.core.guests.stop(ANN, guest, FORCE)

    assert zone.core.guests.get(ANN, guest).data.state == "stopped"


@pytest.mark.parametrize("options", [StartOptions(from_media=True), StartOptions(source="x"), StartOptions(from_network=True)])
def test_a_start_from_what_is_not_there_is_refused(zone: Zone, options: StartOptions) -> None:
    zone.enrol("cell-01")

    with pytest.raises(BadValue, match=r"not available yet|there is no media image|source is of use"):
        zone.core.guests.start(ANN, zone.create(), options)


def test_a_stopped_guest_is_deleted_wholly(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    guest = zone.create()

    zone.core.guests.delete(ANN, guest)

    assert cell.guests == {}
    with pytest.raises(NotFound):
        zone.core.guests.get(ANN, guest)
    assert zone.restart().operations.list(ROOT, OperationFilter(kind="delete-guest")).result[0].state == "succeeded"
    with pytest.raises(NotFound):
        zone.core.guests.get(ANN, guest)


def test_a_running_guest_is_not_deleted_even_if_core_believes_it_stopped(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    guest = zone.create()
    cell.guests[guest] = replace(cell.guests[guest], state=GuestState.RUNNING)  # started on its host, the event is still on its way

    with pytest.raises(Conflict, match="stop it first"):
        zone.core.guests.delete(ANN, guest)

    assert guest in cell.guests


def test_a_guest_on_a_host_that_is_away_cannot_be_deleted(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    guest = zone.create()
    assert cell.link is not None
    cell.link.break_off("host goes down")

    with pytest.raises(Unavailable, match="cell-01"):
        zone.core.guests.delete(ANN, guest)

    assert not zone.core.guests.get(ANN, guest).data.operation


def test_a_deletion_whose_host_goes_away_is_finished_when_it_is_back(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    guest = zone.create()
    cell.hang.add(DeleteGuest)
    with ThreadPoolExecutor(1) as pool:
        attempt = pool.submit(zone.core.guests.delete, ANN, guest)
        wait_until(lambda: cell.asked[DeleteGuest])
        assert cell.link is not None
        cell.link.break_off()
        with pytest.raises(Unavailable, match="goes on when it is back"):
            attempt.result(5)
    [operation] = zone.core.operations.list(ROOT, OperationFilter(kind="delete-guest")).result
    assert (operation.state, zone.core.guests.get(ANN, guest).data.state) == ("waiting", "deleting")

    cell.hang.clear()
    zone.connect(cell)

    assert cell.guests == {}
    assert zone.core.operations.get(ROOT, operation.id).state == "succeeded"


def test_a_cell_that_hangs_is_told_by_name_within_the_timeout(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    guest = zone.create()
    cell.hang.add(StartGuest)

    with pytest.raises(TimedOut, match="cell 'cell-01' did not answer within 2 s"):
        zone.core.guests.start(ANN, guest, START)


def test_a_creation_repeated_with_its_key_is_done_once(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    keyed = replace(ANN, once="k-1")

    made = zone.core.guests.create(keyed, new_guest())
    zone.wait_for_operation(made.operation, "succeeded")
    again = zone.core.guests.create(keyed, new_guest())
    zone.restart()
    zone.connect(cell)

    assert again == made == zone.core.guests.create(keyed, new_guest())
    assert cell.asked[CreateGuest] == 1
    assert zone.core.guests.create(replace(BOB, once="k-1"), new_guest(owner="bob", group="other")).id != made.id
    with pytest.raises(Conflict, match=r"Idempotency-Key made 'staff\.web'"):
        zone.core.guests.create(keyed, new_guest("other"))


def test_of_many_requests_with_one_key_one_makes_a_guest(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    keyed = replace(ANN, once="k-2")

    def attempt(_: int) -> str:
        try:
            return zone.core.guests.create(keyed, new_guest()).id
        except Conflict:
            return ""

    with ThreadPoolExecutor(8) as pool:
        made = {id for id in pool.map(attempt, range(16)) if id}

    assert len(made) == 1
    wait_until(lambda: len(cell.guests) == 1)
    assert cell.asked[CreateGuest] == 1
