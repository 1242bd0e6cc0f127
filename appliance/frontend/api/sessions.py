"""Sessions of programs written for the original portal: the id travels in the Nano-Session header."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from appliance.http.routes import Body, Routes, Wire
from appliance.rights import Caller

if TYPE_CHECKING:
    from appliance.frontend.service import FrontEnd

routes = Routes("/sessions", tag="Sessions")


class Login(Body, frozen=True):
    user: Annotated[str, Meta(max_length=64)]
    password: Annotated[str, Meta(max_length=256)]
    nonce: Annotated[str, Meta(max_length=256)] = ""


class OpenSession(Struct, kw_only=True, frozen=True, omit_defaults=True):
    """`timeout` in seconds without keep-alive; `menu` what the group may see; `address` of the client."""

    session: str
    group: str
    timeout: int
    menu: list[str]
    address: str = ""


@routes.post("/", needs=None, signed_in=False, wire=Wire.NANO)
def create_session(front: FrontEnd, caller: Caller, body: Login) -> OpenSession:
    """Log in."""
    return front.sessions.log_in(caller, body)


@routes.put("/{session}", needs=None)
def keep_alive_session(front: FrontEnd, caller: Caller, session: str) -> None:
    """Extend one's own session."""
    front.sessions.keep_alive(caller, session)
