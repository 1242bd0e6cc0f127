"""Steps that change a guest which is there: each takes it from one record to another, and its way back is the other way round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appliance.cell.host import CellHost
from appliance.cell.hypervisor import tuning, xml
from appliance.cell.network_limits import limit
from appliance.cell.records import Record
from nano_runtime.errors import NanoError
from nano_runtime.operation import Step

if TYPE_CHECKING:
    from appliance.cell.hypervisor.domain import Domain


class TuneRunning(Step[CellHost], frozen=True, tag="tune-running"):
    """What libvirt can change about a running guest; the rest waits for its next start."""

    before: Record
    after: Record

    def do(self, host: CellHost) -> None:
        _tune(host, self.before, self.after)

    def undo(self, host: CellHost) -> None:
        """A guest that stopped meanwhile has nothing to be tuned back."""
        try:
            _tune(host, self.after, self.before)
        except NanoError:
            if host.hypervisor.exists(self.before.spec.id) and host.hypervisor.is_active(self.before.spec.id):
                raise


class Redefine(Step[CellHost], frozen=True, tag="redefine"):
    before: Record
    after: Record

    def do(self, host: CellHost) -> None:
        _define(host, self.before.domain, self.after.domain)

    def undo(self, host: CellHost) -> None:
        _define(host, self.after.domain, self.before.domain)


class ReplaceRecord(Step[CellHost], frozen=True, tag="replace-record"):
    before: Record
    after: Record

    def do(self, host: CellHost) -> None:
        host.records.put(self.after)

    def undo(self, host: CellHost) -> None:
        host.records.put(self.before)


def _tune(host: CellHost, before: Record, after: Record) -> None:
    guest, old, new = after.spec.id, before.domain, after.domain
    if (new.processor.shares, new.processor.quota) != (old.processor.shares, old.processor.quota):
        tuning.limit_processor(host.hypervisor, guest, new.processor)
    for disk, disk_before in zip(new.disks, old.disks, strict=True):
        if disk != disk_before:
            tuning.limit_disk(host.hypervisor, guest, disk)
    if (after.spec.qos.receive_speed, after.spec.qos.send_speed) != (before.spec.qos.receive_speed, before.spec.qos.send_speed):
        limit(host.hypervisor, after)
    if new.medium != old.medium:
        tuning.change_medium(host.hypervisor, guest, xml.write_drive(new))
    if new.title != old.title:
        tuning.set_title(host.hypervisor, guest, new.title)


def _define(host: CellHost, before: Domain, after: Domain) -> None:
    """Under one UUID libvirt defines it anew; a running guest keeps what it has until it ends."""
    host.hypervisor.define(xml.write(after), auto_start=after.auto_start)
    if before.auto_start and not after.auto_start:
        tuning.set_auto_start(host.hypervisor, after.id, enabled=False)
