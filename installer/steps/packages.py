"""Packages of the distribution, from its repositories or from a folder the administrator carries."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Literal

from installer.machine import Machine, processes, read, replace, wait_for
from installer.steps.change import Change
from installer.wording import Text

if TYPE_CHECKING:
    from pathlib import Path

EL = (
    "libvirt",
    "libvirt-client",
    "qemu-kvm",
    "qemu-img",
    "qemu-kvm-block-curl",
    "swtpm-tools",
    "edk2-ovmf",
    "xorriso",
    "policycoreutils-python-utils",
    "firewalld",
    "NetworkManager",
)
"""By the names that CentOS Stream 9 and 10 both have; libvirt-daemon-kvm is missing on some rebuilds of 10."""
DEBIAN = (
    "libvirt-daemon-system",
    "libvirt-clients",
    "qemu-system-x86",
    "qemu-utils",
    "dnsmasq-base",
)
"""A development host needs no more than the tests do."""
NO_GUESTS_EL = ("firewalld", "NetworkManager")
SECONDS = 1800


class InstallPackages(Change, frozen=True, tag="install-packages"):
    """Those of `names` that are missing, in one transaction. What it brings along is noted, and goes when it is taken back."""

    manager: Literal["dnf", "apt"]
    names: list[str]
    folder: str = ""

    @property
    def title(self) -> Text:
        return Text("install packages: {names}", "安装软件包：{names}").format(names=" ".join(self.names))

    @property
    def subject(self) -> str:
        return "packages"

    def do(self, host: Machine) -> None:
        """Raises CommandFailed with the words of dnf or apt: no network, no such package, a conflict."""
        before = _remembered(host, "before")
        if before is None:
            before = installed(host, self.manager)
            _remember(host, "before", before)
        host.run(self._command(), seconds=SECONDS)
        _remember(host, "brought", sorted(set(installed(host, self.manager)) - set(before)))
        _forget(host, "before")

    def undo(self, host: Machine) -> None:
        """Remove what came with these packages; one that something else needs by now stays, and so do all on a host with guests."""
        wait_for(lambda: not processes("install", *self.names), SECONDS)  # an installer that was killed leaves it at work
        before, brought = _remembered(host, "before"), _remembered(host, "brought") or []
        if before is not None:
            brought = sorted({*brought, *installed(host, self.manager)} - set(before))
        present = set(installed(host, self.manager))
        ours = [name for name in brought if name in present]
        if ours and not any(host.path("/etc/libvirt/qemu").glob("*.xml")):
            words = ["rpm", "-e"] if self.manager == "dnf" else ["dpkg", "--purge"]
            ended = host.run([*words, *ours], seconds=SECONDS, check=False)
            if ended.code:
                host.say(f"some packages stay, because others need them: {ended.stderr.strip().splitlines()[-1:]}")
        _forget(host, "before")
        _forget(host, "brought")

    def _command(self) -> list[str]:
        if self.manager == "apt":
            return ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=300", "install", *self.names]
        only = ["--disablerepo=*", f"--repofrompath=nano-carried,file://{self.folder}", "--enablerepo=nano-carried"] if self.folder else []
        unsigned = ["--setopt=nano-carried.module_hotfixes=1"] if self.folder else []
        return ["dnf", "-y", *only, *unsigned, "install", *self.names]


def missing(host: Machine, manager: Literal["dnf", "apt"], names: tuple[str, ...]) -> list[str]:
    """Which of the names are not installed; one that another package provides counts as there."""
    if manager == "apt":
        known = set(installed(host, "apt"))
        return [name for name in names if name not in known]
    return [name for name in names if host.run(["rpm", "-q", "--whatprovides", name], check=False).code]


def manager_of_host() -> Literal["dnf", "apt"]:
    return "dnf" if shutil.which("dnf") else "apt"


def installed(host: Machine, manager: Literal["dnf", "apt"]) -> list[str]:
    """Names of every installed package."""
    if manager == "dnf":
        return sorted(set(host.run(["rpm", "-qa", "--qf", "%{NAME}\n"]).stdout.split()))
    lines = host.run(["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n"]).stdout.splitlines()
    return sorted({line.split()[0] for line in lines if line.endswith(" installed")})


def _note(host: Machine, name: str) -> Path:
    return host.home.data / f"installer-packages-{name}.json"


def _remember(host: Machine, name: str, packages: list[str]) -> None:
    """`brought` grows over several runs of the installer, so that the last uninstall knows the first install."""
    if name == "brought":
        packages = sorted({*packages, *(_remembered(host, name) or [])})
    replace(_note(host, name), json.dumps(packages).encode(), mode=0o600)


def _remembered(host: Machine, name: str) -> list[str] | None:
    content = read(_note(host, name))
    return None if content is None else [str(entry) for entry in json.loads(content)]


def _forget(host: Machine, name: str) -> None:
    _note(host, name).unlink(missing_ok=True)
