"""Network interfaces are known by what the kernel says of them, never by their names."""

from __future__ import annotations

import os

import pytest

from tests.installer.folders import HostFolder


@pytest.mark.parametrize("name", ["enp1s0", "lan", "wan7", "x", "0weird"])
def test_a_card_may_have_any_name(folder: HostFolder, name: str) -> None:
    folder.no_cards()
    folder.card(name, "192.0.2.10")

    assert [card.name for card in folder.look().cards if card.can_be_bridged] == [name]


@pytest.mark.parametrize(
    ("uevent", "sign", "kind", "able"),
    [
        ("", "", "ethernet", True),
        ("DEVTYPE=bond\n", "bonding", "bond", True),
        ("DEVTYPE=vlan\n", "", "vlan", True),
        ("DEVTYPE=bridge\n", "bridge", "bridge", False),
        ("DEVTYPE=wlan\n", "phy80211", "wireless", False),
        ("", "tun_flags", "tap", False),
        ("DEVTYPE=macvlan\n", "", "other", False),
    ],
)
def test_the_kind_of_a_card_comes_from_the_kernel(folder: HostFolder, uevent: str, sign: str, kind: str, able: object) -> None:
    folder.card("same-name", uevent=uevent, sign=sign)

    card = folder.look().card("same-name")

    assert card
    assert (card.kind, card.can_be_bridged) == (kind, able)


def test_the_port_of_a_bridge_cannot_be_bridged_again(folder: HostFolder) -> None:
    folder.card("br0", sign="bridge")
    os.symlink("../br0", folder.root / "sys/class/net/enp1s0/master")

    card = folder.look().card("enp1s0")

    assert card
    assert (card.bridge, card.can_be_bridged) == ("br0", False)


def test_the_address_of_the_default_route_comes_first(folder: HostFolder) -> None:
    folder.card("a-first-by-name", "198.51.100.7")

    assert folder.look().addresses == ("192.0.2.10", "198.51.100.7")


def test_of_two_default_routes_the_lower_metric_comes_first(folder: HostFolder) -> None:
    folder.card("enp2s0", "198.51.100.10")
    folder.route("enp2s0", "198.51.100.1", 50)

    assert [(route.card, route.gateway, route.metric) for route in folder.look().routes] == [
        ("enp2s0", "198.51.100.1", 50),
        ("enp1s0", "192.0.2.1", 100),
    ]
