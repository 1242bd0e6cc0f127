"""Core's end of the control link: one UDP port, many modules."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from functools import partial
from weakref import WeakValueDictionary

from nano_runtime.certificates import Certificate, Identity, check_issued
from nano_runtime.errors import BadSetting, Forbidden, NanoError
from nano_runtime.link import Lane, LiveLink, OnDown, OnUp, Workers, finish_requests, ignore
from nano_runtime.messages import Dispatcher, Link, Peer
from nano_runtime.network_loop import NetworkLoop
from nano_runtime.quic_connection import FrameWire, LinkListener, Pace, listen

log = logging.getLogger(__name__)

Judge = Callable[[Certificate | None, str], Peer]
"""Gets a verified certificate, or None for a stranger, and the address; says who that is, or raises Forbidden."""

_STRANGERS = 64
_STRANGER_SECONDS = 30.0


class LinkServer:
    def __init__(
        self,
        identity_source: Callable[[], Identity],
        dispatcher: Dispatcher,
        judge: Judge,
        on_up: OnUp = ignore,
        on_down: OnDown = ignore,
        *,
        pace: Pace = Pace(),  # noqa: B008  # it is immutable
    ) -> None:
        """`identity_source` is asked for every link, so that a renewed certificate needs no restart; it runs on the network
        loop and must be quick. `on_up` and `on_down` hear of enrolled peers only.
        """
        self._identity = identity_source
        self._dispatcher = dispatcher
        self._judge = judge
        self._on_up = on_up
        self._on_down = on_down
        self._pace = pace
        self._loop = NetworkLoop("link-server")
        self._workers = Workers("link-server")
        self._listener: LinkListener | None = None
        self._links: dict[str, LiveLink] = {}
        self._wires: dict[LiveLink, FrameWire] = {}
        self._lanes: WeakValueDictionary[str, Lane] = WeakValueDictionary()
        self._admissions: set[asyncio.Task[None]] = set()
        self._refusal = ""

    def start(self, address: str, port: int = 0) -> int:
        """Listen on a UDP port, by default one that the kernel chooses, and return it. Raises BadSetting."""
        self._loop.start()
        try:
            return self._loop.run(self._listen(address, port))
        except BaseException as problem:
            self._loop.stop()
            if not isinstance(problem, OSError):
                raise
            text = f"cannot listen on {address}:{port or '(any port)'}: {problem.strerror}"
            raise BadSetting(text, hint="listen_address must be an IPv4 address of this host", field="listen_address") from problem

    def stop(self, *, grace: float = 2.0) -> None:
        """Let requests under way end within `grace` seconds, tell every peer, and close the port."""
        if not self._listener:
            return
        finish_requests(list(self._wires), grace)
        self._loop.run(self._shut())
        self._workers.stop()
        self._loop.stop()
        self._listener = None

    def links(self) -> list[Link]:
        """Links to enrolled peers that are up now."""
        return list(self._links.values())

    def link_to(self, fingerprint: str) -> Link | None:
        return self._links.get(fingerprint)

    async def _listen(self, address: str, port: int) -> int:
        self._listener = LinkListener(self._identity, self._pace, self._begin_admission)
        return await listen(self._listener, address, port)

    async def _shut(self) -> None:
        if self._listener:
            self._listener.shut("stopping")

    def _begin_admission(self, wire: FrameWire) -> None:
        task = asyncio.get_running_loop().create_task(self._admit(wire))
        self._admissions.add(task)
        task.add_done_callback(self._admissions.discard)

    async def _admit(self, wire: FrameWire) -> None:
        examine = partial(self._examine, wire.certificates, wire.address)
        try:
            peer = await asyncio.get_running_loop().run_in_executor(self._workers.lanes, examine)
        except Forbidden as problem:
            self._refuse(wire, str(problem))
        except NanoError as problem:
            self._refuse(wire, f"not now: {problem}")
        except Exception:
            log.exception("could not judge %s", wire.address)
            self._refuse(wire, "not now: an unforeseen failure")
        else:
            self._open(wire, peer)

    def _examine(self, certificates: Sequence[Certificate], address: str) -> Peer:
        if not certificates:
            return self._judge(None, address)
        identity = self._identity()
        found = check_issued(certificates[0], identity.authority)
        if found.domain != identity.role.domain:
            raise Forbidden(f"the certificate is of domain {found.domain!r}, this is {identity.role.domain!r}")
        return self._judge(certificates[0], address)

    def _refuse(self, wire: FrameWire, reason: str) -> None:
        wire.shut(reason)
        refusal = f"{wire.address}: {reason}"
        if refusal != self._refusal:  # it comes back every second
            log.warning("refused a link from %s", refusal)
        self._refusal = refusal

    def _open(self, wire: FrameWire, peer: Peer) -> None:
        lane = self._lanes.get(peer.fingerprint) if peer.enrolled else None
        if lane is None:
            lane = Lane(self._workers.lanes)
        link = LiveLink(wire, peer, self._loop, self._dispatcher, self._workers, lane)
        if peer.enrolled:
            self._replace(link, peer)
        elif len(self._wires) - len(self._links) >= _STRANGERS:
            self._refuse(wire, "not now: too many strangers at once")
            return
        else:
            asyncio.get_running_loop().call_later(_STRANGER_SECONDS, wire.shut, "a stranger's time is up")
        self._wires[link] = wire
        wire.open(link.received, partial(self._lost, link))

    def _replace(self, link: LiveLink, peer: Peer) -> None:
        older = self._links.get(peer.fingerprint)
        self._lanes[peer.fingerprint] = link.lane
        self._links[peer.fingerprint] = link
        if older:
            self._wires[older].shut("a newer link took its place")
        link.lane.put(partial(self._on_up, link))

    def _lost(self, link: LiveLink, reason: str) -> None:
        self._wires.pop(link, None)
        link.went_down(reason)
        if not link.peer.enrolled:
            return
        if self._links.get(link.peer.fingerprint) is link:
            del self._links[link.peer.fingerprint]
        link.lane.put(partial(self._on_down, link, reason))
