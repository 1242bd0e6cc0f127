"""Disk images that a guest can be cloned from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import field

from appliance.core.api.objects import Bytes, Item, Time
from appliance.http.routes import Routes
from appliance.rights import Caller, Right

if TYPE_CHECKING:
    from appliance.core.service import Core

routes = Routes("", tag="Images")


class ImageItem(Item, frozen=True):
    """`size` is the file, `virtual_size` what a guest sees: the smallest possible system disk."""

    name: str
    id: str
    size: Bytes
    virtual_size: Bytes
    description: str = ""
    tags: list[str] = field(default_factory=list)
    create_time: Time = ""
    modify_time: Time = ""


@routes.get("/disk_image_search/{filepath}", needs=Right.IMAGE_READ)
def search_disk_images(core: Core, caller: Caller, filepath: str) -> list[ImageItem]:
    """List the disk images visible to the caller, sorted by name."""
    return core.images.list(caller)
