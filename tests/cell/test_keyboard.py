"""Texts as key strokes."""

from __future__ import annotations

import pytest

from appliance.cell.keyboard import LAYOUTS, combination_of, strokes_of
from nano_runtime.errors import BadValue


def test_letters_and_shifted_letters_are_pressed() -> None:
    assert strokes_of("aA1!\n", "en-us") == [(30,), (42, 30), (2,), (42, 2), (28,)]


def test_a_layout_decides_which_key_makes_a_letter() -> None:
    assert strokes_of("zy", "en-us") == [(44,), (21,)]
    assert strokes_of("zy@{", "de") == [(21,), (44,), (100, 16), (100, 8)]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_printable_character_of_a_shell_has_a_key(layout: str) -> None:
    wanted = set(map(chr, range(32, 127))) - ({"^", "`"} if layout == "de" else set())  # dead keys there

    assert wanted <= LAYOUTS[layout].keys()


@pytest.mark.parametrize(("text", "layout"), [("\0", "en-us"), ("網", "en-us"), ("x", "klingon"), ("x" * 1001, "en-us")])
def test_what_has_no_key_is_refused(text: str, layout: str) -> None:
    with pytest.raises(BadValue):
        strokes_of(text, layout)


def test_a_combination_is_held_together() -> None:
    assert combination_of(["ctrl", "alt", "delete"]) == (29, 56, 111)
    assert combination_of(["meta", "r"]) == (125, 19)


@pytest.mark.parametrize("keys", [[], ["ctrl"] * 7, ["A"], ["hyper"], [""]])
def test_a_combination_that_nobody_can_press_is_refused(keys: list[str]) -> None:
    with pytest.raises(BadValue):
        combination_of(keys)
