"""`nano-desktop`, and `nano desktop`."""

from __future__ import annotations

import argparse
import locale
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from appliance import __version__
from appliance.desktop.hosts import Host, Hosts, default_file, read_host
from appliance.desktop.single import Single, default_folder
from appliance.desktop.this_host import ThisHost
from appliance.desktop.wording import words
from nano_runtime.errors import NanoError
from nano_runtime.home import Home

if TYPE_CHECKING:
    from collections.abc import Sequence

    from appliance.desktop.window import Desktop


def main(arguments: Sequence[str]) -> int:
    """Show the window and return when it is closed; a second start shows the window of the first and returns at once."""
    wanted = parser().parse_args(arguments)
    _give_back_library_path()
    logging.basicConfig(format="nano-desktop: %(message)s", level=logging.WARNING)
    try:
        return _run(read_host(wanted.host) if wanted.host else None)
    except NanoError as problem:
        print(f"nano-desktop: {problem}", file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="nano-desktop", description="The portal of Nano Appliance in a window of its own.")
    made.add_argument("--version", action="version", version=f"nano-desktop {__version__}")
    made.add_argument("--host", metavar="ADDRESS", default="", help="open the portal of this host at once (default: the list of hosts)")
    return made


def _run(host: Host | None) -> int:
    single = Single(default_folder())
    if single.hand_over(host.name if host else ""):
        return 0
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise NanoError("there is no display here", hint="open the portal in a browser, or start this within a desktop session")
    desktop = _desktop()
    single.hold(lambda name: desktop.open(read_host(name)) if name else desktop.raise_window())
    try:
        desktop.run(host)
    finally:
        single.release()
    return 0


def _give_back_library_path() -> None:
    """The frozen program's is for itself, which has loaded by now; the browser that a link opens must have the host's."""
    host = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if getattr(sys, "frozen", False):
        os.environ.pop("LD_LIBRARY_PATH", None)
        os.environ.update({"LD_LIBRARY_PATH": host} if host else {})


def _desktop() -> Desktop:
    from appliance.desktop.window import Desktop  # Qt takes a while, and a second start does not need it

    hosts = Hosts(default_file())
    language = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or "en"
    data = os.environ.get("XDG_DATA_HOME", "")
    storage = (Path(data) if data.startswith("/") else Path.home() / ".local" / "share") / "nano-desktop"
    return Desktop(hosts, words(language), ThisHost(Home.find()), storage)
