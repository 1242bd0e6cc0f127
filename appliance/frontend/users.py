"""The users of the portal, as administrators see and change them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from appliance.frontend import passwords
from appliance.frontend.account import require_reach, require_user
from appliance.frontend.api.users import IssuedPassword, UserDetails
from appliance.frontend.groups import join
from appliance.frontend.names import require_names
from appliance.rights import Right
from nano_runtime import secrets
from nano_runtime.errors import Conflict, Forbidden, NotFound, Unauthenticated

if TYPE_CHECKING:
    from collections.abc import Callable

    from appliance.frontend.account import Account
    from appliance.frontend.api.users import NewUser, PasswordChange, PasswordReset, UserChange
    from appliance.frontend.attempts import Attempts
    from appliance.frontend.changes import Changes
    from appliance.frontend.open_sessions import OpenSessions
    from appliance.rights import Caller
    from nano_runtime.store import Execute


class Users:
    def __init__(self, changes: Changes, attempts: Attempts, sessions: OpenSessions, clock: Callable[[], float]) -> None:
        self._changes = changes
        self._read = changes.store.read
        self._attempts = attempts
        self._sessions = sessions
        self._clock = clock

    def names(self) -> list[str]:
        return [row["name"] for row in self._read("select name from user order by name")]

    def of_group(self, group: str) -> list[str]:
        """Their names; those without any group for ""."""
        if not group:
            rows = self._read("select name from user where name not in (select user from member) order by name")
        else:
            rows = self._read("select user as name from member where user_group = :group order by user", group=group)
        return [row["name"] for row in rows]

    def get(self, user: str) -> UserDetails:
        """Raises NotFound."""
        rows = self._read("select * from user where name = :user", user=user)
        if not rows:
            raise NotFound(f"there is no user {user[:64]!r}", field="user")
        return self.details(rows[0])

    def details(self, row: dict[str, Any]) -> UserDetails:
        """Of a row of the table."""
        groups = self._read("select user_group from member where user = :user order by joined, user_group", user=row["name"])
        two_step = self._read("select 1 from two_step where user = :user and confirmed", user=row["name"])
        return UserDetails(
            name=row["name"],
            id=row["id"],
            nick=row["nick"],
            mail=row["mail"],
            groups=[each["user_group"] for each in groups],
            disabled=bool(row["disabled"]),
            must_change=bool(row["must_change"]),
            two_step=bool(two_step),
            created=row["created"],
            last_login=row["last_login"],
            last_address=row["last_address"],
            sessions=len(self._sessions.of(row["name"])),
            locked=int(-(-self._attempts.locked(row["name"]) // 1)),
        )

    def create(self, caller: Caller, user: str, body: NewUser) -> None:
        """Raises Conflict if there is one of that name, BadValue for a bad name or password, Forbidden for a group beyond reach."""
        require_names(user=user)
        passwords.require_good(body.password)
        hash, now = passwords.hashed(body.password), self._clock()

        def change(execute: Execute) -> None:
            if execute("select 1 from user where name = :user", user=user):
                raise Conflict(f"there is a user {user!r} already", hint="choose another name", field="user")
            add_user(execute, user, hash, now, nick=body.nick, mail=body.mail, must_change=body.must_change)
            for group in dict.fromkeys(body.groups):
                join(execute, caller, group, user, now)

        self._changes.make(caller, Right.USER_WRITE, change)

    def modify(self, caller: Caller, user: str, body: UserChange, *, keep_empty: bool) -> None:
        """What is left out stays; so does what is empty if `keep_empty`, as old programs mean it."""
        given = {"nick": body.nick, "mail": body.mail}
        texts = {name: text for name, text in given.items() if text is not None and (text or not keep_empty)}

        def change(execute: Execute) -> None:
            account = self._within_reach(execute, caller, user)
            for name, text in texts.items():
                execute(f"update user set {name} = :text where name = :user", text=text, user=user)
            if body.disabled is not None and body.disabled != account.disabled:
                self._switch(execute, caller, user, disabled=body.disabled)
            if body.must_change is not None:
                execute("update user set must_change = :must where name = :user", must=int(body.must_change), user=user)

        self._changes.make(caller, Right.USER_WRITE, change)
        if body.disabled:
            self._sessions.end_of(user, "the user was disabled")

    def delete(self, caller: Caller, user: str) -> None:
        """Its sessions and tokens end with it. Raises Conflict for oneself and for the last administrator."""
        if user == caller.user:
            raise Conflict("you cannot delete yourself", hint="ask another administrator", field="user")

        def change(execute: Execute) -> None:
            self._within_reach(execute, caller, user)
            execute("delete from user where name = :user", user=user)

        self._changes.make(caller, Right.USER_WRITE, change)
        self._sessions.end_of(user, "the user was removed")

    def change_password(self, caller: Caller, user: str, body: PasswordChange) -> None:
        """By proving the old one. Ends every other session of the user. One text for an unknown user and a wrong password."""
        if user != caller.user and not caller.may(Right.USER_WRITE):
            raise Forbidden("only one's own password can be changed", hint="ask an administrator to reset it")
        rows = self._read("select password from user where name = :user", user=user)
        old = rows[0]["password"] if rows else passwords.nobody()
        with self._attempts.judged({("user", user, caller.address): 5, ("address", caller.address): 20, ("user", user): 50}):
            if not passwords.verify(body.old, old) or not rows:
                raise Forbidden("invalid user or password", field="old")
        passwords.require_good(body.new, field="new")
        if secrets.same(body.old, body.new):
            raise Conflict("the new password is the old one", hint="choose another one", field="new")
        hash = passwords.hashed(body.new)

        def change(execute: Execute) -> None:
            # the old hash, because a reset may have been faster
            new = "update user set password = :hash, must_change = 0 where name = :user and password = :old returning name"
            if not execute(new, hash=hash, user=user, old=old):
                raise Unauthenticated("the password was changed meanwhile", hint="sign in again")

        self._changes.make(caller, None, change)
        self._sessions.end_of(user, "the password was changed", but=caller.session)

    def reset_password(self, caller: Caller, user: str, body: PasswordReset) -> IssuedPassword:
        """A new password that its owner must change at once; a made one is told this once. Ends every session of the user."""
        if user == caller.user:
            raise Conflict("you cannot reset your own password", hint="change it by proving the old one", field="user")
        password = body.password or passwords.generated()
        passwords.require_good(password)
        hash = passwords.hashed(password)

        def change(execute: Execute) -> None:
            self._within_reach(execute, caller, user)
            execute(
                "update user set password = :hash, must_change = 1, valid_from = :now where name = :user",
                hash=hash,
                now=self._clock(),
                user=user,
            )

        self._changes.make(caller, Right.USER_WRITE, change)
        self._attempts.unlock(user)
        self._sessions.end_of(user, "the password was reset")
        return IssuedPassword(password="" if body.password else password)

    def unlock(self, caller: Caller, user: str) -> None:
        """Let a user try again at once who had to wait after wrong passwords. Raises NotFound, Forbidden."""
        self._changes.make(caller, Right.USER_WRITE, lambda execute: self._within_reach(execute, caller, user))
        self._attempts.unlock(user)

    def reset_two_step(self, caller: Caller, user: str) -> None:
        """For somebody who lost phone and recovery codes."""

        def change(execute: Execute) -> None:
            self._within_reach(execute, caller, user)
            execute("delete from two_step where user = :user", user=user)
            execute("delete from recovery_code where user = :user", user=user)

        self._changes.make(caller, Right.USER_WRITE, change)

    def _within_reach(self, execute: Execute, caller: Caller, user: str) -> Account:
        account = require_user(execute, user)
        require_reach(caller, account.rights, f"user {user!r}")
        return account

    def _switch(self, execute: Execute, caller: Caller, user: str, *, disabled: bool) -> None:
        if user == caller.user:
            raise Conflict("you cannot disable yourself", hint="ask another administrator", field="disabled")
        now = self._clock()
        execute("update user set disabled = :disabled, valid_from = :now where name = :user", disabled=int(disabled), now=now, user=user)


def add_user(execute: Execute, user: str, hash: str, now: float, *, nick: str = "", mail: str = "", must_change: bool = False) -> None:
    """Within a change. Whatever an earlier user of that name held is over."""
    execute(
        """insert into user (name, id, nick, mail, password, created, valid_from, must_change)
           values (:user, :id, :nick, :mail, :hash, :now, :now, :must)""",
        user=user,
        id=uuid.uuid4().hex,
        nick=nick,
        mail=mail,
        hash=hash,
        now=now,
        must=int(must_change),
    )
