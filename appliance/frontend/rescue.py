"""What the administrator of the host can do without the portal: let somebody in again, and check the audit log."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

from appliance.frontend import passwords
from appliance.frontend.account import KEEPERS, account_of
from appliance.frontend.audit import AuditLog, Entry
from appliance.frontend.schema import MIGRATIONS
from appliance.rights import MENUS
from nano_runtime.errors import NotFound
from nano_runtime.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from appliance.frontend.audit import Verdict
    from nano_runtime.home import Home
    from nano_runtime.store import Execute

HERE = "this host"
ROOT = "root"
RESCUE = "rescue"
"""The role and the group that a user gets who may not manage users any more."""


def reset_admin(home: Home, user: str, clock: Callable[[], float]) -> tuple[str, str]:
    """A new password for an administrator, to be changed at the first sign-in; answers name and password.

    Without a name it is the oldest administrator, or the oldest user. Enables the account, takes two-step sign-in away, gives
    the right to manage users back, and ends sessions and tokens, also those of a portal that runs. Raises NotFound.
    """
    path = home.data / "frontend.db"
    if not path.exists():
        raise NotFound("the portal is not set up here", hint="start it and open it in a browser")
    password = passwords.generated()
    hash, now = passwords.hashed(password), clock()
    with closing(AuditLog(home, clock)) as audit, closing(Store(path, MIGRATIONS)) as store:
        name = store.write(lambda execute: _reset(execute, user, hash, now))
        audit.append(
            Entry(
                user=ROOT, address=HERE, action="reset_admin", kind="user", object=name, name=name, detail="by the command nano reset-admin"
            )
        )
    return name, password


def verify_log(home: Home, clock: Callable[[], float]) -> Verdict:
    """Check the chain of the audit log, and note that somebody did. Raises NotFound where there is none."""
    if not (home.data / "audit.db").exists():
        raise NotFound("there is no audit log here", hint="it begins with the first start of the portal")
    with closing(AuditLog(home, clock)) as audit:
        verdict = audit.verify()
        result = "failed" if verdict.broken else "ok"
        audit.append(Entry(user=ROOT, address=HERE, action="verify_log", kind="log", result=result, detail=verdict.problem))
    return verdict


def _reset(execute: Execute, user: str, hash: str, now: float) -> str:
    name = _chosen(execute, user)
    execute(
        "update user set password = :hash, must_change = 1, disabled = 0, valid_from = :now where name = :name",
        hash=hash,
        now=now,
        name=name,
    )
    for table in ("two_step", "recovery_code", "session"):
        execute(f"delete from {table} where user = :name", name=name)
    account = account_of(execute, name)
    if account is None or not account.rights.issuperset(KEEPERS):
        _give_everything(execute, name, now)
    return name


def _chosen(execute: Execute, user: str) -> str:
    names = [row["name"] for row in execute("select name from user order by created, name")]
    if not names:
        raise NotFound("the portal has no user yet", hint="set it up in a browser with the code in data/setup-code")
    if user and user not in names:
        raise NotFound(f"there is no user {user!r}", hint=f"there are {', '.join(names[:10])}")
    keepers = [name for name in names if (account := account_of(execute, name)) and account.rights.issuperset(KEEPERS)]
    return user or (keepers or names)[0]


def _give_everything(execute: Execute, name: str, now: float) -> None:
    execute("insert or ignore into user_group (name, display) values (:rescue, 'Made by nano reset-admin')", rescue=RESCUE)
    execute("insert or ignore into role (name, menus) values (:rescue, '[]')", rescue=RESCUE)
    execute("update role set menus = :menus where name = :rescue", menus=json.dumps(list(MENUS)), rescue=RESCUE)
    execute("insert or ignore into group_role (user_group, role) values (:rescue, :rescue)", rescue=RESCUE)
    execute("insert or ignore into member (user, user_group, joined) values (:name, :rescue, :now)", name=name, rescue=RESCUE, now=now)
