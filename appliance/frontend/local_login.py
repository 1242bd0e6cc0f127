"""Let somebody in whom this host vouches for: root, or a member of its group, by a token that is good once and for a minute."""

from __future__ import annotations

import hashlib
import logging
import threading
from typing import TYPE_CHECKING, NamedTuple

from appliance.frontend.account import KEEPERS, account_of
from nano_runtime import secrets
from nano_runtime.errors import Conflict, Forbidden

if TYPE_CHECKING:
    from collections.abc import Callable

    from nano_runtime.store import Store

log = logging.getLogger(__name__)

SECONDS = 60.0
MOST = 100


class _Issued(NamedTuple):
    user: str
    who: str
    ends: float


class LocalLogin:
    """Whoever may read the database as root needs no password to change it; this only spares them the detour."""

    def __init__(self, store: Store, clock: Callable[[], float]) -> None:
        self._store = store
        self._clock = clock
        self._lock = threading.Lock()
        self._issued: dict[str, _Issued] = {}

    def issue(self, who: str) -> tuple[str, str]:
        """User and token for a user of this host; the oldest administrator who may sign in. Raises Conflict where there is none."""
        user, token, now = self._administrator(), secrets.token(), self._clock()
        with self._lock:
            self._issued = {key: each for key, each in self._issued.items() if each.ends > now}
            if len(self._issued) >= MOST:
                raise Conflict(f"{MOST} tokens are waiting to be used", hint=f"try again in {SECONDS:.0f} s")
            self._issued[_hash(token)] = _Issued(user, who, now + SECONDS)
        return user, token

    def redeem(self, user: str, token: str) -> str:
        """Who of this host it is; the token is gone afterwards. Raises Forbidden."""
        with self._lock:
            issued = self._issued.pop(_hash(token), None)
        if issued is None or issued.user != user or issued.ends <= self._clock():
            raise Forbidden("this token is not good any more", hint="open the window again, or sign in with a password")
        return issued.who

    def _administrator(self) -> str:
        names = [row["name"] for row in self._store.read("select name from user where not disabled order by created, name")]
        for name in names:
            account = account_of(self._store.read, name)
            if account and account.rights.issuperset(KEEPERS) and not account.must_change:
                return str(name)
        raise Conflict("the portal has no administrator who may sign in", hint="set it up, or run: nano reset-admin")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
