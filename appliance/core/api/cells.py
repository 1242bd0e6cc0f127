"""Cells: which hosts belong to which pool, and how new ones join."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, field

from appliance.core.api.objects import Item
from appliance.http.routes import Body, Routes
from appliance.rights import Right

if TYPE_CHECKING:
    from appliance.core.service import Core

routes = Routes("/compute_pool_cells", tag="Cells")
joining = Routes("", tag="Joining")


class CellItem(Item, frozen=True):
    """`status` is "pending" (waits for approval; compare the fingerprint with the one printed on that host) or "approved".

    `alive` tells that the host answers now; `problem` why it cannot run guests; `accelerator` "kvm" or "tcg" (emulation, slow).
    """

    name: str
    address: str
    enabled: bool
    alive: bool
    purge_appending: bool = field(name="PurgeAppending")
    status: str
    fingerprint: str
    accelerator: str = ""
    version: str = ""
    problem: str = ""
    last_seen: float = 0.0


class AttachedStorage(Item, frozen=True):
    name: str
    attached: bool
    error: str = ""


class CellDetail(CellItem, frozen=True):
    storage: list[AttachedStorage] = field(default_factory=list)


class ChangedCell(Body, frozen=True):
    enable: bool


class NewJoinToken(Body, frozen=True):
    """`pool` is joined at once; empty = the cell waits unallocated. `minutes` is how long the token may be used."""

    pool: str = ""
    minutes: Annotated[int, Meta(ge=1, le=10080)] = 60


class JoinToken(Item, frozen=True):
    """Shown once. `command` is what to run on the new host; `expires` in seconds since the epoch."""

    token: str
    command: str
    expires: float


@routes.get("/", needs=Right.CELL_READ)
def list_unallocated_cells(core: Core) -> list[CellItem]:
    """List cells that belong to no pool, those that wait for approval included."""
    return core.cells.unallocated()


@routes.get("/{pool}", needs=Right.CELL_READ)
def list_cells(core: Core, pool: str) -> list[CellItem]:
    """List the cells of a pool, sorted by name."""
    return core.cells.in_pool(pool)


@routes.get("/{pool}/{cell}", needs=Right.CELL_READ)
def get_cell(core: Core, pool: str, cell: str) -> CellDetail:
    """Read a cell with the state of its shared storage."""
    return core.cells.get(pool, cell)


@routes.post("/{pool}/{cell}", needs=Right.CELL_WRITE, body_optional=True)
def add_cell(core: Core, pool: str, cell: str) -> None:
    """Move an unallocated cell into a pool; a pending cell is approved by that."""
    core.cells.add(pool, cell)


@routes.put("/{pool}/{cell}", needs=Right.CELL_WRITE)
def modify_cell(core: Core, pool: str, cell: str, body: ChangedCell) -> None:
    """Enable or disable a cell: a disabled one gets no new guests, running guests stay."""
    core.cells.modify(pool, cell, enable=body.enable)


@routes.delete("/{pool}/{cell}", needs=Right.CELL_WRITE)
def remove_cell(core: Core, pool: str, cell: str) -> None:
    """Take a cell without guests out of its pool, back to unallocated."""
    core.cells.remove(pool, cell)


@joining.delete("/compute_cells/{cell}", needs=Right.CELL_WRITE)
def revoke_cell(core: Core, cell: str) -> None:
    """Refuse a cell from now on: its link is closed and its key never accepted again."""
    core.cells.revoke(cell)


@joining.post("/join_tokens/", needs=Right.CELL_WRITE, body_optional=True)
def create_join_token(core: Core, body: NewJoinToken) -> JoinToken:
    """Make a one-time token with which a new host joins without waiting for approval."""
    return core.cells.make_token(body)
