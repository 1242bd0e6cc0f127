"""Remember what was done for which input, so that doing it again costs nothing."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def fingerprint(*parts: str | bytes) -> str:
    """One hash over texts; the same texts in another division give another hash."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def of_files(files: Iterable[Path]) -> str:
    """One hash over names and contents; a file that is not there counts as such."""
    parts = [part for file in sorted(files) for part in (str(file).encode(), file.read_bytes() if file.is_file() else b"?")]
    return fingerprint(*parts)


def is_current(stamp: Path, wanted: str) -> bool:
    return stamp.is_file() and stamp.read_text() == wanted


def write(stamp: Path, value: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value)
