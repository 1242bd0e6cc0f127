"""Routes that need no right are for people: they act on the account itself, and a token proves less than its owner."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from appliance.frontend.account import TOKEN
from nano_runtime.errors import Forbidden

if TYPE_CHECKING:
    from collections.abc import Iterable

    from appliance.http.routes import Endpoint
    from appliance.rights import Caller


def without_tokens(endpoints: Iterable[Endpoint]) -> tuple[Endpoint, ...]:
    """The same routes; those that need no right but a sign-in refuse callers with a token."""
    return tuple(_guarded(endpoint) if endpoint.right is None and endpoint.signed_in else endpoint for endpoint in endpoints)


def _guarded(endpoint: Endpoint) -> Endpoint:
    def handler(service: object, caller: Caller, **arguments: Any) -> Any:
        if caller.session.startswith(TOKEN):
            raise Forbidden("a token cannot act on the account it belongs to", hint="sign in to the portal")
        return endpoint.handler(service, **arguments, **({"caller": caller} if endpoint.wants_caller else {}))

    handler.__name__ = endpoint.id
    handler.__doc__ = endpoint.handler.__doc__
    return dataclasses.replace(endpoint, handler=handler, wants_caller=True)
