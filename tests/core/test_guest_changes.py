"""Changes of guests from the caller's side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from appliance.core.api.guest_changes import Description, DiskLimitBody, NetworkLimitBody, NewPassword
from appliance.core.api.instances import StartOptions
from appliance.core.api.search import GuestSearch
from appliance.protocol.guests import ChangeGuest, CreateGuest, GuestState, SetPassword
from appliance.rights import ROOT, Caller
from nano_runtime.errors import BadValue, Conflict, NanoError, NotFound, Unavailable
from tests.core.conftest import Zone, new_guest
from tests.fakes import GIB

BOB = Caller(user="bob", group="other", rights=frozenset())

CHANGES: dict[str, Callable[[Zone, Caller, str], None]] = {
    "rename": lambda zone, caller, guest: zone.core.changes.rename(caller, guest, "staff.web-2"),
    "cores": lambda zone, caller, guest: zone.core.changes.cores(caller, guest, 2),
    "memory": lambda zone, caller, guest: zone.core.changes.memory(caller, guest, 2 * GIB),
    "auto_start": lambda zone, caller, guest: zone.core.changes.auto_start(caller, guest, enable=True),
    "cpu": lambda zone, caller, guest: zone.core.changes.cpu_priority(caller, guest, "low"),
    "disk": lambda zone, caller, guest: zone.core.changes.disk_limits(caller, guest, DiskLimitBody(read_speed=1, write_iops=2)),
    "network": lambda zone, caller, guest: zone.core.changes.network_limits(caller, guest, NetworkLimitBody(send_speed=5)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_reaches_the_cell_once_and_shows_and_is_refused_when_it_is_so_already(
    zone: Zone, change: Callable[[Zone, Caller, str], None]
) -> None:
    cell = zone.enrol("cell-01")
    guest = zone.create()
    before = zone.core.guests.get(ROOT, guest).data

    change(zone, ROOT, guest)

    assert zone.core.guests.get(ROOT, guest).data != before
    with pytest.raises(Conflict):
        change(zone, ROOT, guest)
    assert cell.asked[ChangeGuest] == 1
    with pytest.raises(NotFound):
        change(zone, BOB, guest)


def test_limits_of_reading_and_writing_are_not_exchanged(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    guest = zone.create()

    zone.core.changes.disk_limits(ROOT, guest, DiskLimitBody(read_speed=1, read_iops=2, write_speed=3, write_iops=4))
    zone.core.changes.network_limits(ROOT, guest, NetworkLimitBody(receive_speed=5, send_speed=6))

    for qos in (cell.guests[guest].spec.qos, zone.core.guests.get(ROOT, guest).data.qos):
        assert (qos.read_speed, qos.read_iops, qos.write_speed, qos.write_iops) == (1, 2, 3, 4)
        assert (qos.receive_speed, qos.send_speed) == (5, 6)


def test_a_pending_restart_shows_what_the_guest_has_and_what_it_will_have(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    guest = zone.create()
    cell.guests[guest] = replace(cell.guests[guest], cores=1, memory=GIB)
    cell.set_state(guest, GuestState.RUNNING)
    assert zone.core.guests.get(ROOT, guest).data.current is None

    zone.core.changes.cores(ROOT, guest, 4)

    shown = zone.core.guests.get(ROOT, guest).data
    assert (shown.cores, shown.current.cores if shown.current else None) == (4, 1)
    cell.set_state(guest, GuestState.STOPPED)
    assert zone.core.guests.get(ROOT, guest).data.current is None


def test_a_taken_name_is_refused_with_a_free_one_and_the_old_name_becomes_free(zone: Zone) -> None:
    zone.enrol("cell-01")
    guest = zone.create("web")
    zone.create("db")

    with pytest.raises(Conflict, match=r"'staff\.db' exists") as refusal:
        zone.core.changes.rename(ROOT, guest, "staff.db")
    zone.core.changes.rename(ROOT, guest, "staff.new")

    assert "'db-2' is free" in refusal.value.hint
    zone.create("web")
    with pytest.raises(Conflict):
        zone.create("new")


def test_a_name_is_free_again_when_the_cell_refused_it(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    guest = zone.create()
    cell.refuse[ChangeGuest] = Unavailable("libvirt does not answer")

    with pytest.raises(Unavailable):
        zone.core.changes.rename(ROOT, guest, "staff.new")

    zone.create("new")


def test_a_monitor_secret_is_new_and_told_only_alone(zone: Zone) -> None:
    zone.enrol("cell-01")
    guest = zone.create()
    before = zone.core.guests.get(ROOT, guest).data.monitor_secret

    zone.core.changes.reset_monitor_secret(ROOT, guest)

    after = zone.core.guests.get(ROOT, guest).data.monitor_secret
    assert after != before
    assert len(after) == 12


@pytest.mark.parametrize(
    ("attempt", "error", "field"),
    [
        (lambda core, guest: core.changes.cores(ROOT, guest, 9), BadValue, "cores"),
        (lambda core, guest: core.changes.memory(ROOT, guest, 65 * GIB), BadValue, "memory"),
        (lambda core, guest: core.changes.rename(ROOT, guest, "web"), BadValue, "name"),
        (lambda core, guest: core.changes.rename(ROOT, guest, "other.web"), BadValue, "name"),
        (lambda core, guest: core.changes.rename(ROOT, guest, "staff.<b>"), BadValue, "name"),
        (lambda core, guest: core.changes.rename(ROOT, guest, "staff.a b"), BadValue, "name"),
        (lambda core, guest: core.changes.rename(ROOT, guest, "staff.x\n"), BadValue, "name"),
        (lambda core, guest: core.changes.set_password(ROOT, guest, NewPassword(user="a:b")), BadValue, "user"),
        (lambda core, guest: core.changes.set_password(ROOT, guest, NewPassword(password="a\nb")), BadValue, "password"),
        (lambda core, guest: core.changes.rename(ROOT, "nobody", "staff.x"), NotFound, "id"),
    ],
)
def test_what_cannot_be_is_refused_before_the_cell_is_asked(
    zone: Zone, attempt: Callable[[Any, str], None], error: type[NanoError], field: str
) -> None:
    cell = zone.enrol("cell-01")
    guest = zone.create()

    with pytest.raises(error) as refusal:
        attempt(zone.core, guest)

    assert refusal.value.field == field
    assert not cell.asked[ChangeGuest]


def test_a_password_is_made_for_the_templates_account_and_remembered(zone: Zone) -> None:
    zone.enrol("cell-01")
    guest = zone.create(auto_start=True)
    assert zone.core.changes.account(ROOT, guest).user == "root"
    assert zone.core.changes.account(ROOT, guest).password == ""

    made = zone.core.changes.set_password(ROOT, guest, NewPassword())
    zone.core.changes.set_password(ROOT, guest, NewPassword(user="ann", password="s3cret"))

    assert (made.user, len(made.password)) == ("root", 12)
    account = zone.core.changes.account(ROOT, guest)
    assert (account.user, account.password) == ("ann", "s3cret")
    assert "s3cret" not in str(zone.core.guests.get(ROOT, guest).data)


def test_a_password_needs_a_running_guest_with_an_agent(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    guest = zone.create()
    with pytest.raises(Conflict, match="not running"):
        zone.core.changes.set_password(ROOT, guest, NewPassword())
    zone.core.guests.start(ROOT, guest, StartOptions())
    cell.refuse[SetPassword] = Conflict("no guest agent runs in it")

    with pytest.raises(Conflict, match="no guest agent"):
        zone.core.changes.set_password(ROOT, guest, NewPassword())

    assert zone.core.changes.account(ROOT, guest).password == ""


def test_a_guest_is_suspended_and_resumed_once(zone: Zone) -> None:
    zone.enrol("cell-01")
    guest = zone.create(auto_start=True)

    zone.core.guests.hold(ROOT, guest, hold=True)
    with pytest.raises(Conflict, match="paused already"):
        zone.core.guests.hold(ROOT, guest, hold=True)
    assert zone.core.guests.get(ROOT, guest).data.state == "paused"
    zone.core.guests.hold(ROOT, guest, hold=False)

    assert zone.core.guests.get(ROOT, guest).data.state == "running"


def test_guests_of_a_pool_and_a_cell_are_listed_with_those_under_way_and_without_those_of_others(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    zone.create("b")
    zone.create("a")
    cell.hang.add(CreateGuest)
    zone.core.guests.create(ROOT, new_guest("c"))

    listed = zone.core.guests.in_pool(ROOT, "default")

    assert [(guest.name, guest.created, guest.monitor_secret) for guest in listed] == [
        ("staff.a", True, ""),
        ("staff.b", True, ""),
        ("staff.c", False, ""),
    ]
    assert zone.core.guests.in_cell(ROOT, "default", "cell-01") == listed
    assert zone.core.guests.in_pool(BOB, "default") == []
    with pytest.raises(NotFound):
        zone.core.guests.in_pool(ROOT, "nowhere")
    with pytest.raises(NotFound):
        zone.core.guests.in_cell(ROOT, "default", "cell-09")


def test_a_note_and_tags_are_kept_and_found(zone: Zone) -> None:
    zone.enrol("cell-01")
    guest = zone.create()
    zone.create("other")

    zone.core.changes.describe(ROOT, guest, Description(note="<b>&\n'\"", tags=["Prod", "db", "db"]))
    zone.core.changes.describe(ROOT, guest, Description())

    shown = zone.core.guests.get(ROOT, guest).data
    assert (shown.note, shown.tags) == ("<b>&\n'\"", ["Prod", "db"])
    found = zone.core.guests.search(ROOT, GuestSearch(owner="ann", keyword="prod")).result
    assert [each.id for each in found] == [guest]
    zone.core.changes.describe(ROOT, guest, Description(note="", tags=[]))
    assert zone.core.guests.get(ROOT, guest).data.tags == []
