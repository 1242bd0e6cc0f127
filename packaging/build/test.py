"""./build.py test: install what the tests need, start libvirt, and run pytest over tests/."""

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
    system_packages.ensure("hypervisor", "browser", "lab")
    environment.ensure("portal", "browser", "test", "check")
    portal.ensure()
    openapi.write()
    started = hypervisor_daemon.ensure()
    try:
        return subprocess.run([sys.executable, "-m", "pytest", *sys.argv[1:]], cwd=ROOT, check=False).returncode
    finally:
        started.stop()


if __name__ == "__main__":
    main(verb)
