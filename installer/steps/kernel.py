"""Kernel settings and SELinux labels."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from installer.steps.change import Change
from installer.wording import Text
from nano_runtime.command import CommandFailed

if TYPE_CHECKING:
    from installer.machine import Machine

LABEL = "virt_image_t"


class SetKernel(Change, frozen=True, tag="set-kernel"):
    """One sysctl of the running kernel; the file that keeps it over a restart is a step of its own."""

    name: str
    value: str
    before: str

    @property
    def title(self) -> Text:
        return Text("set {name} = {value}", "设置 {name} = {value}").format(name=self.name, value=self.value)

    @property
    def subject(self) -> str:
        return self.name

    def do(self, host: Machine) -> None:
        self._write(host, self.value)

    def undo(self, host: Machine) -> None:
        self._write(host, self.before)

    def _write(self, host: Machine, value: str) -> None:
        host.path("/proc/sys/" + self.name.replace(".", "/")).write_text(value + "\n")


class LabelStorage(Change, frozen=True, tag="label-storage"):
    """SELinux: guests may use what lies below the folder. Needed before the first guest: EL10's libvirt cannot relabel var_lib_t."""

    folder: str

    @property
    def title(self) -> Text:
        return Text("label {folder} as {label} for SELinux", "为 SELinux 将 {folder} 标记为 {label}").format(
            folder=self.folder, label=LABEL
        )

    @property
    def subject(self) -> str:
        return f"label {self.folder}"

    @property
    def _pattern(self) -> str:
        return f"{self.folder}(/.*)?"

    def do(self, host: Machine) -> None:
        """-m where the rule is there already, because -a refuses that."""
        try:
            host.run(["semanage", "fcontext", "-a", "-t", LABEL, self._pattern])
        except CommandFailed:
            host.run(["semanage", "fcontext", "-m", "-t", LABEL, self._pattern])
        host.run(["restorecon", "-R", self.folder])

    def undo(self, host: Machine) -> None:
        with suppress(CommandFailed):  # it never came to be
            host.run(["semanage", "fcontext", "-d", self._pattern])
        host.run(["restorecon", "-R", self.folder], check=False)
