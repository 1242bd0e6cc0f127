"""Which keys make a text: characters in, key numbers of Linux out (linux/input-event-codes.h). Pure."""

from __future__ import annotations

from nano_runtime.errors import BadValue

SHIFT, ALT_GR = 42, 100
LONGEST = 1000

KEYS = {
    "esc": 1, "backspace": 14, "tab": 15, "enter": 28, "ctrl": 29, "shift": 42, "alt": 56, "space": 57, "capslock": 58,
    "home": 102, "up": 103, "pageup": 104, "left": 105, "right": 106, "end": 107, "down": 108, "pagedown": 109, "insert": 110,
    "delete": 111, "meta": 125, "menu": 127, "print": 99, "altgr": 100, "f11": 87, "f12": 88,
    **{f"f{number}": 58 + number for number in range(1, 11)},
}  # fmt: skip
"""Names for combinations, beside the plain characters of a US keyboard."""

_ROWS = {2: "1234567890-=", 16: "qwertyuiop[]", 30: "asdfghjkl;'`", 43: "\\zxcvbnm,./"}
_SHIFTED = {2: "!@#$%^&*()_+", 16: "QWERTYUIOP{}", 30: 'ASDFGHJKL:"~', 43: "|ZXCVBNM<>?"}
_GERMAN_ROWS = {2: "1234567890ß", 16: "qwertzuiopü+", 30: "asdfghjklöä", 43: "#yxcvbnm,.-", 86: "<"}
_GERMAN_SHIFTED = {2: '!"§$%&/()=?', 16: "QWERTZUIOPÜ*", 30: "ASDFGHJKLÖÄ", 43: "'YXCVBNM;:_", 86: ">"}
_GERMAN_ALT_GR = {8: "{[]}\\", 16: "@", 27: "~", 86: "|"}


def _numbered(rows: dict[int, str], *held: int) -> dict[str, tuple[int, ...]]:
    return {letter: (*held, first + place) for first, letters in rows.items() for place, letter in enumerate(letters)}


_CONTROL: dict[str, tuple[int, ...]] = {" ": (57,), "\n": (28,), "\t": (15,)}
LAYOUTS = {
    "en-us": _CONTROL | _numbered(_ROWS) | _numbered(_SHIFTED, SHIFT),
    "de": _CONTROL | _numbered(_GERMAN_ROWS) | _numbered(_GERMAN_SHIFTED, SHIFT) | _numbered(_GERMAN_ALT_GR, ALT_GR),
}


def strokes_of(text: str, layout: str) -> list[tuple[int, ...]]:
    """The strokes that type a text on a guest with this layout. Raises BadValue for what the layout has no key for."""
    known = LAYOUTS.get(layout)
    if known is None:
        raise BadValue(f"layout must be one of {', '.join(LAYOUTS)}, not {layout[:20]!r}", field="layout")
    if len(text) > LONGEST:
        raise BadValue(f"a text may have {LONGEST} characters, not {len(text)}", hint="type it in parts", field="text")
    if missing := [letter for letter in text if letter not in known]:
        raise BadValue(f"keyboard layout '{layout}' has no key for {missing[0]!r}", hint="choose another layout", field="text")
    return [known[letter] for letter in text]


def combination_of(names: list[str]) -> tuple[int, ...]:
    """Keys held together, e.g. ["ctrl", "alt", "delete"]."""
    if not 1 <= len(names) <= 6:
        raise BadValue(f"a combination has 1-6 keys, not {len(names)}", field="keys")
    return tuple(_number(name) for name in names)


def _number(name: str) -> int:
    plain = LAYOUTS["en-us"].get(name, ())
    if name not in KEYS and len(plain) != 1:
        raise BadValue(f"there is no key {name[:20]!r}", hint=f"known are letters, digits and: {', '.join(KEYS)}", field="keys")
    return KEYS[name] if name in KEYS else plain[0]
