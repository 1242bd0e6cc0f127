"""The REST API of Core, by resource. Importing this package needs no running Core."""

from __future__ import annotations

from appliance.core.api import (
    batches,
    cells,
    events,
    guest_changes,
    guest_disks,
    guests,
    images,
    instance_status,
    instances,
    media,
    operations,
    pools,
    search,
    status,
    templates,
    tokens,
)
from appliance.http.routes import Endpoint

ENDPOINTS: tuple[Endpoint, ...] = tuple(
    endpoint
    for routes in (
        pools.routes,
        cells.routes,
        cells.joining,
        status.routes,
        guests.routes,
        guest_changes.routes,
        guest_disks.routes,
        batches.routes,
        instances.routes,
        instance_status.routes,
        search.routes,
        images.routes,
        media.routes,
        templates.routes,
        operations.routes,
        events.routes,
        tokens.routes,
    )
    for endpoint in routes
)
