"""Have the network limits of a running guest take effect: through libvirt where the kernel has what that needs, else with tc."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from appliance.cell import shaping
from appliance.cell.hypervisor import tuning, xml
from nano_runtime.errors import Conflict, NanoError, Unavailable

if TYPE_CHECKING:
    from appliance.cell.hypervisor.connection import Connection
    from appliance.cell.records import Record

log = logging.getLogger(__name__)


def limit(hypervisor: Connection, record: Record) -> None:
    """Raises Conflict where neither way works: on user networking, or a kernel without queueing disciplines."""
    qos, guest = record.spec.qos, record.spec.id
    for mac, tap in xml.read_living(hypervisor.describe(guest)).taps.items():
        if not tap:
            if qos.receive_speed or qos.send_speed:
                raise Conflict(
                    "the network of this guest cannot be limited: it is QEMU's own, which no kernel sees",
                    hint="start libvirt's network 'default', or connect guests to a bridge, and restart the guest",
                )
            continue
        try:
            tuning.limit_network(hypervisor, guest, mac, receive=qos.receive_speed, send=qos.send_speed)
        except Unavailable:
            raise
        except NanoError as problem:
            log.info("libvirt cannot limit the network of guest %s (%s); tc does it", guest, problem.message)
            shaping.shape(tap, receive=qos.receive_speed, send=qos.send_speed)


def limit_again(hypervisor: Connection, record: Record) -> None:
    """After each start, because a tap is made anew and libvirt's document holds no limit that could keep a guest from starting."""
    if not (record.spec.qos.receive_speed or record.spec.qos.send_speed):
        return
    try:
        limit(hypervisor, record)
    except NanoError as problem:
        log.warning("guest %s runs without its network limits: %s", record.spec.id, problem)
