"""The searches of old programs: whose objects are listed is decided here, not by what the program asks for."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import msgspec

from appliance.http.routes import API_ROOT
from appliance.rights import Shared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from appliance.http.routes import Endpoint
    from appliance.rights import Caller

_SHARING: dict[str, Callable[[Shared], frozenset[str]]] = {
    f"{API_ROOT}/guest_search/{{filepath}}": lambda shared: shared.guests,
    f"{API_ROOT}/search/guests/": lambda shared: shared.guests,
    f"{API_ROOT}/disk_image_search/{{filepath}}": lambda shared: shared.disk_images,
    f"{API_ROOT}/media_image_search/{{filepath}}": lambda shared: shared.media_images,
}
"""Path -> the groups of a caller that share what is searched there (frontend-api.yaml, search.*)."""


def narrowed(endpoints: Iterable[Endpoint], is_old_program: Callable[[Caller], bool]) -> tuple[Endpoint, ...]:
    """The same routes; an old program finds what belongs to its user, and to the user's group where that shares.

    The portal may ask for any owner: Core answers what the caller may see either way.
    """
    return tuple(_narrowed(endpoint, is_old_program) if endpoint.path in _SHARING else endpoint for endpoint in endpoints)


def _narrowed(endpoint: Endpoint, is_old_program: Callable[[Caller], bool]) -> Endpoint:
    sharing = _SHARING[endpoint.path]
    part = "body" if endpoint.body is not None else "query"

    def handler(service: object, caller: Caller, **arguments: Any) -> Any:
        if is_old_program(caller):
            shares = caller.group in sharing(caller.shared or Shared())
            changed = {"owner": caller.user, "group": caller.group if shares else ""}
            arguments[part] = msgspec.structs.replace(arguments[part], **changed)
        return endpoint.handler(service, caller=caller, **arguments)

    handler.__name__ = endpoint.id
    handler.__doc__ = endpoint.handler.__doc__
    return dataclasses.replace(endpoint, handler=handler, wants_caller=True)
