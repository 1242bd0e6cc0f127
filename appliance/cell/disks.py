"""Change the disks of guests, each request in the guest's turn."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from msgspec.structs import replace

from appliance.cell.operations import CellOperation, ResettingSystem, ResizingDisk, ShrinkingDisk
from appliance.cell.records import Record
from appliance.protocol.guests import GuestReport, GuestState
from nano_runtime.errors import BadValue, Conflict

if TYPE_CHECKING:
    from appliance.cell.guests import Guests
    from appliance.cell.host import CellHost

SECTOR = 512


class Disks:
    def __init__(self, guests: Guests, host: CellHost) -> None:
        self._guests, self._host = guests, host

    def resize(self, guest: str, index: int, size: int) -> GuestReport:
        """Content if it has that size. A running guest sees the new room at once."""
        with self._guests.turn(guest):
            before = self._record(guest, index)
            old, size = before.spec.disks[index], -(-size // SECTOR) * SECTOR
            if size < old:
                raise BadValue(f"disk {index} has {old} bytes; it can grow, not become {size}", field="size")
            if size == old:
                return self._guests.report(guest)
            self._host.storage.require_room(size - old)
            disks = [size if number == index else known for number, known in enumerate(before.spec.disks)]
            after = Record(replace(before.spec, disks=disks), before.domain)
            return self._carry_out(ResizingDisk(id=str(uuid.uuid4()), before=before, after=after, number=index))

    def shrink(self, guest: str, index: int) -> GuestReport:
        with self._guests.turn(guest):
            self._record(guest, index)
            self._require_off(guest)
            if self._host.storage.has_snapshots(guest, index):
                raise Conflict(f"disk {index} of guest {guest} has snapshots, which a new file would lose", hint="delete them first")
            return self._carry_out(ShrinkingDisk(id=str(uuid.uuid4()), guest=guest, number=index))

    def reset_system(self, guest: str, image: str) -> GuestReport:
        with self._guests.turn(guest):
            before = self._record(guest, 0)
            self._require_off(guest)
            self._guests.require_image(replace(before.spec, image=image))
            after = Record(replace(before.spec, image=image), before.domain)
            return self._carry_out(ResettingSystem(id=str(uuid.uuid4()), before=before, after=after))

    def _carry_out(self, story: CellOperation) -> GuestReport:
        self._guests.run(story)
        return self._guests.altered(story.guest)

    def _record(self, guest: str, index: int) -> Record:
        record = self._host.records.get(guest)
        if not 0 <= index < len(record.spec.disks):
            raise BadValue(f"the guest has disks 0-{len(record.spec.disks) - 1}, not {index}", field="index")
        return record

    def _require_off(self, guest: str) -> None:
        if self._guests.look(guest) != GuestState.STOPPED:
            raise Conflict(f"guest {guest} is running", hint="stop it first")
