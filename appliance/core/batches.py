"""Many guests at once: each item is an operation of its own, a batch only counts them."""

from __future__ import annotations

import threading
import uuid
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import asdict

from appliance.core.api.batches import BatchId, ChangedItem, CreatedItem
from appliance.core.api.guests import NewGuest
from appliance.core.api.instances import StartOptions, StopOptions
from appliance.core.model import OperationRecord
from appliance.core.register import told
from appliance.http.routes import Answer
from appliance.rights import Right
from nano_runtime.errors import BadValue, NanoError, NotFound

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from appliance.core.api.batches import NewGuests
    from appliance.core.guests import Guests
    from appliance.core.inventory import Inventory
    from appliance.core.register import Operations
    from appliance.core.workers import Workers
    from appliance.rights import Caller

KEPT = 3600.0
"""Seconds a batch that ended can still be asked for; its operation stays longer."""

MOST_KEPT = 1000

LABELS = {
    "create": ("creating", "created"),
    "delete": ("deleting", "deleted"),
    "start": ("starting", "started"),
    "stop": ("stopping", "stopped"),
}
FAILED = "fail"


@dataclass
class _Item:
    name: str
    guest: str = ""
    done: bool = False
    error: str = ""


@dataclass
class _Batch:
    id: str
    kind: str
    user: str
    items: list[_Item]
    touched: float
    left: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def status(self, item: _Item) -> str:
        under_way, over = LABELS[self.kind]
        return FAILED if item.error else over if item.done else under_way


class Batches:
    def __init__(self, guests: Guests, inventory: Inventory, operations: Operations, workers: Workers, now: Callable[[], float]) -> None:
        self._guests = guests
        self._inventory = inventory
        self._operations = operations
        self._workers = workers
        self._now = now
        self._gate = threading.Lock()
        self._batches: dict[str, _Batch] = {}

    def create(self, caller: Caller, wanted: NewGuests) -> BatchId:
        """What no guest of the batch could be is refused here; the rest, guest by guest."""
        if wanted.name_rule != "order":
            raise BadValue(f"name_rule must be 'order', not '{wanted.name_rule}'", field="name_rule")
        common = {name: value for name, value in asdict(wanted).items() if name not in ("name_rule", "name_prefix", "count")}
        names = [f"{wanted.name_prefix}_{index}" for index in range(wanted.count)]
        self._guests.require_possible(caller, NewGuest(name=names[0], **common))

        def make(item: _Item) -> Future[None]:
            made, ended = self._guests.begin_creation(caller, NewGuest(name=item.name, **common))
            item.guest = made.id
            return ended

        return self._begin(caller, "create", [_Item(name) for name in names], make)

    def delete(self, caller: Caller, ids: list[str]) -> BatchId:
        return self._begin(caller, "delete", self._chosen(caller, ids), lambda item: self._guests.begin_deletion(caller, item.guest))

    def start(self, caller: Caller, ids: list[str]) -> BatchId:
        return self._begin(caller, "start", self._chosen(caller, ids), lambda item: self._guests.start(caller, item.guest, StartOptions()))

    def stop(self, caller: Caller, ids: list[str], *, force: bool) -> BatchId:
        """An item has stopped when its cell took the command."""
        options = StopOptions(force=force)
        return self._begin(caller, "stop", self._chosen(caller, ids), lambda item: self._guests.stop(caller, item.guest, options))

    def created(self, caller: Caller, id: str) -> Answer[list[CreatedItem]]:
        batch = self._find(caller, id, "create")
        items = [
            CreatedItem(name=item.name, id=item.guest, status=batch.status(item), error=item.error, progress=self._progress(item))
            for item in batch.items
        ]
        return Answer(items, 202 if batch.left else 200)

    def changed(self, caller: Caller, id: str, kind: str) -> Answer[list[ChangedItem]]:
        batch = self._find(caller, id, kind)
        items = [ChangedItem(name=item.name, id=item.guest, status=batch.status(item), error=item.error) for item in batch.items]
        return Answer(items, 202 if batch.left else 200)

    def expire(self) -> None:
        """Forget what ended long ago."""
        limit = self._now() - KEPT
        with self._gate:
            self._batches = {id: batch for id, batch in self._batches.items() if batch.left or batch.touched > limit}

    def _chosen(self, caller: Caller, ids: list[str]) -> list[_Item]:
        """Nothing is started if one of them is unknown; one that is named twice is one."""
        return [_Item(self._guests.visible(caller, id).spec.name, guest=id) for id in dict.fromkeys(ids)]

    def _begin(self, caller: Caller, kind: str, items: list[_Item], work: Callable[[_Item], Future[None] | None]) -> BatchId:
        batch = _Batch(str(uuid.uuid4()), kind, caller.user, items, self._now(), left=len(items))
        with self._gate:
            self._batches[batch.id] = batch
            while len(self._batches) > MOST_KEPT:
                self._batches.pop(next(iter(self._batches)))
        name = items[0].name if len(items) == 1 else f"{items[0].name} and {len(items) - 1} more"
        self._operations.begin(
            OperationRecord(id=batch.id, kind=f"batch-{kind}", object=batch.id, object_name=name, user=caller.user, started=self._now())
        )
        for item in items:
            self._workers.submit(f"batch {batch.id}", partial(self._run, batch, item, work))
        return BatchId(id=batch.id)

    def _run(self, batch: _Batch, item: _Item, work: Callable[[_Item], Future[None] | None]) -> None:
        try:
            ended = work(item)
        except Exception as problem:
            self._end(batch, item, problem)
            if not isinstance(problem, NanoError):
                raise
            return
        if ended is None:
            self._end(batch, item, None)
        else:
            ended.add_done_callback(lambda promise: self._end(batch, item, promise.exception()))

    def _end(self, batch: _Batch, item: _Item, problem: BaseException | None) -> None:
        with batch.lock:
            item.done = problem is None
            item.error = "" if problem is None else told(problem)[1]
            batch.left -= 1
            batch.touched = self._now()
            left, total = batch.left, len(batch.items)
        if left:
            self._operations.step(batch.id, progress=100 * (total - left) // total, step=f"{batch.kind}-guests")
            return
        failed = [each for each in batch.items if each.error]
        if failed:
            self._operations.fail(batch.id, NanoError(f"{len(failed)} of {total} failed; {failed[0].name}: {failed[0].error}"))
        else:
            self._operations.succeed(batch.id)

    def _find(self, caller: Caller, id: str, kind: str) -> _Batch:
        batch = self._batches.get(id)
        if batch is None or batch.kind != kind or not (caller.user == batch.user or caller.may(Right.OPERATION_ALL)):
            raise NotFound(f"there is no batch {id[:64]!r}", hint="one that ended is forgotten after a while", field="id")
        return batch

    def _progress(self, item: _Item) -> int:
        if item.done:
            return 100
        guest = self._inventory.find(item.guest)
        return guest.progress if guest else 0
