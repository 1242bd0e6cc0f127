"""libvirt's XML: golden documents, every declared property, and nothing that a name could smuggle in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import msgspec
import pytest
from msgspec.structs import fields, replace

from appliance.cell.hypervisor import xml
from appliance.cell.hypervisor.domain import Disk, Domain, Nic, Processor
from appliance.protocol.guests import Devices, Qos
from nano_runtime.errors import BadValue, Damaged
from tests.cell.facts import REAL
from tests.cell.test_plan import planned

GOLDEN = Path(__file__).parent / "golden"
CASES: dict[str, Domain] = {
    "emulated": planned(),
    "kvm-nat": planned(REAL, disks=[1 << 30, 2 << 30], devices=Devices(disk="virtio", display="virtio")),
    "legacy": planned(devices=Devices(disk="ide", network="rtl8139", display="cirrus", tablet="", operating_system="windows"), cores=4),
    "windows-11": planned(devices=Devices(operating_system="windows", disk="sata", network="e1000e", firmware="uefi-secure", tpm=True)),
    "uefi": planned(devices=Devices(firmware="uefi", display="none")),
    "limited": planned(qos=Qos(cpu_priority="low", read_speed=1 << 20, write_iops=100), ethernet_address="00:16:3e:00:00:01"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_domain_is_written_as_agreed(name: str) -> None:
    """NANO_GOLDEN=write writes what is agreed anew; look at the difference."""
    path = GOLDEN / f"{name}.xml"
    written = xml.write(CASES[name]) + "\n"
    if os.environ.get("NANO_GOLDEN") == "write":
        path.write_text(written)

    assert written == path.read_text()


OTHER: dict[type, Any] = {list: [], str: "other", int: 7 << 20}
NOT_IN_XML = {"Domain.auto_start"}  # a flag beside the document (virDomainSetAutostart)


@pytest.mark.parametrize("name", [field.name for field in fields(Domain)])
def test_every_property_of_a_domain_shows(name: str) -> None:
    if f"Domain.{name}" not in NOT_IN_XML:
        assert shows(CASES["emulated"], name, lambda domain: domain)


@pytest.mark.parametrize("name", [field.name for field in fields(Disk)])
def test_every_property_of_a_disk_shows(name: str) -> None:
    assert shows(CASES["emulated"].disks[0], name, lambda disk: replace(CASES["emulated"], disks=[disk]))


@pytest.mark.parametrize("name", [field.name for field in fields(Nic)])
def test_every_property_of_a_nic_shows(name: str) -> None:
    assert shows(CASES["emulated"].nics[0], name, lambda nic: replace(CASES["emulated"], nics=[nic]))


@pytest.mark.parametrize("name", [field.name for field in fields(Processor)])
def test_every_property_of_a_processor_shows(name: str) -> None:
    assert shows(CASES["emulated"].processor, name, lambda processor: replace(CASES["emulated"], processor=processor))


def shows(part: Any, name: str, within: Any) -> bool:
    value = getattr(part, name)
    changed = replace(value, cores=3) if isinstance(value, Processor) else not value if isinstance(value, bool) else OTHER[type(value)]
    other = replace(part, **{name: changed})
    return xml.write(within(other)) != xml.write(within(part))


@pytest.mark.parametrize("title", ["</title><devices/>", "a & b", "\"quoted\" 'twice'", "<!-- -->", "]]>", "网络‮"])
def test_text_of_people_stays_text(title: str) -> None:
    tree = fromstring(xml.write(replace(CASES["emulated"], title=title)))

    assert tree.findtext("title") == title
    assert len(tree.findall("devices")) == 1


@pytest.mark.parametrize("title", ["nul\0", "bell\a", "lone \ud800", "not a character \uffff"])
def test_text_that_xml_cannot_hold_is_refused(title: str) -> None:
    with pytest.raises(BadValue):
        xml.write(replace(CASES["emulated"], title=title))


def test_a_domain_of_ours_is_recognised() -> None:
    domain = CASES["kvm-nat"]

    living = xml.read_living(xml.write(domain))

    assert (living.id, living.guest) == (domain.id, domain.id)
    assert living.disks == [disk.path for disk in domain.disks]
    assert (living.networks, living.serial) == (["default"], "")


def test_a_domain_of_somebody_else_has_no_guest() -> None:
    assert xml.read_living("<domain><uuid>x</uuid><metadata><guest id='x'/></metadata></domain>").guest == ""


def test_the_serial_line_of_a_running_domain_is_found() -> None:
    text = "<domain><devices><serial type='pty'><source path='/dev/pts/7'/></serial></devices></domain>"

    assert xml.read_living(text).serial == "/dev/pts/7"


def test_what_a_host_offers_is_read() -> None:
    offer = xml.read_offer(
        """<domainCapabilities><machine>pc-q35-rhel9.8.0</machine><vcpu max='710'/>
        <cpu><mode name='maximum' supported='yes'/><mode name='host-passthrough' supported='no'/></cpu>
        <devices><disk><enum name='diskDevice'><value>floppy</value></enum><enum name='bus'><value>sata</value></enum></disk>
        <video><enum name='modelType'><value>vga</value><value>none</value></enum></video></devices></domainCapabilities>"""
    )

    assert (offer.machine, offer.max_cores) == ("pc-q35-rhel9.8.0", 710)
    assert (set(offer.buses), set(offer.videos), set(offer.processor_modes)) == ({"sata"}, {"vga", "none"}, {"maximum"})


def test_firmware_and_tpm_of_a_host_are_read() -> None:
    secure = "<os><enum name='firmware'><value>efi</value></enum><loader><enum name='secure'><value>yes</value></enum></loader></os>"
    tpm = "<devices><tpm><enum name='backendModel'><value>emulator</value></enum></tpm></devices>"

    full = xml.read_offer(f"<domainCapabilities>{secure}{tpm}</domainCapabilities>")
    plain = xml.read_offer(f"<domainCapabilities>{secure.replace('yes', 'no')}</domainCapabilities>")
    none = xml.read_offer("<domainCapabilities><os><enum name='firmware'/></os></domainCapabilities>")

    assert (set(full.firmwares), full.tpm) == ({"uefi", "uefi-secure"}, True)
    assert (set(plain.firmwares), plain.tpm) == ({"uefi"}, False)
    assert (set(none.firmwares), none.tpm) == (set(), False)


def test_the_user_of_qemu_is_read() -> None:
    dac = "<secmodel><model>dac</model><baselabel type='kvm'>+1:+1</baselabel><baselabel type='qemu'>+64055:+107</baselabel></secmodel>"

    assert xml.read_owner(f"<capabilities><host><secmodel><model>none</model></secmodel>{dac}</host></capabilities>") == 64055
    assert xml.read_owner("<capabilities><host/></capabilities>") == 0


def test_xml_that_is_none_is_damaged() -> None:
    with pytest.raises(Damaged):
        xml.read_living("<domain>")


def test_a_domain_survives_the_journal() -> None:
    for domain in CASES.values():
        assert msgspec.json.decode(msgspec.json.encode(domain), type=Domain) == domain
