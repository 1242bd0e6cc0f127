"""How busy the zone, its pools and its cells are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appliance.core.api.objects import Time, Usage
from appliance.http.routes import Routes
from appliance.rights import Right

if TYPE_CHECKING:
    from appliance.core.service import Core

routes = Routes("", tag="Status")


class ZoneStatus(Usage, frozen=True):
    """Counters: `pools` [disabled, enabled], `cells` [offline, online], `instances` [stopped, running, lost, migrating].

    `started` is the start of Core in seconds since the epoch; `pending_cells` wait for approval.
    """

    name: str
    pools: list[int]
    cells: list[int]
    instances: list[int]
    start_time: Time
    started: float
    pending_cells: int


class PoolStatus(Usage, frozen=True):
    name: str
    enabled: bool
    cells: list[int]
    instances: list[int]


class CellStatusItem(Usage, frozen=True):
    name: str
    address: str
    enabled: bool
    alive: bool
    instances: list[int]


@routes.get("/compute_zone_status/", needs=Right.OVERVIEW_READ)
def get_zone_status(core: Core) -> ZoneStatus:
    """Summarise the whole zone."""
    return core.status.zone()


@routes.get("/compute_pool_status/", needs=Right.OVERVIEW_READ)
def list_pool_status(core: Core) -> list[PoolStatus]:
    """Usage of every compute pool, sorted by name."""
    return core.status.pools()


@routes.get("/compute_pool_status/{pool}", needs=Right.OVERVIEW_READ)
def get_pool_status(core: Core, pool: str) -> PoolStatus:
    """Usage of one compute pool."""
    return core.status.pool(pool)


@routes.get("/compute_cell_status/{pool}", needs=Right.OVERVIEW_READ)
def list_cell_status(core: Core, pool: str) -> list[CellStatusItem]:
    """Usage of every cell of a pool, sorted by name."""
    return core.status.cells(pool)


@routes.get("/compute_cell_status/{pool}/{cell}", needs=Right.OVERVIEW_READ)
def get_cell_status(core: Core, pool: str, cell: str) -> CellStatusItem:
    """Usage of one cell."""
    return core.status.cell(pool, cell)
