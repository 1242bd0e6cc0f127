"""What the portal page itself needs: first-run set-up, and a session that no script can read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct, field

from appliance.http.routes import Answer, Body, Routes
from appliance.rights import Caller, Right

if TYPE_CHECKING:
    from appliance.frontend.front_end import FrontEnd

routes = Routes("/portal", tag="Portal")

UserName = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_.-]{1,64}$", description="Letters, digits, `_`, `.` and `-`")]
Password = Annotated[
    str, Meta(min_length=8, max_length=256, description="At least 8 characters with a digit, a lower and an upper case letter")
]


class PortalState(Struct, kw_only=True, frozen=True):
    """`ready` is false until the first-run set-up; `user` is empty until somebody is signed in.

    `step` tells what is missing: "code" = the code of the two-step sign-in (POST /portal/code), "password" = a new password
    (PUT /users/{user}/password/); nothing else is possible before. `areas` groups the rights: {"guest": ["power", "read"]}.
    `csrf` goes into the X-CSRF-Token header of every change. A session ends after `idle_seconds` without input, at `ends` at
    the latest; warn `warn_seconds` before. `idle_ends` and `ends` in seconds since the epoch move with POST /portal/activity.
    `server_time` in seconds since the epoch and `zone_offset` in seconds east of UTC translate old local times.
    """

    ready: bool
    version: str
    server_time: float
    zone_offset: int
    user: str = ""
    group: str = ""
    rights: list[Right] = field(default_factory=list)
    menus: list[str] = field(default_factory=list)
    csrf: str = ""
    idle_seconds: int = 0
    step: str = ""
    groups: list[str] = field(default_factory=list)
    areas: dict[str, list[str]] = field(default_factory=dict)
    warn_seconds: int = 120
    idle_ends: float = 0.0
    ends: float = 0.0


class Setup(Body, frozen=True):
    """`code` was printed by the installer and lies in data/setup-code on the host of the portal."""

    code: str
    user: UserName
    password: Password


class SignIn(Body, frozen=True):
    user: Annotated[str, Meta(max_length=64)]
    password: Annotated[str, Meta(max_length=256)]


class SignInCode(Body, frozen=True):
    code: Annotated[str, Meta(max_length=64)]


class LocalSignIn(Body, frozen=True):
    """Both as the host itself gave them to one of its users, through a socket."""

    user: Annotated[str, Meta(max_length=64)]
    token: Annotated[str, Meta(max_length=256)]


@routes.get("/", needs=None, signed_in=False)
def get_portal(front: FrontEnd, caller: Caller) -> PortalState:
    """Tell whether the portal is set up, and who is signed in."""
    return front.sessions.state(caller)


@routes.post("/setup", needs=None, signed_in=False)
def set_up_portal(front: FrontEnd, caller: Caller, body: Setup) -> Answer[PortalState]:
    """Create the first administrator, once, with the set-up code, and sign in."""
    return front.sessions.set_up(caller, body)


@routes.post("/session", needs=None, signed_in=False)
def sign_in(front: FrontEnd, caller: Caller, body: SignIn) -> Answer[PortalState]:
    """Sign in; the session travels in a cookie that no script can read."""
    return front.sessions.sign_in(caller, body)


@routes.post("/local", needs=None, signed_in=False)
def sign_in_locally(front: FrontEnd, caller: Caller, body: LocalSignIn) -> Answer[PortalState]:
    """Sign in with a token that this host gave to root, or to a member of its group nano; good once and for a minute."""
    return front.sessions.sign_in_locally(caller, body)


@routes.post("/code", needs=None)
def give_code(front: FrontEnd, caller: Caller, body: SignInCode) -> Answer[PortalState]:
    """Finish a two-step sign-in with the code of the app, or with a recovery code."""
    return front.sessions.give_code(caller, body)


@routes.delete("/session", needs=None)
def sign_out(front: FrontEnd, caller: Caller) -> Answer[PortalState]:
    """Sign out; the session is revoked on the server."""
    return front.sessions.sign_out(caller)


@routes.post("/activity", needs=None, audited=False)
def keep_session(front: FrontEnd, caller: Caller) -> None:
    """Tell that a person is still there; requests of the page itself do not lengthen the session."""
    front.sessions.touch(caller)
