"""Guests: create, read, delete, look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct, field

from appliance.core.api.objects import GuestConfig, GuestId, Name, QosItem
from appliance.http.routes import Answer, Blob, Body, Query, Routes, Stream
from appliance.rights import Caller, Right

if TYPE_CHECKING:
    from appliance.core.service import Core

routes = Routes("/guests", tag="Guests")

DiskSize = Annotated[int, Meta(ge=1024 * 1024, le=64 * 1024**4, description="Bytes, at least 1 MiB")]


class CloudInit(Struct, kw_only=True, frozen=True):
    root_enabled: bool = False
    admin_name: str = ""
    admin_secret: str = ""
    data_path: str = "/opt/data"


class NewGuest(Body, frozen=True):
    """`name` is the short name; Core stores "<group>.<name>". `disks[0]` is the system disk.

    `start` starts it once, as soon as it is made; `auto_start` does that too, and again with its host.
    """

    name: Name
    owner: Name
    group: Name
    pool: Annotated[str, Meta(min_length=1)]
    cores: Annotated[int, Meta(ge=1, le=512, description="Virtual CPUs, at most those of the largest cell")]
    memory: Annotated[int, Meta(ge=16 * 1024**2, le=64 * 1024**4, description="Bytes, at least 16 MiB")]
    disks: Annotated[list[DiskSize], Meta(min_length=1, max_length=16)]
    template: Annotated[str, Meta(min_length=1, description="Id of a system template")]
    auto_start: bool = False
    start: bool = False
    network_address: str = ""
    ethernet_address: str = ""
    from_image: Annotated[str, Meta(description="Id of a disk image; empty = blank system disk")] = ""
    port: list[int] = field(default_factory=list)
    modules: list[str] = field(default_factory=list)
    cloud_init: CloudInit | None = None
    qos: QosItem | None = None
    security_policy_group: str = ""


class Removal(Body, frozen=True):
    """A running guest is refused, `force` or not: stop it first."""

    force: bool = False


class ConsoleQuery(Query, frozen=True):
    """`type` chooses the graphical or the serial console."""

    type: Annotated[str, Meta(pattern="^(vnc|serial)$")] = "vnc"


@routes.get("/{id}", needs=Right.GUEST_READ, statuses=(200, 201))
def get_guest(core: Core, caller: Caller, id: str) -> Answer[GuestConfig]:
    """Read a guest.

    Answers 201 with `progress` while it is being created. A failed creation removes the guest; its error is told by the
    operation, and once here.
    """
    return core.guests.get(caller, id)


@routes.post("/", needs=Right.GUEST_CREATE, statuses=(202,))
def create_guest(core: Core, caller: Caller, body: NewGuest) -> Answer[GuestId]:
    """Create a guest, blank or from a disk image, and place it on the best cell of its pool."""
    return Answer(core.guests.create(caller, body), 202)


@routes.delete("/{id}", needs=Right.GUEST_DELETE, body_optional=True)
def delete_guest(core: Core, caller: Caller, id: str, body: Removal) -> None:
    """Delete a stopped guest with its disks."""
    core.guests.delete(caller, id)


@routes.get("/{id}/picture", needs=Right.GUEST_CONSOLE)
def get_guest_picture(core: Core, caller: Caller, id: str) -> Blob:
    """Take a picture of the screen of a running guest (PNG)."""
    return Blob("image/png", core.guests.picture(caller, id))


@routes.get("/{id}/console", needs=Right.GUEST_CONSOLE)
def open_guest_console(core: Core, caller: Caller, id: str, query: ConsoleQuery) -> Stream:
    """Open the console of a running guest: the RFB byte stream, or the serial line."""
    return core.guests.console(caller, id, query.type)
