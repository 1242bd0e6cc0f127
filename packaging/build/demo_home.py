"""The demo's own home in build/home: settings, ports that are free, and no trace of an earlier run that was killed."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from progress import BUILD, ROOT, Failed, run, step

from appliance.settings import ApiSettings, CellSettings, Credential, DomainSettings, FrontEndSettings
from nano_runtime import config, secrets
from nano_runtime.home import Home
from nano_runtime.interfaces import up_interfaces

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FOLDER = BUILD / "home"
VIRSH = ("virsh", "-q", "-c", "qemu:///system")
DOMAIN = "nano-demo"


@dataclass(frozen=True)
class DemoHome:
    """Where the demo's appliance lives and how it is reached. `key` signs requests (Nano-HMAC-SHA256) as `id`."""

    home: Home
    address: str
    portal_port: int
    api_port: int
    id: str
    key: str

    @property
    def portal(self) -> str:
        return f"https://{self.address}:{self.portal_port}/"

    @property
    def api(self) -> str:
        return f"https://{self.address}:{self.api_port}"

    @property
    def setup_code(self) -> str:
        return (self.home.data / "setup-code").read_text().strip()


def prepare() -> DemoHome:
    """Write a fresh home. The demo has a domain of its own, so that an appliance on this network is left alone."""
    clear()
    home = Home(FOLDER)
    home.create()
    address = host_address()
    made = DemoHome(home, address, free_port(address, 5850), free_port(address, 5870), "demo", secrets.token())
    credential = Credential(id=made.id, key=made.key)
    config.save(home.config / "domain.cfg", DomainSettings(domain=DOMAIN, listen_address=address))
    config.save(home.config / "api.cfg", ApiSettings(port=made.api_port, credentials=[credential]))
    config.save(
        home.config / "frontend.cfg",
        FrontEndSettings(port=made.portal_port, service_port=made.api_port, api_id=made.id, api_key=made.key),
    )
    config.save(home.config / "cell.cfg", CellSettings())
    return made


def start() -> None:
    run("appliance", nano("start"), hint=f"its own logs are in {FOLDER.relative_to(ROOT)}/log")


def stop() -> None:
    run("stop the appliance", nano("stop"))


def nano(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "appliance", *arguments, "--home", str(FOLDER)]


def clear() -> None:
    """Remove what an earlier demo left: a running appliance, its guests, its home. Content if there is nothing."""
    if not FOLDER.exists():
        return
    with step("clear away an earlier demo"):
        subprocess.run(nano("halt"), cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
        for guest in _guests_below(FOLDER):
            _virsh("destroy", guest)
            _virsh("undefine", "--nvram", "--managed-save", "--snapshots-metadata", "--checkpoints-metadata", guest)
        shutil.rmtree(FOLDER)


def _guests_below(folder: Path) -> Iterable[str]:
    """Guests whose disks lie in the folder. Asked of libvirt itself, because the appliance may have been killed half-way."""
    names = _virsh("list", "--all", "--uuid").split()
    return [name for name in names if str(folder) in _virsh("dumpxml", name)]


def _virsh(*arguments: str) -> str:
    command = [*VIRSH, *arguments]
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False).stdout


def host_address() -> str:
    """The first address that is not loopback, so that a browser elsewhere can open the portal, too."""
    return next((interface.address for interface in up_interfaces()), "127.0.0.1")


def free_port(address: str, wanted: int) -> int:
    """The port of the design, or the next free one where an appliance of this host has it already."""
    for port in range(wanted, wanted + 100):
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
            return port
    raise Failed(f"no free TCP port from {wanted} to {wanted + 99} on {address}")
