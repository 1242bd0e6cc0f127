"""The way to Core, seen from the portal: what goes wrong between the two is no fault of the person at the browser."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from nano_runtime.errors import Unauthenticated, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from appliance.http.client import Transport
    from appliance.http.routes import Endpoint, Feed, Stream
    from appliance.rights import Caller


class CoreLink:
    """A transport that tells a refused credential of the portal apart from a user who is not signed in.

    A browser that hears 401 drops its session and asks for the password, which would help nobody.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def find(self, handler: Callable[..., Any]) -> Endpoint:
        return self._transport.find(handler)

    def call(self, endpoint: Endpoint, caller: Caller, arguments: dict[str, Any]) -> Any:
        with _own_fault():
            return self._transport.call(endpoint, caller, arguments)

    def stream(self, endpoint: Endpoint, caller: Caller, arguments: dict[str, Any]) -> Stream:
        with _own_fault():
            return self._transport.stream(endpoint, caller, arguments)

    def feed(self, endpoint: Endpoint, caller: Caller, arguments: dict[str, Any]) -> Feed:
        with _own_fault():
            return self._transport.feed(endpoint, caller, arguments)


@contextmanager
def _own_fault() -> Iterator[None]:
    try:
        yield
    except Unauthenticated as refusal:
        hint = "api_id and api_key of frontend.cfg must be a credential of Core's api.cfg; compare the clocks, too"
        raise Unavailable(f"Core does not accept this portal: {refusal.message}", hint=hint) from refusal
