"""The system routes of the original portal (frontend-api.yaml, system.*)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from appliance.frontend.api.portal import Password, UserName
from appliance.http.routes import Body, Routes, Wire
from appliance.rights import Caller

if TYPE_CHECKING:
    from appliance.frontend.front_end import FrontEnd

routes = Routes("/system", tag="System")


class SystemState(Struct, kw_only=True, frozen=True):
    """`ready` tells that at least one user exists; the limits advise the create form (cores, GiB, GiB)."""

    ready: bool
    max_cores: int
    max_memory: int
    max_disk: int


class FirstUser(Body, frozen=True):
    """As in the original, plus the set-up `code`, without which nobody becomes administrator."""

    user: UserName
    password: Password
    menu: Annotated[list[str], Meta(min_length=1)]
    group: UserName = "admin"
    display: str = "Administrators of Nano Portal"
    role: UserName = "super"
    code: str = ""


@routes.get("/", needs=None, signed_in=False, wire=Wire.NANO)
def get_system(front: FrontEnd) -> SystemState:
    """Tell whether the portal is set up, and its advisory limits."""
    return front.system_state()


@routes.post("/", needs=None, signed_in=False, wire=Wire.NANO)
def initialise_system(front: FrontEnd, caller: Caller, body: FirstUser) -> None:
    """Create the first user with its group and role."""
    front.accounts.initialise(caller, body)
