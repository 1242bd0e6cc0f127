"""Install packages of the distribution: Debian's apt, or dnf on CentOS Stream and its relatives."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from progress import Failed, run


class Needed(NamedTuple):
    """What one purpose needs, in the names of Debian and of CentOS (centos-facts: require `libvirt` and `qemu-kvm` only)."""

    debian: tuple[str, ...]
    centos: tuple[str, ...]
    centos_extra: tuple[str, ...] = ()  # release packages that bring a repository
    centos_crb: bool = False  # in CodeReady Builder, which CentOS Stream carries switched off


PYTHON = f"python3.{sys.version_info.minor}"
PYTHON_HEADERS = "python3-devel" if Path("/usr/bin/python3").resolve().name == PYTHON else f"{PYTHON}-devel"
GROUPS = {
    # libvirt-python comes as source and is compiled against the libvirt of this machine
    "compiler": Needed(
        ("gcc", "pkg-config", "libvirt-dev", "python3-dev"), ("gcc", "pkgconf-pkg-config", "libvirt-devel", PYTHON_HEADERS), centos_crb=True
    ),
    "hypervisor": Needed(
        (
            "libvirt-daemon-system",
            "libvirt-daemon-driver-qemu",
            "libvirt-clients",
            "qemu-system-x86",
            "qemu-utils",
            "dnsmasq-base",  # DHCP of libvirt's networks
            "dbus",  # libvirt asks it for the machine id and for nothing else here
            "iproute2",
        ),
        ("libvirt", "libvirt-client", "qemu-kvm", "qemu-img", "iproute"),
    ),
    # CentOS itself has no Chromium; EPEL is for developers only, the appliance never asks for it
    "browser": Needed(("chromium", "fonts-noto-cjk"), ("chromium", "google-noto-sans-cjk-fonts"), ("epel-release",)),
    "freeze": Needed(("binutils",), ("binutils",)),  # PyInstaller reads and strips libraries with it
    "packages": Needed(
        ("rpm", "makeself", "dnf", "createrepo-c", "busybox-static"), ("rpm-build", "makeself", "dnf", "createrepo_c"), ("epel-release",)
    ),
    "desktop": Needed(
        (
            "xvfb",
            "openbox",
            "xdotool",
            "imagemagick",
            "libxcb-cursor0",
            "libxkbcommon-x11-0",
            "libxcb-icccm4",
            "libxcb-keysyms1",
            "libxcb-image0",
        ),
        (
            "xorg-x11-server-Xvfb",
            "openbox",
            "xdotool",
            "ImageMagick",
            "xcb-util-cursor",
            "libxkbcommon-x11",
            "xcb-util-wm",
            "xcb-util-keysyms",
        ),
    ),
    "lab": Needed(
        ("iproute2", "util-linux", "nasm", "network-manager", "firewalld", "nftables"),  # the last three: what the installer works with
        ("iproute", "util-linux", "nasm", "NetworkManager", "firewalld", "nftables"),
    ),
}


def ensure(*groups: str) -> None:
    """Install what is missing of the groups. Raises Failed with the next step when that cannot be done."""
    if shutil.which("dpkg-query"):
        _ensure_debian([package for group in groups for package in GROUPS[group].debian])
    elif shutil.which("dnf"):
        _ensure_centos(groups)
    else:
        raise Failed("neither apt-get nor dnf here: the appliance is built on Debian 12+ or CentOS Stream 9/10")


def as_root() -> list[str]:
    """What to put before a command that needs root."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        return ["sudo"]
    raise Failed("this needs root: run build.py as root, or install sudo")


def _ensure_debian(packages: list[str]) -> None:
    missing = _missing_debian(packages)
    if not missing:
        return
    apt = [*as_root(), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=300"]
    run("package lists", [*apt, "update"], hint="check the network and /etc/apt/sources.list")
    run(
        f"system packages ({len(missing)})",
        [*apt, "install", "--no-install-recommends", *missing],
        hint=f"try by hand: apt-get install {' '.join(missing)}",
    )


def _missing_debian(packages: list[str]) -> list[str]:
    query = ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *packages]
    lines = subprocess.run(query, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False).stdout.splitlines()
    installed = {line.split()[0] for line in lines if line.endswith(" installed")}
    return [package for package in dict.fromkeys(packages) if package not in installed]


def _ensure_centos(groups: tuple[str, ...]) -> None:
    for needed in [GROUPS[group] for group in groups]:
        repositories = ["--enablerepo=crb"] if needed.centos_crb else []
        _dnf_install(needed.centos_extra, [])
        _dnf_install(needed.centos, repositories)


def _dnf_install(packages: tuple[str, ...], repositories: list[str]) -> None:
    missing = [package for package in packages if not _provided(package)]
    if missing:
        dnf = ["dnf", "-y", "-q", *repositories, "install", *missing]
        run(f"system packages ({' '.join(missing)})", [*as_root(), *dnf], hint=f"try by hand: {' '.join(dnf)}")


def _provided(package: str) -> bool:
    query = ["rpm", "-q", "--whatprovides", package]
    return subprocess.run(query, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0
