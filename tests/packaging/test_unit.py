"""nano.service as it is shipped, under a real systemd, with the frozen program."""

from __future__ import annotations

import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import freeze
from tests.packaging.under_systemd import Systemd
from tests.running import MIB, Appliance
from tests.waiting import wait_until

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]

WATCHDOG = 3


@pytest.fixture(scope="module")
def appliance(libvirt_uri: str) -> Iterator[Appliance]:
    """A home that the unit sees as /opt/nano, and a folder for disks that the libvirt of this machine sees, too.

    Not below /var/tmp: that is private to the unit (PrivateTmp).
    """
    folder = Path(tempfile.mkdtemp(prefix="nano-test-", dir="/var/lib/libvirt/images"))
    folder.chmod(0o755)
    with Appliance(folder / "home", uri=libvirt_uri) as appliance:
        (folder / "storage").mkdir()
        appliance.configure("cell.cfg", storage=str(folder / "storage"))
        yield appliance
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def systemd(appliance: Appliance) -> Iterator[Systemd]:
    program = freeze.ensure("nano")
    with Systemd(appliance, program, appliance.home.path.parent / "storage", watchdog=WATCHDOG) as systemd:
        await_service(systemd, restarts=0)
        yield systemd


def await_service(systemd: Systemd, *, restarts: int) -> None:
    wait_until(
        lambda: (state := systemd.state()) and (state["ActiveState"], state["NRestarts"]) == ("active", str(restarts)), 40, "the service"
    )


def test_it_is_active_only_when_the_roles_are_ready(systemd: Systemd, appliance: Appliance) -> None:
    assert systemd.state()["StatusText"] == "core, cell, frontend run"
    assert appliance.ask(appliance.portal_port, "GET", "/", None, {})[0] == 200


def test_it_can_do_its_work_within_the_limits_of_the_unit(systemd: Systemd, appliance: Appliance) -> None:
    appliance.add_cell()
    guest = appliance.guest("limited", disks=[8 * MIB])
    appliance.data("POST", f"/api/v1/instances/{guest}", {})
    appliance.await_state(guest, "running")


def test_a_killed_service_comes_back_and_its_guests_never_stopped(systemd: Systemd, appliance: Appliance) -> None:
    guest = appliance.data("POST", "/api/v1/search/guests/", {"limit": 10})["result"][0]["id"]

    systemd.signal_service(signal.SIGKILL)
    await_service(systemd, restarts=1)

    appliance.await_room()
    assert appliance.state_of(guest) == "running"


def test_a_service_that_hangs_is_started_anew_by_the_watchdog(systemd: Systemd) -> None:
    systemd.signal_service(signal.SIGSTOP)

    await_service(systemd, restarts=2)


def test_a_reload_takes_new_certificates_without_a_restart(systemd: Systemd) -> None:
    before = systemd.state()["MainPID"]

    assert systemd.run("systemctl", "reload", "nano.service").returncode == 0

    assert systemd.state()["MainPID"] == before
    assert systemd.state()["ActiveState"] == "active"


def test_a_stop_is_orderly_and_guests_go_on(systemd: Systemd, appliance: Appliance) -> None:
    guest = appliance.data("POST", "/api/v1/search/guests/", {"limit": 10})["result"][0]["id"]

    systemd.run("systemctl", "stop", "nano.service")
    stopped = systemd.state()
    systemd.run("systemctl", "start", "nano.service")
    appliance.await_room()

    assert (stopped["ActiveState"], stopped["Result"]) == ("inactive", "success")
    assert appliance.state_of(guest) == "running"
    appliance.remove_guests()
