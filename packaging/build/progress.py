"""Show long steps one line each, keep their output in build/log, and show its end when one fails."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build"
LOGS = BUILD / "log"
TAIL = 25


class Failed(Exception):
    """A step did not work; the text is for the person who ran build.py."""


def main(verb: Callable[[], int | None]) -> None:
    """Run a verb; a failed step becomes one clear message and exit code 1."""
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]  # a TextIOWrapper, unless somebody replaced it
    os.chdir(ROOT)
    sys.path.append(str(ROOT))  # last, so that our folder `packaging` never hides the library of that name
    try:
        sys.exit(verb())
    except Failed as problem:
        sys.exit(f"\nbuild.py: {problem}")


@contextlib.contextmanager
def step(title: str) -> Iterator[None]:
    """Print one line for what happens inside, with the seconds it took; on a terminal the seconds count up."""
    begun = time.monotonic()
    stop = threading.Event()
    print(f"  {title} ... ", end="", flush=True)
    ticker = threading.Thread(target=_tick, args=(title, begun, stop), daemon=True)
    if sys.stdout.isatty():
        ticker.start()
    try:
        yield
    except BaseException:
        _end(stop, ticker, f"failed after {time.monotonic() - begun:.1f} s")
        raise
    _end(stop, ticker, f"{time.monotonic() - begun:.1f} s")


def _tick(title: str, begun: float, stop: threading.Event) -> None:
    while not stop.wait(1):
        print(f"\r  {title} ... {time.monotonic() - begun:.0f} s", end="", flush=True)


def _end(stop: threading.Event, ticker: threading.Thread, words: str) -> None:
    stop.set()
    if ticker.is_alive():
        ticker.join()
        print("\b" * 8, end="")
    print(words)


def run(
    title: str,
    arguments: Sequence[str | Path],
    *,
    cwd: Path = ROOT,
    environment: Mapping[str, str] | None = None,
    hint: str = "",
) -> None:
    """Run one long command as a step; its output goes to build/log/<title>.log. Raises Failed with the end of it."""
    log = LOGS / (re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") + ".log")
    log.parent.mkdir(parents=True, exist_ok=True)
    with step(title), log.open("wb") as output:
        result = subprocess.run(
            arguments,
            cwd=cwd,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if result.returncode:
        raise Failed(_why(title, result.returncode, log, hint))


def _why(title: str, code: int, log: Path, hint: str) -> str:
    tail = "\n".join(f"    {line}" for line in log.read_text(errors="replace").splitlines()[-TAIL:])
    advice = f"\n  {hint}" if hint else ""
    return f"{title}: failed with exit code {code}; the end of {log.relative_to(ROOT)}:\n{tail}{advice}"
