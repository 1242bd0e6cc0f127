"""Ask an application or a port, as a program would."""

from __future__ import annotations

import http.client
import io
import json
import socket
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from appliance.http import signature, tokens
from appliance.http.serve import App
from appliance.http.server import HttpsServer
from appliance.rights import Caller, Right
from appliance.settings import Credential

EVERYTHING = Caller(user="ann", group="staff", rights=frozenset(Right))


@dataclass(frozen=True)
class Heard:
    status: int
    headers: dict[str, str]
    text: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.text)


def bearer(credential: Credential, caller: Caller = EVERYTHING, now: float | None = None, seconds: float = 60) -> dict[str, str]:
    moment = datetime.now(UTC).timestamp() if now is None else now
    return {"Authorization": f"Bearer {tokens.mint(credential, caller, seconds, moment)}"}


def signed(
    credential: Credential,
    method: str,
    path: str,
    body: bytes = b"",
    *,
    query: tuple[tuple[str, str], ...] = (),
    host: str = "127.0.0.1",
    date: str = "",
) -> dict[str, str]:
    """Headers that sign a request as a program written for Nano does."""
    date = date or datetime.now(UTC).isoformat()
    scope = f"{date[:10].replace('-', '')}/default/nano_request"
    headers = {"host": host, "nano-session": "session", "nano-date": date, "nano-scope": scope}
    names = ["host", "nano-session", "nano-date", "nano-scope"]
    if body:
        headers["content-type"] = "application/json"
        names.insert(1, "content-type")
    request = signature.SignedRequest(method, path, query, headers, body)
    return {**headers, "nano-authorization": signature.sign(request, credential.id, credential.key, scope, ";".join(names))}


def ask(
    app: App, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None, *, query: str = "", **environ: Any
) -> Heard:
    """Call a WSGI application; `body` is bytes, or anything else to be sent as JSON."""
    raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    wsgi = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "CONTENT_LENGTH": str(len(raw)),
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(raw),
        "wsgi.url_scheme": "https",
        **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in (headers or {}).items() if name.lower() != "content-type"},
        **environ,
    }
    if headers and "content-type" in headers:
        wsgi["CONTENT_TYPE"] = headers["content-type"]
    started: list[tuple[str, list[tuple[str, str]]]] = []
    text = b"".join(app(wsgi, lambda status, found: started.append((status, found))))
    status, found = started[0]
    return Heard(int(status[:3]), {name.lower(): value for name, value in found}, text)


@dataclass(frozen=True)
class Port:
    """A running server and how to reach it."""

    server: HttpsServer
    trust: ssl.SSLContext
    credential: Credential

    @property
    def address(self) -> tuple[str, int]:
        return "127.0.0.1", self.server.port

    def plain(self) -> socket.socket:
        return socket.create_connection(self.address, 5)

    def secure(self) -> ssl.SSLSocket:
        return self.trust.wrap_socket(self.plain(), server_hostname="127.0.0.1")

    def ask(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Heard:
        link = http.client.HTTPSConnection(*self.address, timeout=5, context=self.trust)
        try:
            link.request(method, path, body, {**bearer(self.credential), **(headers or {})})
            answer = link.getresponse()
            return Heard(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            link.close()


def read_until(connection: socket.socket, mark: bytes) -> bytes:
    """Bytes up to and with a mark; fails if the connection ends or falls silent before."""
    found = b""
    while mark not in found:
        data = connection.recv(4096)
        assert data, f"the connection ended after {found!r}"
        found += data
    return found
