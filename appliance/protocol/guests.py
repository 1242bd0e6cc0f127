"""Guests: what Core asks of a Cell, and what the Cell reports."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct, field

from nano_runtime.messages import Event, Request


class GuestState(StrEnum):
    """libvirt's domain states, as far as they differ for us (virDomainState)."""

    STOPPED = "stopped"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPING = "stopping"
    CRASHED = "crashed"


class Devices(Struct, frozen=True, kw_only=True):
    """Virtual hardware, in the words of a system template (core-api.yaml `template_config`).

    `firmware` is "" (BIOS), "uefi" or "uefi-secure" (with Secure Boot on); `tpm` a TPM 2.0 that swtpm emulates.
    """

    operating_system: str = "linux"
    disk: str = "scsi"
    network: str = "virtio"
    display: str = "vga"
    usb: str = ""
    tablet: str = "usb"
    firmware: str = ""
    tpm: bool = False


class Qos(Struct, frozen=True, kw_only=True, omit_defaults=False):
    """Limits of a guest; 0 = no limit; speeds in bytes per second."""

    cpu_priority: str = "high"
    write_speed: int = 0
    write_iops: int = 0
    read_speed: int = 0
    read_iops: int = 0
    receive_speed: int = 0
    send_speed: int = 0


class GuestSpec(Struct, frozen=True, kw_only=True):
    """Everything decided about a guest before it exists. Sizes in bytes; `disks[0]` is the system disk.

    `admin_name` and `admin_secret` are the account inside the guest that was set last, through its agent.
    `name` is the full name "<group>.<short name>"; `image` the SHA-256 of the disk image to clone, empty for a blank
    system disk; `media` the id of the image in its CD drive; `created` seconds since the epoch.
    """

    id: str
    name: str
    owner: str
    group: str
    pool: str
    cores: int
    memory: int
    disks: list[int]
    created: float
    image: str = ""
    media: str = ""
    media_sha256: str = ""
    template: str = ""
    devices: Devices = field(default_factory=Devices)
    auto_start: bool = False
    ethernet_address: str = ""
    monitor_secret: str = ""
    admin_name: str = ""
    admin_secret: str = ""
    modules: list[str] = field(default_factory=list)
    qos: Qos = field(default_factory=Qos)
    note: str = ""
    tags: list[str] = field(default_factory=list)


class GuestReport(Struct, frozen=True, kw_only=True):
    """A guest as its Cell knows it now. `reason` says why it is in this state, in libvirt's words.

    `cores` and `memory` are what it runs with, 0 while it is off; where they differ from `spec`, a restart is pending.
    """

    spec: GuestSpec
    state: GuestState
    reason: str = ""
    since: float = 0.0
    cores: int = 0
    memory: int = 0


class GuestFigures(Struct, frozen=True, kw_only=True):
    """Live figures of one guest. Counters in bytes since the guest started; `cpu_usage` in percent of all its cores."""

    state: GuestState
    cpu_usage: float = 0.0
    memory_available: int = 0
    bytes_read: int = 0
    bytes_written: int = 0
    bytes_received: int = 0
    bytes_sent: int = 0


class Done(Struct, frozen=True):
    """The request was carried out, or had been before."""


class GuestPage(Struct, frozen=True, kw_only=True):
    """`next` is empty on the last page."""

    guests: list[GuestReport]
    next: str = ""


class ConsoleTicket(Struct, frozen=True, kw_only=True):
    """Admits one TLS client of the domain once, within 15 s, to the stream at https://address:port/console/<ticket>."""

    address: str
    port: int
    ticket: str


class CreateGuest(Request[GuestReport], frozen=True, tag="create-guest"):
    """Make a guest's disks and domain, all or nothing. Repeated with the same id it answers what is there."""

    spec: GuestSpec


class DiscardGuest(Request[Done], frozen=True, tag="discard-guest"):
    """Delete a guest and its disks, running or not; content if there is none. The undo of CreateGuest."""

    guest: str


class DeleteGuest(Request[Done], frozen=True, tag="delete-guest"):
    """Delete a stopped guest with its disks. Conflict while it runs; content if there is none."""

    guest: str


class StartGuest(Request[GuestReport], frozen=True, tag="start-guest"):
    """With `media` (the id of an image, and the SHA-256 of its file) it boots from that, this time."""

    guest: str
    media: str = ""
    media_sha256: str = ""


class StopGuest(Request[GuestReport], frozen=True, tag="stop-guest"):
    """reboot/force: false/false ACPI shutdown, false/true power off, true/false ACPI reboot, true/true reset.

    Answers when the signal is sent; the state follows as GuestChanged.
    """

    guest: str
    reboot: bool = False
    force: bool = False


class DiskLimits(Struct, frozen=True, kw_only=True):
    """Of each disk; 0 = no limit; speeds in bytes per second."""

    read_speed: int = 0
    read_iops: int = 0
    write_speed: int = 0
    write_iops: int = 0


class NetworkLimits(Struct, frozen=True, kw_only=True):
    """As the guest sees it; 0 = no limit; bytes per second."""

    receive_speed: int = 0
    send_speed: int = 0


class ChangeGuest(Request[GuestReport], frozen=True, tag="change-guest"):
    """Change what was asked for a guest, all of it or nothing; None leaves a thing as it is.

    Applied to a running guest at once where libvirt can, `cores` and `memory` at its next start.
    """

    guest: str
    name: str | None = None
    cores: int | None = None
    memory: int | None = None
    auto_start: bool | None = None
    cpu_priority: str | None = None
    disk_limits: DiskLimits | None = None
    network_limits: NetworkLimits | None = None
    monitor_secret: str | None = None
    note: str | None = None
    tags: list[str] | None = None


class ResizeDisk(Request[GuestReport], frozen=True, tag="resize-disk"):
    """Grow a disk to `size` bytes, also of a running guest; content if it has that size. BadValue for a smaller one."""

    guest: str
    index: int
    size: int


class ShrinkDisk(Request[GuestReport], frozen=True, tag="shrink-disk"):
    """Write the file of a stopped guest's disk anew without what the guest freed; the disk keeps its size."""

    guest: str
    index: int


class ResetSystem(Request[GuestReport], frozen=True, tag="reset-system"):
    """Begin the system disk of a stopped guest anew from an image (SHA-256); what was on it is lost."""

    guest: str
    image: str


class SetPassword(Request[GuestReport], frozen=True, tag="set-password"):
    """Set the password of an account inside a running guest, and remember both. Conflict, at once, without a guest agent."""

    guest: str
    user: str
    password: str


class HoldGuest(Request[GuestReport], frozen=True, tag="hold-guest"):
    """Suspend a running guest, keeping its memory, or let it go on. Content if it is so already."""

    guest: str
    hold: bool


class TypeText(Request[Done], frozen=True, tag="type-text"):
    """Press keys of a running guest: `text` in a keyboard layout, or the keys of one combination together."""

    guest: str
    text: str = ""
    layout: str = "en-us"
    keys: list[str] = field(default_factory=list)


class ReadGuest(Request[GuestFigures], frozen=True, tag="read-guest"):
    guest: str


class ListGuests(Request[GuestPage], frozen=True, tag="list-guests"):
    """Guests of this Cell in order of id, at most `limit` and what one frame holds, after the id `after`."""

    after: str = ""
    limit: int = 50


class OpenConsole(Request[ConsoleTicket], frozen=True, tag="open-console"):
    """Prepare the display of a running guest; `console` is "vnc" or "serial". (`kind` is the tag of every message.)"""

    guest: str
    console: str = "vnc"


class TakePicture(Request[ConsoleTicket], frozen=True, tag="take-picture"):
    """A PNG of the guest's screen, to be fetched once from https://address:port/picture/<ticket>."""

    guest: str


class GuestChanged(Event, frozen=True, tag="guest-changed"):
    """A guest is in another state now, or is new here."""

    report: GuestReport


class GuestGone(Event, frozen=True, tag="guest-gone"):
    guest: str


class GuestProgress(Event, frozen=True, tag="guest-progress"):
    """`percent` 0-100 of the creation of a guest; `step` is the tag of the step under way."""

    guest: str
    percent: int
    step: str
