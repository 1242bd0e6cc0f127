"""The disks of guests: qcow2 files below one folder, one folder a guest, under names of our own choice.

<folder>/guests/<guest id>/<number>.qcow2, and serial.log beside them. QEMU runs as a user of its own, so it must be able
to enter; libvirt gives it the files when a guest starts (dynamic ownership).
"""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path
from typing import Any

import msgspec

from appliance.cell import qcow2
from nano_runtime import command
from nano_runtime.errors import NoRoom

IMAGE_LIMITS = command.Limits(memory=1 << 30, cpu_seconds=300)
"""For qemu-img where it reads a file that came from elsewhere."""


COPY_LIMITS = command.Limits(memory=1 << 30, cpu_seconds=3600)
COPYING = 3600.0
"""Seconds for writing a whole disk anew."""


class Storage:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._guests = folder / "guests"

    def create(self) -> None:
        """Make the folders that are missing."""
        for folder in (self.folder, self._guests):
            folder.mkdir(mode=0o711, parents=True, exist_ok=True)

    def closed_to(self, user: int) -> Path | None:
        """The folder on the way to the disks that a user with this number may not enter, if there is one."""
        way = [] if user == 0 else [*reversed(self._guests.parents), self._guests]
        return next((folder for folder in way if not _may_enter(folder.stat(), user)), None)

    def home_of(self, guest: str) -> Path:
        return self._guests / guest

    def volume(self, guest: str, number: int) -> Path:
        return self.home_of(guest) / f"{number}.qcow2"

    def serial_log(self, guest: str) -> Path:
        return self.home_of(guest) / "serial.log"

    def owns(self, path: str) -> bool:
        """Whether a file lies among our disks."""
        return self._guests in Path(path).parents

    def require_room(self, size: int) -> None:
        """Raises NoRoom where `size` bytes could never be filled; qcow2 files grow as guests write."""
        free = shutil.disk_usage(self._guests).free
        if size > free:
            raise NoRoom(f"the disks need {size} bytes, {self.folder} has {free} free", hint="choose smaller disks or make room")

    def make_home(self, guest: str) -> None:
        self.home_of(guest).mkdir(mode=0o711, exist_ok=True)

    def create_volume(self, guest: str, number: int, size: int) -> None:
        """An empty disk; a half-made one is replaced."""
        path = self.volume(guest, number)
        qcow2.create(path, size)
        self._flush(path)

    def create_overlay(self, guest: str, number: int, size: int, image: Path) -> None:
        """A disk that begins with the content of a qcow2 image, and shares it. The format is named, never guessed."""
        self._overlay(self.volume(guest, number), size, image)

    def _overlay(self, path: Path, size: int, image: Path) -> None:
        command.run(["qemu-img", "create", "-q", "-f", "qcow2", "-b", image, "-F", "qcow2", path, str(size)], limits=IMAGE_LIMITS)
        path.chmod(0o600)  # for whoever QEMU runs as; libvirt hands it over
        self._flush(path)

    def spare(self, guest: str, number: int) -> Path:
        """Beside a volume: what is to take its place once it is whole."""
        return self.home_of(guest) / f"{number}.spare.qcow2"

    def grow_volume(self, guest: str, number: int, size: int) -> None:
        """Of a guest that is off; content if it is as large already."""
        if self.size_of(guest, number) < size:
            command.run(["qemu-img", "resize", "-q", "-f", "qcow2", self.volume(guest, number), str(size)], limits=IMAGE_LIMITS)
            self._flush(self.volume(guest, number))

    def cut_volume(self, guest: str, number: int, size: int) -> None:
        """Take back what was grown, before anybody wrote there."""
        if self.size_of(guest, number) > size:
            command.run(["qemu-img", "resize", "-q", "--shrink", "-f", "qcow2", self.volume(guest, number), str(size)], limits=IMAGE_LIMITS)
            self._flush(self.volume(guest, number))

    def size_of(self, guest: str, number: int) -> int:
        """Of the disk as the guest sees it, in bytes; also while QEMU has it open."""
        return int(self._describe(self.volume(guest, number))["virtual-size"])

    def has_snapshots(self, guest: str, number: int) -> bool:
        return bool(self._describe(self.volume(guest, number)).get("snapshots"))

    def compact_to_spare(self, guest: str, number: int) -> None:
        """Copy what a volume holds, and not what its guest freed; a backing image stays the backing image."""
        volume, spare = self.volume(guest, number), self.spare(guest, number)
        self.remove_spare(guest, number)
        backing = self._describe(volume).get("full-backing-filename")
        shared = ["-B", str(backing), "-F", "qcow2"] if backing else []
        command.run(
            ["qemu-img", "convert", "-q", "-f", "qcow2", "-O", "qcow2", *shared, volume, spare], limits=COPY_LIMITS, seconds=COPYING
        )
        spare.chmod(0o600)
        self._flush(spare)

    def clone_to_spare(self, guest: str, number: int, size: int, image: Path) -> None:
        self._overlay(self.spare(guest, number), size, image)

    def remove_spare(self, guest: str, number: int) -> None:
        self.spare(guest, number).unlink(missing_ok=True)

    def swap_in_spare(self, guest: str, number: int) -> None:
        """One rename, so there is always a whole volume; content if it was done already."""
        spare = self.spare(guest, number)
        if spare.exists():
            spare.rename(self.volume(guest, number))
            flush_folder(self.home_of(guest))

    def _describe(self, volume: Path) -> dict[str, Any]:
        """`-U` reads a file that QEMU has open; it is only looked at."""
        told = command.run(["qemu-img", "info", "-U", "-f", "qcow2", "--output=json", volume], limits=IMAGE_LIMITS).stdout
        found: dict[str, Any] = msgspec.json.decode(told)
        return found

    def remove_home(self, guest: str) -> None:
        """Remove all files of a guest; content if there are none, or some are gone."""
        home = self.home_of(guest)
        if home.exists():
            shutil.rmtree(home)
            flush_folder(self._guests)

    def _flush(self, volume: Path) -> None:
        """The file first: that is the one write; its names are mostly on disk with it."""
        flush(volume)
        flush_folder(self._guests)


def flush(path: Path) -> None:
    """Have a file and its name on disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _may_enter(status: os.stat_result, user: int) -> bool:
    return bool(status.st_mode & (stat.S_IXUSR if status.st_uid == user else stat.S_IXOTH))
