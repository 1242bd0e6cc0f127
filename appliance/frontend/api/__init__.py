"""The API of the portal: its own routes, and every route of Core that it forwards."""

from __future__ import annotations

from appliance.core.api import ENDPOINTS as CORE_ENDPOINTS
from appliance.frontend.api import (
    audit,
    channels,
    groups,
    logs,
    me,
    portal,
    roles,
    sessions,
    settings,
    system,
    tokens,
    trust,
    users,
    visibilities,
)
from appliance.http.routes import Endpoint, Kind

_PARTS = (portal, system, sessions, channels, users, groups, roles, visibilities, me, tokens, logs, audit, settings, trust)

OWN: tuple[Endpoint, ...] = tuple(endpoint for part in _PARTS for endpoint in part.routes)

_own_places = {(endpoint.method, endpoint.path) for endpoint in OWN}

FORWARDED: tuple[Endpoint, ...] = tuple(
    endpoint for endpoint in CORE_ENDPOINTS if (endpoint.method, endpoint.path) not in _own_places and endpoint.kind is not Kind.STREAM
)
"""Core routes reached through the portal; raw streams only through a one-time monitor channel."""

ENDPOINTS: tuple[Endpoint, ...] = OWN + FORWARDED
