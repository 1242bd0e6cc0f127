"""Cells: enrolment, and what a host says of itself."""

from __future__ import annotations

from msgspec import Struct

from appliance.protocol.guests import Done
from nano_runtime.messages import Event, Request


class Figures(Struct, frozen=True, kw_only=True):
    """Load of a host. Memory and disk in bytes, speeds in bytes per second, `cpu_usage` in percent of all cores."""

    cpu_usage: float = 0.0
    max_cpu: int = 0
    available_memory: int = 0
    max_memory: int = 0
    available_disk: int = 0
    max_disk: int = 0
    read_speed: int = 0
    write_speed: int = 0
    receive_speed: int = 0
    send_speed: int = 0


class CellReport(Struct, frozen=True, kw_only=True):
    """A Cell's own description. `accelerator` is "kvm" or "tcg"; `problem` is why it cannot run guests now, or empty."""

    name: str
    version: str
    boot: str
    accelerator: str
    figures: Figures
    problem: str = ""


class Enrolled(Struct, frozen=True, kw_only=True):
    """`status` is "pending" (wait and ask again) or "approved" (then the PEM certificate and CA are there)."""

    status: str
    fingerprint: str
    certificate: str = ""
    authority: str = ""


class Enrol(Request[Enrolled], frozen=True, tag="enrol"):
    """Ask for a certificate. `request` is a PEM CSR; `token` and `proof` come from `nano join` and approve at once.

    `proof` is the hex HMAC-SHA256 of the CSR's key fingerprint under the token's secret.
    """

    name: str
    request: str
    token: str = ""
    proof: str = ""


class Renew(Request[Enrolled], frozen=True, tag="renew"):
    """Ask for a fresh certificate over an enrolled link, with the same or a new key."""

    request: str


class DescribeCell(Request[CellReport], frozen=True, tag="describe-cell"):
    """Core's first question on every new link."""


class LeavePool(Request[Done], frozen=True, tag="leave-pool"):
    """The Cell was taken out of its pool; it has no guests."""


class CellStatus(Event, frozen=True, tag="cell-status"):
    """Twice a second. Its absence is how Core notices a dead host."""

    figures: Figures
    problem: str = ""
