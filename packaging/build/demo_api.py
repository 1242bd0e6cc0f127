"""The demo's way into the public API: the typed client over HTTPS, as any program would use it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from appliance.core.api import ENDPOINTS
from appliance.http.client import Client
from appliance.http.transports import HttpTransport
from appliance.rights import Caller, Right
from nano_runtime.tls import client_context

if TYPE_CHECKING:
    from collections.abc import Iterator

    from demo_home import DemoHome

CALLER = Caller(user="admin", group="admin", rights=frozenset(Right))


@contextlib.contextmanager
def connect(home: DemoHome) -> Iterator[Client]:
    """A client that signs its tokens with the demo's credential and trusts only certificates of the demo's own authority."""
    transport = HttpTransport(ENDPOINTS, home.api, home.credential, client_context(home.authority.read_text()))
    try:
        yield Client(transport)
    finally:
        transport.close()
