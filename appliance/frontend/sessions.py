"""Sign in and out: set-up, portal sessions in a cookie, sessions of old programs in a header."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from appliance import __version__
from appliance.frontend.api.portal import PortalState, Setup, SignIn
from appliance.frontend.api.sessions import Login, OpenSession
from appliance.frontend.api.system import FirstUser
from appliance.frontend.open_sessions import Kind, OpenSessions, Session, key_of
from appliance.http.routes import Answer
from appliance.rights import MENUS, Caller
from nano_runtime.errors import NotFound, Unauthenticated

if TYPE_CHECKING:
    from appliance.frontend.accounts import Account, Accounts

log = logging.getLogger(__name__)


class Sessions:
    """What the routes of /portal, /sessions and /system ask for."""

    def __init__(self, accounts: Accounts, open_sessions: OpenSessions) -> None:
        self._accounts = accounts
        self._open = open_sessions

    def state(self, caller: Caller) -> PortalState:
        """What the page needs first; whoever is not signed in learns only whether the portal is set up."""
        session = self._open.get(caller.session)
        account = self._accounts.find(session.user) if session else None
        return self._state(session, account)

    def set_up(self, caller: Caller, body: Setup) -> Answer[PortalState]:
        """Create the first administrator with every menu, and sign in. Raises what Accounts.initialise raises."""
        self._accounts.initialise(caller, FirstUser(user=body.user, password=body.password, menu=list(MENUS), code=body.code))
        return self._enter(caller, self._accounts.authenticate(body.user, body.password, caller.address))

    def sign_in(self, caller: Caller, body: SignIn) -> Answer[PortalState]:
        """A new session under a new id, whatever cookie came along. Raises Unauthenticated, Forbidden, TooMany."""
        return self._enter(caller, self._accounts.authenticate(body.user, body.password, caller.address))

    def sign_out(self, caller: Caller) -> Answer[PortalState]:
        self._open.end(caller.session, "signed out")
        return Answer(self._state(None, None), session="")

    def touch(self, caller: Caller) -> None:
        """Raises Unauthenticated when the session is over."""
        self._open.touch(caller.session)

    def log_in(self, caller: Caller, body: Login) -> OpenSession:
        """A session for a program written for Nano 1.4, with the words it knows (session.create of the contract)."""
        try:
            account = self._accounts.authenticate(body.user, body.password, caller.address)
        except Unauthenticated as refusal:
            raise Unauthenticated("invalid user or password") from refusal
        id, session = self._open.open(Kind.NANO, account.user, caller.address)
        log.info("user %s logged in from %s", account.user, caller.address)
        return OpenSession(
            session=id, group=account.group, timeout=int(session.kind.idle), menu=list(account.menus), address=caller.address
        )

    def keep_alive(self, caller: Caller, session: str) -> None:
        """Raises NotFound for any session but the caller's own."""
        if key_of(session) != caller.session:
            raise NotFound(f"invalid session {session[:64]!r}", hint="only one's own session can be extended")
        self._open.touch(caller.session)

    def _enter(self, caller: Caller, account: Account) -> Answer[PortalState]:
        if caller.session:
            self._open.end(caller.session, "signed in again")
        id, session = self._open.open(Kind.PORTAL, account.user, caller.address)
        log.info("user %s signed in from %s", account.user, caller.address)
        return Answer(self._state(session, account), session=id)

    def _state(self, session: Session | None, account: Account | None) -> PortalState:
        now = time.time()
        state = PortalState(ready=self._accounts.ready(), version=__version__, server_time=now, zone_offset=time.localtime(now).tm_gmtoff)
        if session is None or account is None:
            return state
        return PortalState(
            ready=True,
            version=state.version,
            server_time=state.server_time,
            zone_offset=state.zone_offset,
            user=account.user,
            group=account.group,
            rights=sorted(account.rights),
            menus=list(account.menus),
            csrf=session.csrf,
            idle_seconds=int(session.kind.idle),
        )
