"""What the profiles of a bridge look like, made from the profile of the interface it replaces.

Pure: NetworkManager's own settings in, its settings out. Addresses, routes, DNS, DHCP client id and firewall zone move from
the interface to the bridge word by word; the bridge takes the interface's MAC, so a DHCP server knows it again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nano_runtime.errors import BadValue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from installer.network_manager import Settings

MOVED = ("ipv4", "ipv6", "proxy")
LEGACY = ("addresses", "routes")
"""The old spelling of address-data and route-data; NetworkManager sends both and takes the new one."""
HIGHEST = 999
KINDS = ("802-3-ethernet", "bond", "vlan")
OF_THE_MOMENT = ("timestamp",)


def bridge_profile(old: Settings, *, name: str, mac: str, uuid: str, metric: int) -> Settings:
    """The bridge itself: everything above layer 2 of the old profile. Without STP, for a lone host port needs no 30 s of listening.

    `metric` is that of the interface's routes: a bridge's own default is worse, and of two default routes the other one would win.
    """
    connection: dict[str, tuple[str, Any]] = {
        "id": ("s", f"Nano {name}"),
        "uuid": ("s", uuid),
        "type": ("s", "bridge"),
        "interface-name": ("s", name),
        "autoconnect": ("b", True),
        "autoconnect-priority": ("i", _priority(old)),
        "autoconnect-slaves": ("i", 1),
    }
    for kept in ("zone", "metered", "mdns", "llmnr", "stable-id", "dns-over-tls"):
        if kept in old["connection"]:
            connection[kept] = old["connection"][kept]
    layer2 = {"mac-address": ("ay", bytes.fromhex(mac.replace(":", ""))), "stp": ("b", False)}
    moved = {section: _without(old[section], LEGACY) for section in MOVED if section in old}
    for section in (moved[family] for family in ("ipv4", "ipv6") if family in moved):
        if section.get("route-metric", ("x", -1))[1] == -1:
            section["route-metric"] = ("x", metric)
    return {"connection": connection, "bridge": layer2, **moved}


def port_profile(old: Settings, *, bridge: str, card: str, uuid: str) -> Settings:
    """The interface as a port of the bridge: its own layer 2 stays as it is, be it a bond or a VLAN."""
    kind = str(old["connection"]["type"][1])
    if kind not in KINDS:
        raise BadValue(f"{card} is of kind {kind}, which cannot be a port of a bridge", hint="choose another interface", field="nic")
    if "slave-type" in old["connection"] or "master" in old["connection"]:
        raise BadValue(f"{card} is a part of another interface already", hint="bridge that one instead", field="nic")
    connection = _without(old["connection"], (*OF_THE_MOMENT, "zone", "permissions", "secondaries"))
    connection |= {
        "id": ("s", f"Nano {bridge} port {card}"),
        "uuid": ("s", uuid),
        "interface-name": ("s", card),
        "master": ("s", bridge),
        "slave-type": ("s", "bridge"),
        "autoconnect": ("b", True),
        "autoconnect-priority": ("i", _priority(old)),
    }
    if kind == "bond":
        connection["autoconnect-slaves"] = ("i", 1)
    rest = {name: section for name, section in old.items() if name not in ("connection", *MOVED)}
    return {"connection": connection, **rest}


def check_bond(old: Settings, others: Iterable[Settings]) -> None:
    """Raises BadValue for a bond whose parts name it by its profile: they would not follow it into another one."""
    uuid = old["connection"]["uuid"][1]
    named = [str(other["connection"]["id"][1]) for other in others if other["connection"].get("master", ("s", ""))[1] == uuid]
    if named:
        card = old["connection"].get("interface-name", ("s", "the bond"))[1]
        hint = f"for each of {', '.join(named)}: nmcli connection modify NAME master {card}"
        raise BadValue(f"the parts of {card} name it by its UUID", hint=hint, field="nic")


def _priority(old: Settings) -> int:
    """Above the old profile, which stays on the disk untouched."""
    return min(int(old["connection"].get("autoconnect-priority", ("i", 0))[1]) + 100, HIGHEST)


def _without(section: dict[str, tuple[str, Any]], names: Iterable[str]) -> dict[str, tuple[str, Any]]:
    left_out = set(names)
    return {name: value for name, value in section.items() if name not in left_out}
