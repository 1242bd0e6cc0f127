"""A Cell on a real libvirt, asked as Core would ask it, and gone without a trace afterwards."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import libvirt
import msgspec

from appliance.cell.service import CellService
from appliance.protocol.cells import CellStatus
from appliance.protocol.guests import CreateGuest, DiscardGuest, GuestReport, GuestSpec, GuestState, ListGuests
from appliance.protocol.images import NANO_HELLO
from appliance.settings import CellSettings
from nano_runtime.home import Home
from nano_runtime.messages import Dispatcher, Event, Peer, Request
from tests.waiting import wait_until

Answer = TypeVar("Answer")

MIB = 1 << 20
CORE = Peer(fingerprint="c0" * 32, name="core", role="core", address="127.0.0.1")


class FakeLink:
    """Core at the other end of a link; it only ever asks."""

    def __init__(self, peer: Peer) -> None:
        self.peer = peer

    def ask(self, request: Request[Answer], *, seconds: float = 10) -> Answer:
        raise AssertionError("the cell asked Core something")

    def tell(self, event: Event) -> None:
        raise AssertionError("events go through `tell` of the service")

    def close(self, reason: str) -> None:
        raise AssertionError(f"the cell closed the link: {reason}")


class CellUnderTest:
    """`service` and what it told. `restart` is what a crash and a new process look like, without the crash."""

    def __init__(self, folder: Path, uri: str, **options: Any) -> None:
        self.home = Home(folder / "home")
        self.settings = CellSettings(hypervisor=uri, storage=str(folder / "storage"), accelerator="tcg")
        self._options = options
        self.told: list[Event] = []
        self.core = CORE
        self.start()

    @property
    def storage(self) -> Path:
        return Path(self.settings.storage)

    def start(self) -> None:
        self._dispatcher = Dispatcher()
        self.service = CellService(self.home, self.settings, "cell-1", self._dispatcher, self.told.append, **self._options)
        self.service.start()

    def restart(self) -> None:
        self.service.stop()
        self.told.clear()
        self.start()
        self.wait_up()

    def wait_up(self) -> CellUnderTest:
        wait_until(lambda: self.service.status()["hypervisor"] == "up", 30, f"the cell to come up: {self.service.status()}")
        return self

    def ask(self, request: Request[Answer]) -> Answer:
        """Through the same encoding as over a link."""
        answer: Answer = self._dispatcher.receive(FakeLink(self.core), msgspec.Raw(msgspec.json.encode(request)))
        return answer

    def create(self, **changes: Any) -> GuestSpec:
        """A guest that boots the built-in image, unless told otherwise."""
        return self.ask(CreateGuest(spec=wanted(**changes))).spec

    def state(self, guest: str) -> GuestState:
        return next(report.state for report in self.guests() if report.spec.id == guest)

    def wait_for(self, guest: str, state: GuestState, seconds: float = 20) -> None:
        wait_until(lambda: self.state(guest) == state, seconds, f"guest to be {state}")

    def guests(self) -> list[GuestReport]:
        return self.ask(ListGuests(limit=100)).guests

    def news(self, kind: type[Event]) -> list[Any]:
        return [event for event in self.told if isinstance(event, kind)]

    def statuses(self) -> list[CellStatus]:
        return [event for event in self.told if isinstance(event, CellStatus)]

    def serial_output(self, guest: str) -> str:
        log = self.storage / "guests" / guest / "serial.log"
        return log.read_text(errors="replace") if log.exists() else ""

    def wait_booted(self, guest: str, times: int = 1) -> None:
        wait_until(lambda: self.serial_output(guest).count("first guest is up") >= times, 30, "the guest to say hello")

    def close(self) -> None:
        for guest in self.service._host.records.ids():
            self.ask(DiscardGuest(guest=guest))
        self.service.stop()


def wanted(**changes: Any) -> GuestSpec:
    given: dict[str, Any] = {"id": str(uuid.uuid4()), "image": NANO_HELLO.sha256, "disks": [2 * MIB], "memory": 16 * MIB, "cores": 1}
    given |= {"name": "ops.web", "owner": "ann", "group": "ops", "pool": "default", "created": time.time()}
    return GuestSpec(**given | changes)


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that QEMU's own user may enter; pytest's are closed to it."""
    folder = Path(tempfile.mkdtemp(prefix="nano-cell-", dir="/var/tmp"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def cell_on(uri: str, **options: Any) -> Iterator[CellUnderTest]:
    with open_folder() as folder:
        cell = CellUnderTest(folder, uri, **options)
        try:
            yield cell.wait_up()
        finally:
            cell.close()
            remove_leaked(uri, folder)


def remove_leaked(uri: str, folder: Path) -> None:
    """Domains that a failed test left behind; theirs would be the next test's trouble."""
    connection = libvirt.open(uri)
    for domain in connection.listAllDomains():
        with suppress(libvirt.libvirtError):  # another test may remove its own at this moment
            if str(folder) in domain.XMLDesc():
                if domain.isActive():
                    domain.destroy()
                domain.undefine()
    connection.close()


def everything_below(folder: Path) -> list[str]:
    """All files and folders, so that what leaked has a name."""
    return sorted(os.path.relpath(os.path.join(top, name), folder) for top, folders, files in os.walk(folder) for name in folders + files)
