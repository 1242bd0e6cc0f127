"""Hold a running domain, let it go on, press its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libvirt

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from appliance.cell.hypervisor.connection import Connection

HOLD = 20
"""Milliseconds a key is held; QEMU's keyboard takes the next one after that."""


def suspend(hypervisor: Connection, domain: str) -> None:
    hypervisor.with_domain("suspend", domain, lambda found: found.suspend())


def resume(hypervisor: Connection, domain: str) -> None:
    hypervisor.with_domain("resume", domain, lambda found: found.resume())


def press(hypervisor: Connection, domain: str, strokes: Iterable[Sequence[int]]) -> None:
    """Press groups of keys, one group after the other; the numbers are those of Linux (linux/input-event-codes.h)."""

    def type_all(found: libvirt.virDomain) -> None:
        for stroke in strokes:
            found.sendKey(libvirt.VIR_KEYCODE_SET_LINUX, HOLD, list(stroke), len(stroke))

    hypervisor.with_domain("press keys", domain, type_all, seconds=30)
