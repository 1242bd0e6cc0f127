"""Disk and media images: what there is, who may see it, and what it holds."""

from __future__ import annotations

import logging
import re
import threading
import time
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from appliance.core.image_formats import ImageKind
from appliance.core.image_records import Content, ImageRecord, ImageRecords
from appliance.protocol.images import BUILTIN_IMAGES
from appliance.rights import Caller, Right
from nano_runtime.errors import BadValue, Conflict, Forbidden, NotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from appliance.core.api.image_objects import ImageChange, NewImage
    from appliance.core.image_store import ImageStore

log = logging.getLogger(__name__)

_DISK_NAME = re.compile(r"[A-Za-z0-9_.-]{1,128}")
_NAME = re.compile(r"[A-Za-z0-9_-]{1,63}")


class Usable(NamedTuple):
    """What a guest needs to know of an image."""

    name: str
    sha256: str
    size: int
    virtual_size: int


class Images:
    """`guests_on` answers the names of the guests that begin with this content, by its SHA-256."""

    def __init__(
        self,
        records: ImageRecords,
        store: ImageStore,
        guests_on: Callable[[], dict[str, list[str]]] = dict,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._records = records
        self._store = store
        self._guests_on = guests_on
        self._now = now
        self._busy: dict[str, str] = {}
        self._lock = threading.Lock()

    def list(self, caller: Caller, kind: ImageKind, *, owner: str = "", group: str = "") -> list[ImageRecord]:
        """Those visible to the caller; `owner` and `group` keep those that belong to either of them. Built-in ones are everybody's."""
        found = [record for record in self._records.all() if record.kind is kind and _sees(caller, record)]
        if owner or group:
            found = [record for record in found if record.owner == owner or (group and record.group == group)]
        return sorted([*found, *_builtin(kind)], key=lambda record: (record.full_name, record.id))

    def get(self, caller: Caller, kind: ImageKind, id: str) -> ImageRecord:
        """An image of others is as unknown as none."""
        record = next((one for one in _builtin(kind) if one.id == id), None) or self._records.get(id, kind)
        if not (is_builtin(id) or _sees(caller, record)):
            raise NotFound(f"there is no {kind} image {id[:64]!r}", field="id")
        return record

    def find(self, caller: Caller, kind: ImageKind, id: str, *, field: str) -> Usable:
        """An image that a guest asks for, with content. Raises BadValue that names the field."""
        try:
            record = self.get(caller, kind, id)
        except NotFound as problem:
            route = "disk_image_search" if kind is ImageKind.DISK else "media_image_search"
            raise BadValue(problem.message, hint=f"GET /{route}/ lists them", field=field) from problem
        if record.content is None:
            raise BadValue(f"image '{record.name}' has no content yet", hint="upload its file first", field=field)
        return Usable(record.name, record.content.sha256, record.content.size, record.content.virtual_size)

    def create(self, caller: Caller, kind: ImageKind, wanted: NewImage) -> ImageRecord:
        """Without content yet. Raises Forbidden for an owner that is not the caller, Conflict for a name that is taken."""
        _require_acting(caller, wanted.owner, wanted.group)
        _require_proper(wanted.name, kind)
        now = self._now()
        record = ImageRecord(
            id=str(uuid.uuid4()),
            kind=kind,
            name=wanted.name,
            owner=wanted.owner,
            group=wanted.group,
            description=wanted.description,
            tags=list(wanted.tags),
            created=now,
            modified=now,
        )
        self._records.put(record)
        return record

    def modify(self, caller: Caller, kind: ImageKind, id: str, change: ImageChange) -> None:
        """What is empty stays as it is."""
        with self.holding(caller, kind, id, "being changed") as record:
            given = {name: value for name in change.__struct_fields__ if (value := getattr(change, name))}
            changed = replace(record, **given, modified=self._now())
            _require_proper(changed.name, kind)
            _require_names(changed.owner, changed.group)
            if (changed.owner, changed.group) != (record.owner, record.group):
                _require_acting(caller, changed.owner, changed.group)
            self._records.put(changed)

    def delete(self, caller: Caller, kind: ImageKind, id: str) -> None:
        """Raises Conflict while a guest begins with it."""
        with self.holding(caller, kind, id, "being deleted") as record:
            users = self._bound_to(record)
            if users:
                which = f"'{users[0]}'" if len(users) == 1 and caller.may(Right.GUEST_ALL) else f"{len(users)} guests"
                raise Conflict(f"image '{record.name}' is the base of {which}", hint="delete those first")
            self._records.remove(id)
        self.sweep()

    def set_content(self, id: str, content: Content) -> None:
        """A new version of a published file; the old one stays as long as guests begin with it."""
        try:
            record = self._records.find(id)
            if record is None:
                raise NotFound("the image was deleted meanwhile", field="id")
            if record.content != content:
                self._records.put(replace(record, content=content, version=record.version + 1, modified=self._now()))
        finally:
            self._store.claim(content.sha256)
            self.sweep()

    def adopt(self, kind: ImageKind, content: Content, *, name: str, owner: str, group: str) -> None:
        """A new image made of a published file, in one step; content if there is one already."""
        now = self._now()
        record = ImageRecord(
            id=str(uuid.uuid4()), kind=kind, name=name, owner=owner, group=group, created=now, modified=now, version=1, content=content
        )
        try:
            if not any(known.kind is kind and known.content == content for known in self._records.all()):
                self._records.put(record)
        finally:
            self._store.claim(content.sha256)

    def drop_without_file(self, kind: ImageKind) -> None:
        """Forget images whose file was taken away behind our back; those that wait for one stay."""
        for record in self._records.all():
            if record.kind is kind and record.content and not self._store.path(record.content).exists():
                log.warning("the file of %s image %s is gone, so it is dropped", kind, record.id)
                self._records.remove(record.id)

    @contextmanager
    def holding(self, caller: Caller, kind: ImageKind, id: str, work: str) -> Iterator[ImageRecord]:
        """The only one to change this image. Raises Conflict that says what else is being done to it."""
        record = self.changeable(caller, kind, id)
        with self.occupied(id, work):
            yield self._records.get(record.id, kind)

    @contextmanager
    def occupied(self, id: str, work: str) -> Iterator[None]:
        self.occupy(id, work)
        try:
            yield
        finally:
            self.release(id)

    def occupy(self, id: str, work: str) -> None:
        with self._lock:
            if id in self._busy:
                raise Conflict(f"the image is {self._busy[id]}", hint="wait for that to end")
            self._busy[id] = work

    def release(self, id: str) -> None:
        with self._lock:
            self._busy.pop(id, None)

    def work_on(self, id: str) -> str:
        """What is being done to an image now; empty for nothing."""
        return self._busy.get(id, "")

    def changeable(self, caller: Caller, kind: ImageKind, id: str) -> ImageRecord:
        """Visible is not enough: it must be the caller's own, unless they may change everybody's."""
        record = self.get(caller, kind, id)
        if is_builtin(id):
            raise Forbidden(f"image '{record.name}' is built in and stays as it is")
        if not (caller.may(Right.IMAGE_ALL) or caller.user == record.owner):
            raise Forbidden(f"image '{record.name}' belongs to '{record.owner}'", hint="ask its owner")
        return record

    def published(self, sha256: str) -> Content | None:
        """A content that some image has now, or that some guest began with."""
        return next((record.content for record in self._records.all() if record.content and record.content.sha256 == sha256), None)

    def drop_unfilled(self, id: str) -> None:
        """Forget an image that never got a content; content if there is none."""
        record = self._records.find(id)
        if record is not None and record.content is None:
            self._records.remove(id)

    def filled_since(self, id: str, moment: float) -> bool:
        record = self._records.find(id)
        return record is not None and record.content is not None and record.modified >= moment

    def sweep(self) -> None:
        self._store.sweep(self._used())

    def _bound_to(self, record: ImageRecord) -> Sequence[str]:
        """Guests that begin with its content, unless another image has the same."""
        if record.content is None or any(one.id != record.id and one.content == record.content for one in self._records.all()):
            return []
        return self._guests_on().get(record.content.sha256, [])

    def _used(self) -> Collection[str]:
        return {record.content.sha256 for record in self._records.all() if record.content} | self._guests_on().keys()


def is_builtin(id: str) -> bool:
    return any(image.id == id for image in BUILTIN_IMAGES)


def _builtin(kind: ImageKind) -> list[ImageRecord]:
    """Every cell makes them itself, so they have no file here."""
    return [
        ImageRecord(
            id=image.id,
            kind=ImageKind.DISK,
            name=image.name,
            owner="",
            group="",
            description=image.description,
            created=0,
            modified=0,
            version=1,
            content=Content(sha256=image.sha256, sha1="", format="raw", size=image.size, virtual_size=image.virtual_size),
        )
        for image in (BUILTIN_IMAGES if kind is ImageKind.DISK else ())
    ]


def _sees(caller: Caller, record: ImageRecord) -> bool:
    if caller.may(Right.IMAGE_ALL):
        return True
    sees = caller.sees_disk_image if record.kind is ImageKind.DISK else caller.sees_media_image
    return sees(record.owner, record.group)


def _require_proper(name: str, kind: ImageKind) -> None:
    """A name is only ever shown; but slashes and control characters mislead those who read it."""
    if kind is ImageKind.DISK and not _DISK_NAME.fullmatch(name):
        raise BadValue("name must be letters, digits, `_`, `.` and `-`, at most 128", field="name")
    if "/" in name or not name.isprintable() or not name.strip() or len(name) > 128:
        raise BadValue("name must be printable, without slashes and of at most 128 characters", field="name")


def _require_names(owner: str, group: str) -> None:
    for field, value in (("owner", owner), ("group", group)):
        if not _NAME.fullmatch(value):
            raise BadValue(f"{field} must be letters, digits, `-` and `_`, at most 63", field=field)


def _require_acting(caller: Caller, owner: str, group: str) -> None:
    if not (caller.may(Right.IMAGE_ALL) or caller.acts_for(owner, group)):
        raise Forbidden(f"'{caller.user}' may not make images for '{owner}' in group '{group}'", field="owner")
