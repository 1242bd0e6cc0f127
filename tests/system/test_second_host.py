"""Hosts of their own that join a Core: found by multicast, let in by a person or a token, and never by anything else."""

from __future__ import annotations

import itertools
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import libvirt
import pytest

from nano_runtime.certificates import Authority
from tests.lab.hosts import SimulatedHost
from tests.lab.switch import Switch
from tests.running import Appliance
from tests.waiting import wait_until

pytestmark = [pytest.mark.system, pytest.mark.lab]

CELLS = "/api/v1/compute_pool_cells"


@pytest.fixture(scope="module")
def switch() -> Iterator[Switch]:
    with Switch() as switch:
        yield switch


@pytest.fixture(scope="module")
def core(switch: Switch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Appliance]:
    """A Core without a Cell of its own, on the switch that the hosts are on."""
    with Appliance(tmp_path_factory.mktemp("core") / "home", address=switch.address) as core:
        core.start("core")
        yield core


@pytest.fixture
def host(switch: Switch) -> Iterator[SimulatedHost]:
    with SimulatedHost(next(_numbers), switch) as host:
        yield host


@pytest.fixture
def newcomer(core: Appliance, host: SimulatedHost, tmp_path: Path) -> Iterator[Appliance]:
    with _cell_on(host, core, tmp_path / "home") as cell:
        yield cell
        _remove(core, cell)


def test_a_new_host_is_found_and_waits_with_its_fingerprint(core: Appliance, newcomer: Appliance) -> None:
    newcomer.start("cell")

    waiting = _await_pending(core)

    assert waiting["status"] == "pending"
    assert waiting["fingerprint"] in newcomer.nano("status", "--roles", "cell").stdout


def test_an_approved_host_gets_a_guest_that_runs_there(core: Appliance, host: SimulatedHost, newcomer: Appliance) -> None:
    newcomer.start("cell")

    core.data("POST", f"{CELLS}/default/{_await_pending(core)['name']}")
    core.await_room()
    guest = core.guest("far")
    core.data("POST", f"/api/v1/instances/{guest}", {})

    core.await_state(guest, "running")
    assert libvirt.open(host.libvirt_uri).lookupByUUIDString(guest).isActive()


def test_a_host_joins_by_token_once(core: Appliance, host: SimulatedHost, newcomer: Appliance, tmp_path: Path) -> None:
    token = core.data("POST", "/api/v1/join_tokens/", {"pool": "default"})["token"]

    joined = newcomer.nano("join", "-", input=token)
    newcomer.start("cell")
    name = joined.stdout.split()[4].rstrip(";")
    wait_until(lambda: _cell(core, name)["alive"], 10, "the host to be there")

    with _cell_on(host, core, tmp_path / "second") as second:
        again = second.nano("join", "-", input=token)
    assert again.returncode == 1
    assert "token was used" in again.stderr
    assert token not in again.stderr


def test_a_removed_host_is_cut_off_at_once_and_never_let_in_again(core: Appliance, newcomer: Appliance) -> None:
    newcomer.start("cell")
    name = _await_pending(core)["name"]
    core.data("POST", f"{CELLS}/default/{name}")
    wait_until(lambda: _cell(core, name)["alive"], 10, "the host to be there")

    core.data("DELETE", f"/api/v1/compute_cells/{name}")

    wait_until(lambda: "removed from the domain" in newcomer.nano("status", "--roles", "cell").stdout, 10, "the host to be refused")
    assert name not in [each["name"] for each in core.data("GET", f"{CELLS}/")]
    assert core.call("GET", f"{CELLS}/default/{name}")[0] == 404


def test_a_host_of_another_domain_name_is_never_seen(core: Appliance, host: SimulatedHost, tmp_path: Path) -> None:
    with _cell_on(host, core, tmp_path / "home", domain="somebody-else") as stranger:
        stranger.start("cell")

        wait_until(lambda: "no Core of domain 'somebody-else'" in stranger.nano("status", "--roles", "cell").stdout, 20, "it to give up")

        assert core.data("GET", f"{CELLS}/") == []


def test_a_host_with_a_certificate_of_another_authority_is_refused(core: Appliance, host: SimulatedHost, tmp_path: Path) -> None:
    """It has the name of the domain, but a certificate that a false authority signed."""
    with _cell_on(host, core, tmp_path / "home") as impostor:
        false = Authority.create(core.domain).issue(domain=core.domain, role="cell", name="Cell_0016e0000001")
        false.save(impostor.home.cert, "cell")
        shutil.copy(core.home.cert / "nano_ca.crt.pem", impostor.home.cert)  # so that it believes in this Core
        impostor.start("cell")

        wait_until(lambda: "authority of another domain" in impostor.nano("status", "--roles", "cell").stdout, 15, "a reason in the status")

        assert core.data("GET", f"{CELLS}/") == []


def test_core_killed_and_back_finds_the_host_within_2_s_and_the_guest_running(
    core: Appliance, host: SimulatedHost, newcomer: Appliance
) -> None:
    newcomer.start("cell")
    name = _await_pending(core)["name"]
    core.data("POST", f"{CELLS}/default/{name}")
    core.await_room()
    guest = core.guest("steady")
    core.data("POST", f"/api/v1/instances/{guest}", {})
    core.await_state(guest, "running")
    domain = libvirt.open(host.libvirt_uri).lookupByUUIDString(guest)
    process = domain.ID()

    core.kill("core")
    core.start("core")
    ready = time.monotonic()
    wait_until(lambda: core.call("GET", f"/api/v1/instances/{guest}")[1].get("data", {}).get("running"), 10, "the guest to be usable")

    assert time.monotonic() - ready < 2
    assert domain.ID() == process


def test_a_killed_cell_is_noticed_within_3_s_and_finds_its_guests_again(core: Appliance, newcomer: Appliance) -> None:
    newcomer.start("cell")
    name = _await_pending(core)["name"]
    core.data("POST", f"{CELLS}/default/{name}")
    core.await_room()
    guest = core.guest("survivor")
    core.data("POST", f"/api/v1/instances/{guest}", {})
    core.await_state(guest, "running")

    newcomer.kill("cell")
    killed = time.monotonic()
    wait_until(lambda: not _cell(core, name)["alive"], 10, "the host to be called dead")
    noticed = time.monotonic() - killed
    lost = core.data("GET", f"/api/v1/guests/{guest}")
    newcomer.start("cell")

    assert noticed < 3
    assert lost["lost"]
    core.await_state(guest, "running")


_numbers = itertools.count(1)


def _cell_on(host: SimulatedHost, core: Appliance, home: Path, *, domain: str = "") -> Appliance:
    return Appliance(home, address="127.0.0.1", domain=domain or core.domain, group_port=core.group_port, enter=host.inside)


def _await_pending(core: Appliance) -> dict[str, Any]:
    found = wait_until(lambda: [each for each in core.data("GET", f"{CELLS}/") if each["status"] == "pending"], 15, "a host to be pending")
    waiting: dict[str, Any] = found[0]
    return waiting


def _cell(core: Appliance, name: str) -> dict[str, Any]:
    found: dict[str, Any] = core.data("GET", f"{CELLS}/default/{name}")
    return found


def _remove(core: Appliance, cell: Appliance) -> None:
    """Leave no guest, no host and nobody pending for the next test."""
    core.remove_guests()
    for each in core.data("GET", f"{CELLS}/") + core.data("GET", f"{CELLS}/default"):
        core.call("DELETE", f"/api/v1/compute_cells/{each['name']}")
