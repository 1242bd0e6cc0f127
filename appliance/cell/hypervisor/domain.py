"""A libvirt domain as data. No policy here: what to choose is decided in plan.py, how to write it down in xml.py."""

from __future__ import annotations

from msgspec import Struct


class Disk(Struct, frozen=True, kw_only=True):
    """A qcow2 file. `bus` is virtio, scsi or sata; speeds in bytes per second, 0 = no limit; `order` is the boot order."""

    path: str
    target: str
    bus: str
    order: int
    read_speed: int = 0
    read_iops: int = 0
    write_speed: int = 0
    write_iops: int = 0


class Nic(Struct, frozen=True, kw_only=True):
    """`network` is the name of a libvirt network; empty = user-mode networking of QEMU, which needs nothing of the host."""

    mac: str
    model: str
    network: str = ""


class Processor(Struct, frozen=True, kw_only=True):
    """Of one guest. `quota` in percent of a core for each virtual one and `shares` as in cpu.shares; 0 = no limit."""

    cores: int
    mode: str
    shares: int = 0
    quota: int = 0


class Domain(Struct, frozen=True, kw_only=True):
    """`id` is the libvirt UUID. `memory` and `translation_cache` in bytes; the cache is for software emulation only.

    `drive` is the target of the CD drive, empty for none, `medium` the path of the ISO in it.
    `firmware` is "" (BIOS), "uefi" or "uefi-secure".
    """

    id: str
    name: str
    title: str
    kind: str
    machine: str
    memory: int
    processor: Processor
    disks: list[Disk]
    nics: list[Nic]
    video: str
    serial_log: str
    clock: str = "utc"
    tablet: bool = True
    auto_start: bool = False
    translation_cache: int = 0
    drive: str = ""
    medium: str = ""
    medium_first: bool = False
    firmware: str = ""
    tpm: bool = False


def domain_name(id: str) -> str:
    """How the domains of this program are called in libvirt; one with another name is not ours, whatever its UUID."""
    return f"nano-{id}"
