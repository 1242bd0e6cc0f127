"""Consoles over real TLS: only the very cell may answer, and only with its ticket."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from appliance.protocol.guests import ConsoleTicket, OpenConsole, TakePicture
from appliance.rights import ROOT
from nano_runtime import certificates
from nano_runtime.certificates import Identity
from nano_runtime.errors import Conflict, Unavailable
from nano_runtime.messages import Request
from nano_runtime.tls import server_context
from tests.core.conftest import Zone, domain_keys
from tests.fakes import FakeCell

AUTHORITY, _ = domain_keys()
Serve = Callable[[socket.socket], None]


class ConsoleCell(FakeCell):
    """Gives tickets for a data port."""

    port = 0

    def answer(self, request: Request[Any], down: threading.Event, seconds: float) -> Any:
        if isinstance(request, OpenConsole | TakePicture):
            return ConsoleTicket(address="127.0.0.1", port=self.port, ticket="t1")
        return super().answer(request, down, seconds)


class DataPort:
    """The data port of a cell, for one connection at a time."""

    def __init__(self, identity: Identity, serve: Serve) -> None:
        self._context = server_context(identity, require_client=True)
        self._serve = serve
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._run, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _run(self) -> None:
        while True:
            try:
                plain, _ = self._listener.accept()
                with self._context.wrap_socket(plain, server_side=True) as client:
                    self._serve(client)
            except OSError:
                if self._listener.fileno() < 0:
                    return


def echo(client: socket.socket) -> None:
    head = client.recv(4096).decode()
    if not head:
        return  # the other side did not like our certificate
    assert head.startswith("GET /console/t1 HTTP/1.1\r\n")
    assert "Upgrade: nano-console\r\n" in head
    client.sendall(b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: nano-console\r\n\r\nRFB 003.008\n")
    client.sendall(client.recv(100).upper())


def refuse(client: socket.socket) -> None:
    client.recv(4096)
    client.sendall(b"HTTP/1.1 404 Refused\r\nContent-Length: 0\r\n\r\n")


def picture(client: socket.socket) -> None:
    assert client.recv(4096).startswith(b"GET /picture/t1 ")
    client.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 4\r\n\r\n\x89PNG")


@pytest.fixture
def identity() -> Identity:
    return AUTHORITY.issue(domain="nano", role="cell", name="cell-01")


@pytest.fixture
def offer(zone: Zone, identity: Identity) -> Iterator[Callable[..., str]]:
    """Run a guest on a cell whose data port serves so; answers the guest."""
    ports: list[DataPort] = []

    def offer(serve: Serve, *, shown: Identity | None = None) -> str:
        port = DataPort(shown or identity, serve)
        ports.append(port)
        zone.core.cells.approve_local(certificates.request(identity.key_pem, "cell-01"), "cell-01")
        zone.core.cells.add("default", "cell-01")
        cell = ConsoleCell("cell-01", fingerprint=identity.fingerprint)
        cell.port = port.port
        zone.connect(cell)
        return zone.create(auto_start=True)

    yield offer
    for port in ports:
        port.close()


def test_a_console_is_the_raw_stream_of_the_guest(zone: Zone, offer: Callable[..., str]) -> None:
    guest = offer(echo)

    console = zone.core.guests.console(ROOT, guest, "vnc")

    assert console.recv(100) == b"RFB 003.008\n"
    console.sendall(b"hello")
    assert console.recv(100) == b"HELLO"
    assert console.recv(100) == b""


def test_a_picture_is_fetched_with_its_ticket(zone: Zone, offer: Callable[..., str]) -> None:
    assert zone.core.guests.picture(ROOT, offer(picture)) == b"\x89PNG"


def test_a_refused_ticket_is_told_as_such(zone: Zone, offer: Callable[..., str]) -> None:
    guest = offer(refuse)

    with pytest.raises(Unavailable, match="refused the ticket"):
        zone.core.guests.console(ROOT, guest, "vnc")
    with pytest.raises(Unavailable, match="gave no picture"):
        zone.core.guests.picture(ROOT, guest)


def test_another_module_of_the_domain_cannot_answer_for_the_cell(zone: Zone, offer: Callable[..., str]) -> None:
    guest = offer(echo, shown=AUTHORITY.issue(domain="nano", role="cell", name="cell-01"))

    with pytest.raises(Unavailable, match="cannot be reached"):
        zone.core.guests.console(ROOT, guest, "vnc")
    with pytest.raises(Unavailable, match="cannot be reached"):
        zone.core.guests.picture(ROOT, guest)


def test_a_stopped_guest_has_no_console(zone: Zone) -> None:
    zone.enrol("cell-01")

    with pytest.raises(Conflict, match="start it first"):
        zone.core.guests.console(ROOT, zone.create(), "vnc")
