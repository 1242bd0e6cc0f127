"""Files of images on their way in and out: whole uploads, uploads in chunks that survive a break, downloads."""

from __future__ import annotations

import hashlib
import logging
import time
import uuid
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO

import msgspec
from msgspec import Struct

from appliance.core.api.image_objects import UploadItem
from appliance.core.image_formats import ImageKind
from appliance.core.image_store import PIECE, digests_of, require_digest, told
from nano_runtime.errors import BadRequest, BadValue, Conflict, NotFound, TooLarge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from appliance.core.api.image_objects import ChunkQuery, NewUpload
    from appliance.core.image_records import Content
    from appliance.core.image_store import ImageStore
    from appliance.core.images import Images
    from appliance.http.routes import Upload
    from appliance.rights import Caller

log = logging.getLogger(__name__)

MOST_CHUNK = 64 << 20
PATIENCE = 24 * 3600.0
"""Seconds after its last chunk that an upload is kept."""
UPLOADING = "being uploaded"


class Session(Struct, frozen=True, kw_only=True):
    """An upload in chunks, as it lies beside its file; how far it is tells the length of the file."""

    id: str
    image: str
    kind: ImageKind
    size: int
    sha256: str = ""


class LocalFile:
    """A Download from the image store. The headers are those of Nano 1.4 (core-api.yaml, disk_image.download)."""

    media_type = "application/octet-stream"

    def __init__(self, file: BinaryIO, content: Content) -> None:
        self._file = file
        self.size = content.size
        self.headers = {
            "Signature": content.sha1,
            "Content-Transfer-Encoding": "binary",
            "Expires": "0",
            "Cache-Control": "no-cache, no-store, must-revalidate",
            "ETag": f'"{content.sha256}"',
        }

    def read(self, start: int, length: int, /) -> Iterator[bytes]:
        self._file.seek(start)
        while length > 0 and (data := self._file.read(min(length, PIECE))):
            length -= len(data)
            yield data

    def close(self) -> None:
        self._file.close()


class ImageUploads:
    def __init__(self, images: Images, store: ImageStore, now: Callable[[], float] = time.time) -> None:
        """Takes up the uploads in chunks that a restart interrupted."""
        self._images = images
        self._store = store
        self._now = now
        for session in self._sessions():
            images.occupy(session.image, UPLOADING)

    def upload(self, caller: Caller, kind: ImageKind, id: str, upload: Upload, *, sha256: str) -> None:
        """A whole file. Raises what is wrong with it, and then the image is as it was."""
        with self._images.holding(caller, kind, id, UPLOADING):
            self._images.set_content(id, self._store.receive(upload, kind, sha256=sha256))

    def download(self, caller: Caller, kind: ImageKind, id: str) -> LocalFile:
        record = self._images.get(caller, kind, id)
        if record.content is None:
            raise Conflict(f"image '{record.name}' has no content yet", hint="upload its file first")
        if not record.content.sha1:
            raise Conflict(f"image '{record.name}' has no file: every cell makes it itself")
        return LocalFile(self._store.open(record.content), record.content)

    def begin(self, caller: Caller, kind: ImageKind, id: str, wanted: NewUpload) -> UploadItem:
        """An upload of the same file that is under way is gone on with; another one must be given up first."""
        self._images.changeable(caller, kind, id)
        for known in self._sessions():
            if known.image == id and (known.size, known.sha256) == (wanted.size, wanted.sha256.lower()):
                return self._item(known)
        with self._store.room(wanted.size):
            self._images.occupy(id, UPLOADING)
        session = Session(id=str(uuid.uuid4()), image=id, kind=kind, size=wanted.size, sha256=wanted.sha256.lower())
        self._file(session).touch(mode=0o600)
        self._note(session.id).write_bytes(msgspec.json.encode(session))
        return self._item(session)

    def read(self, caller: Caller, kind: ImageKind, image: str, id: str) -> UploadItem:
        return self._item(self._session(caller, kind, image, id))

    def put(self, caller: Caller, kind: ImageKind, image: str, id: str, query: ChunkQuery, upload: Upload) -> UploadItem:
        """A chunk is taken whole or not at all. One that is there already is content to be sent again."""
        session = self._session(caller, kind, image, id)
        with self._images.occupied(id, "receiving a chunk"):
            have = self._file(session).stat().st_size
            data = _chunk(upload, query.sha256)
            if query.offset + len(data) > session.size:
                raise BadValue(f"the chunk ends behind the {session.size} bytes that were announced", field="offset")
            if query.offset + len(data) <= have:
                return self._item(session) if have < session.size else self._finish(session)
            if query.offset != have:
                raise Conflict(f"the next chunk begins at {have}, not at {query.offset}", hint="ask where to go on", field="offset")
            self._append(session, data, have)
            if have + len(data) < session.size:
                return self._item(session)
            return self._finish(session)

    def abandon(self, caller: Caller, kind: ImageKind, image: str, id: str) -> None:
        session = self._session(caller, kind, image, id)
        with self._images.occupied(id, "receiving a chunk"):
            self._forget(session)

    def expire(self) -> None:
        """Give up what nobody goes on with."""
        for session in self._sessions():
            with suppress(FileNotFoundError):
                if self._file(session).stat().st_mtime < self._now() - PATIENCE:
                    log.warning("upload %s of image %s was not gone on with for a day; it is given up", session.id, session.image)
                    self._forget(session)

    def _finish(self, session: Session) -> UploadItem:
        """Whatever comes of it, the session is over."""
        try:
            digests = digests_of(self._file(session))
            require_digest(digests[0], session.sha256)
            content = self._store.publish(self._file(session), session.kind, digests)
            self._images.set_content(session.image, content)
        finally:
            self._forget(session)
        return UploadItem(id=session.id, image=session.image, size=session.size, offset=session.size, sha256=content.sha256, done=True)

    def _append(self, session: Session, data: bytes, have: int) -> None:
        path = self._file(session)
        try:
            with self._store.room(len(data)), path.open("ab", buffering=0) as file:
                file.write(data)
        except OSError as problem:
            with path.open("r+b") as file:
                file.truncate(have)
            raise told(problem, self._store.folder) from problem

    def _session(self, caller: Caller, kind: ImageKind, image: str, id: str) -> Session:
        self._images.changeable(caller, kind, image)
        session = next((one for one in self._sessions() if one.id == id and one.image == image), None)
        if session is None:
            raise NotFound(f"there is no upload {id[:64]!r}", hint="begin it again", field="upload_id")
        return session

    def _sessions(self) -> list[Session]:
        found = []
        for note in self._store.drafts.glob("*.json"):
            with suppress(msgspec.MsgspecError, FileNotFoundError):
                found.append(msgspec.json.decode(note.read_bytes(), type=Session))
        return [session for session in found if self._file(session).exists()]

    def _item(self, session: Session) -> UploadItem:
        offset = self._file(session).stat().st_size
        return UploadItem(id=session.id, image=session.image, size=session.size, offset=offset, sha256=session.sha256)

    def _forget(self, session: Session) -> None:
        self._file(session).unlink(missing_ok=True)
        self._note(session.id).unlink(missing_ok=True)
        self._images.release(session.image)

    def _file(self, session: Session) -> Path:
        return self._store.drafts / f"{session.id}.part"

    def _note(self, id: str) -> Path:
        return self._store.drafts / f"{id}.json"


def _chunk(upload: Upload, sha256: str) -> bytes:
    if upload.length is not None and upload.length > MOST_CHUNK:
        raise TooLarge("a chunk has at most 64 MiB")
    data = bytearray()
    while piece := upload.read(PIECE):
        data += piece
        if len(data) > MOST_CHUNK:
            raise TooLarge("a chunk has at most 64 MiB")
    if not data:
        raise BadRequest("the chunk is empty")
    require_digest(hashlib.sha256(data).hexdigest(), sha256)
    return bytes(data)
