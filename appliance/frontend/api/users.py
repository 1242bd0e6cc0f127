"""Users (frontend-api.yaml, user.*), with what administrators do to accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct, field

from appliance.frontend.api.portal import Password
from appliance.http.routes import Body, Query, Routes
from appliance.rights import Caller, Right

if TYPE_CHECKING:
    from appliance.frontend.front_end import FrontEnd

routes = Routes("", tag="Users")

Nick = Annotated[str, Meta(max_length=100)]
Mail = Annotated[str, Meta(max_length=254)]


class NewUser(Body, frozen=True):
    """`must_change` makes the user choose another password at the first sign-in."""

    password: Password
    nick: Nick = ""
    mail: Mail = ""
    groups: Annotated[list[str], Meta(max_length=100)] = field(default_factory=list)
    must_change: bool = False


class UserChange(Body, frozen=True):
    """What is left out stays. A disabled user is signed out at once and cannot sign in."""

    nick: Nick | None = None
    mail: Mail | None = None
    disabled: bool | None = None
    must_change: bool | None = None


class UserDetails(Struct, kw_only=True, frozen=True, omit_defaults=True):
    """`id` never changes and is never used again. `groups` begins with the main one. Times in seconds since the epoch.

    `locked` is how many seconds some sign-in of this user has to wait after wrong passwords.
    """

    name: str
    id: str
    created: float
    nick: str = ""
    mail: str = ""
    groups: list[str] = field(default_factory=list)
    disabled: bool = False
    must_change: bool = False
    two_step: bool = False
    last_login: float = 0.0
    last_address: str = ""
    sessions: int = 0
    locked: int = 0


class UserQuery(Query, frozen=True):
    """`keyword` is looked for in name, nick and mail; `group` keeps its members, `state` active, disabled or locked ones."""

    keyword: Annotated[str, Meta(max_length=100)] = ""
    group: str = ""
    state: Annotated[str, Meta(pattern="^(active|disabled|locked)?$")] = ""
    sort: Annotated[str, Meta(pattern="^-?(name|created|last_login)$")] = "name"
    limit: Annotated[int, Meta(ge=1, le=1000)] = 50
    offset: Annotated[int, Meta(ge=0)] = 0


class UserPage(Struct, kw_only=True, frozen=True):
    result: list[UserDetails]
    total: int
    limit: int
    offset: int


class GroupQuery(Query, frozen=True):
    """`group` empty finds users without group."""

    group: str = ""


class PasswordChange(Body, frozen=True):
    old: Annotated[str, Meta(max_length=256)]
    new: Annotated[str, Meta(max_length=256)]


class PasswordReset(Body, frozen=True):
    """`password` left out has one made."""

    password: Annotated[str, Meta(max_length=256)] = ""


class IssuedPassword(Struct, kw_only=True, frozen=True):
    """`password` is the one that was made, told this once; empty if it was given."""

    password: str


@routes.get("/users/", needs=Right.USER_READ)
def list_users(front: FrontEnd) -> list[str]:
    """List user names, sorted."""
    return front.users.names()


@routes.get("/user_search/{filepath}", needs=Right.USER_READ)
def search_users_of_group(front: FrontEnd, filepath: str, query: GroupQuery) -> list[str]:
    """List the names of the users of a group, sorted."""
    return front.users.of_group(query.group)


@routes.get("/search/users/", needs=Right.USER_READ)
def search_users(front: FrontEnd, query: UserQuery) -> UserPage:
    """Page through the users, filtered and sorted."""
    return front.user_search.page(query)


@routes.get("/users/{user}", needs=Right.USER_READ)
def get_user(front: FrontEnd, user: str) -> UserDetails:
    """Read a user."""
    return front.users.get(user)


@routes.post("/users/{user}", needs=Right.USER_WRITE)
def create_user(front: FrontEnd, caller: Caller, user: str, body: NewUser) -> None:
    """Create a user, in no group unless some are named."""
    front.users.create(caller, user, body)


@routes.put("/users/{user}", needs=Right.USER_WRITE)
def modify_user(front: FrontEnd, caller: Caller, user: str, body: UserChange) -> None:
    """Change nick name or mail, disable or enable a user."""
    front.users.modify(caller, user, body, keep_empty=front.is_old_program(caller))


@routes.delete("/users/{user}", needs=Right.USER_WRITE)
def delete_user(front: FrontEnd, caller: Caller, user: str) -> None:
    """Delete a user with its sessions and tokens; never oneself, and never the last administrator."""
    front.users.delete(caller, user)


@routes.put("/users/{user}/password/", needs=None)
def change_password(front: FrontEnd, caller: Caller, user: str, body: PasswordChange) -> None:
    """Change a password by proving the old one; ends the user's other sessions."""
    front.users.change_password(caller, user, body)


@routes.post("/users/{user}/password/reset", needs=Right.USER_WRITE, body_optional=True)
def reset_password(front: FrontEnd, caller: Caller, user: str, body: PasswordReset) -> IssuedPassword:
    """Set a new password that its owner must change at the next sign-in; ends the user's sessions."""
    return front.users.reset_password(caller, user, body)


@routes.post("/users/{user}/unlock", needs=Right.USER_WRITE)
def unlock_user(front: FrontEnd, caller: Caller, user: str) -> None:
    """Let a user try again at once who has to wait after wrong passwords."""
    front.users.unlock(caller, user)


@routes.delete("/users/{user}/two_step", needs=Right.USER_WRITE)
def reset_two_step(front: FrontEnd, caller: Caller, user: str) -> None:
    """Switch the two-step sign-in of a user off who lost phone and recovery codes."""
    front.users.reset_two_step(caller, user)
