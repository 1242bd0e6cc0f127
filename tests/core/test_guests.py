"""Guests from the caller's side: created, read, started, stopped, deleted, and hidden from others."""

from __future__ import annotations

import pytest

from appliance.core.api.instances import StartOptions, StopOptions
from appliance.protocol.guests import CreateGuest, GuestState, StartGuest
from appliance.rights import ROOT, Caller, Right
from nano_runtime.errors import BadValue, Conflict, Forbidden, NoRoom, NotFound, Unavailable
from tests.core.conftest import Zone, new_guest

ANN = Caller(user="ann", group="staff", rights=frozenset({Right.GUEST_READ, Right.GUEST_CREATE, Right.GUEST_POWER, Right.GUEST_DELETE}))
BOB = Caller(user="bob", group="other", rights=ANN.rights)


def test_a_guest_is_accepted_at_once_and_created_on_its_cell(zone: Zone) -> None:
    cell = zone.enrol("cell-01")

    made = zone.core.guests.create(ANN, new_guest())
    zone.wait_for_operation(made.operation, "succeeded")

    answer = zone.core.guests.get(ANN, made.id)
    assert (answer.status, answer.data.created, answer.data.state, answer.data.name) == (200, True, "stopped", "staff.web")
    assert cell.guests[made.id].spec.ethernet_address.startswith("00:16:3e:")
