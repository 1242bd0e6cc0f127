"""A small domain with a Core and its modules on real sockets, for the tests of links."""

from __future__ import annotations

import random
import select
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from nano_runtime.certificates import Authority, Certificate, Identity
from nano_runtime.discovery import Found
from nano_runtime.endpoint import LinkClient, LinkServer, Pace, peer_of
from nano_runtime.errors import Forbidden
from nano_runtime.messages import Dispatcher, Event, Link, Peer, Request

HOST = "127.0.0.1"
QUICK = Pace(pulse=0.1, silence=0.6, dial=2.0)


class Spoken(Event, frozen=True, tag="spoken"):
    number: int


class Repeat(Request[str], frozen=True, tag="repeat"):
    text: str


class Hello(Request[str], frozen=True, tag="hello"):
    """Open to strangers."""


class Refuse(Request[str], frozen=True, tag="refuse"):
    pass


class Break(Request[str], frozen=True, tag="break"):
    pass


class Inflate(Request[str], frozen=True, tag="inflate"):
    size: int


class Wait(Request[str], frozen=True, tag="wait"):
    """Answered when the side's `gate` opens."""


@dataclass
class Side:
    """What one end of a link has heard, and how it answers."""

    heard: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    entered: threading.Event = field(default_factory=threading.Event)

    def up(self, link: Link) -> None:
        self.links.append(link)
        self.heard.append(f"up {link.peer.name}")

    def down(self, link: Link, reason: str) -> None:
        self.heard.append(f"down {link.peer.name}: {reason}")

    def dispatcher(self) -> Dispatcher:
        dispatcher = Dispatcher()
        for handler in (self.spoken, self.repeat, self.refuse, self.break_down, self.inflate, self.wait):
            dispatcher.handles(handler)
        dispatcher.handles(self.hello, open_to_strangers=True)
        return dispatcher

    def spoken(self, link: Link, event: Spoken) -> None:
        self.numbers.append(event.number)

    def repeat(self, link: Link, request: Repeat) -> str:
        return request.text

    def hello(self, link: Link, request: Hello) -> str:
        return f"hello, {link.peer.name or 'stranger'}"

    def refuse(self, link: Link, request: Refuse) -> str:
        raise Forbidden("not for you", hint="ask your mother", field="refuse")

    def break_down(self, link: Link, request: Break) -> str:
        raise ZeroDivisionError("a secret of the other side")

    def inflate(self, link: Link, request: Inflate) -> str:
        return "x" * request.size

    def wait(self, link: Link, request: Wait) -> str:
        self.entered.set()
        self.gate.wait(10)
        return "waited"


class Domain:
    """One authority, one Core on the loopback, and clients that know where it is."""

    def __init__(self, name: str = "lab", authority: Authority | None = None, core: Identity | None = None) -> None:
        self.name = name
        self.authority = authority or Authority.create(name)
        self.core = core or self.authority.issue(domain=name, role="core", name="core")
        self.core_side = Side()
        self.port = 0
        self.refused: set[str] = set()
        self._running: list[LinkServer | LinkClient] = []

    def judge(self, certificate: Certificate | None, address: str) -> Peer:
        if certificate is None:
            return Peer(fingerprint="", address=address)
        peer = peer_of(certificate, address)
        if peer.fingerprint in self.refused:
            raise Forbidden(f"{peer.name} was removed from the domain")
        return peer

    def serve(self, *, port: int = 0, pace: Pace = QUICK) -> LinkServer:
        side = self.core_side
        server = LinkServer(lambda: self.core, side.dispatcher(), self.judge, side.up, side.down, pace=pace)
        self.port = server.start(HOST, port)
        self._running.append(server)
        return server

    def member(self, name: str = "cell-1", *, role: str = "cell", now: float | None = None, days: float = 90) -> Identity:
        return self.authority.issue(domain=self.name, role=role, name=name, now=now, days=days)

    def client(self, identity: Identity, side: Side | None = None, *, port: int = 0, pace: Pace = QUICK) -> LinkClient:
        """A started client; it dials `port`, by default wherever Core listens at that moment."""
        side = side or Side()
        find: Callable[[], Found] = lambda: Found(HOST, port or self.port, "core", "")  # noqa: E731  # a def says no more
        client = LinkClient(lambda: identity, find, side.dispatcher(), side.up, side.down, pace=pace)
        client.start()
        self._running.append(client)
        return client

    def stop(self) -> None:
        self.core_side.gate.set()
        for each in reversed(self._running):
            each.stop(grace=0)


class LossyRelay:
    """Passes datagrams between one client and a server, and drops some, always the same ones for the same seed."""

    def __init__(self, server_port: int, *, loss: float, seed: int) -> None:
        self.dropped = 0
        self._server = (HOST, server_port)
        self._client: tuple[str, int] | None = None
        self._loss = loss
        self._random = random.Random(seed)
        self._front, self._back, self._ends = _udp(), _udp(), socket.socketpair()
        self.port: int = self._front.getsockname()[1]
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._ends[0].send(b".")
        self._thread.join()
        for each in (self._front, self._back, *self._ends):
            each.close()

    def _run(self) -> None:
        while True:
            ready, _, _ = select.select([self._front, self._back, self._ends[1]], [], [])
            if self._ends[1] in ready:
                return
            for each in ready:
                datagram, sender = each.recvfrom(65536)
                if self._random.random() < self._loss:
                    self.dropped += 1
                elif each is self._front:
                    self._client = sender
                    self._back.sendto(datagram, self._server)
                elif self._client:
                    self._front.sendto(datagram, self._client)


def _udp() -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.bind((HOST, 0))
    return made
