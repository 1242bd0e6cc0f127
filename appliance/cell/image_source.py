"""Get files of images from Core: out of its folder where that is on this host, else over HTTPS, going on where it broke off."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import http.client
import os
import shutil
import ssl
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nano_runtime.errors import Conflict, Damaged, NoRoom, NotFound, Unavailable
from nano_runtime.tls import client_context

if TYPE_CHECKING:
    from appliance.protocol.images import UseImages
    from nano_runtime.certificates import Identity

PIECE = 1 << 20
SILENCE = 30.0
"""Seconds without a byte after which a transfer counts as stalled."""
ATTEMPTS = 5
"""Times a transfer may break off without one more byte before it is given up."""

_FICLONE = 0x40049409
"""linux/fs.h: share the blocks of another file (XFS, Btrfs)."""
_SHARING_IMPOSSIBLE = (errno.EOPNOTSUPP, errno.EXDEV, errno.EINVAL, errno.ENOTTY, errno.EPERM)

Watch = Callable[[int, int], None]
"""Told bytes there and bytes in all."""


class Offered(NamedTuple):
    size: int
    virtual_size: int


class ImageSource:
    """`address` is Core's as this cell reaches it; `identity` is this cell's certificate."""

    def __init__(self, place: UseImages, address: str, identity: Callable[[], Identity]) -> None:
        self._place = place
        self._address = address
        self._identity = identity

    def look(self, name: str) -> Offered:
        """Raises NotFound for a file that Core does not have, Unavailable when it cannot be asked."""
        with self._ask(name, "bytes=0-0") as answer:  # a HEAD could not say why not
            return Offered(int(answer.headers["Content-Range"].rpartition("/")[2]), int(answer.headers["Nano-Virtual-Size"]))

    def share(self, name: str, target: Path) -> bool:
        """Have the file from Core's folder without copying a byte where the file system can; False if there is no such folder here.

        What Core published it has verified, and nobody changes it: the name is the digest.
        """
        source = Path(self._place.folder) / name
        if not self._place.folder or not _is_plain(source):
            return False
        target.unlink(missing_ok=True)
        if not _reflinked(source, target) and not _linked(source, target):
            try:
                shutil.copyfile(source, target)
            except OSError as problem:
                raise _told(problem, target) from problem
            _require_digest(target, name)
        return True

    def draft_here(self, name: str) -> Path | None:
        """Where to write a draft where Core is on this host; None where it is not."""
        folder = Path(self._place.folder) / "drafts"
        return folder / name if self._place.folder and os.access(folder, os.W_OK | os.X_OK) else None

    def send(self, path: Path, name: str) -> None:
        """Send a draft that Core waits for. Raises Unavailable when that breaks off, Conflict when Core does not take it."""
        context = client_context(self._identity(), pinned=self._place.pin)
        link = http.client.HTTPSConnection(self._address, self._place.port, timeout=SILENCE, context=context, blocksize=PIECE)
        try:
            with path.open("rb") as file:
                link.request("PUT", f"/drafts/{name}", file, {"Content-Length": str(_size(path)), "Connection": "close"})
            answer = link.getresponse()
            words = answer.read(500).decode(errors="replace")
        except (OSError, http.client.HTTPException) as problem:
            raise Unavailable(f"the disk cannot be sent to Core: {problem}", hint="try again later") from problem
        finally:
            link.close()
        if answer.status != 200:
            raise Conflict(f"Core does not take the disk: {words}")

    def fetch(self, name: str, part: Path, watch: Watch) -> None:
        """Have the whole file at `part`, which may hold a beginning of it already; a stalled or broken transfer is gone on with."""
        failures = 0
        while True:
            have = _size(part)
            try:
                self._go_on(name, part, watch)
                _require_digest(part, name)
                return
            except Damaged:
                part.unlink()
                failures += 1
                if failures > 1:
                    raise
            except (OSError, http.client.HTTPException) as problem:
                if isinstance(problem, OSError) and problem.errno in (errno.ENOSPC, errno.EDQUOT):
                    raise _told(problem, part) from problem
                failures = 0 if _size(part) > have else failures + 1
                if failures >= ATTEMPTS:
                    raise Unavailable(f"the image cannot be fetched from Core: {problem}", hint="try again later") from problem

    def _go_on(self, name: str, part: Path, watch: Watch) -> None:
        have = _size(part)
        with self._ask(name, f"bytes={have}-" if have else "") as answer:
            if answer.status == 416:
                return  # it is all there; the digest will tell
            total = have + int(answer.headers["Content-Length"])
            with part.open("ab" if answer.status == 206 else "wb", buffering=0) as file:
                while data := answer.read(PIECE):
                    file.write(data)
                    have += len(data)
                    watch(have, total)
        if have < total:
            raise http.client.IncompleteRead(b"", total - have)

    def _ask(self, name: str, range: str) -> closing[http.client.HTTPResponse]:
        context = client_context(self._identity(), pinned=self._place.pin)
        link = http.client.HTTPSConnection(self._address, self._place.port, timeout=SILENCE, context=context, blocksize=PIECE)
        headers = {"Connection": "close", **({"Range": range} if range else {})}
        try:
            link.request("GET", f"/images/{name}", headers=headers)
            answer = link.getresponse()
        except (ssl.SSLCertVerificationError, ConnectionRefusedError) as problem:
            link.close()
            raise Unavailable(f"Core's image service cannot be reached: {problem}", hint="try again later") from problem
        if answer.status not in (200, 206, 416):
            with answer:
                raise NotFound(f"Core has no such image: {answer.read(500).decode(errors='replace')}", field="image")
        return closing(answer)


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink() and os.access(path, os.R_OK)


def _reflinked(source: Path, target: Path) -> bool:
    with source.open("rb") as old, target.open("wb") as new:
        try:
            fcntl.ioctl(new, _FICLONE, old.fileno())
        except OSError as problem:
            if problem.errno not in _SHARING_IMPOSSIBLE:
                raise _told(problem, target) from problem
            target.unlink()
            return False
    return True


def _linked(source: Path, target: Path) -> bool:
    with suppress(OSError):  # another file system, or the owner of the file is somebody else
        os.link(source, target, follow_symlinks=False)
        return True
    return False


def _require_digest(path: Path, name: str) -> None:
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != name.partition(".")[0]:
        raise Damaged(f"image {name} arrived damaged: its SHA-256 is {found}", hint="try again; look at the disks of Core's host")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _told(problem: OSError, path: Path) -> Exception:
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return NoRoom(f"{path.parent} is full", hint="make room on this host")
    return Damaged(f"{path} cannot be written: {problem.strerror}")
