"""Bearer tokens for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, field

from appliance.core.api.objects import Item, Name
from appliance.http.routes import Body, Routes
from appliance.rights import Caller, Right

if TYPE_CHECKING:
    from appliance.core.service import Core

routes = Routes("/tokens", tag="Tokens")


class NewToken(Body, frozen=True):
    """`rights` left out = all of the caller's. The token acts for `user` in `group`."""

    user: Name
    group: Name
    rights: list[Right] = field(default_factory=list)
    minutes: Annotated[int, Meta(ge=1, le=525600)] = 60


class Token(Item, frozen=True):
    """Shown once; send it as `Authorization: Bearer <token>`. `expires` in seconds since the epoch."""

    token: str
    expires: float


@routes.post("/", needs=None)
def create_token(core: Core, caller: Caller, body: NewToken) -> Token:
    """Make a bearer token with some or all of the caller's own rights; made with a token, it ends with that at the latest."""
    return core.tokens.make(caller, body)
