"""The set-up code: proof that the first visitor of the portal may become its administrator."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from nano_runtime import secrets

if TYPE_CHECKING:
    from pathlib import Path


class SetupCode:
    """One code in one file, for the eyes of the host's administrator, until the portal is set up."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def ensure(self) -> str:
        """The code; a new one where there is none, or where others could have read it."""
        code = self.read()
        if not code or self._path.stat().st_mode & 0o077:
            code = secrets.code()
            self._write(code)
        return code

    def read(self) -> str:
        """The code, "" where there is none (any more)."""
        try:
            return self._path.read_text("ascii", errors="replace").strip()
        except FileNotFoundError:
            return ""

    def matches(self, given: str) -> bool:
        """Whether the code was typed, with or without its dashes, in any case."""
        code = _plain(self.read())
        return secrets.same(_plain(given), code) and bool(code)

    def remove(self) -> None:
        self._path.unlink(missing_ok=True)

    def _write(self, code: str) -> None:
        """Replace the file as a whole; it never exists with a mode that others can read."""
        draft = self._path.with_name(f".{self._path.name}.draft")
        draft.unlink(missing_ok=True)
        number = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with open(number, "w", encoding="ascii") as file:
            file.write(code + "\n")
            file.flush()
            os.fsync(file.fileno())
        draft.rename(self._path)


def _plain(code: str) -> str:
    return re.sub(r"[\s-]", "", code[:64]).upper()
