"""All-or-nothing operations: a story of steps, a journal, and the way back or forward.

Laws a story keeps:
- plan first: an operation is data decided beforehand, and `story()` is pure, so it tells the same steps after a crash;
- do and undo may run twice, or after a half-done run: `do` is content to find its work done, `undo` to find nothing;
- what cannot be undone comes after `PointOfNoReturn`; from there an interrupted operation is finished, not taken back.
"""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from nano_runtime.errors import Conflict, Damaged

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)

Host = TypeVar("Host")


class Step(msgspec.Struct, Generic[Host], frozen=True, tag_field="step"):
    """One change to the world, and how to take it back."""

    def do(self, host: Host) -> None:
        raise NotImplementedError

    def undo(self, host: Host) -> None:
        """Nothing to take back, unless a step says otherwise."""


class PointOfNoReturn(Step[Host], frozen=True, tag="point-of-no-return"):
    def do(self, host: Host) -> None:
        """A mark in the story; it changes nothing."""


class Operation(msgspec.Struct, Generic[Host], frozen=True, tag_field="operation", kw_only=True):
    """Everything an operation has decided beforehand, and the story it tells. `id` is a fresh UUID."""

    id: str

    def story(self) -> Iterator[Step[Host]]:
        raise NotImplementedError


BEGUN = b"."
OVER = b"!"

Watch = Callable[[str, int, int, str], None]
"""Told (operation id, steps begun, steps in all, tag of the step) before each step."""


def _nobody_watches(operation: str, begun: int, total: int, step: str) -> None:
    return


class Journal(Generic[Host]):
    """Intent, on disk, before every step. A finished operation leaves no page.

    A page is one line of JSON (the operation), then a form: one byte for each step and one for the end, blank until
    that step has begun or all is over. Filling in a blank changes no length, so it costs one write to the disk.
    `operations` is the union of the operation types this journal may hold.
    """

    def __init__(self, folder: Path, operations: object) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder = folder
        self._decoder: msgspec.json.Decoder[Operation[Host]] = msgspec.json.Decoder(operations)
        for draft in folder.glob("*.draft"):  # died before its operation began
            draft.unlink()

    def open(self, operation: Operation[Host]) -> Page:
        """Write the page of a new operation. Raises Conflict if this operation has one already."""
        path = self._path(operation.id)
        head = msgspec.json.encode(operation) + b"\n"
        form = b" " * (len(list(operation.story())) + 1)
        number, draft = tempfile.mkstemp(".draft", dir=self._folder)
        try:
            with open(number, "wb") as file:
                file.write(head + form)
                file.flush()
                os.fsync(number)
            os.link(draft, path)  # unlike a rename, it refuses to replace a page
        except FileExistsError as problem:
            raise Conflict(f"operation {operation.id} is under way already") from problem
        finally:
            os.unlink(draft)
        _flush_folder(self._folder)
        return Page(path, len(head))

    def reopen(self, operation: Operation[Host]) -> Page:
        """The page of an operation that a crash interrupted."""
        path = self._path(operation.id)
        return Page(path, path.read_bytes().index(b"\n") + 1)

    def unfinished(self) -> Iterator[tuple[Operation[Host], int]]:
        """Every open operation with the number of steps it has begun, oldest first."""
        for path in sorted(self._folder.glob("*.page"), key=lambda path: path.stat().st_mtime_ns):
            plan, _, form = path.read_bytes().partition(b"\n")
            if form.endswith(OVER):  # died between the end and the removal of the page
                path.unlink()
                continue
            try:
                yield self._decoder.decode(plan), form.count(BEGUN)
            except msgspec.MsgspecError as problem:
                raise Damaged(f"journal page {path} cannot be read: {problem}", hint="move it away to go on") from problem

    def begun(self, operation: str) -> int | None:
        """How many steps one operation has begun; None if it has no page (any more)."""
        try:
            form = self._path(operation).read_bytes().partition(b"\n")[2]
        except FileNotFoundError:
            return None
        return None if form.endswith(OVER) else form.count(BEGUN)

    def _path(self, operation: str) -> Path:
        if not operation or "/" in operation or operation.startswith("."):
            raise ValueError(f"{operation!r} cannot name an operation")
        return self._folder / f"{operation}.page"


class Page:
    """What the journal says of one operation; the file stays open while it runs."""

    def __init__(self, path: Path, head: int) -> None:
        self._path = path
        self._head = head
        self._file = path.open("r+b", buffering=0)

    def note(self, step: int) -> None:
        """Write that this step (counted from 0) has begun; writing it again changes nothing."""
        self._fill_in(self._head + step, BEGUN)

    def remove(self) -> None:
        """End the operation. The mark comes first: an unlink may be lost with the power, and bring the page back."""
        self._fill_in(os.fstat(self._file.fileno()).st_size - 1, OVER)
        self._path.unlink(missing_ok=True)

    def __enter__(self) -> Page:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def _fill_in(self, place: int, mark: bytes) -> None:
        os.pwrite(self._file.fileno(), mark, place)
        os.fdatasync(self._file.fileno())


def run(operation: Operation[Host], host: Host, journal: Journal[Host], watch: Watch = _nobody_watches) -> None:
    """Do every step, or none. Raises what the failing step raised, after taking back what was done."""
    carry_out(operation, host, journal.open(operation), watch)


def carry_out(operation: Operation[Host], host: Host, page: Page, watch: Watch = _nobody_watches) -> None:
    """The second half of `run`, for a caller that promises the outcome once the page is open and works later."""
    with page:
        _go_on(operation, 0, host, page, watch)


def recover(host: Host, journal: Journal[Host], watch: Watch = _nobody_watches) -> list[Operation[Host]]:
    """Finish or take back what a crash interrupted; may be called again when something needed has come back.

    Answers what is still unfinished: operations whose way back or forward failed once more. Runs before a service
    answers anyone, and never beside a running operation of the same journal.
    """
    return [operation for operation, begun in list(journal.unfinished()) if not recover_one(operation, begun, host, journal, watch)]


def recover_one(operation: Operation[Host], begun: int, host: Host, journal: Journal[Host], watch: Watch = _nobody_watches) -> bool:
    """Finish or take back one interrupted operation; False when it could not be done now."""
    log.warning("operation %s was interrupted in step %d", operation.id, begun)
    with journal.reopen(operation) as page:
        if not _cannot_return(operation, begun):
            return _take_back(operation, begun, host, page)
        try:
            _go_on(operation, begun - 1, host, page, watch)
        except Exception:
            log.exception("could not finish operation %s; it stays in the journal", operation.id)
            return False
        return True


def _go_on(operation: Operation[Host], done: int, host: Host, page: Page, watch: Watch) -> None:
    steps = list(operation.story())
    begun = done
    try:
        for step in steps[done:]:
            page.note(begun)
            begun += 1
            watch(operation.id, begun, len(steps), str(type(step).__struct_config__.tag))
            step.do(host)
    except BaseException:
        if not _cannot_return(operation, begun):
            _take_back(operation, begun, host, page)
        raise
    page.remove()


def _take_back(operation: Operation[Host], begun: int, host: Host, page: Page) -> bool:
    for step in reversed(list(operation.story())[:begun]):
        try:
            step.undo(host)
        except Exception:
            log.exception("could not take back %s of operation %s; it stays in the journal", step, operation.id)
            return False
    page.remove()
    return True


def _cannot_return(operation: Operation[Host], begun: int) -> bool:
    return any(isinstance(step, PointOfNoReturn) for step in list(operation.story())[:begun])


def _flush_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
