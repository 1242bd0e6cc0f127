"""The IPv4 interfaces of this host that are up."""

from __future__ import annotations

import socket
from dataclasses import dataclass

import psutil


@dataclass(frozen=True)
class Interface:
    """One address of one interface; an interface with several addresses appears several times."""

    name: str
    index: int
    address: str
    mac: str


def up_interfaces() -> list[Interface]:
    """Every IPv4 address of every interface that is up, loopback last."""
    up = {name for name, figures in psutil.net_if_stats().items() if figures.isup}
    found = [
        Interface(name, _index(name), entry.address, next((mac.address for mac in entries if mac.family == psutil.AF_LINK), ""))
        for name, entries in psutil.net_if_addrs().items()
        if name.split(":")[0] in up  # psutil lists an alias such as eth0:1 by its own name
        for entry in entries
        if entry.family == socket.AF_INET
    ]
    return sorted((entry for entry in found if entry.index), key=lambda entry: (_is_loopback(entry.address), entry.index))


def has_address(address: str) -> bool:
    """Whether this host has the IPv4 address on an interface that is up."""
    return any(entry.address == address for entry in up_interfaces())


def _index(name: str) -> int:
    try:
        return socket.if_nametoindex(name.split(":")[0])
    except OSError:  # gone since it was listed
        return 0


def _is_loopback(address: str) -> bool:
    return address.startswith("127.")
