"""Groups and their members (frontend-api.yaml, group.* and group_member.*). A user may be in several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct, field

from appliance.http.routes import Body, Routes
from appliance.rights import Caller, Right

if TYPE_CHECKING:
    from appliance.frontend.front_end import FrontEnd

routes = Routes("/user_groups", tag="Groups")


class GroupBody(Body, frozen=True):
    """Members have the rights of every `role`."""

    display: Annotated[str, Meta(max_length=200)] = ""
    role: list[str] = field(default_factory=list)


class GroupItem(Struct, kw_only=True, frozen=True):
    """`member` counts the members, `roles` the roles."""

    name: str
    display: str
    member: int
    roles: int


class Group(Struct, kw_only=True, frozen=True, omit_defaults=True):
    """The flags tell what its members see of each other."""

    name: str
    display: str
    instance_visible: bool
    disk_image_visible: bool
    media_image_visible: bool
    role: list[str] = field(default_factory=list)
    member: list[str] = field(default_factory=list)


@routes.get("/", needs=Right.USER_READ)
def list_groups(front: FrontEnd) -> list[GroupItem]:
    """List groups, sorted by name."""
    return front.groups.all()


@routes.get("/{group}", needs=Right.USER_READ)
def get_group(front: FrontEnd, group: str) -> Group:
    """Read a group with its roles, members, and what they share."""
    return front.groups.get(group)


@routes.post("/{group}", needs=Right.USER_WRITE)
def create_group(front: FrontEnd, caller: Caller, group: str, body: GroupBody) -> None:
    """Create a group; nobody can give it a role with more rights than they have themselves."""
    front.groups.create(caller, group, body)


@routes.put("/{group}", needs=Right.USER_WRITE)
def modify_group(front: FrontEnd, caller: Caller, group: str, body: GroupBody) -> None:
    """Replace display name and roles of a group."""
    front.groups.modify(caller, group, body)


@routes.delete("/{group}", needs=Right.USER_WRITE)
def delete_group(front: FrontEnd, caller: Caller, group: str) -> None:
    """Delete a group without members."""
    front.groups.delete(caller, group)


@routes.get("/{group}/members/", needs=Right.USER_READ)
def list_members(front: FrontEnd, group: str) -> list[str]:
    """List the members of a group, sorted."""
    return front.groups.members(group)


@routes.post("/{group}/members/{user}", needs=Right.USER_WRITE)
def add_member(front: FrontEnd, caller: Caller, group: str, user: str) -> None:
    """Put a user into a group; a user may be in several, and the first one is the main one."""
    front.groups.add(caller, group, user)


@routes.delete("/{group}/members/{user}", needs=Right.USER_WRITE)
def remove_member(front: FrontEnd, caller: Caller, group: str, user: str) -> None:
    """Take a user out of a group."""
    front.groups.remove(caller, group, user)
