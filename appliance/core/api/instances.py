"""Instances: the running side of guests."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
