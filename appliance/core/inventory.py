"""All guests Core knows, in memory; rebuilt from the cells, with a durable copy for the time a cell is away."""

from __future__ import annotations

import re
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from appliance.core.model import Guest, Work
from appliance.core.placement import Demand
from nano_runtime.errors import Conflict, NotFound

if TYPE_CHECKING:
    from appliance.core.backlog import Backlog
    from appliance.protocol.guests import GuestReport, GuestSpec
    from nano_runtime.store import Store

Watch = Callable[[Guest | None, Guest | None], None]
"""Told (before, after) of every change, None for "not there", in the order of the changes; must be quick."""

MEMORY_OF_THE_DELETED = 60.0
"""Seconds in which a late report of a deleted guest does not bring it back."""

HELD = "held"
"""Stands for the id of a guest where a name is not its own yet."""

_SAVE = "insert into guest values (:id, :cell, :body) on conflict (id) do update set cell = excluded.cell, body = excluded.body"
_NUMBERED = re.compile(r"(.*?)-?(\d+)?")


class Inventory:
    """Readers take a snapshot; whoever looks before it changes holds `changing()`, never while asking a cell."""

    def __init__(self, store: Store, backlog: Backlog, watch: Watch, clock: Callable[[], float]) -> None:
        self._store = store
        self._backlog = backlog
        self._watch = watch
        self._clock = clock
        self._lock = threading.RLock()
        self._guests: dict[str, Guest] = {}
        self._names: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._promised: dict[str, Demand] = defaultdict(Demand)
        self._coming: dict[str, Demand] = defaultdict(Demand)
        self._deleted: dict[str, float] = {}
        for row in store.read("select body from guest"):
            guest = msgspec.json.decode(row["body"], type=Guest)
            self._count(guest)
            self._guests[guest.spec.id] = guest

    @contextmanager
    def changing(self) -> Iterator[None]:
        with self._lock:
            yield

    def all(self) -> list[Guest]:
        with self._lock:
            return list(self._guests.values())

    def of_cell(self, cell: str) -> list[Guest]:
        return [guest for guest in self.all() if guest.cell == cell]

    def find(self, id: str) -> Guest | None:
        return self._guests.get(id)

    def get(self, id: str) -> Guest:
        guest = self._guests.get(id)
        if guest is None:
            raise NotFound(f"there is no guest {id[:64]!r}", field="id")
        return guest

    def promised(self, cell: str) -> Demand:
        """What all guests of a cell may use together."""
        return self._promised[cell]

    def coming(self, cell: str) -> Demand:
        """What the guests that are being created there will use."""
        return self._coming[cell]

    def require_free_name(self, pool: str, group: str, name: str) -> None:
        """Raises Conflict with the next free name."""
        if not self._names.get((pool, f"{group}.{name}")):
            return
        stem, number = _NUMBERED.fullmatch(name).groups()  # type: ignore[union-attr]  # it matches every text
        count = int(number or 1) + 1
        while self._names.get((pool, f"{group}.{stem}-{count}")):
            count += 1
        raise Conflict(f"a guest '{group}.{name}' exists in pool '{pool}'", hint=f"'{stem}-{count}' is free", field="name")

    @contextmanager
    def holding_name(self, spec: GuestSpec, group: str, name: str) -> Iterator[None]:
        """Keep a name for a guest that is to take it; Conflict if another has it."""
        key = (spec.pool, f"{group}.{name}")
        with self._lock:
            self.require_free_name(spec.pool, group, name)
            self._names[key].add(HELD)
        try:
            yield
        finally:
            with self._lock:
                self._names[key].discard(HELD)
                if not self._names[key]:
                    del self._names[key]

    def put(self, guest: Guest) -> None:
        """Add or replace a guest in memory."""
        with self._lock:
            before = self._guests.get(guest.spec.id)
            if before == guest:
                return
            if before is not None:
                self._uncount(before)
            self._count(guest)
            self._guests[guest.spec.id] = guest
            self._watch(before, guest)

    def change(self, id: str, **changes: object) -> Guest | None:
        """Replace some fields of a guest; None if it is gone."""
        with self._lock:
            guest = self._guests.get(id)
            if guest is not None:
                self.put(replace(guest, **changes))
            return self._guests.get(id)

    def show(self, guest: Guest) -> None:
        """Tell those who watch once more, because something around the guest changed."""
        with self._lock:
            current = self._guests.get(guest.spec.id)
            if current is not None:
                self._watch(current, current)

    def remove(self, id: str) -> None:
        with self._lock:
            self._deleted[id] = self._clock()
            guest = self._guests.pop(id, None)
            if guest is not None:
                self._uncount(guest)
                self._watch(guest, None)

    def save(self, id: str) -> None:
        """Make what is known of a guest durable, now."""
        guest = self.get(id)
        row = _row(guest)
        self._backlog.now(("guest", id), lambda execute: execute(_SAVE, **row))

    def erase(self, id: str) -> None:
        """Forget a guest, in memory first, so that no late report writes it again behind the deletion."""
        self.remove(id)
        self._backlog.now(("guest", id), lambda execute: execute("delete from guest where id = :id", id=id))

    def take_in(self, report: GuestReport, cell: str, pool: str) -> None:
        """What a cell says of a guest: the newest word, unless the guest is being deleted for good or was just deleted."""
        with self._lock:
            known = self._guests.get(report.spec.id)
            if known is None and self._clock() - self._deleted.get(report.spec.id, -MEMORY_OF_THE_DELETED) < MEMORY_OF_THE_DELETED:
                return
            report = replace(report, spec=_placed(report.spec, pool or (known.spec.pool if known else report.spec.pool)))
            guest = replace(known, report=report, cell=cell, missing=False) if known else Guest(report=report, cell=cell)
            self.put(guest)
            if guest.work is not Work.CREATING and (known is None or known != guest):
                row = _row(guest)
                self._backlog.soon(("guest", report.spec.id), lambda execute: execute(_SAVE, **row))

    def miss(self, ids: Iterable[str]) -> None:
        """Their cell answered without them."""
        with self._lock:
            for id in ids:
                guest = self._guests.get(id)
                if guest is not None and not guest.work:
                    self.change(id, missing=True)

    def prune(self) -> None:
        """Forget which guests were deleted long ago."""
        with self._lock:
            limit = self._clock() - MEMORY_OF_THE_DELETED
            self._deleted = {id: at for id, at in self._deleted.items() if at > limit}

    def _count(self, guest: Guest) -> None:
        self._names[guest.spec.pool, guest.spec.name].add(guest.spec.id)
        self._promised[guest.cell] += demand_of(guest.spec)
        if guest.work is Work.CREATING:
            self._coming[guest.cell] += demand_of(guest.spec)

    def _uncount(self, guest: Guest) -> None:
        named = self._names[guest.spec.pool, guest.spec.name]
        named.discard(guest.spec.id)
        if not named:
            del self._names[guest.spec.pool, guest.spec.name]
        self._promised[guest.cell] -= demand_of(guest.spec)
        if guest.work is Work.CREATING:
            self._coming[guest.cell] -= demand_of(guest.spec)


def demand_of(spec: GuestSpec) -> Demand:
    return Demand(cores=spec.cores, memory=spec.memory, disk=sum(spec.disks))


def _placed(spec: GuestSpec, pool: str) -> GuestSpec:
    return spec if spec.pool == pool else replace(spec, pool=pool)


def _row(guest: Guest) -> dict[str, str]:
    """The durable part: what Core is doing to a guest stands in the journal, not here."""
    kept = replace(guest, work=None, operation="", progress=0)
    return {"id": guest.spec.id, "cell": guest.cell, "body": msgspec.json.encode(kept).decode()}
