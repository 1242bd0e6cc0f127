"""Instances: the running side of guests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, field

from appliance.core.api.objects import InstanceStatus
from appliance.http.routes import Body, Routes
from appliance.rights import Caller, Right

if TYPE_CHECKING:
    from appliance.core.service import Core

routes = Routes("/instances", tag="Guests")


class StartOptions(Body, frozen=True):
    from_media: bool = False
    from_network: bool = False
    source: str = ""


class StopOptions(Body, frozen=True):
    """false/false asks the guest (ACPI), force pulls the plug, reboot asks for a restart, both press reset."""

    reboot: bool = False
    force: bool = False


class Typing(Body, frozen=True):
    """Either `text` in the keyboard layout of the guest, or `keys` held together, e.g. ctrl, alt, delete."""

    text: Annotated[str, Meta(max_length=1000)] = ""
    layout: Annotated[str, Meta(pattern="^(en-us|de)$")] = "en-us"
    keys: Annotated[list[str], Meta(max_length=6)] = field(default_factory=list)


class MediaChoice(Body, frozen=True):
    """`source` is the id of a media image; `type` is accepted for old clients."""

    source: Annotated[str, Meta(min_length=1)]
    type: int = 0


@routes.post("/{id}/media", needs=Right.GUEST_POWER)
def insert_media(core: Core, caller: Caller, id: str, body: MediaChoice) -> None:
    """Put a media image into the CD drive of a running guest."""
    core.media.insert(caller, id, body.source)


@routes.delete("/{id}/media", needs=Right.GUEST_POWER)
def eject_media(core: Core, caller: Caller, id: str) -> None:
    """Take the media image out of the CD drive of a running guest."""
    core.media.eject(caller, id)


@routes.get("/{id}", needs=Right.GUEST_READ)
def get_instance(core: Core, caller: Caller, id: str) -> InstanceStatus:
    """Read the live status of a guest from its cell."""
    return core.guests.status(caller, id)


@routes.post("/{id}", needs=Right.GUEST_POWER, body_optional=True)
def start_instance(core: Core, caller: Caller, id: str, body: StartOptions) -> None:
    """Start a guest."""
    core.guests.start(caller, id, body)


@routes.delete("/{id}", needs=Right.GUEST_POWER, body_optional=True)
def stop_instance(core: Core, caller: Caller, id: str, body: StopOptions) -> None:
    """Stop or restart a running guest. Answers when the signal is sent; the state follows as an event."""
    core.guests.stop(caller, id, body)


@routes.post("/{id}/reboot", needs=Right.GUEST_POWER)
def reboot_instance(core: Core, caller: Caller, id: str) -> None:
    """Ask a running guest to restart."""
    core.guests.stop(caller, id, StopOptions(reboot=True))


@routes.post("/{id}/reset", needs=Right.GUEST_POWER)
def reset_instance(core: Core, caller: Caller, id: str) -> None:
    """Press the reset button of a running guest."""
    core.guests.stop(caller, id, StopOptions(reboot=True, force=True))


@routes.post("/{id}/suspend", needs=Right.GUEST_POWER)
def suspend_instance(core: Core, caller: Caller, id: str) -> None:
    """Hold a running guest; its memory stays on the host."""
    core.guests.hold(caller, id, hold=True)


@routes.post("/{id}/resume", needs=Right.GUEST_POWER)
def resume_instance(core: Core, caller: Caller, id: str) -> None:
    """Let a suspended guest go on."""
    core.guests.hold(caller, id, hold=False)


@routes.post("/{id}/keys", needs=Right.GUEST_CONSOLE)
def type_into_instance(core: Core, caller: Caller, id: str, body: Typing) -> None:
    """Type a text into a running guest, or press a combination of keys."""
    core.guests.type_text(caller, id, body)
