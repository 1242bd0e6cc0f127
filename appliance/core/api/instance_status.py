"""All guests of a pool or a cell, as old clients list them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appliance.core.api.objects import GuestConfig
from appliance.http.routes import Routes
from appliance.rights import Caller, Right

if TYPE_CHECKING:
    from appliance.core.service import Core

routes = Routes("/instance_status", tag="Guests")


@routes.get("/{pool}", needs=Right.GUEST_READ)
def list_pool_guests(core: Core, caller: Caller, pool: str) -> list[GuestConfig]:
    """List the guests of a pool that are visible to the caller, also those being created, sorted by name."""
    return core.guests.in_pool(caller, pool)


@routes.get("/{pool}/{cell}", needs=Right.GUEST_READ)
def list_cell_guests(core: Core, caller: Caller, pool: str, cell: str) -> list[GuestConfig]:
    """List the guests of a cell that are visible to the caller, also those being created, sorted by name."""
    return core.guests.in_cell(caller, pool, cell)
