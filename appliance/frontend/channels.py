"""One-time tickets with which a browser opens the console of a guest."""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from appliance.core.api.guests import ConsoleQuery, get_guest, open_guest_console
from appliance.frontend.account import TOKEN
from appliance.frontend.api.channels import Channel, NewChannel
from appliance.frontend.open_sessions import Kind, ended
from nano_runtime.errors import Conflict, Forbidden, NotFound, TooMany, Unauthenticated

if TYPE_CHECKING:
    from collections.abc import Callable

    from appliance.frontend.open_sessions import OpenSessions
    from appliance.http.client import Client
    from appliance.http.routes import Stream
    from appliance.rights import Caller

log = logging.getLogger(__name__)

UNUSED_SECONDS = 15.0
MOST_UNUSED = 1000


@dataclass(frozen=True)
class _Ticket:
    caller: Caller
    guest: str
    type: str
    expires: float


class Channels:
    """The tickets that wait for their WebSocket. A ticket is for one use, by whoever asked for it, within 15 s."""

    def __init__(self, client: Client, sessions: OpenSessions, clock: Callable[[], float]) -> None:
        self._client = client
        self._sessions = sessions
        self._clock = clock
        self._tickets: dict[str, _Ticket] = {}
        self._lock = threading.Lock()
        self.on_open: Callable[[Caller, str, str], None] = _nothing

    def open(self, caller: Caller, body: NewChannel) -> Channel:
        """A ticket for the console of a running guest that the caller may see.

        Raises what reading the guest raises (NotFound, Forbidden, Unavailable), and Conflict if it does not run: a
        WebSocket that fails could not tell the browser why.
        """
        if caller.session.startswith(TOKEN):
            raise Forbidden("a console belongs to somebody who is signed in", hint="use the console of the API, or sign in")
        guest = self._client.call(get_guest, caller, id=body.guest).data
        if not guest.running:
            raise Conflict(f"guest '{guest.name}' is not running", hint="start it first")
        id = str(uuid.uuid4())
        with self._lock:
            self._forget_late_ones()
            if len(self._tickets) >= MOST_UNUSED:
                raise TooMany("too many consoles are being opened", hint="try again in some seconds", retry_after=UNUSED_SECONDS)
            self._tickets[id] = _Ticket(caller, body.guest, body.type, self._clock() + UNUSED_SECONDS)
        return Channel(id=id, protocol=body.type, username="", password=guest.monitor_secret)

    def connect(self, caller: Caller, id: str) -> Stream:
        """The console's bytes, once. Whoever presents a ticket spends it, even if it is refused.

        A browser sends its cookie, and that must be of the session that asked; old programs send nothing with a
        WebSocket, for them the id is the proof. The console closes when the session ends.
        """
        with self._lock:
            ticket = self._tickets.pop(id, None)
        if ticket is None or self._clock() >= ticket.expires:
            raise NotFound("this console link was used or is too old", hint="open the console again")
        owner = self._sessions.get(ticket.caller.session)
        if owner is None:
            raise ended()
        if caller.session != owner.key and (caller.session or owner.kind is Kind.PORTAL):
            log.warning("a console link of %s was presented by somebody else from %s", owner.user, caller.address)
            raise Forbidden("this console link belongs to another session", hint="open the console again")
        stream = self._client.stream(open_guest_console, ticket.caller, id=ticket.guest, query=ConsoleQuery(type=ticket.type))
        console = _Console(stream, self._sessions, owner.key)
        self.on_open(ticket.caller, ticket.guest, ticket.type)
        return console

    def _forget_late_ones(self) -> None:
        now = self._clock()
        self._tickets = {id: ticket for id, ticket in self._tickets.items() if ticket.expires > now}


def _nothing(_caller: Caller, _guest: str, _type: str) -> None:
    """Before there is an audit log."""


class _Console:
    """A console that its session can end: from another thread, so only by waking the one that reads."""

    def __init__(self, stream: Stream, sessions: OpenSessions, session: str) -> None:
        self._stream = stream
        self.fileno = stream.fileno
        self.recv = stream.recv
        self.sendall = stream.sendall
        try:
            self._forget = sessions.attach(session, self._end)
        except Unauthenticated:
            stream.close()
            raise

    def close(self) -> None:
        self._forget()
        self._stream.close()

    def _end(self) -> None:
        """Closing the descriptor here would let the reader poll whatever gets its number next."""
        shutdown = getattr(self._stream, "shutdown", None)
        if shutdown is not None:
            with contextlib.suppress(OSError):
                shutdown(socket.SHUT_RDWR)
