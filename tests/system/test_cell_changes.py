"""Change guests that are there, stopped and running, on real libvirt and QEMU."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import libvirt
import msgspec
import pytest

from appliance.protocol.guests import (
    ChangeGuest,
    Devices,
    DiskLimits,
    Done,
    GuestChanged,
    GuestReport,
    GuestState,
    HoldGuest,
    ListGuests,
    NetworkLimits,
    Qos,
    SetPassword,
    StartGuest,
    StopGuest,
    TypeText,
)
from nano_runtime.errors import BadValue, Conflict, NotFound
from nano_runtime.messages import FRAME_LIMIT, Request
from tests.cell.under_test import MIB, CellUnderTest, cell_on
from tests.waiting import wait_until

pytestmark = [pytest.mark.system]


@pytest.fixture(scope="module")
def cell(libvirt_uri: str) -> Iterator[CellUnderTest]:
    with cell_on(libvirt_uri) as cell:
        yield cell


@pytest.fixture(scope="module")
def outside(libvirt_uri: str) -> Iterator[libvirt.virConnect]:
    connection = libvirt.open(libvirt_uri)
    yield connection
    connection.close()


def running(cell: CellUnderTest, **changes: Any) -> str:
    guest = cell.create(**changes).id
    cell.ask(StartGuest(guest=guest))
    return guest


def document(outside: libvirt.virConnect, guest: str, *, live: bool = False) -> Element:
    return fromstring(outside.lookupByUUIDString(guest).XMLDesc(0 if live else libvirt.VIR_DOMAIN_XML_INACTIVE))


def report_of(cell: CellUnderTest, guest: str) -> GuestReport:
    return next(report for report in cell.guests() if report.spec.id == guest)


def restart(cell: CellUnderTest, guest: str) -> None:
    cell.ask(StopGuest(guest=guest, force=True))
    cell.ask(StartGuest(guest=guest))


def test_a_stopped_guest_is_changed_in_libvirt_and_on_record(cell: CellUnderTest, outside: libvirt.virConnect) -> None:
    guest = cell.create().id

    cell.ask(ChangeGuest(guest=guest, name="ops.<b>&db", cores=3, memory=48 * MIB, auto_start=True, monitor_secret="s"))

    tree = document(outside, guest)
    assert (tree.findtext("title"), tree.findtext("vcpu"), tree.findtext("memory")) == ("ops.<b>&db", "3", str(48 * 1024))
    assert outside.lookupByUUIDString(guest).autostart() == 1
    cell.restart()
    spec = report_of(cell, guest).spec
    assert (spec.name, spec.cores, spec.memory, spec.auto_start, spec.monitor_secret) == ("ops.<b>&db", 3, 48 * MIB, True, "s")
    cell.ask(ChangeGuest(guest=guest, auto_start=False))
    assert outside.lookupByUUIDString(guest).autostart() == 0


def test_a_running_guest_keeps_its_size_until_its_next_start_and_both_are_told(cell: CellUnderTest) -> None:
    guest = running(cell)

    report = cell.ask(ChangeGuest(guest=guest, cores=2, memory=32 * MIB))

    assert (report.spec.cores, report.spec.memory, report.cores, report.memory) == (2, 32 * MIB, 1, 16 * MIB)
    assert cell.news(GuestChanged)[-1].report == report
    restart(cell, guest)
    report = report_of(cell, guest)
    assert (report.cores, report.memory) == (2, 32 * MIB)


def test_the_size_of_running_guests_is_known_after_a_restart_of_the_cell(cell: CellUnderTest) -> None:
    guest = running(cell)
    cell.ask(ChangeGuest(guest=guest, cores=2))

    cell.restart()

    report = report_of(cell, guest)
    assert (report.state, report.cores, report.memory, report.spec.cores) == (GuestState.RUNNING, 1, 16 * MIB, 2)


def test_limits_of_disks_hold_at_once_and_keep_reading_and_writing_apart(cell: CellUnderTest, outside: libvirt.virConnect) -> None:
    guest = running(cell, disks=[2 * MIB, 2 * MIB])
    limits = DiskLimits(read_speed=1 << 20, read_iops=10, write_speed=2 << 20, write_iops=20)

    cell.ask(ChangeGuest(guest=guest, disk_limits=limits))

    domain = outside.lookupByUUIDString(guest)
    for target in ("sda", "sdb"):
        tuned = domain.blockIoTune(target, libvirt.VIR_DOMAIN_AFFECT_LIVE)
        assert (tuned["read_bytes_sec"], tuned["read_iops_sec"]) == (1 << 20, 10)
        assert (tuned["write_bytes_sec"], tuned["write_iops_sec"]) == (2 << 20, 20)
    restart(cell, guest)
    assert domain.blockIoTune("sda", libvirt.VIR_DOMAIN_AFFECT_LIVE)["write_iops_sec"] == 20
    cell.ask(ChangeGuest(guest=guest, disk_limits=DiskLimits()))
    assert set(domain.blockIoTune("sda", libvirt.VIR_DOMAIN_AFFECT_LIVE).values()) <= {0, ""}
    assert document(outside, guest).find("devices/disk/iotune") is None


def test_a_page_of_guests_fits_into_a_frame_whatever_stands_in_their_notes(cell: CellUnderTest) -> None:
    made = {cell.create(image="").id for _ in range(12)}
    for guest in made:
        cell.ask(ChangeGuest(guest=guest, note="網" * 2000, tags=["x"]))

    found, after, pages = set(), "", 0
    while True:
        page = cell.ask(ListGuests(after=after, limit=50))
        assert len(msgspec.json.encode(page)) < FRAME_LIMIT - 1024
        found |= {report.spec.id for report in page.guests}
        pages += 1
        if not page.next:
            break
        after = page.next

    assert made <= found
    assert pages > 1
    for guest in made:
        cell.ask(ChangeGuest(guest=guest, note=""))


def test_a_name_of_a_running_guest_is_its_title_at_once(cell: CellUnderTest, outside: libvirt.virConnect) -> None:
    guest = running(cell)

    cell.ask(ChangeGuest(guest=guest, name="ops.new"))

    assert document(outside, guest, live=True).findtext("title") == document(outside, guest).findtext("title") == "ops.new"


@pytest.mark.parametrize(("priority", "shares", "quota"), [("low", "500", "250000"), ("medium", "1000", "500000"), ("high", None, None)])
def test_a_priority_is_written_for_the_next_start(
    cell: CellUnderTest, outside: libvirt.virConnect, priority: str, shares: str | None, quota: str | None
) -> None:
    guest = cell.create(image="", qos=Qos(cpu_priority="low" if priority == "high" else "high")).id

    cell.ask(ChangeGuest(guest=guest, cpu_priority=priority))

    tree = document(outside, guest)
    assert (tree.findtext("cputune/shares"), tree.findtext("cputune/quota")) == (shares, quota)


def test_limits_of_a_network_that_no_kernel_sees_are_refused_and_change_nothing(cell: CellUnderTest) -> None:
    guest = running(cell)

    with pytest.raises(Conflict, match="cannot be limited"):
        cell.ask(ChangeGuest(guest=guest, name="ops.other", network_limits=NetworkLimits(receive_speed=1 << 20)))

    spec = report_of(cell, guest).spec
    assert (spec.name, spec.qos.receive_speed) == ("ops.web", 0)


@pytest.mark.parametrize(
    "change", [{"cores": 0}, {"cores": 100_000}, {"memory": 1}, {"name": "bell\a"}, {"name": ""}, {"cpu_priority": "urgent"}]
)
def test_a_bad_change_is_refused_and_changes_nothing(cell: CellUnderTest, outside: libvirt.virConnect, change: dict[str, Any]) -> None:
    guest = cell.create(image="").id
    before = outside.lookupByUUIDString(guest).XMLDesc(0)

    with pytest.raises(BadValue):
        cell.ask(ChangeGuest(guest=guest, **change))

    assert outside.lookupByUUIDString(guest).XMLDesc(0) == before
    with pytest.raises(NotFound):
        cell.ask(ChangeGuest(guest="nobody", **change))


def test_without_an_agent_a_password_is_refused_at_once(cell: CellUnderTest) -> None:
    guest = running(cell)
    began = time.monotonic()

    with pytest.raises(Conflict, match="no guest agent") as refusal:
        cell.ask(SetPassword(guest=guest, user="root", password="s3cret"))

    assert time.monotonic() - began < 1
    assert "s3cret" not in str(refusal.value)
    assert report_of(cell, guest).spec.admin_secret == ""


def test_a_guest_is_held_and_goes_on(cell: CellUnderTest) -> None:
    guest = running(cell)

    assert cell.ask(HoldGuest(guest=guest, hold=True)).state == GuestState.PAUSED
    assert cell.ask(HoldGuest(guest=guest, hold=True)).state == GuestState.PAUSED
    assert cell.ask(HoldGuest(guest=guest, hold=False)).state == GuestState.RUNNING


def test_keys_reach_a_running_guest_and_no_other(cell: CellUnderTest) -> None:
    guest = running(cell)

    assert cell.ask(TypeText(guest=guest, text="Hello, World!\n")) == Done()
    assert cell.ask(TypeText(guest=guest, keys=["ctrl", "alt", "delete"])) == Done()
    with pytest.raises(BadValue, match="no key"):
        cell.ask(TypeText(guest=guest, text="網"))
    cell.ask(StopGuest(guest=guest, force=True))
    requests: list[Request[Any]] = [
        TypeText(guest=guest, text="x"),
        HoldGuest(guest=guest, hold=True),
        SetPassword(guest=guest, user="a", password="b"),
    ]
    for request in requests:
        with pytest.raises(Conflict, match="not running"):
            cell.ask(request)


def test_a_guest_that_somebody_undefines_says_so_within_two_seconds(cell: CellUnderTest, outside: libvirt.virConnect) -> None:
    guest = cell.create().id

    outside.lookupByUUIDString(guest).undefine()

    wait_until(lambda: "not defined" in report_of(cell, guest).reason, 2, "the cell to notice")
    assert "not defined" in cell.news(GuestChanged)[-1].report.reason
    assert cell.ask(StartGuest(guest=guest)).state == GuestState.RUNNING


def test_a_running_guest_that_somebody_undefines_goes_on_and_comes_back(cell: CellUnderTest, outside: libvirt.virConnect) -> None:
    guest = running(cell)

    outside.lookupByUUIDString(guest).undefine()
    assert report_of(cell, guest).state == GuestState.RUNNING
    cell.ask(StopGuest(guest=guest, force=True))

    wait_until(lambda: "not defined" in report_of(cell, guest).reason, 2, "the cell to notice")
    assert cell.ask(StartGuest(guest=guest)).state == GuestState.RUNNING


@pytest.mark.parametrize(("devices", "package"), [(Devices(firmware="uefi"), "ovmf"), (Devices(firmware="uefi-secure", tpm=True), "ovmf")])
def test_firmware_that_the_host_lacks_is_named_and_one_it_has_starts(cell: CellUnderTest, devices: Devices, package: str) -> None:
    offered = cell.service._host.hypervisor.domain_capabilities("qemu")
    if "<value>efi</value>" in offered and (devices.firmware == "uefi" or "<value>emulator</value>" in offered):
        assert running(cell, devices=devices)
        return
    with pytest.raises(BadValue, match="not installed") as refusal:
        cell.create(devices=devices)
    assert package in refusal.value.hint


def test_a_priority_of_a_running_guest_holds_at_once_and_is_lifted_again(cell: CellUnderTest, outside: libvirt.virConnect) -> None:
    guest = running(cell)
    domain = outside.lookupByUUIDString(guest)

    cell.ask(ChangeGuest(guest=guest, cpu_priority="low"))
    low = domain.schedulerParametersFlags(libvirt.VIR_DOMAIN_AFFECT_LIVE)
    cell.ask(ChangeGuest(guest=guest, cpu_priority="high"))
    high = domain.schedulerParametersFlags(libvirt.VIR_DOMAIN_AFFECT_LIVE)

    assert (low["cpu_shares"], low["vcpu_quota"], low["vcpu_period"]) == (500, 250_000, 1_000_000)
    assert (high["cpu_shares"], high["vcpu_quota"] < 0 or high["vcpu_quota"] > 1 << 40) == (100, True)
