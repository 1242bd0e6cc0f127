"""The steps that Core's stories are made of, and the world they change."""

from __future__ import annotations

from typing import Protocol

from appliance.protocol.guests import GuestSpec
from nano_runtime.operation import Step


class Zone(Protocol):
    """What the stories act upon: Core's own inventory, and the cells. Everything here may be repeated."""

    def reserve(self, spec: GuestSpec, cell: str, operation: str) -> None:
        """Hold name and room for a guest that is being created."""
        ...

    def make(self, spec: GuestSpec, cell: str) -> None: ...

    def confirm(self, guest: str) -> None:
        """Make the record of a guest durable."""
        ...

    def start(self, guest: str, cell: str) -> None: ...

    def discard(self, guest: str, cell: str) -> None:
        """Remove a guest from its cell, running or not; content if either is gone."""
        ...

    def delete(self, guest: str, cell: str) -> None:
        """Remove a stopped guest from its cell; content if either is gone. Raises Conflict while it runs."""
        ...

    def resize_disk(self, guest: str, cell: str, index: int, size: int) -> None:
        """Grow a disk; content if it has that size."""
        ...

    def shrink_disk(self, guest: str, cell: str, index: int) -> None:
        """Write the file of a disk anew, without what the guest freed."""
        ...

    def reset_system(self, guest: str, cell: str, image: str) -> None:
        """Begin the system disk anew from an image."""
        ...

    def forget(self, guest: str) -> None:
        """Remove a guest from Core."""
        ...


class ReserveGuest(Step[Zone], frozen=True, tag="reserve-guest"):
    spec: GuestSpec
    cell: str
    operation: str

    def do(self, host: Zone) -> None:
        host.reserve(self.spec, self.cell, self.operation)

    def undo(self, host: Zone) -> None:
        host.forget(self.spec.id)


class MakeOnCell(Step[Zone], frozen=True, tag="make-on-cell"):
    spec: GuestSpec
    cell: str

    def do(self, host: Zone) -> None:
        host.make(self.spec, self.cell)

    def undo(self, host: Zone) -> None:
        host.discard(self.spec.id, self.cell)


class ConfirmGuest(Step[Zone], frozen=True, tag="confirm-guest"):
    guest: str

    def do(self, host: Zone) -> None:
        """Its record goes with the guest's reservation, so there is nothing of its own to take back."""
        host.confirm(self.guest)


class StartOnCell(Step[Zone], frozen=True, tag="start-on-cell"):
    guest: str
    cell: str

    def do(self, host: Zone) -> None:
        """Discarding the guest stops it, so there is nothing of its own to take back."""
        host.start(self.guest, self.cell)


class DeleteOnCell(Step[Zone], frozen=True, tag="delete-on-cell"):
    guest: str
    cell: str

    def do(self, host: Zone) -> None:
        host.delete(self.guest, self.cell)


class ForgetGuest(Step[Zone], frozen=True, tag="forget-guest"):
    guest: str

    def do(self, host: Zone) -> None:
        host.forget(self.guest)


class ResizeOnCell(Step[Zone], frozen=True, tag="resize-on-cell"):
    guest: str
    cell: str
    index: int
    size: int

    def do(self, host: Zone) -> None:
        """The cell does it all or nothing."""
        host.resize_disk(self.guest, self.cell, self.index, self.size)


class ShrinkOnCell(Step[Zone], frozen=True, tag="shrink-on-cell"):
    guest: str
    cell: str
    index: int

    def do(self, host: Zone) -> None:
        host.shrink_disk(self.guest, self.cell, self.index)


class ResetOnCell(Step[Zone], frozen=True, tag="reset-on-cell"):
    guest: str
    cell: str
    image: str

    def do(self, host: Zone) -> None:
        host.reset_system(self.guest, self.cell, self.image)
