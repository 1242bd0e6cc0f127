"""What the steps of an operation change: the host of this Cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from appliance.cell.hypervisor.connection import Connection
    from appliance.cell.images import Images
    from appliance.cell.records import Records
    from appliance.cell.storage import Storage


class CellHost(NamedTuple):
    hypervisor: Connection
    storage: Storage
    images: Images
    records: Records
