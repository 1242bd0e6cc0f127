"""The audit log: what was changed or refused, by whom, from where. It can be read, and by nobody changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from appliance.http.routes import Blob, Query, Routes
from appliance.rights import Right

if TYPE_CHECKING:
    from appliance.frontend.front_end import FrontEnd

routes = Routes("/audit", tag="Audit log")

Word = Annotated[str, Meta(max_length=200)]


class AuditFilter(Query, frozen=True):
    """`text` is looked for everywhere; `object` is an id or a name; times in seconds since the epoch, `before` 0 = now."""

    text: Word = ""
    user: Word = ""
    action: Word = ""
    kind: Word = ""
    object: Word = ""
    address: Word = ""
    result: Annotated[str, Meta(pattern="^(ok|refused|failed)?$")] = ""
    origin: Annotated[str, Meta(pattern="^(server|client)?$")] = ""
    after: Annotated[int, Meta(ge=0)] = 0
    before: Annotated[int, Meta(ge=0)] = 0


class AuditQuery(AuditFilter, frozen=True):
    limit: Annotated[int, Meta(ge=1, le=1000)] = 100
    offset: Annotated[int, Meta(ge=0)] = 0


class AuditExport(AuditFilter, frozen=True):
    format: Annotated[str, Meta(pattern="^(csv|json)$")] = "csv"


class AuditItem(Struct, kw_only=True, frozen=True):
    """`action` is the id of the route, or what the server did by itself; `origin` client marks what a client claimed."""

    seq: int
    time: float
    user: str
    address: str
    action: str
    kind: str
    object: str
    name: str
    result: str
    detail: str
    origin: str
    hash: str


class AuditPage(Struct, kw_only=True, frozen=True):
    result: list[AuditItem]
    total: int
    limit: int
    offset: int


class AuditVerdict(Struct, kw_only=True, frozen=True):
    """`broken` is the first entry that does not fit, 0 if the log is whole; `first` to `last` were checked."""

    first: int
    last: int
    head: str
    broken: int
    problem: str


@routes.get("/", needs=Right.AUDIT_READ)
def search_audit(front: FrontEnd, query: AuditQuery) -> AuditPage:
    """Page through the audit log, newest first."""
    return front.audit_search.page(query, limit=query.limit, offset=query.offset)


@routes.get("/export", needs=Right.AUDIT_READ, audited=True)
def export_audit(front: FrontEnd, query: AuditExport) -> Blob:
    """Read what matches as CSV or JSON, newest first, at most 100,000 entries."""
    return front.export_audit(query)


@routes.get("/chain", needs=Right.AUDIT_READ)
def verify_audit(front: FrontEnd) -> AuditVerdict:
    """Check that no entry was changed, removed or put in."""
    return front.verify_audit()
