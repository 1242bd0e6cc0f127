"""What Core does when a cell speaks, comes, falls silent or leaves."""

from __future__ import annotations

import logging
import threading
from functools import partial
from typing import TYPE_CHECKING

from appliance.protocol.cells import CellStatus, DescribeCell, Enrol, Enrolled, Renew
from appliance.protocol.guests import GuestChanged, GuestGone, GuestProgress, ListGuests
from nano_runtime.errors import NanoError
from nano_runtime.messages import Dispatcher, Link  # noqa: TC001  # the dispatcher reads the annotations of handlers

if TYPE_CHECKING:
    from appliance.core.cells import Cells
    from appliance.core.enrolment import Enrolment
    from appliance.core.inventory import Inventory
    from appliance.core.links import Links
    from appliance.core.registry import Registry
    from appliance.core.work import GuestWork
    from appliance.core.workers import Workers
    from appliance.protocol.images import UseImages

log = logging.getLogger(__name__)

ANSWER = 10.0
"""Seconds a cell has for each question while it is welcomed."""


class CellMessages:
    """Runs in the threads of the links, so it leaves everything that waits for a cell to the workers."""

    def __init__(
        self,
        *,
        registry: Registry,
        enrolment: Enrolment,
        links: Links,
        inventory: Inventory,
        cells: Cells,
        work: GuestWork,
        workers: Workers,
    ) -> None:
        self._registry = registry
        self._enrolment = enrolment
        self._links = links
        self._inventory = inventory
        self._cells = cells
        self._work = work
        self._workers = workers
        self._images_at: UseImages | None = None
        self._lock = threading.Lock()
        self._unwelcomed: set[str] = set()
        self._welcoming: dict[str, set[str]] = {}
        """Cell -> guests it spoke of while its list was read."""

    def register(self, dispatcher: Dispatcher) -> None:
        dispatcher.handles(self.enrol, open_to_strangers=True)
        for handler in (self.renew, self.status, self.guest_changed, self.guest_gone, self.guest_progress):
            dispatcher.handles(handler)

    def link_up(self, link: Link) -> None:
        cell = link.peer.name
        if link.peer.enrolled and cell in self._registry.cells:
            self._links.up(cell, link)
            self._come(cell)

    def link_down(self, link: Link, reason: str) -> None:
        cell = self._links.down(link, reason)
        if cell:
            self._go(cell)

    def welcomed(self, cell: str) -> bool:
        """Whether Core knows what this cell has, since it came last."""
        with self._lock:
            return self._links.live(cell).alive and cell not in self._unwelcomed and cell not in self._welcoming

    def look_for_the_silent(self) -> None:
        for cell in self._links.silent():
            self._go(cell)

    def welcome_again(self) -> None:
        """Ask those once more whose welcome failed, because their hypervisor was away, say."""
        with self._lock:
            waiting = list(self._unwelcomed)
        for cell in waiting:
            if self._links.live(cell).alive:
                self._workers.submit(cell, partial(self._welcome, cell))

    def announce_images(self, place: UseImages) -> None:
        """Tell the cells that are there, and from now on every cell that comes."""
        self._images_at = place
        for cell in list(self._registry.cells):
            if self._links.live(cell).alive:
                self._workers.submit(cell, partial(self._tell_images, cell))

    def enrol(self, link: Link, request: Enrol) -> Enrolled:
        return self._enrolment.enrol(link, request)

    def renew(self, link: Link, request: Renew) -> Enrolled:
        return self._enrolment.renew(link, request)

    def status(self, link: Link, event: CellStatus) -> None:
        cell = link.peer.name
        before = self._links.live(cell).trouble
        if self._links.heard(cell, event):
            self._come(cell)
        elif self._links.live(cell).trouble != before:
            self._cells.changed(cell)

    def guest_changed(self, link: Link, event: GuestChanged) -> None:
        cell = link.peer.name
        self._note(cell, event.report.spec.id)
        self._inventory.take_in(event.report, cell, self._pool_of(cell))

    def guest_gone(self, link: Link, event: GuestGone) -> None:
        """Core's own deletions end in their story; a guest that goes without one is reported, not dropped."""
        cell = link.peer.name
        self._note(cell, event.guest)
        guest = self._inventory.find(event.guest)
        if guest is not None and guest.cell == cell:
            self._inventory.miss([event.guest])

    def guest_progress(self, link: Link, event: GuestProgress) -> None:
        guest = self._inventory.find(event.guest)
        if guest is not None and guest.cell == link.peer.name:
            self._work.progress(event.guest, event.percent, event.step)

    def _come(self, cell: str) -> None:
        log.warning("cell %s answers from %s", cell, self._links.live(cell).address)
        with self._lock:
            self._unwelcomed.add(cell)
        self._show(cell)
        self._workers.submit(cell, partial(self._welcome, cell))

    def _go(self, cell: str) -> None:
        guests = len(self._inventory.of_cell(cell))
        log.warning("lost cell %s, which %s; %d guests unknown", cell, self._links.live(cell).silence, guests)
        self._show(cell)

    def _show(self, cell: str) -> None:
        """A cell that comes or goes changes how its guests look, too."""
        self._cells.changed(cell)
        for guest in self._inventory.of_cell(cell):
            self._inventory.show(guest)

    def _welcome(self, cell: str) -> None:
        with self._lock:
            if cell in self._welcoming or cell not in self._unwelcomed:
                return
            self._welcoming[cell] = set()
            self._unwelcomed.discard(cell)
        done = False
        try:
            self._links.described(cell, self._links.ask_for_long(cell, DescribeCell(), seconds=ANSWER))
            self._cells.changed(cell)
            self._tell_images(cell)
            self._work.recover(cell)
            self._read_guests(cell)
            done = True
        except NanoError as problem:
            log.warning("cell %s cannot be welcomed yet: %s", cell, problem)
        finally:
            with self._lock:
                del self._welcoming[cell]
                if not done:
                    self._unwelcomed.add(cell)

    def _tell_images(self, cell: str) -> None:
        if self._images_at is None:
            return
        try:
            self._links.ask_for_long(cell, self._images_at, seconds=ANSWER)
        except NanoError as problem:
            log.warning("cell %s was not told where images are: %s", cell, problem)

    def _read_guests(self, cell: str) -> None:
        """Make the inventory what the cell has. What it said by event meanwhile is newer than its list."""
        expected = {guest.spec.id for guest in self._inventory.of_cell(cell) if not guest.work}
        after = ""
        while True:
            page = self._links.ask_for_long(cell, ListGuests(after=after), seconds=ANSWER)
            for report in page.guests:
                expected.discard(report.spec.id)
                if not self._is_noted(cell, report.spec.id):
                    self._inventory.take_in(report, cell, self._pool_of(cell))
            if not page.next:
                break
            after = page.next
        missing = [id for id in expected if not self._is_noted(cell, id)]
        if missing:
            log.warning("%d guests are missing on cell %s: %s", len(missing), cell, " ".join(missing[:10]))
            self._inventory.miss(missing)

    def _note(self, cell: str, guest: str) -> None:
        with self._lock:
            if cell in self._welcoming:
                self._welcoming[cell].add(guest)

    def _is_noted(self, cell: str, guest: str) -> bool:
        with self._lock:
            return guest in self._welcoming[cell]

    def _pool_of(self, cell: str) -> str:
        known = self._registry.cells.get(cell)
        return known.pool if known else ""
