"""The oldest host: which versions of its libraries a frozen program may need, and what is done where it needs more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import elf
from progress import Failed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CEILINGS = {"GLIBC": (2, 34), "GLIBCXX": (3, 4, 29), "CXXABI": (1, 3, 13), "GCC": (12, 0, 0)}
"""What CentOS Stream 9 has: glibc 2.34 and the libraries of gcc 11, its compiler."""

OLDER = {"hypot": "GLIBC_2.2.5"}
"""Symbols that the oldest host has, too, under this older version, and that do the same there.

hypot: glibc 2.35 gave it a new version only because it no longer calls the SVID error handler, which nobody installs.
"""


class TooNew(NamedTuple):
    file: Path
    need: elf.Need

    def __str__(self) -> str:
        return f"{self.file.name} needs {self.need.version} of {self.need.library} ({', '.join(self.need.symbols)})"


def lower(folder: Path) -> list[TooNew]:
    """Give the symbols of OLDER their older version in every file that needs only those; answers what was changed."""
    fixable = [found for found in too_new(folder) if found.need.symbols and set(found.need.symbols) <= OLDER.keys()]
    for file, need in fixable:
        (version,) = {OLDER[symbol] for symbol in need.symbols}
        elf.rename(file, need, version)
    return fixable


def check(folder: Path) -> int:
    """Raises Failed naming every file the oldest host could not load; answers how many files were read."""
    found = list(too_new(folder))
    if found:
        lines = "\n".join(f"    {each}" for each in found)
        raise Failed(f"{folder.name} would not start on CentOS Stream 9:\n{lines}\n  freeze on a machine with glibc 2.34 or older")
    return len(elf_files(folder))


def too_new(folder: Path) -> Iterator[TooNew]:
    for file in elf_files(folder):
        yield from (TooNew(file, need) for need in elf.needs(file) if _is_too_new(need.version))


def elf_files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink() and elf.is_elf(path)]


def _is_too_new(version: str) -> bool:
    """A version without numbers, such as GLIBC_PRIVATE or GLIBC_ABI_DT_RELR, is a promise that no other glibc keeps."""
    family, _, number = version.partition("_")
    if family not in CEILINGS:
        return False
    if not re.fullmatch(r"[\d.]+", number):
        return family == "GLIBC"
    return tuple(int(part) for part in number.split(".")) > CEILINGS[family]
