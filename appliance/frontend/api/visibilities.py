"""What members of a group see of each other (frontend-api.yaml, visibility.*)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from appliance.http.routes import Body, Routes
from appliance.rights import Caller, Right

if TYPE_CHECKING:
    from appliance.frontend.front_end import FrontEnd

routes = Routes("", tag="Groups")


class Visibility(Struct, kw_only=True, frozen=True):
    """Members of the group see all its guests, disk images, media images; without, everybody sees their own."""

    instance_visible: bool
    disk_image_visible: bool
    media_image_visible: bool


class VisibilityBody(Body, frozen=True):
    instance_visible: bool = False
    disk_image_visible: bool = False
    media_image_visible: bool = False


@routes.get("/resource_visibilities/", needs=Right.VISIBILITY_READ)
def get_visibilities(front: FrontEnd, caller: Caller) -> Visibility:
    """Read which resources members of the own group share."""
    return front.visibilities.get(caller)


@routes.put("/resource_visibilities/", needs=Right.VISIBILITY_WRITE)
def modify_visibilities(front: FrontEnd, caller: Caller, body: VisibilityBody) -> None:
    """Replace the sharing flags of the own group."""
    front.visibilities.replace_own(caller, body)


@routes.put("/user_groups/{group}/visibilities/", needs=Right.USER_WRITE)
def modify_group_visibilities(front: FrontEnd, caller: Caller, group: str, body: VisibilityBody) -> None:
    """Replace the sharing flags of any group."""
    front.visibilities.replace(caller, group, body)
