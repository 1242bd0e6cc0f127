"""Images on this Cell: fetched or made once, verified once, kept under their SHA-256, shared by the disks that begin with them."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import threading
import time
from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from appliance.cell import qcow2
from appliance.cell.firstboot import nano_hello
from appliance.cell.image_source import ImageSource
from appliance.cell.storage import IMAGE_LIMITS, flush, flush_folder
from appliance.protocol.images import BUILTIN_IMAGES, NANO_HELLO
from nano_runtime import command
from nano_runtime.errors import BadValue, Damaged, NoRoom, NotFound, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from appliance.protocol.images import UseImages
    from nano_runtime.certificates import Identity

log = logging.getLogger(__name__)

DISK, ISO = "qcow2", "iso"

MARGIN = 256 << 20
"""Bytes that stay free beside a file on its way."""
YOUNG = 600.0
"""Seconds after its last use in which an image is not evicted: somebody may be about to clone it."""
OLD = 30 * 24 * 3600.0
"""Seconds without use after which an image that no guest needs is evicted."""

EXPORTING = 3600.0
"""Seconds that copying a disk may take."""

_BYTES: dict[str, Callable[[], bytes]] = {NANO_HELLO.sha256: nano_hello.disk}


class Known(NamedTuple):
    """`size` of the file and `virtual_size` in bytes."""

    size: int
    virtual_size: int


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def _nobody() -> Identity:
    raise Unavailable("this cell is not a member of a domain yet")


class Images:
    """`in_use` answers the SHA-256 of images that guests of this cell depend on; `watch` is told guest, bytes there, bytes in all."""

    def __init__(
        self,
        storage: Path,
        in_use: Callable[[], Collection[str]] = tuple,
        *,
        identity: Callable[[], Identity] | None = None,
        free: Callable[[Path], int] = _free,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._folder = storage / "images"
        self._in_use = in_use
        self._identity = identity or _nobody
        self._free = free
        self._now = now
        self._source: ImageSource | None = None
        self._gate = threading.Lock()
        self._making: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self.watch: Callable[[str, int, int], None] = lambda guest, have, total: None

    def create(self) -> None:
        """Make the folder; what a crash left half-made goes, but the beginning of a transfer is gone on with."""
        self._folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        for draft in self._folder.glob("*.draft"):
            draft.unlink()

    def use(self, place: UseImages, address: str) -> None:
        """Where images come from, from now on; `address` is Core's."""
        self._source = ImageSource(place, address, self._identity)

    def find(self, sha256: str) -> Known:
        """A disk image. Raises NotFound for one that this Cell has no way to get, Unavailable while Core cannot be asked."""
        for image in BUILTIN_IMAGES:
            if image.sha256 == sha256:
                return Known(image.size, image.virtual_size)
        path = self.path(sha256)
        with suppress(FileNotFoundError):
            return Known(path.stat().st_size, qcow2.size_of(path))
        if len(sha256) != 64 or sha256.strip("0123456789abcdef"):
            raise NotFound(f"this cell cannot get an image with SHA-256 {sha256[:80]!r}", hint="choose another image", field="image")
        offered = self._known_source().look(f"{sha256}.{DISK}")
        return Known(offered.size, offered.virtual_size)

    def path(self, sha256: str, form: str = DISK) -> Path:
        return self._folder / f"{sha256}.{form}"

    def fetch(self, sha256: str, form: str = DISK, *, guest: str = "") -> Path:
        """The image as a file that nobody may change; got now if it is the first time. Others are not kept waiting."""
        path = self.path(sha256, form)
        with self._gate:
            making = self._making[path.name]
        with making:
            if not path.exists():
                self._get(sha256, path, guest)
            os.utime(path, (self._now(), path.stat().st_mtime))
        return path

    def export(self, volume: Path, draft: str) -> None:
        """Copy a disk, without what it is based on, to Core as a draft; nothing of it stays here."""
        if "/" in draft or not draft.endswith(".fetch"):
            raise BadValue(f"{draft[:80]!r} cannot name a draft", field="draft")
        source = self._known_source()
        here = source.draft_here(draft)
        made = here or self._folder / f"{draft}.draft"
        try:
            command.run(["qemu-img", "convert", "-q", "-f", "qcow2", "-O", "qcow2", volume, made], seconds=EXPORTING, limits=IMAGE_LIMITS)
            if here is None:
                source.send(made, draft)
        except BaseException:
            made.unlink(missing_ok=True)
            raise
        if here is None:
            made.unlink()

    def evict(self, wanted: int = 0) -> None:
        """Remove what no guest needs and nobody used for long; for `wanted` bytes more than are free also what was used lately."""
        used, now = self._in_use(), self._now()
        unused = [path for path in self._folder.glob("*") if path.suffix in (f".{DISK}", f".{ISO}", ".part") and path.stem not in used]
        for path in sorted(unused, key=lambda path: path.stat().st_atime):
            age = now - path.stat().st_atime
            if age > OLD or (age > YOUNG and self._free(self._folder) < wanted):
                log.info("image %s is evicted: no guest needs it, unused for %.0f s", path.name, age)
                path.unlink()

    def _get(self, sha256: str, path: Path, guest: str) -> None:
        if sha256 in _BYTES:
            self._make(sha256, path)
            return
        draft = path.with_suffix(f"{path.suffix}.draft")
        source = self._known_source()
        if not source.share(path.name, draft):
            draft = self._transfer(source, path, guest)
        draft.chmod(0o444)
        flush(draft)
        draft.rename(path)
        flush_folder(self._folder)
        self.evict()

    def _transfer(self, source: ImageSource, path: Path, guest: str) -> Path:
        part = path.with_name(f"{path.stem}.part")
        self._require_room(source.look(path.name).size - (part.stat().st_size if part.exists() else 0))
        source.fetch(path.name, part, lambda have, total: self.watch(guest, have, total))
        return part

    def _require_room(self, size: int) -> None:
        self.evict(size + MARGIN)
        free = self._free(self._folder)
        if free < size + MARGIN:
            raise NoRoom(f"the image needs {size} bytes, {self._folder} has {free} free", hint="make room on this host")

    def _known_source(self) -> ImageSource:
        if self._source is None:
            raise Unavailable("this cell was not told yet where Core keeps its images", hint="try again in a moment")
        return self._source

    def _make(self, sha256: str, path: Path) -> None:
        content = _BYTES[sha256]()
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Damaged(f"the built-in image {sha256} is not what it should be", hint="install the appliance again")
        raw, draft = path.with_suffix(".raw.draft"), path.with_suffix(".qcow2.draft")
        raw.write_bytes(content)
        command.run(["qemu-img", "convert", "-q", "-f", "raw", "-O", "qcow2", raw, draft], limits=IMAGE_LIMITS)
        raw.unlink()
        draft.chmod(0o444)
        flush(draft)
        draft.rename(path)
        flush_folder(self._folder)
