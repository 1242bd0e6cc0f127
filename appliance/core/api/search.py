"""Find guests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, field

from appliance.core.api.objects import GuestConfig, Item
from appliance.http.routes import Body, Query, Routes
from appliance.rights import Caller, Right

if TYPE_CHECKING:
    from appliance.core.service import Core

routes = Routes("", tag="Search")


class GuestFilter(Query, frozen=True):
    """The old list: `status` 0 stopped, 1 running. Visible are guests of `owner` or `group`."""

    pool: Annotated[str, Meta(min_length=1)]
    cell: str = ""
    owner: str = ""
    group: str = ""
    status: Annotated[int, Meta(ge=0, le=1)] | None = None
    created: bool | None = None


class GuestSearch(Body, frozen=True):
    """`keyword` is one word, looked for in name, address, host and tags. `cell` wins over `pool`.

    `owner` may be left out by a signed-in user, who then sees all that is visible to them. `state` keeps only guests in one
    of these states; `sort` is name, state, cores, memory, disk, host, owner or created, with `-` in front for descending.
    """

    limit: Annotated[int, Meta(le=1000)] = 20
    offset: Annotated[int, Meta(ge=0)] = 0
    pool: str = ""
    cell: str = ""
    keyword: Annotated[str, Meta(max_length=255)] = ""
    owner: str = ""
    group: str = ""
    state: list[str] = field(default_factory=list)
    sort: Annotated[str, Meta(pattern="^-?(name|state|cores|memory|disk|host|owner|created)$")] = "name"


class GuestSearchResult(Item, frozen=True):
    result: list[GuestConfig]
    total: int
    limit: int
    offset: int


@routes.get("/guest_search/{filepath}", needs=Right.GUEST_READ)
def search_guests_legacy(core: Core, caller: Caller, filepath: str, query: GuestFilter) -> list[GuestConfig]:
    """List the guests of a pool or cell that are visible to an owner or group, sorted by name."""
    return core.guests.filter(caller, query)


@routes.post("/search/guests/", needs=Right.GUEST_READ)
def search_guests(core: Core, caller: Caller, body: GuestSearch) -> GuestSearchResult:
    """Page through the guests visible to a user."""
    return core.guests.search(caller, body)
