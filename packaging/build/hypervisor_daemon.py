"""Have libvirt running: through systemd where that runs the machine, by hand elsewhere (containers, this project's tests)."""

from __future__ import annotations

import contextlib
import grp
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

from progress import BUILD, Failed, step
from system_packages import as_root

SYSTEMD = Path("/run/systemd/system")
PIDS = BUILD / "run"
OWNER = PIDS / "libvirt.owner"
MODULAR = [f"virt{part}d.socket" for part in ("log", "qemu", "network", "nodedev", "nwfilter", "secret", "storage", "interface", "proxy")]
SECONDS = 20


class Started(NamedTuple):
    """What `ensure` had to start by hand, to be stopped by the same hands; empty when libvirt ran already."""

    pid_files: tuple[Path, ...] = ()

    def stop(self) -> None:
        """Stop our daemons; guests go on running, because QEMU is no child of theirs."""
        for pid_file in self.pid_files:
            _stop(pid_file)
        if self.pid_files:
            OWNER.unlink(missing_ok=True)


def ensure() -> Started:
    """Start libvirt unless it answers already. Raises Failed when it does not answer within 20 s."""
    if not SYSTEMD.is_dir():
        _share_kvm(Path("/dev/kvm"))
    if answers():
        return inherited()
    with step("start libvirt"):
        if SYSTEMD.is_dir():
            _start_by_systemd()
            started = Started()
        else:
            started = _start_by_hand()
        _wait()
    with step("let libvirt ask QEMU what it can do"):
        _virsh("version", seconds=120)  # 12 s the first time, then cached; it would look like a slow first guest
    return started


def inherited() -> Started:
    """Daemons that an earlier build.py started and could not stop, because it was killed itself."""
    if not OWNER.exists() or _is_build(OWNER.read_text()):
        return Started()
    files = [PIDS / f"{name}.pid" for name in ("libvirtd", "virtlogd")]
    OWNER.write_text(str(os.getpid()))
    return Started(tuple(file for file in files if _living(file)))


def answers() -> bool:
    """Whether qemu:///system can be opened and asked something."""
    return _virsh("uri", seconds=10)


def _virsh(command: str, *, seconds: float) -> bool:
    arguments = ["virsh", "-q", "-c", "qemu:///system", command]
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        return subprocess.run(arguments, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=False).returncode == 0
    return False


def _is_build(pid: str) -> bool:
    with contextlib.suppress(OSError):
        return b"packaging/build" in Path(f"/proc/{pid.strip()}/cmdline").read_bytes()
    return False


def _start_by_systemd() -> None:
    """Debian runs one libvirtd; CentOS runs one daemon per driver, started by their sockets."""
    modular = Path("/usr/lib/systemd/system/virtqemud.socket").exists()
    units = MODULAR if modular else ["libvirtd.service"]
    subprocess.run([*as_root(), "systemctl", "start", *units], stdin=subprocess.DEVNULL, check=False)


def _start_by_hand() -> Started:
    """virtlogd first: the QEMU driver hands every guest's serial log to it and refuses to start a guest without."""
    PIDS.mkdir(parents=True, exist_ok=True)
    OWNER.write_text(str(os.getpid()))
    pid_files = []
    for name in ("virtlogd", "libvirtd"):
        pid_file = PIDS / f"{name}.pid"
        if not _living(pid_file):
            _daemon(name, pid_file)
        pid_files.append(pid_file)
    return Started(tuple(reversed(pid_files)))


def _share_kvm(device: Path) -> None:
    """What udev does (50-udev-default.rules) where there is none: let group kvm use the device.

    Otherwise libvirt 9.0 forgets at every call what it knows of QEMU, because KVM was there when it asked and is not for
    QEMU's user, and asks again: 8 to 16 s each.
    """
    with contextlib.suppress(LookupError, OSError):
        owner = device.stat()
        if owner.st_gid == 0 and not owner.st_mode & 0o060:
            os.chown(device, owner.st_uid, grp.getgrnam("kvm").gr_gid)
            device.chmod(0o660)


def _daemon(name: str, pid_file: Path) -> None:
    program = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if program is None:
        raise Failed(f"{name} is not installed; run this again, or install libvirt by hand")
    log = BUILD / "log" / f"{name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        subprocess.run(
            [*as_root(), program, "-d", "-p", str(pid_file)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
        )


def _wait() -> None:
    deadline = time.monotonic() + SECONDS
    while not answers():
        if time.monotonic() > deadline:
            raise Failed(f"libvirt does not answer on qemu:///system after {SECONDS} s; see {BUILD / 'log'}/libvirtd.log and virsh uri")
        time.sleep(0.1)


def _living(pid_file: Path) -> int:
    """The process of a pid file, or 0; the name is compared because numbers are used again after a restart of the machine."""
    with contextlib.suppress(OSError, ValueError):
        pid = int(pid_file.read_text())
        if Path(f"/proc/{pid}/comm").read_text().strip() == pid_file.stem:
            return pid
    return 0


def _stop(pid_file: Path) -> None:
    pid = _living(pid_file)
    if pid == 0:
        return
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + SECONDS
    while _living(pid_file) and time.monotonic() < deadline:
        time.sleep(0.05)
