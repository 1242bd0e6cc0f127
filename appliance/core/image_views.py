"""Images as the API shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appliance.core.api.image_objects import ImageId, ImageItem
from appliance.core.api.images import DiskImageDetail
from appliance.core.api.media import MediaImageDetail
from appliance.core.image_formats import ImageKind
from appliance.core.views import time_text
from appliance.http.routes import Answer
from nano_runtime.errors import BadValue, NotFound

if TYPE_CHECKING:
    from collections.abc import Callable

    from appliance.core.api.images import NewDiskImage
    from appliance.core.image_records import ImageRecord
    from appliance.core.images import Images
    from appliance.core.model import Guest
    from appliance.rights import Caller


class ImageViews:
    """`operation_on` answers id and progress of the operation under way on an image; `guest` finds one that nothing is done to."""

    def __init__(
        self,
        images: Images,
        operation_on: Callable[[str], tuple[str, int]],
        *,
        guest: Callable[[Caller, str], Guest],
        build: Callable[[Caller, Guest, NewDiskImage], ImageId],
    ) -> None:
        self._images = images
        self._guest, self._build = guest, build
        self._operation_on = operation_on

    def list(self, caller: Caller, kind: ImageKind, *, owner: str = "", group: str = "") -> list[ImageItem]:
        return [self._item(record) for record in self._images.list(caller, kind, owner=owner, group=group)]

    def disk(self, caller: Caller, id: str) -> DiskImageDetail:
        record = self._images.get(caller, ImageKind.DISK, id)
        item = self._item(record)
        created = record.content is not None
        return DiskImageDetail(
            name=item.name,
            description=item.description,
            size=item.size,
            created=created,
            progress=100 if created else self._operation_on(id)[1],
            tags=item.tags,
            id=id,
            owner=item.owner,
            group=item.group,
            format=item.format,
            virtual_size=item.virtual_size,
            sha256=item.sha256,
            version=record.version,
            work=item.work,
            operation=item.operation,
        )

    def media(self, caller: Caller, id: str) -> MediaImageDetail:
        record = self._images.get(caller, ImageKind.MEDIA, id)
        item = self._item(record)
        return MediaImageDetail(
            name=item.name,
            description=item.description,
            size=item.size,
            tags=item.tags,
            id=id,
            owner=item.owner,
            group=item.group,
            sha256=item.sha256,
            version=record.version,
            work=item.work,
            operation=item.operation,
        )

    def create_disk(self, caller: Caller, wanted: NewDiskImage) -> Answer[ImageId]:
        if wanted.guest:
            try:
                guest = self._guest(caller, wanted.guest)
            except NotFound as problem:
                raise BadValue(problem.message, field="guest") from problem
            return Answer(self._build(caller, guest, wanted), 202)
        return Answer(ImageId(id=self._images.create(caller, ImageKind.DISK, wanted).id))

    def _item(self, record: ImageRecord) -> ImageItem:
        content = record.content
        return ImageItem(
            name=record.name,
            id=record.id,
            size=content.size if content else 0,
            virtual_size=content.virtual_size if content else 0,
            description=record.description,
            tags=record.tags,
            create_time=time_text(record.created) if record.created else "",
            modify_time=time_text(record.modified) if record.modified else "",
            owner=record.owner,
            group=record.group,
            format=content.format if content else "",
            sha256=content.sha256 if content else "",
            work=self._images.work_on(record.id),
            operation=self._operation_on(record.id)[0],
        )
