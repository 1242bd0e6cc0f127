"""Who hears of which change."""

from __future__ import annotations

import msgspec
import pytest

from appliance.core.api.cells import NewJoinToken
from appliance.core.api.pools import NewPool
from appliance.rights import ROOT, Caller, Right
from tests.core.conftest import Zone


def hear(zone: Zone, caller: Caller) -> list[str]:
    heard: list[str] = []
    zone.core.events.feed(caller).subscribe(lambda id, data: heard.append(msgspec.json.decode(data)["kind"]), "")
    return heard


@pytest.mark.parametrize(
    ("caller", "kinds"),
    [
        (ROOT, {"guest", "operation", "cell", "pool"}),
        (Caller(user="ann", rights=frozenset({Right.GUEST_READ})), {"guest"}),
        (Caller(user="bob", group="staff", rights=frozenset({Right.GUEST_READ, Right.OPERATION_READ})), {"guest"}),
        (Caller(user="bob", group="other", rights=frozenset({Right.GUEST_READ, Right.OPERATION_READ, Right.POOL_READ})), {"pool"}),
        (Caller(user="bob", rights=frozenset({Right.GUEST_READ, Right.GUEST_ALL, Right.CELL_READ})), {"guest", "cell"}),
        (Caller(user="bob", rights=frozenset({Right.OPERATION_ALL})), {"operation"}),
        (Caller(user="ann", rights=frozenset()), set()),
    ],
)
def test_everybody_hears_what_they_may_read(zone: Zone, caller: Caller, kinds: set[str]) -> None:
    heard = hear(zone, caller)

    zone.enrol("cell-01")
    zone.core.pools.create("lab", NewPool())
    zone.create()

    assert set(heard) == kinds


def test_no_secret_goes_out_with_an_event(zone: Zone) -> None:
    frames: list[bytes] = []
    zone.core.events.feed(ROOT).subscribe(lambda id, data: frames.append(data), "")
    zone.enrol("cell-01")
    token = zone.core.cells.make_token(NewJoinToken())
    guest = zone.create()

    secret = zone.core.guests.get(ROOT, guest).data.monitor_secret

    assert secret
    assert not [frame for frame in frames if secret.encode() in frame or token.token.encode() in frame]


def test_the_figures_of_the_zone_are_told_when_they_changed_and_at_most_every_five_seconds(zone: Zone) -> None:
    zone.enrol("cell-01")
    heard = hear(zone, Caller(user="ann", rights=frozenset({Right.OVERVIEW_READ})))

    zone.pass_time(30)
    assert heard == ["zone"]
    zone.create()
    zone.pass_time(10)

    assert heard == ["zone", "zone"]
