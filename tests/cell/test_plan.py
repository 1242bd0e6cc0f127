"""What a guest becomes on a host."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from appliance.cell import plan
from appliance.cell.hypervisor.domain import Domain
from appliance.protocol.guests import Devices, Qos
from nano_runtime.errors import BadValue
from tests.cell.facts import EMULATED, OFFER, REAL
from tests.cell.under_test import wanted

GUEST = "9c1d2f1e-0000-4000-8000-000000000001"


def planned(host: plan.HostFacts = EMULATED, **changes: Any) -> Domain:
    spec = plan.complete(wanted(id=GUEST, **changes))
    plan.check(spec)
    volumes = [Path(f"/srv/{GUEST}/{number}.qcow2") for number in range(len(spec.disks))]
    return plan.plan(spec, host, volumes=volumes, serial_log=Path(f"/srv/{GUEST}/serial.log"))


def test_an_emulated_guest_has_a_bounded_translation_cache_and_the_fullest_processor() -> None:
    domain = planned(EMULATED)

    assert (domain.kind, domain.processor.mode) == ("qemu", "maximum")
    assert 0 < domain.translation_cache <= 256 << 20


def test_a_guest_on_kvm_gets_the_processor_of_the_host() -> None:
    domain = planned(REAL)

    assert (domain.kind, domain.processor.mode, domain.translation_cache) == ("kvm", "host-passthrough", 0)


def test_the_machine_is_what_the_host_offers_written_out_in_full() -> None:
    assert planned().machine == "pc-q35-7.2"


@pytest.mark.parametrize(
    ("asked", "bus", "target"), [("scsi", "scsi", "sda"), ("ide", "sata", "sda"), ("sata", "sata", "sda"), ("virtio", "virtio", "vda")]
)
def test_a_disk_sits_on_a_bus_that_q35_has(asked: str, bus: str, target: str) -> None:
    [disk] = planned(devices=Devices(disk=asked)).disks

    assert (disk.bus, disk.target) == (bus, target)


def test_disks_boot_in_their_order() -> None:
    disks = planned(disks=[1 << 20, 1 << 20, 1 << 20]).disks

    assert [(disk.target, disk.order) for disk in disks] == [("sda", 1), ("sdb", 2), ("sdc", 3)]


@pytest.mark.parametrize(("asked", "shown"), [("vga", "vga"), ("virtio", "virtio"), ("cirrus", "vga"), ("qxl", "vga")])
def test_a_display_that_the_host_lacks_becomes_vga(asked: str, shown: str) -> None:
    assert planned(devices=Devices(display=asked)).video == shown


def test_a_guest_sits_on_the_nat_network_where_that_is_active_and_on_user_networking_elsewhere() -> None:
    assert [nic.network for nic in planned(REAL).nics] == ["default"]
    assert [nic.network for nic in planned(EMULATED).nics] == [""]


def test_the_mac_address_is_made_of_the_id_so_that_asking_twice_gives_the_same() -> None:
    [one], [again] = planned().nics, planned().nics

    assert one.mac == again.mac == plan.address_of(GUEST)
    assert one.mac.startswith("00:16:3e:")
    assert plan.address_of(GUEST) != plan.address_of("9c1d2f1e-0000-4000-8000-000000000002")


def test_a_given_mac_address_is_used() -> None:
    assert planned(ethernet_address="00:16:3E:01:02:AB").nics[0].mac == "00:16:3e:01:02:ab"


@pytest.mark.parametrize(("priority", "shares", "quota"), [("high", 0, 0), ("medium", 1000, 50), ("low", 500, 25)])
def test_a_priority_becomes_shares_and_a_quota(priority: str, shares: int, quota: int) -> None:
    processor = planned(qos=Qos(cpu_priority=priority)).processor

    assert (processor.shares, processor.quota) == (shares, quota)


def test_limits_of_disks_keep_reading_and_writing_apart() -> None:
    disk = planned(qos=Qos(read_speed=1, read_iops=2, write_speed=3, write_iops=4)).disks[0]

    assert (disk.read_speed, disk.read_iops, disk.write_speed, disk.write_iops) == (1, 2, 3, 4)


def test_what_the_host_lacks_is_named_with_the_way_to_get_it() -> None:
    bare = EMULATED._replace(accelerator=EMULATED.accelerator._replace(offer=replace(OFFER, firmwares=frozenset(), tpm=False)))

    for devices, package in ((Devices(firmware="uefi"), "ovmf"), (Devices(firmware="uefi-secure"), "ovmf"), (Devices(tpm=True), "swtpm")):
        planned(devices=devices)
        with pytest.raises(BadValue) as refused:
            planned(bare, devices=devices)
        assert refused.value.field == "template"
        assert package in refused.value.hint


def test_a_windows_guest_reads_local_time() -> None:
    assert planned(devices=Devices(operating_system="windows")).clock == "localtime"
    assert planned().clock == "utc"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "two\nlines"}, "name"),
        ({"name": "nul\0"}, "name"),
        ({"memory": 0}, "memory"),
        ({"memory": -1}, "memory"),
        ({"disks": []}, "disks"),
        ({"disks": [0]}, "disks"),
        ({"disks": [1 << 20, -1]}, "disks"),
        ({"disks": [1 << 20] * 17}, "disks"),
        ({"cores": 0}, "cores"),
        ({"cores": 289}, "cores"),
        ({"ethernet_address": "$(id)"}, "ethernet_address"),
        ({"devices": Devices(disk="nvme")}, "disk"),
        ({"devices": Devices(network="-o")}, "network"),
        ({"devices": Devices(display="hologram")}, "display"),
        ({"devices": Devices(firmware="coreboot")}, "template"),
    ],
)
def test_a_wish_that_cannot_be_met_is_refused_by_the_name_of_its_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(BadValue) as refused:
        planned(**changes)

    assert refused.value.field == field


@pytest.mark.parametrize("id", ["", "../x", "9C1D2F1E-0000-4000-8000-000000000001", "9c1d2f1e000040008000000000000001", "a" * 300, "x\0"])
def test_an_id_that_is_no_uuid_is_refused_because_folders_are_named_after_it(id: str) -> None:
    with pytest.raises(BadValue) as refused:
        plan.check(wanted(id=id))

    assert refused.value.field == "id"


def test_at_its_next_start_a_guest_gets_the_network_and_accelerator_of_today_but_keeps_its_machine() -> None:
    before = replace(planned(EMULATED), machine="pc-q35-6.0")

    after = plan.adapt(before, REAL)

    assert (after.kind, after.processor.mode, after.nics[0].network, after.translation_cache) == ("kvm", "host-passthrough", "default", 0)
    assert (after.machine, after.disks, after.nics[0].mac) == ("pc-q35-6.0", before.disks, before.nics[0].mac)
    assert plan.adapt(after, EMULATED) == before
