"""Lines for a terminal, where a Chinese character is two columns wide."""

from __future__ import annotations

import unicodedata


def width_of(text: str) -> int:
    """Columns a text takes (Unicode Standard Annex 11)."""
    return sum(_width(character) for character in text)


def clip(text: str, width: int) -> str:
    """As much of a line as fits."""
    taken = 0
    for place, character in enumerate(text):
        taken += _width(character)
        if taken > width:
            return text[:place]
    return text


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns, broken at spaces, and between any two wide characters; "" is no line."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line and width_of(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> list[str]:
    """Words with the space behind them; wide characters by themselves."""
    pieces = [""]
    for character in text:
        if _width(character) == 2 or (pieces[-1] and (pieces[-1][-1] == " " != character or _width(pieces[-1][-1]) == 2)):
            pieces.append("")
        pieces[-1] += character
    return [piece for piece in pieces if piece]


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
