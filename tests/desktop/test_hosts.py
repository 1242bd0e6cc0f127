"""What the window remembers of hosts."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from appliance.desktop.hosts import Host, Hosts, read_host
from nano_runtime.errors import BadSetting, BadValue

KEY = "ab" * 32
OTHER = "cd" * 32


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "desk.json"


@pytest.mark.parametrize(
    ("typed", "name", "origin"),
    [
        ("192.0.2.7", "192.0.2.7", "https://192.0.2.7:5850"),
        (" Nano.Example.org ", "nano.example.org", "https://nano.example.org:5850"),
        ("https://192.0.2.7:5850/", "192.0.2.7", "https://192.0.2.7:5850"),
        ("192.0.2.7:443", "192.0.2.7:443", "https://192.0.2.7:443"),
        ("[2001:db8::7]:5851", "[2001:db8::7]:5851", "https://[2001:db8::7]:5851"),
    ],
)
def test_an_address_is_understood_as_people_write_it(typed: str, name: str, origin: str) -> None:
    host = read_host(typed)

    assert (host.name, host.origin) == (name, origin)
    assert read_host(host.name) == host == read_host(host.origin)


@pytest.mark.parametrize(
    "typed", ["", "http://192.0.2.7", "a b", "host:0", "host:70000", "host/path", "user@host", "-x", "javascript:alert(1)"]
)
def test_what_is_no_address_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(BadValue, match="is no address of a host") as refusal:
        read_host(typed)
    assert "192.0.2.7" in refusal.value.hint


def test_a_host_and_its_key_are_there_after_a_new_start(file: Path) -> None:
    Hosts(file).remember(Host(address="192.0.2.7", fingerprint=KEY))

    assert Hosts(file).known(read_host("192.0.2.7")).fingerprint == KEY
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_same_address_with_another_port_is_another_host(file: Path) -> None:
    hosts = Hosts(file)
    hosts.remember(Host(address="192.0.2.7", fingerprint=KEY))

    assert hosts.known(read_host("192.0.2.7:443")).fingerprint == ""


def test_a_host_is_listed_once_and_the_last_one_first(file: Path) -> None:
    hosts = Hosts(file)
    for address, key in (("a", KEY), ("b", KEY), ("a", OTHER)):
        hosts.remember(Host(address=address, fingerprint=key))

    assert [(host.address, host.fingerprint) for host in hosts.list()] == [("a", OTHER), ("b", KEY)]


def test_a_forgotten_host_has_no_key_any_more(file: Path) -> None:
    hosts = Hosts(file)
    hosts.remember(Host(address="a", fingerprint=KEY))

    hosts.forget(Host(address="a"))

    assert Hosts(file).known(Host(address="a")).fingerprint == ""


def test_size_and_hosts_do_not_overwrite_each_other(file: Path) -> None:
    hosts = Hosts(file)
    hosts.remember(Host(address="a", fingerprint=KEY))
    hosts.remember_size(900, 100, maximized=True)

    desk = Hosts(file).desk
    assert (desk.width, desk.height, desk.maximized, len(desk.hosts)) == (900, 200, True, 1)


@pytest.mark.parametrize("text", ["{", '{"hosts": [{"address": "a", "fingerprint": "short"}]}', '{"unknown": 1}'])
def test_a_damaged_file_is_told_and_not_replaced(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_text(text)

    with pytest.raises(BadSetting, match=r"desk\.json"):
        Hosts(file)
    assert file.read_text() == text
