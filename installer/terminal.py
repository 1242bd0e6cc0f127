"""Talk to a person: full screens on a terminal that can, plain prompts on a serial console or a pipe.

Both show the same pages. Screens are drawn with a dozen ANSI sequences that every terminal of the last forty years knows;
a toolkit would cost the frozen program more than all the rest of the installer, and does not speak to a serial console.
"""

from __future__ import annotations

import os
import select
import shutil
import sys
import termios
import time
import tty
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from installer.layout import clip, wrap
from installer.wording import Language, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

BACK = "<"
HELP = Text("Enter accepts, < goes back, ? explains, Ctrl-C stops", "回车确认，< 返回，? 说明，Ctrl-C 退出")
KEYS = Text("↑↓ choose · Enter accepts · Esc back · Ctrl-C stops", "↑↓ 选择 · 回车确认 · Esc 返回 · Ctrl-C 退出")
CONFIRM = Text(
    "Bridge {bridge} works. Keep it? Type yes and press Enter; {left} s left, then the network goes back: ",
    "网桥 {bridge} 已生效。是否保留？输入 yes 并回车；剩余 {left} 秒，超时恢复：",
)


@dataclass(frozen=True)
class Page:
    """One question or message. `choices` are (value, title); without them text is asked for."""

    title: str
    place: str = ""
    help: str = ""
    lines: Sequence[str] = ()
    choices: Sequence[tuple[str, str]] = ()
    default: str = ""
    problem: str = ""
    is_secret: bool = False


class Talk(Protocol):
    """Answers what the person typed or chose; "<" to go back."""

    def ask(self, page: Page) -> str: ...


class Prompts:
    """Line by line. Raises EOFError at the end of the input."""

    def __init__(self, language: Language) -> None:
        self._language: Language = language

    def ask(self, page: Page) -> str:
        print(f"\n{page.place}  {page.title}".strip(), *page.lines, sep="\n")
        for number, (_, title) in enumerate(page.choices, 1):
            print(f"  {number}. {title}")
        print(f"! {page.problem}" if page.problem else f"({HELP.say(self._language)})")
        while True:
            typed = self._read(page).strip()
            if typed == "?":
                print(page.help or page.title)
            elif not page.choices or typed == BACK:
                return typed or page.default
            elif chosen := _chosen(page, typed or page.default):
                return chosen
            else:
                print(f"! 1-{len(page.choices)}")

    def _read(self, page: Page) -> str:
        shown = next((str(place) for place, (value, _) in enumerate(page.choices, 1) if value == page.default), page.default)
        sys.stdout.write(f"[{shown}] > " if shown and not page.is_secret else "> ")
        sys.stdout.flush()
        with silent(page.is_secret):
            line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line


class Screens:
    """Full screens in the terminal's second buffer, so that what was there before comes back."""

    def __init__(self, language: Language) -> None:
        self._language: Language = language
        self._first = 0  # of the lines that are too many for the screen

    def __enter__(self) -> Screens:
        """Key by key from now on, without echo; Ctrl-C goes on working between two pages, too."""
        self._before = termios.tcgetattr(sys.stdin.fileno())
        tty.setcbreak(sys.stdin.fileno(), termios.TCSADRAIN)
        _write("\x1b[?1049h")
        return self

    def __exit__(self, *_: object) -> None:
        _write("\x1b[?25h\x1b[?1049l")
        termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, self._before)

    def ask(self, page: Page) -> str:
        return self._choose(page) if page.choices else self._type(page)

    def _choose(self, page: Page) -> str:
        values = [value for value, _ in page.choices]
        place = values.index(page.default) if page.default in values else 0
        self._first = 0
        while True:
            marked = [f"  {'>' if number == place else ' '} {number + 1}. {title}" for number, (_, title) in enumerate(page.choices)]
            self._draw(page, marked, bold=place)
            key = read_key()
            if key == "enter":
                return values[place]
            if key == "escape" or key == BACK:
                return BACK
            if key.isdigit() and 1 <= int(key) <= len(values):
                place = int(key) - 1
            place = (place + {"up": -1, "down": 1}.get(key, 0)) % len(values)
            self._first = max(self._first + {"page up": -10, "page down": 10, " ": 10}.get(key, 0), 0)

    def _type(self, page: Page) -> str:
        typed = "" if page.is_secret else page.default
        while True:
            shown = "*" * len(typed) if page.is_secret else typed
            self._draw(page, [f"  > {shown}_"])
            key = read_key()
            if key == "enter":
                return typed or page.default
            if key == "escape":
                return BACK
            typed = typed[:-1] if key == "backspace" else "" if key == "clear" else typed + key if len(key) == 1 else typed

    def _draw(self, page: Page, field: Sequence[str], *, bold: int = -1) -> None:
        size = shutil.get_terminal_size()
        width = min(size.columns, 100)
        head = [f"Nano Appliance  {page.place}", "─" * width, "", *wrap(page.title, width), ""]
        foot = ["", *wrap(page.help, width), *(["", *wrap(f"! {page.problem}", width)] if page.problem else [])]
        room = size.lines - len(head) - len(field) - len(foot) - 2
        body = [line for each in page.lines for line in wrap(each, width)]
        self._first = max(min(self._first, len(body) - room), 0)
        if len(body) > room:
            told = f"… {self._first + room - 1}/{len(body)} (PgUp PgDn)"
            body = [*body[self._first : self._first + room - 1], told]
        marked = [f"\x1b[1m{clip(line, width)}\x1b[0m" if number == bold else clip(line, width) for number, line in enumerate(field)]
        lines = [*head, *body, *marked, *foot]
        lines += [""] * (size.lines - len(lines) - 1) + [clip(KEYS.say(self._language), width)]
        _write("\x1b[?25l\x1b[H\x1b[2J" + "\r\n".join(lines[: size.lines]))


@contextmanager
def talk_to(language: Language, *, plain: bool) -> Iterator[Talk]:
    """Screens where both ends are a terminal that is not dumb, prompts elsewhere."""
    if plain or not can_draw():
        yield Prompts(language)
        return
    with Screens(language) as screens:
        yield screens


def can_draw() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "dumb") not in ("dumb", "unknown", "")


def confirm_bridge(language: Language) -> Callable[[str, int], bool]:
    """Asks with a countdown; only a typed yes keeps the bridge, for a stray Enter must not."""

    def confirm(bridge: str, seconds: int) -> bool:
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            print("\r" + CONFIRM.format(bridge=bridge, left=round(left)).say(language), end="", flush=True)
            if select.select([sys.stdin], [], [], min(left, 1))[0]:
                return sys.stdin.readline().strip().lower() == "yes"
        print()
        return False

    return confirm


def read_key() -> str:
    """One key: a character, or enter, escape, backspace, clear, up, down. Raises KeyboardInterrupt, EOFError."""
    first = _read_character()
    known = {"\r": "enter", "\n": "enter", "\x7f": "backspace", "\b": "backspace", "\x15": "clear"}
    if first == "\x03":
        raise KeyboardInterrupt
    if first in ("", "\x04"):
        raise EOFError
    if first != "\x1b":
        return known.get(first, first if first.isprintable() else "unknown")
    if not select.select([sys.stdin.fileno()], [], [], 0.05)[0]:
        return "escape"
    rest = _read_character()
    while rest in ("[", "O") or (rest[0] == "[" and not "@" <= rest[-1] <= "~"):  # ECMA-48, 5.4: the final byte of a sequence
        rest += _read_character()
    return {"[A": "up", "OA": "up", "[B": "down", "OB": "down", "[5~": "page up", "[6~": "page down"}.get(rest, "unknown")


@contextmanager
def silent(is_silent: bool) -> Iterator[None]:  # noqa: FBT001  # reads as a sentence at its one caller
    """Line by line, but without echo where a secret is typed on a terminal."""
    if not is_silent or not sys.stdin.isatty():
        yield
        return
    number = sys.stdin.fileno()
    before = termios.tcgetattr(number)
    quiet = [*before[:3], before[3] & ~termios.ECHO, *before[4:]]
    try:
        termios.tcsetattr(number, termios.TCSADRAIN, quiet)
        yield
    finally:
        termios.tcsetattr(number, termios.TCSADRAIN, before)
        print()


def with_problem(page: Page, problem: str) -> Page:
    return replace(page, problem=problem)


def _chosen(page: Page, typed: str) -> str:
    values = [value for value, _ in page.choices]
    if typed.isdigit() and 1 <= int(typed) <= len(values):
        return values[int(typed) - 1]
    return typed if typed in values else ""


def _read_character() -> str:
    """One character of UTF-8."""
    data = os.read(sys.stdin.fileno(), 1)
    while data and len(data) < 4:
        try:
            return data.decode()
        except UnicodeDecodeError:
            data += os.read(sys.stdin.fileno(), 1)
    return data.decode(errors="replace")


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
