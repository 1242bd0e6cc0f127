"""The cells as the API shows and changes them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from msgspec.structs import replace

from appliance.core.api.cells import CellDetail, CellItem, JoinToken, NewJoinToken
from appliance.core.placement import Candidate
from appliance.protocol.cells import LeavePool
from nano_runtime.errors import Conflict, NanoError, NotFound

if TYPE_CHECKING:
    from collections.abc import Callable

    from appliance.core.enrolment import Enrolment, Pending
    from appliance.core.events import Events
    from appliance.core.inventory import Inventory
    from appliance.core.links import Links, Live
    from appliance.core.pools import Pools
    from appliance.core.registry import Cell, Registry

log = logging.getLogger(__name__)


class Cells:
    def __init__(self, registry: Registry, pools: Pools, enrolment: Enrolment, links: Links, inventory: Inventory, events: Events) -> None:
        self._pools = pools
        self._registry = registry
        self._enrolment = enrolment
        self._links = links
        self._inventory = inventory
        self._events = events
        self.on_refused: Callable[[str], None] = lambda cell: None
        """Told that a cell will never answer again."""

    def unallocated(self) -> list[CellItem]:
        found = [self.item(cell.name) for cell in self._registry.cells_of("")] + [_pending_item(each) for each in self._enrolment.pending]
        return sorted(found, key=lambda item: item.name)

    def in_pool(self, pool: str) -> list[CellItem]:
        self._registry.pool(pool)
        return [self.item(cell.name) for cell in self._registry.cells_of(pool)]

    def get(self, pool: str, cell: str) -> CellDetail:
        self._registry.cell_in(pool, cell)
        item = self.item(cell)
        return CellDetail(**{name: getattr(item, name) for name in item.__struct_fields__})

    def add(self, pool: str, cell: str) -> None:
        self._registry.pool(pool)
        if not self._enrolment.approve(cell, pool):
            if cell not in self._registry.cells:
                raise NotFound(f"there is no cell '{cell}' that waits for a pool", field="cell")
            self._registry.allocate(cell, pool)
        self.changed(cell)
        self._show_pool(pool)

    def modify(self, pool: str, cell: str, *, enable: bool) -> None:
        known = self._registry.cell_in(pool, cell)
        if known.enabled == enable:
            raise Conflict(f"cell '{cell}' is already {'enabled' if enable else 'disabled'}", field="enable")
        self._registry.save_cell(replace(known, enabled=enable))
        self.changed(cell)

    def remove(self, pool: str, cell: str) -> None:
        known = self._registry.cell_in(pool, cell)
        with self._inventory.changing():  # no guest may be placed there between the look and the change
            if guests := self._inventory.of_cell(cell):
                raise Conflict(f"cell '{cell}' still has {len(guests)} guests, such as '{guests[0].spec.name}'", hint="delete them first")
            self._registry.save_cell(replace(known, pool=""))
        self.changed(cell)
        self._show_pool(pool)
        self._say_farewell(cell)

    def revoke(self, cell: str) -> None:
        known = self._registry.cells.get(cell)
        pool = known.pool if known else ""
        if not self._enrolment.refuse(cell):
            raise NotFound(f"there is no cell '{cell}'", field="cell")
        self._links.drop(cell, "removed from the domain")
        self._events.publish_cell(cell, None)
        self._show_pool(pool)
        self.on_refused(cell)

    def make_token(self, wanted: NewJoinToken) -> JoinToken:
        return self._enrolment.make_token(wanted)

    def approve_local(self, request_pem: str, name: str) -> str:
        """The certificate (PEM) of this host's own cell; it is approved, but in no pool yet. May be repeated."""
        return self._enrolment.approve_local(request_pem, name)

    def _say_farewell(self, cell: str) -> None:
        """The cell is out of the pool whatever it says to that."""
        try:
            self._links.ask(cell, LeavePool(), seconds=5)
        except NanoError as problem:
            log.warning("cell %s was not told that it left its pool: %s", cell, problem)

    def _show_pool(self, pool: str) -> None:
        """A pool shows how many cells it has."""
        if pool in self._registry.pools:
            self._events.publish_pool(pool, self._pools.get(pool), "changed")

    def joined(self, cell: str) -> None:
        """A host asked to join, or joined with a token."""
        self.changed(cell)
        if cell in self._registry.cells:
            self._show_pool(self._registry.cells[cell].pool)

    def changed(self, cell: str) -> None:
        """Tell everybody who watches how a cell is now."""
        pending = {each.name: _pending_item(each) for each in self._enrolment.pending}
        self._events.publish_cell(cell, self.item(cell) if cell in self._registry.cells else pending.get(cell))

    def item(self, name: str) -> CellItem:
        cell, live = self._registry.cells[name], self._links.live(name)
        return CellItem(
            name=name,
            address=live.address,
            enabled=cell.enabled,
            alive=live.alive,
            purge_appending=False,
            status="approved",
            fingerprint=self._registry.key_of(name),
            accelerator=live.accelerator,
            version=live.version,
            problem=live.trouble,
            last_seen=live.seen,
        )

    def candidates(self, pool: str) -> list[Candidate]:
        """The cells of a pool as placement sees them."""
        return [
            Candidate(
                name=cell.name,
                figures=self._links.live(cell.name).figures,
                promised=self._inventory.promised(cell.name),
                coming=self._inventory.coming(cell.name),
                obstacle=_obstacle(cell, self._links.live(cell.name)),
            )
            for cell in self._registry.cells_of(pool)
        ]


def _obstacle(cell: Cell, live: Live) -> str:
    if not cell.enabled:
        return "is disabled"
    return f"cannot run guests ({live.problem})" if live.alive and live.problem else live.trouble


def _pending_item(pending: Pending) -> CellItem:
    return CellItem(
        name=pending.name,
        address=pending.address,
        enabled=True,
        alive=True,
        purge_appending=False,
        status="pending",
        fingerprint=pending.fingerprint,
        last_seen=pending.seen,
    )
