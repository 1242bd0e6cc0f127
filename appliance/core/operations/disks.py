"""Change the disks of a guest: grow, compact, begin the system anew.

The cell does each of them all or nothing and is content to find it done, so one that was interrupted is simply asked for again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from appliance.core.operations.steps import ResetOnCell, ResizeOnCell, ShrinkOnCell, Zone
from nano_runtime.operation import Operation, Step

if TYPE_CHECKING:
    from collections.abc import Iterator


class ResizingDisk(Operation[Zone], frozen=True, tag="resizing-disk"):
    guest: str
    name: str
    cell: str
    user: str
    asked: float
    index: int
    size: int

    def story(self) -> Iterator[Step[Zone]]:
        yield ResizeOnCell(self.guest, self.cell, self.index, self.size)


class ShrinkingDisk(Operation[Zone], frozen=True, tag="shrinking-disk"):
    guest: str
    name: str
    cell: str
    user: str
    asked: float
    index: int

    def story(self) -> Iterator[Step[Zone]]:
        yield ShrinkOnCell(self.guest, self.cell, self.index)


class ResettingSystem(Operation[Zone], frozen=True, tag="resetting-system"):
    guest: str
    name: str
    cell: str
    user: str
    asked: float
    image: str

    def story(self) -> Iterator[Step[Zone]]:
        yield ResetOnCell(self.guest, self.cell, self.image)
