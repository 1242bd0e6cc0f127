"""A CentOS host to install packages into: a folder with an RPM database, filled by dnf from a local repository of stand-ins.

The stand-ins have the names and versions of the real packages and as much content as our scriptlets touch: busybox as
the shell, and a systemctl that notes what it was asked.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path
from typing import NamedTuple

NOTES = "var/log/asked"
APPLETS = ("sh", "cat", "echo", "grep", "ls", "mkdir", "rm", "id", "test")
NOTING = f'#!/bin/sh\necho "${{0##*/}} $*" >> /{NOTES}\n'
GETENT = '#!/bin/sh\ngrep -q "^$2:" /etc/group\n'
GROUPADD = NOTING + 'for name in "$@"; do :; done\necho "$name:x:990:" >> /etc/group\n'
OS_RELEASE = 'NAME="CentOS Stream"\nVERSION="9"\nID="centos"\nID_LIKE="rhel fedora"\nVERSION_ID="9"\nPLATFORM_ID="platform:el9"\n'


class StandIn(NamedTuple):
    """A package: files by path, with what they hold; an executable if that begins with #!."""

    name: str
    version: str = "9.0"
    epoch: int = 0
    files: dict[str, str] = {}  # noqa: RUF012  # never changed


STAND_INS = (
    StandIn("bash", "5.1"),
    StandIn("glibc", "2.34"),
    StandIn("openssl-libs", "3.5.7", 1),
    StandIn("libvirt-libs", "11.10.0"),
    StandIn("systemd", "252", files={"/usr/bin/systemctl": NOTING}),
    StandIn("shadow-utils", files={"/usr/bin/getent": GETENT, "/usr/sbin/groupadd": GROUPADD}),
    StandIn("firewalld", "1.3", files={"/usr/bin/firewall-cmd": NOTING}),
    StandIn("libvirt", "11.10.0"),
    StandIn("qemu-kvm", "10.1.0", 17),
    StandIn("centos-stream-release", files={"/etc/os-release": OS_RELEASE, "/etc/group": "root:x:0:\n"}),
    *(StandIn(name) for name in ("libglvnd-egl", "libglvnd-glx", "libglvnd-opengl", "mesa-libgbm", "fontconfig", "nss", "alsa-lib")),
    *(StandIn(name) for name in ("libxkbcommon-x11", "xcb-util-image", "xcb-util-keysyms", "xcb-util-renderutil", "xcb-util-wm")),
    *(StandIn(name) for name in ("libXcomposite", "libXdamage", "libXrandr", "libXtst", "libxkbfile", "mesa-dri-drivers")),
    *(StandIn(name) for name in ("libwayland-client", "libwayland-cursor", "libwayland-egl")),
)


def repository(folder: Path) -> Path:
    """A repository of the stand-ins; packages of ours are added by publish()."""
    folder.mkdir()
    for package in STAND_INS:
        _build(package, folder)
    return folder


def publish(repository: Path, *packages: Path) -> None:
    for package in packages:
        shutil.copy(package, repository)
    subprocess.run(["createrepo_c", "-q", repository], check=True, capture_output=True)


class Host:
    """The folder that dnf takes for the root of a CentOS host."""

    def __init__(self, root: Path, repository: Path) -> None:
        self.root = root
        self._repository = repository
        (root / "dev").mkdir(parents=True)
        os.mknod(root / "dev/null", stat.S_IFCHR | 0o666, os.makedev(1, 3))

    def dnf(self, *words: str) -> subprocess.CompletedProcess[str]:
        options = ["-y", "--installroot", str(self.root), "--releasever", "9", "--disablerepo=*", "--setopt=metadata_expire=0"]
        ours = ["--repofrompath", f"stand-in,{self._repository}", "--enablerepo=stand-in", "--nogpgcheck", "--setopt=reposdir=/nowhere"]
        return subprocess.run(["dnf", *options, *ours, *words], capture_output=True, text=True, check=False, timeout=120)

    def asked(self) -> list[str]:
        """What the scriptlets asked of systemctl, groupadd and firewall-cmd since the last look."""
        notes = self.root / NOTES
        lines = notes.read_text().splitlines() if notes.exists() else []
        notes.unlink(missing_ok=True)
        return lines

    def path(self, path: str) -> Path:
        return self.root / path.lstrip("/")


def _build(package: StandIn, folder: Path) -> None:
    work = folder.parent / "work" / package.name
    shutil.rmtree(work, ignore_errors=True)
    (work / "payload").mkdir(parents=True)
    files = dict(package.files)
    for path, content in files.items():
        target = work / "payload" / path.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content)
        target.chmod(0o755 if content.startswith("#!") else 0o644)
    if package.name == "bash":
        _add_shell(work / "payload")
    (work / "package.spec").write_text(_spec(package, work))
    defines = ["--define", f"_topdir {work}", "--define", f"_rpmdir {folder}", "--define", "_rpmfilename %%{NAME}.rpm"]
    subprocess.run(["rpmbuild", "-bb", "--target", "x86_64-linux", *defines, work / "package.spec"], check=True, capture_output=True)


def _add_shell(payload: Path) -> None:
    """Busybox under the names a scriptlet uses, and the folder layout of a merged /usr."""
    (payload / "usr/bin").mkdir(parents=True)
    (payload / "usr/sbin").mkdir()
    (payload / "var/log").mkdir(parents=True)
    shutil.copy(str(shutil.which("busybox")), payload / "usr/bin/busybox")
    for applet in APPLETS:
        (payload / "usr/bin" / applet).symlink_to("busybox")
    (payload / "bin").symlink_to("usr/bin")
    (payload / "sbin").symlink_to("usr/sbin")


def _spec(package: StandIn, work: Path) -> str:
    provides = "Provides: /bin/sh\n" if package.name == "bash" else ""
    provides += "Provides: system-release = 9\n" if package.name == "centos-stream-release" else ""
    needs_shell = "" if package.name in ("bash", "glibc", "centos-stream-release") else "Requires: bash\n"
    paths = [path for path in (work / "payload").rglob("*") if path.is_symlink() or path.is_file()]
    listed = "\n".join(f"/{path.relative_to(work / 'payload')}" for path in paths)
    return f"""\
%global __os_install_post %{{nil}}
%global debug_package %{{nil}}
Name: {package.name}
Epoch: {package.epoch}
Version: {package.version}
Release: 1.el9
Summary: stand-in
License: Apache-2.0
AutoReqProv: no
{provides}{needs_shell}
%description
stand-in
%install
cp -a {work}/payload/. %{{buildroot}}/
%files
{listed}
"""
