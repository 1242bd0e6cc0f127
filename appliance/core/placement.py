"""Choose the cell that gets a new guest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from appliance.core.sizes import size_text
from appliance.protocol.cells import Figures
from nano_runtime.errors import NoRoom

if TYPE_CHECKING:
    from collections.abc import Sequence

BUSY = 80.0
"""Percent of CPU above which a cell gets a new guest only if every other one with room is busy, too.

Nano 1.4 refused the guest instead; but load passes while a guest stays, and one busy host would be a cloud nobody can use.
"""

OVERCOMMIT = 3
"""How often a cell's cores, memory and disk may be promised to guests before that stops counting in its favour."""


class Demand(Struct, frozen=True, kw_only=True):
    """What guests take or want. Memory and disk in bytes."""

    cores: int = 0
    memory: int = 0
    disk: int = 0

    def __add__(self, other: Demand) -> Demand:
        return Demand(cores=self.cores + other.cores, memory=self.memory + other.memory, disk=self.disk + other.disk)

    def __sub__(self, other: Demand) -> Demand:
        return Demand(cores=self.cores - other.cores, memory=self.memory - other.memory, disk=self.disk - other.disk)


class Candidate(Struct, frozen=True, kw_only=True):
    """A cell as placement sees it. `obstacle` says why it cannot take guests now, or is empty.

    `promised` are all its guests, `coming` those of them that are being created and not yet in its figures.
    """

    name: str
    figures: Figures
    promised: Demand = Demand()
    coming: Demand = Demand()
    obstacle: str = ""

    @property
    def free_memory(self) -> int:
        return max(self.figures.available_memory - self.coming.memory, 0)

    @property
    def free_disk(self) -> int:
        return max(self.figures.available_disk - self.coming.disk, 0)


def choose_cell(pool: str, cells: Sequence[Candidate], wanted: Demand) -> str:
    """The name of the best cell for a guest (behaviour.md section 4); raises NoRoom that says what is short, and where."""
    able = [cell for cell in cells if not cell.obstacle]
    if not able:
        raise NoRoom(_nobody(pool, cells), hint="add a cell to the pool, or wait until one is back")
    roomy = [cell for cell in able if cell.free_disk >= wanted.disk]
    if not roomy:
        best = max(able, key=lambda cell: cell.free_disk)
        raise NoRoom(_short(pool, "disk", wanted.disk, best.free_disk, best.name), hint="choose smaller disks, or add a cell to the pool")
    fitting = [cell for cell in roomy if cell.free_memory >= wanted.memory]
    if not fitting:
        best = max(roomy, key=lambda cell: cell.free_memory)
        raise NoRoom(
            _short(pool, "memory", wanted.memory, best.free_memory, best.name), hint="choose less memory, or add a cell to the pool"
        )
    idle = [cell for cell in fitting if cell.figures.cpu_usage <= BUSY]
    return max(idle or fitting, key=lambda cell: (score(cell, wanted), cell.name)).name


def score(cell: Candidate, wanted: Demand) -> float:
    """How well a guest would live there: half by what is free now, half by what is promised; never negative."""
    figures, promised = cell.figures, cell.promised
    idle_cores = figures.max_cpu * (100 - min(figures.cpu_usage, 100.0)) / 100 - cell.coming.cores
    now = _weigh(
        max(idle_cores, 0.0) / max(wanted.cores, 1), cell.free_memory / max(wanted.memory, 1), cell.free_disk // max(wanted.disk, 1)
    )
    ever = _weigh(
        _share(OVERCOMMIT * figures.max_cpu - promised.cores, wanted.cores),
        _share(OVERCOMMIT * figures.max_memory - promised.memory, wanted.memory),
        _share(OVERCOMMIT * figures.max_disk - promised.disk, wanted.disk),
    )
    return (now + ever) / 2


def _weigh(cores: float, memory: float, disk: float) -> float:
    return 2 * cores + 1.5 * memory + 0.5 * disk


def _share(left: int, wanted: int) -> int:
    """How often the wanted amount fits into what is left; an overcommitted cell has nothing left."""
    return max(left, 0) // max(wanted, 1)


def _short(pool: str, what: str, wanted: int, largest: int, cell: str) -> str:
    kind = "" if what == "memory" else f" of {what}"
    return f"pool '{pool}' has no cell with {size_text(wanted)}{kind} free; the largest has {size_text(largest)} on '{cell}'"


def _nobody(pool: str, cells: Sequence[Candidate]) -> str:
    if not cells:
        return f"pool '{pool}' has no cells"
    reasons = ", ".join(f"'{cell.name}' {cell.obstacle}" for cell in cells[:3])
    more = f" and {len(cells) - 3} more" if len(cells) > 3 else ""
    return f"no cell of pool '{pool}' can take guests: {reasons}{more}"
