"""Media images: ISO files for the CD drive of a guest."""

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


class MediaFilter(Query, frozen=True):
    """Keeps images that belong to either of them."""

    owner: str = ""
    group: str = ""


class NewMediaImage(NewImage, frozen=True, kw_only=True):
    name: Annotated[str, Meta(min_length=1, max_length=128, description="Anything printable but slashes")]


class MediaImageDetail(Item, frozen=True):
    name: str
    description: str
    size: Bytes
    tags: list[str]
    id: str = ""
    owner: str = ""
    group: str = ""
    sha256: str = ""
    version: int = 0
    work: str = ""
    operation: str = ""


@routes.get("/media_image_search/{filepath}", needs=Right.IMAGE_READ)
def search_media_images(core: Core, caller: Caller, filepath: str, query: MediaFilter) -> list[ImageItem]:
    """List the media images visible to the caller, sorted by group and name."""
    return core.image_views.list(caller, ImageKind.MEDIA, owner=query.owner, group=query.group)


@routes.get("/media_images/", needs=Right.IMAGE_READ)
def list_media_images(core: Core, caller: Caller) -> list[ImageItem]:
    """List all media images visible to the caller."""
    return core.image_views.list(caller, ImageKind.MEDIA)


@routes.get("/media_images/{id}", needs=Right.IMAGE_READ)
def get_media_image(core: Core, caller: Caller, id: str) -> MediaImageDetail:
    """Read a media image."""
    return core.image_views.media(caller, id)


@routes.post("/media_images/", needs=Right.IMAGE_WRITE)
def create_media_image(core: Core, caller: Caller, body: NewMediaImage) -> ImageId:
    """Make a media image that waits for its file."""
    return ImageId(id=core.images.create(caller, ImageKind.MEDIA, body).id)


@routes.put("/media_images/{id}", needs=Right.IMAGE_WRITE)
def modify_media_image(core: Core, caller: Caller, id: str, body: ImageChange) -> None:
    """Change the attributes of a media image; what is empty stays as it is."""
    core.images.modify(caller, ImageKind.MEDIA, id, body)


@routes.delete("/media_images/{id}", needs=Right.IMAGE_WRITE)
def delete_media_image(core: Core, caller: Caller, id: str) -> None:
    """Delete a media image and its file."""
    core.images.delete(caller, ImageKind.MEDIA, id)


@routes.patch("/media_images/", needs=Right.IMAGE_ALL)
def sync_media_images(core: Core, caller: Caller, body: Adoption) -> None:
    """Take in the ISO files that an administrator laid into the incoming folder of the image store."""
    core.image_adoption.adopt(ImageKind.MEDIA, body)


@routes.get("/media_images/{id}/file/", needs=Right.IMAGE_READ, statuses=(200, 206))
def download_media_image(core: Core, caller: Caller, id: str) -> Download:
    """Download the ISO of a media image, whole or a range of it."""
    return core.image_uploads.download(caller, ImageKind.MEDIA, id)


@routes.post("/media_images/{id}/file/", needs=Right.IMAGE_WRITE)
def upload_media_image(core: Core, caller: Caller, id: str, query: UploadQuery, upload: Upload) -> None:
    """Upload the ISO of a media image, as the body itself or as the form part `image`. A further upload replaces it."""
    core.image_uploads.upload(caller, ImageKind.MEDIA, id, upload, sha256=query.sha256)


@routes.post("/media_images/{id}/fetch", needs=Right.IMAGE_WRITE, statuses=(202,))
def fetch_media_image(core: Core, caller: Caller, id: str, body: NewFetch) -> Answer[ImageId]:
    """Have the server fetch the file of a media image from a URL; the operation tells how far it is, and what the far side said."""
    return Answer(core.image_work.fetch(caller, ImageKind.MEDIA, id, body), 202)


@routes.post("/media_images/{id}/uploads/", needs=Right.IMAGE_WRITE)
def begin_media_upload(core: Core, caller: Caller, id: str, body: NewUpload) -> UploadItem:
    """Begin an upload in chunks, or find the one under way, to go on where it broke off."""
    return core.image_uploads.begin(caller, ImageKind.MEDIA, id, body)


@routes.get("/media_images/{id}/uploads/{upload_id}", needs=Right.IMAGE_WRITE)
def get_media_upload(core: Core, caller: Caller, id: str, upload_id: str) -> UploadItem:
    """Read how far an upload in chunks has come."""
    return core.image_uploads.read(caller, ImageKind.MEDIA, id, upload_id)


@routes.put("/media_images/{id}/uploads/{upload_id}/file/", needs=Right.IMAGE_WRITE)
def put_media_chunk(core: Core, caller: Caller, id: str, upload_id: str, query: ChunkQuery, upload: Upload) -> UploadItem:
    """Send the next chunk of at most 64 MiB; the last one completes the image. A chunk that is there already may be sent again."""
    return core.image_uploads.put(caller, ImageKind.MEDIA, id, upload_id, query, upload)


@routes.delete("/media_images/{id}/uploads/{upload_id}", needs=Right.IMAGE_WRITE)
def abandon_media_upload(core: Core, caller: Caller, id: str, upload_id: str) -> None:
    """Give up an upload in chunks; nothing of it stays."""
    core.image_uploads.abandon(caller, ImageKind.MEDIA, id, upload_id)
