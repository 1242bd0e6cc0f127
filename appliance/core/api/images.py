"""Disk images that a guest can be cloned from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import field

from appliance.core.api.objects import Bytes, Item, Time
from appliance.http.routes import Query, Routes
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


class ImageFilter(Query, frozen=True):
    """`tags` keeps images with that tag. `owner` and `group` are those of the original; the caller decides what is visible."""

    owner: str = ""
    group: str = ""
    tags: str = ""


@routes.get("/disk_image_search/{filepath}", needs=Right.IMAGE_READ)
def search_disk_images(core: Core, caller: Caller, filepath: str, query: ImageFilter) -> list[ImageItem]:
    """List the disk images visible to the caller, sorted by name."""
    return [image for image in core.images.list(caller) if not query.tags or query.tags in image.tags]
