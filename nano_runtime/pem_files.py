"""PEM files: private keys for the owner's eyes only, each file replaced as a whole."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

from nano_runtime.config import name_of, require_private
from nano_runtime.errors import BadSetting

if TYPE_CHECKING:
    from pathlib import Path


def read_private(path: Path) -> str:
    require_private(path)
    return read_text(path)


def read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else "it is not PEM text"
        raise BadSetting(f"{name_of(path)} cannot be read: {reason}", hint="restore it, or enrol this host again") from problem


def write_text(path: Path, content: str, *, mode: int) -> None:
    number, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # made with mode 0600
    try:
        with open(number, "w", encoding="ascii") as file:
            file.write(content)
            os.fchmod(file.fileno(), mode)
            file.flush()
            os.fsync(file.fileno())
        os.rename(draft, path)
    except BaseException:
        os.unlink(draft)
        raise
