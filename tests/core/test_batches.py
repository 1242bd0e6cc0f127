"""Many guests at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from appliance.core.api.batches import ChangedItem, CreatedItem, NewGuests
from appliance.core.api.operations import OperationFilter
from appliance.http.routes import Answer
from appliance.protocol.cells import Figures
from appliance.protocol.guests import CreateGuest, DeleteGuest, GuestState, StartGuest
from appliance.rights import ROOT, Caller
from nano_runtime.errors import BadValue, Conflict, NanoError, NoRoom, NotFound
from tests.core.conftest import Zone
from tests.fakes import GIB
from tests.waiting import wait_until

BOB = Caller(user="bob", group="other", rights=frozenset())


def wanted(**changes: Any) -> NewGuests:
    given: dict[str, Any] = {"name_rule": "order", "name_prefix": "web", "count": 3, "owner": "ann", "group": "staff", "pool": "default"}
    given |= {"cores": 1, "memory": GIB, "disks": [GIB], "template": "standard"}
    return NewGuests(**given | changes)


def finished(read: Callable[[], Answer[Any]]) -> list[Any]:
    wait_until(lambda: read().status == 200, 10, "the batch to end")
    items: list[Any] = read().data
    return items


def created(zone: Zone, id: str) -> list[CreatedItem]:
    return finished(lambda: zone.core.batches.created(ROOT, id))


def changed(zone: Zone, id: str, kind: str) -> list[ChangedItem]:
    return finished(lambda: zone.core.batches.changed(ROOT, id, kind))


def test_a_batch_creates_numbered_guests_and_is_an_operation(zone: Zone) -> None:
    cell = zone.enrol("cell-01")

    batch = zone.core.batches.create(ROOT, wanted(count=20)).id

    items = created(zone, batch)
    assert [(item.name, item.status, item.progress, item.error) for item in items] == [
        (f"web_{index}", "created", 100, "") for index in range(20)
    ]
    assert {item.id for item in items} == set(cell.guests)
    assert {report.spec.name for report in cell.guests.values()} == {f"staff.web_{index}" for index in range(20)}
    zone.wait_for_operation(batch, "succeeded")
    assert zone.core.operations.get(ROOT, batch).kind == "batch-create"


def test_a_batch_under_way_answers_202_with_what_is_done(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    cell.hang.add(CreateGuest)

    batch = zone.core.batches.create(ROOT, wanted()).id

    answer = zone.core.batches.created(ROOT, batch)
    assert answer.status == 202
    assert [item.status for item in answer.data] == ["creating"] * 3
    assert cell.link is not None
    cell.link.break_off("host goes down")
    assert [item.status for item in created(zone, batch)] == ["fail"] * 3


def test_what_fails_in_a_batch_fails_alone_and_says_why(zone: Zone) -> None:
    figures = Figures(max_cpu=8, available_memory=8 * GIB, max_memory=8 * GIB, available_disk=100 * GIB, max_disk=100 * GIB)
    zone.enrol("cell-01", figures=figures)
    zone.create("web_1")

    items = created(zone, zone.core.batches.create(ROOT, wanted()).id)

    assert [item.status for item in items] == ["created", "fail", "created"]
    assert "'staff.web_1' exists" in items[1].error
    assert items[1].id == ""
    [operation] = zone.core.operations.list(ROOT, OperationFilter(kind="batch-create")).result
    zone.wait_for_operation(operation.id, "failed")
    assert "1 of 3 failed; web_1:" in zone.core.operations.get(ROOT, operation.id).error


@pytest.mark.parametrize(
    ("changes", "error", "field"),
    [
        ({"name_rule": "MAC"}, BadValue, "name_rule"),
        ({"pool": "nowhere"}, NotFound, "pool"),
        ({"template": "x"}, BadValue, "template"),
        ({"from_image": "x"}, BadValue, "from_image"),
        ({"cores": 9}, BadValue, "cores"),
    ],
)
def test_what_no_guest_could_be_is_refused_at_once(zone: Zone, changes: dict[str, Any], error: type[NanoError], field: str) -> None:
    cell = zone.enrol("cell-01")

    with pytest.raises(error) as refusal:
        zone.core.batches.create(ROOT, wanted(**changes))

    assert refusal.value.field == field
    assert not cell.asked[CreateGuest]
    assert zone.core.operations.list(ROOT, OperationFilter()).total == 0


def test_guests_are_deleted_together_and_running_ones_fail(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    ids = [zone.create("a"), zone.create("b", start=True), zone.create("c")]

    items = changed(zone, zone.core.batches.delete(ROOT, [*ids, ids[0]]).id, "delete")

    assert [(item.id, item.status) for item in items] == [(ids[0], "deleted"), (ids[1], "fail"), (ids[2], "deleted")]
    assert "running" in items[1].error
    assert list(cell.guests) == [ids[1]]


def test_guests_are_started_and_stopped_together(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    ids = [zone.create(name) for name in "abc"]

    started = changed(zone, zone.core.batches.start(ROOT, ids).id, "start")
    asked = changed(zone, zone.core.batches.stop(ROOT, ids[:1], force=False).id, "stop")
    forced = changed(zone, zone.core.batches.stop(ROOT, ids[1:], force=True).id, "stop")

    assert {item.status for item in started} == {"started"}
    assert {item.status for item in asked + forced} == {"stopped"}
    assert [cell.guests[id].state for id in ids] == [GuestState.STOPPING, GuestState.STOPPED, GuestState.STOPPED]


def test_what_a_cell_refuses_is_told_for_its_guest(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    ids = [zone.create("a")]
    cell.refuse[StartGuest] = NoRoom("no memory left")
    cell.refuse[DeleteGuest] = Conflict("it runs")

    assert [item.error for item in changed(zone, zone.core.batches.start(ROOT, ids).id, "start")] == ["no memory left"]


def test_nothing_is_started_if_one_guest_is_unknown(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    guest = zone.create()

    for ids in ([guest, "nobody"], [guest, ""], [guest, "../x"]):
        with pytest.raises(NotFound):
            zone.core.batches.start(ROOT, ids)
    with pytest.raises(NotFound):
        zone.core.batches.start(BOB, [guest])

    assert not cell.asked[StartGuest]


def test_a_batch_is_read_by_its_user_under_its_own_route_until_it_is_forgotten(zone: Zone) -> None:
    zone.enrol("cell-01")
    batch = zone.core.batches.create(ROOT, wanted()).id
    created(zone, batch)

    with pytest.raises(NotFound):
        zone.core.batches.created(BOB, batch)
    with pytest.raises(NotFound):
        zone.core.batches.changed(ROOT, batch, "delete")
    zone.clock.time += 4000
    zone.core.batches.expire()
    with pytest.raises(NotFound, match="there is no batch"):
        zone.core.batches.created(ROOT, batch)


def test_a_batch_that_a_restart_of_core_interrupted_says_so(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    cell.hang.add(CreateGuest)
    batch = zone.core.batches.create(ROOT, wanted()).id
    wait_until(lambda: cell.asked[CreateGuest] == 3)

    core = zone.restart()

    assert core.operations.get(ROOT, batch).state == "failed"
