"""The interfaces of this very machine."""

from __future__ import annotations

import socket

from nano_runtime.interfaces import has_address, up_interfaces


def test_loopback_is_there_and_comes_last() -> None:
    found = up_interfaces()

    assert (found[-1].name, found[-1].address) == ("lo", "127.0.0.1")


def test_every_interface_has_an_index_and_an_address_of_this_host() -> None:
    for interface in up_interfaces():
        assert socket.if_indextoname(interface.index) == interface.name.split(":")[0]
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.bind((interface.address, 0))


def test_an_address_of_somebody_else_is_not_ours() -> None:
    assert has_address("127.0.0.1")
    assert not has_address("203.0.113.9")
