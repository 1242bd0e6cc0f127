"""Turn the screen that libvirt gives into a PNG (RFC 2083), without a library for pictures."""

from __future__ import annotations

import re
import struct
import zlib

from nano_runtime.errors import Damaged

_PNG = b"\x89PNG\r\n\x1a\n"
_PPM = re.compile(rb"P6\s+(\d{1,5})\s+(\d{1,5})\s+255\s")


def as_png(content: bytes) -> bytes:
    """PNG stays as it is, PPM (P6, 8 bits a colour) is converted. Raises Damaged for anything else."""
    if content.startswith(_PNG):
        return content
    head = _PPM.match(content)
    if head is None:
        raise Damaged("libvirt answered a picture that is neither PNG nor PPM")
    width, height = int(head[1]), int(head[2])
    pixels = memoryview(content)[head.end() :]
    if not width or not height or len(pixels) != width * height * 3:
        raise Damaged(f"libvirt answered {len(pixels)} bytes for a picture of {width}x{height}")
    return _encode(width, height, pixels)


def _encode(width: int, height: int, pixels: memoryview) -> bytes:
    packer = zlib.compressobj(level=6)
    row = width * 3
    packed = bytearray()
    for start in range(0, row * height, row):
        packed += packer.compress(b"\0" + pixels[start : start + row].tobytes())  # 0: the row is not filtered
    packed += packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)  # 8 bits, red green blue, defaults
    return _PNG + _chunk(b"IHDR", header) + _chunk(b"IDAT", bytes(packed)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
