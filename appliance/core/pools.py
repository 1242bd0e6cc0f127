"""The compute pools as the API shows and changes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appliance.core.api.pools import ChangedPool, NewPool, PoolItem
from nano_runtime.errors import BadValue, Conflict

if TYPE_CHECKING:
    from appliance.core.events import Events
    from appliance.core.registry import Registry


class Pools:
    def __init__(self, registry: Registry, events: Events) -> None:
        self._registry = registry
        self._events = events

    def list(self) -> list[PoolItem]:
        return [self.get(name) for name in sorted(self._registry.pools)]

    def get(self, name: str) -> PoolItem:
        pool = self._registry.pool(name)
        cells = len(self._registry.cells_of(name))
        return PoolItem(name=name, enabled=pool.enabled, cells=cells, network="", storage="", failover=False)

    def create(self, name: str, wanted: NewPool) -> None:
        _refuse_unavailable(wanted)
        self._registry.create_pool(name)
        self._events.publish_pool(name, self.get(name), "created")

    def modify(self, name: str, wanted: ChangedPool) -> None:
        self._registry.pool(name)
        _refuse_unavailable(wanted)
        if wanted.enable is None:
            raise Conflict(f"nothing would change in pool '{name}'", hint="set enable to true or false")
        self._registry.enable_pool(name, wanted.enable)
        self._events.publish_pool(name, self.get(name), "changed")

    def delete(self, name: str) -> None:
        self._registry.delete_pool(name)
        self._events.publish_pool(name, None, "deleted")


def _refuse_unavailable(wanted: NewPool | ChangedPool) -> None:
    if wanted.storage:
        raise BadValue("storage pools are not available yet", hint="leave storage empty for the local disks of the cells", field="storage")
    if wanted.network:
        raise BadValue("address pools are not available yet", hint="leave network empty", field="network")
    if wanted.failover:
        raise BadValue("failover needs a shared storage pool", hint="set failover to false", field="failover")
