"""Images as Core keeps them: what people say of one, and which content it has now."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct, field

from appliance.core.image_formats import ImageKind
from nano_runtime.errors import Conflict, NotFound

if TYPE_CHECKING:
    from nano_runtime.store import Store


class Content(Struct, frozen=True, kw_only=True):
    """A file of the image store. `format` is qcow2 or iso; `size` of the file and `virtual_size` in bytes; the digests are of the file."""

    sha256: str
    sha1: str
    format: str
    size: int
    virtual_size: int


class ImageRecord(Struct, frozen=True, kw_only=True):
    """`version` counts the contents it had; times in seconds since the epoch. Without content nothing was uploaded yet."""

    id: str
    kind: ImageKind
    name: str
    owner: str
    group: str
    description: str = ""
    tags: list[str] = field(default_factory=list)
    created: float
    modified: float
    version: int = 0
    content: Content | None = None

    @property
    def full_name(self) -> str:
        return f"{self.group}.{self.name}"


_SAVE = "insert into image values (:id, :body) on conflict (id) do update set body = excluded.body"


class ImageRecords:
    """All records in memory, every change on disk before it shows. A name is unique in its group and kind."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        rows = store.read("select body from image")
        self._records = {record.id: record for record in (msgspec.json.decode(row["body"], type=ImageRecord) for row in rows)}

    def get(self, id: str, kind: ImageKind) -> ImageRecord:
        record = self._records.get(id)
        if record is None or record.kind is not kind:
            raise NotFound(f"there is no {kind} image {id[:64]!r}", field="id")
        return record

    def find(self, id: str) -> ImageRecord | None:
        return self._records.get(id)

    def all(self) -> list[ImageRecord]:
        return sorted(self._records.values(), key=lambda record: (record.full_name, record.id))

    def put(self, record: ImageRecord) -> None:
        """Raises Conflict when another image of the group has this name."""
        with self._lock:
            for other in self._records.values():
                if other.id != record.id and other.kind is record.kind and other.full_name == record.full_name:
                    raise Conflict(f"group '{record.group}' has a {record.kind} image named '{record.name}' already", field="name")
            body = msgspec.json.encode(record).decode()
            self._store.write(lambda execute: execute(_SAVE, id=record.id, body=body))
            self._records[record.id] = record

    def remove(self, id: str) -> None:
        """Content if there is none."""
        with self._lock:
            self._store.write(lambda execute: execute("delete from image where id = :id", id=id))
            self._records.pop(id, None)
