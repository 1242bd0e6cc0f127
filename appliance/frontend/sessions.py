"""Sign in and out: set-up, portal sessions in a cookie, sessions of old programs in a header."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from msgspec.structs import replace

from appliance import __version__
from appliance.frontend.api.portal import LocalSignIn, PortalState, Setup, SignIn, SignInCode
from appliance.frontend.api.sessions import Login, OpenSession, SessionItem
from appliance.frontend.api.system import FirstUser
from appliance.frontend.open_sessions import Kind, OpenSessions, Session, ended, key_of
from appliance.http.routes import Answer
from appliance.rights import MENUS, Caller, Right, areas
from nano_runtime.errors import Conflict, Forbidden, NotFound, Unauthenticated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from appliance.frontend.account import Account
    from appliance.frontend.accounts import Accounts
    from appliance.frontend.local_login import LocalLogin
    from appliance.frontend.two_step import TwoStep

log = logging.getLogger(__name__)


class Sessions:
    """What the routes of /portal, /sessions and /system ask for."""

    def __init__(self, accounts: Accounts, open_sessions: OpenSessions, two_step: TwoStep, local: LocalLogin) -> None:
        self._accounts = accounts
        self._open = open_sessions
        self._two_step = two_step
        self._local = local

    def state(self, caller: Caller) -> PortalState:
        """What the page needs first; whoever is not signed in learns only whether the portal is set up."""
        session = self._open.get(caller.session)
        return self._state(session, self._accounts.find(session.user) if session else None)

    def set_up(self, caller: Caller, body: Setup) -> Answer[PortalState]:
        """Create the first administrator with every menu, and sign in. Raises what Accounts.initialise raises."""
        self._accounts.initialise(caller, FirstUser(user=body.user, password=body.password, menu=list(MENUS), code=body.code))
        return self._enter(caller, self._accounts.authenticate(body.user, body.password, caller.address))

    def sign_in(self, caller: Caller, body: SignIn) -> Answer[PortalState]:
        """A new session under a new id, whatever cookie came along. Raises Unauthenticated, Forbidden, TooMany.

        With two-step sign-in it is good only for giving the code.
        """
        account = self._accounts.authenticate(body.user, body.password, caller.address)
        if not account.two_step:
            return self._enter(caller, account)
        self._end_present(caller)
        id, session = self._open.open(Kind.HALF, account.user, caller.address)
        return Answer(self._state(session, account), session=id)

    def sign_in_locally(self, caller: Caller, body: LocalSignIn) -> Answer[PortalState]:
        """Raises Forbidden for a token that this host did not give, or not for now; Unauthenticated if the user is gone since."""
        who = self._local.redeem(body.user, body.token)
        account = self._accounts.find(body.user)
        if account is None or account.disabled:
            raise ended()
        log.info("%s of this host signs in as user %s", who, account.user)
        return self._enter(caller, account)

    def give_code(self, caller: Caller, body: SignInCode) -> Answer[PortalState]:
        """Raises Forbidden for a wrong code, which may be tried again, TooMany after some."""
        session = self._open.get(caller.session)
        if session is None or session.kind is not Kind.HALF:
            raise Conflict("no sign-in waits for a code", hint="sign in first")
        account = self._accounts.find(session.user)
        if account is None or account.disabled or session.created < account.valid_from:
            raise ended()
        self._two_step.check(session.user, body.code)
        return self._enter(caller, account)

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
        if account.must_change:
            raise Forbidden("the password must be changed first", hint="sign in to the portal in a browser")
        if account.two_step:
            if not body.code:
                raise Forbidden("this user signs in with a code, too", hint="send it as `code`, or use an API token")
            self._two_step.check(account.user, body.code)
        id, session = self._open.open(Kind.NANO, account.user, caller.address)
        self._accounts.note_sign_in(account.user, caller.address)
        log.info("user %s logged in from %s", account.user, caller.address)
        return OpenSession(
            session=id, group=account.group, timeout=int(session.kind.idle), menu=list(account.menus), address=caller.address
        )

    def keep_alive(self, caller: Caller, session: str) -> None:
        """Raises NotFound for any session but the caller's own."""
        if key_of(session) != caller.session:
            raise NotFound(f"invalid session {session[:64]!r}", hint="only one's own session can be extended")
        self._open.touch(caller.session)

    def ids(self, caller: Caller) -> list[str]:
        """What stands for the open sessions, the caller's own unless they may see all; never an id that opens one."""
        return [session.key for session in self._visible(caller)]

    def items(self, caller: Caller) -> list[SessionItem]:
        return [
            SessionItem(
                key=session.key,
                user=session.user,
                address=session.address,
                kind=session.kind.name.lower(),
                created=session.created,
                seen=session.seen,
                current=session.key == caller.session,
            )
            for session in self._visible(caller)
        ]

    def revoke(self, caller: Caller, session: str) -> None:
        """By its key, or by the id that its owner has. Raises NotFound, also for one that the caller may not end."""
        found = self._open.get(session) or self._open.get(key_of(session))
        if found is None or not (found.user == caller.user or caller.may(Right.SESSION_WRITE)):
            raise NotFound(f"there is no session {session[:64]!r}", field="session")
        self._open.end(found.key, f"ended by {caller.user}")

    def revoke_others(self, caller: Caller) -> None:
        """Every session of the caller but this one."""
        self._open.end_of(caller.user, f"ended by {caller.user}", but=caller.session)

    def revoke_all(self, caller: Caller, user: str) -> None:
        """Every session of a user; of oneself, all but this one."""
        self._open.end_of(user, f"ended by {caller.user}", but=caller.session)

    def _visible(self, caller: Caller) -> Sequence[Session]:
        return self._open.of("" if caller.may(Right.SESSION_READ) else caller.user) if caller.user else []

    def _enter(self, caller: Caller, account: Account) -> Answer[PortalState]:
        self._end_present(caller)
        id, session = self._open.open(Kind.PORTAL, account.user, caller.address)
        self._accounts.note_sign_in(account.user, caller.address)
        log.info("user %s signed in from %s", account.user, caller.address)
        return Answer(self._state(session, account), session=id)

    def _end_present(self, caller: Caller) -> None:
        if caller.session:
            self._open.end(caller.session, "signed in again")

    def _state(self, session: Session | None, account: Account | None) -> PortalState:
        now = time.time()
        state = PortalState(ready=self._accounts.ready(), version=__version__, server_time=now, zone_offset=time.localtime(now).tm_gmtoff)
        if session is None or account is None:
            return state
        if session.kind is Kind.HALF:
            return replace(state, step="code", csrf=session.csrf)
        rights = account.caller(session.key, session.address).rights
        return replace(
            state,
            user=account.user,
            group=account.group,
            groups=list(account.groups),
            rights=sorted(rights),
            areas=areas(rights),
            menus=[] if account.must_change else list(account.menus),
            step="password" if account.must_change else "",
            csrf=session.csrf,
            idle_seconds=int(session.kind.idle),
            idle_ends=session.seen + session.kind.idle,
            ends=session.created + session.kind.longest if session.kind is Kind.PORTAL else 0.0,
        )
