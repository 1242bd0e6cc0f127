"""A browser as far as the portal can tell, and a Core small enough to see through."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
from dataclasses import dataclass, field
from typing import Any

from appliance.core.api.guests import ConsoleQuery
from appliance.core.api.objects import AddressItem, GuestConfig, QosItem
from appliance.http.events import Hub
from appliance.http.routes import Answer, Feed
from appliance.rights import Caller
from nano_runtime.errors import NanoError, NotFound

API = "/api/v1"
PASSWORD = "Correct-horse-9"
SETUP = f"{API}/portal/setup"
SESSION = f"{API}/portal/session"
CHANNELS = f"{API}/monitor_channels/"
GUEST = "7d1b2a52-5a0c-4f0e-8a34-2a40f8b1e1a1"
EVIL_NAME = "<img src=x onerror=alert(1)>"


class SmallCore:
    """Core with one guest, whose console echoes. `away` is what every call fails with instead."""

    def __init__(self) -> None:
        self.away: NanoError | None = None
        self.callers: list[Caller] = []
        self.running = True
        self.hub = Hub()
        self.far_end: socket.socket | None = None
        self.guests = self
        self.events = self

    def get(self, caller: Caller, id: str) -> Answer[GuestConfig]:
        self._heard(caller)
        if id != GUEST:
            raise NotFound(f"there is no guest {id}")
        return Answer(guest(running=self.running))

    def console(self, caller: Caller, id: str, type: str) -> socket.socket:
        self._heard(caller)
        assert ConsoleQuery(type=type)
        ours, self.far_end = socket.socketpair()
        return ours

    def feed(self, caller: Caller) -> Feed:
        self._heard(caller)
        return self.hub.feed(caller)

    def _heard(self, caller: Caller) -> None:
        self.callers.append(caller)
        if self.away:
            raise self.away


def guest(*, running: bool) -> GuestConfig:
    return GuestConfig(
        id=GUEST,
        name=EVIL_NAME,
        created=True,
        progress=100,
        running=running,
        owner="admin",
        group="admin",
        cores=1,
        memory=1 << 30,
        total_disk=1 << 30,
        disks=[1 << 30],
        auto_start=False,
        internal=AddressItem(),
        external=AddressItem(),
        qos=QosItem(cpu_priority="medium"),
        state="running" if running else "stopped",
        monitor_secret="Vnc-secret",
    )


@dataclass(frozen=True)
class Heard:
    status: int
    headers: dict[str, str]
    text: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.text)


@dataclass
class Browser:
    """Keeps its cookie and CSRF token, and names its origin as browsers do."""

    port: int
    trust: ssl.SSLContext
    cookie: str = ""
    csrf: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Heard:
        link = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=10, context=self.trust)
        named = self.headers(method) | {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            link.request(method, path, None if body is None else json.dumps(body), named)
            answer = link.getresponse()
            heard = Heard(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            link.close()
        if "set-cookie" in heard.headers:
            self.cookie = heard.headers["set-cookie"].partition(";")[0]
        return heard

    def headers(self, method: str = "GET") -> dict[str, str]:
        named = {"Host": self.host, "Sec-Fetch-Site": "same-origin"}
        if method != "GET":
            named |= {"Origin": f"https://{self.host}", "Content-Type": "application/json"}
            named |= {"X-CSRF-Token": self.csrf} if self.csrf else {}
        return named | ({"Cookie": self.cookie} if self.cookie else {}) | self.extra

    def sign_in(self, user: str = "admin", password: str = PASSWORD) -> Heard:
        heard = self.ask("POST", f"{API}/portal/session", {"user": user, "password": password})
        if heard.status == 200:
            self.csrf = heard.json["data"]["csrf"]
        return heard

    def channel(self, **headers: str) -> str:
        heard = self.ask("POST", f"{API}/monitor_channels/", {"guest": GUEST}, **headers)
        assert heard.status == 200, heard.text
        id: str = heard.json["data"]["id"]
        return id

    def secure(self) -> ssl.SSLSocket:
        return self.trust.wrap_socket(socket.create_connection(("127.0.0.1", self.port), 10), server_hostname="127.0.0.1")

    def websocket(self, path: str, **changes: str) -> tuple[ssl.SSLSocket, bytes]:
        """The connection after the handshake, and the head of the answer. A header changed to "" is left out."""
        named = self.headers() | {
            "Origin": f"https://{self.host}",
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Protocol": "binary",
        }
        named |= {name.replace("_", "-"): value for name, value in changes.items()}
        lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in named.items() if value), "", ""]
        connection = self.secure()
        connection.sendall("\r\n".join(lines).encode())
        return connection, read_until(connection, b"\r\n\r\n")


def read_until(connection: socket.socket, mark: bytes) -> bytes:
    """Bytes up to and with a mark; fails if the connection ends or falls silent before."""
    found = b""
    while mark not in found:
        data = connection.recv(4096)
        assert data, f"the connection ended after {found!r}"
        found += data
    return found


def read_to_end(connection: socket.socket) -> bytes:
    found = b""
    while data := connection.recv(4096):
        found += data
    return found
