"""Carry out operations on images: journaled, beside the requests, and taken back or finished after a crash."""

from __future__ import annotations

import os
import threading
import uuid
from functools import partial
from typing import TYPE_CHECKING

from appliance.core.api.image_objects import ImageId
from appliance.core.api.operations import OperationFilter
from appliance.core.image_formats import ImageKind
from appliance.core.image_store import PIECE, digests_of, require_digest
from appliance.core.model import OperationRecord
from appliance.core.operations.images import BuildingImage, FetchingImage, ImageOperation
from appliance.core.views import ACTIVE
from appliance.protocol.images import ExportDisk
from appliance.rights import ROOT, Caller
from nano_runtime.errors import Conflict, NotFound, Unavailable
from nano_runtime.operation import Journal, Page, carry_out, recover_one

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from appliance.core.api.image_objects import NewFetch
    from appliance.core.api.images import NewDiskImage
    from appliance.core.api.operations import OperationItem
    from appliance.core.backlog import Backlog
    from appliance.core.image_download import Downloader
    from appliance.core.image_store import ImageStore
    from appliance.core.images import Images
    from appliance.core.links import Links
    from appliance.core.model import Guest
    from appliance.core.operations.images import ImageWorld
    from appliance.core.register import Operations
    from appliance.core.workers import Workers
    from appliance.http.routes import Upload

LANE = "images"
KINDS = {"fetching-image": "fetch-image", "building-image": "build-image"}
EXPORTING = 3600.0
"""Seconds that a cell may take to copy a disk."""
PROGRESS = {"download-file": 0, "export-from-cell": 0, "check-file": 90, "point-of-no-return": 95, "keep-file": 96, "remove-draft": 99}
"""Percent at which a step begins; the bytes that have arrived fill the first gap."""


class ImageWork:
    """Runs operations; is the ImageWorld that their steps change."""

    def __init__(
        self,
        images: Images,
        store: ImageStore,
        journal: Journal[ImageWorld],
        operations: Operations,
        workers: Workers,
        downloader: Downloader,
        links: Links,
        now: Callable[[], float],
    ) -> None:
        self._links = links
        self._images = images
        self._store = store
        self._journal = journal
        self._operations = operations
        self._workers = workers
        self._downloader = downloader
        self._now = now
        self._lock = threading.Lock()
        self._running: dict[str, str] = {}
        """Image -> its operation."""

    # What the steps change

    def download(self, operation: str, url: str) -> None:
        self._downloader.fetch(url, self._draft(operation), partial(self._arrived, operation))

    def export(self, operation: str, guest: str, cell: str) -> None:
        self._links.ask_for_long(cell, ExportDisk(guest=guest, draft=self._draft(operation).name), seconds=EXPORTING)

    def take_in(self, draft: str, upload: Upload) -> None:
        """The draft that a cell sends. Raises NotFound for one that nobody asked for."""
        if draft not in {self._draft(operation).name for operation in self._running.values()}:
            raise NotFound("nobody waits for this draft")
        with self._store.room(upload.length or 0), (self._store.drafts / draft).open("wb", buffering=0) as file:
            while data := upload.read(PIECE):
                file.write(data)

    def check(self, operation: str, kind: ImageKind, sha256: str) -> None:
        draft = self._draft(operation)
        if sha256:
            require_digest(digests_of(draft)[0], sha256)
        self._store.settle(draft, kind)

    def keep(self, operation: str, image: str, kind: ImageKind) -> None:
        """The draft stays until the record names the file, so this may be repeated."""
        link = self._store.new_draft()
        os.link(self._draft(operation), link)
        self._images.set_content(image, self._store.publish(link, kind))

    def discard(self, operation: str) -> None:
        self._draft(operation).unlink(missing_ok=True)

    # Running them

    def fetch(self, caller: Caller, kind: ImageKind, id: str, wanted: NewFetch) -> ImageId:
        """Begin to fetch the file of an image. Raises BadValue for an address that is not fetched from."""
        record = self._images.changeable(caller, kind, id)
        self._downloader.judge(wanted.url)
        operation = FetchingImage(
            id=str(uuid.uuid4()),
            image=id,
            name=record.full_name,
            kind=kind,
            url=wanted.url,
            sha256=wanted.sha256.lower(),
            user=caller.user,
            asked=self._now(),
        )
        return self._promise(operation, "being fetched")

    def build(self, caller: Caller, guest: Guest, wanted: NewDiskImage) -> ImageId:
        """Begin to make a new image of the system disk of a guest; the image goes if that fails."""
        if guest.report.state in ACTIVE:
            raise Conflict(f"'{guest.spec.name}' is {guest.report.state.value}", hint="stop it first", field="guest")
        record = self._images.create(caller, ImageKind.DISK, wanted)
        operation = BuildingImage(
            id=str(uuid.uuid4()),
            image=record.id,
            name=record.full_name,
            guest=guest.spec.id,
            cell=guest.cell,
            user=caller.user,
            asked=self._now(),
        )
        return self._promise(operation, "being built")

    def operation_on(self, image: str) -> tuple[str, int]:
        """Id and progress of what is under way on an image; ("", 0) for nothing."""
        operation = self._running.get(image, "")
        record = self._operations.under_way(operation)
        return operation, record.progress if record else 0

    def find_interrupted(self, backlog: Backlog) -> None:
        """Take back or finish what a kill interrupted, before anybody is answered."""
        backlog.flush()
        running = [
            item
            for kind in KINDS.values()
            for item in self._operations.list(ROOT, OperationFilter(kind=kind, state="running", limit=200)).result
        ]
        recovered: set[str] = set()
        for operation, begun in list(self._journal.unfinished()):
            assert isinstance(operation, ImageOperation)
            self._operations.resume(record_of(operation))
            recovered.add(operation.id)
            kept = begun > list(type(step).__struct_config__.tag for step in operation.story()).index("point-of-no-return")
            if recover_one(operation, begun, self, self._journal):
                self._end(operation, None if kept else Unavailable("a restart of Core interrupted it", hint="begin it again"))
        for item in running:
            if self._operations.under_way(item.id) is None and item.id not in recovered:
                self._settle(item)
        for draft in self._store.drafts.glob("*.fetch"):
            if self._journal.begun(draft.stem) is None:
                draft.unlink()
        backlog.flush()

    def _settle(self, item: OperationItem) -> None:
        """Its page is gone, so it had come to an end; to which one tells the image."""
        about = {name: getattr(item, name) for name in ("id", "kind", "object", "object_name", "user", "started")}
        self._operations.resume(OperationRecord(**about))
        if self._images.filled_since(item.object, item.started):
            self._operations.succeed(item.id)
        else:
            self._operations.fail(item.id, Unavailable("a restart of Core interrupted it", hint="fetch it again"))

    def _promise(self, operation: ImageOperation, work: str) -> ImageId:
        self._images.occupy(operation.image, work)
        try:
            page = self._journal.open(operation)
        except BaseException:
            self._images.release(operation.image)
            raise
        self._begin(operation)
        self._workers.submit(LANE, partial(self._carry_out, operation, page))
        return ImageId(id=operation.image, operation=operation.id)

    def _carry_out(self, operation: ImageOperation, page: Page) -> None:
        try:
            carry_out(operation, self, page, self._watch)
        except Exception as problem:
            self._end(operation, problem)
            raise
        self._end(operation, None)

    def _begin(self, operation: ImageOperation) -> None:
        self._running[operation.image] = operation.id
        self._operations.begin(record_of(operation))

    def _end(self, operation: ImageOperation, problem: BaseException | None) -> None:
        self._running.pop(operation.image, None)
        self._images.release(operation.image)
        if problem is None:
            self._operations.succeed(operation.id)
            return
        if isinstance(operation, BuildingImage):
            self._images.drop_unfilled(operation.image)
        self._operations.fail(operation.id, problem)

    def _watch(self, operation: str, begun: int, total: int, step: str) -> None:
        self._operations.step(operation, progress=PROGRESS.get(step, 0), step=step)

    def _arrived(self, operation: str, have: int, total: int) -> None:
        if total:
            self._operations.step(operation, progress=PROGRESS["check-file"] * have // total, step="download-file")

    def _draft(self, operation: str) -> Path:
        return self._store.drafts / f"{operation}.fetch"


def record_of(operation: ImageOperation) -> OperationRecord:
    return OperationRecord(
        id=operation.id,
        kind=KINDS[str(type(operation).__struct_config__.tag)],
        object=operation.image,
        object_name=operation.name,
        user=operation.user,
        started=operation.asked,
    )
