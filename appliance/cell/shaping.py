"""Limit what a guest receives and sends with the kernel's own tc, where libvirt's way needs more of the kernel than there is.

What leaves the host through a tap arrives in the guest, so its queue (tbf) limits what the guest receives. What the guest
sends is led through an interface of its own (ifb) and queued there, because an arriving packet has no queue.
"""

from __future__ import annotations

import re

from nano_runtime import command
from nano_runtime.command import CommandFailed
from nano_runtime.errors import Conflict

LATENCY = "100ms"
BURST = 32 * 1024
"""Bytes that may pass at once: a few full packets, or 10 ms at high speeds."""

_TAP = re.compile(r"[A-Za-z0-9_.-]{1,15}")


def shape(tap: str, *, receive: int, send: int) -> None:
    """Bytes per second as the guest sees them; 0 = no limit. Repeating it changes nothing. Conflict where the kernel cannot."""
    if not _TAP.fullmatch(tap):
        raise Conflict(f"{tap!r} is no name of an interface")
    try:
        _limit_leaving(tap, receive)
        _limit_arriving(tap, send)
    except CommandFailed as problem:
        _tc("qdisc", "del", "dev", tap, "root", check=False)
        _drop_arriving(tap)
        raise Conflict(
            f"the kernel of this host cannot limit the network of a guest: {problem.message}",
            hint="it needs the modules sch_tbf, sch_ingress, cls_u32, act_mirred and ifb",
        ) from problem


def _limit_leaving(interface: str, speed: int) -> None:
    if not speed:
        _tc("qdisc", "del", "dev", interface, "root", check=False)
        return
    burst = max(BURST, speed // 100)
    _tc("qdisc", "replace", "dev", interface, "root", "tbf", "rate", f"{speed * 8}bit", "burst", str(burst), "latency", LATENCY)


def _limit_arriving(tap: str, speed: int) -> None:
    _drop_arriving(tap)
    if not speed:
        return
    detour = detour_of(tap)
    command.run(["ip", "link", "add", detour, "type", "ifb"])
    command.run(["ip", "link", "set", detour, "up"])
    _limit_leaving(detour, speed)
    _tc("qdisc", "add", "dev", tap, "ingress")
    match = ("protocol", "all", "u32", "match", "u32", "0", "0")
    _tc("filter", "add", "dev", tap, "parent", "ffff:", *match, "action", "mirred", "egress", "redirect", "dev", detour)


def _drop_arriving(tap: str) -> None:
    _tc("qdisc", "del", "dev", tap, "ingress", check=False)
    command.run(["ip", "link", "del", detour_of(tap)], check=False)


def detour_of(tap: str) -> str:
    """The ifb of a tap; names of interfaces have at most 15 characters, and libvirt's are short."""
    return f"nq-{tap}"[:15]


def _tc(*arguments: str, check: bool = True) -> None:
    command.run(["tc", *arguments], check=check)
