"""./build.py demo [--once]: from nothing to a running guest and the portal.

Without --once it serves until Ctrl-C. With it, it proves itself: build/demo/report.json, console.png and portal.png.
Either way everything it made is removed at the end; what a killed run left is removed at the start of the next.
"""

from __future__ import annotations

import sys

import environment
import hypervisor_daemon
import portal
import system_packages
from progress import main


def verb() -> int:
    once = sys.argv[1:] == ["--once"]
    if sys.argv[1:] and not once:
        sys.exit("usage: ./build.py demo [--once]")
    system_packages.ensure("hypervisor", *(["browser"] if once else []))
    environment.ensure("portal", *(["browser"] if once else []))
    portal.ensure()
    import demo_story  # the program's own packages are there only now

    return demo_story.tell(once=once, libvirt=hypervisor_daemon.ensure())


if __name__ == "__main__":
    main(verb)
