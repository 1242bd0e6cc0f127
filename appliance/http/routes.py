"""Declare an HTTP endpoint once; serve it, check it, document it and call it from that declaration.

    guests = Routes("/guests", tag="Guests")

    @guests.get("/{id}", needs=Right.GUEST_READ, statuses=(200, 201))
    def get_guest(core: Core, caller: Caller, id: str) -> Answer[GuestConfig]:
        '''Read one guest.'''

The first parameter is the service. Four names are special: `query` (a Query struct), `body` (a Body struct), `upload` (an
Upload, the body as a stream) and `caller` (on whose behalf). Every other parameter is a place of the path. `{filepath}` matches
any rest, also an empty one.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Generic, Protocol, TypeVar, get_args, get_origin

import msgspec

from appliance.rights import Caller, Right

API_ROOT = "/api/v1"

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")
_PLACE = re.compile(r"{(\w+)}")


class DeclarationError(TypeError):
    """An endpoint is declared in a way that cannot be served."""


class Query(msgspec.Struct, kw_only=True, frozen=True):
    """Base for query-string parameters. Who may send unknown ones is decided by http/serve.py alone."""


class Body(msgspec.Struct, kw_only=True, frozen=True):
    """Base for JSON request bodies. Who may send unknown fields is decided by http/serve.py alone."""


class Answer(msgspec.Struct, Generic[T], frozen=True):
    """A result whose HTTP status carries meaning, e.g. 202 for accepted. The status must be declared in `statuses`.

    `session` sets the portal's session cookie, "" takes it away, None leaves it alone.
    """

    data: T
    status: int = 200
    session: str | None = None


class Blob(msgspec.Struct, frozen=True):
    """A binary answer, outside the JSON envelope."""

    media_type: str
    data: bytes


class Upload(Protocol):
    """The body of a request as it arrives, too long to be kept in memory; `length` is None where nobody told it."""

    @property
    def length(self) -> int | None: ...

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes, none at the end. Raises BadRequest when the client breaks off."""
        ...


class Download(Protocol):
    """A file to be sent, whole or in ranges; read at most once, and closed by whoever sends it."""

    media_type: str
    size: int
    headers: dict[str, str]

    def read(self, start: int, length: int, /) -> Iterator[bytes]: ...
    def close(self) -> None: ...


class Stream(Protocol):
    """Raw bytes both ways, e.g. a guest's display; served as a WebSocket with subprotocol "binary"."""

    def fileno(self) -> int: ...
    def recv(self, size: int, /) -> bytes: ...
    def sendall(self, data: bytes, /) -> None: ...
    def close(self) -> None: ...


class Feed(Protocol):
    """A source of server-sent events. `subscribe` calls `send(event_id, data)` for every event from `last` on."""

    def subscribe(self, send: Callable[[str, bytes], None], last: str) -> Callable[[], None]:
        """Start sending, beginning after the event id `last` ("" = from now); answers the function that stops it."""
        ...


class Wire(Enum):
    """How an answer looks to a caller without credentials (with credentials, their kind decides)."""

    MODERN = "true HTTP statuses, unknown fields refused"
    NANO = "HTTP 200 with error_code 500, unknown fields ignored, as Nano 1.4 did"


class Kind(Enum):
    CALL = "JSON envelope"
    BLOB = "binary answer"
    FILE = "file, whole or in ranges"
    FEED = "server-sent events"
    STREAM = "WebSocket"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One declared route. `right` None means open to everybody; `answer` is the type of `data` in the envelope.

    `wrapped` tells that the handler wraps it into an Answer, `audited` that the audit log hears of every use, `upload` that it
    reads the body itself.
    """

    method: str
    path: str
    right: Right | None
    handler: Callable[..., Any]
    summary: str
    description: str
    tag: str
    path_params: dict[str, Any]
    query: type[Query] | None
    body: type[Body] | None
    upload: bool
    answer: Any
    statuses: tuple[int, ...]
    kind: Kind
    wire: Wire
    wants_caller: bool
    wrapped: bool
    signed_in: bool
    body_optional: bool
    audited: bool

    @property
    def id(self) -> str:
        return self.handler.__name__


@dataclass
class Routes:
    """One resource's endpoints, in the order they are written."""

    prefix: str
    tag: str
    found: list[Endpoint] = field(default_factory=list)

    def __iter__(self) -> Iterator[Endpoint]:
        return iter(self.found)

    def get(self, path: str, **rules: Any) -> Callable[[F], F]:
        return self._declare("GET", path, **rules)

    def post(self, path: str, **rules: Any) -> Callable[[F], F]:
        return self._declare("POST", path, **rules)

    def put(self, path: str, **rules: Any) -> Callable[[F], F]:
        return self._declare("PUT", path, **rules)

    def patch(self, path: str, **rules: Any) -> Callable[[F], F]:
        return self._declare("PATCH", path, **rules)

    def delete(self, path: str, **rules: Any) -> Callable[[F], F]:
        return self._declare("DELETE", path, **rules)

    def _declare(
        self,
        method: str,
        path: str,
        *,
        needs: Right | None,
        statuses: tuple[int, ...] = (200,),
        wire: Wire = Wire.MODERN,
        signed_in: bool = True,
        body_optional: bool = False,
        audited: bool | None = None,
    ) -> Callable[[F], F]:
        """`needs=None` with `signed_in=False` opens the route to everybody; say so only where that is the purpose.

        `body_optional` is for routes whose body may be left out altogether. `audited` None means: if it changes something;
        say True for a read that discloses a secret, False for a change that nobody will ask about.
        """

        def declare(handler: F) -> F:
            read = _read(handler, method, API_ROOT + self.prefix + path)
            self.found.append(
                Endpoint(
                    method=method,
                    path=API_ROOT + self.prefix + path,
                    right=needs,
                    handler=handler,
                    tag=self.tag,
                    statuses=statuses,
                    wire=wire,
                    signed_in=signed_in or needs is not None,
                    body_optional=body_optional,
                    audited=audited if audited is not None else method != "GET" and not (self.prefix + path).startswith("/search/"),
                    **read,
                )
            )
            return handler

        return declare


def _read(handler: Callable[..., Any], method: str, path: str) -> dict[str, Any]:
    """What the signature and docstring of a handler declare; raises DeclarationError where they do not fit the path."""
    name = f"{method} {path}"
    doc = inspect.getdoc(handler)
    if not doc:
        raise DeclarationError(f"{name}: {handler.__qualname__} needs a docstring; it becomes the API text")
    hints = _hints(handler, name)
    answer = hints.pop("return")
    query, body = hints.pop("query", None), hints.pop("body", None)
    upload = hints.pop("upload", None) is Upload
    wants_caller = hints.pop("caller", None) is Caller
    if set(_PLACE.findall(path)) != set(hints):
        raise DeclarationError(f"{name}: path names {_PLACE.findall(path)} but {handler.__qualname__} takes {sorted(hints)}")
    summary, _, description = doc.partition("\n")
    wrapped = get_origin(answer) is Answer
    if wrapped:
        answer = get_args(answer)[0]
    return {
        "summary": summary,
        "description": description.strip(),
        "path_params": hints,
        "query": query,
        "body": body,
        "upload": upload,
        "answer": answer,
        "kind": {Blob: Kind.BLOB, Download: Kind.FILE, Feed: Kind.FEED, Stream: Kind.STREAM}.get(answer, Kind.CALL),
        "wants_caller": wants_caller,
        "wrapped": wrapped,
    }


def _hints(handler: Callable[..., Any], name: str) -> dict[str, Any]:
    """Resolved annotations of every parameter but the service's, which is imported for type checkers only."""
    annotations = dict(inspect.get_annotations(handler))
    if "return" not in annotations:
        raise DeclarationError(f"{name}: {handler.__qualname__} must say what it answers")
    parameters = list(inspect.signature(handler).parameters)
    if not parameters:
        raise DeclarationError(f"{name}: {handler.__qualname__} must take the service as its first parameter")
    annotations.pop(parameters[0], None)
    known = inspect.unwrap(handler).__globals__
    return {key: eval(hint, known) if isinstance(hint, str) else hint for key, hint in annotations.items()}
