"""The files of images, named after their SHA-256 and never changed; what is not whole yet lies apart, as a draft.

A file is published by one rename and used from the moment a record names it, so a crash leaves a draft or a file that
nobody names, and both are swept away.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import threading
import uuid
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from appliance.core.image_formats import ImageKind, Shape, recognise
from appliance.core.image_records import Content
from appliance.core.sizes import size_text
from nano_runtime import command
from nano_runtime.errors import BadValue, Damaged, NoRoom

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from appliance.http.routes import Upload

PIECE = 1 << 20
MARGIN = 256 << 20
"""Bytes that stay free, for databases and logs beside the images."""
LOOK_AGAIN = 64 << 20
"""Bytes after which the free space is looked at again while a file of unknown length arrives."""

LIMITS = command.Limits(memory=1 << 30, cpu_seconds=1800)
"""For qemu-img, which reads what strangers sent."""
CONVERSION = 3600.0

OF_OPERATIONS = (".fetch",)
"""Drafts that belong to an operation, which removes them itself."""

_DIGESTS = ("sha256", "sha1")


def free_space(folder: Path) -> int:
    return shutil.disk_usage(folder).free


class ImageStore:
    """`free` tells the bytes left in a folder."""

    def __init__(self, folder: Path, free: Callable[[Path], int] = free_space) -> None:
        self.folder = folder
        self.drafts = folder / "drafts"
        self.incoming = folder / "incoming"
        self._free = free
        self._promised = 0
        self._unclaimed: Counter[str] = Counter()
        self._lock = threading.Lock()

    def create(self) -> None:
        """Make the folders; the drafts of uploads that cannot be resumed go."""
        for folder in (self.drafts, self.incoming):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o711)
        for draft in self.drafts.iterdir():
            in_chunks = draft.with_suffix(".part").exists() and draft.with_suffix(".json").exists()
            if draft.suffix not in OF_OPERATIONS and not in_chunks:
                draft.unlink()

    def path(self, content: Content) -> Path:
        return self.folder / f"{content.sha256}.{content.format}"

    def open(self, content: Content) -> BinaryIO:
        """Raises Damaged when the file was taken away behind our back."""
        try:
            return self.path(content).open("rb")
        except FileNotFoundError as problem:
            raise Damaged(f"{self.path(content)} is missing", hint="upload the image again") from problem

    def new_draft(self) -> Path:
        return self.drafts / f"{uuid.uuid4()}.draft"

    def spare(self) -> int:
        """Bytes that a new file may take."""
        with self._lock:
            return self._free(self.folder) - self._promised - MARGIN

    @contextmanager
    def room(self, size: int) -> Iterator[None]:
        """Hold so many bytes for a file on its way. Raises NoRoom before the first of them is sent."""
        with self._lock:
            left = self._free(self.folder) - self._promised - MARGIN
            if size > left:
                raise NoRoom(
                    f"the file needs {size_text(size)}, {self.folder} has {size_text(max(left, 0))} to spare",
                    hint="delete images that nobody uses, or make room",
                )
            self._promised += size
        try:
            yield
        finally:
            with self._lock:
                self._promised -= size

    def receive(self, upload: Upload, kind: ImageKind, *, sha256: str = "") -> Content:
        """Take in a whole file and publish it; raises what is wrong with it, and then nothing of it is left."""
        draft = self.new_draft()
        try:
            with self.room(upload.length or 0):
                digests = self._write(upload, draft)
            require_digest(digests[0], sha256)
            return self.publish(draft, kind, digests)
        finally:
            draft.unlink(missing_ok=True)

    def publish(self, draft: Path, kind: ImageKind, digests: tuple[str, str] | None = None) -> Content:
        """Check a whole draft, bring it into the format that is kept, and give it its name. The draft is used up.

        The file is safe from sweeping until `claim`.
        """
        before = draft.stat().st_ino
        shape = self.settle(draft, kind)
        if draft.stat().st_ino != before:
            digests = None
        sha256, sha1 = digests or digests_of(draft)
        content = Content(sha256=sha256, sha1=sha1, format=shape.format, size=draft.stat().st_size, virtual_size=shape.virtual_size)
        draft.chmod(0o444)
        flush(draft)
        with self._lock:
            self._unclaimed[sha256] += 1
        draft.rename(self.path(content))
        draft.unlink(missing_ok=True)  # rename leaves both names where they were one file already (rename(2))
        flush(self.folder)
        return content

    def settle(self, draft: Path, kind: ImageKind) -> Shape:
        """Raise what is wrong with a whole draft, and bring it into the format that is kept."""
        shape = examine(draft, kind)
        if shape.format in ("raw", "vmdk"):
            self._convert(draft, shape)
        return Shape("iso" if shape.format == "iso" else "qcow2", shape.virtual_size)

    def claim(self, sha256: str) -> None:
        """A record names it now, or never will: it is swept like any other from here on."""
        with self._lock:
            self._unclaimed -= Counter([sha256])

    def sweep(self, used: Collection[str]) -> None:
        """Remove every file whose SHA-256 is not among `used`; readers that have one open read on."""
        with self._lock:
            for path in self.folder.iterdir():
                if path.is_file() and path.stem not in used and path.stem not in self._unclaimed:
                    path.unlink()

    def _write(self, upload: Upload, draft: Path) -> tuple[str, str]:
        hashes = [hashlib.new(name) for name in _DIGESTS]
        size = checked = 0
        try:
            with draft.open("xb", buffering=0) as file:
                while data := upload.read(PIECE):
                    file.write(data)
                    for each in hashes:
                        each.update(data)
                    size += len(data)
                    if size - checked >= LOOK_AGAIN and upload.length is None:
                        checked = size
                        with self.room(LOOK_AGAIN):
                            pass
        except OSError as problem:
            raise told(problem, self.folder) from problem
        if not size:
            raise BadValue("the file is empty", field="image")
        return hashes[0].hexdigest(), hashes[1].hexdigest()

    def _convert(self, draft: Path, shape: Shape) -> None:
        made = self.new_draft()
        with self.room(draft.stat().st_size):
            try:
                arguments: list[str | Path] = ["qemu-img", "convert", "-q", "-f", shape.format, "-O", "qcow2", draft, made]
                command.run(arguments, seconds=CONVERSION, limits=LIMITS)
            except command.CommandFailed as problem:
                made.unlink(missing_ok=True)
                raise BadValue(f"the file cannot be converted to qcow2: {problem.message}", field="image") from problem
        flush(made)
        made.replace(draft)


def examine(path: Path, kind: ImageKind) -> Shape:
    """What a file is; raises BadValue for one that is damaged, or could make QEMU do what its owner should not."""
    with path.open("rb") as file:
        shape = recognise(file, path.stat().st_size, kind)
    if shape.format == "qcow2":
        _require_whole(path)
    return shape


def require_digest(found: str, wanted: str) -> None:
    if wanted and found != wanted.lower():
        raise BadValue(f"the file arrived with SHA-256 {found}, not {wanted[:64]}", hint="send it again", field="sha256")


def digests_of(path: Path) -> tuple[str, str]:
    """SHA-256 and SHA-1, in lower-case hex."""
    hashes = [hashlib.new(name) for name in _DIGESTS]
    with path.open("rb", buffering=0) as file:
        while data := file.read(PIECE):
            for each in hashes:
                each.update(data)
    return hashes[0].hexdigest(), hashes[1].hexdigest()


def flush(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def told(problem: OSError, folder: Path) -> Exception:
    """What a failing write means to people."""
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return NoRoom(f"{folder} is full", hint="delete images that nobody uses, or make room")
    return Damaged(f"{folder} cannot be written: {problem.strerror}")


def _require_whole(path: Path) -> None:
    """qemu-img follows every table of a qcow2; clusters behind its end mean that it was cut off. Leaks (3) do no harm."""
    output = command.run(["qemu-img", "check", "-q", "-f", "qcow2", path], seconds=CONVERSION, limits=LIMITS, check=False)
    if output.code not in (0, 3):
        words = (output.stderr or output.stdout).strip().splitlines()[-1:]
        raise BadValue(f"the file is damaged: {' '.join(words).replace(str(path), 'it')[:200]}", hint="upload it again", field="image")
