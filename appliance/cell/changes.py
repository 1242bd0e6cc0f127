"""What a guest becomes when something about it changes: its record before in, its record afterwards out. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from appliance.cell import plan
from appliance.cell.records import Record

if TYPE_CHECKING:
    from appliance.cell.hypervisor.domain import Domain
    from appliance.protocol.guests import ChangeGuest, GuestSpec, Qos

_PLAIN = ("name", "cores", "memory", "auto_start", "monitor_secret", "note", "tags")
_DISK = ("read_speed", "read_iops", "write_speed", "write_iops")


def changed(record: Record, request: ChangeGuest, host: plan.HostFacts) -> Record:
    """Raises BadValue for what no host, or not this one, can give."""
    given = {name: value for name in _PLAIN if (value := getattr(request, name)) is not None}
    spec = replace(record.spec, **given, qos=_limits(record.spec.qos, request))
    plan.check(spec)
    plan.require_cores(spec.cores, host.accelerator)
    return Record(spec, _domain(record.domain, spec))


def _limits(qos: Qos, request: ChangeGuest) -> Qos:
    for part in (request.disk_limits, request.network_limits):
        if part is not None:
            qos = replace(qos, **msgspec.structs.asdict(part))
    return qos if request.cpu_priority is None else replace(qos, cpu_priority=request.cpu_priority)


def _domain(domain: Domain, spec: GuestSpec) -> Domain:
    shares, quota = plan.shares_of(spec.qos)
    limits = {name: getattr(spec.qos, name) for name in _DISK}
    return replace(
        domain,
        title=spec.name,
        memory=spec.memory,
        auto_start=spec.auto_start,
        processor=replace(domain.processor, cores=spec.cores, shares=shares, quota=quota),
        disks=[replace(disk, **limits) for disk in domain.disks],
    )
