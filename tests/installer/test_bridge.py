"""A bridge made over the very network it changes: kept when confirmed, gone when not, and nothing lost of the card's settings."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from installer.bridge import bridge_profile, check_bond, port_profile
from installer.network_manager import Settings
from nano_runtime.errors import BadValue
from tests.installer import make_bridge
from tests.installer.managed import DYNAMIC, ManagedHost
from tests.installer.pinging import Pinging
from tests.waiting import wait_until

PROGRAM = [sys.executable, make_bridge.__file__]
OLD: Settings = {
    "connection": {
        "id": ("s", "office"),
        "uuid": ("s", "u0"),
        "type": ("s", "802-3-ethernet"),
        "interface-name": ("s", "enp1s0"),
        "zone": ("s", "internal"),
        "timestamp": ("t", 5),
    },
    "802-3-ethernet": {"mtu": ("u", 9000)},
    "ipv4": {"method": ("s", "auto"), "dhcp-client-id": ("s", "abc"), "routes": ("aau", []), "route-data": ("aa{sv}", [])},
    "ipv6": {"method": ("s", "auto"), "dhcp-duid": ("s", "stable-uuid"), "route-metric": ("x", 7)},
}


def test_all_above_layer_2_moves_to_the_bridge_and_layer_2_stays() -> None:
    bridge = bridge_profile(OLD, name="br0", mac="52:54:00:00:00:01", uuid="u1", metric=42)
    port = port_profile(OLD, bridge="br0", card="enp1s0", uuid="u2")

    assert bridge["bridge"]["mac-address"] == ("ay", b"\x52\x54\x00\x00\x00\x01")
    assert bridge["ipv4"]["dhcp-client-id"] == ("s", "abc")
    assert bridge["ipv6"]["dhcp-duid"] == ("s", "stable-uuid")
    assert bridge["connection"]["zone"] == ("s", "internal")
    assert port["802-3-ethernet"] == {"mtu": ("u", 9000)}
    assert (port["connection"]["master"], port["connection"]["slave-type"]) == (("s", "br0"), ("s", "bridge"))
    assert "ipv4" not in port
    assert "zone" not in port["connection"]


def test_a_bridge_keeps_the_metric_so_that_another_default_route_does_not_win() -> None:
    bridge = bridge_profile(OLD, name="br0", mac="52:54:00:00:00:01", uuid="u1", metric=42)

    assert bridge["ipv4"]["route-metric"] == ("x", 42)
    assert bridge["ipv6"]["route-metric"] == ("x", 7)


def test_the_new_profiles_win_over_the_old_one_after_a_restart() -> None:
    old = OLD | {"connection": OLD["connection"] | {"autoconnect-priority": ("i", 950)}}

    port = port_profile(old, bridge="br0", card="enp1s0", uuid="u2")

    assert port["connection"]["autoconnect-priority"] == ("i", 999)


@pytest.mark.parametrize("kind", ["bond", "vlan"])
def test_a_bond_or_vlan_keeps_what_it_is_made_of(kind: str) -> None:
    old = OLD | {"connection": OLD["connection"] | {"type": ("s", kind)}, kind: {"options": ("a{ss}", {"mode": "802.3ad"})}}

    port = port_profile(old, bridge="br0", card="bond0", uuid="u2")

    assert port["connection"]["type"] == ("s", kind)
    assert port[kind] == {"options": ("a{ss}", {"mode": "802.3ad"})}
    assert ("autoconnect-slaves" in port["connection"]) == (kind == "bond")


def test_a_bond_whose_parts_would_not_follow_is_refused() -> None:
    part: Settings = {"connection": {"id": ("s", "part1"), "master": ("s", "u0")}}

    with pytest.raises(BadValue, match="nmcli connection modify"):
        check_bond(OLD, [part])
    check_bond(OLD, [{"connection": {"id": ("s", "part1"), "master": ("s", "bond0")}}])


@pytest.mark.parametrize("kind", ["wifi", "infiniband", "bridge"])
def test_what_cannot_be_a_port_is_refused(kind: str) -> None:
    with pytest.raises(BadValue, match="cannot be a port"):
        port_profile(OLD | {"connection": OLD["connection"] | {"type": ("s", kind)}}, bridge="br0", card="x", uuid="u2")


@pytest.fixture
def host() -> Iterator[ManagedHost]:
    with ManagedHost(21) as host:
        wait_until(lambda: state(host, "lan3") == "100", 20, "the card to be connected")
        yield host


def state(host: ManagedHost, card: str) -> str:
    told = host.run(["nmcli", "-t", "-f", "GENERAL.STATE", "device", "show", card], check=False).stdout
    return told.partition(":")[2].partition(" ")[0].strip()


def layer3(host: ManagedHost, card: str) -> dict[str, Any]:
    """Addresses, routes, DNS and MAC of an interface."""
    shown = json.loads(host.run(["ip", "-j", "addr", "show", "dev", card]).stdout)[0]
    routes = json.loads(host.run(["ip", "-j", "route", "show", "dev", card]).stdout)
    told = host.run(["nmcli", "-t", "-f", "IP4.DNS,IP4.DOMAIN", "device", "show", card]).stdout
    return {
        "mac": shown["address"],
        "addresses": sorted((entry["local"], entry["prefixlen"]) for entry in shown["addr_info"] if not entry["local"].startswith("fe80")),
        "routes": sorted((route["dst"], route.get("gateway", ""), route["metric"]) for route in routes),
        "dns": sorted(told.split()),
    }


def profiles(host: ManagedHost) -> dict[str, bytes]:
    folder = host.path("/etc/NetworkManager/system-connections")
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def links(host: ManagedHost) -> set[str]:
    return {entry["ifname"] for entry in json.loads(host.run(["ip", "-j", "link"]).stdout)}


@pytest.mark.lab
def test_a_confirmed_bridge_has_all_that_the_card_had(host: ManagedHost) -> None:
    before, files = layer3(host, "lan3"), profiles(host)

    with Pinging(host.address) as pinging:
        told = host.run([*PROGRAM, "do", "yes"]).stdout.split()

    assert told == ["asked", "up"]
    assert layer3(host, "br0") == before
    assert layer3(host, "lan3")["addresses"] == []
    assert profiles(host).items() > files.items()
    print(f"bridge: {pinging.lost} of {pinging.sent} pings lost, {pinging.longest_gap} in a row")
    assert pinging.longest_gap < 200, "two seconds without network"


@pytest.mark.lab
def test_a_bridge_that_is_not_confirmed_never_was(host: ManagedHost) -> None:
    before, files = layer3(host, "lan3"), profiles(host)

    with Pinging(host.address) as pinging:
        told = host.run([*PROGRAM, "do", "no"]).stdout

    assert "was not confirmed" in told
    assert layer3(host, "lan3") == before
    assert links(host) == {"lo", "lan3"}
    assert profiles(host) == files
    print(f"rollback: {pinging.lost} of {pinging.sent} pings lost")
    assert pinging.answered


@pytest.mark.lab
def test_a_confirmed_bridge_can_be_taken_back(host: ManagedHost) -> None:
    before, files = layer3(host, "lan3"), profiles(host)
    host.run([*PROGRAM, "do", "yes"])

    host.run([*PROGRAM, "undo", ""])

    assert layer3(host, "lan3") == before
    assert links(host) == {"lo", "lan3"}
    assert profiles(host) == files


@pytest.mark.lab
def test_an_installer_that_is_killed_while_it_asks_leaves_nothing_on_the_disk(host: ManagedHost) -> None:
    before, files = layer3(host, "lan3"), profiles(host)
    process = host.popen([*PROGRAM, "do", "hang"], stdout=subprocess.PIPE)
    assert process.stdout
    assert process.stdout.readline() == b"asked\n"
    host.kill(process)
    assert profiles(host) == files

    host.run([*PROGRAM, "undo", ""])

    assert layer3(host, "lan3") == before
    assert links(host) == {"lo", "lan3"}
    process.stdout.close()


@pytest.mark.lab
@pytest.mark.slow
def test_networkmanager_takes_the_bridge_back_by_itself_when_the_installer_is_dead(host: ManagedHost) -> None:
    before = layer3(host, "lan3")
    process = host.popen([*PROGRAM, "do", "hang"], stdout=subprocess.PIPE)
    assert process.stdout
    process.stdout.readline()

    host.kill(process)

    wait_until(lambda: links(host) == {"lo", "lan3"}, 40, "the checkpoint to roll back")
    wait_until(lambda: layer3(host, "lan3") == before, 20, "the card to have its addresses again")
    process.stdout.close()


@pytest.mark.lab
def test_a_cable_pulled_during_the_change_ends_with_the_old_network(host: ManagedHost) -> None:
    """Without carrier the bridge has no address to offer, and nobody can confirm it."""
    files = profiles(host)
    before = layer3(host, "lan3")
    process = host.popen([*PROGRAM, "do", "wait"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout
    process.stdout.readline()
    host.unplug()

    told, _ = process.communicate(b"no\n", timeout=50)

    host.plug_in()
    assert b"refused" in told
    assert profiles(host) == files
    wait_until(lambda: layer3(host, "lan3") == before, 20, "the card to have its addresses again")


@pytest.mark.lab
def test_a_dhcp_server_knows_the_bridge_by_the_cards_mac_and_client_id(tmp_path: Path) -> None:
    with ManagedHost(22, profile=DYNAMIC) as host, dhcp_server(host, tmp_path) as leases:
        wait_until(lambda: state(host, "lan3") == "100", 20, "a lease")
        before, lease = layer3(host, "lan3"), leases.read_text().split()[1:]

        told = host.run([*PROGRAM, "do", "yes"]).stdout.split()

        assert told == ["asked", "up"]
        assert layer3(host, "br0")["addresses"] == before["addresses"]
        assert layer3(host, "br0")["mac"] == before["mac"]
        assert leases.read_text().split()[1:] == lease


class dhcp_server:  # reads as a statement
    """dnsmasq on the switch's end of the cable; the lease file tells whom it knows by what."""

    def __init__(self, host: ManagedHost, folder: Path) -> None:
        network = host.address.rpartition(".")[0]
        self._leases = folder / "leases"
        program = shutil.which("dnsmasq", path="/usr/sbin:/usr/bin") or "dnsmasq"
        words = [program, "-d", "-C", "/dev/null", "-p", "0", "-i", host.switch.name, "--bind-interfaces", "-l", str(self._leases)]
        self._words = [*words, "-F", f"{network}.100,{network}.120,255.255.255.0,infinite", "--no-ping", "--dhcp-authoritative"]

    def __enter__(self) -> Path:
        silent = subprocess.DEVNULL
        self._process = subprocess.Popen(self._words, stdin=silent, stdout=silent, stderr=silent)
        return self._leases

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(5)
