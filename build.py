#!/usr/bin/env python3
"""Build, test and try the appliance from a checkout: ./build.py VERB [ARGUMENTS]

This file runs on Python 3.9. It finds or installs a Python that can run the appliance, makes .venv with it, and
hands over to packaging/build/VERB.py, which installs what that verb needs and does the work.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Optional

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
VERBS = {
    "demo": "from nothing to a running guest and the portal; --once proves it and leaves pictures",
    "test": "install what the tests need and run them; arguments go to pytest",
    "check": "format, lint, types and spelling of everything",
    "webui": "build the portal",
    "openapi": "write build/openapi/core.json and frontend.json",
    "freeze": "the programs as folders that need no Python: build/freeze",
    "rpm": "the packages, and one self-extracting file with all of them: build/rpm",
    "bench": "measure speed and memory",
}
NEWEST_FIRST = ("3.13", "3.12", "3.11")
PROBE = "import sys, ensurepip, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))"
PACKAGES = {
    "apt-get": (["python3", "python3-venv"],),
    "dnf": (["python3.12"], ["python3.11"]),
}


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1] not in VERBS:
        sys.exit(usage())
    os.chdir(ROOT)
    python = VENV / "bin" / "python"
    if not works(str(python)):
        make_venv(find_python() or install_python())
    script = ROOT / "packaging" / "build" / f"{sys.argv[1]}.py"
    os.execv(str(python), [str(python), str(script), *sys.argv[2:]])


def usage() -> str:
    verbs = "\n".join(f"  {verb:8} {meaning}" for verb, meaning in VERBS.items())
    return f"usage: ./build.py VERB [ARGUMENTS]\n\n{verbs}"


def works(python: str) -> bool:
    """Whether this interpreter exists, is new enough and can make a virtual environment."""
    try:
        return subprocess.run([python, "-c", PROBE], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0
    except OSError:
        return False


def find_python() -> Optional[str]:
    named = [f"python{version}" for version in NEWEST_FIRST]
    for candidate in [sys.executable, "python3", *named, *(f"/usr/bin/{name}" for name in named)]:
        if works(candidate):
            return shutil.which(candidate) or candidate
    return None


def install_python() -> str:
    tool = next((tool for tool in PACKAGES if shutil.which(tool)), None)
    if tool is None:
        sys.exit("no Python 3.11-3.13 here, and neither apt-get nor dnf to install one; install it by hand and try again")
    print("installing Python 3.11 or newer ...", flush=True)
    if tool == "apt-get":
        call([*as_root(), tool, "update", "-q"])
    for packages in PACKAGES[tool]:
        call([*as_root(), tool, "install", "-y", "-q", *packages])
        python = find_python()
        if python:
            return python
    sys.exit(f"{tool} offers no Python 3.11-3.13 with venv on this system; install one by hand and try again")


def as_root() -> list[str]:
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        return ["sudo"]
    sys.exit("installing packages needs root: run this as root, or install sudo")


def call(arguments: list[str]) -> None:
    """Run a package tool quietly; whether it worked is judged by what is there afterwards, its last words help if not."""
    result = subprocess.run(
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        check=False,
    )
    if result.returncode:
        print("\n".join(result.stdout.decode("utf-8", "replace").splitlines()[-15:]), file=sys.stderr)


def make_venv(python: str) -> None:
    if VENV.exists():
        shutil.rmtree(VENV)
    print(f"making .venv with {python} ...", flush=True)
    if subprocess.run([python, "-m", "venv", str(VENV)], check=False).returncode:
        sys.exit(f"{python} cannot make a virtual environment in {VENV}; see the lines above")


if __name__ == "__main__":
    main()
