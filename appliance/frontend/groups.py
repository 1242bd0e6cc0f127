"""Groups of users: which roles their members have, and what they share with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appliance.frontend.account import require_group, require_reach, require_user, rights_of_group, rights_of_role
from appliance.frontend.api.groups import Group, GroupItem
from appliance.frontend.names import require_names
from appliance.rights import Right
from nano_runtime.errors import BadValue, Conflict, NotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from appliance.frontend.api.groups import GroupBody
    from appliance.frontend.changes import Changes
    from appliance.rights import Caller
    from nano_runtime.store import Execute


class Groups:
    def __init__(self, changes: Changes, clock: Callable[[], float]) -> None:
        self._changes = changes
        self._read = changes.store.read
        self._clock = clock

    def all(self) -> list[GroupItem]:
        rows = self._read(
            """select name, display, (select count(*) from member where user_group = name) as members,
                      (select count(*) from group_role where user_group = name) as roles from user_group order by name"""
        )
        return [GroupItem(name=row["name"], display=row["display"], member=row["members"], roles=row["roles"]) for row in rows]

    def get(self, group: str) -> Group:
        """Raises NotFound."""
        rows = self._read("select * from user_group where name = :group", group=group)
        if not rows:
            raise NotFound(f"there is no group {group[:64]!r}", field="group")
        [row] = rows
        return Group(
            name=group,
            display=row["display"],
            role=[each["role"] for each in self._read("select role from group_role where user_group = :group order by 1", group=group)],
            member=self.members(group),
            instance_visible=bool(row["instance_visible"]),
            disk_image_visible=bool(row["disk_image_visible"]),
            media_image_visible=bool(row["media_image_visible"]),
        )

    def members(self, group: str) -> list[str]:
        """Raises NotFound."""
        if not self._read("select 1 from user_group where name = :group", group=group):
            raise NotFound(f"there is no group {group[:64]!r}", field="group")
        return [row["user"] for row in self._read("select user from member where user_group = :group order by 1", group=group)]

    def create(self, caller: Caller, group: str, body: GroupBody) -> None:
        """Raises Conflict if there is one of that name, Forbidden for a role beyond one's reach."""
        require_names(group=group)

        def change(execute: Execute) -> None:
            if execute("select 1 from user_group where name = :group", group=group):
                raise Conflict(f"there is a group {group!r} already", hint="change it, or choose another name", field="group")
            execute("insert into user_group (name, display) values (:group, :display)", group=group, display=body.display)
            _give(execute, caller, group, body.role)

        self._changes.make(caller, Right.USER_WRITE, change)

    def modify(self, caller: Caller, group: str, body: GroupBody) -> None:
        def change(execute: Execute) -> None:
            require_group(execute, group)
            require_reach(caller, rights_of_group(execute, group), f"group {group!r}")
            execute("update user_group set display = :display where name = :group", group=group, display=body.display)
            execute("delete from group_role where user_group = :group", group=group)
            _give(execute, caller, group, body.role)

        self._changes.make(caller, Right.USER_WRITE, change)

    def delete(self, caller: Caller, group: str) -> None:
        """Raises Conflict while it has members."""

        def change(execute: Execute) -> None:
            require_group(execute, group)
            members = execute("select count(*) as members from member where user_group = :group", group=group)[0]["members"]
            if members:
                raise Conflict(
                    f"group {group!r} still has {members} {'member' if members == 1 else 'members'}",
                    hint="take them out first",
                    field="group",
                )
            require_reach(caller, rights_of_group(execute, group), f"group {group!r}")
            execute("delete from user_group where name = :group", group=group)

        self._changes.make(caller, Right.USER_WRITE, change)

    def add(self, caller: Caller, group: str, user: str) -> None:
        """Put a user into one more group."""
        self._changes.make(caller, Right.USER_WRITE, lambda execute: join(execute, caller, group, user, self._clock()))

    def remove(self, caller: Caller, group: str, user: str) -> None:
        def change(execute: Execute) -> None:
            require_group(execute, group)
            require_user(execute, user)
            require_reach(caller, rights_of_group(execute, group), f"group {group!r}")
            gone = "delete from member where user_group = :group and user = :user returning user"
            if not execute(gone, group=group, user=user):
                raise NotFound(f"{user!r} is no member of group {group!r}", field="user")

        self._changes.make(caller, Right.USER_WRITE, change)


def join(execute: Execute, caller: Caller, group: str, user: str, now: float) -> None:
    """Within a change. Raises NotFound, Conflict for a member, Forbidden beyond the caller's reach."""
    require_group(execute, group)
    require_user(execute, user)
    require_reach(caller, rights_of_group(execute, group), f"group {group!r}")
    if execute("select 1 from member where user_group = :group and user = :user", group=group, user=user):
        raise Conflict(f"{user!r} is a member of group {group!r} already", field="user")
    execute("insert into member (user, user_group, joined) values (:user, :group, :now)", user=user, group=group, now=now)


def _give(execute: Execute, caller: Caller, group: str, roles: Sequence[str]) -> None:
    for role in dict.fromkeys(roles):
        rows = execute("select * from role where name = :role", role=role)
        if not rows:
            raise BadValue(f"there is no role {role[:64]!r}", hint="GET /roles/ lists them", field="role")
        require_reach(caller, rights_of_role(rows[0]), f"role {role!r}")
        execute("insert into group_role (user_group, role) values (:group, :role)", group=group, role=role)
