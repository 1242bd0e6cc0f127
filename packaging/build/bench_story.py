"""The benches one after the other, on one appliance in the demo's home, and their results as a table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import bench_guest
import bench_idle
import bench_roles
import bench_silent
import demo_home
from progress import BUILD, Failed, step

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench_figures import Figure


class Bench(NamedTuple):
    name: str
    title: str
    measure: Callable[[], list[Figure]]


BENCHES = [
    Bench("idle", "start and idle", bench_idle.measure),
    Bench("silent", "100 silent clients on each port", bench_silent.measure),
    Bench("guest", "blank guest against direct calls", bench_guest.measure),
    Bench("roles", "core restarted, cell killed", bench_roles.measure),
]
RESULT = BUILD / "bench.json"


def tell(wanted: list[str]) -> int:
    """Run the named benches, or all; each starts from a fresh home. Answers 1 when a bound is not kept."""
    unknown = set(wanted) - {bench.name for bench in BENCHES}
    if unknown:
        raise Failed(f"no bench is called {', '.join(sorted(unknown))}; there are: {', '.join(bench.name for bench in BENCHES)}")
    with demo_home.alone():
        figures = [figure for bench in BENCHES if not wanted or bench.name in wanted for figure in _run(bench)]
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps([figure._asdict() | {"kept": figure.kept} for figure in figures], indent=2) + "\n")
    print()
    for figure in figures:
        print(figure)
    return 0 if all(figure.kept for figure in figures) else 1


def _run(bench: Bench) -> list[Figure]:
    try:
        with step(bench.title):
            return bench.measure()
    finally:
        demo_home.remove()
