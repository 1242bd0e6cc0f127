"""Change guests: name, size, limits, secrets. The cell does it all or nothing; here stands who may, and what makes sense."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict

from appliance.core.api.guest_changes import GuestAccount
from appliance.core.sizes import size_text
from appliance.protocol.guests import ChangeGuest, DiskLimits, NetworkLimits, SetPassword
from nano_runtime import secrets
from nano_runtime.errors import BadValue, Conflict

if TYPE_CHECKING:
    from appliance.core.api.guest_changes import Description, DiskLimitBody, NetworkLimitBody, NewPassword
    from appliance.core.guests import Guests
    from appliance.core.inventory import Inventory
    from appliance.core.links import Links
    from appliance.core.model import Guest
    from appliance.core.templates import Templates
    from appliance.protocol.guests import GuestReport, GuestSpec
    from appliance.rights import Caller
    from nano_runtime.messages import Request

_SHORT_NAME = re.compile(r"[A-Za-z0-9_-]{1,63}")

SECRET_LENGTH = 12
PASSWORD_LENGTH = 12


class GuestChanges:
    def __init__(self, guests: Guests, inventory: Inventory, links: Links, templates: Templates, timeout: float) -> None:
        self._guests = guests
        self._inventory = inventory
        self._links = links
        self._templates = templates
        self._timeout = timeout

    def rename(self, caller: Caller, id: str, name: str) -> None:
        """`name` is the full name; the part before the first dot must stay the guest's group."""
        guest = self._guests.usable(caller, id)
        spec = guest.spec
        group, _, short = name.partition(".")
        if group != spec.group or not _SHORT_NAME.fullmatch(short):
            raise BadValue(f"name must be '{spec.group}.' and letters, digits, '-' and '_', not {name[:130]!r}", field="name")
        _require_other(spec.name, name, "name", spec)
        with self._inventory.holding_name(spec, group, short):
            self._change(guest, name=name)

    def cores(self, caller: Caller, id: str, cores: int) -> None:
        guest = self._guests.usable(caller, id)
        _require_other(guest.spec.cores, cores, "cores", guest.spec)
        most = self._links.live(guest.cell).figures.max_cpu
        if most and cores > most:
            raise BadValue(f"cores must be 1-{most} on '{guest.cell}', not {cores}", field="cores")
        self._change(guest, cores=cores)

    def memory(self, caller: Caller, id: str, memory: int) -> None:
        guest = self._guests.usable(caller, id)
        _require_other(guest.spec.memory, memory, "memory", guest.spec)
        most = self._links.live(guest.cell).figures.max_memory
        if most and memory > most:
            raise BadValue(f"memory must be at most {size_text(most)} on '{guest.cell}', not {size_text(memory)}", field="memory")
        self._change(guest, memory=memory)

    def auto_start(self, caller: Caller, id: str, *, enable: bool) -> None:
        guest = self._guests.usable(caller, id)
        if guest.spec.auto_start == enable:
            raise Conflict(f"auto start of '{guest.spec.name}' is already {'enabled' if enable else 'disabled'}", field="enable")
        self._change(guest, auto_start=enable)

    def cpu_priority(self, caller: Caller, id: str, priority: str) -> None:
        guest = self._guests.usable(caller, id)
        _require_other(guest.spec.qos.cpu_priority, priority, "priority", guest.spec)
        self._change(guest, cpu_priority=priority)

    def disk_limits(self, caller: Caller, id: str, wanted: DiskLimitBody) -> None:
        """All four are replaced."""
        self._limit(self._guests.usable(caller, id), disk_limits=DiskLimits(**asdict(wanted)))

    def network_limits(self, caller: Caller, id: str, wanted: NetworkLimitBody) -> None:
        self._limit(self._guests.usable(caller, id), network_limits=NetworkLimits(**asdict(wanted)))

    def reset_monitor_secret(self, caller: Caller, id: str) -> None:
        self._change(self._guests.usable(caller, id), monitor_secret=secrets.password(SECRET_LENGTH))

    def describe(self, caller: Caller, id: str, wanted: Description) -> None:
        tags = None if wanted.tags is None else sorted(set(wanted.tags))
        self._change(self._guests.usable(caller, id), note=wanted.note, tags=tags)

    def account(self, caller: Caller, id: str) -> GuestAccount:
        spec = self._guests.visible(caller, id).spec
        return GuestAccount(user=spec.admin_name or self._admin(spec), password=spec.admin_secret)

    def set_password(self, caller: Caller, id: str, wanted: NewPassword) -> GuestAccount:
        if not wanted.user.isprintable() or ":" in wanted.user:
            raise BadValue("user must be the printable name of an account, without a colon", field="user")
        if not wanted.password.isprintable():
            raise BadValue("password must be printable", field="password")
        guest = self._guests.running(caller, id)
        user = wanted.user or guest.spec.admin_name or self._admin(guest.spec)
        password = wanted.password or secrets.password(PASSWORD_LENGTH)
        self._ask(guest, SetPassword(guest=id, user=user, password=password))
        return GuestAccount(user=user, password=password)

    def _admin(self, spec: GuestSpec) -> str:
        """As its template has it; a template that is gone since leaves the usual one."""
        known = self._templates.find(spec.template)
        return known.admin if known else "Administrator" if spec.devices.operating_system == "windows" else "root"

    def _limit(self, guest: Guest, **limits: DiskLimits | NetworkLimits) -> None:
        [wanted] = limits.values()
        if all(getattr(guest.spec.qos, name) == value for name, value in asdict(wanted).items()):
            raise Conflict(f"'{guest.spec.name}' has these limits already")
        self._change(guest, **limits)

    def _change(self, guest: Guest, **changes: Any) -> None:
        self._ask(guest, ChangeGuest(guest=guest.spec.id, **changes))

    def _ask(self, guest: Guest, request: Request[GuestReport]) -> None:
        report = self._links.ask(guest.cell, request, seconds=self._timeout)
        self._inventory.take_in(report, guest.cell, guest.spec.pool)


def _require_other(before: object, wanted: object, field: str, spec: GuestSpec) -> None:
    if before == wanted:
        raise Conflict(f"{field} of '{spec.name}' is {wanted!r} already", field=field)
