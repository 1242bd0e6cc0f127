"""What changes on a host, one change a step, each with its way back."""

from __future__ import annotations

from appliance.cell.host import CellHost
from appliance.cell.hypervisor import xml
from appliance.cell.hypervisor.domain import Domain
from appliance.cell.records import Record
from nano_runtime.operation import Step


class MakeHome(Step[CellHost], frozen=True, tag="make-home"):
    guest: str

    def do(self, host: CellHost) -> None:
        host.storage.make_home(self.guest)

    def undo(self, host: CellHost) -> None:
        """Whatever is in it was made after it, by the same operation."""
        host.storage.remove_home(self.guest)


class CreateVolume(Step[CellHost], frozen=True, tag="create-volume"):
    guest: str
    number: int
    size: int

    def do(self, host: CellHost) -> None:
        host.storage.create_volume(self.guest, self.number, self.size)


class FetchImage(Step[CellHost], frozen=True, tag="fetch-image"):
    """It stays when the operation fails: the cache is for the next one."""

    image: str

    def do(self, host: CellHost) -> None:
        host.images.fetch(self.image)


class CloneImage(Step[CellHost], frozen=True, tag="clone-image"):
    guest: str
    number: int
    size: int
    image: str

    def do(self, host: CellHost) -> None:
        host.storage.create_overlay(self.guest, self.number, self.size, host.images.path(self.image))


class DefineDomain(Step[CellHost], frozen=True, tag="define-domain"):
    domain: Domain

    def do(self, host: CellHost) -> None:
        host.hypervisor.define(xml.write(self.domain), auto_start=self.domain.auto_start)

    def undo(self, host: CellHost) -> None:
        host.hypervisor.undefine(self.domain.id)


class RecordGuest(Step[CellHost], frozen=True, tag="record-guest"):
    record: Record

    def do(self, host: CellHost) -> None:
        host.records.put(self.record)

    def undo(self, host: CellHost) -> None:
        host.records.forget(self.record.spec.id)


class PowerOff(Step[CellHost], frozen=True, tag="power-off"):
    guest: str

    def do(self, host: CellHost) -> None:
        host.hypervisor.power_off(self.guest)


class UndefineDomain(Step[CellHost], frozen=True, tag="undefine-domain"):
    guest: str

    def do(self, host: CellHost) -> None:
        host.hypervisor.undefine(self.guest)


class RemoveHome(Step[CellHost], frozen=True, tag="remove-home"):
    guest: str

    def do(self, host: CellHost) -> None:
        host.storage.remove_home(self.guest)


class ForgetGuest(Step[CellHost], frozen=True, tag="forget-guest"):
    guest: str

    def do(self, host: CellHost) -> None:
        host.records.forget(self.guest)
