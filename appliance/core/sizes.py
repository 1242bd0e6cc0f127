"""Sizes in words."""

from __future__ import annotations

_UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB", "PiB")


def size_text(size: int) -> str:
    """8 GiB, 1.5 GiB, 512 MiB; never rounded up, so that "6 GiB free" is true."""
    power = min(max(size.bit_length() - 1, 0) // 10, len(_UNITS) - 1)
    tenths = size * 10 >> 10 * power
    return f"{tenths / 10:g} {_UNITS[power]}" if power else f"{size} bytes"
