"""The parts of the portal, put together: what the handlers of frontend/api get as their service."""

from __future__ import annotations

import dataclasses
import logging
from typing import TYPE_CHECKING

from appliance.core.api import ENDPOINTS as CORE_ENDPOINTS
from appliance.frontend.account import TOKEN
from appliance.frontend.accounts import Accounts
from appliance.frontend.api import ENDPOINTS
from appliance.frontend.api.audit import AuditVerdict
from appliance.frontend.api.system import SystemState
from appliance.frontend.api_tokens import ApiTokens
from appliance.frontend.attempts import Attempts
from appliance.frontend.audit import Entry
from appliance.frontend.audit_search import AuditSearch
from appliance.frontend.audit_trail import AuditTrail
from appliance.frontend.changes import Changes
from appliance.frontend.channels import Channels
from appliance.frontend.groups import Groups
from appliance.frontend.local_login import LocalLogin
from appliance.frontend.object_names import ObjectNames
from appliance.frontend.open_sessions import Kind, OpenSessions
from appliance.frontend.profiles import Profiles
from appliance.frontend.roles import Roles
from appliance.frontend.sessions import Sessions
from appliance.frontend.two_step import TwoStep
from appliance.frontend.user_search import UserSearch
from appliance.frontend.users import Users
from appliance.frontend.visibility import Visibilities
from appliance.http.routes import Blob
from nano_runtime.errors import Forbidden

if TYPE_CHECKING:
    from collections.abc import Callable

    from appliance.frontend.api.audit import AuditExport
    from appliance.frontend.api.logs import NewLog
    from appliance.frontend.audit import AuditLog
    from appliance.frontend.live_settings import LiveSettings
    from appliance.frontend.setup_code import SetupCode
    from appliance.frontend.trust import Authority
    from appliance.http.client import Client
    from appliance.rights import Caller
    from nano_runtime.store import Store

log = logging.getLogger(__name__)

CUT_EVERY = 3600.0


class FrontEnd:
    def __init__(
        self,
        store: Store,
        audit: AuditLog,
        code: SetupCode,
        settings: LiveSettings,
        client: Client,
        trust: Authority,
        clock: Callable[[], float],
    ) -> None:
        self._audit = audit
        self._clock = clock
        self._cut_next = 0.0
        self.on_session_end: Callable[[str, str], None] = _nothing
        self.settings = settings
        self.trust = trust
        attempts = Attempts(clock)
        self.open_sessions = OpenSessions(store, clock, lambda key, why: self.on_session_end(key, why))
        self.changes = Changes(store)
        self.accounts = Accounts(store, code, attempts, clock)
        self.two_step = TwoStep(store, attempts, clock)
        self.local_login = LocalLogin(store, clock)
        self.sessions = Sessions(self.accounts, self.open_sessions, self.two_step, self.local_login)
        self.users = Users(self.changes, attempts, self.open_sessions, clock)
        self.user_search = UserSearch(store, self.users, attempts)
        self.groups = Groups(self.changes, clock)
        self.roles = Roles(self.changes)
        self.visibilities = Visibilities(self.changes)
        self.profiles = Profiles(store)
        self.api_tokens = ApiTokens(store, clock)
        self.api_tokens.on_end = lambda key, why: self.on_session_end(key, why)
        self.names = ObjectNames(client)
        self.audit_search = AuditSearch(audit.store, clock)
        endpoints = {endpoint.id: endpoint for endpoint in (*CORE_ENDPOINTS, *ENDPOINTS)}
        self.trail = AuditTrail(audit, endpoints, self.names, lambda user: self.accounts.find(user) is not None, clock)
        self.channels = Channels(client, self.open_sessions, clock)
        self.channels.on_open = self._note_console

    def system_state(self) -> SystemState:
        limits = self.settings.now
        return SystemState(ready=self.accounts.ready(), max_cores=limits.max_cores, max_memory=limits.max_memory, max_disk=limits.max_disk)

    def is_old_program(self, caller: Caller) -> bool:
        """Whether it speaks as Nano 1.4 did: signed in over /sessions/."""
        session = self.open_sessions.get(caller.session)
        return session is not None and session.kind is Kind.NANO

    def alive(self, session: str) -> bool:
        """Whether what a caller's `session` names may still be used; safe to ask while holding other locks."""
        return self.api_tokens.alive(session) if session.startswith(TOKEN) else self.open_sessions.has(session)

    def sweep(self) -> None:
        """End what is over, and now and then cut the audit log."""
        self.open_sessions.sweep()
        self._end_revoked()
        if self._clock() >= self._cut_next:
            self._cut_next = self._clock() + CUT_EVERY
            gone = self._audit.cut(self.settings.now.log_days)
            if gone:
                log.warning("removed %d entries of the audit log after %d days", gone, self.settings.now.log_days)

    def _end_revoked(self) -> None:
        """`nano reset-admin` works beside the portal: sessions from before it end also where nobody asks anything."""
        for session in self.open_sessions.of():
            account = self.accounts.find(session.user)
            if account is None or account.disabled or session.created < account.valid_from:
                self.open_sessions.end(session.key, "the user was removed, disabled or reset")

    def add_log(self, caller: Caller, body: NewLog) -> None:
        self.trail.claim(caller, body.content)

    def refuse_deletion(self) -> None:
        raise Forbidden(
            "entries of the audit log cannot be deleted one by one",
            hint="log_days of the settings says how long all of them are kept",
        )

    def verify_audit(self) -> AuditVerdict:
        return AuditVerdict(**dataclasses.asdict(self._audit.verify()))

    def export_audit(self, query: AuditExport) -> Blob:
        if query.format == "csv":
            return Blob("text/csv; charset=utf-8", self.audit_search.as_csv(query))
        return Blob("application/json", self.audit_search.as_json(query))

    def _note_console(self, caller: Caller, guest: str, type: str) -> None:
        self.trail.note(
            Entry(
                user=caller.user,
                address=caller.address,
                action="open_console",
                kind="guest",
                object=guest,
                name=self.names.of(guest),
                detail=f"type={type}",
            )
        )


def _nothing(_key: str, _why: str) -> None:
    """Before there is an application."""
