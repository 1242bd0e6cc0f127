"""The log as programs written for Nano know it (frontend-api.yaml, log.*): a view of the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from appliance.http.routes import Body, Query, Routes
from appliance.rights import Caller, Right

if TYPE_CHECKING:
    from appliance.frontend.front_end import FrontEnd

routes = Routes("/logs", tag="Audit log")


class LogQuery(Query, frozen=True):
    """Times such as 2024-05-01 10:20:30, local to the server; `after` left out is a day before `before`."""

    limit: int = 20
    start: Annotated[int, Meta(ge=0)] = 0
    after: str = ""
    before: str = ""


class LogItem(Struct, kw_only=True, frozen=True):
    id: str
    time: str
    content: str


class LogPage(Struct, kw_only=True, frozen=True):
    """`total` is counted up to 1000."""

    logs: list[LogItem]
    total: int


class NewLog(Body, frozen=True):
    content: Annotated[str, Meta(min_length=1, max_length=1000)]
    format: Annotated[str, Meta(max_length=100)] = ""


class LogDeletion(Body, frozen=True):
    entries: list[str]


@routes.get("/", needs=Right.AUDIT_READ)
def query_log(front: FrontEnd, query: LogQuery) -> LogPage:
    """Read log entries, newest first."""
    return front.audit_search.old_page(query)


@routes.post("/", needs=None, audited=False)
def add_log(front: FrontEnd, caller: Caller, body: NewLog) -> None:
    """Append a log entry; it is marked as the claim of a client."""
    front.add_log(caller, body)


@routes.delete("/", needs=Right.AUDIT_READ)
def delete_log(front: FrontEnd, body: LogDeletion) -> None:
    """Refused: single entries cannot be deleted, by nobody."""
    front.refuse_deletion()
