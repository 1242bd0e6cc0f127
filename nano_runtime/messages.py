"""Messages between modules: declared once as structs, found by type, sent as JSON frames.

A `Request[Answer]` expects exactly one `Answer` (or an error of nano_runtime.errors); an `Event` expects nothing.
Who receives a message is decided by the type of the handler's last parameter:

    dispatcher = Dispatcher()

    @dispatcher.handles
    def create_guest(core: Link, request: CreateGuest) -> GuestReport: ...

Frames on the wire are `Call | Reply | Fault | Note`; a `Call` carries the id that its `Reply` or `Fault` repeats.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any, Generic, Protocol, TypeVar, cast, get_args, get_origin, get_type_hints

import msgspec

from nano_runtime.errors import BadRequest, NanoError

Answer = TypeVar("Answer")
H = TypeVar("H", bound=Callable[..., Any])

FRAME_LIMIT = 64 * 1024
"""Bytes. Anything bulkier pages itself or goes over HTTPS, so that a heartbeat never waits behind it."""

UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
"""All that msgspec raises at JSON of somebody else: not as declared, not UTF-8, nested too deep."""


class Message(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """Anything that crosses a link. Every concrete message has its own tag."""


class Request(Message, Generic[Answer], frozen=True):
    """A message that expects exactly one answer of its own type."""


class Event(Message, frozen=True):
    """A message nobody answers."""


class Call(msgspec.Struct, frozen=True, tag="call"):
    id: int
    body: msgspec.Raw


class Reply(msgspec.Struct, frozen=True, tag="reply"):
    id: int
    body: msgspec.Raw


class Fault(msgspec.Struct, frozen=True, tag="fault"):
    id: int
    code: str
    message: str
    hint: str = ""
    field: str = ""


class Note(msgspec.Struct, frozen=True, tag="note"):
    body: msgspec.Raw


Frame = Call | Reply | Fault | Note
encode = msgspec.json.Encoder().encode
decode_frame = msgspec.json.Decoder(Frame).decode


class Link(Protocol):
    """One living, authenticated connection to another module, as a handler sees it."""

    @property
    def peer(self) -> Peer: ...

    def ask(self, request: Request[Answer], *, seconds: float = 10) -> Answer:
        """Send a request and wait for its answer; never from a thread that runs the network loop.

        Raises TimedOut after `seconds`, Unavailable when the link goes down, or the error the other side answered.
        """
        ...

    def tell(self, event: Event) -> None:
        """Send an event; silently dropped when the link is down, because nobody could act on the failure."""
        ...

    def close(self, reason: str) -> None: ...


class Peer(msgspec.Struct, frozen=True, kw_only=True):
    """Who is at the other end. `fingerprint` is the lowercase hex SHA-256 of its public key (SPKI, DER).

    A stranger has no certificate of our domain: `name` and `role` are empty and only open messages reach a handler.
    """

    fingerprint: str
    name: str = ""
    role: str = ""
    address: str = ""

    @property
    def enrolled(self) -> bool:
        return bool(self.role)


class Handler(msgspec.Struct, frozen=True):
    function: Callable[[Link, Any], Any]
    message: type[Message]
    open_to_strangers: bool


class Dispatcher:
    """Finds the handler of a message by its type. One dispatcher per service."""

    def __init__(self) -> None:
        self._handlers: dict[str, Handler] = {}
        self._decoder: msgspec.json.Decoder[Message] | None = None

    def handles(self, handler: H, *, open_to_strangers: bool = False) -> H:
        """Register `handler(link, message)`; the type of its last parameter says which message it is for."""
        hints = get_type_hints(inspect.unwrap(handler))
        hints.pop("return", None)
        kind = next(reversed(hints.values()), None)
        if not (inspect.isclass(kind) and issubclass(kind, Message)):
            raise TypeError(f"{handler} does not say which message it is for")
        tag = tag_of(kind)
        if tag in self._handlers:
            raise TypeError(f"{kind.__name__} already has a handler")
        self._handlers[tag] = Handler(handler, kind, open_to_strangers)
        self._decoder = None
        return handler

    def __iter__(self) -> Iterator[Handler]:
        return iter(self._handlers.values())

    def receive(self, link: Link, body: msgspec.Raw) -> Any:
        """Decode one message and run its handler in the calling thread.

        Raises BadRequest for a message nobody handles or that does not fit its declaration, and for any message
        of a stranger that is not open to strangers (the text is the same, so that a stranger learns nothing).
        """
        try:
            message = self._decode(body)
        except BadRequest as problem:
            if link.peer.enrolled:
                raise
            raise _not_enrolled() from problem
        handler = self._handlers[tag_of(type(message))]
        if not link.peer.enrolled and not handler.open_to_strangers:
            raise _not_enrolled()
        return handler.function(link, message)

    def _decode(self, body: msgspec.Raw) -> Message:
        if not self._handlers:
            raise BadRequest("message not understood: nothing here handles any")
        if self._decoder is None:
            self._decoder = msgspec.json.Decoder(_union([handler.message for handler in self._handlers.values()]))
        try:
            return self._decoder.decode(body)
        except UNREADABLE as problem:
            raise BadRequest(f"message not understood: {problem}") from problem


def _not_enrolled() -> BadRequest:
    return BadRequest("this module is not enrolled", hint="join it with a token or approve it in the portal")


def tag_of(kind: type[Message]) -> str:
    """The wire name of a message type."""
    return cast("str", kind.__struct_config__.tag)


def answer_type(kind: type[Message]) -> Any:
    """What a request expects back: the `Answer` of its `Request[Answer]` base."""
    for base in getattr(kind, "__orig_bases__", ()):
        if get_origin(base) is Request:
            return get_args(base)[0]
    raise TypeError(f"{kind.__name__} does not say what it expects back")


def fault_of(call: int, error: BaseException) -> Fault:
    """What the other side may know of an error; the text of an unforeseen one stays in our log."""
    if isinstance(error, NanoError):
        return Fault(call, error.code, error.message, error.hint, error.field)
    return Fault(call, NanoError.code, "an unforeseen failure", "see the log of the service that answered")


def _union(kinds: list[type[Message]]) -> Any:
    joined: Any = kinds[0]
    for kind in kinds[1:]:
        joined = joined | kind
    return joined
