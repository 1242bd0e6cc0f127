"""What Core keeps of its pools, cells, guests and operations, and the tables they lie in."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct, field

from appliance.protocol.guests import GuestReport, GuestSpec

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "create table pool (name text primary key, enabled integer not null) strict",
        "insert into pool values ('default', 1)",
        "create table cell (name text primary key, pool text references pool (name), enabled integer not null) strict",
        "create table cell_key (fingerprint text primary key, cell text not null, trusted integer not null, added real not null) strict",
        "create table join_token (id text primary key, secret text not null, pool text not null, expires real not null) strict",
        "create table guest (id text primary key, cell text not null, body text not null) strict",
        "create table operation (id text primary key, started real not null, user text not null, kind text not null,"
        " object text not null, state text not null, body text not null) strict",
        "create index operation_started on operation (started)",
    ),
    ("create table image (id text primary key, body text not null) strict",),
    ("create table template (id text primary key, body text not null) strict",),
)
"""A cell without pool is unallocated. A key that is not trusted is refused for ever."""

DEFAULT_POOL = "default"


class Pool(Struct, frozen=True, kw_only=True):
    name: str
    enabled: bool = True


class Work(StrEnum):
    """What is being done to a guest; shown as its state meanwhile."""

    CREATING = "creating"
    DELETING = "deleting"
    RESIZING = "resizing"
    SHRINKING = "shrinking"
    RESETTING = "resetting"


class Guest(Struct, frozen=True, kw_only=True):
    """A guest as Core knows it: the last report of its cell, and what Core itself is doing to it.

    `missing` says that its cell answered without it. `progress` is in percent.
    """

    report: GuestReport
    cell: str
    work: Work | None = None
    operation: str = ""
    progress: int = 0
    missing: bool = False

    @property
    def spec(self) -> GuestSpec:
        return self.report.spec

    @property
    def created(self) -> bool:
        return self.work is not Work.CREATING


class LogEntry(Struct, frozen=True):
    at: float
    text: str


class OperationRecord(Struct, frozen=True, kw_only=True):
    """One long task, as the API shows it (OperationItem); `owner` and `group` are those of its object."""

    id: str
    kind: str
    object: str
    object_name: str
    user: str
    started: float
    state: str = "running"
    progress: int = 0
    step: str = ""
    ended: float = 0.0
    error: str = ""
    code: str = ""
    hint: str = ""
    log: list[LogEntry] = field(default_factory=list)
