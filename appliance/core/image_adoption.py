"""Take in files that an administrator laid into the incoming folder of the image store."""

from __future__ import annotations

import os
import re
import stat
from typing import TYPE_CHECKING

from appliance.core.image_formats import ImageKind
from nano_runtime.errors import BadValue, NanoError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from appliance.core.api.image_objects import Adoption
    from appliance.core.image_store import ImageStore
    from appliance.core.images import Images

_ENDINGS = {ImageKind.MEDIA: (".iso",), ImageKind.DISK: (".qcow2", ".img", ".raw", ".vmdk")}


class ImageAdoption:
    def __init__(self, images: Images, store: ImageStore, now: Callable[[], float]) -> None:
        self._images = images
        self._store = store
        self._now = now

    def adopt(self, kind: ImageKind, wanted: Adoption) -> None:
        """Each file becomes an image named "<file name>_<unix seconds>". Raises BadValue for those that cannot, after all the others."""
        self._images.drop_without_file(kind)
        refused = []
        for path in sorted(self._store.incoming.iterdir()):
            if path.suffix.lower() in _ENDINGS[kind]:
                try:
                    self._take_in(path, kind, wanted)
                except NanoError as problem:
                    refused.append(f"{path.name[:100]!r}: {problem.message}")
        if refused:
            more = f", and {len(refused) - 3} more" if len(refused) > 3 else ""
            raise BadValue(f"not all files could be taken in: {'; '.join(refused[:3])}{more}", hint=f"look into {self._store.incoming}")

    def _take_in(self, path: Path, kind: ImageKind, wanted: Adoption) -> None:
        """The file itself goes last: a crash before that takes it in again, and finds the image there."""
        if not stat.S_ISREG(path.lstat().st_mode):
            raise BadValue("it is no file, but a link or a folder")
        draft = self._store.new_draft()
        os.link(path, draft, follow_symlinks=False)
        try:
            content = self._store.publish(draft, kind)
        finally:
            draft.unlink(missing_ok=True)
        name = re.sub(r"[^A-Za-z0-9_.-]", "_", path.stem)[:100]
        self._images.adopt(kind, content, name=f"{name}_{int(self._now())}", owner=wanted.owner, group=wanted.group)
        path.unlink()
