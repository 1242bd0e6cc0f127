"""Publish changes to those who may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appliance.http.events import Hub
from appliance.rights import Caller, Right

if TYPE_CHECKING:
    from collections.abc import Callable

    from appliance.core.api.cells import CellItem
    from appliance.core.api.objects import GuestConfig
    from appliance.core.api.operations import OperationItem
    from appliance.core.api.pools import PoolItem
    from appliance.core.api.status import ZoneStatus
    from appliance.core.model import Guest
    from appliance.http.routes import Feed


class Events:
    """What a caller may not read by a route it does not hear of here either."""

    def __init__(self) -> None:
        self.hub = Hub()
        self._told: ZoneStatus | None = None

    def feed(self, caller: Caller) -> Feed:
        return self.hub.feed(caller)

    def publish_guest(self, guest: Guest, shown: GuestConfig | None, change: str) -> None:
        owner, group = guest.spec.owner, guest.spec.group
        self.hub.publish("guest", guest.spec.id, change, shown, lambda caller: caller.may(Right.GUEST_READ) and caller.owns(owner, group))

    def publish_operation(self, item: OperationItem, change: str) -> None:
        user = item.user
        self.hub.publish("operation", item.id, change, item, lambda caller: _follows(caller, user))

    def publish_cell(self, name: str, item: CellItem | None) -> None:
        change = "deleted" if item is None else "changed"
        self.hub.publish("cell", name, change, item, lambda caller: caller.may(Right.CELL_READ))

    def publish_pool(self, name: str, item: PoolItem | None, change: str) -> None:
        self.hub.publish("pool", name, change, item, lambda caller: caller.may(Right.POOL_READ))

    def publish_zone(self, read: Callable[[], ZoneStatus]) -> None:
        """Tell the figures of the zone if somebody listens and they are not what was told last."""
        if not self.hub.subscribers:
            return
        zone = read()
        if zone != self._told:
            self._told = zone
            self.hub.publish("zone", zone.name, "changed", zone, lambda caller: caller.may(Right.OVERVIEW_READ))


def _follows(caller: Caller, user: str) -> bool:
    return caller.may(Right.OPERATION_ALL) or (caller.may(Right.OPERATION_READ) and caller.user == user)
