"""Change the disks of guests; the work goes on in the background when it takes longer than a client waits."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from appliance.core.image_formats import ImageKind
from appliance.core.operations import DiskOperation, ResettingSystem, ResizingDisk, ShrinkingDisk
from appliance.core.sizes import size_text
from appliance.core.views import ACTIVE
from appliance.core.work import WORK
from nano_runtime.errors import BadValue, Conflict, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from appliance.core.guests import Guests
    from appliance.core.images import Images
    from appliance.core.inventory import Inventory
    from appliance.core.model import Guest
    from appliance.core.work import GuestWork
    from appliance.rights import Caller

PATIENCE = 8.0
"""Seconds a client is kept waiting; the work goes on without them."""


class GuestDisks:
    def __init__(self, guests: Guests, inventory: Inventory, work: GuestWork, images: Images, now: Callable[[], float]) -> None:
        self._guests = guests
        self._inventory = inventory
        self._work = work
        self._images = images
        self._now = now

    def resize(self, caller: Caller, id: str, index: int, size: int) -> None:
        guest = self._guests.usable(caller, id)
        old = _disk(guest, index)
        if size <= old:
            raise BadValue(f"disk {index} of '{guest.spec.name}' has {size_text(old)}; it can only grow", field="size")
        _wait(self._begin(caller, ResizingDisk(**self._about(caller, guest), index=index, size=size)))

    def shrink(self, caller: Caller, id: str, index: int) -> None:
        guest = self._guests.usable(caller, id)
        _disk(guest, index)
        _require_off(guest)
        _wait(self._begin(caller, ShrinkingDisk(**self._about(caller, guest), index=index)))

    def reset_system(self, caller: Caller, id: str, image: str) -> None:
        """Answers when it has begun; GET /guests/{id} tells its progress with status 201."""
        guest = self._guests.usable(caller, id)
        _require_off(guest)
        found = self._images.find(caller, ImageKind.DISK, image, field="from_image")
        if found.virtual_size > _disk(guest, 0):
            raise BadValue(
                f"image '{found.name}' needs {size_text(found.virtual_size)}, the system disk has {size_text(_disk(guest, 0))}",
                hint="grow the disk first",
                field="from_image",
            )
        self._begin(caller, ResettingSystem(**self._about(caller, guest), image=found.sha256))

    def _begin(self, caller: Caller, story: DiskOperation) -> Future[None]:
        with self._inventory.changing():
            self._guests.usable(caller, story.guest)
            self._inventory.change(story.guest, work=WORK[type(story)], operation=story.id)
        try:
            return self._work.begin(story)
        except BaseException:
            self._inventory.change(story.guest, work=None, operation="")
            raise

    def _about(self, caller: Caller, guest: Guest) -> dict[str, Any]:
        spec = guest.spec
        return {"id": str(uuid.uuid4()), "guest": spec.id, "name": spec.name, "cell": guest.cell, "user": caller.user, "asked": self._now()}


def _disk(guest: Guest, index: int) -> int:
    """The size of a disk the guest has."""
    disks = guest.spec.disks
    if not 0 <= index < len(disks):
        raise BadValue(f"'{guest.spec.name}' has disks 0-{len(disks) - 1}, not {index}", field="index")
    return disks[index]


def _require_off(guest: Guest) -> None:
    if guest.report.state in ACTIVE:
        raise Conflict(f"'{guest.spec.name}' is {guest.report.state}", hint="stop it first")


def _wait(ended: Future[None]) -> None:
    try:
        ended.result(PATIENCE)
    except TimeoutError:
        return
    except Unavailable as problem:
        raise Unavailable(problem.message, hint="its host may have done it; look at the guest when it is back") from problem
