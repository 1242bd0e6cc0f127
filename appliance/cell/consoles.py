"""Show guests to Core: the display, the serial line, a picture; each behind a ticket on a port with mutual TLS."""

from __future__ import annotations

import logging
import socket
import threading
import time
from typing import TYPE_CHECKING, Any

from appliance.cell.hypervisor import xml
from appliance.cell.picture import as_png
from appliance.cell.streams import GuestEnd, SerialLine, Streams
from appliance.cell.tickets import Tickets
from appliance.http.server import HttpsServer
from appliance.protocol.guests import ConsoleTicket, GuestState
from nano_runtime.errors import BadValue, Conflict, NanoError, NotFound, Unavailable
from nano_runtime.tls import server_context

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable

    from appliance.cell.guests import Guests
    from appliance.cell.hypervisor.connection import Connection
    from nano_runtime.certificates import Identity
    from nano_runtime.messages import Peer

log = logging.getLogger(__name__)

UPGRADE = "nano-console"
_ACCEPTED = f"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: {UPGRADE}\r\n\r\n".encode()


class Consoles:
    """The port is opened with the first ticket: before enrolment there is no certificate to show on it."""

    def __init__(self, guests: Guests, hypervisor: Connection, identity: Callable[[], Identity]) -> None:
        self._guests, self._hypervisor, self._identity = guests, hypervisor, identity
        self._pictures: Tickets[bytes] = Tickets(time.monotonic)
        self._displays: Tickets[tuple[str, str]] = Tickets(time.monotonic)
        self._streams = Streams()
        self._gate = threading.Lock()
        self._server: HttpsServer | None = None
        self._certificate = ""

    def open(self, guest: str, console: str, core: Peer) -> ConsoleTicket:
        """A ticket for the console of a running guest. Conflict if it is off."""
        if console not in ("vnc", "serial"):
            raise BadValue(f"console must be vnc or serial, not {console!r}", field="console")
        self._require_running(guest)
        return self._ticket(self._displays.issue((guest, console), core.fingerprint), core)

    def take_picture(self, guest: str, core: Peer) -> ConsoleTicket:
        """Take it now, so that what goes wrong is answered now; the ticket fetches it."""
        self._require_running(guest)
        png = as_png(self._hypervisor.picture(guest))
        return self._ticket(self._pictures.issue(png, core.fingerprint), core)

    def close(self) -> None:
        """End what is open and free the port. Called again by the port itself while that stops."""
        self._streams.close()
        with self._gate:
            server, self._server = self._server, None
        if server is not None:
            server.stop()

    @property
    def port(self) -> int:
        """0 before the first ticket."""
        return self._server.port if self._server else 0

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """The port's only application (WSGI): /console/<ticket> and /picture/<ticket>."""
        try:
            return self._answer(environ, start_response)
        except NanoError as problem:
            words = str(problem).encode()
            start_response(
                f"{problem.status} Refused", [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(words)))]
            )
            return [words]

    def _answer(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        _, _, rest = str(environ["PATH_INFO"]).partition("/")
        kind, _, ticket = rest.partition("/")
        holder = str(environ.get("nano.peer", ""))
        if environ["REQUEST_METHOD"] == "GET" and kind == "picture":
            png = self._pictures.redeem(ticket, holder)
            start_response("200 OK", [("Content-Type", "image/png"), ("Content-Length", str(len(png)))])
            return [png]
        if environ["REQUEST_METHOD"] == "GET" and kind == "console" and environ.get("HTTP_UPGRADE") == UPGRADE:
            guest, console = self._displays.redeem(ticket, holder)
            self._connect(guest, console, environ["nano.hijack"])
            return []
        raise NotFound("nothing is here")

    def _connect(self, guest: str, console: str, hijack: Callable[[], socket.socket]) -> None:
        end: GuestEnd = self._hypervisor.open_display(guest) if console == "vnc" else self._open_line(guest)
        try:
            client = hijack()
            client.sendall(_ACCEPTED)
        except OSError:
            end.close()
            return
        self._streams.carry(client, end, line=guest if console == "serial" else "")

    def _open_line(self, guest: str) -> SerialLine:
        path = xml.read_living(self._hypervisor.describe(guest)).serial
        try:
            return SerialLine(path)
        except OSError as problem:
            raise Unavailable(f"the serial line of guest {guest} cannot be opened: {problem.strerror}", hint="is it running?") from problem

    def _require_running(self, guest: str) -> None:
        if self._guests.report(guest).state not in (GuestState.RUNNING, GuestState.PAUSED, GuestState.STOPPING):
            raise Conflict(f"guest {guest} is not running", hint="start it to see its console")

    def _ticket(self, ticket: str, core: Peer) -> ConsoleTicket:
        return ConsoleTicket(address=address_towards(core.address), port=self._open_port(), ticket=ticket)

    def _open_port(self) -> int:
        """Only keys of the domain get through TLS, and only the key that a ticket was made for gets further."""
        with self._gate:
            identity = self._identity()
            if self._server is None:
                self._server = HttpsServer(
                    None, "0.0.0.0", 0, self, lambda: server_context(self._identity(), require_client=True), threads=4
                )
                self._server.start()
            elif identity.certificate_pem != self._certificate:
                self._server.reload()  # it was renewed
            self._certificate = identity.certificate_pem
            return self._server.port

    def _context(self) -> ssl.SSLContext:
        return server_context(self._identity(), require_client=True)


def address_towards(peer: str) -> str:
    """The address of this host that `peer` sees."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((peer or "127.0.0.1", 9))  # chooses a route and sends nothing
        except OSError as problem:
            raise Unavailable(f"there is no way from this host to {peer}: {problem.strerror}") from problem
        return str(probe.getsockname()[0])
