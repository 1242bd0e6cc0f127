"""Call declared routes as typed functions: `client.call(get_guest, caller, id="...")` answers what the handler answers.

How a call travels is the transport's business (transports.py); the checks are the same on every way.
"""

from __future__ import annotations

import dataclasses
import inspect
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar, overload

from appliance.http.routes import Endpoint, Feed, Kind, Stream
from nano_runtime.errors import Forbidden

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from appliance.rights import Caller

P = ParamSpec("P")
R = TypeVar("R")


class Transport(Protocol):
    """Carries calls to a service. Every method raises the NanoError that the service raised, or Unavailable."""

    def find(self, handler: Callable[..., Any]) -> Endpoint: ...
    def call(self, endpoint: Endpoint, caller: Caller, arguments: dict[str, Any]) -> Any: ...
    def stream(self, endpoint: Endpoint, caller: Caller, arguments: dict[str, Any]) -> Stream: ...
    def feed(self, endpoint: Endpoint, caller: Caller, arguments: dict[str, Any]) -> Feed: ...


class Client:
    """Every call says on whose behalf it is made: the caller comes first, or as `caller=` where the handler takes one."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport

    @overload
    def call(self, handler: Callable[Concatenate[Any, Caller, P], R], caller: Caller, /, *args: P.args, **kwargs: P.kwargs) -> R: ...
    @overload
    def call(self, handler: Callable[Concatenate[Any, P], R], caller: Caller, /, *args: P.args, **kwargs: P.kwargs) -> R: ...
    @overload
    def call(self, handler: Callable[Concatenate[Any, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R: ...

    def call(self, handler: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """What the handler answers, wrapped in Answer where it wraps. Raises what it raises, or Unavailable."""
        return self.transport.call(*self._addressed(handler, args, kwargs))

    @overload
    def stream(self, handler: Callable[Concatenate[Any, P], Stream], caller: Caller, /, *args: P.args, **kwargs: P.kwargs) -> Stream: ...
    @overload
    def stream(self, handler: Callable[Concatenate[Any, P], Stream], /, *args: P.args, **kwargs: P.kwargs) -> Stream: ...

    def stream(self, handler: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Stream:
        """The bytes of a console or the like; whoever gets it closes it."""
        return self.transport.stream(*self._addressed(handler, args, kwargs))

    def feed(self, handler: Callable[..., Feed], caller: Caller, /, **kwargs: Any) -> Feed:
        """Events from now on, or from where a subscriber left off."""
        return self.transport.feed(*self._addressed(handler, (caller,), kwargs))

    def _addressed(
        self, handler: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> tuple[Endpoint, Caller, dict[str, Any]]:
        caller = kwargs.pop("caller", None)
        if caller is None:
            caller, *rest = args
            args = tuple(rest)
        names = [name for name in list(inspect.signature(handler).parameters)[1:] if name != "caller"]
        return self.transport.find(handler), caller, {**dict(zip(names, args, strict=False)), **kwargs}


def check_right(endpoint: Endpoint, caller: Caller) -> None:
    """Raise Forbidden, naming the right, unless the caller has what the route needs."""
    if endpoint.right is not None and not caller.may(endpoint.right):
        raise Forbidden(f"this needs the right '{endpoint.right}'", hint="ask an administrator for a role that has it")


def forward(endpoints: Iterable[Endpoint], client: Client) -> tuple[Endpoint, ...]:
    """The same routes, to be served here and answered there, on behalf of whoever calls here."""
    return tuple(_forwarded(endpoint, client.transport) for endpoint in endpoints)


def _forwarded(endpoint: Endpoint, transport: Transport) -> Endpoint:
    ways: dict[Kind, Callable[[Endpoint, Caller, dict[str, Any]], Any]] = {Kind.STREAM: transport.stream, Kind.FEED: transport.feed}
    send = ways.get(endpoint.kind, transport.call)

    def handler(_service: object, caller: Caller, **arguments: Any) -> Any:
        return send(endpoint, caller, arguments)

    handler.__name__ = endpoint.id
    handler.__doc__ = endpoint.handler.__doc__
    return dataclasses.replace(endpoint, handler=handler, wants_caller=True)
