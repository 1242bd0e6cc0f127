"""Judge a PNG without an imaging library: is there anything on the screen?"""

from __future__ import annotations

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels. Raises ValueError when this is no PNG."""
    if png[:8] != SIGNATURE or png[12:16] != b"IHDR":
        raise ValueError("this is no PNG")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def colours(png: bytes) -> int:
    """How many different values the filtered lines hold: 1 or 2 for a blank screen, many for text or pictures.

    PNG filters (RFC 2083 section 6) turn equal neighbours into zeros, so an empty screen stays poor in values.
    """
    size(png)
    return len(set(zlib.decompress(_compressed(png))))


def _compressed(png: bytes) -> bytes:
    parts, at = [], len(SIGNATURE)
    while at + 8 <= len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        if kind == b"IDAT":
            parts.append(png[at + 8 : at + 8 + length])
        at += 12 + length
    return b"".join(parts)
