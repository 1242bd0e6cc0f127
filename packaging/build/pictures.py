"""Read a PNG without an imaging library: how large it is, and what colour most of it has."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from typing import NamedTuple

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {2: 3, 6: 4}
"""Colour type -> bytes of a pixel, for 8 bits a channel (RFC 2083, 4.1.1): what screens are sent as."""


class Colour(NamedTuple):
    red: int
    green: int
    blue: int


def size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels. Raises ValueError when this is no PNG."""
    width, height, _ = _header(png)
    return width, height


def background(png: bytes) -> Colour:
    """The most frequent colour. Raises ValueError for anything but an RGB or RGBA PNG of 8 bits without interlacing."""
    width, height, channels = _header(png)
    if not channels:
        raise ValueError("this PNG is not RGB or RGBA with 8 bits, not interlaced")
    counted: Counter[bytes] = Counter()
    for line in _lines(zlib.decompress(_compressed(png)), width * channels, height, channels):
        counted.update(line[at : at + 3] for at in range(0, len(line), channels))
    return Colour(*counted.most_common(1)[0][0])


def _header(png: bytes) -> tuple[int, int, int]:
    """Width, height, and bytes of a pixel; 0 of the last for a kind we do not read."""
    if png[:8] != SIGNATURE or png[12:16] != b"IHDR":
        raise ValueError("this is no PNG")
    width, height, bits, kind, _, _, interlaced = struct.unpack(">IIBBBBB", png[16:29])
    return width, height, CHANNELS.get(kind, 0) if (bits, interlaced) == (8, 0) else 0


def _compressed(png: bytes) -> bytes:
    parts, at = [], len(SIGNATURE)
    while at + 8 <= len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        if kind == b"IDAT":
            parts.append(png[at + 8 : at + 8 + length])
        at += 12 + length
    return b"".join(parts)


def _lines(data: bytes, width: int, height: int, pixel: int) -> list[bytes]:
    """Undo the filter of each line (RFC 2083, chapter 6)."""
    lines, above = [], bytes(width)
    for row in range(height):
        start = row * (width + 1)
        above = _unfiltered(data[start], data[start + 1 : start + 1 + width], above, pixel)
        lines.append(above)
    return lines


def _unfiltered(kind: int, line: bytes, above: bytes, pixel: int) -> bytes:
    if kind == 0:
        return line
    done = bytearray(line)
    for at, value in enumerate(line):
        left = done[at - pixel] if at >= pixel else 0
        corner = above[at - pixel] if at >= pixel else 0
        guess = (0, left, above[at], (left + above[at]) // 2, _paeth(left, above[at], corner))[kind]
        done[at] = (value + guess) & 255
    return bytes(done)


def _paeth(left: int, above: int, corner: int) -> int:
    """Whichever of the three is nearest to left + above - corner; in a tie the first named."""
    target = left + above - corner
    return min((left, above, corner), key=lambda known: abs(target - known))
