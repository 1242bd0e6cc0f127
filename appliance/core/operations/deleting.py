"""Delete a guest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appliance.core.operations.steps import DeleteOnCell, ForgetGuest, Zone
from nano_runtime.operation import Operation, PointOfNoReturn, Step

if TYPE_CHECKING:
    from collections.abc import Iterator


class DeletingGuest(Operation[Zone], frozen=True, tag="deleting-guest"):
    """`user` asked for it at `asked` (seconds since the epoch), after it was found stopped."""

    guest: str
    name: str
    cell: str
    user: str
    asked: float

    def story(self) -> Iterator[Step[Zone]]:
        """Half a guest is of no use to anybody, so once begun it is finished; one that was started meanwhile, when it stops."""
        yield PointOfNoReturn()
        yield DeleteOnCell(self.guest, self.cell)
        yield ForgetGuest(self.guest)
