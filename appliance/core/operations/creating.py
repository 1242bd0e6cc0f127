"""Create a guest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appliance.core.operations.steps import ConfirmGuest, MakeOnCell, ReserveGuest, StartOnCell, Zone
from appliance.protocol.guests import GuestSpec
from nano_runtime.operation import Operation, Step

if TYPE_CHECKING:
    from collections.abc import Iterator


class CreatingGuest(Operation[Zone], frozen=True, tag="creating-guest"):
    """`user` asked for it at `asked` (seconds since the epoch)."""

    spec: GuestSpec
    cell: str
    user: str
    asked: float
    start: bool = False

    def story(self) -> Iterator[Step[Zone]]:
        """A guest that is to be started but cannot is not what was asked for, so it is taken back too."""
        yield ReserveGuest(self.spec, self.cell, self.id)
        yield MakeOnCell(self.spec, self.cell)
        yield ConfirmGuest(self.spec.id)
        if self.start or self.spec.auto_start:
            yield StartOnCell(self.spec.id, self.cell)
