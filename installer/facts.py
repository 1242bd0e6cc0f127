"""What the installer finds out about a host, read from its files. Changes nothing.

Everything comes from below `root`, so that a test describes a host by a folder. What only a live host can tell (the IPv4
addresses, whether a name resolves) comes in as an argument.
"""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from installer.cards import Card, DefaultRoute, read_cards, read_default_routes
from nano_runtime.interfaces import up_interfaces

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from nano_runtime.interfaces import Interface

V3_FLAGS = {"avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe", "xsave"}
"""x86-64-v3 of the psABI, in the words of /proc/cpuinfo (abm = LZCNT)."""

UNIT_FOLDERS = ("usr/lib/systemd/system", "lib/systemd/system", "etc/systemd/system")
LISTENING = "0A"
NAME = "mirrors.centos.org"
RESOLVE_SECONDS = 3.0


class Distribution(NamedTuple):
    id: str
    version: str
    name: str

    @property
    def major(self) -> int:
        first = self.version.split(".")[0]
        return int(first) if first.isdigit() else 0

    @property
    def is_el(self) -> bool:
        """CentOS Stream, RHEL, Rocky or AlmaLinux, 9 or 10."""
        return self.id in ("centos", "rhel", "rocky", "almalinux") and self.major in (9, 10)

    @property
    def is_debian(self) -> bool:
        return self.id == "debian" and self.major >= 12


@dataclass(frozen=True)
class Facts:
    """One look at a host; sizes in bytes, `free` by the folder asked about."""

    is_root: bool
    distribution: Distribution
    cores: int
    has_virtualisation: bool
    has_kvm: bool
    has_v3: bool
    memory: int
    free: int
    now: float
    is_clock_synchronised: bool
    selinux: str
    has_systemd: bool
    firewalld: str
    name_servers: tuple[str, ...]
    resolves: bool
    cards: tuple[Card, ...]
    routes: tuple[DefaultRoute, ...]
    ports: frozenset[tuple[str, int]]
    guests: tuple[str, ...]
    libvirt: str
    other_managers: tuple[str, ...]
    units: frozenset[str] = field(default=frozenset())
    masked: frozenset[str] = field(default=frozenset())

    def card(self, name: str) -> Card | None:
        return next((card for card in self.cards if card.name == name), None)

    @property
    def addresses(self) -> tuple[str, ...]:
        """IPv4 addresses others can reach, that of the default route first."""
        first = self.routes[0].card if self.routes else ""
        cards = sorted(self.cards, key=lambda card: card.name != first)
        return tuple(address for card in cards for address in card.addresses)

    @property
    def bridges(self) -> tuple[str, ...]:
        return tuple(card.name for card in self.cards if card.kind == "bridge")


def look(
    root: Path = Path("/"),
    *,
    storage: str = "/var/lib/nano",
    addresses: Collection[Interface] | None = None,
    resolves: Callable[[], bool] | None = None,
    is_root: bool | None = None,
    now: float | None = None,
) -> Facts:
    """Find out everything. The last four are asked of the running host unless they are given."""
    cpu = _cpu_flags(root)
    return Facts(
        is_root=os.geteuid() == 0 if is_root is None else is_root,
        distribution=_distribution(root),
        cores=max(_text(root / "proc/cpuinfo").count("processor\t"), 1),
        has_virtualisation=bool(cpu & {"vmx", "svm"}),
        has_kvm=(root / "dev/kvm").exists(),
        has_v3=cpu >= V3_FLAGS,
        memory=_memory(root),
        free=_free(root, storage),
        now=time.time() if now is None else now,
        is_clock_synchronised=_is_clock_synchronised(root),
        selinux=_selinux(root),
        has_systemd=(root / "run/systemd/system").is_dir(),
        firewalld=_firewalld(root),
        name_servers=tuple(line.split()[1] for line in _text(root / "etc/resolv.conf").splitlines() if line.startswith("nameserver ")),
        resolves=(resolves or _resolves)(),
        cards=read_cards(root, up_interfaces() if addresses is None else addresses),
        routes=read_default_routes(root),
        ports=_ports(root),
        guests=tuple(sorted(path.stem for path in (root / "etc/libvirt/qemu").glob("*.xml"))),
        libvirt=_libvirt(root),
        other_managers=_other_managers(root),
        units=_units(root),
        masked=frozenset(
            path.name for path in (root / "etc/systemd/system").glob("*") if path.is_symlink() and os.readlink(path) == "/dev/null"
        ),
    )


def _distribution(root: Path) -> Distribution:
    lines = (_text(root / "etc/os-release") or _text(root / "usr/lib/os-release")).splitlines()
    told = {name: value.strip().strip("\"'") for name, _, value in (line.partition("=") for line in lines)}
    return Distribution(told.get("ID", ""), told.get("VERSION_ID", ""), told.get("PRETTY_NAME", told.get("ID", "unknown")))


def _cpu_flags(root: Path) -> set[str]:
    lines = [line for line in _text(root / "proc/cpuinfo").splitlines() if line.startswith("flags")]
    return set(lines[0].partition(":")[2].split()) if lines else set()


def _memory(root: Path) -> int:
    line = next((line for line in _text(root / "proc/meminfo").splitlines() if line.startswith("MemTotal:")), "MemTotal: 0 kB")
    return int(line.split()[1]) * 1024


def _free(root: Path, storage: str) -> int:
    """Free space where guest disks will lie: of the folder, or of the nearest one above it that exists."""
    folder = root / storage.lstrip("/")
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def _is_clock_synchronised(root: Path) -> bool:
    signs = ("run/chrony/chronyd.pid", "run/chronyd.pid", "run/systemd/timesync/synchronized", "run/ntpd.pid")
    return any((root / sign).exists() for sign in signs)


def _selinux(root: Path) -> str:
    """enforcing, permissive or disabled; the kernel's word counts, not the file's."""
    state = _text(root / "sys/fs/selinux/enforce").strip()
    return {"1": "enforcing", "0": "permissive"}.get(state, "disabled")


def _firewalld(root: Path) -> str:
    """running, installed or absent."""
    if (root / "run/firewalld.pid").exists() or _runs(root, "firewalld"):
        return "running"
    return "installed" if (root / "usr/sbin/firewalld").exists() else "absent"


def _runs(root: Path, program: str) -> bool:
    """Whether a process has that name; scripts are known by the second word of their command line."""
    for folder in (root / "proc").glob("[0-9]*"):
        words = _text(folder / "cmdline").split("\0")[:2]
        if any(os.path.basename(word) == program for word in words):
            return True
    return False


def _ports(root: Path) -> frozenset[tuple[str, int]]:
    """(tcp or udp, port) that somebody listens on."""
    found = set()
    for name in ("tcp", "tcp6", "udp", "udp6"):
        for line in _text(root / "proc/net" / name).splitlines()[1:]:
            parts = line.split()
            if len(parts) > 3 and (parts[3] == LISTENING or name.startswith("udp")):
                found.add((name[:3], int(parts[1].rpartition(":")[2], 16)))
    return frozenset(found)


def _libvirt(root: Path) -> str:
    """Which libvirt runs or would run: modular, monolithic, or absent."""
    enabled = [
        root / "etc/systemd/system" / place
        for place in ("multi-user.target.wants/libvirtd.service", "sockets.target.wants/libvirtd.socket")
    ]
    if any(path.is_symlink() for path in enabled) or _runs(root, "libvirtd"):
        return "monolithic"
    units = _units(root)
    if "virtqemud.socket" in units:
        return "modular"
    return "monolithic" if "libvirtd.service" in units or (root / "usr/sbin/libvirtd").exists() else "absent"


def _units(root: Path) -> frozenset[str]:
    return frozenset(path.name for folder in UNIT_FOLDERS for path in (root / folder).glob("*.*") if path.suffix in (".service", ".socket"))


_MANAGERS = {
    "VirtualBox": "dev/vboxdrv",
    "VMware": "dev/vmmon",
    "Xen": "proc/xen/capabilities",
    "oVirt": "etc/vdsm",
    "Proxmox VE": "etc/pve",
    "OpenNebula": "var/lib/one",
    "CloudStack": "etc/cloudstack/agent",
    "Nano 1.4": "opt/nano/core/config",
}


def _other_managers(root: Path) -> tuple[str, ...]:
    return tuple(name for name, sign in _MANAGERS.items() if (root / sign).exists())


def _resolves() -> bool:
    """Whether a name of the Internet can be resolved now; a host that is off-line on purpose carries its packages.

    In a thread of its own, because the resolver knows no deadline: a name server that is away takes 10 s and more.
    """
    found: list[object] = []

    def ask() -> None:
        with suppress(OSError):
            found.extend(socket.getaddrinfo(NAME, 443))

    asking = threading.Thread(target=ask, name="resolve", daemon=True)
    asking.start()
    asking.join(RESOLVE_SECONDS)
    return bool(found)


def _text(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""
