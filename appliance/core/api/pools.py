"""Compute pools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appliance.core.api.objects import Item, Name
from appliance.http.routes import Body, Routes
from appliance.rights import Right

if TYPE_CHECKING:
    from appliance.core.service import Core

routes = Routes("/compute_pools", tag="Pools")


class PoolItem(Item, frozen=True):
    """`cells` counts its cells; `network` is its address pool, `storage` its storage pool, "" = none."""

    name: str
    enabled: bool
    cells: int
    network: str
    storage: str
    failover: bool


class NewPool(Body, frozen=True):
    storage: str = ""
    network: str = ""
    failover: bool = False


class ChangedPool(Body, frozen=True):
    """All settings are replaced: one left out falls back to its default. `enable` left out changes nothing."""

    storage: str = ""
    network: str = ""
    failover: bool = False
    enable: bool | None = None


@routes.get("/", needs=Right.POOL_READ)
def list_pools(core: Core) -> list[PoolItem]:
    """List all compute pools, sorted by name."""
    return core.pools.list()


@routes.get("/{pool}", needs=Right.POOL_READ)
def get_pool(core: Core, pool: str) -> PoolItem:
    """Read one compute pool."""
    return core.pools.get(pool)


@routes.post("/{pool}", needs=Right.POOL_WRITE, body_optional=True)
def create_pool(core: Core, pool: Name, body: NewPool) -> None:
    """Create an enabled compute pool."""
    core.pools.create(pool, body)


@routes.put("/{pool}", needs=Right.POOL_WRITE)
def modify_pool(core: Core, pool: str, body: ChangedPool) -> None:
    """Replace storage, address pool and failover setting of a pool, or disable it for new guests."""
    core.pools.modify(pool, body)


@routes.delete("/{pool}", needs=Right.POOL_WRITE)
def delete_pool(core: Core, pool: str) -> None:
    """Delete an empty compute pool."""
    core.pools.delete(pool)
