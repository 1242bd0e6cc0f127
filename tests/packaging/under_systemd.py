"""A real systemd with our unit and the frozen program: in namespaces of its own, on this machine's files, beside its libvirt."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tests.running import ROOT
from tests.waiting import wait_until

if TYPE_CHECKING:
    from tests.running import Appliance

UNIT = ROOT / "packaging" / "nano" / "nano.service"
DEVICES = ("null", "zero", "full", "random", "urandom", "tty", "kvm")

PREPARE = """
set -eu
mount --make-rprivate /
mount -t tmpfs tmpfs "$WORK" && mkdir "$WORK/root" "$WORK/upper" "$WORK/work"
root="$WORK/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$WORK/upper,workdir=$WORK/work" "$root"
mount -t proc proc "$root/proc"
mount -t sysfs -o ro sysfs "$root/sys"
mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for device in $DEVICES; do
    if [ -e "/dev/$device" ]; then touch "$root/dev/$device"; mount --bind "/dev/$device" "$root/dev/$device"; fi
done
touch "$root/dev/console"; mount --bind /dev/null "$root/dev/console"
mkdir "$root/dev/shm" "$root/dev/pts"; ln -s /proc/self/fd "$root/dev/fd"
mkdir -p "$WORK/libvirt"; mount --bind /run/libvirt "$WORK/libvirt"
mount -t tmpfs -o mode=755 tmpfs "$root/run"; mkdir "$root/run/libvirt"; mount --bind "$WORK/libvirt" "$root/run/libvirt"
mount -t tmpfs tmpfs "$root/tmp"
mkdir -p "$root/opt/nano" "$root$STORAGE"
mount --bind "$NANO_HOME" "$root/opt/nano"
mkdir -p "$root/opt/nano/bin"; mount --bind "$PROGRAM" "$root/opt/nano/bin"
mount --bind "$STORAGE" "$root$STORAGE"
rm -rf "$root"/etc/systemd/system/*.wants
cp "$UNIT" "$root/etc/systemd/system/nano.service"
mkdir -p "$root/etc/systemd/system/nano.service.d"
printf '[Service]\\nWatchdogSec=%s\\n' "$WATCHDOG" > "$root/etc/systemd/system/nano.service.d/test.conf"
exec env -i container=test PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot "$root" /lib/systemd/systemd --system --unit=nano.service
"""


class Systemd:
    """Process 1 of its own, with nano.service as the target; its cgroups lie below one that is removed at the end."""

    def __init__(self, appliance: Appliance, program: Path, storage: Path, *, watchdog: int) -> None:
        self._work = Path(tempfile.mkdtemp(prefix="nano-systemd-"))
        self._cgroup = _cgroup_root() / self._work.name
        self._cgroup.mkdir()
        environment = {
            "PATH": os.environ["PATH"],
            "WORK": str(self._work),
            "DEVICES": " ".join(DEVICES),
            "STORAGE": str(storage),
            "NANO_HOME": str(appliance.home.path),
            "PROGRAM": str(program),
            "UNIT": str(UNIT),
            "WATCHDOG": str(watchdog),
        }
        enter = f'echo $$ > "{self._cgroup}/cgroup.procs"; exec unshare --mount --pid --fork --cgroup --uts --ipc --kill-child sh -c "$0"'
        self._process = subprocess.Popen(
            ["sh", "-c", enter, PREPARE], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_until(lambda: self.state().get("ActiveState"), 20, "systemd to answer")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """In its namespaces, as its root."""
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
        enter = ["nsenter", "-t", children[0], "-m", "-p", "-C", "chroot", str(self._work / "root")] if children else ["false"]
        return subprocess.run([*enter, *command], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30, check=False)

    def state(self) -> dict[str, str]:
        """What systemd knows of the unit."""
        names = "ActiveState,SubState,MainPID,NRestarts,StatusText,Result"
        lines = self.run("systemctl", "show", "nano.service", "-p", names).stdout.splitlines()
        return dict(line.split("=", 1) for line in lines if "=" in line)

    def signal_service(self, number: signal.Signals) -> None:
        self.run("kill", f"-{number.value}", self.state()["MainPID"])

    def close(self) -> None:
        self._process.kill()
        self._process.wait(20)
        wait_until(self._is_gone, 20, "its processes to end and their cgroups to go")
        with suppress(OSError):
            shutil.rmtree(self._work)

    def _is_gone(self) -> bool:
        """Remove its cgroups, deepest first; one that still has a process stays for the next try."""
        for folder in sorted((path for path in self._cgroup.rglob("*") if path.is_dir()), reverse=True):
            with suppress(OSError):
                folder.rmdir()
        with suppress(OSError):
            self._cgroup.rmdir()
        return not self._cgroup.exists()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _cgroup_root() -> Path:
    """Where the one hierarchy of cgroup 2 is mounted, beside the older ones or alone."""
    lines = [line.split() for line in Path("/proc/mounts").read_text().splitlines()]
    return next(Path(line[1]) for line in lines if line[2] == "cgroup2")
