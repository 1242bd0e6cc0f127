"""Build the portal with the node of .venv: its packages as locked, then one bundle."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import environment
import stamps
from progress import BUILD, ROOT, Failed, run

if TYPE_CHECKING:
    from collections.abc import Iterator

WEBUI = ROOT / "webui"
DIST = WEBUI / "dist"
NOT_SOURCE = {"node_modules", "dist", "coverage"}


def ensure() -> Path:
    """Build the portal unless its sources are the ones that were built last; answers the folder."""
    with one_at_a_time():
        return _built()


def _built() -> Path:
    install()
    wanted = stamps.of_files(sources())
    stamp = BUILD / "stamp" / "webui"
    if not (stamps.is_current(stamp, wanted) and (DIST / "index.html").is_file()):
        npm("portal build", "run", "build")
        stamps.write(stamp, wanted)
    return DIST


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two builds in one folder would take each other's files away."""
    lock = BUILD / "stamp" / "webui.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def install() -> None:
    """Install the portal's own packages, unless the lock file is the one they were installed from."""
    environment.ensure("portal")
    if not (WEBUI / "package.json").is_file():
        raise Failed("webui/package.json is missing; this checkout is not complete")
    stamp = WEBUI / "node_modules" / ".nano-stamp"
    wanted = stamps.of_files([WEBUI / "package.json", WEBUI / "package-lock.json"])
    if not stamps.is_current(stamp, wanted):
        npm("portal packages", "ci", "--no-audit", "--no-fund", hint="check the network and the npm registry, then try again")
        stamps.write(stamp, wanted)


def npm(title: str, *arguments: str, hint: str = "") -> None:
    run(title, [tool("npm"), *arguments], cwd=WEBUI, environment=node_environment(), hint=hint)


def node_environment() -> dict[str, str]:
    """The venv's node before any other, and nothing that nags or phones home."""
    return {
        "PATH": f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}",
        "CI": "1",
        "NO_UPDATE_NOTIFIER": "1",
        "PUPPETEER_SKIP_DOWNLOAD": "1",
        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD": "1",
    }


def tool(name: str) -> str:
    found = shutil.which(name, path=str(Path(sys.executable).parent))
    if found is None:
        raise Failed(f"{name} is not in .venv; delete .venv and run this again")
    return found


def sources() -> list[Path]:
    """Every file the bundle is made of."""
    top = [path for path in WEBUI.iterdir() if path.name not in NOT_SOURCE and not path.name.startswith(".")]
    return [file for path in top for file in ([path] if path.is_file() else path.rglob("*")) if file.is_file()]
