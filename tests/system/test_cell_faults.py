"""All or nothing: a Cell is killed inside every step of every story, on real libvirt, and a new one clears up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import libvirt
import msgspec
import pytest

from appliance.cell.operations import CreatingGuest, DeletingGuest
from appliance.protocol.guests import (
    ChangeGuest,
    CreateGuest,
    DeleteGuest,
    DiscardGuest,
    DiskLimits,
    GuestChanged,
    GuestGone,
    GuestState,
    StartGuest,
)
from nano_runtime.messages import Request
from tests.cell.test_plan import GUEST, planned
from tests.cell.under_test import MIB, CellUnderTest, cell_on, everything_below, wanted

pytestmark = [pytest.mark.system]

ROOT = Path(__file__).parents[2]


def tags(story: CreatingGuest | DeletingGuest) -> list[str]:
    return list(dict.fromkeys(str(type(step).__struct_config__.tag) for step in story.story()))


CREATING = tags(CreatingGuest(id="x", spec=wanted(id=GUEST, disks=[MIB, MIB]), domain=planned(disks=[MIB, MIB])))
DELETING = tags(DeletingGuest(id="x", guest=GUEST, running=False))
DISCARDING = tags(DeletingGuest(id="x", guest=GUEST, running=True))
HALVES = {"create-volume", "clone-image", "fetch-image", "remove-home"}


def moments(steps: list[str]) -> list[tuple[str, str]]:
    return [(when, step) for step in steps for when in ("begun", "halfway", "done") if when != "halfway" or step in HALVES]


@pytest.fixture
def cell(libvirt_uri: str) -> Iterator[CellUnderTest]:
    with cell_on(libvirt_uri) as cell:
        yield cell


@pytest.fixture
def domains(libvirt_uri: str) -> Iterator[libvirt.virConnect]:
    connection = libvirt.open(libvirt_uri)
    yield connection
    connection.close()


def kill_while(cell: CellUnderTest, when: str, step: str, request: Request[Any]) -> None:
    """Ask another process over the same home, which dies in that step; the Cell of this process is stopped meanwhile."""
    cell.service.stop()
    text = msgspec.json.encode(request).decode()
    command = [sys.executable, "-m", "tests.cell.victim", str(cell.home.path.parent), cell.settings.hypervisor, when, step, text]
    ended = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr


def come_back(cell: CellUnderTest) -> None:
    cell.told.clear()
    cell.start()
    cell.wait_up()


def traces(cell: CellUnderTest, domains: libvirt.virConnect, guest: str) -> dict[str, object]:
    """Everything that is left of a guest; the image cache is not part of it."""
    return {
        "files": [path for path in everything_below(cell.storage) if guest in path or "draft" in path],
        "domains": [domain.UUIDString() for domain in domains.listAllDomains() if domain.UUIDString() == guest],
        "records": [report.spec.id for report in cell.guests()],
        "journal": [page.name for page in (cell.home.data / "cell-journal").iterdir()],
    }


NOTHING: dict[str, object] = {"files": [], "domains": [], "records": [], "journal": []}


@pytest.mark.parametrize(("when", "step"), moments(CREATING))
def test_a_creation_that_was_cut_off_leaves_nothing(cell: CellUnderTest, domains: libvirt.virConnect, when: str, step: str) -> None:
    spec = wanted(disks=[2 * MIB, 4 * MIB])
    kill_while(cell, when, step, CreateGuest(spec=spec))

    come_back(cell)

    assert traces(cell, domains, spec.id) == NOTHING
    assert cell.news(GuestChanged) == []
    cell.ask(CreateGuest(spec=spec))  # and Core may simply ask again
    assert cell.state(spec.id) == GuestState.STOPPED


@pytest.mark.parametrize(("when", "step"), moments(DELETING))
def test_a_deletion_that_was_cut_off_is_finished(cell: CellUnderTest, domains: libvirt.virConnect, when: str, step: str) -> None:
    guest, other = cell.create().id, cell.create().id
    kill_while(cell, when, step, DeleteGuest(guest=guest))

    come_back(cell)

    left = traces(cell, domains, guest)
    assert left == NOTHING | {"records": [other]}
    assert cell.news(GuestGone) == ([GuestGone(guest=guest)] if (when, step) != ("done", "forget-guest") else [])
    assert cell.ask(StartGuest(guest=other)).state == GuestState.RUNNING


@pytest.mark.parametrize(("when", "step"), moments(DISCARDING[:2]))
def test_a_running_guest_that_is_being_discarded_goes_too(cell: CellUnderTest, domains: libvirt.virConnect, when: str, step: str) -> None:
    guest = cell.create().id
    cell.ask(StartGuest(guest=guest))
    kill_while(cell, when, step, DiscardGuest(guest=guest))

    come_back(cell)

    assert traces(cell, domains, guest) == NOTHING


@pytest.mark.parametrize("when", ["begun", "done"])
@pytest.mark.parametrize("step", ["tune-running", "redefine", "replace-record"])
def test_a_change_that_was_cut_off_did_not_happen(cell: CellUnderTest, domains: libvirt.virConnect, when: str, step: str) -> None:
    guest = cell.create().id
    cell.ask(StartGuest(guest=guest))
    domain = domains.lookupByUUIDString(guest)
    before = what_changes(domain)
    kill_while(cell, when, step, ChangeGuest(guest=guest, name="ops.x", cores=2, auto_start=True, disk_limits=DiskLimits(read_iops=7)))

    come_back(cell)

    assert what_changes(domain) == before
    [report] = cell.guests()
    assert (report.spec.name, report.spec.cores, report.spec.qos.read_iops, report.cores) == ("ops.web", 1, 0, 1)
    assert traces(cell, domains, guest)["journal"] == []


def what_changes(domain: libvirt.virDomain) -> list[object]:
    """Of the running domain, and of its next start."""
    trees = [fromstring(domain.XMLDesc(flags)) for flags in (0, libvirt.VIR_DOMAIN_XML_INACTIVE)]
    found = [(tree.findtext("title"), tree.findtext("vcpu"), tree.findtext("devices/disk/iotune/read_iops_sec")) for tree in trees]
    return [*found, domain.autostart()]


def test_a_recovery_that_is_killed_too_is_recovered(cell: CellUnderTest, domains: libvirt.virConnect) -> None:
    guest = cell.create().id
    for when, step in (("begun", "undefine-domain"), ("done", "undefine-domain"), ("halfway", "remove-home"), ("begun", "forget-guest")):
        kill_while(cell, when, step, DeleteGuest(guest=guest))

    come_back(cell)

    assert traces(cell, domains, guest) == NOTHING


def test_a_domain_left_by_a_call_that_outlived_its_time_is_undefined(cell: CellUnderTest, domains: libvirt.virConnect) -> None:
    guest, other = cell.create().id, cell.create().id
    text = domains.lookupByUUIDString(guest).XMLDesc(0)
    cell.ask(DeleteGuest(guest=guest))
    domains.defineXML(text)

    cell.restart()

    assert traces(cell, domains, guest) == NOTHING | {"records": [other]}
    assert domains.lookupByUUIDString(other)
