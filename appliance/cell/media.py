"""Images and guests: an ISO in the CD drive, and a disk that becomes an image."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from msgspec.structs import replace

from appliance.cell.hypervisor.states import ACTIVE
from appliance.cell.images import ISO
from appliance.cell.operations import ChangingGuest
from appliance.cell.records import Record
from nano_runtime.errors import Conflict

if TYPE_CHECKING:
    from appliance.cell.guests import Guests
    from appliance.cell.host import CellHost
    from appliance.protocol.guests import GuestReport


class Media:
    def __init__(self, guests: Guests, host: CellHost) -> None:
        self._guests, self._host = guests, host

    def insert(self, guest: str, media: str, sha256: str) -> GuestReport:
        """Content if it is inserted already. Raises Conflict for a guest that is off, or whose drive is not empty."""
        self._host.records.get(guest)
        self._host.images.fetch(sha256, ISO)
        with self._guests.turn(guest):
            before = self._running(guest)
            if before.spec.media_sha256 == sha256:
                return self._guests.report(guest)
            if before.spec.media:
                raise Conflict(f"guest {guest} has a medium in its drive", hint="eject it first")
            return self._change(before, self.loaded(before, media, sha256))

    def eject(self, guest: str) -> GuestReport:
        with self._guests.turn(guest):
            before = self._running(guest)
            if not before.spec.media:
                raise Conflict(f"guest {guest} has no medium in its drive")
            return self._change(before, self.loaded(before, "", ""))

    def loaded(self, record: Record, media: str, sha256: str) -> Record:
        """The record with another medium; the file is here already."""
        path = str(self._host.images.path(sha256, ISO)) if sha256 else ""
        spec = replace(record.spec, media=media, media_sha256=sha256)
        return Record(spec, replace(record.domain, medium=path))

    def export(self, guest: str, draft: str) -> None:
        """The system disk of a stopped guest, in its turn: it cannot be started meanwhile."""
        with self._guests.turn(guest):
            self._host.records.get(guest)
            if self._guests.look(guest) in ACTIVE:
                raise Conflict(f"guest {guest} is running", hint="stop it first")
            self._host.images.export(self._host.storage.volume(guest, 0), draft)

    def _running(self, guest: str) -> Record:
        record = self._host.records.get(guest)
        if self._guests.look(guest) not in ACTIVE:
            raise Conflict(f"guest {guest} is not running", hint="start it, or start it from the medium")
        if not record.domain.drive:
            raise Conflict(f"guest {guest} has no CD drive yet", hint="stop it and start it again: it gets one then")
        return record

    def _change(self, before: Record, after: Record) -> GuestReport:
        self._guests.run(ChangingGuest(id=str(uuid.uuid4()), before=before, after=after, running=True))
        return self._guests.altered(after.spec.id)
