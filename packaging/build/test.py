"""./build.py test [--all]: install what the tests need, start libvirt, and run pytest over tests/.

Without --all the tests marked `long` are left out: those that freeze the programs, make packages or open windows.
"""

from __future__ import annotations

import subprocess
import sys

import environment
import hypervisor_daemon
import openapi
import portal
import system_packages
from progress import ROOT, main


def verb() -> int:
    """Everything is run even if one part fails; the last line and the exit code are pytest's own."""
    everything = "--all" in sys.argv
    system_packages.ensure("hypervisor", "browser", "lab", *(["freeze", "packages", "desktop"] if everything else []))
    environment.ensure("portal", "browser", "test", "check", "freeze", *(["desktop"] if everything else []))
    portal.ensure()
    openapi.write()
    started = hypervisor_daemon.ensure()
    try:
        return subprocess.run([sys.executable, "-m", "pytest", *_arguments(everything=everything)], cwd=ROOT, check=False).returncode
    finally:
        started.stop()


def _arguments(*, everything: bool) -> list[str]:
    """For pytest; whoever chooses tests by a marker, or names one, gets exactly those."""
    given = [argument for argument in sys.argv[1:] if argument != "--all"]
    chosen = everything or "-m" in given or any("::" in argument for argument in given)
    return given if chosen else ["-m", "not long", *given]


if __name__ == "__main__":
    main(verb)
