"""Create a guest on this host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appliance.cell.host import CellHost
from appliance.cell.hypervisor.domain import Domain
from appliance.cell.records import Record
from appliance.cell.steps import CloneImage, CreateVolume, DefineDomain, FetchImage, MakeHome, RecordGuest
from appliance.protocol.guests import GuestSpec
from nano_runtime.operation import Operation, Step

if TYPE_CHECKING:
    from collections.abc import Iterator


class CreatingGuest(Operation[CellHost], frozen=True, tag="creating-guest"):
    spec: GuestSpec
    domain: Domain

    @property
    def guest(self) -> str:
        return self.spec.id

    def story(self) -> Iterator[Step[CellHost]]:
        """Make its disks, define the domain on them; recorded last, because what is recorded is wholly there."""
        yield MakeHome(self.guest)
        if self.spec.image:
            yield FetchImage(self.spec.image)
        for number, size in enumerate(self.spec.disks):
            if self.spec.image and number == 0:
                yield CloneImage(self.guest, number, size, self.spec.image)
            else:
                yield CreateVolume(self.guest, number, size)
        yield DefineDomain(self.domain)
        yield RecordGuest(Record(self.spec, self.domain))
