"""The dialling end of the control link: a client that stays linked by itself, and a stranger's visit for enrolment."""

from __future__ import annotations

import asyncio
import logging
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from nano_runtime.certificates import Certificate, Identity, check_issued
from nano_runtime.discovery import Found
from nano_runtime.errors import Forbidden, NanoError, Unavailable
from nano_runtime.link import Lane, LiveLink, OnDown, OnUp, Workers, finish_requests, ignore, peer_of
from nano_runtime.messages import Dispatcher, Link, Peer
from nano_runtime.network_loop import NetworkLoop, in_thread
from nano_runtime.quic_connection import ClientWire, Pace, dial

log = logging.getLogger(__name__)

Find = Callable[[], Found]
Trust = Callable[[list[Certificate]], Peer]
"""Gets what a server showed, its own certificate first and its authority's last; says who that is, or raises Forbidden."""

_DELAYS = (0.05, 0.1, 0.25, 0.5, 1.0)
_STEADY = 2.0
"""Seconds up after which a link was a success: the next reconnect starts with the shortest delay."""


class LinkClient:
    def __init__(
        self,
        identity_source: Callable[[], Identity],
        find: Find,
        dispatcher: Dispatcher,
        on_up: OnUp = ignore,
        on_down: OnDown = ignore,
        *,
        role: str = "core",
        pace: Pace = Pace(),  # noqa: B008  # it is immutable
    ) -> None:
        """`find` may block; it runs before every attempt. The server must show a certificate of `role` in our domain."""
        self._identity = identity_source
        self._find = find
        self._dispatcher = dispatcher
        self._on_up = on_up
        self._on_down = on_down
        self._role = role
        self._pace = pace
        self._loop = NetworkLoop("link-client")
        self._workers = Workers("link-client")
        self._lane = Lane(self._workers.lanes)
        self._changed = threading.Condition()
        self._link: LiveLink | None = None
        self._running: asyncio.Task[None] | None = None
        self._last_error = "not connected yet"
        self._stopping = False

    @property
    def link(self) -> Link | None:
        """The link while it is up."""
        return self._link

    @property
    def last_error(self) -> str:
        """Why there is no link; empty while there is one."""
        return self._last_error

    def start(self) -> None:
        self._loop.start()
        self._loop.run(self._start())

    def stop(self, *, grace: float = 2.0) -> None:
        """Let requests under way end within `grace` seconds, tell the other side, and stop looking for it."""
        if not self._running:
            return
        self._stopping = True
        finish_requests([self._link] if self._link else [], grace)
        self._loop.run(self._end())
        self._workers.stop()
        self._loop.stop()
        self._running = None

    def wait_up(self, seconds: float) -> Link:
        """Wait for the link. Raises Unavailable with the last error."""
        with self._changed:
            self._changed.wait_for(lambda: self._link is not None, seconds)
            if self._link is None:
                raise Unavailable(f"no link to {self._role}: {self._last_error}")
            return self._link

    async def _start(self) -> None:
        self._running = asyncio.get_running_loop().create_task(self._keep_up())

    async def _end(self) -> None:
        if self._running:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)

    async def _keep_up(self) -> None:
        short = 0  # links in a row that were down soon, or never up
        while True:
            lived = await self._live_once()
            short = 0 if lived > _STEADY else min(short + 1, len(_DELAYS) - 1)
            await asyncio.sleep(_DELAYS[short] * random.uniform(0.5, 1.0))

    async def _live_once(self) -> float:
        """Find the server, dial, and stay until the link goes down; returns how many seconds it was up."""
        try:
            found = await in_thread(self._find, "find")
            identity = self._identity()
            wire = await dial(found.address, found.port, identity, self._pace)
            link = self._link_over(wire, _trusted(wire, partial(self._trust, identity, found.address)))
            await _get_in(wire, link, partial(self._up, link), partial(self._down, link), self._pace)
            began = time.monotonic()
            await _end_of(wire)
        except NanoError as problem:
            self._note(str(problem))
            return 0.0
        except Exception as problem:
            log.exception("cannot make a link to %s", self._role)
            self._note(f"an unforeseen failure: {problem}")
            return 0.0
        return time.monotonic() - began

    def _trust(self, identity: Identity, address: str, certificates: list[Certificate]) -> Peer:
        found = check_issued(certificates[0], identity.authority)
        peer = peer_of(certificates[0], address)
        domain = identity.role.domain
        if (found.domain, found.role) != (domain, self._role):
            raise Forbidden(f"{found.role} of domain {found.domain!r} answers instead of {self._role} of {domain!r}")
        return peer

    def _link_over(self, wire: ClientWire, peer: Peer) -> LiveLink:
        return LiveLink(wire, peer, self._loop, self._dispatcher, self._workers, self._lane)

    def _up(self, link: LiveLink) -> None:
        with self._changed:
            self._link = link
            self._last_error = ""
            self._changed.notify_all()
        self._lane.put(partial(self._on_up, link))

    def _down(self, link: LiveLink, reason: str) -> None:
        link.went_down(reason)
        if self._link is not link:  # refused before it was up
            return
        self._link = None
        self._note(reason)
        self._lane.put(partial(self._on_down, link, reason))

    def _note(self, problem: str) -> None:
        if problem != self._last_error and not self._stopping:
            log.warning("no link to %s: %s", self._role, problem)
        self._last_error = problem


@contextmanager
def visit(
    address: str,
    port: int,
    trust: Trust,
    pace: Pace = Pace(),  # noqa: B008  # it is immutable
) -> Iterator[Link]:
    """A link as a stranger, for one conversation. Raises Unavailable, or what `trust` raises."""
    loop, workers = NetworkLoop("visit"), Workers("visit")
    loop.start()
    try:
        wire, link = loop.run(_visit(address, port, trust, partial(_stranger_link, loop, workers), pace))
        try:
            yield link
        finally:
            loop.run(_leave(wire))
    finally:
        loop.stop()
        workers.stop()


def _stranger_link(loop: NetworkLoop, workers: Workers, wire: ClientWire, peer: Peer) -> LiveLink:
    return LiveLink(wire, peer, loop, Dispatcher(), workers, Lane(workers.lanes))


async def _visit(
    address: str, port: int, trust: Trust, link_over: Callable[[ClientWire, Peer], LiveLink], pace: Pace
) -> tuple[ClientWire, LiveLink]:
    wire = await dial(address, port, None, pace)
    link = link_over(wire, _trusted(wire, trust))
    await _get_in(wire, link, ignore, link.went_down, pace)
    return wire, link


async def _leave(wire: ClientWire) -> None:
    wire.shut("good bye")


def _trusted(wire: ClientWire, trust: Trust) -> Peer:
    try:
        return trust(wire.certificates)
    except NanoError as problem:
        wire.shut(f"not trusted: {problem}")
        raise


async def _get_in(wire: ClientWire, link: LiveLink, up: Callable[[], object], down: Callable[[str], object], pace: Pace) -> None:
    """Say hello and wait for the welcome. Raises Unavailable with the reason of a server that lets us not in."""
    wire.greeted = up
    wire.open(link.received, down)
    try:
        async with asyncio.timeout(pace.dial):  # wait_for of Python 3.11 forgets that it was cancelled
            await wire.welcome
    except TimeoutError:
        wire.shut("no welcome")
        raise Unavailable(f"{link.peer.address} has not let us in within {pace.dial:g} s") from None
    except asyncio.CancelledError:
        wire.shut("stopping")
        raise


async def _end_of(wire: ClientWire) -> None:
    try:
        await wire.ended
    except asyncio.CancelledError:
        wire.shut("stopping")
        raise
