"""Put media images into the CD drives of guests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appliance.core.image_formats import ImageKind
from appliance.protocol.images import EjectMedia, InsertMedia
from nano_runtime.errors import Conflict

if TYPE_CHECKING:
    from appliance.core.guests import Guests
    from appliance.core.images import Images
    from appliance.core.inventory import Inventory
    from appliance.core.links import Links
    from appliance.rights import Caller

FETCHING = 120.0
"""Seconds that a client is kept waiting while the host fetches a medium; the host goes on, so that asking again is quick."""


class Media:
    def __init__(self, guests: Guests, images: Images, links: Links, inventory: Inventory) -> None:
        self._guests = guests
        self._images = images
        self._links = links
        self._inventory = inventory

    def insert(self, caller: Caller, id: str, source: str) -> None:
        """Raises BadValue for an image that cannot be used, Conflict for a guest that is off or has a medium already."""
        medium = self._images.find(caller, ImageKind.MEDIA, source, field="source")
        guest = self._guests.running(caller, id)
        if guest.spec.media:
            raise Conflict(f"'{guest.spec.name}' has a medium in its drive", hint="eject it first")
        request = InsertMedia(guest=id, media=source, sha256=medium.sha256)
        report = self._links.ask(guest.cell, request, seconds=FETCHING)
        self._inventory.take_in(report, guest.cell, guest.spec.pool)

    def eject(self, caller: Caller, id: str) -> None:
        guest = self._guests.running(caller, id)
        report = self._links.ask(guest.cell, EjectMedia(guest=id), seconds=FETCHING)
        self._inventory.take_in(report, guest.cell, guest.spec.pool)
