"""Names of guests for the audit log, which tells them also of guests that are gone by then."""

from __future__ import annotations

import dataclasses
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from appliance.core.api.guests import get_guest
from appliance.http.routes import API_ROOT
from appliance.rights import Caller, Right
from nano_runtime.errors import NanoError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from appliance.http.client import Client
    from appliance.http.routes import Endpoint

MOST = 20_000
_GUESTS = (f"{API_ROOT}/guests/{{id}}", f"{API_ROOT}/instances/{{id}}")
_ASKING = Caller(rights=frozenset({Right.GUEST_READ, Right.GUEST_ALL}))


class ObjectNames:
    """What was asked once is remembered, the least recent forgotten."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._known: OrderedDict[str, str] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, id: str, name: str = "", *, ask: bool = True) -> str:
        """The name of a guest; `name` is what it was just called. "" if nobody knows."""
        found = name or self._recall(id) or (self._ask(id) if ask else "")
        if found:
            self._remember(id, found)
        return found

    def before_change(self, endpoints: Iterable[Endpoint]) -> tuple[Endpoint, ...]:
        """The same routes; those that delete a guest ask for its name before."""
        return tuple(
            self._asking(endpoint) if endpoint.method == "DELETE" and endpoint.path.startswith(_GUESTS) else endpoint
            for endpoint in endpoints
        )

    def _asking(self, endpoint: Endpoint) -> Endpoint:
        def handler(service: object, caller: Caller, **arguments: Any) -> Any:
            self.of(arguments["id"])
            return endpoint.handler(service, caller=caller, **arguments)

        handler.__name__ = endpoint.id
        handler.__doc__ = endpoint.handler.__doc__
        return dataclasses.replace(endpoint, handler=handler, wants_caller=True)

    def _ask(self, id: str) -> str:
        try:
            return self._client.call(get_guest, _ASKING, id=id).data.name
        except NanoError:
            return ""

    def _recall(self, id: str) -> str:
        with self._lock:
            return self._known.get(id, "")

    def _remember(self, id: str, name: str) -> None:
        with self._lock:
            self._known[id] = name
            self._known.move_to_end(id)
            while len(self._known) > MOST:
                self._known.popitem(last=False)
