"""What of a served request goes into the audit log: who, from where, what, on which object by name, and how it ended."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

import msgspec

from appliance.frontend.audit import Entry
from appliance.http.routes import API_ROOT, Answer
from nano_runtime.errors import NanoError, TooMany

if TYPE_CHECKING:
    from collections.abc import Callable

    from appliance.frontend.audit import AuditLog
    from appliance.frontend.object_names import ObjectNames
    from appliance.http.routes import Endpoint
    from appliance.http.serve import Record
    from appliance.rights import Caller

log = logging.getLogger(__name__)

QUIET = 60.0
"""Seconds in which the same refusal of the same caller is told once: a page that asks on, or somebody who knocks, fills no disk."""

MOST_QUIET = 10_000
MOST_CLAIMS = 60
"""Entries that the programs of one user may write within a minute."""

LONGEST = 500

SHOWN = frozenset(
    """name owner group pool cell cores memory disks template from_image auto_start force reboot menu rights role display nick
    disabled must_change groups days instance_visible disk_image_visible media_image_visible type minutes enabled description tags
    network storage failover index size priority action protocol to_port from_port target_cell source_cell source_pool address
    format start end gateway dns range_type mode label""".split()
)
"""Fields of a body that an entry repeats. The others may be secrets, or long."""

_KINDS = {
    "instances": "guest",
    "monitor_channels": "guest",
    "user_groups": "group",
    "compute_pools": "pool",
    "compute_pool_cells": "cell",
    "compute_cell_status": "cell",
    "portal": "session",
    "me": "user",
    "audit": "log",
    "resource_visibilities": "group",
    "security_policy_groups": "policy",
    "system": "portal",
}
A_PROGRAM = "a program"
"""Whoever has Nano credentials and names no user; no user can be called so."""

_OF_PEOPLE = frozenset({"sign_in", "sign_in_locally", "create_session", "set_up_portal", "initialise_system"})
"""Routes that are open: who acts is in the body."""


class AuditTrail:
    """`known_user` tells whether a name is that of a user: people type passwords there, and those are not repeated."""

    def __init__(
        self,
        log: AuditLog,
        endpoints: dict[str, Endpoint],
        names: ObjectNames,
        known_user: Callable[[str], bool],
        clock: Callable[[], float],
    ) -> None:
        self._log = log
        self._endpoints = endpoints
        self._names = names
        self._known_user = known_user
        self._clock = clock
        self._quiet: OrderedDict[tuple[str, ...], tuple[float, int]] = OrderedDict()
        self._claims: dict[str, tuple[float, int]] = {}
        self._lock = threading.Lock()
        self.problem = ""

    def heard(self, record: Record) -> None:
        """The on_change of serve()."""
        entry = self._entry(record)
        if entry.result == "refused":
            user = entry.user or "somebody"
            log.warning("refused %s %s to %s from %s: %s", record.method, record.endpoint, user, record.address, record.problem)
            repeated = self._repeated(entry, always=entry.action in _OF_PEOPLE and record.status != 429)
            if repeated < 0:
                return
            if repeated:
                entry = msgspec.structs.replace(entry, detail=f"{entry.detail} (and {repeated} more like it before)")
        self.note(entry)

    def claim(self, caller: Caller, content: str) -> None:
        """What a client says happened, marked as such. Raises TooMany, and Unavailable where it cannot be written."""
        now = self._clock()
        with self._lock:
            since, count = self._claims.get(caller.user, (now, 0))
            if now >= since + QUIET:
                since, count = now, 0
            if count >= MOST_CLAIMS:
                wait = since + QUIET - now
                raise TooMany(f"more than {MOST_CLAIMS} log entries of one user within a minute", hint="write fewer", retry_after=wait)
            self._claims[caller.user] = (since, count + 1)
        self._log.append(Entry(user=caller.user, address=caller.address, origin="client", action="add_log", kind="log", detail=content))

    def note(self, entry: Entry) -> None:
        """Write an entry. A log that cannot be written stops nobody from working, but is told until it can be again."""
        try:
            self._log.append(entry)
            self.problem = ""
        except NanoError as problem:
            self.problem = str(problem)
            log.error("the audit log cannot be written: %s; lost: %s", problem, entry)

    def _entry(self, record: Record) -> Entry:
        kind, object, name = self._object(record)
        return Entry(
            user=record.caller.user or self._user_of_body(record) or (A_PROGRAM if record.caller.rights else ""),
            address=record.address,
            action=record.endpoint,
            kind=kind,
            object=object[:LONGEST],
            name=name[:LONGEST],
            result="ok" if record.status < 400 else "refused" if record.status in (401, 403, 429) else "failed",
            detail=self._detail(record)[:LONGEST],
        )

    def _object(self, record: Record) -> tuple[str, str, str]:
        """Kind, id and name of what it is about."""
        path = self._endpoints[record.endpoint].path.removeprefix(f"{API_ROOT}/")
        first = path.partition("/")[0]
        kind = _KINDS.get(first, first.rstrip("s"))
        body = record.arguments.get("body")
        id = "/".join(record.places.values()) or str(getattr(body, "guest", "") or _field(record.result, "id"))
        names_it = kind != "user" and (not record.places or path.endswith("/name/"))
        named = str(getattr(body, "name", "")) if names_it else ""
        if kind == "guest" and id:
            id = next(iter(record.places.values()), id)
            return kind, id, self._names.of(id, named if record.status < 400 else "", ask=record.method != "GET")
        if not id and first in ("me", "portal", "resource_visibilities"):
            id = record.caller.group if first == "resource_visibilities" else record.caller.user or self._user_of_body(record)
        return kind, id, named or id

    def _user_of_body(self, record: Record) -> str:
        body = record.arguments.get("body")
        user = getattr(body, "user", "") if record.endpoint in _OF_PEOPLE else ""
        return user if user and self._known_user(user) else ""

    def _detail(self, record: Record) -> str:
        if record.problem:
            # what was sent for a secret of the wrong kind could be part of the words
            return record.problem if record.status not in (400, 422) or "password" not in record.endpoint else "a value was not accepted"
        body = record.arguments.get("body")
        given = msgspec.structs.asdict(body) if isinstance(body, msgspec.Struct) else {}
        shown = {name: value for name, value in given.items() if name in SHOWN and value not in (None, "", [], {})}
        return ", ".join(f"{name}={msgspec.json.encode(value).decode()}" for name, value in shown.items())

    def _repeated(self, entry: Entry, *, always: bool) -> int:
        """How many like it were kept quiet before this one; -1 = this one is to be kept quiet, too."""
        # whoever is nobody could go through all the names there are
        now, key = self._clock(), (entry.user, entry.address, entry.action, entry.object if entry.user else "")
        with self._lock:
            since, count = self._quiet.get(key, (0.0, 0))
            if now < since + QUIET and not always:
                self._quiet[key] = (since, count + 1)
                return -1
            self._quiet[key] = (now, 0)
            self._quiet.move_to_end(key)
            while len(self._quiet) > MOST_QUIET:
                self._quiet.popitem(last=False)
        return count


def _field(result: Any, name: str) -> str:
    data = result.data if isinstance(result, Answer) else result
    return str(getattr(data, name, "") or "")
