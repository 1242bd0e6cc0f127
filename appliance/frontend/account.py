"""What the tables say about a user: groups, roles, rights, and what may not happen to them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from appliance.rights import Caller, Right, Shared, rights_of
from nano_runtime.errors import Conflict, Forbidden, NotFound, Unauthenticated

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nano_runtime.store import Execute

KEEPERS = (Right.USER_WRITE, Right.ROLE_WRITE)
"""Whoever has these can give everything back to everybody: at least one user must."""

TOKEN = "token:"
"""What the `session` of a caller with an API token begins with; the id of the token follows."""

_KNOWN = {right.value: right for right in Right}


@dataclass(frozen=True)
class Account:
    """A user as groups and roles make it. `group` is the main one of `groups`, "" where there is none."""

    user: str
    id: str
    groups: tuple[str, ...]
    menus: tuple[str, ...]
    rights: frozenset[Right]
    shared: Shared
    disabled: bool
    must_change: bool
    two_step: bool
    valid_from: float

    @property
    def group(self) -> str:
        return self.groups[0] if self.groups else ""

    def caller(self, session: str, address: str) -> Caller:
        """Whoever must change the password first has no rights until then."""
        rights = frozenset[Right]() if self.must_change else self.rights
        return Caller(
            user=self.user, group=self.group, rights=rights, session=session, address=address, groups=self.groups, shared=self.shared
        )


def account_of(read: Execute, user: str) -> Account | None:
    """The account of that name as it is now; `read` is Store.read, or the execute of a change."""
    rows = read(
        """select user.*, coalesce(two_step.confirmed, 0) as two_step from user
           left join two_step on two_step.user = user.name where user.name = :user""",
        user=user,
    )
    if not rows:
        return None
    memberships = _memberships(read, user)
    menus = dict.fromkeys(menu for row in memberships for menu in json.loads(row["menus"] or "[]"))
    given = {name for row in memberships for name in json.loads(row["rights"] or "[]")}
    [row] = rows
    return Account(
        user=user,
        id=row["id"],
        groups=tuple(dict.fromkeys(each["user_group"] for each in memberships)),
        menus=tuple(menus),
        rights=rights_of(menus) | known_rights(given),
        shared=Shared(
            guests=_sharing(memberships, "instance_visible"),
            disk_images=_sharing(memberships, "disk_image_visible"),
            media_images=_sharing(memberships, "media_image_visible"),
        ),
        disabled=bool(row["disabled"]),
        must_change=bool(row["must_change"]),
        two_step=bool(row["two_step"]),
        valid_from=row["valid_from"],
    )


def _memberships(read: Execute, user: str) -> list[dict[str, Any]]:
    """A row for each role of each group, the group joined first in front."""
    return read(
        """select member.user_group, user_group.instance_visible, user_group.disk_image_visible, user_group.media_image_visible,
                  role.menus, role.rights
           from member join user_group on user_group.name = member.user_group
           left join group_role on group_role.user_group = member.user_group
           left join role on role.name = group_role.role
           where member.user = :user order by member.joined, member.user_group, role.name""",
        user=user,
    )


def _sharing(memberships: list[dict[str, Any]], flag: str) -> frozenset[str]:
    return frozenset(row["user_group"] for row in memberships if row[flag])


def known_rights(names: Iterable[str]) -> frozenset[Right]:
    """Those of the names that this version knows."""
    return frozenset(_KNOWN[name] for name in names if name in _KNOWN)


def rights_of_role(row: dict[str, Any]) -> frozenset[Right]:
    return rights_of(json.loads(row["menus"])) | known_rights(json.loads(row["rights"]))


def rights_of_group(read: Execute, group: str) -> frozenset[Right]:
    """What membership in a group gives."""
    rows = read("select role.* from group_role join role on role.name = group_role.role where group_role.user_group = :group", group=group)
    return frozenset[Right]().union(*map(rights_of_role, rows))


def has_keeper(read: Execute) -> bool:
    """Whether somebody who may sign in has every right of KEEPERS."""
    roles = read("select * from role")
    able: list[set[str]] = []
    for right in KEEPERS:
        named = [row["name"] for row in roles if right in rights_of_role(row)]
        rows = read(
            """select distinct user.name from user join member on member.user = user.name
               join group_role on group_role.user_group = member.user_group
               where not user.disabled and group_role.role in (select value from json_each(:roles))""",
            roles=json.dumps(named),
        )
        able.append({row["name"] for row in rows})
    return bool(set.intersection(*able))


def differs(caller: Caller, account: Account | None) -> bool:
    """Whether a caller of before may see other things today. A token has less than its owner anyway."""
    if account is None or account.disabled or lost(caller, account):
        return True
    now = account.caller(caller.session, caller.address)
    return not caller.session.startswith(TOKEN) and (now.rights, now.groups, now.shared) != (caller.rights, caller.groups, caller.shared)


def lost(caller: Caller, account: Account | None) -> bool:
    """Whether a caller of before had more than today."""
    if account is None or account.disabled:
        return True
    now = account.caller(caller.session, caller.address)
    sharing = caller.shared.guests if caller.shared else frozenset[str]()
    return not (caller.rights <= now.rights and sharing <= account.shared.guests)


def require_standing(execute: Execute, caller: Caller, right: Right | None) -> None:
    """Raise unless the caller is still who they were when the request came in: another administrator may have been faster."""
    account = account_of(execute, caller.user)
    if account is None or account.disabled:
        raise Unauthenticated("your account is gone", hint="ask an administrator")
    if right is not None and right not in account.rights:
        raise Forbidden(f"this needs the right '{right}'", hint="ask an administrator for a role that has it")


def require_reach(caller: Caller, rights: frozenset[Right], what: str) -> None:
    """Nobody gives, takes or takes over more than they have themselves, except those who say what roles may do."""
    beyond = sorted(rights - caller.rights)
    if beyond and not caller.may(Right.ROLE_WRITE):
        raise Forbidden(f"{what} has rights that you do not have: {', '.join(beyond)}", hint="ask an administrator who has them")


def require_user(execute: Execute, user: str) -> Account:
    account = account_of(execute, user)
    if account is None:
        raise NotFound(f"there is no user {user[:64]!r}", field="user")
    return account


def require_group(execute: Execute, group: str) -> None:
    if not execute("select 1 from user_group where name = :group", group=group):
        raise NotFound(f"there is no group {group[:64]!r}", field="group")


def nobody_left() -> Conflict:
    return Conflict("nobody would be left who can manage users and roles", hint="give another user a role with these rights first")
