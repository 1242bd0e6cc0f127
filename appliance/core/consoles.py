"""Open a guest's display or serial line on its cell, over mutual TLS with that very cell."""

from __future__ import annotations

import http.client
import socket
from contextlib import ExitStack
from typing import TYPE_CHECKING

from appliance.protocol.guests import ConsoleTicket, OpenConsole, TakePicture
from nano_runtime.errors import Unavailable
from nano_runtime.relay import plain_end
from nano_runtime.tls import client_context

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

    from appliance.core.links import Links
    from appliance.core.model import Guest
    from appliance.core.registry import Registry
    from nano_runtime.certificates import Identity

LARGEST_PICTURE = 16 * 1024**2
LONGEST_HEAD = 4096
PROTOCOL = "nano-console"


class Consoles:
    def __init__(self, links: Links, registry: Registry, identity: Callable[[], Identity], timeout: float) -> None:
        self._links = links
        self._registry = registry
        self._identity = identity
        self._timeout = timeout

    def open(self, guest: Guest, kind: str) -> socket.socket:
        """The raw bytes of the console, both ways."""
        ticket = self._links.ask(guest.cell, OpenConsole(guest=guest.spec.id, console=kind), seconds=self._timeout)
        try:
            return plain_end(self._upgrade(guest.cell, ticket))
        except OSError as problem:
            raise _unreachable(guest.cell, ticket, problem) from problem

    def picture(self, guest: Guest) -> bytes:
        """The guest's screen as PNG."""
        ticket = self._links.ask(guest.cell, TakePicture(guest=guest.spec.id), seconds=self._timeout)
        connection = http.client.HTTPSConnection(ticket.address, ticket.port, context=self._context(guest.cell), timeout=self._timeout)
        try:
            connection.request("GET", f"/picture/{ticket.ticket}")
            answer = connection.getresponse()
            picture = answer.read(LARGEST_PICTURE + 1)
        except (OSError, http.client.HTTPException) as problem:
            raise _unreachable(guest.cell, ticket, problem) from problem
        finally:
            connection.close()
        if answer.status != 200 or len(picture) > LARGEST_PICTURE:
            raise Unavailable(f"cell '{guest.cell}' gave no picture of '{guest.spec.name}'", hint="try again")
        return picture

    def _upgrade(self, cell: str, ticket: ConsoleTicket) -> ssl.SSLSocket:
        plain = socket.create_connection((ticket.address, ticket.port), timeout=self._timeout)
        with ExitStack() as undo:
            undo.callback(plain.close)
            secure = self._context(cell).wrap_socket(plain, server_hostname=ticket.address)
            undo.callback(secure.close)
            head = f"GET /console/{ticket.ticket} HTTP/1.1\r\nHost: {ticket.address}\r\nConnection: Upgrade\r\nUpgrade: {PROTOCOL}\r\n\r\n"
            secure.sendall(head.encode("ascii"))
            if not _read_head(secure).startswith(b"HTTP/1.1 101 "):
                raise ConnectionError("it refused the ticket")
            undo.pop_all()
            return secure

    def _context(self, cell: str) -> ssl.SSLContext:
        """Only the key this cell is known by may answer, whoever else the domain has certified."""
        return client_context(self._identity(), pinned=self._registry.key_of(cell))


def _read_head(secure: ssl.SSLSocket) -> bytes:
    """Byte by byte, because what follows the head belongs to the console already."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        more = secure.recv(1)
        if not more or len(head) > LONGEST_HEAD:
            raise ConnectionError("it did not open the console")
        head += more
    return head


def _unreachable(cell: str, ticket: ConsoleTicket, problem: Exception) -> Unavailable:
    where = f"{ticket.address}:{ticket.port}"
    return Unavailable(
        f"the console of cell '{cell}' at {where} cannot be reached: {problem}", hint="check the network between Core and that host"
    )
