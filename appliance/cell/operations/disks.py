"""Change the disks of a guest: grow, compact, begin the system anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appliance.cell.change_steps import ReplaceRecord
from appliance.cell.disk_steps import CloneToSpare, CompactToSpare, GrowVolume, SwapInSpare
from appliance.cell.host import CellHost
from appliance.cell.records import Record
from appliance.cell.steps import FetchImage
from nano_runtime.operation import Operation, PointOfNoReturn, Step

if TYPE_CHECKING:
    from collections.abc import Iterator


class ResizingDisk(Operation[CellHost], frozen=True, tag="resizing-disk"):
    before: Record
    after: Record
    number: int

    @property
    def guest(self) -> str:
        return self.after.spec.id

    def story(self) -> Iterator[Step[CellHost]]:
        """The file is the truth, the record follows."""
        target = self.after.domain.disks[self.number].target
        yield GrowVolume(self.guest, self.number, target, self.before.spec.disks[self.number], self.after.spec.disks[self.number])
        yield ReplaceRecord(self.before, self.after)


class ShrinkingDisk(Operation[CellHost], frozen=True, tag="shrinking-disk"):
    guest: str
    number: int

    def story(self) -> Iterator[Step[CellHost]]:
        """Write a spare copy, so the old file is there until the new one is whole; both hold the same."""
        yield CompactToSpare(self.guest, self.number)
        yield SwapInSpare(self.guest, self.number)


class ResettingSystem(Operation[CellHost], frozen=True, tag="resetting-system"):
    before: Record
    after: Record

    @property
    def guest(self) -> str:
        return self.after.spec.id

    def story(self) -> Iterator[Step[CellHost]]:
        """What may fail comes first; once the old system is gone, the new one is finished."""
        yield FetchImage(self.after.spec.image)
        yield CloneToSpare(self.guest, 0, self.after.spec.disks[0], self.after.spec.image)
        yield PointOfNoReturn()
        yield SwapInSpare(self.guest, 0)
        yield ReplaceRecord(self.before, self.after)
