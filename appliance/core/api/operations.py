"""Operations: every long task, who started it, how far it is, and why it failed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, field

from appliance.core.api.objects import Item
from appliance.http.routes import Query, Routes
from appliance.rights import Caller, Right

if TYPE_CHECKING:
    from appliance.core.service import Core

routes = Routes("/operations", tag="Operations")


class LogLine(Item, frozen=True):
    at: float
    text: str


class OperationItem(Item, frozen=True):
    """`state` is running, succeeded, failed (everything was undone), or waiting (for a host that does not answer).

    `kind` names what is done ("create-guest"), `step` the step under way; times are seconds since the epoch.
    """

    id: str
    kind: str
    object: str
    object_name: str
    user: str
    state: str
    progress: int
    step: str
    started: float
    ended: float = 0.0
    error: str = ""
    hint: str = ""
    cancellable: bool = False


class OperationDetail(OperationItem, frozen=True):
    log: list[LogLine] = field(default_factory=list)


class OperationFilter(Query, frozen=True):
    """Newest first; `state` and `kind` keep only those; `object` those of one guest."""

    state: str = ""
    kind: str = ""
    object: str = ""
    limit: Annotated[int, Meta(ge=1, le=200)] = 50
    offset: Annotated[int, Meta(ge=0)] = 0


class OperationPage(Item, frozen=True):
    result: list[OperationItem]
    total: int
    limit: int
    offset: int


@routes.get("/", needs=Right.OPERATION_READ)
def list_operations(core: Core, caller: Caller, query: OperationFilter) -> OperationPage:
    """List operations, newest first: one's own, or everybody's with the right to see all."""
    return core.operations.list(caller, query)


@routes.get("/{id}", needs=Right.OPERATION_READ)
def get_operation(core: Core, caller: Caller, id: str) -> OperationDetail:
    """Read one operation with its log."""
    return core.operations.get(caller, id)
