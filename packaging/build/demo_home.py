"""The demo's own home in build/home: settings, ports that are free, and no trace of an earlier run that was killed."""

from __future__ import annotations

import contextlib
import fcntl
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import stamps
from appliance import first_run
from appliance.settings import ApiSettings, CellSettings, Credential, DomainSettings, FrontEndSettings
from nano_runtime import config, secrets
from nano_runtime.home import Home
from nano_runtime.interfaces import up_interfaces
from progress import BUILD, LOGS, ROOT, Failed, run, step

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = BUILD / "home"
MARK = FOLDER / ".demo"
CHECKOUT = stamps.fingerprint(str(ROOT))[:8]
"""Keeps the demos of two checkouts on one machine apart."""

GUESTS = Path(f"/var/lib/libvirt/images/nano-demo-{CHECKOUT}")
"""Where QEMU's own user may read, whatever the permissions of the checkout, and SELinux expects disks."""

PROGRAM = [sys.executable, "-m", "appliance"]
"""How the appliance is called; `./build.py demo --binary` puts a frozen one here."""

VIRSH = ("virsh", "-q", "-c", "qemu:///system")
DOMAIN = f"nano-demo-{CHECKOUT}"


@dataclass(frozen=True)
class DemoHome:
    """Where the demo's appliance lives and how it is reached."""

    home: Home
    address: str
    portal_port: int
    api_port: int
    credential: Credential

    @property
    def portal(self) -> str:
        return f"https://{self.address}:{self.portal_port}/"

    @property
    def api(self) -> str:
        return f"https://{self.address}:{self.api_port}"

    @property
    def authority(self) -> Path:
        """The certificate that signs the appliance's own: what a client has to trust."""
        return self.home.cert / "nano_ca.crt.pem"

    @property
    def portal_certificate(self) -> Path:
        return self.home.cert / "frontend.crt.pem"

    @property
    def setup_code_file(self) -> Path:
        return self.home.data / "setup-code"


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Hold the demo's home for this process. Raises Failed while a demo or bench of this checkout has it."""
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise Failed("a demo or bench is running in this checkout already; wait for its end or interrupt it") from problem
        refuse_others()
        yield


def refuse_others() -> None:
    """Raises Failed for a home that is not the demo's: somebody runs an appliance by hand there."""
    if FOLDER.exists() and not MARK.exists() and any(FOLDER.iterdir()):
        where = FOLDER.relative_to(ROOT)
        raise Failed(f"{where} belongs to an appliance that was started by hand; stop it and move {where} away, then try again")


def prepare() -> DemoHome:
    """Write a fresh home. The demo has a domain of its own, so that an appliance on this network is left alone."""
    clear()
    home = Home(FOLDER)
    home.create()
    MARK.write_text("made by ./build.py demo, which removes it\n")
    address = host_address()
    made = DemoHome(home, address, free_port(5850), free_port(5870), Credential(id="demo", key=secrets.token()))
    _write_settings(made)
    first_run.prepare(home, address)
    return made


def _write_settings(made: DemoHome) -> None:
    folder, key = made.home.config, made.credential
    config.save(folder / "domain.cfg", DomainSettings(domain=DOMAIN, listen_address=made.address))
    config.save(folder / "api.cfg", ApiSettings(port=made.api_port, credentials=[key]))
    config.save(
        folder / "frontend.cfg",
        FrontEndSettings(port=made.portal_port, service_port=made.api_port, api_id=key.id, api_key=key.key),
    )
    config.save(folder / "cell.cfg", CellSettings(storage=str(GUESTS)))


def start() -> None:
    run("start the appliance", nano("start"), hint="its own logs are in build/log/demo")


def nano(*arguments: str) -> list[str]:
    return [*PROGRAM, *arguments, "--home", str(FOLDER)]


def _nano(verb: str) -> bool:
    with contextlib.suppress(subprocess.TimeoutExpired):
        return subprocess.run(nano(verb), cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False).returncode == 0
    return False


def clear() -> None:
    """Remove what an earlier demo left: a running appliance, its guests, its home. Content if there is nothing."""
    if not FOLDER.exists() and not GUESTS.exists():
        return
    with step("clear away an earlier demo"):
        remove()


def remove() -> None:
    """Stop what runs in the demo's home, then remove its guests and files. Content if there is nothing.

    Raises Failed, and touches nothing, if the home is not the demo's.
    """
    refuse_others()
    if FOLDER.exists() and not _nano("stop"):
        _nano("halt")
    if (FOLDER / "log").exists():
        shutil.copytree(FOLDER / "log", LOGS / "demo", dirs_exist_ok=True)  # what went wrong is asked afterwards
    for guest in guests_below(GUESTS):
        virsh("destroy", guest)
        virsh("undefine", "--nvram", "--managed-save", "--snapshots-metadata", "--checkpoints-metadata", guest)
    for folder in (GUESTS, FOLDER):
        if folder.exists():
            shutil.rmtree(folder)


def guests_below(folder: Path) -> list[str]:
    """Guests whose disks lie in the folder; asked of libvirt itself, because the appliance may have been killed half-way."""
    names = virsh("list", "--all", "--uuid").split()
    return [name for name in names if f"{folder}/" in virsh("dumpxml", name)]


def virsh(*arguments: str) -> str:
    command = [*VIRSH, *arguments]
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False).stdout


def hypervisor_versions() -> dict[str, str]:
    """Versions of libvirt and QEMU, in their own words ("libvirt 9.0.0")."""
    lines = [line.partition(": ") for line in virsh("version").splitlines()]
    told = {title: text for title, _, text in lines}
    return {"libvirt": told.get("Using library", ""), "qemu": told.get("Running hypervisor", "")}


def host_address() -> str:
    """The address that others reach this host by, so that a browser elsewhere can open the portal, too."""
    known = [interface.address for interface in up_interfaces()]
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # sends nothing; asks the routing table (RFC 5737: an address nobody has)
        chosen = str(probe.getsockname()[0])
        if chosen in known:
            return chosen
    return known[0] if known else "127.0.0.1"


def free_port(wanted: int) -> int:
    """The port of the design, or the next free one where an appliance of this host has it already."""
    for port in range(wanted, wanted + 20):
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("0.0.0.0", port))
            return port
    raise Failed(f"no free TCP port from {wanted} to {wanted + 19}")
