"""Core and Cell as two processes: how soon a restarted Core has its Cell again, and how soon a dead Cell is noticed."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import psutil

import demo_api
import demo_guest
import demo_home
from appliance.core.api import cells
from bench_figures import Figure, spread
from demo_api import CALLER
from progress import ROOT, Failed

if TYPE_CHECKING:
    from appliance.http.client import Client
    from demo_home import DemoHome

TRIES = 3


def measure() -> list[Figure]:
    home = demo_home.prepare()
    start("core")
    start("cell")
    with demo_api.connect(home) as api:
        cell = demo_guest.add_local_cell(api).name
        usable = [_restart_core(home, api, cell) for _ in range(TRIES)]
        lost = [_kill_cell(home, api, cell) for _ in range(TRIES)]
    return [
        Figure("core restarted to cell usable", max(usable), 2, "s", spread(usable)),
        Figure("cell killed to alive: false", max(lost), 3, "s", spread(lost)),
    ]


def start(role: str) -> None:
    answer = subprocess.run(demo_home.nano("start", "--roles", role), cwd=ROOT, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise Failed(f"{role} does not start: {answer.stderr}")


def processes(home: DemoHome) -> list[psutil.Process]:
    """Every process of this home, told by its command line."""
    found = [process for process in psutil.process_iter(["cmdline"]) if str(home.home.path) in (process.info["cmdline"] or [])]
    return [process for process in found if "appliance" in process.info["cmdline"]]


def _process_of(home: DemoHome, role: str) -> psutil.Process:
    return next(process for process in processes(home) if role in process.info["cmdline"])


def _kill(home: DemoHome, role: str) -> None:
    process = _process_of(home, role)
    os.kill(process.pid, signal.SIGKILL)
    process.wait(10)


def _restart_core(home: DemoHome, api: Client, cell: str) -> float:
    """From the call of `nano start` to the first answer that shows the cell alive."""
    _kill(home, "core")
    begun = time.monotonic()
    start("core")
    demo_guest.wait(lambda: _alive(api, cell), 20, "the cell to be usable again")
    return time.monotonic() - begun


def _kill_cell(home: DemoHome, api: Client, cell: str) -> float:
    _kill(home, "cell")
    begun = time.monotonic()
    demo_guest.wait(lambda: not _alive(api, cell), 20, "the dead cell to be noticed")
    noticed = time.monotonic() - begun
    start("cell")
    demo_guest.wait(lambda: _alive(api, cell), 20, "the cell to come back")
    return noticed


def _alive(api: Client, name: str) -> bool:
    listed = api.call(cells.list_cells, CALLER, pool=demo_guest.POOL)
    return any(cell.name == name and demo_guest.is_usable(api, cell) for cell in listed)
