"""Every declared route of Core, called through the typed client, answers what it declares."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from appliance.core.api import (
    ENDPOINTS,
    batches,
    cells,
    events,
    guest_changes,
    guest_disks,
    guests,
    images,
    instance_status,
    instances,
    media,
    operations,
    pools,
    search,
    status,
    templates,
    tokens,
)
from appliance.http.client import Client
from appliance.http.routes import Answer, Endpoint, Kind
from appliance.http.transports import DirectTransport
from appliance.protocol.guests import StartGuest
from appliance.protocol.images import NANO_HELLO
from appliance.rights import ROOT, Caller
from nano_runtime.errors import Forbidden, NotFound
from tests.core.conftest import Zone, new_guest
from tests.core.image_examples import IMAGE_EXAMPLES, filled_media

Example = Callable[[Zone], dict[str, Any]]


def guest(zone: Zone) -> dict[str, Any]:
    zone.enrol("cell-01")
    return {"id": zone.create()}


def running_guest(zone: Zone) -> dict[str, Any]:
    zone.enrol("cell-01")
    return {"id": zone.create(auto_start=True)}


def guest_with_medium(zone: Zone) -> dict[str, Any]:
    found = running_guest(zone)
    zone.core.media.insert(ROOT, found["id"], filled_media(zone))
    return found


def suspended_guest(zone: Zone) -> dict[str, Any]:
    found = running_guest(zone)
    zone.core.guests.hold(ROOT, found["id"], hold=True)
    return found


def new_guests() -> batches.NewGuests:
    return batches.NewGuests(
        name_rule="order",
        name_prefix="web",
        count=3,
        owner="ann",
        group="staff",
        pool="default",
        cores=1,
        memory=1 << 30,
        disks=[1 << 30],
        template="standard",
    )


def template_body(name: str = "own") -> templates.TemplateBody:
    return templates.TemplateBody(
        name=name, admin="root", operating_system="linux", disk="scsi", network="virtio", display="vga", control="vnc"
    )


def a_cell(zone: Zone) -> dict[str, Any]:
    zone.enrol("cell-01")
    return {"pool": "default", "cell": "cell-01"}


def idle_cell(zone: Zone) -> dict[str, Any]:
    zone.enrol("cell-01", pool="")
    return {"pool": "default", "cell": "cell-01"}


def an_operation(zone: Zone) -> dict[str, Any]:
    guest(zone)
    return {"id": zone.core.operations.list(ROOT, operations.OperationFilter()).result[0].id}


def with_pool(zone: Zone) -> dict[str, Any]:
    zone.core.pools.create("lab", pools.NewPool())
    return {"pool": "lab"}


EXAMPLES: dict[Callable[..., Any], Example] = {
    pools.list_pools: lambda zone: {},
    pools.get_pool: lambda zone: {"pool": "default"},
    pools.create_pool: lambda zone: {"pool": "lab", "body": pools.NewPool()},
    pools.modify_pool: lambda zone: {**with_pool(zone), "body": pools.ChangedPool(enable=False)},
    pools.delete_pool: with_pool,
    cells.list_unallocated_cells: lambda zone: idle_cell(zone) and {},
    cells.list_cells: lambda zone: a_cell(zone) and {"pool": "default"},
    cells.get_cell: a_cell,
    cells.add_cell: idle_cell,
    cells.modify_cell: lambda zone: {**a_cell(zone), "body": cells.ChangedCell(enable=False)},
    cells.remove_cell: a_cell,
    cells.revoke_cell: lambda zone: a_cell(zone) and {"cell": "cell-01"},
    cells.create_join_token: lambda zone: {"body": cells.NewJoinToken(pool="default")},
    status.get_zone_status: lambda zone: a_cell(zone) and {},
    status.list_pool_status: lambda zone: a_cell(zone) and {},
    status.get_pool_status: lambda zone: a_cell(zone) and {"pool": "default"},
    status.list_cell_status: lambda zone: a_cell(zone) and {"pool": "default"},
    status.get_cell_status: a_cell,
    guests.get_guest: guest,
    guests.create_guest: lambda zone: a_cell(zone) and {"body": new_guest()},
    guests.delete_guest: lambda zone: {**guest(zone), "body": guests.Removal()},
    guest_changes.rename_guest: lambda zone: {**guest(zone), "body": guest_changes.NewName(name="staff.web-2")},
    guest_changes.modify_guest_cores: lambda zone: {**guest(zone), "body": guest_changes.NewCores(cores=2)},
    guest_changes.modify_guest_memory: lambda zone: {**guest(zone), "body": guest_changes.NewMemory(memory=2 << 30)},
    guest_changes.modify_guest_auto_start: lambda zone: {**guest(zone), "body": guest_changes.AutoStart(enable=True)},
    guest_changes.modify_guest_cpu_priority: lambda zone: {**guest(zone), "body": guest_changes.CpuPriority(priority="low")},
    guest_changes.modify_guest_disk_limits: lambda zone: {**guest(zone), "body": guest_changes.DiskLimitBody(read_iops=9)},
    guest_changes.modify_guest_network_limits: lambda zone: {**guest(zone), "body": guest_changes.NetworkLimitBody(send_speed=9)},
    guest_changes.reset_guest_monitor_secret: guest,
    guest_changes.get_guest_auth: guest,
    guest_changes.describe_guest: lambda zone: {**guest(zone), "body": guest_changes.Description(note="n", tags=["a"])},
    guest_disks.resize_guest_disk: lambda zone: {**guest(zone), "index": 0, "body": guest_disks.NewSize(size=2 << 30)},
    guest_disks.shrink_guest_disk: lambda zone: {**guest(zone), "index": 0, "body": guest_disks.Shrinking()},
    guest_disks.reset_guest_system: lambda zone: {**guest(zone), "body": guest_disks.NewSystem(from_image=NANO_HELLO.id)},
    guest_changes.modify_guest_auth: lambda zone: {**running_guest(zone), "body": guest_changes.NewPassword(user="admin")},
    instance_status.list_pool_guests: lambda zone: guest(zone) and {"pool": "default"},
    instance_status.list_cell_guests: lambda zone: guest(zone) and {"pool": "default", "cell": "cell-01"},
    instances.reboot_instance: running_guest,
    instances.reset_instance: running_guest,
    instances.suspend_instance: running_guest,
    instances.resume_instance: suspended_guest,
    instances.type_into_instance: lambda zone: {**running_guest(zone), "body": instances.Typing(text="root")},
    instances.get_instance: running_guest,
    instances.insert_media: lambda zone: {**running_guest(zone), "body": instances.MediaChoice(source=filled_media(zone))},
    instances.eject_media: guest_with_medium,
    instances.start_instance: lambda zone: {**guest(zone), "body": instances.StartOptions()},
    instances.stop_instance: lambda zone: {**running_guest(zone), "body": instances.StopOptions(force=True)},
    search.search_guests_legacy: lambda zone: guest(zone) and {"filepath": "", "query": search.GuestFilter(pool="default", owner="ann")},
    search.search_guests: lambda zone: guest(zone) and {"body": search.GuestSearch(owner="ann")},
    templates.list_templates: lambda zone: {},
    templates.get_template: lambda zone: {"id": "standard"},
    batches.start_batch_create: lambda zone: a_cell(zone) and {"body": new_guests()},
    batches.get_batch_create: lambda zone: a_cell(zone) and {"id": zone.core.batches.create(ROOT, new_guests()).id},
    batches.start_batch_delete: lambda zone: {"body": batches.ChosenGuests(guest=[guest(zone)["id"]])},
    batches.get_batch_delete: lambda zone: {"id": zone.core.batches.delete(ROOT, [guest(zone)["id"]]).id},
    batches.start_batch_stop: lambda zone: {"body": batches.GuestsToStop(guest=[running_guest(zone)["id"]])},
    batches.get_batch_stop: lambda zone: {"id": zone.core.batches.stop(ROOT, [running_guest(zone)["id"]], force=True).id},
    batches.start_batch_start: lambda zone: {"body": batches.ChosenGuests(guest=[guest(zone)["id"]])},
    batches.get_batch_start: lambda zone: {"id": zone.core.batches.start(ROOT, [guest(zone)["id"]]).id},
    templates.create_template: lambda zone: {"body": template_body()},
    templates.modify_template: lambda zone: {"id": zone.core.templates.create(template_body()).id, "body": template_body("other")},
    templates.delete_template: lambda zone: {"id": zone.core.templates.create(template_body()).id},
    operations.list_operations: lambda zone: guest(zone) and {"query": operations.OperationFilter()},
    operations.get_operation: an_operation,
    tokens.create_token: lambda zone: {"body": tokens.NewToken(user="ann", group="staff")},
}
EXAMPLES |= IMAGE_EXAMPLES
ELSEWHERE = {
    images.download_disk_image,
    media.download_media_image,
    guests.get_guest_picture,
    guests.open_guest_console,
    events.stream_events,
}
"""Not JSON: test_consoles.py, test_events.py and test_image_uploads.py."""

CALLS = [endpoint for endpoint in ENDPOINTS if endpoint.kind is Kind.CALL]


def name_of(endpoint: Endpoint) -> str:
    return endpoint.id


def client(zone: Zone) -> Client:
    return Client(DirectTransport(ENDPOINTS, zone.core))


def test_every_route_is_called() -> None:
    assert {endpoint.handler for endpoint in ENDPOINTS} == EXAMPLES.keys() | ELSEWHERE


@pytest.mark.parametrize("endpoint", CALLS, ids=name_of)
def test_a_route_answers_what_it_declares(zone: Zone, endpoint: Endpoint) -> None:
    arguments = EXAMPLES[endpoint.handler](zone)

    answer = client(zone).call(endpoint.handler, ROOT, **arguments)

    status_code, data = (answer.status, answer.data) if isinstance(answer, Answer) else (200, answer)
    assert status_code in endpoint.statuses
    assert msgspec.json.decode(msgspec.json.encode(data), type=endpoint.answer) == data


@pytest.mark.parametrize("endpoint", [endpoint for endpoint in CALLS if endpoint.right], ids=name_of)
def test_a_route_is_closed_without_its_right(zone: Zone, endpoint: Endpoint) -> None:
    arguments = EXAMPLES[endpoint.handler](zone)
    asked = zone.cells["cell-01"].asked.copy() if zone.cells else None
    others = Caller(user="ann", group="staff", rights=ROOT.rights - {endpoint.right})

    with pytest.raises(Forbidden, match=str(endpoint.right)):
        client(zone).call(endpoint.handler, others, **arguments)

    assert not zone.cells or zone.cells["cell-01"].asked == asked


@pytest.mark.parametrize("id", ["", "../x", "$(id)", "-o", "a\0b", "x" * 300, "\u202e", "00000000-0000-4000-8000-000000000000"])
def test_an_odd_id_is_an_unknown_guest(zone: Zone, id: str) -> None:
    cell = zone.enrol("cell-01")

    with pytest.raises(NotFound) as refusal:
        client(zone).call(instances.start_instance, ROOT, id=id, body=instances.StartOptions())

    assert len(refusal.value.message) < 200
    assert not cell.asked[StartGuest]
