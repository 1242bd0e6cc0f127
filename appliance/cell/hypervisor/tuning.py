"""What libvirt changes about a domain without defining it anew, most of it while it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libvirt

from appliance.cell.hypervisor.xml import PERIOD

if TYPE_CHECKING:
    from appliance.cell.hypervisor.connection import Connection
    from appliance.cell.hypervisor.domain import Disk, Processor

LIVE = libvirt.VIR_DOMAIN_AFFECT_LIVE
USUAL_SHARES = 100
"""What a domain without shares has: cpu.weight of cgroups v2."""

KIB = 1024


def set_auto_start(hypervisor: Connection, domain: str, *, enabled: bool) -> None:
    hypervisor.with_domain("set auto start", domain, lambda found: found.setAutostart(enabled))


def set_title(hypervisor: Connection, domain: str, title: str) -> None:
    """Of a running domain; libvirt keeps it in memory until the domain ends."""
    hypervisor.with_domain(
        "rename", domain, lambda found: found.setMetadata(libvirt.VIR_DOMAIN_METADATA_TITLE, title or None, None, None, LIVE)
    )


def limit_processor(hypervisor: Connection, domain: str, processor: Processor) -> None:
    """Of a running domain. Raises what libvirt says where the host has no processor control group."""
    quota = PERIOD * processor.quota // 100 if processor.quota else -1
    limits = {"cpu_shares": processor.shares or USUAL_SHARES, "vcpu_period": PERIOD, "vcpu_quota": quota}
    hypervisor.with_domain("limit the processor", domain, lambda found: found.setSchedulerParametersFlags(limits, LIVE))


def limit_disk(hypervisor: Connection, domain: str, disk: Disk) -> None:
    """Of a running domain; a limit of 0 lifts it."""
    limits = {
        "read_bytes_sec": disk.read_speed,
        "write_bytes_sec": disk.write_speed,
        "read_iops_sec": disk.read_iops,
        "write_iops_sec": disk.write_iops,
    }
    hypervisor.with_domain("limit the disk", domain, lambda found: found.setBlockIoTune(disk.target, limits, LIVE))


def change_medium(hypervisor: Connection, domain: str, drive: str) -> None:
    """Of a running domain; `drive` is the XML of its CD drive. A guest that has locked the drive makes libvirt refuse."""
    hypervisor.with_domain("change the medium", domain, lambda found: found.updateDeviceFlags(drive, LIVE), seconds=30)


def grow_disk(hypervisor: Connection, domain: str, target: str, size: int) -> None:
    """Of a running domain, which sees it at once; `size` in bytes."""
    hypervisor.with_domain(
        "grow the disk", domain, lambda found: found.blockResize(target, size, libvirt.VIR_DOMAIN_BLOCK_RESIZE_BYTES), seconds=60
    )


def limit_network(hypervisor: Connection, domain: str, mac: str, *, receive: int, send: int) -> None:
    """Bytes per second of a running domain as it sees them; 0 lifts the limit. It needs queueing disciplines of the kernel."""
    limits = {f"{way}.{part}": value for way, speed in (("inbound", receive), ("outbound", send)) for part, value in _bandwidth(speed)}
    hypervisor.with_domain("limit the network", domain, lambda found: found.setInterfaceParameters(mac, limits, LIVE))


def _bandwidth(speed: int) -> list[tuple[str, int]]:
    """In KiB: what flows on average, for a moment, and how long that moment is (libvirt.org/formatnetwork.html)."""
    average = max(speed // KIB, 1) if speed else 0
    return [("average", average), ("peak", 2 * average), ("burst", average)]
