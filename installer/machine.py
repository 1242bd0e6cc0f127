"""The host that steps work on: its files, its programs, and the person who confirms."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from nano_runtime import command
from nano_runtime.home import CHECKOUT, INSTALLED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nano_runtime.home import Home

Confirm = Callable[[str, int], bool]
"""Told the name of the new bridge and the seconds left for an answer; True keeps the bridge."""


def never(_: str, __: int) -> bool:
    """Nobody is there to confirm."""
    return False


@dataclass(frozen=True)
class Machine:
    """`root` is where files are, for tests a folder; programs run on the live host, so a step that runs one says so."""

    home: Home
    root: Path = Path("/")
    confirm: Confirm = never
    say: Callable[[str], None] = print
    has_systemd: bool = field(default_factory=lambda: Path("/run/systemd/system").is_dir())

    def path(self, place: str) -> Path:
        """A file of the host by its name on the host; one that is below `root` already stays."""
        return Path(place) if Path(place).is_relative_to(self.root) else self.root / place.lstrip("/")

    def run(
        self, arguments: Sequence[str | Path], *, seconds: float = 120, secret: str | None = None, check: bool = True
    ) -> command.Output:
        return command.run(arguments, seconds=seconds, secret=secret, check=check)

    def systemctl(self, *words: str, check: bool = True) -> command.Output:
        return self.run(["systemctl", *words], check=check)

    def nano(self, *words: str, seconds: float = 120, secret: str | None = None, check: bool = True) -> command.Output:
        """Run the appliance's own program on this home."""
        return self.run([*nano_program(), *words, "--home", self.home.path], seconds=seconds, secret=secret, check=check)


def processes(*words: str) -> list[int]:
    """Processes of this host with all these words in their command line."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            said = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
            if set(words) <= set(said) and int(folder.name) != os.getpid():
                found.append(int(folder.name))
    return found


def wait_for(condition: Callable[[], bool], seconds: float, pause: float = 0.25) -> bool:
    """Whether the condition came true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True


def nano_program() -> list[str]:
    """The installed program beside this one; in a checkout, the source by the same interpreter."""
    if getattr(sys, "frozen", False):
        beside = Path(sys.executable).with_name("nano")
        return [str(beside if beside.exists() else INSTALLED / "bin" / "nano")]
    return ["env", f"PYTHONPATH={CHECKOUT}", sys.executable, "-m", "appliance"]


def read(path: Path) -> bytes | None:
    """The content of a file; None where there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def replace(path: Path, content: bytes, *, mode: int, owner: tuple[int, int] | None = None) -> None:
    """Replace a file as a whole; a crash leaves the old one or the new one, and no other name than ours beside it."""
    draft = path.with_name(f".{path.name}.nano-new")
    draft.unlink(missing_ok=True)
    number = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
    with open(number, "wb") as file:
        file.write(content)
        os.fchmod(number, mode)
        if owner and os.geteuid() == 0:
            os.fchown(number, *owner)
        file.flush()
        os.fsync(number)
    os.rename(draft, path)
