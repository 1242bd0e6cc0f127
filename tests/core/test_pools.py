"""Compute pools."""

from __future__ import annotations

import pytest

from appliance.core.api.pools import ChangedPool, NewPool, PoolItem
from nano_runtime.errors import BadValue, Conflict, NanoError, NotFound
from tests.core.conftest import Zone


def test_the_default_pool_exists_from_the_start_and_stays(zone: Zone) -> None:
    assert zone.core.pools.list() == [PoolItem(name="default", enabled=True, cells=0, network="", storage="", failover=False)]

    with pytest.raises(Conflict, match="always exists"):
        zone.core.pools.delete("default")


def test_pools_outlive_a_restart(zone: Zone) -> None:
    zone.core.pools.create("lab", NewPool())
    zone.core.pools.create("attic", NewPool())
    zone.core.pools.modify("attic", ChangedPool(enable=False))
    zone.core.pools.delete("lab")

    zone.restart()

    assert [(pool.name, pool.enabled) for pool in zone.core.pools.list()] == [("attic", False), ("default", True)]


def test_a_pool_with_cells_is_not_deleted(zone: Zone) -> None:
    zone.core.pools.create("lab", NewPool())
    zone.enrol("cell-01", pool="lab")

    with pytest.raises(Conflict, match="still has 1 cells"):
        zone.core.pools.delete("lab")
    assert zone.core.pools.get("lab").cells == 1


@pytest.mark.parametrize(
    ("wish", "field"), [(NewPool(storage="nfs1"), "storage"), (NewPool(network="lan"), "network"), (NewPool(failover=True), "failover")]
)
def test_what_pools_cannot_do_yet_is_refused(zone: Zone, wish: NewPool, field: str) -> None:
    with pytest.raises(BadValue) as refusal:
        zone.core.pools.create("lab", wish)

    assert refusal.value.field == field
    assert len(zone.core.pools.list()) == 1


@pytest.mark.parametrize(
    ("name", "change", "error"),
    [
        ("default", ChangedPool(), Conflict),
        ("default", ChangedPool(enable=True), Conflict),
        ("nowhere", ChangedPool(enable=False), NotFound),
        ("default", ChangedPool(enable=False, failover=True), BadValue),
    ],
)
def test_a_change_that_changes_nothing_is_refused(zone: Zone, name: str, change: ChangedPool, error: type[NanoError]) -> None:
    with pytest.raises(error):
        zone.core.pools.modify(name, change)

    assert zone.core.pools.get("default").enabled


def test_a_name_is_used_once(zone: Zone) -> None:
    zone.core.pools.create("lab", NewPool())

    with pytest.raises(Conflict):
        zone.core.pools.create("lab", NewPool())
    with pytest.raises(NotFound):
        zone.core.pools.get("nowhere")
