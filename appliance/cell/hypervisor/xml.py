"""Libvirt's XML: the only place that writes or reads it. Text of guests goes in as text, so it can never become markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ParseError, fromstring, indent, tostring

from msgspec import Struct

from nano_runtime.errors import BadValue, Damaged

if TYPE_CHECKING:
    from appliance.cell.hypervisor.domain import Disk, Domain, Nic

NAMESPACE = "https://nano-appliance.example/domain/1"
"""Marks the domains that are ours; libvirt keeps foreign elements only with a namespace (libvirt.org/formatdomain.html)."""

AGENT = "org.qemu.guest_agent.0"
"""The channel that the guest agent listens on."""

PERIOD = 1_000_000
"""Microseconds over which a processor quota is counted, as Nano does."""

UEFI, SECURE = "uefi", "uefi-secure"

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, escaped or not."""


class Offer(Struct, frozen=True, kw_only=True):
    """What libvirt and QEMU offer on this host for one kind of domain (domain capabilities)."""

    machine: str
    max_cores: int
    buses: frozenset[str]
    videos: frozenset[str]
    processor_modes: frozenset[str]
    firmwares: frozenset[str] = frozenset()
    tpm: bool = False


class Living(Struct, frozen=True, kw_only=True):
    """What we read back of a domain. `serial` is the path of its pty; `taps` its interfaces on this host, by MAC
    address. Both are empty while it is off, and a tap on user networking always.
    `agent` says whether something in the guest holds the channel of the guest agent open."""

    id: str
    guest: str
    disks: list[str]
    networks: list[str]
    serial: str
    taps: dict[str, str]
    agent: bool


def write(domain: Domain) -> str:
    """The XML that defines a domain. Raises BadValue for text that XML cannot hold."""
    tree = _element(
        "domain",
        _element("name", text=domain.name),
        _element("uuid", text=domain.id),
        _element("title", text=domain.title),
        _element("metadata", _element(f"{{{NAMESPACE}}}guest", id=domain.id)),
        _element("memory", text=str(domain.memory), unit="b"),
        _element("vcpu", text=str(domain.processor.cores)),
        *_tuning(domain),
        _firmware(domain),
        _element("features", _element("acpi"), _element("apic"), *_protected_mode(domain), *_translation_cache(domain)),
        _processor(domain),
        _element("clock", offset=domain.clock),
        _element("on_poweroff", text="destroy"),
        _element("on_reboot", text="restart"),
        _element("on_crash", text="restart"),
        _element("devices", *_devices(domain)),
        type=domain.kind,
    )
    indent(tree)
    return tostring(tree, encoding="unicode")


def read_offer(xml: str) -> Offer:
    """What a domain capabilities document offers."""
    tree = _parse(xml)
    vcpu = tree.find("vcpu")
    modes = [mode.get("name", "") for mode in tree.iterfind("cpu/mode") if mode.get("supported") == "yes"]
    return Offer(
        machine=tree.findtext("machine", ""),
        max_cores=int(vcpu.get("max", "1")) if vcpu is not None else 1,
        buses=_values(tree, "devices/disk/enum[@name='bus']/value"),
        videos=_values(tree, "devices/video/enum[@name='modelType']/value"),
        processor_modes=frozenset(modes),
        firmwares=_firmwares(tree),
        tpm="emulator" in _values(tree, "devices/tpm/enum[@name='backendModel']/value"),
    )


def read_living(xml: str) -> Living:
    """What a domain document says; `guest` is empty for a domain that is not ours."""
    tree = _parse(xml)
    ours = tree.find(f"metadata/{{{NAMESPACE}}}guest")
    serial = tree.find("devices/serial[@type='pty']/source")
    return Living(
        id=tree.findtext("uuid", ""),
        guest=ours.get("id", "") if ours is not None else "",
        disks=[source.get("file", "") for source in tree.iterfind("devices/disk[@device='disk']/source")],
        networks=[source.get("network", "") for source in tree.iterfind("devices/interface[@type='network']/source")],
        serial=serial.get("path", "") if serial is not None else "",
        agent=tree.find(f"devices/channel/target[@name='{AGENT}'][@state='connected']") is not None,
        taps={_attribute(nic, "mac", "address"): _attribute(nic, "target", "dev") for nic in tree.iterfind("devices/interface")},
    )


def read_owner(xml: str) -> int:
    """The user that QEMU runs as, from a host capabilities document; 0 (root) where libvirt does not change it."""
    for model in _parse(xml).iterfind("host/secmodel"):
        label = model.findtext("baselabel[@type='qemu']", "")
        if model.findtext("model") == "dac" and (found := re.match(r"\+(\d+):", label)):
            return int(found.group(1))
    return 0


def _firmwares(tree: Element) -> frozenset[str]:
    if "efi" not in _values(tree, "os/enum[@name='firmware']/value"):
        return frozenset()
    return frozenset({UEFI, SECURE} if "yes" in _values(tree, "os/loader/enum[@name='secure']/value") else {UEFI})


def _devices(domain: Domain) -> list[Element]:
    buses = {disk.bus for disk in domain.disks}
    scsi = [_element("controller", type="scsi", index="0", model="virtio-scsi")] if "scsi" in buses else []
    return [
        *[_disk(disk, order=disk.order + domain.medium_first) for disk in domain.disks],
        *([_drive(domain)] if domain.drive else []),
        *scsi,
        _element("controller", type="usb", index="0", model="qemu-xhci"),
        *[_nic(nic) for nic in domain.nics],
        *_serial(domain.serial_log),
        _element("channel", _element("target", type="virtio", name=AGENT), type="unix"),
        *([_element("input", type="tablet", bus="usb")] if domain.tablet else []),
        _element("graphics", _element("listen", type="none"), type="vnc"),
        _element("video", _element("model", type=domain.video)),
        *_tpm(domain),
        _element("rng", _element("backend", text="/dev/urandom", model="random"), model="virtio"),
        _element("memballoon", _element("stats", period="2"), model="virtio"),
    ]


def write_drive(domain: Domain) -> str:
    """The CD drive of a domain as it is to be, for changing what is in it."""
    return tostring(_drive(domain), encoding="unicode")


def _drive(domain: Domain) -> Element:
    return _element(
        "disk",
        _element("driver", name="qemu", type="raw"),
        *([_element("source", file=domain.medium)] if domain.medium else []),
        _element("target", dev=domain.drive, bus="sata"),
        _element("readonly"),
        _element("boot", order=str(1 if domain.medium_first else len(domain.disks) + 1)),
        type="file",
        device="cdrom",
    )


def _disk(disk: Disk, *, order: int) -> Element:
    return _element(
        "disk",
        _element("driver", name="qemu", type="qcow2", discard="unmap"),
        _element("source", file=disk.path),
        _element("target", dev=disk.target, bus=disk.bus),
        _element("boot", order=str(order)),
        *_limits(disk),
        type="file",
        device="disk",
    )


def _limits(disk: Disk) -> list[Element]:
    given = {
        "read_bytes_sec": disk.read_speed,
        "write_bytes_sec": disk.write_speed,
        "read_iops_sec": disk.read_iops,
        "write_iops_sec": disk.write_iops,
    }
    limits = [_element(name, text=str(value)) for name, value in given.items() if value]
    return [_element("iotune", *limits)] if limits else []


def _nic(nic: Nic) -> Element:
    source = [_element("source", network=nic.network)] if nic.network else []
    return _element(
        "interface",
        _element("mac", address=nic.mac),
        *source,
        _element("model", type=nic.model),
        type="network" if nic.network else "user",
    )


def _serial(path: str) -> list[Element]:
    log = _element("log", file=path, append="on")
    return [
        _element("serial", log, _element("target", type="isa-serial", port="0"), type="pty"),
        _element("console", _element("target", type="serial", port="0"), type="pty"),
    ]


def _processor(domain: Domain) -> Element:
    topology = _element("topology", sockets="1", dies="1", cores=str(domain.processor.cores), threads="1")
    return _element("cpu", topology, mode=domain.processor.mode, check="none")


def _tuning(domain: Domain) -> list[Element]:
    shares, quota = domain.processor.shares, domain.processor.quota
    parts = [_element("shares", text=str(shares))] if shares else []
    if quota:
        parts += [_element("period", text=str(PERIOD)), _element("quota", text=str(PERIOD * quota // 100))]
    return [_element("cputune", *parts)] if parts else []


def _firmware(domain: Domain) -> Element:
    """libvirt finds the firmware's files by their descriptions (QEMU's docs/interop/firmware.json)."""
    kind = _element("type", text="hvm", arch="x86_64", machine=domain.machine)
    if not domain.firmware:
        return _element("os", kind)
    secure = "yes" if domain.firmware == SECURE else "no"
    features = [_element("feature", enabled=secure, name=name) for name in ("secure-boot", "enrolled-keys")]
    return _element("os", kind, _element("firmware", *features), firmware="efi")


def _protected_mode(domain: Domain) -> list[Element]:
    """Secure Boot keeps its variables where only the processor's management mode may write."""
    return [_element("smm", state="on")] if domain.firmware == SECURE else []


def _tpm(domain: Domain) -> list[Element]:
    return [_element("tpm", _element("backend", type="emulator", version="2.0"), model="tpm-crb")] if domain.tpm else []


def _translation_cache(domain: Domain) -> list[Element]:
    """Without a limit each emulated guest may grow by 1 GiB."""
    if not domain.translation_cache:
        return []
    return [_element("tcg", _element("tb-cache", text=str(domain.translation_cache >> 20), unit="MiB"))]


def _element(tag: str, *children: Element, text: str | None = None, **attributes: str) -> Element:
    for value in (text or "", *attributes.values()):
        if _FORBIDDEN.search(value):
            raise BadValue(f"{tag} must not hold control characters: {value!r}")
    found = Element(tag, attributes)
    found.text = text
    found.extend(children)
    return found


def _parse(xml: str) -> Element:
    try:
        return fromstring(xml)
    except ParseError as problem:
        raise Damaged(f"libvirt answered XML that cannot be read: {problem}") from problem


def _attribute(element: Element, child: str, name: str) -> str:
    found = element.find(child)
    return found.get(name, "") if found is not None else ""


def _values(tree: Element, path: str) -> frozenset[str]:
    return frozenset(value.text or "" for value in tree.iterfind(path))
