"""Roles: named sets of rights, given to groups."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from appliance.frontend.account import known_rights, rights_of_role
from appliance.frontend.api.roles import Role
from appliance.frontend.names import known_menus, require_names
from appliance.rights import Right
from nano_runtime.errors import Conflict, NotFound

if TYPE_CHECKING:
    from appliance.frontend.api.roles import RoleBody
    from appliance.frontend.changes import Changes
    from appliance.rights import Caller
    from nano_runtime.store import Execute


class Roles:
    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self._read = changes.store.read

    def names(self) -> list[str]:
        return [row["name"] for row in self._read("select name from role order by name")]

    def get(self, role: str) -> Role:
        """Raises NotFound."""
        rows = self._read("select * from role where name = :role", role=role)
        if not rows:
            raise _unknown(role)
        groups = [row["user_group"] for row in self._read("select user_group from group_role where role = :role order by 1", role=role)]
        rights = sorted(known_rights(json.loads(rows[0]["rights"])))
        return Role(menu=json.loads(rows[0]["menus"]), name=role, rights=rights, all_rights=sorted(rights_of_role(rows[0])), groups=groups)

    def create(self, caller: Caller, role: str, body: RoleBody) -> None:
        """Raises Conflict if there is one of that name, BadValue for a bad name or menu."""
        require_names(role=role)
        menus, rights = _checked(body)

        def change(execute: Execute) -> None:
            if execute("select 1 from role where name = :role", role=role):
                raise Conflict(f"there is a role {role!r} already", hint="change it, or choose another name", field="role")
            execute("insert into role (name, menus, rights) values (:role, :menus, :rights)", role=role, menus=menus, rights=rights)

        self._changes.make(caller, Right.ROLE_WRITE, change)

    def modify(self, caller: Caller, role: str, body: RoleBody) -> None:
        """What the role no longer says is gone at the next request of everybody who has it."""
        menus, rights = _checked(body)

        def change(execute: Execute) -> None:
            changed = "update role set menus = :menus, rights = :rights where name = :role returning name"
            if not execute(changed, role=role, menus=menus, rights=rights):
                raise _unknown(role)

        self._changes.make(caller, Right.ROLE_WRITE, change)

    def delete(self, caller: Caller, role: str) -> None:
        """Raises Conflict while a group has it."""

        def change(execute: Execute) -> None:
            used = execute("select user_group from group_role where role = :role order by 1", role=role)
            if used:
                names = ", ".join(row["user_group"] for row in used[:5])
                raise Conflict(f"role {role!r} is used by group {names}", hint="take it from them first", field="role")
            if not execute("delete from role where name = :role returning name", role=role):
                raise _unknown(role)

        self._changes.make(caller, Right.ROLE_WRITE, change)


def _checked(body: RoleBody) -> tuple[str, str]:
    """Menus and rights as they are kept."""
    return json.dumps(known_menus(body.menu)), json.dumps(sorted(set(body.rights)))


def _unknown(role: str) -> NotFound:
    return NotFound(f"there is no role {role[:64]!r}", field="role")
