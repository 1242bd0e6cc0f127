"""Change guests: name, size, limits, secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from appliance.core.api.objects import Item
from appliance.http.routes import Body, Routes
from appliance.rights import Caller, Right

if TYPE_CHECKING:
    from appliance.core.service import Core

routes = Routes("/guests", tag="Guests")

Speed = Annotated[int, Meta(ge=0, le=2**40, description="Bytes per second; 0 = no limit")]
Tag = Annotated[str, Meta(min_length=1, max_length=40, pattern=r"^[^\x00-\x20\x7f,]+$", description="One word without commas")]
Rate = Annotated[int, Meta(ge=0, le=2**31, description="Operations per second; 0 = no limit")]


class NewName(Body, frozen=True):
    """The complete new name with the prefix of the group, e.g. "staff.web2"."""

    name: Annotated[str, Meta(min_length=3, max_length=127)]


class NewCores(Body, frozen=True):
    """`immediate` is accepted for old clients; the next start applies it."""

    cores: Annotated[int, Meta(ge=1, le=512)]
    immediate: bool = False


class NewMemory(Body, frozen=True):
    """`immediate` is accepted for old clients; the next start applies it."""

    memory: Annotated[int, Meta(ge=16 * 1024**2, le=64 * 1024**4, description="Bytes, at least 16 MiB")]
    immediate: bool = False


class AutoStart(Body, frozen=True):
    enable: bool


class CpuPriority(Body, frozen=True):
    priority: Annotated[str, Meta(pattern="^(high|medium|low)$")]


class DiskLimitBody(Body, frozen=True):
    """All four are replaced; they hold for each disk of the guest."""

    read_speed: Speed = 0
    read_iops: Rate = 0
    write_speed: Speed = 0
    write_iops: Rate = 0


class NetworkLimitBody(Body, frozen=True):
    """Both are replaced; as the guest sees it."""

    receive_speed: Speed = 0
    send_speed: Speed = 0


@routes.put("/{id}/name/", needs=Right.GUEST_CHANGE)
def rename_guest(core: Core, caller: Caller, id: str, body: NewName) -> None:
    """Rename a guest, running or not."""
    core.changes.rename(caller, id, body.name)


@routes.put("/{id}/cores", needs=Right.GUEST_CHANGE)
def modify_guest_cores(core: Core, caller: Caller, id: str, body: NewCores) -> None:
    """Change the number of virtual cores; a running guest gets them at its next start, and `current` shows what it has."""
    core.changes.cores(caller, id, body.cores)


@routes.put("/{id}/memory", needs=Right.GUEST_CHANGE)
def modify_guest_memory(core: Core, caller: Caller, id: str, body: NewMemory) -> None:
    """Change the memory; a running guest gets it at its next start, and `current` shows what it has."""
    core.changes.memory(caller, id, body.memory)


@routes.put("/{id}/auto_start", needs=Right.GUEST_CHANGE)
def modify_guest_auto_start(core: Core, caller: Caller, id: str, body: AutoStart) -> None:
    """Switch on or off that a guest starts with its host."""
    core.changes.auto_start(caller, id, enable=body.enable)


@routes.put("/{id}/qos/cpu", needs=Right.GUEST_CHANGE)
def modify_guest_cpu_priority(core: Core, caller: Caller, id: str, body: CpuPriority) -> None:
    """Change the CPU priority, of a running guest at once."""
    core.changes.cpu_priority(caller, id, body.priority)


@routes.put("/{id}/qos/disk", needs=Right.GUEST_CHANGE)
def modify_guest_disk_limits(core: Core, caller: Caller, id: str, body: DiskLimitBody) -> None:
    """Limit what a guest reads and writes, of a running guest at once."""
    core.changes.disk_limits(caller, id, body)


@routes.put("/{id}/qos/network", needs=Right.GUEST_CHANGE)
def modify_guest_network_limits(core: Core, caller: Caller, id: str, body: NetworkLimitBody) -> None:
    """Limit what a guest receives and sends, of a running guest at once."""
    core.changes.network_limits(caller, id, body)


class GuestAccount(Item, frozen=True):
    password: str = ""
    user: str = ""


class NewPassword(Body, frozen=True):
    """Without `password` one of 12 characters is made; without `user` it is for the account set last, or the template's."""

    password: Annotated[str, Meta(max_length=128)] = ""
    user: Annotated[str, Meta(max_length=64)] = ""


class Description(Body, frozen=True):
    """What is left out stays as it is; tags are sorted, and each is there once."""

    note: Annotated[str, Meta(max_length=2000, pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]*$")] | None = None
    tags: Annotated[list[Tag], Meta(max_length=20)] | None = None


@routes.put("/{id}/description", needs=Right.GUEST_CHANGE)
def describe_guest(core: Core, caller: Caller, id: str, body: Description) -> None:
    """Change the note and the tags of a guest."""
    core.changes.describe(caller, id, body)


@routes.get("/{id}/auth", needs=Right.GUEST_CONSOLE, audited=True)
def get_guest_auth(core: Core, caller: Caller, id: str) -> GuestAccount:
    """Read the account inside a guest that was set last, with its password."""
    return core.changes.account(caller, id)


@routes.put("/{id}/auth", needs=Right.GUEST_CHANGE)
def modify_guest_auth(core: Core, caller: Caller, id: str, body: NewPassword) -> GuestAccount:
    """Set the password of an account inside a running guest, through its guest agent."""
    return core.changes.set_password(caller, id, body)


@routes.put("/{id}/monitor/secret", needs=Right.GUEST_CHANGE)
def reset_guest_monitor_secret(core: Core, caller: Caller, id: str) -> None:
    """Make a new monitor secret; GET /guests/{id} tells it."""
    core.changes.reset_monitor_secret(caller, id)
