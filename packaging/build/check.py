"""./build.py check: format, lint, types and spelling. The same list runs as tests in tests/test_check.py."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import environment
import openapi
import portal
from progress import ROOT, main, step

BIN = Path(sys.executable).parent
PORTAL = ROOT / "webui"


class Check(NamedTuple):
    """One tool; it passes when its exit code is 0."""

    name: str
    arguments: tuple[str, ...]
    cwd: Path = ROOT


CHECKS = [
    Check("ruff format", (f"{BIN}/ruff", "format", "--check", ".")),
    Check("ruff check", (f"{BIN}/ruff", "check", ".")),
    Check("mypy", (f"{BIN}/mypy",)),
    Check("pyright", (f"{BIN}/pyright",)),
    Check("codespell", (f"{BIN}/codespell",)),
    Check("portal", (f"{BIN}/npm", "run", "--silent", "check"), PORTAL),
]


def prepare() -> None:
    """Install what the checks need; the portal's types are compared with the API documents, so those are written first."""
    environment.ensure("portal", "browser", "test", "check")
    portal.install()
    openapi.write()


def passes(check: Check) -> subprocess.CompletedProcess[str]:
    """Run one check; the answer carries its output and exit code."""
    return subprocess.run(
        check.arguments,
        cwd=check.cwd,
        env={**os.environ, **portal.node_environment()},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def verb() -> int:
    prepare()
    failed = []
    for check in CHECKS:
        with step(check.name):
            result = passes(check)
        if result.returncode:
            failed.append(check.name)
            print(result.stdout)
    print(f"{len(failed)} of {len(CHECKS)} checks failed: {', '.join(failed)}" if failed else f"{len(CHECKS)} checks passed")
    return 1 if failed else 0


if __name__ == "__main__":
    main(verb)
