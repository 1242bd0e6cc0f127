"""Delete a guest with its disks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appliance.cell.host import CellHost
from appliance.cell.steps import ForgetGuest, PowerOff, RemoveHome, UndefineDomain
from nano_runtime.operation import Operation, PointOfNoReturn, Step

if TYPE_CHECKING:
    from collections.abc import Iterator


class DeletingGuest(Operation[CellHost], frozen=True, tag="deleting-guest"):
    guest: str
    running: bool

    def story(self) -> Iterator[Step[CellHost]]:
        """No disk can be brought back, so finish; forgotten last, because what is recorded may still have files."""
        yield PointOfNoReturn()
        if self.running:
            yield PowerOff(self.guest)
        yield UndefineDomain(self.guest)
        yield RemoveHome(self.guest)
        yield ForgetGuest(self.guest)
