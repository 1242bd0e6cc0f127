"""The whole installer on a host with real NetworkManager, firewalld and libvirt: what it promises, seen from outside."""

from __future__ import annotations

import contextlib
import json
import re
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.installer.managed import ManagedHost
from tests.installer.person import DOWN, ENTER, Person
from tests.installer.test_questions import TOKEN
from tests.waiting import wait_until

ROOT = Path(__file__).parents[2]
WORDS = ["env", f"PYTHONPATH={ROOT}", "NANO_HOME=/opt/nano", sys.executable, "-m", "installer"]
OF_SERVICES = re.compile(
    r"/(NetworkManager|firewalld|libvirt|swtpm|dnsmasq)(/|$)"
    r"|/var/(log|cache|tmp)/|/var/lib/(libvirt|systemd)|__pycache__"
)
"""What running services write by themselves; not the installer's doing."""

pytestmark = [pytest.mark.lab, pytest.mark.timeout(180)]


@pytest.fixture
def host() -> Iterator[ManagedHost]:
    with ManagedHost(31, services="networkmanager,firewalld") as host:
        wait_until(lambda: host.address in host.run(["ip", "addr"]).stdout, 20, "the host's address")
        yield host


def answers(host: ManagedHost, **given: Any) -> str:
    host.path("/run/answers.json").write_text(json.dumps({"domain": host.name} | given))
    return "/run/answers.json"


def install(host: ManagedHost, **given: Any) -> subprocess.CompletedProcess[str]:
    return host.run([*WORDS, "--answers", answers(host, **given)], timeout=120)


def uninstall(host: ManagedHost) -> None:
    host.run([*WORDS, "--uninstall", "--yes"], timeout=120)


def changed(host: ManagedHost) -> dict[str, bytes]:
    """Every file of /etc, /opt, /usr and /var that differs from the machine's, but for those of running services."""
    layers = host.folder / "layers"
    found = {}
    for path in sorted(layers.rglob("*")):
        name = "/" + str(path.relative_to(layers))
        if not OF_SERVICES.search(name) and (path.is_file() or path.is_char_device()):
            found[name] = path.read_bytes() if path.is_file() else b"removed"
    return found


def zones(host: ManagedHost) -> dict[str, bytes]:
    return {str(path.relative_to(host.folder)): path.read_bytes() for path in (host.folder / "layers/etc/firewalld").rglob("*.xml")}


def opened(host: ManagedHost) -> set[str]:
    """Ports that the kernel lets in, read back from nftables."""
    rules = host.run(["nft", "list", "chain", "inet", "firewalld", "filter_IN_public_allow"]).stdout
    return {f"{kind} {port}" for kind, port in re.findall(r"(tcp|udp) dport (\S+) ", rules)}


def network(host: ManagedHost) -> str:
    return host.run(["ip", "-br", "addr"]).stdout + host.run(["ip", "route"]).stdout


def fetch(host: ManagedHost, port: int, path: str = "/", *, token: str = "", method: str = "GET") -> bytes:
    """As a browser or program on another computer that trusts the domain's authority."""
    context = ssl.create_default_context(cadata=host.path("/opt/nano/cert/nano_ca.crt.pem").read_text())
    head = {"Authorization": f"Bearer {token}"} if token else {}
    request = urllib.request.Request(f"https://{host.address}:{port}{path}", headers=head, method=method)
    with urllib.request.urlopen(request, context=context, timeout=10) as answer:
        return bytes(answer.read())


def join_token(host: ManagedHost) -> str:
    """One made by the API of this host's Core."""
    nano = [*WORDS[:-1], "appliance", "token", "--user", "root", "--group", "admin"]
    bearer = host.run(nano).stdout.strip()
    made = json.loads(fetch(host, 5870, "/api/v1/join_tokens/", token=bearer, method="POST"))
    return str(made["data"]["token"])


def test_an_answers_file_leads_to_a_portal_and_an_uninstall_to_no_trace(host: ManagedHost) -> None:
    before, rules, net = changed(host), opened(host), network(host)

    told = install(host, portal_port=6850, api_port=6870).stdout

    assert b"openapi" in fetch(host, 6870, "/api/v1/openapi.json")
    assert fetch(host, 6850)
    assert opened(host) - rules >= {"tcp 6850", "tcp 6870", "udp 5599"}
    assert "Set-up code" in told
    sheet = host.path("/opt/nano/data/recovery.txt")
    assert sheet.stat().st_mode & 0o077 == 0
    assert host.path("/opt/nano/data/setup-code").read_text().strip() in sheet.read_text()

    uninstall(host)

    assert changed(host).keys() - before.keys() == set()
    assert zones(host) == {}
    assert opened(host) == rules
    assert network(host) == net
    assert not host.path("/opt/nano").exists()
    assert not host.path("/var/lib/nano").exists()


def test_a_second_run_changes_nothing_and_a_corrected_answer_is_put_right(host: ManagedHost) -> None:
    install(host)
    key = host.path("/opt/nano/cert/nano_ca.key.pem").read_bytes()

    assert "Nothing is to be done" in install(host).stdout
    install(host, portal_port=6850)

    assert fetch(host, 6850)
    assert "tcp 5850" not in opened(host)
    assert host.path("/opt/nano/cert/nano_ca.key.pem").read_bytes() == key
    uninstall(host)
    assert zones(host) == {}


def test_a_plan_changes_nothing(host: ManagedHost) -> None:
    before = changed(host), opened(host), network(host), host.run(["sysctl", "net.ipv4.ip_forward"]).stdout

    told = host.run([*WORDS, "--plan", "--answers", answers(host, network="bridge")]).stdout

    assert "make bridge br0 on lan3" in told
    assert (changed(host), opened(host), network(host), host.run(["sysctl", "net.ipv4.ip_forward"]).stdout) == before


def test_a_bridge_is_made_unattended_and_gone_after_the_uninstall(host: ManagedHost) -> None:
    before = network(host)

    install(host, network="bridge")

    assert json.loads(host.run(["ip", "-j", "addr", "show", "dev", "br0"]).stdout)[0]["addr_info"][0]["local"] == host.address
    assert fetch(host, 5850)
    assert "Nothing is to be done" in install(host, network="bridge").stdout
    install(host, network="nat")
    assert network(host) == before
    uninstall(host)


@pytest.mark.parametrize(
    "step", ["make folder /opt/nano", "start libvirt", "certificate authority", "reload firewalld", "make bridge", "start the appl"]
)
def test_killed_at_work_it_leaves_the_host_as_it_was_once_started_again(host: ManagedHost, step: str) -> None:
    before, rules, net = changed(host), opened(host), network(host)
    process = host.popen([*WORDS, "--answers", answers(host, network="bridge")], stdout=subprocess.PIPE)
    assert process.stdout
    for line in process.stdout:
        if re.match(rf"\[\d+/\d+\] .*{step}", line.decode()):
            break
    host.kill(process)
    process.stdout.close()

    told = host.run([*WORDS, "repair", "--answers", answers(host, network="bridge"), "--plan"], check=False)
    assert "What will be done" in told.stdout, "a plan must not mend anything"
    mended = host.run([*WORDS, "repair"], check=False)

    assert "taken back first" in mended.stdout
    assert "nothing is installed here" in mended.stderr
    assert changed(host).keys() == before.keys()
    assert opened(host) == rules
    assert network(host) == net
    assert not host.path("/opt/nano").exists()


def test_two_installers_at_once_are_refused(host: ManagedHost) -> None:
    first = host.popen([*WORDS, "--answers", answers(host)], stdout=subprocess.PIPE)
    assert first.stdout
    first.stdout.readline()

    second = host.run([*WORDS, "--answers", answers(host)], check=False)

    assert second.returncode == 1
    assert "another installer works on this host" in second.stderr
    first.communicate(timeout=100)
    assert first.returncode == 0
    uninstall(host)


def test_a_person_confirms_a_bridge_on_the_screen(host: ManagedHost) -> None:
    with Person([*host.inside(WORDS)]) as person:
        person.answer("Language", ENTER)
        person.answer("A look at this host", ENTER)
        person.answer("What shall run", ENTER)
        person.answer("Name of the domain", "\x15", host.name, ENTER)
        for question in ("Multicast", "UDP port", "Address of this host", "Port of the API", "Port of the portal"):
            person.answer(question, ENTER)
        person.answer("How do guests reach", DOWN, ENTER)
        assert "lan3" in person.answer("Interface to bridge", ENTER)
        for question in (
            "Name of the new bridge",
            "Seconds to confirm",
            "Folder of guest disks",
            "Folder with packages",
            "trust the",
            "Start now",
        ):
            person.answer(question, ENTER)
        person.answer("Shall this be done?", ENTER)
        person.see("Bridge br0 works. Keep it?", 60)
        person.see("87 s left", 10)
        person.type("yes\r")
        sheet = person.see("RECOVERY SHEET", 60)

        assert person.code(30) == 0
        assert f"https://{host.address}:5850/" in person.screen + sheet
    uninstall(host)


def test_another_cluster_with_the_same_triple_is_found_and_named(host: ManagedHost) -> None:
    with ManagedHost(32, services="networkmanager") as other:
        wait_until(lambda: other.address in other.run(["ip", "addr"]).stdout, 20, "the other host's address")
        install(other)
        told = host.run([*WORDS, "--answers", answers(host, domain=other.name)], check=False)

        assert told.returncode == 1
        assert f"({other.address})" in told.stderr or f"at {other.address}" in told.stderr
        assert "choose another domain name" in told.stderr
        with contextlib.suppress(AssertionError):
            uninstall(other)
    assert not host.path("/opt/nano").exists()


def test_a_cell_with_the_token_of_another_core_is_refused_and_left_as_it_was(host: ManagedHost) -> None:
    with ManagedHost(33, services="networkmanager,firewalld") as other:
        wait_until(lambda: other.address in other.run(["ip", "addr"]).stdout, 20, "the other host's address")
        install(host)
        before, rules = changed(other), opened(other)

        told = other.run([*WORDS, "--answers", answers(other, domain=host.name, roles="cell", join_token=TOKEN)], check=False)

        assert told.returncode == 1
        assert "is not the one this token is from" in told.stderr
        assert TOKEN not in told.stdout + told.stderr + other.path("/var/log/nano-installer.log").read_text()
        assert changed(other) == before
        assert opened(other) == rules
        assert not other.path("/opt/nano").exists()


def test_a_second_host_joins_through_both_firewalls_and_its_token_works_once(host: ManagedHost) -> None:
    with ManagedHost(34, services="networkmanager,firewalld") as cell, ManagedHost(35, services="networkmanager,firewalld") as late:
        for each in (cell, late):
            wait_until(lambda each=each: each.address in each.run(["ip", "addr"]).stdout, 20, "the address")  # type: ignore[misc]
        install(host)
        token = join_token(host)
        given = {"domain": host.name, "roles": "cell", "join_token": token}

        install(cell, **given)

        assert '"link": "up"' in cell.run([*WORDS[:-1], "appliance", "status", "--json"], check=False).stdout
        assert token.encode() not in cell.path("/opt/nano/data/installer-receipt.json").read_bytes()
        refused = late.run([*WORDS, "--answers", answers(late, **given)], check=False)
        assert refused.returncode == 1
        assert not late.path("/opt/nano").exists()
        uninstall(cell)
        assert not cell.path("/opt/nano").exists()


def test_a_port_that_is_taken_stops_it_before_anything_is_changed(host: ManagedHost) -> None:
    server = host.popen(
        [sys.executable, "-m", "http.server", "5850", "--bind", host.address], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    wait_until(lambda: ":5850" in host.run(["ss", "-tln"]).stdout, 10, "the port to be taken")
    before = changed(host)

    told = host.run([*WORDS, "--answers", answers(host)], check=False)

    assert "taken by another program: tcp 5850" in told.stderr
    assert changed(host) == before
    host.kill(server)
