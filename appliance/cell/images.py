"""Images on this Cell: fetched or made once, verified once, kept under their SHA-256, shared by the disks that begin with them."""

from __future__ import annotations

import hashlib
import threading
from typing import TYPE_CHECKING

from appliance.cell.firstboot import nano_hello
from appliance.cell.storage import IMAGE_LIMITS, flush, flush_folder
from appliance.protocol.images import BUILTIN_IMAGES, NANO_HELLO, BuiltinImage
from nano_runtime import command
from nano_runtime.errors import Damaged, NotFound

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_BYTES: dict[str, Callable[[], bytes]] = {NANO_HELLO.sha256: nano_hello.disk}


class Images:
    def __init__(self, storage: Path) -> None:
        self._folder = storage / "images"
        self._making = threading.Lock()

    def create(self) -> None:
        """Make the folder; what a crash left half-made goes."""
        self._folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        for draft in self._folder.glob("*.draft"):
            draft.unlink()

    def find(self, sha256: str) -> BuiltinImage:
        """Raises NotFound for an image this Cell has no way to get."""
        for image in BUILTIN_IMAGES:
            if image.sha256 == sha256:
                return image
        raise NotFound(f"this cell cannot get an image with SHA-256 {sha256!r}", hint="choose another image", field="image")

    def path(self, sha256: str) -> Path:
        return self._folder / f"{sha256}.qcow2"

    def fetch(self, sha256: str) -> Path:
        """The image as qcow2 that nobody may change; made now if it is the first time."""
        path = self.path(sha256)
        with self._making:
            if not path.exists():
                self._make(sha256, path)
        return path

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
