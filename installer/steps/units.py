"""Services of the host: libvirt's daemons, and the appliance itself."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from installer.machine import processes, wait_for
from installer.steps.change import Change
from installer.wording import Text
from nano_runtime.command import CommandFailed
from nano_runtime.errors import Unavailable

if TYPE_CHECKING:
    from installer.machine import Machine

_DRIVERS = ("qemu", "network", "nodedev", "nwfilter", "secret", "storage", "interface")
MODULAR = (
    *(f"virt{driver}d{kind}.socket" for driver in _DRIVERS for kind in ("", "-ro", "-admin")),
    "virtproxyd.socket",
    "virtlogd.socket",
    "virtlockd.socket",
)
MONOLITHIC = (
    "libvirtd.service",
    "libvirtd.socket",
    "libvirtd-ro.socket",
    "libvirtd-admin.socket",
    "libvirtd-tcp.socket",
    "libvirtd-tls.socket",
)


STOP_SECONDS = 60


class EnableUnits(Change, frozen=True, tag="enable-units"):
    """Start units now and at every start of the host. `names` are only those that were not enabled before."""

    names: list[str]

    @property
    def title(self) -> Text:
        return Text("enable and start {names}", "启用并启动 {names}").format(names=" ".join(self.names))

    @property
    def subject(self) -> str:
        return f"units {' '.join(self.names)}"

    def do(self, host: Machine) -> None:
        host.systemctl("daemon-reload")
        host.systemctl("enable", "--now", *self.names)

    def undo(self, host: Machine) -> None:
        for name in self.names:  # one by one: a unit whose package went is no reason to keep the others
            host.systemctl("disable", "--now", name, check=False)


class MaskUnits(Change, frozen=True, tag="mask-units"):
    """Keep the monolithic libvirtd from starting beside the modular daemons: the two take each other's sockets away."""

    names: list[str]

    @property
    def title(self) -> Text:
        return Text("stop and mask {names}", "停止并屏蔽 {names}").format(names=" ".join(self.names))

    @property
    def subject(self) -> str:
        return f"mask {' '.join(self.names)}"

    def do(self, host: Machine) -> None:
        host.systemctl("mask", "--now", *self.names)

    def undo(self, host: Machine) -> None:
        host.systemctl("unmask", *self.names, check=False)


class Reload(Change, frozen=True, tag="reload"):
    """Let a daemon read its files again: after they were written, or after they were put back."""

    daemon: Literal["firewalld", "systemd"]
    when: Literal["done", "undone"]

    @property
    def title(self) -> Text:
        when = Text("", "") if self.when == "done" else Text(" when taken back", "（撤销时）")
        return Text("reload {daemon}{when}", "重新加载 {daemon}{when}").format(daemon=self.daemon, when=when)

    @property
    def subject(self) -> str:
        return f"{self.daemon} {self.when}"

    def do(self, host: Machine) -> None:
        if self.when == "done":
            self._reload(host)

    def undo(self, host: Machine) -> None:
        if self.when == "undone":
            self._reload(host)

    def _reload(self, host: Machine) -> None:
        """A firewalld that does not run has nothing to read again."""
        if self.daemon == "systemd":
            host.systemctl("daemon-reload")
        elif host.run(["firewall-cmd", "--state"], check=False).code == 0:
            host.run(["firewall-cmd", "--reload"])


class StartLibvirt(Change, frozen=True, tag="start-libvirt"):
    """On a host without systemd: the daemons by hand."""

    @property
    def title(self) -> Text:
        return Text("start libvirt", "启动 libvirt")

    @property
    def subject(self) -> str:
        return "libvirt"

    def do(self, host: Machine) -> None:
        """virtlogd first: the QEMU driver hands it every guest's serial log."""
        for name in ("virtlogd", "libvirtd"):
            if not _pid(host, name):
                host.run([name, "-d", "-p", self._pid_file(host, name)])

    def undo(self, host: Machine) -> None:
        for name in ("libvirtd", "virtlogd"):
            if pid := _pid(host, name):
                host.run(["kill", str(pid)], check=False)
                wait_for(partial(_has_ended, host, name), STOP_SECONDS)
            Path(self._pid_file(host, name)).unlink(missing_ok=True)

    @staticmethod
    def _pid_file(host: Machine, name: str) -> str:
        return str(host.home.run / f"{name}.pid")


def _has_ended(host: Machine, name: str) -> bool:
    return not _pid(host, name)


def _pid(host: Machine, name: str) -> int:
    """The process that our pid file names, if it is still that program."""
    try:
        number = int((host.home.run / f"{name}.pid").read_text())
        is_same = host.path(f"/proc/{number}/comm").read_text().strip() == name
    except (OSError, ValueError):
        return 0
    return number if is_same else 0


class StartAppliance(Change, frozen=True, tag="start-appliance"):
    """Start the appliance: its unit where systemd runs the host, else by its own command. `roles` empty = all of this host."""

    unit: str
    roles: str = ""

    @property
    def title(self) -> Text:
        return Text("start the appliance, now and at every start of the host", "启动应用并设为开机启动")

    @property
    def subject(self) -> str:
        return "appliance"

    def do(self, host: Machine) -> None:
        """Raises Unavailable with the words of the appliance when it does not start."""
        if self.unit:
            host.systemctl("daemon-reload")
            host.systemctl("enable", self.unit)
            host.systemctl("restart", self.unit)
            return
        host.nano("stop", check=False)
        try:
            host.nano("start", *(["--roles", self.roles] if self.roles else []))
        except CommandFailed as problem:
            raise Unavailable(f"the appliance does not start: {problem.message}", hint=f"see {host.home.log}") from problem

    def undo(self, host: Machine) -> None:
        """Guests go on running. Raises Unavailable while it does not end; an installer that was killed may have left one just starting."""
        if self.unit:
            host.systemctl("disable", "--now", self.unit, check=False)
        elif not wait_for(lambda: self._has_stopped(host), STOP_SECONDS):
            raise Unavailable("the appliance does not end", hint="see nano status; nano halt, then start again")

    @staticmethod
    def _has_stopped(host: Machine) -> bool:
        if not processes("start", "--home", str(host.home.path)):
            return True
        host.nano("stop", check=False)
        return not processes("start", "--home", str(host.home.path))
