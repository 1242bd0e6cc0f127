"""Texts of the installer in the two languages it speaks."""

from __future__ import annotations

import os
from typing import Literal, NamedTuple

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")


class Text(NamedTuple):
    """One text in English and in Simplified Chinese; `{names}` are filled in by `format`."""

    en: str
    zh: str

    def say(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en

    def format(self, **parts: object) -> Text:
        """Fill in both languages; a part may itself be a Text."""
        filled = [text.format(**{name: _in(part, place) for name, part in parts.items()}) for place, text in enumerate(self)]
        return Text(*filled)


def _in(part: object, place: int) -> object:
    return part[place] if isinstance(part, Text) else part


def same(text: str) -> Text:
    """What is written alike in both: names, addresses, words of another program."""
    return Text(text, text)


def language_of_terminal() -> Language:
    """Chinese where the terminal's locale is, English everywhere else."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if locale.startswith("zh") else "en"
