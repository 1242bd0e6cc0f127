"""All-or-nothing operations: a story of steps, a journal, and the way back or forward.

Laws a story keeps:
- plan first: an operation is data decided beforehand, and `story()` is pure, so it tells the same steps after a crash;
- do and undo may run twice, or after a half-done run: `do` is content to find its work done, `undo` to find nothing;
- what cannot be undone comes after `PointOfNoReturn`; from there an interrupted operation is finished, not taken back.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from nano_runtime.errors import Damaged

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


Watch = Callable[[str, int, int, str], None]
"""Told (operation id, steps begun, steps in all, tag of the step) before each step."""


def _nobody_watches(operation: str, begun: int, total: int, step: str) -> None:
    return


class Journal(Generic[Host]):
    """Intent, on disk, before every step. A finished operation leaves no page.

    A page is one line of JSON (the operation) followed by one byte for each step begun. `operations` is the union
    of the operation types this journal may hold.
    """

    def __init__(self, folder: Path, operations: object) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder = folder
        self._decoder: msgspec.json.Decoder[Operation[Host]] = msgspec.json.Decoder(operations)
        for draft in folder.glob("*.draft"):  # died before its operation began
            draft.unlink()

    def open(self, operation: Operation[Host]) -> None:
        draft = self._page(operation.id).with_suffix(".draft")
        with draft.open("wb") as page:
            page.write(msgspec.json.encode(operation) + b"\n")
            page.flush()
            os.fsync(page.fileno())
        draft.rename(self._page(operation.id))
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def note(self, operation: Operation[Host]) -> None:
        """Write that one more step has begun."""
        with self._page(operation.id).open("ab") as page:
            page.write(b".")
            page.flush()
            os.fdatasync(page.fileno())

    def close(self, operation: Operation[Host]) -> None:
        self._page(operation.id).unlink(missing_ok=True)

    def unfinished(self) -> Iterator[tuple[Operation[Host], int]]:
        """Every open operation with the number of steps it has begun, oldest first."""
        for page in sorted(self._folder.glob("*.page"), key=lambda page: page.stat().st_mtime_ns):
            plan, _, begun = page.read_bytes().partition(b"\n")
            try:
                yield self._decoder.decode(plan), len(begun)
            except msgspec.MsgspecError as problem:
                raise Damaged(f"journal page {page} cannot be read: {problem}", hint="move it away to go on") from problem

    def _page(self, operation: str) -> Path:
        return self._folder / f"{operation}.page"


def run(operation: Operation[Host], host: Host, journal: Journal[Host], watch: Watch = _nobody_watches) -> None:
    """Do every step, or none. Raises what the failing step raised, after taking back what was done."""
    journal.open(operation)
    _go_on(operation, 0, host, journal, watch)


def recover(host: Host, journal: Journal[Host], watch: Watch = _nobody_watches) -> list[Operation[Host]]:
    """Finish or take back what a crash interrupted; may be called again when something needed has come back.

    Answers what is still unfinished: operations whose way back or forward failed once more. Runs before a service
    answers anyone, and never beside a running operation of the same journal.
    """
    return [
        operation
        for operation, begun in list(journal.unfinished())
        if not recover_one(operation, begun, host, journal, watch)
    ]


def recover_one(
    operation: Operation[Host], begun: int, host: Host, journal: Journal[Host], watch: Watch = _nobody_watches
) -> bool:
    """Finish or take back one interrupted operation; False when it could not be done now."""
    log.warning("operation %s was interrupted in step %d", operation.id, begun)
    if not _cannot_return(operation, begun):
        return _take_back(operation, begun, host, journal)
    try:
        _go_on(operation, max(begun - 1, 0), host, journal, watch)
    except Exception:
        log.exception("could not finish operation %s; it stays in the journal", operation.id)
        return False
    return True


def _go_on(operation: Operation[Host], done: int, host: Host, journal: Journal[Host], watch: Watch) -> None:
    steps = list(operation.story())
    begun = done
    try:
        for step in steps[done:]:
            journal.note(operation)
            begun += 1
            watch(operation.id, begun, len(steps), str(type(step).__struct_config__.tag))
            step.do(host)
    except BaseException:
        if not _cannot_return(operation, begun):
            _take_back(operation, begun, host, journal)
        raise
    journal.close(operation)


def _take_back(operation: Operation[Host], begun: int, host: Host, journal: Journal[Host]) -> bool:
    for step in reversed(list(operation.story())[:begun]):
        try:
            step.undo(host)
        except Exception:
            log.exception("could not take back %s of operation %s; it stays in the journal", step, operation.id)
            return False
    journal.close(operation)
    return True


def _cannot_return(operation: Operation[Host], begun: int) -> bool:
    return any(isinstance(step, PointOfNoReturn) for step in list(operation.story())[:begun])
