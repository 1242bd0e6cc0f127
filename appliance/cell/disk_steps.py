"""Steps that change the disks of a guest which is there."""

from __future__ import annotations

from appliance.cell.host import CellHost
from appliance.cell.hypervisor import tuning
from nano_runtime.errors import NotFound
from nano_runtime.operation import Step


class GrowVolume(Step[CellHost], frozen=True, tag="grow-volume"):
    """`target` is the disk's name in a running domain."""

    guest: str
    number: int
    target: str
    before: int
    size: int

    def do(self, host: CellHost) -> None:
        if _runs(host, self.guest):
            tuning.grow_disk(host.hypervisor, self.guest, self.target, self.size)
        else:
            host.storage.grow_volume(self.guest, self.number, self.size)

    def undo(self, host: CellHost) -> None:
        """Nobody was told of the new room, so nothing lies there."""
        if host.storage.size_of(self.guest, self.number) <= self.before:
            return
        if _runs(host, self.guest):
            tuning.grow_disk(host.hypervisor, self.guest, self.target, self.before)
        else:
            host.storage.cut_volume(self.guest, self.number, self.before)


class CompactToSpare(Step[CellHost], frozen=True, tag="compact-to-spare"):
    guest: str
    number: int

    def do(self, host: CellHost) -> None:
        host.storage.compact_to_spare(self.guest, self.number)

    def undo(self, host: CellHost) -> None:
        host.storage.remove_spare(self.guest, self.number)


class CloneToSpare(Step[CellHost], frozen=True, tag="clone-to-spare"):
    guest: str
    number: int
    size: int
    image: str

    def do(self, host: CellHost) -> None:
        host.storage.clone_to_spare(self.guest, self.number, self.size, host.images.path(self.image))

    def undo(self, host: CellHost) -> None:
        host.storage.remove_spare(self.guest, self.number)


class SwapInSpare(Step[CellHost], frozen=True, tag="swap-in-spare"):
    guest: str
    number: int

    def do(self, host: CellHost) -> None:
        host.storage.swap_in_spare(self.guest, self.number)


def _runs(host: CellHost, guest: str) -> bool:
    try:
        return host.hypervisor.is_active(guest)
    except NotFound:
        return False
