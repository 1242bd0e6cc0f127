"""Admit one holder once, for a short time, to one thing."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from nano_runtime import secrets
from nano_runtime.errors import NotFound, TooMany

if TYPE_CHECKING:
    from collections.abc import Callable

Thing = TypeVar("Thing")

LIFE = 15.0
MOST = 64
"""Tickets that wait at the same time; each may hold a picture."""


class _Open(NamedTuple, Generic[Thing]):
    thing: Thing
    holder: str
    ends: float


class Tickets(Generic[Thing]):
    """`holder` is the fingerprint of the key that must be shown together with the ticket."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._gate = threading.Lock()
        self._open: dict[str, _Open[Thing]] = {}

    def issue(self, thing: Thing, holder: str) -> str:
        """Raises TooMany while 64 wait to be used."""
        now = self._clock()
        with self._gate:
            self._open = {ticket: entry for ticket, entry in self._open.items() if entry.ends > now}
            if len(self._open) >= MOST:
                raise TooMany(f"{MOST} consoles are being opened on this cell", hint="try again in some seconds")
            ticket = secrets.token()
            self._open[ticket] = _Open(thing, holder, now + LIFE)
        return ticket

    def redeem(self, ticket: str, holder: str) -> Thing:
        """Raises NotFound for a used, expired, unknown or somebody else's ticket, all alike. Either way it is used up."""
        with self._gate:
            entry = self._open.pop(ticket, None)
        if entry is None or not holder or entry.holder != holder or entry.ends <= self._clock():
            raise NotFound("this ticket admits nobody")
        return entry.thing
