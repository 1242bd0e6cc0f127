"""Carry out operations on images: journaled, beside the requests, and taken back or finished after a crash."""

from __future__ import annotations

import os
import threading
import uuid
from functools import partial
from typing import TYPE_CHECKING

from appliance.core.api.image_objects import ImageId
from appliance.core.api.operations import OperationFilter
from appliance.core.image_store import digests_of, require_digest
from appliance.core.model import OperationRecord
from appliance.core.operations.images import FetchingImage, ImageOperation
from appliance.rights import ROOT, Caller
from nano_runtime.errors import Unavailable
from nano_runtime.operation import Journal, Page, carry_out, recover_one

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from appliance.core.api.image_objects import NewFetch
    from appliance.core.api.operations import OperationItem
    from appliance.core.backlog import Backlog
    from appliance.core.image_download import Downloader
    from appliance.core.image_formats import ImageKind
    from appliance.core.image_store import ImageStore
    from appliance.core.images import Images
    from appliance.core.operations.images import ImageWorld
    from appliance.core.register import Operations
    from appliance.core.workers import Workers

LANE = "images"
KIND = "fetch-image"
PROGRESS = {"download-file": 0, "check-file": 90, "point-of-no-return": 95, "keep-file": 96, "remove-draft": 99}
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
        now: Callable[[], float],
    ) -> None:
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
        self._images.occupy(id, "being fetched")
        try:
            page = self._journal.open(operation)
        except BaseException:
            self._images.release(id)
            raise
        self._begin(operation)
        self._workers.submit(LANE, partial(self._carry_out, operation, page))
        return ImageId(id=id, operation=operation.id)

    def operation_on(self, image: str) -> tuple[str, int]:
        """Id and progress of what is under way on an image; ("", 0) for nothing."""
        operation = self._running.get(image, "")
        record = self._operations.under_way(operation)
        return operation, record.progress if record else 0

    def find_interrupted(self, backlog: Backlog) -> None:
        """Take back or finish what a kill interrupted, before anybody is answered."""
        backlog.flush()
        running = self._operations.list(ROOT, OperationFilter(kind=KIND, state="running", limit=200)).result
        recovered: set[str] = set()
        for operation, begun in list(self._journal.unfinished()):
            assert isinstance(operation, FetchingImage)
            self._operations.resume(record_of(operation))
            recovered.add(operation.id)
            kept = begun > list(type(step).__struct_config__.tag for step in operation.story()).index("point-of-no-return")
            if recover_one(operation, begun, self, self._journal):
                self._end(operation, None if kept else Unavailable("a restart of Core interrupted it", hint="fetch it again"))
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
        else:
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
        id=operation.id, kind=KIND, object=operation.image, object_name=operation.name, user=operation.user, started=operation.asked
    )
