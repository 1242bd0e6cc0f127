"""Bearer tokens for programs and for the portal's calls on behalf of its users."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from appliance.core.api.tokens import NewToken, Token
from appliance.http import tokens
from appliance.rights import Caller
from appliance.settings import PLACEHOLDER_KEY, Credential
from nano_runtime.errors import Forbidden, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Tokens:
    def __init__(self, credentials: Sequence[Credential], now: Callable[[], float]) -> None:
        self._credentials = [known for known in credentials if known.key != PLACEHOLDER_KEY]
        self._now = now

    def make(self, caller: Caller, wanted: NewToken) -> Token:
        """Nobody gets more than they have: not another's name, no right of others, and no longer life than their own token.

        A caller without user is a program with credentials of its own; it may speak for its users. A user of the portal
        has no token here that could end, so a token of theirs would outlive them.
        """
        if caller.user and not caller.expires:
            raise Forbidden("a user of the portal cannot make tokens of Core", hint="sign the request with Nano credentials")
        if caller.user and (caller.user, caller.group) != (wanted.user, wanted.group):
            raise Forbidden(f"a token of '{caller.user}' can act only for that user and its group", field="user")
        rights = frozenset(wanted.rights) or caller.rights
        if beyond := sorted(rights - caller.rights):
            raise Forbidden(f"you do not have the right {', '.join(beyond)} yourself", field="rights")
        if not self._credentials:
            raise Unavailable("no credential to make tokens with", hint="set credentials in config/api.cfg")
        now = self._now()
        seconds = min(wanted.minutes * 60, (caller.expires or math.inf) - now)
        acting = Caller(user=wanted.user, group=wanted.group, rights=rights)
        return Token(token=tokens.mint(self._credentials[0], acting, seconds, now), expires=now + seconds)
