"""How busy the zone, its pools and its cells are, from what the cells said last."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from appliance.core.api.status import CellStatusItem, PoolStatus, ZoneStatus
from appliance.core.views import ACTIVE, time_text
from appliance.protocol.cells import Figures

if TYPE_CHECKING:
    from collections.abc import Iterable

    from appliance.core.enrolment import Enrolment
    from appliance.core.inventory import Inventory
    from appliance.core.links import Links
    from appliance.core.registry import Cell, Registry
    from appliance.core.views import Views

ZONE = "default"

Counts = dict[str, list[int]]
"""Per cell: guests stopped, running, lost, migrating."""


class Status:
    """`started` is when Core began, in seconds since the epoch."""

    def __init__(self, registry: Registry, enrolment: Enrolment, links: Links, inventory: Inventory, views: Views, started: float) -> None:
        self._registry = registry
        self._enrolment = enrolment
        self._links = links
        self._inventory = inventory
        self._views = views
        self._started = started

    def zone(self) -> ZoneStatus:
        cells = list(self._registry.cells.values())
        pools = list(self._registry.pools.values())
        enabled = sum(pool.enabled for pool in pools)
        return ZoneStatus(
            name=ZONE,
            pools=[len(pools) - enabled, enabled],
            start_time=time_text(self._started),
            started=self._started,
            pending_cells=len(self._enrolment.pending),
            **self._summary([cell for cell in cells if cell.pool], self._counts()),
        )

    def pools(self) -> list[PoolStatus]:
        counts = self._counts()
        return [self._pool(name, counts) for name in sorted(self._registry.pools)]

    def pool(self, name: str) -> PoolStatus:
        self._registry.pool(name)
        return self._pool(name, self._counts())

    def cells(self, pool: str) -> list[CellStatusItem]:
        self._registry.pool(pool)
        counts = self._counts()
        return [self._cell(cell, counts) for cell in self._registry.cells_of(pool)]

    def cell(self, pool: str, name: str) -> CellStatusItem:
        return self._cell(self._registry.cell_in(pool, name), self._counts())

    def _pool(self, name: str, counts: Counts) -> PoolStatus:
        enabled = self._registry.pools[name].enabled
        return PoolStatus(name=name, enabled=enabled, **self._summary(self._registry.cells_of(name), counts))

    def _cell(self, cell: Cell, counts: Counts) -> CellStatusItem:
        live = self._links.live(cell.name)
        usage = usage_of([live.figures] if live.alive else [])
        return CellStatusItem(
            name=cell.name, address=live.address, enabled=cell.enabled, alive=live.alive, instances=counts[cell.name], **usage
        )

    def _summary(self, cells: list[Cell], counts: Counts) -> dict[str, Any]:
        """Counters and usage of several cells; a silent one has no figures."""
        lives = [self._links.live(cell.name) for cell in cells]
        alive = [live.figures for live in lives if live.alive]
        instances = [sum(column) for column in zip(*(counts[cell.name] for cell in cells), strict=True)] or [0, 0, 0, 0]
        return {"cells": [len(cells) - len(alive), len(alive)], "instances": instances, **usage_of(alive)}

    def _counts(self) -> Counts:
        counts: Counts = defaultdict(lambda: [0, 0, 0, 0])
        for guest in self._inventory.all():
            if self._views.is_lost(guest):
                counts[guest.cell][2] += 1
            else:
                counts[guest.cell][int(guest.report.state in ACTIVE)] += 1
        return counts


def usage_of(figures: Iterable[Figures]) -> dict[str, Any]:
    """The sum of several hosts; the CPU usage is their mean, weighted by their cores."""
    found = list(figures)
    cores = sum(each.max_cpu for each in found)
    sums = {name: sum(getattr(each, name) for each in found) for name in Figures.__struct_fields__ if name != "cpu_usage"}
    busy = sum(each.cpu_usage * each.max_cpu for each in found)
    return {"cpu_usage": round(busy / cores, 2) if cores else 0.0, **sums}
