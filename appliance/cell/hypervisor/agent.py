"""Ask the guest agent inside a guest, through libvirt. What it answers is a stranger's word; when it does not, that is said at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appliance.cell.hypervisor import xml
from nano_runtime.errors import Conflict, NanoError

if TYPE_CHECKING:
    import libvirt

    from appliance.cell.hypervisor.connection import Connection

PATIENCE = 5
"""Seconds an agent has for an answer; libvirt itself would wait for ever."""


def require_agent(hypervisor: Connection, domain: str) -> None:
    """Raises Conflict unless something in the guest holds the agent's channel open."""
    if not xml.read_living(hypervisor.describe(domain)).agent:
        raise Conflict(f"no guest agent runs in guest {domain}", hint="install and start qemu-guest-agent in the guest, or use its console")


def set_password(hypervisor: Connection, domain: str, user: str, password: str) -> None:
    """Raises Conflict where the agent is missing, silent, or refuses; the password stands in no message."""
    require_agent(hypervisor, domain)

    def ask(found: libvirt.virDomain) -> None:
        found.agentSetResponseTimeout(PATIENCE)
        found.setUserPassword(user, password)

    try:
        hypervisor.with_domain("set a password", domain, ask, seconds=3 * PATIENCE)
    except NanoError as problem:
        if type(problem) is not NanoError:
            raise
        raise Conflict(
            f"the agent in guest {domain} did not set the password of {user!r}", hint="does this user exist in the guest?"
        ) from problem
