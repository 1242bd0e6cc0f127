"""In which state each guest was seen last; whoever sees a change tells Core."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from typing import TYPE_CHECKING

from appliance.cell.hypervisor.states import NOT_DEFINED, Sight
from appliance.protocol.guests import GuestChanged, GuestReport, GuestState
from nano_runtime.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Callable

    from appliance.cell.hypervisor.connection import Connection
    from appliance.cell.records import Records
    from nano_runtime.messages import Event


class Sightings:
    def __init__(self, records: Records, hypervisor: Connection, tell: Callable[[Event], None]) -> None:
        self._records, self._hypervisor, self._tell = records, hypervisor, tell
        self._seen: dict[str, tuple[Sight, float]] = {}
        self._leaving: set[str] = set()
        self._looking: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)  # an older look never hides a newer one

    def report(self, guest: str) -> GuestReport:
        """The guest as it was seen last. NotFound for one that is not here."""
        seen, since = self._seen.get(guest, (NOT_DEFINED, 0.0))
        return GuestReport(
            spec=self._records.get(guest).spec, state=seen.state, reason=seen.reason, since=since, cores=seen.cores, memory=seen.memory
        )

    def look(self, guest: str, word: str = "") -> GuestReport:
        """Look now, and tell if something changed or `word` says that something happened. NotFound for a guest not here."""
        self._records.get(guest)
        with self._looking[guest]:
            try:
                seen = self._hypervisor.sight(guest)
            except NotFound:
                seen = NOT_DEFINED
            self._note(guest, seen._replace(reason=word or seen.reason))
        return self.report(guest)

    def new(self, guest: str) -> None:
        """It was just created, so it is off; nobody needs to be asked."""
        self._note(guest, Sight(GuestState.STOPPED, "created"))

    def look_at_all(self) -> None:
        """One question for all guests; each is told, changed or not, because Core may know nothing of us."""
        found = self._hypervisor.sights()
        for guest in self._records.ids():
            self._note(guest, found.get(guest, NOT_DEFINED), always=True)

    def altered(self, guest: str) -> GuestReport:
        """What was asked for is something else now; look, and tell. NotFound for a guest not here."""
        self.look(guest)
        report = self.report(guest)
        self._tell(GuestChanged(report=report))
        return report

    def leaving(self, guest: str) -> None:
        """What is seen of it from now on is its deletion, of which nobody is told."""
        self._leaving.add(guest)

    def staying(self, guest: str) -> None:
        self._leaving.discard(guest)

    def forget(self, guest: str) -> None:
        self._seen.pop(guest, None)
        self._leaving.discard(guest)
        self._looking.pop(guest, None)

    def _note(self, guest: str, seen: Sight, *, always: bool = False) -> None:
        before, since = self._seen.get(guest, (None, time.time()))
        if before and (seen.state, seen.reason) == (before.state, "unknown"):
            seen = seen._replace(reason=before.reason)  # we knew more
        changed = seen != before
        self._seen[guest] = (seen, time.time() if changed and before else since)
        if (changed or always) and guest not in self._leaving and self._records.has(guest):
            self._tell(GuestChanged(report=self.report(guest)))
