"""Sessions of programs written for the original portal: the id travels in the Nano-Session header."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from appliance.http.routes import Body, Routes, Wire
from appliance.rights import Caller, Right

if TYPE_CHECKING:
    from appliance.frontend.front_end import FrontEnd

routes = Routes("", tag="Sessions")


class Login(Body, frozen=True):
    """`code` is for users with two-step sign-in."""

    user: Annotated[str, Meta(max_length=64)]
    password: Annotated[str, Meta(max_length=256)]
    nonce: Annotated[str, Meta(max_length=256)] = ""
    code: Annotated[str, Meta(max_length=64)] = ""


class OpenSession(Struct, kw_only=True, frozen=True, omit_defaults=True):
    """`timeout` in seconds without keep-alive; `menu` what the group may see; `address` of the client."""

    session: str
    group: str
    timeout: int
    menu: list[str]
    address: str = ""


class SessionItem(Struct, kw_only=True, frozen=True):
    """`key` stands for the session and opens nothing. `kind` is portal or nano (an old program); `current` marks the caller's."""

    key: str
    user: str
    address: str
    kind: str
    created: float
    seen: float
    current: bool


@routes.get("/sessions/", needs=None)
def list_sessions(front: FrontEnd, caller: Caller) -> list[str]:
    """List one's own open sessions, or all with the right 'session.read'; the keys stand for sessions and open none."""
    return front.sessions.ids(caller)


@routes.get("/search/sessions/", needs=None)
def search_sessions(front: FrontEnd, caller: Caller) -> list[SessionItem]:
    """List one's own open sessions, or all with the right 'session.read': who, from where, since when."""
    return front.sessions.items(caller)


@routes.post("/sessions/", needs=None, signed_in=False, wire=Wire.NANO)
def create_session(front: FrontEnd, caller: Caller, body: Login) -> OpenSession:
    """Log in."""
    return front.sessions.log_in(caller, body)


@routes.put("/sessions/{session}", needs=None, audited=False)
def keep_alive_session(front: FrontEnd, caller: Caller, session: str) -> None:
    """Extend one's own session."""
    front.sessions.keep_alive(caller, session)


@routes.delete("/sessions/{session}", needs=None)
def revoke_session(front: FrontEnd, caller: Caller, session: str) -> None:
    """End a session of one's own, or any with the right 'session.write'; its consoles close at once."""
    front.sessions.revoke(caller, session)


@routes.delete("/sessions/", needs=None)
def revoke_other_sessions(front: FrontEnd, caller: Caller) -> None:
    """End all of one's own sessions but this one."""
    front.sessions.revoke_others(caller)


@routes.delete("/users/{user}/sessions/", needs=Right.SESSION_WRITE)
def revoke_sessions_of_user(front: FrontEnd, caller: Caller, user: str) -> None:
    """End every session of a user."""
    front.sessions.revoke_all(caller, user)
