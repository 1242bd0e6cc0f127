"""Read from an ELF file which symbol versions it needs of which library, and give an over-new one its older name.

The layout is that of the System V gABI and of "Symbol Versioning" in the Linux Standard Base; 64-bit little endian only.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

MAGIC = b"\x7fELF\x02\x01"
_DYNSYM, _VERNEED, _VERSYM = 11, 0x6FFFFFFE, 0x6FFFFFFF


class Need(NamedTuple):
    """One version of one library, and the symbols that are wanted in it. `place` is where its entry lies in the file."""

    library: str
    version: str
    symbols: tuple[str, ...]
    place: int


class _Section(NamedTuple):
    name: int
    kind: int
    flags: int
    address: int
    offset: int
    size: int
    link: int
    info: int
    align: int
    entry: int


def is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def needs(path: Path) -> list[Need]:
    """Every version this file needs; none for a file that is not linked dynamically."""
    return _needs(path.read_bytes())


def rename(path: Path, need: Need, version: str) -> None:
    """Let the symbols of `need` be looked up as `version`, which the same library must have for each of them.

    Raises ValueError where the file names that version nowhere.
    """
    data = bytearray(path.read_bytes())
    known = next((each for each in _needs(bytes(data)) if each.version == version), None)
    if known is None:
        raise ValueError(f"{path.name} has no version {version} whose name could be used")
    (digest,) = struct.unpack_from("<I", data, known.place)
    (name,) = struct.unpack_from("<I", data, known.place + 8)
    struct.pack_into("<I", data, need.place, digest)
    struct.pack_into("<I", data, need.place + 8, name)
    path.write_bytes(data)


def _needs(data: bytes) -> list[Need]:
    sections = _sections(data)
    table = next((section for section in sections if section.kind == _VERNEED), None)
    if table is None:
        return []
    names = sections[table.link]
    symbols = _symbols(data, sections)
    found = []
    library_at = table.offset
    for _ in range(table.info):
        _, count, file, first, step = struct.unpack_from("<HHIII", data, library_at)
        place = library_at + first
        for _ in range(count):
            _, _, index, version, following = struct.unpack_from("<IHHII", data, place)
            found.append(Need(_text(data, names, file), _text(data, names, version), tuple(symbols.get(index & 0x7FFF, ())), place))
            place += following
        library_at += step
    return found


def _symbols(data: bytes, sections: list[_Section]) -> dict[int, list[str]]:
    """Names of the dynamic symbols by the index of their version."""
    dynamic = next((section for section in sections if section.kind == _DYNSYM), None)
    versions = next((section for section in sections if section.kind == _VERSYM), None)
    if dynamic is None or versions is None:
        return {}
    names = sections[dynamic.link]
    found: dict[int, list[str]] = {}
    for number in range(dynamic.size // 24):
        (name,) = struct.unpack_from("<I", data, dynamic.offset + number * 24)
        (version,) = struct.unpack_from("<H", data, versions.offset + number * 2)
        found.setdefault(version & 0x7FFF, []).append(_text(data, names, name))
    return found


def _sections(data: bytes) -> list[_Section]:
    if data[: len(MAGIC)] != MAGIC:
        raise ValueError("not a 64-bit little-endian ELF file")
    (start,) = struct.unpack_from("<Q", data, 0x28)
    size, count = struct.unpack_from("<HH", data, 0x3A)
    return [_Section._make(struct.unpack_from("<IIQQQQIIQQ", data, start + number * size)) for number in range(count)]


def _text(data: bytes, strings: _Section, offset: int) -> str:
    begin = strings.offset + offset
    return data[begin : data.index(b"\0", begin)].decode()
