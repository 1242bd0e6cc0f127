"""What libvirt's numbers for a domain's state mean, in virsh's words (libvirt.org/html/libvirt-libvirt-domain.html)."""

from __future__ import annotations

from typing import NamedTuple

from appliance.protocol.guests import GuestState


class Sight(NamedTuple):
    """The state of a domain as seen once, and why it is so; `cores` and `memory` (bytes) it runs with, 0 while it is off."""

    state: GuestState
    reason: str
    cores: int = 0
    memory: int = 0


ACTIVE = frozenset({GuestState.RUNNING, GuestState.PAUSED, GuestState.STOPPING})
"""States in which a domain has a process."""

_RUNNING = (
    "unknown|booted|migrated|restored|from snapshot|unpaused|migration canceled|save canceled"
    "|event wakeup|crashed|post-copy|post-copy failed"
)  # fmt: skip
_PAUSED = (
    "unknown|user|migrating|saving|dumping|I/O error|watchdog|from snapshot|shutting down|creating snapshot|crashed"
    "|starting up|post-copy|post-copy failed|api error"
)  # fmt: skip
_STATES = [
    (GuestState.RUNNING, "unknown"),
    (GuestState.RUNNING, _RUNNING),
    (GuestState.RUNNING, "unknown"),
    (GuestState.PAUSED, _PAUSED),
    (GuestState.STOPPING, "unknown|user"),
    (GuestState.STOPPED, "unknown|shutdown|destroyed|crashed|migrated|saved|failed|from snapshot|daemon"),
    (GuestState.CRASHED, "unknown|panicked"),
    (GuestState.PAUSED, "suspended by the guest"),
]
"""By virDomainState, then by its reason."""

NOT_DEFINED = Sight(GuestState.STOPPED, "not defined in libvirt; the next start defines it again")


def sight(state: int, reason: int) -> Sight:
    """Numbers of a newer libvirt mean an unknown reason, never a failure."""
    if not 0 <= state < len(_STATES):
        return Sight(GuestState.CRASHED, f"libvirt's state {state}")
    ours, words = _STATES[state]
    reasons = words.split("|")
    return Sight(ours, reasons[reason] if 0 <= reason < len(reasons) else "unknown")
