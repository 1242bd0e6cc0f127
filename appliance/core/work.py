"""Carry out operations on guests: journaled, in the lane of their cell, and recovered when that cell is back."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from appliance.core.model import Guest, OperationRecord, Work
from appliance.core.operations import (
    CoreOperation,
    CreatingGuest,
    DeletingGuest,
    DiskOperation,
    ResettingSystem,
    ResizingDisk,
    ShrinkingDisk,
)
from appliance.protocol.guests import (
    CreateGuest,
    DeleteGuest,
    DiscardGuest,
    GuestReport,
    GuestSpec,
    GuestState,
    ResetSystem,
    ResizeDisk,
    ShrinkDisk,
    StartGuest,
)
from nano_runtime.errors import NanoError, Unavailable
from nano_runtime.operation import Journal, Page, carry_out, recover_one

if TYPE_CHECKING:
    from concurrent.futures import Future

    from appliance.core.inventory import Inventory
    from appliance.core.links import Links
    from appliance.core.operations.steps import Zone
    from appliance.core.register import Operations
    from appliance.core.registry import Registry
    from appliance.core.workers import Workers
    from nano_runtime.messages import Request

log = logging.getLogger(__name__)

MAKING = 60.0
"""Seconds a cell may take to make a blank guest."""
COPYING = 3600.0
"""Seconds it may take to make one from an image; a link that breaks meanwhile ends the wait at once."""
STARTING = 60.0
DISCARDING = 60.0

KINDS = {
    "creating-guest": "create-guest",
    "deleting-guest": "delete-guest",
    "resizing-disk": "resize-disk",
    "shrinking-disk": "shrink-disk",
    "resetting-system": "reset-system",
}
WORK: dict[type, Work] = {
    CreatingGuest: Work.CREATING,
    DeletingGuest: Work.DELETING,
    ResizingDisk: Work.RESIZING,
    ShrinkingDisk: Work.SHRINKING,
    ResettingSystem: Work.RESETTING,
}
"""How a guest looks while this is done to it."""
PROGRESS = {"reserve-guest": 0, "make-on-cell": 5, "confirm-guest": 90, "start-on-cell": 95, "delete-on-cell": 10, "forget-guest": 90}
"""Percent at which a step begins; the cell's own report fills the gap after make-on-cell."""

FAILURES_KEPT = 1000


class GuestWork:
    """Runs operations; is the Zone that their steps change."""

    def __init__(
        self, journal: Journal[Zone], inventory: Inventory, links: Links, registry: Registry, operations: Operations, workers: Workers
    ) -> None:
        self._journal = journal
        self._inventory = inventory
        self._links = links
        self._registry = registry
        self._operations = operations
        self._workers = workers
        self._lock = threading.Lock()
        self._stuck: dict[str, CoreOperation] = {}
        self._failures: OrderedDict[str, tuple[GuestSpec, NanoError]] = OrderedDict()

    # What the steps change

    def reserve(self, spec: GuestSpec, cell: str, operation: str) -> None:
        self._inventory.put(reserved(spec, cell, operation))

    def make(self, spec: GuestSpec, cell: str) -> None:
        report = self._links.ask_for_long(cell, CreateGuest(spec=spec), seconds=COPYING if spec.image else MAKING)
        self._inventory.take_in(report, cell, spec.pool)

    def confirm(self, guest: str) -> None:
        self._inventory.save(guest)

    def start(self, guest: str, cell: str) -> None:
        report = self._links.ask_for_long(cell, StartGuest(guest=guest), seconds=STARTING)
        self._inventory.take_in(report, cell, report.spec.pool)

    def discard(self, guest: str, cell: str) -> None:
        if cell in self._registry.cells:
            self._links.ask_for_long(cell, DiscardGuest(guest=guest), seconds=DISCARDING)

    def delete(self, guest: str, cell: str) -> None:
        if cell in self._registry.cells:
            self._links.ask_for_long(cell, DeleteGuest(guest=guest), seconds=DISCARDING)

    def resize_disk(self, guest: str, cell: str, index: int, size: int) -> None:
        self._alter(cell, ResizeDisk(guest=guest, index=index, size=size))

    def shrink_disk(self, guest: str, cell: str, index: int) -> None:
        self._alter(cell, ShrinkDisk(guest=guest, index=index))

    def reset_system(self, guest: str, cell: str, image: str) -> None:
        self._alter(cell, ResetSystem(guest=guest, image=image))

    def _alter(self, cell: str, request: Request[GuestReport]) -> None:
        report = self._links.ask_for_long(cell, request, seconds=COPYING)
        self._inventory.take_in(report, cell, report.spec.pool)
        self._inventory.save(report.spec.id)

    def forget(self, guest: str) -> None:
        self._inventory.erase(guest)

    # Running them

    def begin(self, operation: CoreOperation) -> Future[None]:
        """Promise an operation: it is in the journal when this returns. The future tells how it ended."""
        page = self._journal.open(operation)
        self._operations.begin(record_of(operation))
        return self._workers.submit(operation.cell, partial(self._carry_out, operation, page))

    def progress(self, guest: str, percent: int, step: str) -> None:
        """What a cell says of work under way."""
        known = self._inventory.find(guest)
        if known is not None and known.work is Work.CREATING:
            start, end = PROGRESS["make-on-cell"], PROGRESS["confirm-guest"]
            self._advance(known.operation, guest, start + (end - start) * min(max(percent, 0), 100) // 100, step)
        elif known is not None and known.work in (Work.RESIZING, Work.SHRINKING, Work.RESETTING):
            self._advance(known.operation, guest, min(max(percent, 0), 99), step)

    def take_failure(self, guest: str, *, visible: bool) -> NanoError | None:
        """Why a creation failed; told once."""
        with self._lock:
            return self._failures.pop(guest)[1] if visible and guest in self._failures else None

    def failed_spec(self, guest: str) -> GuestSpec | None:
        with self._lock:
            return self._failures[guest][0] if guest in self._failures else None

    def record(self, operation: str) -> OperationRecord | None:
        """What the register knows of an operation, also of one that ended."""
        return self._operations.find(operation)

    def find_interrupted(self) -> None:
        """At start: show what the journal holds; what never reached a cell is taken back at once, the rest waits for its cell."""
        for operation, begun in list(self._journal.unfinished()):
            assert isinstance(operation, CoreOperation)
            self._operations.resume(record_of(operation))
            self._mark(operation)
            self._stuck[operation.id] = operation
            if begun <= 1 and isinstance(operation, CreatingGuest):
                self._recover(operation)
        self._operations.settle(self._happened)

    def _happened(self, record: OperationRecord) -> bool:
        """Whether an operation without a page in the journal came to its end, as far as its guest tells."""
        if record.kind not in ("create-guest", "delete-guest"):
            return False
        return (self._inventory.find(record.object) is not None) == (record.kind == "create-guest")

    def recover(self, cell: str) -> None:
        """Finish or take back what waits for this cell. Called whenever it may answer again."""
        with self._lock:
            waiting = [operation for operation in self._stuck.values() if operation.cell == cell]
        for operation in waiting:
            self._recover(operation)

    def retry(self) -> None:
        """Try again, in the background, what waits although its cell answers or is gone for good."""
        with self._lock:
            cells = {operation.cell for operation in self._stuck.values()}
        for cell in cells:
            if self._links.live(cell).alive or cell not in self._registry.cells:
                self._workers.submit(cell, partial(self.recover, cell))

    def _carry_out(self, operation: CoreOperation, page: Page) -> None:
        try:
            carry_out(operation, self, page, self._watch)
        except Exception as problem:
            self._after_failure(operation, problem)
            raise
        self._succeeded(operation)

    def _watch(self, operation: str, begun: int, total: int, step: str) -> None:
        record = self._operations.under_way(operation)
        if record is not None:
            self._advance(operation, record.object, PROGRESS.get(step, 0), step)

    def _advance(self, operation: str, guest: str, percent: int, step: str) -> None:
        self._inventory.change(guest, progress=percent)
        self._operations.step(operation, progress=percent, step=step)

    def _after_failure(self, operation: CoreOperation, problem: Exception) -> None:
        if isinstance(operation, CreatingGuest):
            self._remember_failure(operation.spec, problem)
        if self._journal.begun(operation.id) is None:
            if isinstance(operation, DiskOperation):
                self._inventory.change(operation.guest, work=None, operation="", progress=0)
            self._operations.fail(operation.id, problem)
            return
        self._mark(operation)
        with self._lock:
            self._stuck[operation.id] = operation
        self._operations.wait(operation.id, problem)

    def _recover(self, operation: CoreOperation) -> None:
        with self._lock:
            mine = self._stuck.pop(operation.id, None)
        begun = self._journal.begun(operation.id)
        if mine is None or begun is None:
            return
        if isinstance(operation, DiskOperation):
            self._ask_again(operation)
            return
        if not recover_one(operation, begun, self, self._journal, self._watch):
            with self._lock:
                self._stuck[operation.id] = operation
        elif isinstance(operation, CreatingGuest):
            problem = Unavailable(f"the creation of '{operation.spec.name}' was interrupted and taken back", hint="create it again")
            record = self._operations.under_way(operation.id)
            if record is None or not record.error:
                self._remember_failure(operation.spec, problem)
            self._operations.fail(operation.id, problem)
        elif begun:
            self._operations.succeed(operation.id)
        else:  # nothing was done yet
            self._inventory.change(operation.guest, work=None, operation="")
            self._operations.fail(operation.id, Unavailable(f"the deletion of '{operation.name}' was interrupted", hint="delete it again"))

    def _ask_again(self, operation: DiskOperation) -> None:
        try:
            self._carry_out(operation, self._journal.reopen(operation))
        except NanoError as problem:
            log.warning("%s of '%s', asked for again after a restart, failed: %s", record_of(operation).kind, operation.name, problem)

    def _succeeded(self, operation: CoreOperation) -> None:
        if not isinstance(operation, DeletingGuest):
            self._inventory.change(record_of(operation).object, work=None, operation="", progress=0)
        self._operations.succeed(operation.id)

    def _mark(self, operation: CoreOperation) -> None:
        """Show the guest of an operation that waits: what is left of a creation is on its way out too."""
        if isinstance(operation, CreatingGuest):
            known = self._inventory.find(operation.spec.id) or reserved(operation.spec, operation.cell, operation.id)
            self._inventory.put(replace(known, work=Work.DELETING, operation=operation.id))
        else:
            self._inventory.change(operation.guest, work=WORK[type(operation)], operation=operation.id)

    def _remember_failure(self, spec: GuestSpec, problem: Exception) -> None:
        told = problem if isinstance(problem, NanoError) else NanoError("an unforeseen failure", hint="see log/core.log")
        with self._lock:
            self._failures.setdefault(spec.id, (spec, told))
            while len(self._failures) > FAILURES_KEPT:
                self._failures.popitem(last=False)


def reserved(spec: GuestSpec, cell: str, operation: str) -> Guest:
    """A guest that holds its name and room, and is not there yet."""
    report = GuestReport(spec=spec, state=GuestState.STOPPED, since=spec.created)
    return Guest(report=report, cell=cell, work=Work.CREATING, operation=operation)


def record_of(operation: CoreOperation) -> OperationRecord:
    guest, name = (operation.spec.id, operation.spec.name) if isinstance(operation, CreatingGuest) else (operation.guest, operation.name)
    kind = KINDS[str(type(operation).__struct_config__.tag)]
    return OperationRecord(id=operation.id, kind=kind, object=guest, object_name=name, user=operation.user, started=operation.asked)
