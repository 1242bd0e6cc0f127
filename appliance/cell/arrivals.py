"""Guests whose image is on its way to this Cell: how far it is, and that they may be called off meanwhile."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from appliance.protocol.guests import GuestProgress, GuestSpec
from nano_runtime.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from appliance.cell.images import Images
    from nano_runtime.messages import Event

SHARE = 90
"""Percent of a creation that a transfer takes; the rest is done in a moment."""


class Arrivals:
    """A transfer may take an hour, so it is waited for before the guest's turn, in which nothing else could be done to it."""

    def __init__(self, images: Images, tell: Callable[[Event], None]) -> None:
        self._images = images
        self._tell = tell
        self._lock = threading.Lock()
        self._called_off: dict[str, bool] = {}
        self._told: dict[str, int] = {}
        images.watch = self._watch

    def wait_for_image(self, spec: GuestSpec) -> int:
        """Have the image of a guest here; answers the percent of the creation that is done by that.

        Raises Conflict when the guest was called off meanwhile.
        """
        if not spec.image:
            return 0
        with self._coming(spec.id):
            self._images.fetch(spec.image, guest=spec.id)
            self._require_wanted(spec.id)
            return SHARE if spec.id in self._told else 0

    def call_off(self, guest: str) -> None:
        """It is not wanted any more; content if it is not on its way."""
        with self._lock:
            if guest in self._called_off:
                self._called_off[guest] = True

    @contextmanager
    def _coming(self, guest: str) -> Iterator[None]:
        with self._lock:
            if guest in self._called_off:
                raise Conflict(f"guest {guest} is being created already", hint="wait for that to end")
            self._called_off[guest] = False
        try:
            yield
        finally:
            with self._lock:
                del self._called_off[guest]
                self._told.pop(guest, None)

    def _watch(self, guest: str, have: int, total: int) -> None:
        """From inside a transfer: going on is pointless once the guest is called off."""
        self._require_wanted(guest)
        percent = SHARE * have // max(total, 1)
        if self._told.get(guest, -1) < percent:
            self._told[guest] = percent
            self._tell(GuestProgress(guest=guest, percent=percent, step="fetch-image"))

    def _require_wanted(self, guest: str) -> None:
        if self._called_off.get(guest):
            raise Conflict(f"guest {guest} was taken back while its image was fetched")
