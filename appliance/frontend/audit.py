"""The audit log: entries that can only be added, each proving the one before it.

An entry's `hash` is an HMAC-SHA256 over the previous hash and everything in the entry, under a key that lies beside the
database: whoever can change the database but not read the key cannot make a chain that fits. The head of the chain is
kept with a proof of its own, so that entries cut off at the new end are missed, too. Retention cuts at the old end and
writes an entry that tells where the chain begins since then.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import os
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import msgspec

from nano_runtime import secrets
from nano_runtime.errors import Damaged
from nano_runtime.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nano_runtime.home import Home
    from nano_runtime.store import Execute

log = logging.getLogger(__name__)

START = "0" * 64
CUT = "cut_log"
"""The action of an entry that retention wrote."""

_DAY = 86400.0
_PAGE = 1000
_COLUMNS = "time user address origin action kind object name result detail".split()

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """create table entry (
            seq integer primary key,
            time real not null,
            user text not null,
            address text not null,
            origin text not null,
            action text not null,
            kind text not null,
            object text not null,
            name text not null,
            result text not null,
            detail text not null,
            previous text not null,
            hash text not null) strict""",
        "create index entry_time on entry (time)",
        "create table head (one integer primary key check (one = 1), seq integer not null, hash text not null, proof text not null) strict",
    ),
)


class Entry(msgspec.Struct, kw_only=True, frozen=True):
    """What happened. `origin` is "server", or "client" for what a client claims; `result` is ok, refused or failed."""

    user: str = ""
    address: str = ""
    origin: str = "server"
    action: str
    kind: str = ""
    object: str = ""
    name: str = ""
    result: str = "ok"
    detail: str = ""


class Logged(Entry, frozen=True):
    """An entry in its place in the chain. `time` in seconds since the epoch."""

    seq: int
    time: float
    previous: str
    hash: str


@dataclass(frozen=True)
class Verdict:
    """`first` and `last` bound what was checked; `broken` is the first entry that does not fit, 0 where all do."""

    first: int
    last: int
    head: str
    broken: int = 0
    problem: str = ""


class AuditLog:
    """Append-only. Two processes may write: the place in the chain is taken in the transaction that adds the entry."""

    def __init__(self, home: Home, clock: Callable[[], float]) -> None:
        """Raises Damaged for a database it cannot use, or one whose key is gone."""
        self._clock = clock
        self._still = threading.Lock()  # nothing is cut off while somebody checks
        fresh = not (home.data / "audit.db").exists()
        self.store = Store(home.data / "audit.db", MIGRATIONS)
        try:
            self._key = _key(home.data / "audit.key", make=fresh or not self.store.read("select 1 from head"))
        except BaseException:
            self.store.close()
            raise

    def close(self) -> None:
        self.store.close()

    def append(self, *entries: Entry) -> None:
        """Raises Unavailable when the disk is full or fails."""
        now = self._clock()
        self.store.write(lambda execute: [self._add(execute, entry, now) for entry in entries])

    def cut(self, days: int) -> int:
        """Forget what is older than so many days (0 = nothing); answers how many entries went."""
        if not days:
            return 0
        with self._still:
            return self.store.write(lambda execute: self._cut(execute, self._clock(), days))

    def verify(self) -> Verdict:
        """Check the whole chain against its key and head; reads page by page."""
        with self._still:
            verdict = self._verify()
        if verdict.broken:
            log.error("the audit log is broken at entry %d: %s", verdict.broken, verdict.problem)
        return verdict

    def _add(self, execute: Execute, entry: Entry, now: float) -> Logged:
        [head] = execute("select seq, hash from head") or [{"seq": 0, "hash": START}]
        seq, previous = head["seq"] + 1, head["hash"]
        fields = {name: getattr(entry, name) for name in _COLUMNS if name != "time"}
        logged = Logged(seq=seq, time=now, previous=previous, hash=self._hash(previous, {"seq": seq, "time": now, **fields}), **fields)
        names = ["seq", *_COLUMNS, "previous", "hash"]
        execute(f"insert into entry values ({', '.join(f':{name}' for name in names)})", **{name: getattr(logged, name) for name in names})
        execute(
            "insert or replace into head values (1, :seq, :hash, :proof)", seq=seq, hash=logged.hash, proof=self._proof(seq, logged.hash)
        )
        return logged

    def _cut(self, execute: Execute, now: float, days: int) -> int:
        found = execute("select max(seq) as last, count(*) as entries from entry where time < :limit", limit=now - days * _DAY)[0]
        # the head stays, because it says how far the chain reaches
        if not found["entries"] or not execute("select 1 from entry where seq > :last", last=found["last"]):
            return 0
        [row] = execute("select hash from entry where seq = :last", last=found["last"])
        execute("delete from entry where seq <= :last", last=found["last"])
        detail = f"entries up to {found['last']} were removed after {days} days; the last one had the hash {row['hash']}"
        self._add(execute, Entry(action=CUT, kind="log", object=str(found["last"]), name=row["hash"], detail=detail), now)
        return int(found["entries"])

    def _verify(self) -> Verdict:
        first = self.store.read("select seq, previous from entry order by seq limit 1")
        if not first:
            gone = bool(self.store.read("select 1 from head"))
            return Verdict(0, 0, START, broken=int(gone), problem="every entry is gone" if gone else "")
        begin, previous = first[0]["seq"], first[0]["previous"]
        if begin == 1 and previous != START:
            return Verdict(begin, begin, previous, broken=1, problem="the first entry does not begin the chain")
        cuts: set[tuple[str, str]] = set()
        verdict, head, before = Verdict(begin, begin - 1, previous), self._head(), None
        while True:
            last = verdict.last
            verdict = self._follow(verdict, cuts)
            if verdict.broken or (head == before and verdict.last == last) or head[:2] == (verdict.last, verdict.head):
                break
            before, head = head, self._head()  # entries may be added meanwhile
        if verdict.broken:
            return verdict
        if begin > 1 and (str(begin - 1), previous) not in cuts:
            return replace(verdict, broken=begin, problem="older entries are gone, and not by retention")
        return self._with_head(verdict, head)

    def _follow(self, verdict: Verdict, cuts: set[tuple[str, str]]) -> Verdict:
        """Go on from the last entry of a verdict as far as there are entries that fit; collects what retention cut."""
        last, previous = verdict.last, verdict.head
        while page := self.store.read("select * from entry where seq > :last order by seq limit :page", last=last, page=_PAGE):
            for row in page:
                if problem := self._problem(row, last + 1, previous):
                    return Verdict(verdict.first, last, previous, broken=last + 1, problem=problem)
                if row["action"] == CUT and row["origin"] == "server":
                    cuts.add((row["object"], row["name"]))
                last, previous = row["seq"], row["hash"]
        return Verdict(verdict.first, last, previous)

    def _head(self) -> tuple[int, str, str]:
        rows = self.store.read("select seq, hash, proof from head")
        return (rows[0]["seq"], rows[0]["hash"], rows[0]["proof"]) if rows else (0, "", "")

    def _with_head(self, verdict: Verdict, head: tuple[int, str, str]) -> Verdict:
        """Whether the chain reaches as far as it did."""
        seq, hash, proof = head
        true = secrets.same(proof, self._proof(seq, hash))
        if true and (seq, hash) == (verdict.last, verdict.head):
            return verdict
        problem = "newer entries are gone" if true and seq > verdict.last else "the record of the end is not true"
        return replace(verdict, broken=verdict.last + 1, problem=problem)

    def _problem(self, row: dict[str, Any], expected: int, previous: str) -> str:
        if row["seq"] != expected:
            return f"entries {expected} to {row['seq'] - 1} are gone"
        if row["previous"] != previous:
            return "it does not follow the entry before it"
        return "" if secrets.same(self._hash(previous, row), row["hash"]) else "it was changed"

    def _hash(self, previous: str, row: dict[str, Any]) -> str:
        return self._mac(previous, *(row[name] for name in ("seq", *_COLUMNS)))

    def _proof(self, seq: int, hash: str) -> str:
        return self._mac("head", seq, hash)

    def _mac(self, *parts: Any) -> str:
        """A list as JSON tells where one part ends and the next begins."""
        return hmac.new(self._key, msgspec.json.encode(parts), hashlib.sha256).hexdigest()


def _key(path: Path, *, make: bool) -> bytes:
    """The key of the chain; a new one only where there is no chain yet."""
    if not path.exists():
        if not make:
            raise Damaged(f"{path} is missing, so nobody can tell whether the audit log is whole", hint="restore it from a copy")
        number = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with open(number, "w", encoding="ascii") as file:
            file.write(secrets.token(32) + "\n")
            file.flush()
            os.fsync(file.fileno())
    key = path.read_bytes().strip()
    if len(key) < 32:
        raise Damaged(f"{path} is no key", hint="restore it from a copy")
    return key
