"""A simulated host: namespaces with their own libvirtd, address and control groups, gone without a trace afterwards.

    with SimulatedHost(1) as one, SimulatedHost(2) as two:
        one.run(["ping", "-c1", two.address])
        libvirt.open(one.libvirt_uri)

It starts in about half a second. It dies with the process that made it, also when that is killed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from tests.lab import cgroups, inside
from tests.lab.switch import Switch
from tests.waiting import wait_until

CAPABILITIES = "qemu/capabilities"
LIBVIRTD_CONF = """\
host_uuid = "00000000-0000-4000-8000-{number:012d}"
unix_sock_rw_perms = "0700"
auth_unix_rw = "none"
listen_tls = 0
log_outputs = "2:file:/var/log/libvirt/libvirtd.log"
"""
# No second virtlogd, no device nodes of its own, everything as root: what differs from an installed host is the
# isolation of QEMU from the host, which no test here is about.
QEMU_CONF = """\
user = "root"
group = "root"
dynamic_ownership = 0
remember_owner = 0
security_driver = "none"
namespaces = []
stdio_handler = "file"
migration_host = "{address}"
"""


class SimulatedHost:
    """Host `number` (1-250) on a switch, by default that of this process. `address` is 10.77.<x>.<number>."""

    def __init__(self, number: int, switch: Switch | None = None) -> None:
        self.switch = switch or Switch.shared()
        self.number = number
        self.name = f"{self.switch.name}h{number}"
        self.address = self.switch.address_of(number)
        self.folder = self.switch.folder / self.name
        self.pid = 0

    def __enter__(self) -> Self:
        try:
            self._write_folder()
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def libvirt_uri(self) -> str:
        """Opens this host's libvirt from outside, through its view of /run."""
        return f"qemu+unix:///system?socket=/proc/{self.pid}/root/run/libvirt/libvirt-sock"

    def inside(self, arguments: Sequence[str | Path]) -> list[str]:
        """The same command, run in this host; files are those of this machine, except /run and libvirt's."""
        return ["nsenter", "-t", str(self.pid), "-a", "--", *map(str, arguments)]

    def run(self, arguments: Sequence[str | Path], **options: Any) -> subprocess.CompletedProcess[str]:
        """Run a command in this host to its end; options as subprocess.run. Raises CalledProcessError when it fails."""
        defaults: dict[str, Any] = {"stdin": subprocess.DEVNULL, "capture_output": True, "text": True, "check": True, "timeout": 60}
        answer: subprocess.CompletedProcess[str] = subprocess.run(self.inside(arguments), **(defaults | options))
        return answer

    def popen(self, arguments: Sequence[str | Path], **options: Any) -> subprocess.Popen[bytes]:
        """Start a command in this host; it ends with the host at the latest. The Popen is nsenter's, which passes
        on the exit code; to signal the program itself use `kill`."""
        defaults: dict[str, Any] = {"stdin": subprocess.DEVNULL}
        return subprocess.Popen(self.inside(arguments), **(defaults | options))

    def kill(self, process: subprocess.Popen[bytes], number: int = signal.SIGKILL) -> None:
        """Signal the program behind a Popen of `popen`, and wait for its end if the signal is SIGKILL."""
        for child in _children(process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, number)
        if number == signal.SIGKILL:
            process.wait(10)

    def close(self) -> None:
        """End every process of this host and remove what it leaves; content if there is nothing."""
        process = getattr(self, "_process", None)
        if process is not None:
            _end(process)
        cgroups.sweep(self.name)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _write_folder(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        for name in inside.BOUND:
            (self.folder / name).mkdir(parents=True)
        etc = self.folder / "etc"
        shutil.copytree("/etc/libvirt", etc, dirs_exist_ok=True)
        shutil.rmtree(etc / "qemu", ignore_errors=True)  # networks and guests of this machine
        (etc / "qemu" / "networks").mkdir(parents=True)
        (etc / "libvirtd.conf").write_text(LIBVIRTD_CONF.format(number=self.number))
        (etc / "qemu.conf").write_text(QEMU_CONF.format(address=self.address))
        (self.folder / "hosts").write_text(f"127.0.0.1 localhost\n{self.address} {self.name}\n")
        _borrow_capabilities(self.folder / "cache")

    def _start(self) -> None:
        log = (self.folder / "init.log").open("wb")
        me = ["setpriv", "--pdeathsig", "KILL", sys.executable, inside.__file__, "enter", str(self.folder), self.name, self.address]
        self._process = subprocess.Popen(me, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, cwd="/")
        log.close()
        self._expect(b"plug\n")
        [self.pid] = _children(self._process.pid)
        self.switch.plug(self.number, self.pid)
        assert self._process.stdin is not None
        self._process.stdin.write(b"go\n")
        self._process.stdin.flush()
        self._expect(b"ready\n")

    def _expect(self, word: bytes) -> None:
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        if said != word:
            raise RuntimeError(f"simulated host {self.name} did not start:\n{(self.folder / 'init.log').read_text()}")


def _borrow_capabilities(cache: Path) -> None:
    """What this machine's libvirt found out about QEMU (12 s of probing) holds for the same QEMU in a host, too."""
    known = Path("/var/cache/libvirt") / CAPABILITIES
    if known.is_dir():
        shutil.copytree(known, cache / CAPABILITIES, dirs_exist_ok=True)


def _children(pid: int) -> list[int]:
    with contextlib.suppress(FileNotFoundError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _end(process: subprocess.Popen[bytes]) -> None:
    """Killing `unshare` kills the host's first process, and that every other one in it."""
    first = _children(process.pid)
    process.kill()
    process.wait(10)
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in first), 10, "the simulated host to end")
