"""Find guests: filter, sort and page over all of them, in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from appliance.core.api.search import GuestFilter, GuestSearch, GuestSearchResult
from appliance.core.model import Guest, Work
from appliance.core.views import ACTIVE
from nano_runtime.errors import BadValue, NotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from appliance.core.api.objects import GuestConfig
    from appliance.core.inventory import Inventory
    from appliance.core.registry import Registry
    from appliance.core.views import Views
    from appliance.rights import Caller

PAGE = 20


class GuestFinder:
    def __init__(self, inventory: Inventory, registry: Registry, views: Views) -> None:
        self._inventory = inventory
        self._registry = registry
        self._views = views
        self._keys: dict[str, Callable[[Guest], Any]] = {
            "name": lambda guest: guest.spec.name,
            "state": views.state,
            "cores": lambda guest: guest.spec.cores,
            "memory": lambda guest: guest.spec.memory,
            "disk": lambda guest: sum(guest.spec.disks),
            "host": views.host,
            "owner": lambda guest: guest.spec.owner,
            "created": lambda guest: guest.spec.created,
        }

    def filter(self, caller: Caller, query: GuestFilter) -> list[GuestConfig]:
        """The old list: without owner and group it is empty, and guests still being created are left out."""
        places = self._places(query.pool, query.cell)
        found = [
            guest
            for guest in self._inventory.all()
            if places(guest)
            and _belongs(guest, query.owner, query.group)
            and guest.work is not Work.CREATING
            and query.status in (None, int(guest.report.state in ACTIVE))
            and query.created in (None, guest.created)
            and caller.owns(guest.spec.owner, guest.spec.group)
        ]
        return [self._views.config(guest) for guest in sorted(found, key=_name)]

    def in_pool(self, caller: Caller, pool: str) -> list[GuestConfig]:
        self._registry.pool(pool)
        return self._shown(caller, (guest for guest in self._inventory.all() if guest.spec.pool == pool))

    def in_cell(self, caller: Caller, pool: str, cell: str) -> list[GuestConfig]:
        self._registry.cell_in(pool, cell)
        return self._shown(caller, self._inventory.of_cell(cell))

    def _shown(self, caller: Caller, guests: Iterable[Guest]) -> list[GuestConfig]:
        visible = (guest for guest in guests if caller.owns(guest.spec.owner, guest.spec.group))
        return [self._views.config(guest) for guest in sorted(visible, key=_name)]

    def search(self, caller: Caller, body: GuestSearch) -> GuestSearchResult:
        found = self._visible(caller, body)
        key = self._keys[body.sort.removeprefix("-")]
        found.sort(key=_name)
        if body.sort != "name":
            found.sort(key=key, reverse=body.sort.startswith("-"))
        offset, limit = max(body.offset, 0), body.limit if body.limit > 0 else PAGE
        if found and offset >= len(found):
            raise BadValue(f"offset must be below the total of {len(found)}, not {offset}", field="offset")
        page = [self._views.config(guest) for guest in found[offset : offset + limit]]
        return GuestSearchResult(result=page, total=len(found), limit=limit, offset=offset)

    def _visible(self, caller: Caller, body: GuestSearch) -> list[Guest]:
        if not body.owner and not caller.user:
            raise BadValue("owner is missing", hint="say whose guests to look for", field="owner")
        if len(body.keyword.split()) > 1:
            raise BadValue("keyword must be one word without blanks", field="keyword")
        found: Iterable[Guest] = filter(self._places(body.pool, body.cell), self._inventory.all())
        found = (guest for guest in found if caller.owns(guest.spec.owner, guest.spec.group))
        if body.owner:
            found = (guest for guest in found if _belongs(guest, body.owner, body.group))
        if keyword := body.keyword.strip().lower():
            found = (guest for guest in found if self._matches(guest, keyword))
        if states := set(body.state):
            found = (guest for guest in found if self._views.state(guest) in states)
        return list(found)

    def _matches(self, guest: Guest, keyword: str) -> bool:
        texts = (guest.spec.name, self._views.host(guest), *guest.spec.tags)
        return any(keyword in text.lower() for text in texts)

    def _places(self, pool: str, cell: str) -> Callable[[Guest], bool]:
        """Whether a guest lies in a cell, which wins, or in a pool; raises NotFound for unknown ones."""
        if cell:
            if cell not in self._registry.cells:
                raise NotFound(f"there is no cell '{cell[:64]}'", field="cell")
            return lambda guest: guest.cell == cell
        if pool:
            self._registry.pool(pool)
            return lambda guest: guest.spec.pool == pool
        return lambda guest: True


def _belongs(guest: Guest, owner: str, group: str) -> bool:
    return guest.spec.owner == owner or (bool(group) and guest.spec.group == group)


def _name(guest: Guest) -> tuple[str, str]:
    return guest.spec.name, guest.spec.id
