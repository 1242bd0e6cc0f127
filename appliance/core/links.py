"""The live side of cells: their links, what they last said, and whether they answer."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from appliance.protocol.cells import CellReport, CellStatus, Figures
from nano_runtime.errors import TimedOut, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from nano_runtime.messages import Link, Request

Answer = TypeVar("Answer")

SILENCE = 2.5
"""Seconds without CellStatus (sent twice a second) after which a cell counts as dead."""

AT_ONCE = 16
"""Requests that may wait for one cell together: a host that hangs must not hold all the threads of the API."""


class Live(Struct, frozen=True, kw_only=True):
    """What is known of a cell now. `silence` says why it is not alive."""

    alive: bool = False
    address: str = ""
    figures: Figures = Figures()
    problem: str = ""
    accelerator: str = ""
    version: str = ""
    seen: float = 0.0
    silence: str = "has not connected yet"

    @property
    def trouble(self) -> str:
        """Why it cannot take guests now, or empty."""
        if not self.alive:
            return self.silence
        return self.problem or ("" if self.figures.max_cpu else "has not described itself yet")


@dataclass
class _Connection:
    link: Link
    heard: float
    """On the monotonic clock."""
    live: Live
    slots: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(AT_ONCE))


class Links:
    """One current link per cell; the newest wins. `now` is wall time, `clock` never jumps."""

    def __init__(self, now: Callable[[], float], clock: Callable[[], float]) -> None:
        self._now = now
        self._clock = clock
        self._lock = threading.Lock()
        self._connections: dict[str, _Connection] = {}
        self._last: dict[str, Live] = {}
        self._ticked = clock()

    def up(self, cell: str, link: Link) -> None:
        with self._lock:
            old = self._connections.get(cell)
            before = self.live(cell)
            live = replace(before, alive=True, address=link.peer.address, seen=self._now(), silence="", problem="")
            self._connections[cell] = _Connection(link, self._clock(), live)
            self._last[cell] = live
        if old is not None and old.link is not link:
            old.link.close("replaced by a newer link")

    def down(self, link: Link, reason: str) -> str:
        """Answers the cell that is gone by this; empty when a newer link had replaced it."""
        with self._lock:
            for cell, connection in self._connections.items():
                if connection.link is link:
                    del self._connections[cell]
                    self._last[cell] = replace(connection.live, alive=False, silence=f"left: {reason}" if reason else "left")
                    return cell
        return ""

    def heard(self, cell: str, status: CellStatus) -> bool:
        """Take in what a cell says of itself; True if it had been silent too long before."""
        with self._lock:
            connection = self._connections.get(cell)
            if connection is None:
                return False
            returned = not connection.live.alive
            connection.heard = self._clock()
            live = replace(connection.live, alive=True, silence="", figures=status.figures, problem=status.problem, seen=self._now())
            connection.live = self._last[cell] = live
            return returned

    def described(self, cell: str, report: CellReport) -> None:
        with self._lock:
            connection = self._connections.get(cell)
            if connection is not None:
                about = {"accelerator": report.accelerator, "version": report.version, "problem": report.problem}
                connection.live = self._last[cell] = replace(connection.live, figures=report.figures, **about)

    def silent(self) -> list[str]:
        """Cells that became silent since the last call. If Core itself was held up, they are given the time it lost."""
        with self._lock:
            moment = self._clock()
            held_up, self._ticked = moment - self._ticked, moment
            lost = []
            for cell, connection in self._connections.items():
                if held_up > 1.0:
                    connection.heard += held_up
                if connection.live.alive and moment - connection.heard > SILENCE:
                    connection.live = self._last[cell] = replace(connection.live, alive=False, silence="does not answer")
                    lost.append(cell)
            return lost

    def live(self, cell: str) -> Live:
        return self._last.get(cell) or Live()

    def drop(self, cell: str, reason: str) -> None:
        """Close the link of a cell, if there is one, and forget what it said."""
        with self._lock:
            connection = self._connections.pop(cell, None)
            self._last.pop(cell, None)
        if connection is not None:
            connection.link.close(reason)

    def ask(self, cell: str, request: Request[Answer], *, seconds: float) -> Answer:
        """Ask a cell on behalf of a waiting client, at most `seconds`; Unavailable names the cell that does not answer."""
        connection = self._connected(cell)
        if not connection.slots.acquire(timeout=1):
            raise Unavailable(f"cell '{cell}' is slow: {AT_ONCE} requests wait for it", hint="try again later")
        try:
            return _ask(connection.link, cell, request, seconds)
        finally:
            connection.slots.release()

    def ask_for_long(self, cell: str, request: Request[Answer], *, seconds: float) -> Answer:
        """The same from a worker: whatever it waits for, short questions pass beside it."""
        return _ask(self._connected(cell).link, cell, request, seconds)

    def _connected(self, cell: str) -> _Connection:
        with self._lock:
            connection = self._connections.get(cell)
        if connection is None or not connection.live.alive:
            raise Unavailable(f"cell '{cell}' {self.live(cell).silence}", hint="try again when the host is back")
        return connection


def _ask(link: Link, cell: str, request: Request[Answer], seconds: float) -> Answer:
    try:
        return link.ask(request, seconds=seconds)
    except TimedOut as problem:
        raise TimedOut(f"cell '{cell}' did not answer within {seconds:g} s", hint="try again later") from problem
    except Unavailable as problem:
        raise Unavailable(f"cell '{cell}': {problem.message}", hint=problem.hint) from problem
