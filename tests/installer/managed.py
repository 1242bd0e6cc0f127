"""A managed host: namespaces with NetworkManager and firewalld of the distribution on a private D-Bus.

    with ManagedHost(3, card="lan3", profiles={"office": STATIC.format(...)}) as host:
        host.run(["nmcli", "device"])

Its card hangs on a switch of tests/lab, so this process can talk to it. What it writes to /etc, /opt and /var is its own.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from tests.installer import inside
from tests.lab.switch import Switch
from tests.waiting import wait_until


class ManagedHost:
    """Host `number` (1-250) on a switch, by default that of this process. `profiles` are NetworkManager keyfiles by name."""

    def __init__(
        self,
        number: int,
        *,
        card: str = "lan3",
        profiles: Mapping[str, str] | None = None,
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
        self._profiles = profiles or {}
        self._services = services
        self.pid = 0

    def __enter__(self) -> Self:
        shutil.rmtree(self.folder, ignore_errors=True)
        (self.folder / "profiles").mkdir(parents=True)
        for name, text in self._profiles.items():
            (self.folder / "profiles" / f"{name}.nmconnection").write_text(text)
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
