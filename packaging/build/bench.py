"""./build.py bench: measure speed and memory; every line says what was measured, the bound and whether it holds."""

from __future__ import annotations

import sys

import environment
import hypervisor_daemon
import portal
import system_packages
from progress import main


def verb() -> int:
    """Exit code 1 when a bound is not kept; arguments choose benches by name."""
    system_packages.ensure("hypervisor")
    environment.ensure("portal")
    portal.ensure()
    import bench_story  # the program's own packages are there only now

    started = hypervisor_daemon.ensure()
    try:
        return bench_story.tell(sys.argv[1:])
    finally:
        started.stop()


if __name__ == "__main__":
    main(verb)
