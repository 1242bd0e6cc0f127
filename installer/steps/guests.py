"""Removal of what an appliance kept: guests that were named, and its home."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from installer.steps.change import Change
from installer.wording import Text
from nano_runtime.command import CommandFailed
from nano_runtime.errors import NotFound

if TYPE_CHECKING:
    from installer.machine import Machine

VIRSH = ("virsh", "-q", "-c", "qemu:///system")
KEPT_ON_UNINSTALL = "installer-journal"


class RemoveGuest(Change, frozen=True, tag="remove-guest"):
    """A guest that the administrator named, and the disks it has in our storage; disks elsewhere are not ours."""

    name: str
    disks: list[str]

    @property
    def title(self) -> Text:
        return Text("remove guest {name} and {count} disks", "删除云主机 {name} 及 {count} 个磁盘").format(
            name=self.name, count=len(self.disks)
        )

    @property
    def subject(self) -> str:
        return f"guest {self.name}"

    def do(self, host: Machine) -> None:
        host.run([*VIRSH, "destroy", self.name], check=False)
        options = ("--nvram", "--managed-save", "--snapshots-metadata", "--checkpoints-metadata")
        host.run([*VIRSH, "undefine", *options, self.name], check=False)
        for disk in self.disks:
            Path(disk).unlink(missing_ok=True)


class RemoveHome(Change, frozen=True, tag="remove-home"):
    """Settings, certificates, data and logs; the program itself belongs to its package, guest disks to nobody but their owner."""

    storage: str

    @property
    def title(self) -> Text:
        return Text("remove settings, certificates, data and logs of the appliance", "删除应用的配置、证书、数据与日志")

    @property
    def subject(self) -> str:
        return "home"

    def do(self, host: Machine) -> None:
        """The journal stays until the story is over; who runs it takes that away."""
        for folder in (host.home.config, host.home.cert, host.home.log, host.home.run):
            shutil.rmtree(folder, ignore_errors=True)
        for path in host.home.data.iterdir() if host.home.data.is_dir() else ():
            if path.name == KEPT_ON_UNINSTALL:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
        _prune(host.path(self.storage))


def _prune(folder: Path) -> None:
    """Remove a folder and those in it, as far as there is no file in them."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_dir() and not path.is_symlink():
            _prune(path)
    with suppress(OSError):
        folder.rmdir()


def find_guest(host: Machine, name: str, storage: str) -> RemoveGuest:
    """The plan to remove one guest. Raises NotFound for a name that libvirt does not know."""
    try:
        lines = host.run([*VIRSH, "domblklist", "--details", name]).stdout.splitlines()
    except CommandFailed as problem:
        raise NotFound(f"there is no guest {name!r} here", hint="see: virsh list --all", field="with_guest") from problem
    places = [line.split(None, 3)[3].strip() for line in lines if len(line.split(None, 3)) == 4]
    return RemoveGuest(name, [place for place in places if Path(place).is_relative_to(storage)])
