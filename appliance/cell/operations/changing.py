"""Change what a guest is: its name, size, limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appliance.cell.change_steps import Redefine, ReplaceRecord, TuneRunning
from appliance.cell.host import CellHost
from appliance.cell.records import Record
from nano_runtime.operation import Operation, Step

if TYPE_CHECKING:
    from collections.abc import Iterator


class ChangingGuest(Operation[CellHost], frozen=True, tag="changing-guest"):
    before: Record
    after: Record
    running: bool

    @property
    def guest(self) -> str:
        return self.after.spec.id

    def story(self) -> Iterator[Step[CellHost]]:
        """What may be refused comes first: a running guest, then libvirt's document; recorded is what is so."""
        if self.running:
            yield TuneRunning(self.before, self.after)
        yield Redefine(self.before, self.after)
        yield ReplaceRecord(self.before, self.after)
