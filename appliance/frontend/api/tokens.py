"""Tokens of one's own for programs, sent to the portal as `Authorization: Bearer <token>`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from appliance.http.routes import Body, Routes
from appliance.rights import Caller, Right

if TYPE_CHECKING:
    from appliance.frontend.front_end import FrontEnd

routes = Routes("", tag="API tokens")


class ApiTokenBody(Body, frozen=True):
    """`rights` is the scope: the token never does more, nor more than its owner may at that moment."""

    name: Annotated[str, Meta(min_length=1, max_length=100)]
    rights: Annotated[list[Right], Meta(min_length=1)]
    days: Annotated[int, Meta(ge=1, le=3650)] = 90


class NewApiToken(Struct, kw_only=True, frozen=True):
    """`token` is told this once. `expires` in seconds since the epoch."""

    id: str
    token: str
    expires: float


class ApiToken(Struct, kw_only=True, frozen=True):
    """Times in seconds since the epoch; `used` 0 = never."""

    id: str
    name: str
    rights: list[Right]
    created: float
    expires: float
    used: float
    used_from: str


@routes.get("/me/tokens/", needs=None)
def list_my_tokens(front: FrontEnd, caller: Caller) -> list[ApiToken]:
    """List one's own tokens."""
    return front.api_tokens.of(caller.user)


@routes.post("/me/tokens/", needs=None)
def create_my_token(front: FrontEnd, caller: Caller, body: ApiTokenBody) -> NewApiToken:
    """Make a token with some of one's own rights for so many days."""
    return front.api_tokens.make(caller, body)


@routes.delete("/me/tokens/{id}", needs=None)
def revoke_my_token(front: FrontEnd, caller: Caller, id: str) -> None:
    """Revoke a token of one's own."""
    front.api_tokens.revoke(caller.user, id)


@routes.get("/users/{user}/tokens/", needs=Right.SESSION_READ)
def list_tokens_of_user(front: FrontEnd, user: str) -> list[ApiToken]:
    """List the tokens of a user."""
    return front.api_tokens.of(user)


@routes.delete("/users/{user}/tokens/{id}", needs=Right.SESSION_WRITE)
def revoke_token_of_user(front: FrontEnd, user: str, id: str) -> None:
    """Revoke a token of a user."""
    front.api_tokens.revoke(user, id)
