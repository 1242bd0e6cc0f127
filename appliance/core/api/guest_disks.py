"""Change the disks of guests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from appliance.core.api.guests import DiskSize
from appliance.http.routes import Body, Routes
from appliance.rights import Caller, Right

if TYPE_CHECKING:
    from appliance.core.service import Core

routes = Routes("/guests", tag="Guests")

Index = Annotated[int, Meta(ge=0, le=99, description="0 is the system disk")]


class NewSize(Body, frozen=True):
    """`immediate` is accepted for old clients; a running guest sees the new size at once anyway."""

    size: DiskSize
    immediate: bool = False


class Shrinking(Body, frozen=True):
    immediate: bool = False


class NewSystem(Body, frozen=True):
    from_image: Annotated[str, Meta(min_length=1, description="Id of a disk image")]


@routes.put("/{id}/disks/resize/{index}", needs=Right.GUEST_CHANGE)
def resize_guest_disk(core: Core, caller: Caller, id: str, index: Index, body: NewSize) -> None:
    """Grow a disk of a guest, running or not."""
    core.disks.resize(caller, id, index, body.size)


@routes.put("/{id}/disks/shrink/{index}", needs=Right.GUEST_CHANGE, body_optional=True)
def shrink_guest_disk(core: Core, caller: Caller, id: str, index: Index, body: Shrinking) -> None:
    """Compact the file of a disk of a stopped guest; the disk keeps its size."""
    core.disks.shrink(caller, id, index)


@routes.put("/{id}/system/", needs=Right.GUEST_CHANGE)
def reset_guest_system(core: Core, caller: Caller, id: str, body: NewSystem) -> None:
    """Begin the system disk of a stopped guest anew from a disk image; what is on it is lost.

    Answers when it has begun: GET /guests/{id} answers 201 with `progress` until it is done.
    """
    core.disks.reset_system(caller, id, body.from_image)
