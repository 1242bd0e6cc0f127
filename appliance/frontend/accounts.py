"""Who may sign in: the first user, and everybody after."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

from appliance.frontend import passwords
from appliance.frontend.account import account_of
from appliance.frontend.names import known_menus, require_names
from appliance.frontend.users import add_user
from nano_runtime.errors import Conflict, Forbidden, Unauthenticated

if TYPE_CHECKING:
    from collections.abc import Callable

    from appliance.frontend.account import Account
    from appliance.frontend.api.system import FirstUser
    from appliance.frontend.attempts import Attempts
    from appliance.frontend.setup_code import SetupCode
    from appliance.rights import Caller
    from nano_runtime.store import Execute, Store

log = logging.getLogger(__name__)


class Accounts:
    """The users of this portal, kept in its database."""

    def __init__(self, store: Store, code: SetupCode, attempts: Attempts, clock: Callable[[], float]) -> None:
        self._store = store
        self._code = code
        self._attempts = attempts
        self._clock = clock

    def prepare_setup(self) -> str:
        """Make the set-up code while there is no user and forget it otherwise; answers the code or ""."""
        if self.ready():
            self._code.remove()
            return ""
        return self._code.ensure()

    def ready(self) -> bool:
        """Whether the portal is set up: there is at least one user."""
        return bool(self._store.read("select 1 from user limit 1"))

    def count(self) -> int:
        return int(self._store.read("select count(*) as users from user")[0]["users"])

    def find(self, user: str) -> Account | None:
        """The account of that name as groups and roles make it now."""
        return account_of(self._store.read, user)

    def authenticate(self, user: str, password: str, address: str) -> Account:
        """The account that this name and password prove.

        Raises Unauthenticated with one text for an unknown name and a wrong password, after the same time, and
        TooMany while name or address must wait.
        """
        rows = self._store.read("select password from user where name = :user", user=user)
        with self._attempts.judged({("user", user, address): 5, ("address", address): 20, ("user", user): 50}):
            hash = rows[0]["password"] if rows else passwords.nobody()
            right = passwords.verify(password, hash)
            account = self.find(user) if right and rows else None
            if account is None:
                who = f"user {user}" if rows else "an unknown user"  # not the name: people type passwords there
                log.warning("refused the sign-in of %s from %s", who, address)
                raise Unauthenticated("user name or password is wrong")
        if account.disabled:
            log.warning("refused the sign-in of user %s from %s: disabled", user, address)
            raise Forbidden(f"user {user!r} is disabled", hint="ask an administrator")
        if not account.group:
            raise Forbidden(f"user {user!r} belongs to no group", hint="ask an administrator to add you to one")
        if passwords.outdated(hash):
            self._renew(user, hash, passwords.hashed(password))
        return account

    def initialise(self, caller: Caller, body: FirstUser) -> None:
        """Create the first user with its group and role; the set-up code decides who may.

        Raises Conflict once the portal is set up, Forbidden for a wrong code, TooMany after some, BadValue for a
        password or name that breaks the rules.
        """
        if self.ready():
            raise _already()
        with self._attempts.judged({("set-up", caller.address): 5, ("set-up",): 100}):
            if not self._code.matches(body.code):
                log.warning("refused a wrong set-up code from %s", caller.address)
                raise Forbidden("the set-up code is wrong", hint="the installer printed it; it lies in data/setup-code", field="code")
        require_names(user=body.user, group=body.group, role=body.role)
        menus = known_menus(body.menu)
        passwords.require_good(body.password)
        hash = passwords.hashed(body.password)
        self._store.write(lambda execute: self._create_first(execute, body, menus, hash))
        self._code.remove()
        log.warning("user %s set up this portal from %s", body.user, caller.address)

    def note_sign_in(self, user: str, address: str) -> None:
        now = self._clock()
        noted = "update user set last_login = :now, last_address = :address where name = :user"
        self._store.write(lambda execute: execute(noted, now=now, address=address, user=user))

    def _create_first(self, execute: Execute, body: FirstUser, menus: list[str], hash: str) -> None:
        """In one transaction with the question whether anybody was faster."""
        if execute("select 1 from user limit 1"):
            raise _already()
        execute("insert into role (name, menus) values (:name, :menus)", name=body.role, menus=json.dumps(menus))
        execute("insert into user_group (name, display) values (:name, :display)", name=body.group, display=body.display)
        execute("insert into group_role values (:group, :role)", group=body.group, role=body.role)
        now = self._clock()
        add_user(execute, body.user, hash, now)
        execute("insert into member (user, user_group, joined) values (:user, :group, :now)", user=body.user, group=body.group, now=now)

    def _renew(self, user: str, old: str, new: str) -> None:
        """Replace a hash of weaker parameters, unless the password was changed meanwhile."""
        self._store.write(
            lambda execute: execute("update user set password = :new where name = :user and password = :old", user=user, old=old, new=new)
        )


def _already() -> Conflict:
    return Conflict("the portal is already set up", hint="sign in instead")
