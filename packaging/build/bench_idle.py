"""How long the appliance takes to be ready, and what it costs when nobody asks anything."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import bench_roles
import demo_api
import demo_guest
import demo_home
from bench_figures import Figure

if TYPE_CHECKING:
    import psutil

IDLE_SECONDS = 10


def measure() -> list[Figure]:
    home = demo_home.prepare()
    begun = time.monotonic()
    bench_roles.start("core,cell,frontend")
    ready = time.monotonic() - begun
    with demo_api.connect(home) as api:
        demo_guest.add_local_cell(api)
    processes = bench_roles.processes(home)
    before = _cpu_seconds(processes)
    time.sleep(IDLE_SECONDS)
    cpu = (_cpu_seconds(processes) - before) / IDLE_SECONDS * 100
    memory = sum(process.memory_info().rss for process in processes) / (1 << 20)
    return [
        Figure("ready after start, from source", ready, 2, "s"),
        Figure("idle memory of all three roles", memory, 130, "MiB", f"{len(processes)} process(es), RSS"),
        Figure("idle CPU", cpu, 1, "%", f"of one core, over {IDLE_SECONDS} s"),
    ]


def _cpu_seconds(processes: list[psutil.Process]) -> float:
    return sum(process.cpu_times().user + process.cpu_times().system for process in processes)
