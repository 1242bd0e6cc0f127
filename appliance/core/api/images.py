"""Disk images that a guest can be cloned from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from appliance.core.api.image_objects import (
    Adoption,
    ChunkQuery,
    ImageChange,
    ImageId,
    ImageItem,
    NewFetch,
    NewImage,
    NewUpload,
    UploadItem,
    UploadQuery,
)
from appliance.core.api.objects import Bytes, Item
from appliance.core.image_formats import ImageKind
from appliance.http.routes import Answer, Download, Query, Routes, Upload
from appliance.rights import Caller, Right

if TYPE_CHECKING:
    from appliance.core.service import Core

routes = Routes("", tag="Images")

DiskImageName = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_.-]{1,128}$", description="Letters, digits, `_`, `.` and `-`, at most 128")]


class ImageFilter(Query, frozen=True):
    """`tags` keeps images with that tag, `owner` and `group` those that belong to either of them."""

    owner: str = ""
    group: str = ""
    tags: str = ""


class NewDiskImage(NewImage, frozen=True, kw_only=True):
    """With `guest` the image is built from the system disk of this stopped guest; otherwise it waits for a file."""

    name: DiskImageName
    guest: str = ""


class DiskImageDetail(Item, frozen=True):
    """`progress` in percent until it is `created`."""

    name: str
    description: str
    size: Bytes
    created: bool
    progress: int
    tags: list[str]
    id: str = ""
    owner: str = ""
    group: str = ""
    format: str = ""
    virtual_size: Bytes = 0
    sha256: str = ""
    version: int = 0
    work: str = ""
    operation: str = ""


@routes.get("/disk_image_search/{filepath}", needs=Right.IMAGE_READ)
def search_disk_images(core: Core, caller: Caller, filepath: str, query: ImageFilter) -> list[ImageItem]:
    """List the disk images visible to the caller, sorted by group and name."""
    found = core.image_views.list(caller, ImageKind.DISK, owner=query.owner, group=query.group)
    return [image for image in found if not query.tags or query.tags in image.tags]


@routes.get("/disk_images/{id}", needs=Right.IMAGE_READ)
def get_disk_image(core: Core, caller: Caller, id: str) -> DiskImageDetail:
    """Read a disk image, with the progress of its creation."""
    return core.image_views.disk(caller, id)


@routes.post("/disk_images/", needs=Right.IMAGE_WRITE, statuses=(200, 202))
def create_disk_image(core: Core, caller: Caller, body: NewDiskImage) -> Answer[ImageId]:
    """Make a disk image that waits for its file, or build it from the system disk of a stopped guest."""
    return core.image_views.create_disk(caller, body)


@routes.put("/disk_images/{id}", needs=Right.IMAGE_WRITE)
def modify_disk_image(core: Core, caller: Caller, id: str, body: ImageChange) -> None:
    """Change the attributes of a disk image; what is empty stays as it is."""
    core.images.modify(caller, ImageKind.DISK, id, body)


@routes.delete("/disk_images/{id}", needs=Right.IMAGE_WRITE)
def delete_disk_image(core: Core, caller: Caller, id: str) -> None:
    """Delete a disk image and its file. Refused while a guest is cloned from it."""
    core.images.delete(caller, ImageKind.DISK, id)


@routes.patch("/disk_images/", needs=Right.IMAGE_ALL)
def sync_disk_images(core: Core, caller: Caller, body: Adoption) -> None:
    """Take in the files that an administrator laid into the incoming folder of the image store."""
    core.image_adoption.adopt(ImageKind.DISK, body)


@routes.get("/disk_images/{id}/file/", needs=Right.IMAGE_READ, statuses=(200, 206))
def download_disk_image(core: Core, caller: Caller, id: str) -> Download:
    """Download the file of a disk image (qcow2), whole or a range of it."""
    return core.image_uploads.download(caller, ImageKind.DISK, id)


@routes.post("/disk_images/{id}/file/", needs=Right.IMAGE_WRITE)
def upload_disk_image(core: Core, caller: Caller, id: str, query: UploadQuery, upload: Upload) -> None:
    """Upload the file of a disk image: qcow2, raw or a VMDK in one file, as the body itself or as the form part `image`.

    It is checked and kept as qcow2. A further upload makes a new version; guests stay on the one they began with.
    """
    core.image_uploads.upload(caller, ImageKind.DISK, id, upload, sha256=query.sha256)


@routes.post("/disk_images/{id}/fetch", needs=Right.IMAGE_WRITE, statuses=(202,))
def fetch_disk_image(core: Core, caller: Caller, id: str, body: NewFetch) -> Answer[ImageId]:
    """Have the server fetch the file of a disk image from a URL; the operation tells how far it is, and what the far side said."""
    return Answer(core.image_work.fetch(caller, ImageKind.DISK, id, body), 202)


@routes.post("/disk_images/{id}/uploads/", needs=Right.IMAGE_WRITE)
def begin_disk_upload(core: Core, caller: Caller, id: str, body: NewUpload) -> UploadItem:
    """Begin an upload in chunks, or find the one under way, to go on where it broke off."""
    return core.image_uploads.begin(caller, ImageKind.DISK, id, body)


@routes.get("/disk_images/{id}/uploads/{upload_id}", needs=Right.IMAGE_WRITE)
def get_disk_upload(core: Core, caller: Caller, id: str, upload_id: str) -> UploadItem:
    """Read how far an upload in chunks has come."""
    return core.image_uploads.read(caller, ImageKind.DISK, id, upload_id)


@routes.put("/disk_images/{id}/uploads/{upload_id}/file/", needs=Right.IMAGE_WRITE)
def put_disk_chunk(core: Core, caller: Caller, id: str, upload_id: str, query: ChunkQuery, upload: Upload) -> UploadItem:
    """Send the next chunk of at most 64 MiB; the last one completes the image. A chunk that is there already may be sent again."""
    return core.image_uploads.put(caller, ImageKind.DISK, id, upload_id, query, upload)


@routes.delete("/disk_images/{id}/uploads/{upload_id}", needs=Right.IMAGE_WRITE)
def abandon_disk_upload(core: Core, caller: Caller, id: str, upload_id: str) -> None:
    """Give up an upload in chunks; nothing of it stays."""
    core.image_uploads.abandon(caller, ImageKind.DISK, id, upload_id)
