"""Reach a host before the window does: which key it shows, and which Core answers in a domain."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, NamedTuple

from nano_runtime.certificates import fingerprint
from nano_runtime.discovery import Triple, find_core
from nano_runtime.errors import Unavailable

if TYPE_CHECKING:
    from appliance.desktop.hosts import Host

SECONDS = 5.0


class Shown(NamedTuple):
    """What a host showed, and what is known of it: `is_new` where nothing is."""

    fingerprint: str
    expected: str

    @property
    def is_new(self) -> bool:
        return not self.expected

    @property
    def is_right(self) -> bool:
        return bool(self.expected) and self.fingerprint == self.expected


def look(host: Host) -> Shown:
    """The key the host shows now. Raises Unavailable.

    The window judges the key of each of its own connections again; this only decides which page comes first, and it sees
    a certificate that some authority of this machine vouches for, about which the browser would not ask.
    """
    try:
        pem = ssl.get_server_certificate((host.address.strip("[]"), host.port), timeout=SECONDS)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem) or type(problem).__name__
        raise Unavailable(f"{host.name} does not answer: {reason}", hint="is the host up, and its portal started?") from problem
    return Shown(fingerprint(pem), host.fingerprint)


def find(triple: Triple, seconds: float = SECONDS) -> str:
    """The address of a Core of this domain. Raises Unavailable. It proves nothing yet: the user judges its key."""
    return find_core(triple, verify=None, seconds=seconds).address
