"""The Cell of this host: runs guests for Core through libvirt."""

from __future__ import annotations

import logging
import queue
import threading
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

from appliance import __version__
from appliance.cell import accelerator, plan
from appliance.cell.consoles import Consoles
from appliance.cell.guests import Guests
from appliance.cell.handlers import Handlers
from appliance.cell.host import CellHost
from appliance.cell.hypervisor.connection import Connection
from appliance.cell.hypervisor.xml import read_owner
from appliance.cell.images import Images
from appliance.cell.metrics import GuestMeter, HostMeter
from appliance.cell.operations import CellOperation
from appliance.cell.records import Records
from appliance.cell.sightings import Sightings
from appliance.cell.storage import Storage
from appliance.cell.turns import Turns
from appliance.protocol.cells import CellReport, CellStatus, Figures
from nano_runtime.certificates import Identity
from nano_runtime.errors import NanoError, NotFound, Unavailable
from nano_runtime.home import INSTALLED, Home
from nano_runtime.operation import Journal

if TYPE_CHECKING:
    from collections.abc import Callable

    from appliance.settings import CellSettings
    from nano_runtime.messages import Dispatcher, Event

log = logging.getLogger(__name__)

STATUS_PERIOD = 0.5
"""Seconds between two CellStatus; Core notices a dead host by their absence."""

RECOVERY_PERIOD = 10
"""Status rounds between two attempts to clear up what could not be cleared up."""


class CellService:
    """Registers its handlers on `dispatcher` at once; `tell` sends events to Core and may drop them while there is no link.

    `identity` is asked for when the first console is opened, and again to notice a renewed certificate.
    Guests are children of nobody here: they go on whatever happens to this service, to Core and to libvirt's daemon.
    """

    def __init__(
        self,
        home: Home,
        settings: CellSettings,
        name: str,
        dispatcher: Dispatcher,
        tell: Callable[[Event], None],
        *,
        identity: Callable[[], Identity] | None = None,
    ) -> None:
        home.create()
        self._name, self._settings, self._tell = name, settings, tell
        self._boot = str(uuid.uuid4())
        storage = storage_of(home, settings)
        own = identity or (lambda: Identity.load(home.cert, "cell"))
        self._hypervisor = Connection(settings.hypervisor, on_up=self._came_up, on_down=self._went_down, on_change=self._changed)
        self._host = CellHost(
            self._hypervisor, Storage(storage), Images(storage, self._images_in_use, identity=own), Records(home.data / "cell.db")
        )
        self._sightings = Sightings(self._host.records, self._hypervisor, tell)
        journal: Journal[CellHost] = Journal(home.data / "cell-journal", CellOperation)
        self._guests = Guests(self._host, self._sightings, Turns(), journal, facts=self._facts, tell=tell)
        self._accelerator: accelerator.Accelerator | None = None
        self._network = ""
        self._problem, self._warning = "libvirt on this host was not asked yet", ""
        self._meter = HostMeter(storage)
        self._figures = Figures()
        self._changes: queue.SimpleQueue[tuple[str, str] | None] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=work, name=f"cell-{work.__name__[1:]}", daemon=True) for work in (self._report, self._follow)
        ]
        self._consoles = Consoles(self._guests, self._hypervisor, own)
        meter = GuestMeter(self._hypervisor, time.monotonic)
        Handlers(self._guests, meter, self._consoles, self._facts, self.describe).register(dispatcher)

    def start(self) -> None:
        """Returns at once; a hypervisor that does not answer is no reason to fail, it is waited for."""
        self._host.storage.create()
        self._host.images.create()
        for thread in self._threads:
            thread.start()
        self._hypervisor.start()

    def stop(self) -> None:
        """Stop serving; guests go on."""
        self._stopping.set()
        self._consoles.close()
        self._changes.put(None)
        self._hypervisor.stop()
        for thread in self._threads:
            thread.join(10)
        self._host.records.close()

    def status(self) -> dict[str, Any]:
        """For `nano status`."""
        return {
            "hypervisor": "down" if self._problem else "up",
            "accelerator": self._accelerator.kind if self._accelerator else "",
            "guests": len(self._host.records.ids()),
            "data_port": self._consoles.port,
            "problem": self._problem or self._warning,
        }

    def describe(self) -> CellReport:
        kind = self._accelerator.kind if self._accelerator else ""
        problem = self._problem or self._warning
        return CellReport(name=self._name, version=__version__, boot=self._boot, accelerator=kind, figures=self._figures, problem=problem)

    def _images_in_use(self) -> set[str]:
        records = self._host.records
        specs = [records.get(guest).spec for guest in records.ids()]
        return {digest for spec in specs for digest in (spec.image, spec.media_sha256)}

    def _facts(self) -> plan.HostFacts:
        """What this host offers now. Raises Unavailable while the hypervisor does not answer or is not looked through yet."""
        if self._problem or self._accelerator is None:
            raise Unavailable(self._problem, hint="start libvirt on this host; the cell comes back by itself")
        return plan.HostFacts(self._accelerator, self._network)

    def _came_up(self) -> None:
        """In the connection's thread: learn what the host offers, clear up, look at every guest, then open for requests."""
        chosen = accelerator.choose(self._hypervisor, allowed=self._settings.accelerator)
        if chosen.why:
            log.warning("guests run in software emulation, which is slow: %s", chosen.why)
        self._accelerator = chosen
        self._network = plan.active_network(self._hypervisor)
        self._warning = self._closed_storage()
        self._guests.recover()
        self._sightings.look_at_all()
        self._problem = ""
        log.info("libvirt answers; %d guests", len(self._host.records.ids()))

    def _closed_storage(self) -> str:
        closed = self._host.storage.closed_to(read_owner(self._hypervisor.capabilities()))
        return f"guests cannot start: the user of QEMU may not enter {closed}; run: chmod o+x {closed}" if closed else ""

    def _went_down(self, problem: str) -> None:
        if problem != self._problem:
            log.warning("%s", problem)
        self._problem = problem

    def _changed(self, domain: str, word: str) -> None:
        self._changes.put((domain, word))

    def _follow(self) -> None:
        """Look at each guest that libvirt says has changed."""
        while change := self._changes.get():
            guest, word = change
            try:
                if self._host.records.has(guest):
                    self._sightings.look(guest, word)
            except NotFound:
                continue  # deleted meanwhile
            except NanoError as problem:
                log.warning("guest %s changed, but cannot be looked at: %s", guest, problem)

    def _report(self) -> None:
        rounds = 0
        while not self._stopping.wait(STATUS_PERIOD):
            rounds += 1
            try:
                self._figures = self._meter.read(time.monotonic())
                self._tell(CellStatus(figures=self._figures, problem=self._problem or self._warning))
                if rounds % RECOVERY_PERIOD == 0 and self._guests.unfinished and not self._problem:
                    self._guests.recover()
            except (NanoError, OSError) as problem:
                log.warning("this cell's status cannot be told: %s", problem)


def storage_of(home: Home, settings: CellSettings) -> Path:
    """Where guest disks lie. Never below home.data: that is closed, and QEMU runs as a user of its own."""
    if settings.storage:
        return Path(settings.storage)
    return Path("/var/lib/nano") if home.path == INSTALLED else home.path / "storage"
