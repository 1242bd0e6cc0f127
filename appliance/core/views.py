"""Guests as the API shows them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from appliance.core.api.objects import AddressItem, CurrentSize, GuestConfig, InstanceStatus, QosItem
from appliance.protocol.guests import GuestFigures, GuestReport, GuestState

if TYPE_CHECKING:
    from appliance.core.links import Links
    from appliance.core.model import Guest
    from appliance.core.registry import Registry

ACTIVE = frozenset({GuestState.RUNNING, GuestState.PAUSED, GuestState.STOPPING})
"""States in which a guest has a process on its host."""

KIB = 1024
NO_ADDRESS = AddressItem()
NO_DISPLAY = AddressItem(display_address=":0")
"""What Nano always answered here; displays have no port of their own."""


class Views:
    def __init__(self, registry: Registry, links: Links) -> None:
        self._registry = registry
        self._links = links

    def state(self, guest: Guest) -> str:
        """The state people see: what Core does to a guest, else that its host is silent, else what the host said."""
        if guest.work:
            return guest.work.value
        return "lost" if self.is_lost(guest) else guest.report.state.value

    def is_lost(self, guest: Guest) -> bool:
        return guest.missing or not self._links.live(guest.cell).alive

    def host(self, guest: Guest) -> str:
        """The address of its host."""
        return self._links.live(guest.cell).address

    def config(self, guest: Guest, *, secret: bool = False) -> GuestConfig:
        """`secret` adds what only a single answer may carry."""
        return GuestConfig(**self._fields(guest, secret=secret))

    def status(self, guest: Guest, figures: GuestFigures) -> InstanceStatus:
        fields = self._fields(guest, secret=True)
        fields["media_attached"] = bool(guest.spec.media)
        return InstanceStatus(
            media_source=guest.spec.media,
            cpu_usage=figures.cpu_usage,
            memory_available=figures.memory_available,
            disk_available=0,
            bytes_read=figures.bytes_read,
            bytes_written=figures.bytes_written,
            bytes_received=figures.bytes_received,
            bytes_sent=figures.bytes_sent,
            **fields,
        )

    def _fields(self, guest: Guest, *, secret: bool) -> dict[str, Any]:
        spec, report = guest.spec, guest.report
        return {
            "name": spec.name,
            "id": spec.id,
            "created": guest.created,
            "progress": guest.progress if guest.work else 0,
            "running": report.state in ACTIVE,
            "lost": self.is_lost(guest),
            "owner": spec.owner,
            "group": spec.group,
            "pool": spec.pool,
            "cell": guest.cell,
            "host": self.host(guest),
            "cores": spec.cores,
            "memory": spec.memory,
            "total_disk": sum(spec.disks),
            "disks": spec.disks,
            "auto_start": spec.auto_start,
            "system": spec.devices.operating_system,
            "monitor_secret": spec.monitor_secret if secret else "",
            "ethernet_address": spec.ethernet_address,
            "internal": NO_ADDRESS,
            "external": NO_DISPLAY,
            "create_time": time_text(spec.created),
            "qos": QosItem(**{name: getattr(spec.qos, name) for name in QosItem.__struct_fields__}),
            "state": self.state(guest),
            "reason": self._reason(guest),
            "state_since": report.since,
            "operation": guest.operation,
            "current": _current(report),
            "note": spec.note,
            "tags": spec.tags,
        }

    def _reason(self, guest: Guest) -> str:
        if guest.missing:
            return "missing on its host"
        live = self._links.live(guest.cell)
        if live.alive:
            return guest.report.reason
        gone = live.silence if guest.cell in self._registry.cells else "was removed from the domain"
        return f"its host '{guest.cell}' {gone}"


def _current(report: GuestReport) -> CurrentSize | None:
    """None where the guest runs with what was asked for. Memory is compared in the KiB that libvirt counts in."""
    spec = report.spec
    if report.state not in ACTIVE or not report.cores:
        return None
    same = report.cores == spec.cores and report.memory in (0, -(-spec.memory // KIB) * KIB)
    return None if same else CurrentSize(cores=report.cores, memory=report.memory)


def time_text(moment: float) -> str:
    """YYYY-MM-DD HH:MM:SS in the server's time zone, as the contract has it."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(moment))
