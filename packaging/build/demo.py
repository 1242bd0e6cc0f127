"""./build.py demo [--once] [--binary build/freeze/nano/nano]: from nothing to a running guest and the portal.

Without --once it serves until Ctrl-C. With it, it proves itself: build/demo/report.json, console.png and portal.png.
With --binary it is the frozen program that runs, not the source.
Either way everything it made is removed at the end; what a killed run left is removed at the start of the next.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import environment
import hypervisor_daemon
import portal
import system_packages
from progress import main


def verb() -> int:
    wanted = _arguments()
    system_packages.ensure("hypervisor", *(["browser"] if wanted.once else []))
    environment.ensure("portal", *(["browser"] if wanted.once else []))
    portal.ensure()
    import demo_home  # the program's own packages are there only now
    import demo_story

    if wanted.binary:
        demo_home.PROGRAM[:] = [str(wanted.binary.resolve(strict=True))]
    return demo_story.tell(once=wanted.once, libvirt=hypervisor_daemon.ensure())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./build.py demo")
    parser.add_argument("--once", action="store_true", help="prove it and end: build/demo has report and pictures")
    parser.add_argument("--binary", type=Path, help="a frozen nano to run instead of the source")
    return parser.parse_args()


if __name__ == "__main__":
    main(verb)
