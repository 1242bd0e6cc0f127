"""The register of operations: what is done for whom, how far it is, and how it ended."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from appliance.core.api.operations import LogLine, OperationDetail, OperationFilter, OperationItem, OperationPage
from appliance.core.model import LogEntry, OperationRecord
from appliance.rights import Caller, Right
from nano_runtime.errors import NanoError, NotFound, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from appliance.core.backlog import Backlog
    from appliance.core.events import Events
    from nano_runtime.store import Store

KEPT = 30 * 24 * 3600.0
"""Seconds an operation that ended stays in the register."""

_SAVE = (
    "insert into operation values (:id, :started, :user, :kind, :object, :state, :body)"
    " on conflict (id) do update set state = excluded.state, body = excluded.body"
)
_VISIBLE = (
    " from operation where (:all or user = :user) and (:state = '' or state = :state)"
    " and (:kind = '' or kind = :kind) and (:object = '' or object = :object)"
)


class Operations:
    """What is under way is in memory too; what is on disk may lag a moment behind, and the journal knows better after a kill."""

    def __init__(self, store: Store, backlog: Backlog, events: Events, now: Callable[[], float]) -> None:
        self._store = store
        self._backlog = backlog
        self._events = events
        self._now = now
        self._lock = threading.RLock()
        self._open: dict[str, OperationRecord] = {}

    def begin(self, record: OperationRecord) -> None:
        with self._lock:
            self._keep(record, "created")

    def resume(self, record: OperationRecord) -> None:
        """Show an operation that a restart found in the journal; it waits for its cell."""
        with self._lock:
            self._keep(replace(self._stored(record.id) or record, state="waiting", ended=0.0), "changed")

    def settle(self, succeeded: Callable[[OperationRecord], bool]) -> None:
        """End what the register believes to be under way although the journal does not know it (any more)."""
        rows = self._store.read("select body from operation where state in ('running', 'waiting')")
        for record in (_decode(row["body"]) for row in rows):
            with self._lock:
                if record.id in self._open:
                    continue
                self._open[record.id] = record
            if succeeded(record):
                self.succeed(record.id)
            else:
                self.fail(record.id, Unavailable("a restart of Core interrupted it", hint="try again"))

    def under_way(self, id: str) -> OperationRecord | None:
        return self._open.get(id)

    def step(self, id: str, *, progress: int, step: str) -> None:
        with self._lock:
            record = self._open.get(id)
            if record is None or (progress <= record.progress and step == record.step):
                return
            log = record.log if step == record.step else [*record.log, LogEntry(self._now(), step)]
            self._keep(replace(record, state="running", progress=max(progress, record.progress), step=step, log=log), "changed")

    def wait(self, id: str, problem: BaseException) -> None:
        """It can go neither on nor back before its cell is there again."""
        self._finish(id, "waiting", problem)

    def fail(self, id: str, problem: BaseException) -> None:
        """It was taken back. What first went wrong is the reason that is kept."""
        self._finish(id, "failed", problem)

    def succeed(self, id: str) -> None:
        self._finish(id, "succeeded", None)

    def list(self, caller: Caller, query: OperationFilter) -> OperationPage:
        self._backlog.flush()
        wanted = {
            "all": int(caller.may(Right.OPERATION_ALL)),
            "user": caller.user,
            "state": query.state,
            "kind": query.kind,
            "object": query.object,
        }
        [count] = self._store.read(f"select count(*) as total {_VISIBLE}", **wanted)
        page = f"select body {_VISIBLE} order by started desc, id limit :limit offset :offset"
        rows = self._store.read(page, **wanted, limit=query.limit, offset=query.offset)
        return OperationPage(
            result=[item_of(_decode(row["body"])) for row in rows], total=count["total"], limit=query.limit, offset=query.offset
        )

    def get(self, caller: Caller, id: str) -> OperationDetail:
        record = self.find(id)
        if record is None or not (caller.may(Right.OPERATION_ALL) or caller.user == record.user):
            raise NotFound(f"there is no operation {id[:64]!r}", field="id")
        item = item_of(record)
        shown = {name: getattr(item, name) for name in item.__struct_fields__}
        return OperationDetail(**shown, log=[LogLine(at=entry.at, text=entry.text) for entry in record.log])

    def find(self, id: str) -> OperationRecord | None:
        with self._lock:
            record = self._open.get(id)
        if record is None:
            self._backlog.flush()
            record = self._stored(id)
        return record

    def expire(self) -> None:
        """Drop what ended long ago."""
        limit = self._now() - KEPT
        self._backlog.soon(
            "expire",
            lambda execute: execute("delete from operation where started < :limit and state in ('succeeded', 'failed')", limit=limit),
        )

    def _finish(self, id: str, state: str, problem: BaseException | None) -> None:
        with self._lock:
            record = self._open.get(id)
            if record is None:
                return
            if problem is not None and not record.error:
                code, message, hint = told(problem)
                record = replace(record, error=message, code=code, hint=hint)
            over = {} if state == "waiting" else {"ended": self._now()}
            done = {"progress": 100} if state == "succeeded" else {}
            entry = LogEntry(self._now(), f"{state}: {record.error}" if record.error else state)
            self._keep(replace(record, state=state, log=[*record.log, entry], **over, **done), "changed")
            if state != "waiting":
                del self._open[id]

    def _keep(self, record: OperationRecord, change: str) -> None:
        self._open[record.id] = record
        row = {
            "id": record.id,
            "started": record.started,
            "user": record.user,
            "kind": record.kind,
            "object": record.object,
            "state": record.state,
            "body": msgspec.json.encode(record).decode(),
        }
        self._backlog.soon(("operation", record.id), lambda execute: execute(_SAVE, **row))
        self._events.publish_operation(item_of(record), change)

    def _stored(self, id: str) -> OperationRecord | None:
        rows = self._store.read("select body from operation where id = :id", id=id)
        return _decode(rows[0]["body"]) if rows else None


def told(problem: BaseException) -> tuple[str, str, str]:
    """Code, message and hint of an error for people; an unforeseen one is not for their eyes."""
    if isinstance(problem, NanoError):
        return problem.code, problem.message, problem.hint
    return NanoError.code, "an unforeseen failure", "see log/core.log"


def item_of(record: OperationRecord) -> OperationItem:
    return OperationItem(**{name: getattr(record, name) for name in OperationItem.__struct_fields__ if hasattr(record, name)})


def _decode(body: str) -> OperationRecord:
    return msgspec.json.decode(body, type=OperationRecord)
