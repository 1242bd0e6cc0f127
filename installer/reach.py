"""Does the network still work through a new bridge? Asked of the kernel's neighbour table, for a machine has no eyes."""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from pathlib import Path

from installer.cards import read_default_routes

COMPLETE = 0x2
"""ATF_COM of linux/if_arp.h: the neighbour has answered."""


def gateway_answers(bridge: str, seconds: int, root: Path = Path("/")) -> bool:
    """Whether the gateway behind the bridge answers ARP within the time; without one, there is nothing to lose."""
    deadline = time.monotonic() + seconds
    while True:
        gateways = [route.gateway for route in read_default_routes(root) if route.card == bridge and route.gateway != "0.0.0.0"]
        if not gateways or any(_has_answered(root, gateway, bridge) for gateway in gateways):
            return True
        if time.monotonic() > deadline:
            return False
        for gateway in gateways:
            _poke(gateway)
        time.sleep(0.2)


def _poke(address: str) -> None:
    """Any datagram makes the kernel ask who has the address (port 9: discard, RFC 863)."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"", (address, 9))


def _has_answered(root: Path, address: str, bridge: str) -> bool:
    for line in (root / "proc/net/arp").read_text().splitlines()[1:]:
        parts = line.split()
        if len(parts) == 6 and parts[0] == address and parts[5] == bridge:
            return bool(int(parts[2], 16) & COMPLETE)
    return False
