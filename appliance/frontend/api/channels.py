"""Monitor channels: one-time tickets with which a browser opens the console of a guest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from appliance.http.routes import Body, Routes, Stream
from appliance.rights import Caller, Right

if TYPE_CHECKING:
    from appliance.frontend.front_end import FrontEnd

routes = Routes("/monitor_channels", tag="Consoles")


class NewChannel(Body, frozen=True):
    """`type` chooses the graphical or the serial console."""

    guest: str
    type: Annotated[str, Meta(pattern="^(vnc|serial)$")] = "vnc"


class Channel(Struct, kw_only=True, frozen=True):
    """Connect a WebSocket with subprotocol "binary" to /api/v1/monitor_channels/{id} once, within 15 s."""

    id: str
    protocol: str
    username: str
    password: str


@routes.post("/", needs=Right.GUEST_CONSOLE)
def create_channel(front: FrontEnd, caller: Caller, body: NewChannel) -> Channel:
    """Prepare a one-time console channel for a guest."""
    return front.channels.open(caller, body)


@routes.get("/{id}", needs=None, signed_in=False)
def connect_channel(front: FrontEnd, caller: Caller, id: str) -> Stream:
    """Open the console as a WebSocket; the channel id is the secret, and only pages of the portal's own origin may."""
    return front.channels.connect(caller, id)
