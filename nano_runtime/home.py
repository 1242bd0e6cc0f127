"""Where an appliance keeps its files."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

INSTALLED = Path("/opt/nano")
CHECKOUT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Home:
    """The folder of one appliance; everything it keeps, except guest disks, is below it."""

    path: Path

    @classmethod
    def find(cls) -> Home:
        """$NANO_HOME, else /opt/nano for the installed (frozen) program, else build/home of the checkout."""
        chosen = os.environ.get("NANO_HOME")
        if chosen:
            return cls(Path(chosen).absolute())
        return cls(INSTALLED if getattr(sys, "frozen", False) else CHECKOUT / "build" / "home")

    @property
    def config(self) -> Path:
        return self.path / "config"

    @property
    def cert(self) -> Path:
        return self.path / "cert"

    @property
    def data(self) -> Path:
        return self.path / "data"

    @property
    def log(self) -> Path:
        return self.path / "log"

    @property
    def run(self) -> Path:
        return self.path / "run"

    @property
    def door(self) -> Path:
        """The socket at which users of this host ask the portal to let them in; not in run/, which is closed to them."""
        return self.path / "desktop.sock"

    def create(self) -> None:
        """Make the folders that are missing; the private ones are closed to others even if they existed before."""
        self.path.mkdir(parents=True, exist_ok=True)
        for folder in (self.config, self.log):
            folder.mkdir(mode=0o755, exist_ok=True)
        for folder in (self.cert, self.data, self.run):
            folder.mkdir(mode=0o700, exist_ok=True)
            folder.chmod(0o700)
