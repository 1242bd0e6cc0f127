"""Tokens with which programs use the portal's API on behalf of a user: scoped, expiring, revocable."""

from __future__ import annotations

import hashlib
import json
import logging
import uuid
from typing import TYPE_CHECKING, Any

from appliance.frontend.account import TOKEN, account_of, known_rights
from appliance.frontend.api.tokens import ApiToken, NewApiToken
from appliance.rights import Caller
from nano_runtime import secrets
from nano_runtime.errors import Conflict, Forbidden, NotFound, Unauthenticated

if TYPE_CHECKING:
    from collections.abc import Callable

    from appliance.frontend.api.tokens import ApiTokenBody
    from nano_runtime.store import Execute, Store

log = logging.getLogger(__name__)

PREFIX = "nano-api-"
MOST = 100
"""Tokens of one user."""

NOTED_EVERY = 60.0
"""Seconds: the last use is written no more often, since each write waits for the disk."""

_DAY = 86400.0


class ApiTokens:
    """The token itself is known to its owner only; a hash of it is kept. It is random: no salt is needed."""

    def __init__(self, store: Store, clock: Callable[[], float]) -> None:
        self._store = store
        self._clock = clock
        self.on_end: Callable[[str, str], None] = _nothing

    def make(self, caller: Caller, body: ApiTokenBody) -> NewApiToken:
        """Raises Forbidden for a right the caller does not have, Conflict for one token too many."""
        if beyond := sorted(set(body.rights) - caller.rights):
            raise Forbidden(f"you do not have the right {', '.join(beyond)} yourself", field="rights")
        token, id, now = PREFIX + secrets.token(32), uuid.uuid4().hex, self._clock()
        expires = now + body.days * _DAY

        def change(execute: Execute) -> None:
            if execute("select count(*) as tokens from api_token where user = :user", user=caller.user)[0]["tokens"] >= MOST:
                raise Conflict(f"you have {MOST} tokens already", hint="revoke those you do not need")
            execute(
                """insert into api_token (id, user, name, hash, rights, created, expires)
                   values (:id, :user, :name, :hash, :rights, :now, :expires)""",
                id=id,
                user=caller.user,
                name=body.name,
                hash=_hash(token),
                rights=json.dumps(sorted(set(body.rights))),
                now=now,
                expires=expires,
            )

        self._store.write(change)
        return NewApiToken(id=id, token=token, expires=expires)

    def of(self, user: str) -> list[ApiToken]:
        return [_item(row) for row in self._store.read("select * from api_token where user = :user order by created, id", user=user)]

    def revoke(self, user: str, id: str) -> None:
        """It is worth nothing from now on, and its event streams end. Raises NotFound."""
        gone = "delete from api_token where id = :id and user = :user returning id"
        if not self._store.write(lambda execute: execute(gone, id=id, user=user)):
            raise NotFound(f"there is no token {id[:64]!r}", field="id")
        self.on_end(TOKEN + id, "the token was revoked")

    def read(self, token: str, address: str) -> Caller:
        """On whose behalf a token acts: its owner's present rights, as far as the token's scope reaches. Raises Unauthenticated."""
        rows = self._store.read("select * from api_token where hash = :hash", hash=_hash(token)) if token.startswith(PREFIX) else []
        now = self._clock()
        if not rows:
            raise Unauthenticated("the token is not valid", hint="it may have been revoked; make a new one in the portal")
        [row] = rows
        if now >= row["expires"]:
            raise Unauthenticated("the token has expired", hint="make a new one in the portal")
        account = account_of(self._store.read, row["user"])
        if account is None or account.disabled or row["created"] < account.valid_from:
            raise Unauthenticated("the token is not valid any more", hint="sign in to the portal and make a new one")
        self._note(row, address, now)
        caller = account.caller(TOKEN + row["id"], address)
        scope = known_rights(json.loads(row["rights"]))
        return Caller(
            user=caller.user,
            group=caller.group,
            rights=caller.rights & scope,
            session=caller.session,
            address=address,
            groups=caller.groups,
            shared=caller.shared,
        )

    def alive(self, session: str) -> bool:
        """Whether the token of a caller's `session` may still be used."""
        rows = self._store.read("select user, created, expires from api_token where id = :id", id=session.removeprefix(TOKEN))
        if not rows or self._clock() >= rows[0]["expires"]:
            return False
        account = account_of(self._store.read, rows[0]["user"])
        return account is not None and not account.disabled and rows[0]["created"] >= account.valid_from

    def _note(self, row: dict[str, Any], address: str, now: float) -> None:
        if now >= row["used"] + NOTED_EVERY or address != row["used_from"]:
            noted = "update api_token set used = :now, used_from = :address where id = :id"
            self._store.write(lambda execute: execute(noted, now=now, address=address, id=row["id"]))


def _item(row: dict[str, Any]) -> ApiToken:
    return ApiToken(
        id=row["id"],
        name=row["name"],
        rights=sorted(known_rights(json.loads(row["rights"]))),
        created=row["created"],
        expires=row["expires"],
        used=row["used"],
        used_from=row["used_from"],
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _nothing(_key: str, _why: str) -> None:
    """Before there is an application."""
