"""The disk images a guest can be cloned from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appliance.core.api.images import ImageItem
from appliance.protocol.images import BUILTIN_IMAGES, BuiltinImage
from nano_runtime.errors import BadValue

if TYPE_CHECKING:
    from appliance.rights import Caller


class Images:
    def list(self, caller: Caller) -> list[ImageItem]:
        """Every cell has the built-in images, and everybody may use them."""
        return [_item(image) for image in sorted(BUILTIN_IMAGES, key=lambda image: image.name)]

    def find(self, id: str) -> BuiltinImage:
        """The image a new guest asks for."""
        for image in BUILTIN_IMAGES:
            if image.id == id:
                return image
        raise BadValue(f"there is no disk image {id[:64]!r}", hint="GET /disk_image_search/ lists them", field="from_image")


def _item(image: BuiltinImage) -> ImageItem:
    return ImageItem(name=image.name, id=image.id, size=image.size, virtual_size=image.virtual_size, description=image.description)
