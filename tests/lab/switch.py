"""The network between simulated hosts: one bridge, on which this process has an address too."""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import os
import shutil
import subprocess
from pathlib import Path
from typing import IO, ClassVar, Self

from tests.lab import cgroups

STATE = Path("/var/tmp/nano-lab")


class Switch:
    """A bridge `nlab<x>` with the network 10.77.<x>.0/24; x is the lowest that no other living process uses.

    The process that opens it has the address 10.77.<x>.254, so a Core under test may run right in pytest. What killed
    owners of other switches left behind is removed first.
    """

    _shared: ClassVar[Switch | None] = None

    def __init__(self) -> None:
        sweep_abandoned()
        self.number, self._lock = _claim_number()
        self.name = name_of(self.number)
        self.folder = STATE / self.name
        self.folder.mkdir()
        ip("link", "add", self.name, "type", "bridge")
        ip("addr", "add", f"{self.address}/24", "dev", self.name)
        ip("link", "set", self.name, "up")

    @classmethod
    def shared(cls) -> Switch:
        """The switch of this process, made when first asked for and removed at its end."""
        if cls._shared is None:
            cls._shared = cls()
            atexit.register(cls._shared.close)
        return cls._shared

    @property
    def address(self) -> str:
        return self.address_of(254)

    def address_of(self, host: int) -> str:
        return f"10.77.{self.number}.{host}"

    def plug(self, host: int, pid: int) -> None:
        """Give the network namespace of `pid` an interface eth0 on this switch."""
        port = f"{self.name}p{host}"
        ip("link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", str(pid))
        ip("link", "set", port, "master", self.name, "up")

    def close(self) -> None:
        _sweep(self.name)
        self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def sweep_abandoned() -> None:
    """Remove what killed owners left behind; a lock that can be had says that its owner is gone."""
    for folder in STATE.glob("nlab*"):
        lock = _lock(int(folder.name.removeprefix("nlab")))
        if lock is not None:
            _sweep(folder.name)
            lock.close()


def name_of(number: int) -> str:
    return f"nlab{number}"


def _sweep(name: str) -> None:
    """The folder goes last: as long as it is there, a later sweep finds what this one could not remove."""
    for link in _links(name):
        with contextlib.suppress(subprocess.CalledProcessError):  # the far end of a cable took it away already
            ip("link", "del", link)
    cgroups.sweep(f"{name}h*")
    shutil.rmtree(STATE / name, ignore_errors=True)


def _claim_number() -> tuple[int, IO[str]]:
    for number in range(1, 255):
        lock = _lock(number)
        if lock is not None:
            return number, lock
    raise RuntimeError(f"254 simulated switches are open; see {STATE}")


def _lock(number: int) -> IO[str] | None:
    """The lock of a number, or None while another process holds it. It goes with the process, however that ends."""
    STATE.mkdir(parents=True, exist_ok=True)
    lock = (STATE / f"{number}.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return lock


def _links(name: str) -> list[str]:
    """The bridge and the near ends of its cables."""
    return [link for link in os.listdir("/sys/class/net") if link == name or link.startswith(f"{name}p")]


def ip(*arguments: str) -> None:
    """Run ip(8); a failure shows what it said."""
    subprocess.run(["ip", *arguments], stdin=subprocess.DEVNULL, check=True)
