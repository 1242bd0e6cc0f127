"""A measured figure with the bound that was promised for it."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Figure(NamedTuple):
    """`bound` is the largest value that keeps the promise; `detail` tells how the value came about."""

    name: str
    value: float
    bound: float
    unit: str
    detail: str = ""

    @property
    def kept(self) -> bool:
        return self.value <= self.bound

    def __str__(self) -> str:
        mark = "ok " if self.kept else "BAD"
        return f"{mark} {self.name:42} {self.value:8.2f} {self.unit:3} (at most {self.bound:g})  {self.detail}"


def spread(seconds: Sequence[float]) -> str:
    """Median, best and worst in milliseconds, because one number hides a long tail."""
    best, middle, worst = (value * 1000 for value in (min(seconds), statistics.median(seconds), max(seconds)))
    return f"median {middle:.0f} ms, {best:.0f}-{worst:.0f} ms of {len(seconds)}"
