"""Network interfaces of the host as the kernel tells them, never by the pattern of a name.

Source: Documentation/ABI/testing/sysfs-class-net of the Linux kernel; /proc/net/route and /proc/net/if_inet6 for routes and IPv6.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from nano_runtime.interfaces import Interface

ARPHRD_ETHER = "1"
BRIDGED = ("ethernet", "bond", "vlan")
"""Kinds that can be ports of a bridge."""
IFF_UP, IFF_NOARP, IFF_MULTICAST = 0x1, 0x80, 0x1000
GLOBAL_SCOPE = "00"


class DefaultRoute(NamedTuple):
    """An IPv4 route to everywhere; the lowest metric is the one in use."""

    card: str
    gateway: str
    metric: int


@dataclass(frozen=True)
class Card:
    """One interface. `kind` is ethernet, bond, vlan, bridge, wireless, tap or other; `bridge` names the bridge it is a port of."""

    name: str
    kind: str
    mac: str
    is_up: bool = False
    has_multicast: bool = False
    is_physical: bool = False
    bridge: str = ""
    addresses: tuple[str, ...] = field(default=())
    addresses6: tuple[str, ...] = field(default=())

    @property
    def can_be_bridged(self) -> bool:
        return self.kind in BRIDGED and not self.bridge


def read_cards(root: Path, addresses: Collection[Interface]) -> tuple[Card, ...]:
    """Every interface but loopback; those a bridge can be made on first, physical ones before others."""
    folder = root / "sys/class/net"
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    sixes = _addresses6(root)
    found = [
        _read_card(folder / name, tuple(entry.address for entry in addresses if entry.name == name), sixes.get(name, ()))
        for name in names
        if name != "lo" and (folder / name / "address").exists()
    ]
    return tuple(sorted(found, key=lambda card: (not card.can_be_bridged, not card.is_physical, card.name)))


def read_default_routes(root: Path) -> tuple[DefaultRoute, ...]:
    """IPv4 default routes, the one in use first."""
    lines = [line.split() for line in _text(root / "proc/net/route").splitlines()[1:]]
    routes = [
        DefaultRoute(line[0], _address(line[2]), int(line[6])) for line in lines if len(line) > 7 and line[1] == line[7] == "00000000"
    ]
    return tuple(sorted(routes, key=lambda route: route.metric))


def _read_card(folder: Path, addresses: tuple[str, ...], addresses6: tuple[str, ...]) -> Card:
    flags = int(_text(folder / "flags").strip() or "0", 16)
    master = folder / "master"
    return Card(
        name=folder.name,
        kind="other" if flags & IFF_NOARP else _kind(folder),
        mac=_text(folder / "address").strip(),
        is_up=bool(flags & IFF_UP) and _text(folder / "operstate").strip() in ("up", "unknown"),
        has_multicast=bool(flags & IFF_MULTICAST),
        is_physical=(folder / "device").exists(),
        bridge=master.resolve().name if master.exists() or master.is_symlink() else "",
        addresses=addresses,
        addresses6=addresses6,
    )


def _kind(folder: Path) -> str:
    told = dict(line.split("=", 1) for line in _text(folder / "uevent").splitlines() if "=" in line).get("DEVTYPE", "")
    for kind, sign in (("bridge", "bridge"), ("bond", "bonding"), ("wireless", "phy80211"), ("wireless", "wireless"), ("tap", "tun_flags")):
        if (folder / sign).exists():
            return kind
    if told in ("bond", "vlan", "bridge"):
        return told
    is_ethernet = _text(folder / "type").strip() == ARPHRD_ETHER and told in ("", "dsa")
    return "ethernet" if is_ethernet else "other"


def _addresses6(root: Path) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in _text(root / "proc/net/if_inet6").splitlines():
        parts = line.split()
        if len(parts) == 6 and parts[3] == GLOBAL_SCOPE:
            found[parts[5]] = (*found.get(parts[5], ()), str(ipaddress.IPv6Address(bytes.fromhex(parts[0]))))
    return found


def _address(word: str) -> str:
    """/proc/net/route writes addresses as the kernel holds them, lowest byte first."""
    return str(ipaddress.IPv4Address(bytes.fromhex(word)[::-1]))


def _text(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""
