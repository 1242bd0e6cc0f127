"""One living link as a service sees it: asks and their answers, requests handled in a pool, events in order."""

from __future__ import annotations

import itertools
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from nano_runtime.certificates import Certificate, fingerprint, role_of
from nano_runtime.errors import NanoError, TimedOut, TooLarge, TooMany, Unavailable, from_code
from nano_runtime.messages import (
    FRAME_LIMIT,
    UNREADABLE,
    Answer,
    Call,
    Dispatcher,
    Event,
    Fault,
    Link,
    Note,
    Peer,
    Reply,
    Request,
    answer_type,
    decode_frame,
    encode,
    fault_of,
    tag_of,
)

if TYPE_CHECKING:
    from nano_runtime.network_loop import NetworkLoop

log = logging.getLogger(__name__)

OnUp = Callable[[Link], object]
OnDown = Callable[[Link, str], object]

CALLS_OF_A_LINK = 256
CALLS_OF_A_STRANGER = 4
EVENTS_WAITING = 10_000


class Wire(Protocol):
    """What carries the frames of a link. It lives on the network loop, where both methods are called."""

    def send(self, frame: bytes) -> None: ...

    def shut(self, reason: str) -> None: ...


class Workers:
    """Threads that run what the network hands up: 16 for requests, others for events, which may not wait behind those."""

    def __init__(self, name: str) -> None:
        self.requests = ThreadPoolExecutor(16, thread_name_prefix=f"{name}-request")
        self.lanes = ThreadPoolExecutor(64, thread_name_prefix=f"{name}-event")

    def stop(self) -> None:
        """Let what is queued for the lanes happen; forget requests that nobody can be answered any more."""
        self.requests.shutdown(wait=False, cancel_futures=True)
        self.lanes.shutdown(wait=True)


class Lane:
    """Jobs one after another, in whatever thread of a pool is free."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool
        self._jobs: deque[Callable[[], object]] = deque()
        self._lock = threading.Lock()
        self._busy = False

    @property
    def waiting(self) -> int:
        return len(self._jobs)

    def put(self, job: Callable[[], object]) -> None:
        with self._lock:
            self._jobs.append(job)
            if self._busy:
                return
            self._busy = True
        try:
            self._pool.submit(self._drain)
        except RuntimeError:
            log.debug("a job came after the end")

    def _drain(self) -> None:
        while True:
            with self._lock:
                if not self._jobs:
                    self._busy = False
                    return
                job = self._jobs.popleft()
            try:
                job()
            except Exception:
                log.exception("an event was not handled")


class LiveLink:
    """A Link over a wire. Everything public but `received` and `went_down` may be called from any thread."""

    def __init__(self, wire: Wire, peer: Peer, loop: NetworkLoop, dispatcher: Dispatcher, workers: Workers, lane: Lane) -> None:
        self.lane = lane
        self._wire = wire
        self._peer = peer
        self._loop = loop
        self._dispatcher = dispatcher
        self._workers = workers
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._waiting: dict[int, Future[msgspec.Raw]] = {}
        self._handling = 0
        self._down = ""
        self._refusing = ""

    def __repr__(self) -> str:
        return f"<link to {who(self._peer)}>"

    @property
    def peer(self) -> Peer:
        return self._peer

    @property
    def is_up(self) -> bool:
        return not self._down

    @property
    def handling(self) -> int:
        """Requests of the other side that are being handled."""
        return self._handling

    def ask(self, request: Request[Answer], *, seconds: float = 10) -> Answer:
        self._loop.refuse_own_thread()
        number = next(self._numbers)
        frame = _within_limit(encode(Call(number, msgspec.Raw(encode(request)))), tag_of(type(request)))
        waiting: Future[msgspec.Raw] = Future()
        with self._lock:
            if self._down:
                raise Unavailable(f"{who(self._peer)} cannot be asked: {self._down}")
            self._waiting[number] = waiting
        self._loop.post(self._wire.send, frame)
        try:
            body = waiting.result(seconds)
        except TimeoutError:
            raise TimedOut(f"{who(self._peer)} did not answer {tag_of(type(request))} within {seconds:g} s") from None
        finally:
            with self._lock:
                self._waiting.pop(number, None)
        return self._read_answer(request, body)

    def tell(self, event: Event) -> None:
        frame = _within_limit(encode(Note(msgspec.Raw(encode(event)))), tag_of(type(event)))
        self._loop.post(self._wire.send, frame)

    def close(self, reason: str) -> None:
        self._loop.post(self._wire.shut, reason)

    def refuse_requests(self, reason: str) -> None:
        """Finish the requests under way and refuse new ones: the service is about to stop."""
        self._refusing = reason

    def received(self, data: bytes) -> None:
        """One frame has come. Runs on the loop."""
        try:
            frame = decode_frame(data)
        except UNREADABLE:
            self._wire.shut("a frame could not be read")
            return
        match frame:
            case Call():
                self._accept(frame)
            case Note() if self.lane.waiting < EVENTS_WAITING:
                self.lane.put(partial(self._take_event, frame.body))
            case Note():
                self._wire.shut("events come faster than they can be handled")
            case Reply():
                self._settle(frame.id, lambda waiting: waiting.set_result(frame.body))
            case Fault():
                problem = from_code(frame.code, frame.message, hint=frame.hint, field=frame.field)
                self._settle(frame.id, lambda waiting: waiting.set_exception(problem))

    def went_down(self, reason: str) -> None:
        """The wire is gone: nobody will be answered any more. Runs on the loop."""
        with self._lock:
            self._down = self._down or f"the link went down: {reason}"
            waiting = list(self._waiting.values())
            self._waiting.clear()
        for each in waiting:
            each.set_exception(Unavailable(f"{who(self._peer)} did not answer: {self._down}"))

    def _take_event(self, body: msgspec.Raw) -> None:
        try:
            self._dispatcher.receive(self, body)
        except NanoError as problem:
            if not self._peer.enrolled:
                self.close(problem.message)  # so that a stranger cannot fill the log
                return
            log.warning("an event of %s was not handled: %s", who(self._peer), problem)

    def _accept(self, call: Call) -> None:
        limit = CALLS_OF_A_LINK if self._peer.enrolled else CALLS_OF_A_STRANGER
        if self._refusing:
            self._wire.send(_fault(call.id, Unavailable(self._refusing)))
        elif self._handling >= limit:
            problem = TooMany(f"{limit} requests of this link are still being handled", hint="wait for their answers")
            self._wire.send(_fault(call.id, problem))
        else:
            with self._lock:
                self._handling += 1
            self._workers.requests.submit(self._handle, call)

    def _handle(self, call: Call) -> None:
        try:
            frame = self._answer(call)
        finally:
            with self._lock:
                self._handling -= 1
        self._loop.post(self._wire.send, frame)

    def _answer(self, call: Call) -> bytes:
        try:
            answer = self._dispatcher.receive(self, call.body)
            return _within_limit(encode(Reply(call.id, msgspec.Raw(encode(answer)))), "answer")
        except NanoError as problem:
            return _fault(call.id, problem)
        except Exception as problem:
            log.exception("a request of %s was not handled", who(self._peer))
            return _fault(call.id, problem)

    def _settle(self, number: int, how: Callable[[Future[msgspec.Raw]], None]) -> None:
        with self._lock:
            waiting = self._waiting.pop(number, None)
        if waiting:  # else it came too late
            how(waiting)

    def _read_answer(self, request: Request[Answer], body: msgspec.Raw) -> Answer:
        try:
            answer: Answer = _answer_decoder(type(request)).decode(body)
        except UNREADABLE as problem:
            text = f"{who(self._peer)} answered {tag_of(type(request))} in a way this version does not understand"
            raise NanoError(f"{text}: {problem}", hint="run the same version on all hosts") from problem
        return answer


def peer_of(certificate: Certificate, address: str) -> Peer:
    """Who a certificate speaks for, as handlers see it. Raises Forbidden for one that names no module."""
    found = role_of(certificate)
    return Peer(fingerprint=fingerprint(certificate), name=found.name, role=found.role, address=address)


def finish_requests(links: Sequence[LiveLink], seconds: float) -> None:
    """Refuse new requests of these links, and wait for those under way."""
    for link in links:
        link.refuse_requests("this service is stopping")
    deadline = time.monotonic() + seconds
    while any(link.handling for link in links) and time.monotonic() < deadline:
        time.sleep(0.01)


def ignore(*_: object) -> None:
    return


def who(peer: Peer) -> str:
    """How messages and logs call the other end."""
    if not peer.enrolled:
        return f"the stranger at {peer.address}"
    return f"{peer.role} {peer.name!r} at {peer.address}"


@cache
def _answer_decoder(kind: type[Request[Any]]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(answer_type(kind))


def _within_limit(frame: bytes, tag: str) -> bytes:
    if len(frame) > FRAME_LIMIT:
        raise TooLarge(f"{tag} of {len(frame)} bytes is more than a link carries ({FRAME_LIMIT})", hint="send it in pages or over HTTPS")
    return frame


def _fault(number: int, problem: BaseException) -> bytes:
    fault = fault_of(number, problem)
    if len(fault.message) + len(fault.hint) > 4000:
        fault = msgspec.structs.replace(fault, message=fault.message[:2000], hint=fault.hint[:2000])
    return encode(fault)
