"""Create, delete, start and stop many guests at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, field

from appliance.core.api.guests import CloudInit, DiskSize
from appliance.core.api.objects import Item, Name, QosItem
from appliance.http.routes import Answer, Body, Routes
from appliance.rights import Caller, Right

if TYPE_CHECKING:
    from appliance.core.service import Core

routes = Routes("/batch", tag="Guests")


class BatchId(Item, frozen=True):
    """Also the id of an operation, which tells how far the whole batch is."""

    id: str


class CreatedItem(Item, frozen=True):
    """`status` is creating, created or fail; `id` is empty until there is one."""

    id: str
    status: str
    progress: int
    name: str = ""
    error: str = ""


class ChangedItem(Item, frozen=True):
    """`status` is deleting, starting or stopping, then deleted, started or stopped, or fail."""

    id: str
    status: str
    name: str = ""
    error: str = ""


class NewGuests(Body, frozen=True):
    """`count` guests called "<name_prefix>_<index>", with an index from 0; `name_rule` must be "order"."""

    name_rule: Annotated[str, Meta(pattern="^(order|MAC|address)$")]
    name_prefix: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{1,58}$")]
    count: Annotated[int, Meta(ge=1, le=1000)]
    owner: Name
    group: Name
    pool: Annotated[str, Meta(min_length=1)]
    cores: Annotated[int, Meta(ge=1, le=512)]
    memory: Annotated[int, Meta(ge=16 * 1024**2, le=64 * 1024**4, description="Bytes, at least 16 MiB")]
    disks: Annotated[list[DiskSize], Meta(min_length=1, max_length=16)]
    template: Annotated[str, Meta(min_length=1, description="Id of a system template")]
    auto_start: bool = False
    network_address: str = ""
    ethernet_address: str = ""
    from_image: Annotated[str, Meta(description="Id of a disk image; empty = blank system disk")] = ""
    port: list[int] = field(default_factory=list)
    modules: list[str] = field(default_factory=list)
    cloud_init: CloudInit | None = None
    qos: QosItem | None = None


class ChosenGuests(Body, frozen=True):
    guest: Annotated[list[str], Meta(min_length=1, max_length=1000, description="Ids of guests")]


class GuestsToStop(ChosenGuests, frozen=True):
    """Without `force` the guests are asked to shut down (ACPI)."""

    force: bool = False


@routes.post("/create_guest/", needs=Right.GUEST_CREATE, statuses=(202,))
def start_batch_create(core: Core, caller: Caller, body: NewGuests) -> Answer[BatchId]:
    """Create several equal guests."""
    return Answer(core.batches.create(caller, body), 202)


@routes.get("/create_guest/{id}", needs=Right.GUEST_READ, statuses=(200, 202))
def get_batch_create(core: Core, caller: Caller, id: str) -> Answer[list[CreatedItem]]:
    """Read how far a batch creation is, guest by guest; 202 while something is under way."""
    return core.batches.created(caller, id)


@routes.post("/delete_guest/", needs=Right.GUEST_DELETE, statuses=(202,))
def start_batch_delete(core: Core, caller: Caller, body: ChosenGuests) -> Answer[BatchId]:
    """Delete several stopped guests; running ones fail, each for itself."""
    return Answer(core.batches.delete(caller, body.guest), 202)


@routes.get("/delete_guest/{id}", needs=Right.GUEST_READ, statuses=(200, 202))
def get_batch_delete(core: Core, caller: Caller, id: str) -> Answer[list[ChangedItem]]:
    """Read how far a batch deletion is, guest by guest; 202 while something is under way."""
    return core.batches.changed(caller, id, "delete")


@routes.post("/stop_guest/", needs=Right.GUEST_POWER, statuses=(202,))
def start_batch_stop(core: Core, caller: Caller, body: GuestsToStop) -> Answer[BatchId]:
    """Stop several guests."""
    return Answer(core.batches.stop(caller, body.guest, force=body.force), 202)


@routes.get("/stop_guest/{id}", needs=Right.GUEST_READ, statuses=(200, 202))
def get_batch_stop(core: Core, caller: Caller, id: str) -> Answer[list[ChangedItem]]:
    """Read how far a batch stop is, guest by guest; 202 while something is under way."""
    return core.batches.changed(caller, id, "stop")


@routes.post("/start_guest/", needs=Right.GUEST_POWER, statuses=(202,))
def start_batch_start(core: Core, caller: Caller, body: ChosenGuests) -> Answer[BatchId]:
    """Start several guests."""
    return Answer(core.batches.start(caller, body.guest), 202)


@routes.get("/start_guest/{id}", needs=Right.GUEST_READ, statuses=(200, 202))
def get_batch_start(core: Core, caller: Caller, id: str) -> Answer[list[ChangedItem]]:
    """Read how far a batch start is, guest by guest; 202 while something is under way."""
    return core.batches.changed(caller, id, "start")
