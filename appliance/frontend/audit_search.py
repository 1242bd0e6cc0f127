"""Find, show and export what the audit log holds."""

from __future__ import annotations

import csv
import io
import time
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from appliance.frontend.api.audit import AuditItem, AuditPage
from appliance.frontend.api.logs import LogItem, LogPage
from nano_runtime.errors import BadValue

if TYPE_CHECKING:
    from collections.abc import Callable

    from appliance.frontend.api.audit import AuditFilter
    from appliance.frontend.api.logs import LogQuery
    from nano_runtime.store import Store

MOST_EXPORTED = 100_000
COUNTED = 1000
"""The old log counts matches up to here."""

_OLD_TIME = "%Y-%m-%d %H:%M:%S"
_DAY = 86400.0
_EXACT = ("user", "action", "kind", "result", "origin", "address")
_CONDITIONS = {
    **{name: f"{name} = :{name}" for name in _EXACT},
    "object": "(object = :object or name = :object)",
    "after": "time >= :after",
    "before": "time < :before",
    "text": """instr(lower(user || char(10) || address || char(10) || action || char(10) || name || char(10) || object
        || char(10) || detail), :text)""",
}


class AuditSearch:
    def __init__(self, store: Store, clock: Callable[[], float]) -> None:
        self._store = store
        self._clock = clock

    def page(self, wanted: AuditFilter, *, limit: int, offset: int) -> AuditPage:
        """Newest first."""
        rows = self._rows(wanted, limit, offset)
        where, named = _where(wanted)
        total = self._store.read(f"select count(*) as total from entry {where}", **named)[0]["total"]
        return AuditPage(result=[_item(row) for row in rows], total=total, limit=limit, offset=offset)

    def as_json(self, wanted: AuditFilter) -> bytes:
        rows = self._rows(wanted, MOST_EXPORTED, 0)
        return msgspec.json.format(msgspec.json.encode([_item(row) for row in rows]), indent=1)

    def as_csv(self, wanted: AuditFilter) -> bytes:
        """UTF-8 with a mark in front, because spreadsheets guess otherwise. What they would run as a formula is quoted."""
        text = io.StringIO()
        writer = csv.writer(text)
        names = AuditItem.__struct_fields__
        writer.writerow(names)
        for row in self._rows(wanted, MOST_EXPORTED, 0):
            item = _item(row)
            writer.writerow([_utc(item.time) if name == "time" else harmless(str(getattr(item, name))) for name in names])
        return text.getvalue().encode("utf-8-sig", "replace")

    def old_page(self, query: LogQuery) -> LogPage:
        """The log as Nano 1.4 shows it. Raises BadValue for a time that is none."""
        before = _old_time(query.before, "before") if query.before else self._clock() + 1
        after = _old_time(query.after, "after") if query.after else before - _DAY
        if before < after:
            raise BadValue("before is earlier than after", field="before")
        limit = query.limit if 0 < query.limit <= 100 else 20
        wanted = "from entry where time >= :after and time < :before"
        rows = self._store.read(
            f"select * {wanted} order by seq desc limit :limit offset :start", after=after, before=before, limit=limit, start=query.start
        )
        total = self._store.read(
            f"select count(*) as total from (select 1 {wanted} limit :counted)", after=after, before=before, counted=COUNTED
        )
        return LogPage(logs=[_old_item(row) for row in rows], total=total[0]["total"])

    def _rows(self, wanted: AuditFilter, limit: int, offset: int) -> list[dict[str, Any]]:
        where, named = _where(wanted)
        return self._store.read(
            f"select * from entry {where} order by seq desc limit :limit offset :offset", **named, limit=limit, offset=offset
        )


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula (owasp.org/www-community/attacks/CSV_Injection)."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _where(wanted: AuditFilter) -> tuple[str, dict[str, Any]]:
    """Only what is asked for is looked at; the words are ours, the values are not."""
    named = {name: value for name in _CONDITIONS if (value := getattr(wanted, name))}
    if "text" in named:
        named["text"] = named["text"].lower()
    return ("where " + " and ".join(_CONDITIONS[name] for name in named)) if named else "", named


def _item(row: dict[str, Any]) -> AuditItem:
    return AuditItem(**{name: row[name] for name in AuditItem.__struct_fields__})


def _utc(when: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(when))


def _old_time(text: str, field: str) -> float:
    """Local time of this server, as the old log means it."""
    try:
        return datetime.strptime(text, _OLD_TIME).timestamp()
    except ValueError as problem:
        raise BadValue(f"{field} must be a time such as 2024-05-01 10:20:30, not {text[:40]!r}", field=field) from problem


def _old_item(row: dict[str, Any]) -> LogItem:
    local = time.localtime(row["time"])
    return LogItem(
        id=time.strftime("%Y%m%d%H%M%S", local) + f"{row['seq'] % 1000:03}", time=time.strftime(_OLD_TIME, local), content=_sentence(row)
    )


def _sentence(row: dict[str, Any]) -> str:
    who = row["user"] or "somebody"
    if row["origin"] == "client":
        return f"{who} (client): {row['detail']}"
    what = " ".join(part for part in (row["kind"], row["name"] or row["object"]) if part)
    problem = "" if row["result"] == "ok" else f": {row['result']}" + (f", {row['detail']}" if row["detail"] else "")
    return f"{who}@{row['address']} {row['action']} {what}".rstrip() + problem
