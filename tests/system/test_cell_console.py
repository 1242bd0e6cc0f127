"""Consoles and pictures over the Cell's own port: mutual TLS, one-time tickets, real displays."""

from __future__ import annotations

import http.client
import socket
import ssl
import struct
from collections.abc import Iterator

import pytest

from appliance.protocol.guests import ConsoleTicket, OpenConsole, StartGuest, StopGuest, TakePicture
from nano_runtime.certificates import Authority, Identity
from nano_runtime.errors import BadValue, Conflict
from nano_runtime.messages import Peer
from nano_runtime.tls import client_context
from tests.cell.under_test import CellUnderTest, cell_on
from tests.waiting import wait_until

pytestmark = [pytest.mark.system]

AUTHORITY = Authority.create("nano")
CORE = AUTHORITY.issue(domain="nano", role="core", name="core")
CELL = AUTHORITY.issue(domain="nano", role="cell", name="cell-1")
ANOTHER_CELL = AUTHORITY.issue(domain="nano", role="cell", name="cell-2")
STRANGER = Authority.create("nano").issue(domain="nano", role="core", name="core")


@pytest.fixture(scope="module")
def cell(libvirt_uri: str) -> Iterator[CellUnderTest]:
    with cell_on(libvirt_uri, identity=lambda: CELL) as cell:
        cell.core = Peer(fingerprint=CORE.fingerprint, name="core", role="core", address="127.0.0.1")
        yield cell


@pytest.fixture(scope="module")
def guest(cell: CellUnderTest) -> str:
    guest = cell.create().id
    cell.ask(StartGuest(guest=guest))
    cell.wait_booted(guest)
    return guest


def connect(ticket: ConsoleTicket, identity: Identity | str = CORE) -> ssl.SSLSocket:
    """As Core does: only the key of this very cell may answer."""
    context = client_context(identity, pinned=CELL.fingerprint)
    return context.wrap_socket(socket.create_connection((ticket.address, ticket.port), timeout=10), server_hostname=ticket.address)


def opened(ticket: ConsoleTicket, identity: Identity | str = CORE) -> tuple[ssl.SSLSocket, int]:
    connection = connect(ticket, identity)
    request = f"GET /console/{ticket.ticket} HTTP/1.1\r\nHost: cell\r\nConnection: Upgrade\r\nUpgrade: nano-console\r\n\r\n"
    connection.sendall(request.encode())
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        byte = connection.recv(1)
        assert byte, f"closed after {head!r}"
        head += byte
    return connection, int(head.split()[1])


def fetched(ticket: ConsoleTicket, identity: Identity = CORE) -> tuple[int, str, bytes]:
    context = client_context(identity, pinned=CELL.fingerprint)
    connection = http.client.HTTPSConnection(ticket.address, ticket.port, context=context, timeout=10)
    connection.request("GET", f"/picture/{ticket.ticket}")
    answer = connection.getresponse()
    return answer.status, answer.headers["Content-Type"], answer.read()


def test_the_display_speaks_rfb_without_a_password(cell: CellUnderTest, guest: str) -> None:
    connection, status = opened(cell.ask(OpenConsole(guest=guest)))
    with connection:
        assert status == 101
        assert receive(connection, 12) == b"RFB 003.008\n"
        connection.sendall(b"RFB 003.008\n")
        assert receive(connection, 2) == b"\1\1"  # one kind of security: none
        connection.sendall(b"\1")
        assert receive(connection, 4) == b"\0\0\0\0"
        connection.sendall(b"\1")
        width, height = struct.unpack(">HH", receive(connection, 24)[:4])
        assert (width, height) == (720, 400)


def receive(connection: ssl.SSLSocket, size: int) -> bytes:
    content = b""
    while len(content) < size:
        part = connection.recv(size - len(content))
        assert part, f"closed after {content!r}"
        content += part
    return content


def test_the_serial_line_answers_what_is_typed(cell: CellUnderTest, guest: str) -> None:
    connection, status = opened(cell.ask(OpenConsole(guest=guest, console="serial")))
    with connection:
        assert status == 101
        connection.sendall(b"nano?")
        heard = b""
        while b"nano?" not in heard.replace(b".", b""):
            heard += connection.recv(100)


def test_a_second_reader_takes_the_serial_line_over(cell: CellUnderTest, guest: str) -> None:
    first, _ = opened(cell.ask(OpenConsole(guest=guest, console="serial")))
    second, _ = opened(cell.ask(OpenConsole(guest=guest, console="serial")))
    with first, second:
        while first.recv(100):
            pass
        assert second.recv(100)


def test_a_picture_is_a_png_of_the_screen(cell: CellUnderTest, guest: str) -> None:
    status, kind, png = fetched(cell.ask(TakePicture(guest=guest)))

    assert (status, kind, png[:8]) == (200, "image/png", b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", png[16:24]) == (720, 400)


def test_a_ticket_is_good_for_one_use_by_the_core_that_asked(cell: CellUnderTest, guest: str) -> None:
    ticket = cell.ask(OpenConsole(guest=guest))
    connection, status = opened(ticket)
    connection.close()
    again, refused = opened(ticket)
    again.close()
    another, refused_too = opened(cell.ask(OpenConsole(guest=guest)), ANOTHER_CELL)
    another.close()

    assert (status, refused, refused_too) == (101, 404, 404)
    assert fetched(cell.ask(TakePicture(guest=guest)), ANOTHER_CELL)[0] == 404


@pytest.mark.parametrize("identity", [STRANGER, CELL.authority_pem], ids=["another domain", "no certificate"])
def test_strangers_do_not_get_through_tls(cell: CellUnderTest, guest: str, identity: Identity | str) -> None:
    ticket = cell.ask(OpenConsole(guest=guest))

    with pytest.raises((OSError, AssertionError)):
        opened(ticket, identity)


def test_a_guest_that_is_off_has_no_console(cell: CellUnderTest) -> None:
    off = cell.create().id
    for request in (OpenConsole(guest=off), OpenConsole(guest=off, console="serial"), TakePicture(guest=off)):
        with pytest.raises(Conflict, match="not running"):
            cell.ask(request)
    with pytest.raises(BadValue):
        cell.ask(OpenConsole(guest=off, console="spice"))


def test_a_console_ends_with_its_guest(cell: CellUnderTest) -> None:
    guest = cell.create().id
    cell.ask(StartGuest(guest=guest))
    connection, _ = opened(cell.ask(OpenConsole(guest=guest)))
    with connection:
        receive(connection, 12)
        cell.ask(StopGuest(guest=guest, force=True))

        assert connection.recv(100) == b""
    wait_until(lambda: len(cell.service._consoles._streams) == 0, 5, "the consoles to end")
