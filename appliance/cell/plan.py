"""Decide what a guest becomes on this host: its words (GuestSpec) in, a libvirt domain as data out. Pure."""

from __future__ import annotations

import hashlib
import re
import uuid
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from appliance.cell.hypervisor.domain import Disk, Domain, Nic, Processor, domain_name
from appliance.cell.hypervisor.xml import SECURE, UEFI
from nano_runtime.errors import BadValue

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from appliance.cell.accelerator import Accelerator
    from appliance.cell.hypervisor.connection import Connection
    from appliance.protocol.guests import GuestSpec, Qos

NETWORK = "default"
"""libvirt's own NAT network; a guest behind it never touches the NIC of the host."""

TRANSLATION_CACHE = 128 << 20

_LEAST_MEMORY = 1 << 20
_MOST_DISKS = 16
_LETTERS = {"scsi": "sd", "sata": "sd", "ide": "sd", "virtio": "vd"}
_NICS = {"virtio": "virtio", "e1000": "e1000", "e1000e": "e1000e", "rtl8139": "rtl8139"}
_DISPLAYS = ("vga", "virtio", "bochs", "cirrus", "qxl", "none")
_SHARES = {"high": (0, 0), "medium": (1000, 50), "low": (500, 25)}
"""CPU priority -> shares and percent of a core for each virtual one, as Nano has them; high = no limit."""

_ADDRESS = re.compile(r"[0-9a-f]{2}(:[0-9a-f]{2}){5}")


class HostFacts(NamedTuple):
    """What planning needs to know of this host. `network` is a libvirt network that is active, or empty."""

    accelerator: Accelerator
    network: str


def active_network(hypervisor: Connection) -> str:
    """The network for `HostFacts`, as it is now."""
    return NETWORK if hypervisor.network_is_active(NETWORK) else ""


def complete(spec: GuestSpec) -> GuestSpec:
    """The wish with what the Cell chooses: a MAC address made of the id, so that asking twice gives the same."""
    return spec if spec.ethernet_address else replace(spec, ethernet_address=address_of(spec.id))


def address_of(guest: str) -> str:
    """A MAC address in the range Nano uses (00:16:3e)."""
    digest = hashlib.sha256(guest.encode()).digest()
    return ":".join(f"{byte:02x}" for byte in (0x00, 0x16, 0x3E, *digest[:3]))


def check(spec: GuestSpec) -> None:
    """Raises BadValue for a wish that fits no host."""
    if not _is_uuid(spec.id):
        raise BadValue(f"a guest's id must be a UUID in lower case, not {spec.id!r}", field="id")
    if not spec.name or not spec.name.isprintable():
        raise BadValue(f"a guest's name must be printable, not {spec.name!r}", field="name")
    if spec.memory < _LEAST_MEMORY:
        raise BadValue(f"memory must be {_LEAST_MEMORY} bytes or more, not {spec.memory}", field="memory")
    if not 1 <= len(spec.disks) <= _MOST_DISKS or min(spec.disks) < 1:
        raise BadValue(f"a guest needs 1-{_MOST_DISKS} disks of more than 0 bytes", field="disks")
    if spec.cores < 1:
        raise BadValue(f"cores must be 1 or more, not {spec.cores}", field="cores")
    if spec.ethernet_address and not _ADDRESS.fullmatch(spec.ethernet_address.lower()):
        raise BadValue(f"{spec.ethernet_address!r} is no MAC address", field="ethernet_address")


def plan(spec: GuestSpec, host: HostFacts, *, volumes: Sequence[Path], serial_log: Path) -> Domain:
    """The domain of a complete and checked wish. Raises BadValue for what this host cannot give."""
    accelerator = host.accelerator
    require_cores(spec.cores, accelerator)
    return Domain(
        id=spec.id,
        name=domain_name(spec.id),
        title=spec.name,
        kind=accelerator.domain_kind,
        machine=accelerator.offer.machine,
        memory=spec.memory,
        processor=_processor(spec, accelerator),
        disks=_disks(spec, volumes),
        nics=[Nic(mac=spec.ethernet_address.lower(), model=_nic_model(spec), network=host.network)],
        video=_video(spec.devices.display, accelerator),
        serial_log=str(serial_log),
        clock="localtime" if spec.devices.operating_system == "windows" else "utc",
        tablet=bool(spec.devices.tablet),
        drive=_drive(len(volumes)),
        firmware=_firmware(spec, accelerator),
        tpm=_tpm(spec, accelerator),
        auto_start=spec.auto_start,
        translation_cache=0 if accelerator.kind == "kvm" else TRANSLATION_CACHE,
    )


def adapt(domain: Domain, host: HostFacts) -> Domain:
    """The domain for its next start: on the network and accelerator that work today; the guest's machine stays the same."""
    today = host.accelerator
    return replace(
        domain,
        kind=today.domain_kind,
        processor=replace(domain.processor, mode=_processor_mode(today)),
        nics=[replace(nic, network=host.network) for nic in domain.nics],
        translation_cache=0 if today.kind == "kvm" else TRANSLATION_CACHE,
        drive=domain.drive or _drive(len(domain.disks)),
    )


def _drive(disks: int) -> str:
    """The letter after those of the disks, which also names its place on the SATA controller; every guest has a drive."""
    return f"sd{chr(ord('a') + disks)}"


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def require_cores(cores: int, accelerator: Accelerator) -> None:
    most = accelerator.offer.max_cores
    if cores > most:
        raise BadValue(f"this cell gives a guest at most {most} cores, not {cores}", field="cores")


def shares_of(qos: Qos) -> tuple[int, int]:
    """Shares and percent of a core for each virtual one; 0 = no limit. BadValue for a priority that nobody knows."""
    if qos.cpu_priority not in _SHARES:
        raise BadValue(f"cpu_priority must be one of {', '.join(_SHARES)}, not {qos.cpu_priority!r}", field="cpu_priority")
    return _SHARES[qos.cpu_priority]


def _processor(spec: GuestSpec, accelerator: Accelerator) -> Processor:
    shares, quota = shares_of(spec.qos)
    return Processor(cores=spec.cores, mode=_processor_mode(accelerator), shares=shares, quota=quota)


def _processor_mode(accelerator: Accelerator) -> str:
    """Named models such as qemu64 lack what current systems need, and newer hosts drop them."""
    return "host-passthrough" if accelerator.kind == "kvm" else "maximum"


def _disks(spec: GuestSpec, volumes: Sequence[Path]) -> list[Disk]:
    letters = _LETTERS.get(spec.devices.disk)
    if letters is None:
        raise BadValue(f"disk must be one of {', '.join(_LETTERS)}, not {spec.devices.disk!r}", field="disk")
    bus = "sata" if spec.devices.disk == "ide" else spec.devices.disk  # a q35 machine has no IDE controller
    limits = {name: getattr(spec.qos, name) for name in ("read_speed", "read_iops", "write_speed", "write_iops")}
    return [
        Disk(path=str(path), target=f"{letters}{chr(ord('a') + index)}", bus=bus, order=index + 1, **limits)
        for index, path in enumerate(volumes)
    ]


def _nic_model(spec: GuestSpec) -> str:
    try:
        return _NICS[spec.devices.network]
    except KeyError:
        raise BadValue(f"network must be one of {', '.join(_NICS)}, not {spec.devices.network!r}", field="network") from None


def _video(display: str, accelerator: Accelerator) -> str:
    """What the template says where the host has it; cirrus and qxl are gone from newer hosts, vga is everywhere."""
    if display not in _DISPLAYS:
        raise BadValue(f"display must be one of {', '.join(_DISPLAYS)}, not {display!r}", field="display")
    return display if display == "none" or display in accelerator.offer.videos else "vga"


def _firmware(spec: GuestSpec, accelerator: Accelerator) -> str:
    wanted = spec.devices.firmware
    if wanted not in ("", UEFI, SECURE):
        raise BadValue(f"firmware must be '', {UEFI} or {SECURE}, not {wanted!r}", field="template")
    if wanted and wanted not in accelerator.offer.firmwares:
        what = "UEFI with Secure Boot" if wanted == SECURE else "UEFI"
        raise BadValue(
            f"this host cannot give a guest {what}: its firmware is not installed",
            hint="install edk2-ovmf (Debian: ovmf) on the host, or choose a template with BIOS",
            field="template",
        )
    return wanted


def _tpm(spec: GuestSpec, accelerator: Accelerator) -> bool:
    if spec.devices.tpm and not accelerator.offer.tpm:
        raise BadValue(
            "this host cannot give a guest a TPM: swtpm is not installed",
            hint="install swtpm and swtpm-tools on the host, or choose a template without TPM",
            field="template",
        )
    return spec.devices.tpm
