"""A managed host: namespaces with NetworkManager and firewalld of the distribution on a private D-Bus.

    with ManagedHost(3, card="lan3", profile=DYNAMIC) as host:
        host.run(["nmcli", "device"])

Its card hangs on a switch of tests/lab, so this process can talk to it. What it writes to /etc, /opt and /var is its own.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from tests.installer import inside
from tests.lab.switch import Switch, ip
from tests.waiting import wait_until

PROFILE_UUID = "5b5f7f2e-0000-4000-8000-000000000001"
STATIC = """\
[connection]
id=office
uuid={uuid}
type=ethernet
interface-name={card}
zone=public

[ipv4]
method=manual
address1={address}/24,{gateway}
address2=198.51.100.{number}/24
dns=192.0.2.53;
dns-search=example.org;
route1=203.0.113.0/24,{gateway},50

[ipv6]
method=manual
addr-gen-mode=eui64
address1=2001:db8::{number}/64
"""
DYNAMIC = """\
[connection]
id=office
uuid={uuid}
type=ethernet
interface-name={card}

[ipv4]
method=auto
dhcp-client-id=nano-test

[ipv6]
method=disabled
"""


class ManagedHost:
    """Host `number` (1-250) on a switch, by default that of this process. `profile` is a NetworkManager keyfile with gaps."""

    def __init__(
        self,
        number: int,
        *,
        card: str = "lan3",
        profile: str = STATIC,
        services: str = "networkmanager",
        switch: Switch | None = None,
    ) -> None:
        self.switch = switch or Switch.shared()
        self.number = number
        self.card = card
        self.name = f"{self.switch.name}m{number}"
        self.address = self.switch.address_of(number)
        self.gateway = self.switch.address
        self.folder = self.switch.folder / self.name
        self._profile = profile
        self._services = services
        self.pid = 0

    def __enter__(self) -> Self:
        shutil.rmtree(self.folder, ignore_errors=True)
        (self.folder / "profiles").mkdir(parents=True)
        gaps = {"uuid": PROFILE_UUID, "card": self.card, "address": self.address, "gateway": self.gateway, "number": self.number}
        text = self._profile.format(**gaps)
        (self.folder / "profiles" / "office.nmconnection").write_text(text)
        try:
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def inside(self, arguments: Sequence[str | Path]) -> list[str]:
        """The same command, run in this host."""
        return ["nsenter", "-t", str(self.pid), "-m", "-u", "-i", "-n", "-p", "--", *map(str, arguments)]

    def run(self, arguments: Sequence[str | Path], **options: Any) -> subprocess.CompletedProcess[str]:
        """Run a command in this host to its end; options as subprocess.run. A failure shows what it said."""
        defaults: dict[str, Any] = {"stdin": subprocess.DEVNULL, "capture_output": True, "text": True, "timeout": 60}
        check = options.pop("check", True)
        answer: subprocess.CompletedProcess[str] = subprocess.run(self.inside(arguments), check=False, **(defaults | options))
        assert not check or answer.returncode == 0, f"{arguments}: exit code {answer.returncode}\n{answer.stdout}\n{answer.stderr}"
        return answer

    def popen(self, arguments: Sequence[str | Path], **options: Any) -> subprocess.Popen[bytes]:
        """Start a command in this host; it ends with the host at the latest."""
        defaults: dict[str, Any] = {"stdin": subprocess.DEVNULL}
        return subprocess.Popen(self.inside(arguments), **(defaults | options))

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Kill the program behind a Popen of `popen`; killing nsenter alone would leave it running."""
        for child in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split():
            os.kill(int(child), signal.SIGKILL)
        process.wait(10)

    def unplug(self) -> None:
        """Pull the cable at the switch's end."""
        ip("link", "set", f"{self.switch.name}p{self.number}", "down")

    def plug_in(self) -> None:
        ip("link", "set", f"{self.switch.name}p{self.number}", "up")

    def path(self, inside_host: str | Path) -> Path:
        """A file of this host, as this process sees it."""
        return Path(f"/proc/{self.pid}/root") / str(inside_host).lstrip("/")

    def close(self) -> None:
        """End every process of this host and remove what it leaves; content if there is nothing."""
        process = getattr(self, "_process", None)
        if process is not None:
            process.kill()
            process.wait(10)
            for pipe in (process.stdin, process.stdout):
                pipe.close()
            wait_until(lambda: not self.pid or not Path(f"/proc/{self.pid}").exists(), 10, "the managed host to end")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self) -> None:
        with (self.folder / "init.log").open("wb") as log:
            words = ["setpriv", "--pdeathsig", "KILL", sys.executable, inside.__file__]
            words += ["enter", str(self.folder), self.name, self._services]
            self._process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, cwd="/")
        self._expect(b"plug\n")
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
        self.pid = int(children[0])
        self.switch.plug(self.number, self.pid)
        assert self._process.stdin is not None
        self._process.stdin.write(f"{self.card}\n".encode())
        self._process.stdin.flush()
        self._expect(b"ready\n")

    def _expect(self, word: bytes) -> None:
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        if said != word:
            raise RuntimeError(f"managed host {self.name} did not start:\n{(self.folder / 'init.log').read_text()}")
