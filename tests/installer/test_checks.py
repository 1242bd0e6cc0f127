"""The look at a host before anything is changed: green, amber or red, with a reason and what to do."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from installer.checks import CHECKS, Finding, run_checks
from installer.facts import Facts
from installer.printing import LIGHTS, NAMES, finding_lines
from installer.questions import Answers
from tests.installer.folders import V3, HostFolder

GIB = 1 << 30


def findings(facts: Facts, answers: Answers | None = None) -> dict[str, Finding]:
    return {finding.name: finding for finding in run_checks(facts, answers or Answers())}


def test_a_healthy_centos_host_is_green_throughout(folder: HostFolder) -> None:
    found = findings(dataclasses.replace(folder.look(), free=100 * GIB))

    assert {name: finding.light for name, finding in found.items() if finding.light != "green"} == {}
    assert len(found) == len(CHECKS)


def no_virtualisation(host: HostFolder) -> None:
    host.processor(f"fpu {V3}")


def no_kvm(host: HostFolder) -> None:
    (host.root / "dev/kvm").unlink()


def el10_on_an_old_processor(host: HostFolder) -> None:
    host.distribution("centos", "10")
    host.processor("fpu vmx avx")


def two_default_routes(host: HostFolder) -> None:
    host.card("enp2s0", "198.51.100.10")
    host.route("enp2s0", "198.51.100.1", 200)


def only_ipv6(host: HostFolder) -> None:
    host.addresses.clear()
    host.write("proc/net/if_inet6", "20010db8000000000000000000000001 02 40 00 80 enp1s0\n")


def without_multicast(host: HostFolder) -> None:
    host.write("sys/class/net/enp1s0/flags", "0x3\n")


WRONG: list[tuple[str, str, Callable[[HostFolder], None], str]] = [
    ("distribution", "amber", lambda host: host.distribution("debian", "12"), "development"),
    ("distribution", "red", lambda host: host.distribution("centos", "7"), "not supported"),
    ("distribution", "red", lambda host: host.distribution("ubuntu", "24.04"), "not supported"),
    ("processor", "amber", no_virtualisation, "software"),
    ("processor", "amber", no_kvm, "/dev/kvm"),
    ("processor", "red", el10_on_an_old_processor, "x86-64-v3"),
    ("memory", "red", lambda host: host.memory(0.5), "0.5 GiB"),
    ("memory", "amber", lambda host: host.memory(2), "2.0 GiB"),
    ("clock", "amber", lambda host: (host.root / "run/chrony/chronyd.pid").unlink(), "clock"),
    ("firewall", "amber", lambda host: (host.root / "run/firewalld.pid").unlink(), "no firewalld"),
    ("ports", "red", lambda host: host.listening(5850), "tcp 5850"),
    ("ports", "red", lambda host: host.listening(5870), "tcp 5870"),
    ("interfaces", "red", HostFolder.no_cards, "no network interface"),
    ("interfaces", "red", lambda host: host.addresses.clear(), "no interface has an address"),
    ("interfaces", "red", only_ipv6, "IPv6"),
    ("default route", "amber", two_default_routes, "metric 200"),
    ("default route", "amber", HostFolder.no_cards, "none"),
    ("multicast", "amber", without_multicast, "multicast"),
    ("managers", "amber", lambda host: host.write("dev/vboxdrv", ""), "VirtualBox"),
    ("managers", "amber", lambda host: host.write("opt/nano/core/config", ""), "Nano 1.4"),
]


@pytest.mark.parametrize(("name", "light", "spoil", "words"), WRONG, ids=lambda value: str(value)[:20] if isinstance(value, str) else "")
def test_what_is_wrong_with_a_host_is_found(
    folder: HostFolder, name: str, light: str, spoil: Callable[[HostFolder], None], words: str
) -> None:
    spoil(folder)

    found = findings(folder.look())[name]

    assert found.light == light
    assert words in found.reason.en


@pytest.mark.parametrize(("free", "light"), [(GIB, "red"), (5 * GIB, "amber"), (50 * GIB, "green")])
def test_the_disk_must_have_room(folder: HostFolder, free: int, light: str) -> None:
    assert findings(dataclasses.replace(folder.look(), free=free))["disk"].light == light


def test_only_root_may_install(folder: HostFolder) -> None:
    found = findings(folder.look(is_root=False))["root"]

    assert found.light == "red"
    assert "sudo" in found.fix.en


def test_a_clock_years_behind_stops_it_before_certificates_are_made(folder: HostFolder) -> None:
    assert findings(folder.look(now=1.0e9))["clock"].light == "red"


def test_names_matter_only_where_packages_come_from_the_internet(folder: HostFolder) -> None:
    facts = folder.look(resolves=lambda: False)

    assert findings(facts)["names"].light == "amber"
    assert findings(facts, Answers(package_folder="/mnt/packages"))["names"].light == "green"


def test_a_cell_wants_no_ports_of_core(folder: HostFolder) -> None:
    folder.listening(5850)

    assert findings(folder.look(), Answers(roles="cell"))["ports"].light == "green"


def test_guests_of_others_are_counted_and_left_alone(folder: HostFolder) -> None:
    folder.write("etc/libvirt/qemu/mail.xml", "")

    assert "1 in libvirt; they are left alone" in findings(folder.look())["guests"].reason.en


def test_what_is_not_green_says_what_to_do_in_both_languages(folder: HostFolder) -> None:
    folder.distribution("centos", "7")
    folder.memory(0.5)
    folder.no_cards()

    for finding in run_checks(folder.look(is_root=False, now=1.0, resolves=lambda: False), Answers()):
        assert finding.name in NAMES
        assert finding.light in LIGHTS
        assert finding.reason.en
        assert finding.reason.zh
        assert bool(finding.fix.en) == bool(finding.fix.zh)
        assert finding.fix.en or finding.light != "red"


def test_what_stops_is_shown_first(folder: HostFolder) -> None:
    folder.memory(0.5)
    folder.write("dev/vmmon", "")

    lines = finding_lines(list(run_checks(folder.look(), Answers())), "en")

    assert lines[0].startswith("[STOP] memory")
    assert lines[2].startswith("[CAUTION]")
