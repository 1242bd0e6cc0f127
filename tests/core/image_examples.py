"""A call of every route of images, and files that are images or only say so."""

from __future__ import annotations

import io
import struct
import tempfile
from collections.abc import Callable
from functools import partial
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from appliance.cell import qcow2
from appliance.core.api import images, media
from appliance.core.api.image_objects import Adoption, ChunkQuery, ImageChange, NewFetch, NewUpload, UploadQuery
from appliance.core.image_download import Downloader
from appliance.core.image_formats import ImageKind
from appliance.rights import ROOT
from tests.core.conftest import Zone

MIB = 1 << 20
CHANGE = ImageChange(description="changed")
OWNED: dict[str, Any] = {"owner": "ann", "group": "staff"}


class Sent(io.BytesIO):
    """An upload; `length` may be told or not."""

    def __init__(self, content: bytes, *, told: bool = True) -> None:
        super().__init__(content)
        self.length = len(content) if told else None


def blank_qcow2(size: int = 8 * MIB) -> bytes:
    """A whole qcow2 without content."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "disk"
        qcow2.create(path, size)
        return path.read_bytes()


def iso(content: bytes = b"hello", *, sectors: int = 32) -> bytes:
    """The smallest thing that says truly that it is an ISO 9660 file (ECMA-119, 8.4)."""
    descriptor = bytearray(2048)
    descriptor[:7] = b"\x01CD001\x01"
    struct.pack_into("<I", descriptor, 80, sectors)
    struct.pack_into(">I", descriptor, 84, sectors)
    return (bytes(16 * 2048) + bytes(descriptor) + content).ljust(sectors * 2048, b"\0")


def disk_image(zone: Zone, name: str = "base", **more: Any) -> str:
    return zone.core.images.create(ROOT, ImageKind.DISK, images.NewDiskImage(**{"name": name, **OWNED, **more})).id


def media_image(zone: Zone, name: str = "tools", **more: Any) -> str:
    return zone.core.images.create(ROOT, ImageKind.MEDIA, media.NewMediaImage(**{"name": name, **OWNED, **more})).id


def filled(zone: Zone, content: bytes | None = None, name: str = "base") -> str:
    """A disk image with content."""
    id = disk_image(zone, name)
    zone.core.image_uploads.upload(ROOT, ImageKind.DISK, id, Sent(content or blank_qcow2()), sha256="")
    return id


def filled_media(zone: Zone, name: str = "tools") -> str:
    id = media_image(zone, name)
    zone.core.image_uploads.upload(ROOT, ImageKind.MEDIA, id, Sent(iso()), sha256="")
    return id


def begun(zone: Zone, kind: ImageKind) -> dict[str, Any]:
    id = disk_image(zone) if kind is ImageKind.DISK else media_image(zone)
    return {"id": id, "upload_id": zone.core.image_uploads.begin(ROOT, kind, id, NewUpload(size=65536)).id}


def fetched_from_nowhere(zone: Zone) -> NewFetch:
    """A port of this host on which nobody listens."""
    zone.core.image_work._downloader = Downloader([ip_network("127.0.0.0/8")])
    return NewFetch(url="http://127.0.0.1:9/disk.qcow2")


def _file_routes(module: Any, word: str, kind: ImageKind, make: Callable[[Zone], str], content: bytes) -> dict[Any, Any]:
    route = partial(getattr, module)
    return {
        route(f"get_{word}_image"): lambda zone: {"id": make(zone)},
        route(f"modify_{word}_image"): lambda zone: {"id": make(zone), "body": CHANGE},
        route(f"delete_{word}_image"): lambda zone: {"id": make(zone)},
        route(f"upload_{word}_image"): lambda zone: {"id": make(zone), "query": UploadQuery(), "upload": Sent(content)},
        route(f"fetch_{word}_image"): lambda zone: {"id": make(zone), "body": fetched_from_nowhere(zone)},
        route(f"begin_{word}_upload"): lambda zone: {"id": make(zone), "body": NewUpload(size=100)},
        route(f"get_{word}_upload"): lambda zone: begun(zone, kind),
        route(f"put_{word}_chunk"): lambda zone: {**begun(zone, kind), "query": ChunkQuery(offset=0), "upload": Sent(b"abc")},
        route(f"abandon_{word}_upload"): lambda zone: begun(zone, kind),
    }


IMAGE_EXAMPLES: dict[Callable[..., Any], Callable[[Zone], dict[str, Any]]] = {
    images.search_disk_images: lambda zone: (filled(zone), {"filepath": "", "query": images.ImageFilter()})[1],
    images.create_disk_image: lambda zone: {"body": images.NewDiskImage(name="base", **OWNED)},
    images.sync_disk_images: lambda zone: {"body": Adoption(**OWNED)},
    media.search_media_images: lambda zone: (media_image(zone), {"filepath": "", "query": media.MediaFilter()})[1],
    media.list_media_images: lambda zone: (media_image(zone), {})[1],
    media.create_media_image: lambda zone: {"body": media.NewMediaImage(name="tools", **OWNED)},
    media.sync_media_images: lambda zone: {"body": Adoption(**OWNED)},
    **_file_routes(images, "disk", ImageKind.DISK, disk_image, blank_qcow2()),
    **_file_routes(media, "media", ImageKind.MEDIA, media_image, iso()),
}
