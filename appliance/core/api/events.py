"""The stream of changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from appliance.core.api.objects import Item
from appliance.http.routes import Feed, Routes
from appliance.rights import Caller, Right

if TYPE_CHECKING:
    from appliance.core.service import Core

routes = Routes("/events", tag="Events")


class Change(Item, frozen=True):
    """One frame of the stream. `kind` is guest, cell, pool, operation or zone; `change` created, changed or deleted.

    `version` counts up with every change of the zone; `data` is the object as its route answers it, unless it is gone.
    """

    kind: str
    id: str
    change: str
    version: int
    data: Any = None


@routes.get("/", needs=Right.OVERVIEW_READ)
def stream_events(core: Core, caller: Caller) -> Feed:
    """Follow every change visible to the caller, as server-sent events with an event `heartbeat` every 15 s.

    `Last-Event-ID` resumes; when too much was missed the first event is of kind `reset`: read everything again. The figures of
    the zone come at most every 5 s.
    """
    return core.events.feed(caller)
