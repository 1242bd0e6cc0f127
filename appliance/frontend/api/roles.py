"""Roles (frontend-api.yaml, role.*); beyond menus a role can name single rights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from appliance.http.routes import Body, Routes
from appliance.rights import Caller, Right

if TYPE_CHECKING:
    from appliance.frontend.front_end import FrontEnd

routes = Routes("/roles", tag="Roles")


class RoleBody(Body, frozen=True):
    """`menu` gives the rights that go with these menus, `rights` further ones."""

    menu: list[str] = field(default_factory=list)
    rights: list[Right] = field(default_factory=list)


class Role(Struct, kw_only=True, frozen=True, omit_defaults=True):
    """`all_rights` is what menus and single rights give together; `groups` have the role."""

    name: str
    menu: list[str] = field(default_factory=list)
    rights: list[Right] = field(default_factory=list)
    all_rights: list[Right] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)


@routes.get("/", needs=Right.ROLE_READ)
def list_roles(front: FrontEnd) -> list[str]:
    """List role names, sorted."""
    return front.roles.names()


@routes.get("/{role}", needs=Right.ROLE_READ)
def get_role(front: FrontEnd, role: str) -> Role:
    """Read the menus and rights of a role."""
    return front.roles.get(role)


@routes.post("/{role}", needs=Right.ROLE_WRITE)
def create_role(front: FrontEnd, caller: Caller, role: str, body: RoleBody) -> None:
    """Create a role."""
    front.roles.create(caller, role, body)


@routes.put("/{role}", needs=Right.ROLE_WRITE)
def modify_role(front: FrontEnd, caller: Caller, role: str, body: RoleBody) -> None:
    """Replace the menus and rights of a role; it counts at the next request of everybody who has it."""
    front.roles.modify(caller, role, body)


@routes.delete("/{role}", needs=Right.ROLE_WRITE)
def delete_role(front: FrontEnd, caller: Caller, role: str) -> None:
    """Delete a role that no group uses."""
    front.roles.delete(caller, role)
