"""A Core with real store and journal, a clock in the test's hand, and cells that are fakes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from appliance.core.api.guests import NewGuest
from appliance.core.service import Core
from appliance.protocol.cells import Figures
from appliance.rights import ROOT
from appliance.settings import Credential
from nano_runtime import certificates
from nano_runtime.certificates import Authority, Identity
from nano_runtime.home import Home
from tests.fakes import BIG, GIB, FakeCell
from tests.waiting import wait_until

KEY = Credential(id="main", key="0123456789abcdef")


@cache
def domain_keys() -> tuple[Authority, Identity]:
    authority = Authority.create("nano")
    return authority, authority.issue(domain="nano", role="core", name="core")


class Clock:
    """Wall time and monotonic time, moved by hand."""

    def __init__(self) -> None:
        self.time = 1_800_000_000.0

    def __call__(self) -> float:
        return self.time


class Zone:
    """A Core that can be restarted, and its fake cells."""

    def __init__(self, home: Home, keys: tuple[Authority, Identity] | None = None) -> None:
        self.home = home
        self.keys = keys or domain_keys()
        self.clock = Clock()
        self.cells: dict[str, FakeCell] = {}
        self.core = self._new_core()

    def _new_core(self) -> Core:
        authority, identity = self.keys
        return Core(self.home, authority=authority, identity=identity, credentials=[KEY], timeout=2, now=self.clock, clock=self.clock)

    def restart(self) -> Core:
        """A new Core on what the old one left; no cell has found it yet."""
        self.core.close(1)
        for cell in self.cells.values():
            cell.link = None
        self.core = self._new_core()
        return self.core

    def pass_time(self, seconds: float, *silent: str) -> None:
        """Time goes by in ticks; all cells but the silent ones report as they do, twice a second."""
        left = seconds
        while left > 0:
            self.clock.time += 0.5
            left -= 0.5
            for cell in self.cells.values():
                if cell.name not in silent and cell.link is not None and not cell.link.down.is_set():
                    cell.report_status()
            self.core.tick()

    def enrol(self, name: str, *, pool: str = "default", figures: Figures = BIG) -> FakeCell:
        """A cell that was approved and is connected."""
        key = certificates.new_key()
        self.core.cells.approve_local(certificates.request(key, name), name)
        if pool:
            self.core.cells.add(pool, name)
        cell = self.cells[name] = FakeCell(name, fingerprint=certificates.fingerprint(key), figures=figures)
        self.connect(cell)
        return cell

    def connect(self, cell: FakeCell) -> None:
        cell.connect(self.core)
        wait_until(lambda: self.core.welcomed(cell.name), what=f"the welcome of {cell.name}")

    def create(self, name: str = "web", **changes: Any) -> str:
        """A guest that is wholly there."""
        made = self.core.guests.create(ROOT, new_guest(name, **changes))
        self.wait_for_operation(made.operation, "succeeded")
        return made.id

    def wait_for_operation(self, id: str, state: str) -> None:
        wait_until(lambda: self.core.operations.get(ROOT, id).state == state, what=f"{state} of {self.core.operations.get(ROOT, id)}")


def new_guest(name: str = "web", **changes: Any) -> NewGuest:
    wanted: dict[str, Any] = {
        "name": name,
        "owner": "ann",
        "group": "staff",
        "pool": "default",
        "cores": 1,
        "memory": GIB,
        "disks": [GIB],
        "template": "standard",
    }
    return NewGuest(**{**wanted, **changes})


@pytest.fixture
def zone(home: Home) -> Iterator[Zone]:
    zone = Zone(home)
    yield zone
    zone.core.close(1)
