"""A real appliance for a test: processes of its own, in a home of its own, on ports and a domain that nobody else uses.

with Appliance(tmp_path / "home", uri=libvirt_uri) as appliance:
    appliance.start()
    status, answer = appliance.call("GET", "/api/v1/compute_pools/")
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
import uuid
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from appliance import first_run
from appliance.http import tokens
from appliance.rights import Caller, Right
from appliance.settings import ApiSettings, Credential
from nano_runtime import config, daemon
from nano_runtime.home import Home
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parent.parent
MIB = 1024**2


def wish(name: str, **fields: Any) -> dict[str, Any]:
    """The body of POST /guests/ for a small blank guest in the default pool."""
    small = {"owner": "tester", "group": "testers", "pool": "default", "cores": 1, "memory": 32 * MIB, "disks": [8 * MIB]}
    return small | {"name": name, "template": "standard"} | fields


def free_port() -> int:
    """A TCP port of loopback that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Appliance:
    """Everything about one home. `address` is where Core listens; `enter` turns a command into one that runs on another host."""

    def __init__(
        self,
        folder: Path,
        *,
        uri: str = "qemu:///system",
        address: str = "127.0.0.1",
        domain: str = "",
        group_port: int = 0,
        enter: Callable[[Sequence[str]], list[str]] = list,
        wait: float = 30,
    ) -> None:
        self.home = Home(folder)
        self.address = address
        self.domain = domain or f"test-{uuid.uuid4().hex[:8]}"
        self.group_port = group_port or free_port()
        self.api_port, self.portal_port = free_port(), free_port()
        self._enter = enter
        self._wait = wait
        self._processes: list[subprocess.Popen[bytes]] = []
        first_run.prepare(self.home, address)
        self.configure("domain.cfg", domain=self.domain, group_port=self.group_port, listen_address=address)
        self.configure("api.cfg", port=self.api_port)
        self.configure("frontend.cfg", address=address, port=self.portal_port, service_port=self.api_port)
        self.configure("cell.cfg", hypervisor=uri, storage=str(folder / "storage"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def configure(self, file: str, **fields: Any) -> None:
        """Change fields of a configuration file, whether they fit or not."""
        path = self.home.config / file
        path.write_text(json.dumps(json.loads(path.read_text()) | fields))
        path.chmod(0o600)

    def nano(self, *arguments: str, timeout: float = 60, input: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run a command of the program to its end."""
        command = self._enter([sys.executable, "-m", "appliance", arguments[0], "--home", str(self.home.path), *arguments[1:]])
        return subprocess.run(
            command, cwd=ROOT, env=_environment(), input=input or "", capture_output=True, text=True, timeout=timeout, check=False
        )

    def start(self, roles: str = "core,cell,frontend") -> subprocess.Popen[bytes]:
        """Run these roles in a process that is a child of this one, and wait until they are ready."""
        output = (self.home.log / f"{roles}.out").open("ab")
        command = self._enter([sys.executable, "-m", "appliance", "run", "--home", str(self.home.path), "--roles", roles])
        process = subprocess.Popen(command, cwd=ROOT, env=_environment(), stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        self._processes.append(process)
        wanted = roles.split(",")
        wait_until(lambda: process.poll() is not None or self._is_ready(wanted), self._wait, f"{roles} to start")
        if process.poll() is not None:
            raise AssertionError(f"{roles} ended with {process.returncode}:\n{Path(output.name).read_text()}")
        return process

    def kill(self, role: str) -> None:
        """SIGKILL for the process that runs a role."""
        self.signal(role, signal.SIGKILL)

    def signal(self, role: str, number: int) -> None:
        """Signal the process that runs a role; after SIGKILL it is gone when this returns."""
        process = next(each for each in reversed(self._processes) if each.poll() is None and role in _roles_of(each))
        os.kill(_program(process), number)
        if number == signal.SIGKILL:
            process.wait(10)

    def call(self, method: str, path: str, body: Any = None, *, token: str | None = None, raw: bytes | None = None) -> tuple[int, Any]:
        """Ask the API with a bearer token; answers the HTTP status and the envelope."""
        headers = {"Authorization": f"Bearer {self.token() if token is None else token}"}
        data = raw if raw is not None else None if body is None else json.dumps(body).encode()
        status, content = self.ask(self.api_port, method, path, data, headers)
        return status, json.loads(content) if content[:1] in (b"{", b"[") else content

    def data(self, method: str, path: str, body: Any = None) -> Any:
        """As `call`, for a request that must work; answers its data."""
        status, answer = self.call(method, path, body)
        assert status < 300, f"{method} {path}: {status} {answer}"
        return answer["data"]

    def ask(self, port: int, method: str, path: str, data: bytes | None, headers: dict[str, str]) -> tuple[int, bytes]:
        """One HTTPS request to a port of this appliance, which must prove that it is this domain's."""
        connection = http.client.HTTPSConnection(self.address, port, timeout=30, context=self.trust())
        try:
            connection.request(method, path, data, {"Content-Type": "application/json"} | headers if data else headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.home.cert / "nano_ca.crt.pem"))

    def credential(self) -> Credential:
        return config.load(self.home.config / "api.cfg", ApiSettings).credentials[0]

    def token(
        self, *, user: str = "tester", group: str = "testers", rights: frozenset[Right] = frozenset(Right), seconds: float = 60
    ) -> str:

        return tokens.mint(self.credential(), Caller(user=user, group=group, rights=rights), seconds, time.time())

    def add_cell(self) -> str:
        """Put the one cell that is in no pool into the default pool, and wait until it can take guests; answers its name."""
        cells = wait_until(lambda: [each for each in self.data("GET", "/api/v1/compute_pool_cells/") if each["alive"]], 10, "a cell")
        name: str = cells[0]["name"]
        self.data("POST", f"/api/v1/compute_pool_cells/default/{name}")
        self.await_room()
        return name

    def await_room(self) -> None:
        """Wait until every cell of the default pool has described itself and can run guests."""
        wait_until(lambda: self.data("GET", "/api/v1/compute_pool_status/default")["max_memory"], 10, "the default pool to have room")
        wait_until(lambda: not any(map(_obstacle, self.data("GET", "/api/v1/compute_pool_cells/default"))), 10, "the cells to be ready")

    def guest(self, name: str, **fields: Any) -> str:
        """Create a guest of 32 MiB from the built-in image and wait until it is there; answers its id."""
        images = self.data("GET", "/api/v1/disk_image_search/")
        id: str = self.data("POST", "/api/v1/guests/", wish(name, from_image=images[0]["id"], **fields))["id"]
        wait_until(lambda: self.call("GET", f"/api/v1/guests/{id}")[0] == 200, 20, f"guest {name} to be created")
        return id

    def state_of(self, guest: str) -> str:
        state: str = self.data("GET", f"/api/v1/guests/{guest}")["state"]
        return state

    def await_state(self, guest: str, state: str, seconds: float = 15) -> None:
        wait_until(lambda: self.state_of(guest) == state, seconds, f"guest {guest} to be {state}")

    def remove_guests(self) -> None:
        """Delete every guest, running or not; for the end of a test."""
        for guest in self.data("POST", "/api/v1/search/guests/", {"limit": 1000})["result"]:
            if guest["running"]:
                self.call("DELETE", f"/api/v1/instances/{guest['id']}", {"force": True})
                self.await_state(guest["id"], "stopped")
            self.call("DELETE", f"/api/v1/guests/{guest['id']}", {})

    def close(self) -> None:
        for process in self._processes:
            if process.poll() is None:
                with suppress(ProcessLookupError):
                    os.kill(_program(process), signal.SIGTERM)
        for process in self._processes:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                os.kill(_program(process), signal.SIGKILL)
                process.wait(10)

    def _is_ready(self, roles: list[str]) -> bool:
        if not set(roles) <= set(daemon.running(self.home)):
            return False
        try:
            return all(daemon.ask(self.home, role, "status").get(role) for role in roles)
        except Exception:
            return False


def _obstacle(cell: dict[str, Any]) -> bool:
    return not cell["alive"] or bool(cell.get("problem"))


def _program(process: subprocess.Popen[bytes]) -> int:
    """The process itself, or the one that nsenter waits for; its number here, whatever it is called in its own namespace."""
    pid = process.pid
    while b"nsenter" in Path(f"/proc/{pid}/cmdline").read_bytes().partition(b"\0")[0]:
        pid = int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])
    return pid


def _roles_of(process: subprocess.Popen[bytes]) -> list[str]:
    arguments = [str(part) for part in process.args]  # type: ignore[union-attr]  # always a list here
    return arguments[arguments.index("--roles") + 1].split(",")


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}
