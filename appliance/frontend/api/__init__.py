"""The API of the portal: its own routes, and every route of Core that it forwards."""

from __future__ import annotations

from appliance.core.api import ENDPOINTS as CORE_ENDPOINTS
from appliance.frontend.api import channels, portal, sessions, system
from appliance.http.routes import Endpoint, Kind

OWN: tuple[Endpoint, ...] = tuple(
    endpoint for routes in (portal.routes, system.routes, sessions.routes, channels.routes) for endpoint in routes
)

_own_places = {(endpoint.method, endpoint.path) for endpoint in OWN}

FORWARDED: tuple[Endpoint, ...] = tuple(
    endpoint for endpoint in CORE_ENDPOINTS if (endpoint.method, endpoint.path) not in _own_places and endpoint.kind is not Kind.STREAM
)
"""Core routes reached through the portal; raw streams only through a one-time monitor channel."""

ENDPOINTS: tuple[Endpoint, ...] = OWN + FORWARDED
