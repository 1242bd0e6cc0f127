"""Who calls the portal: a browser with its cookie, a program with a token, or an old one with a Nano-Session header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appliance.frontend.api import OWN
from appliance.frontend.open_sessions import Kind, OpenSessions, Session, ended
from appliance.http.identify import Identified, RequestView
from appliance.http.routes import API_ROOT, Wire
from appliance.rights import Caller
from nano_runtime import secrets
from nano_runtime.errors import Forbidden, NanoError, Unauthenticated

if TYPE_CHECKING:
    from appliance.frontend.accounts import Accounts
    from appliance.frontend.api_tokens import ApiTokens

READING = ("GET", "HEAD")

BEFORE_THE_CODE = {
    ("GET", f"{API_ROOT}/portal/"),
    ("POST", f"{API_ROOT}/portal/code"),
    ("DELETE", f"{API_ROOT}/portal/session"),
}
BEFORE_THE_PASSWORD = {
    ("GET", f"{API_ROOT}/portal/"),
    ("POST", f"{API_ROOT}/portal/activity"),
    ("DELETE", f"{API_ROOT}/portal/session"),
}
_OPEN = {(endpoint.method, endpoint.path) for endpoint in OWN if not endpoint.signed_in}


class ForeignOrigin(NanoError):
    """No Forbidden on purpose: http/serve.py answers open routes to whoever is not signed in, and this gets no answer at all.

    Otherwise another site could sign a browser in under an account of its choice.
    """

    status = 403
    code = "foreign-origin"


class PasswordChangeNeeded(Forbidden):
    """An administrator reset the password: until its owner chose another one, nothing else is possible."""

    code = "password-change-needed"


class FrontEndIdentify:
    """The cookie is believed only from pages of this very portal: browsers send it along without being asked."""

    def __init__(self, accounts: Accounts, sessions: OpenSessions, tokens: ApiTokens) -> None:
        self._accounts = accounts
        self._sessions = sessions
        self._tokens = tokens

    def __call__(self, request: RequestView) -> Identified:
        """Raises Unauthenticated for nobody, Forbidden without the CSRF token, ForeignOrigin for what another site caused."""
        changes = request.method not in READING
        if changes or _upgrades(request):
            _require_own_origin(request)
        bearer, header, cookie = request.header("authorization"), request.header("nano-session"), request.cookie()
        if bearer:
            return Identified(self._token(request, bearer), Wire.MODERN)
        if header:
            return Identified(self._program(request, header), Wire.NANO)
        if cookie:
            return Identified(self._page(request, cookie, changes=changes), Wire.MODERN)
        raise Unauthenticated("unauthenticated request", hint="sign in first")

    def _token(self, request: RequestView, header: str) -> Caller:
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer":
            raise Unauthenticated("the Authorization header must read: Bearer <token>")
        return self._tokens.read(token.strip(), request.address)

    def _program(self, request: RequestView, id: str) -> Caller:
        session = self._sessions.find(Kind.NANO, id)
        if session is None:
            raise Unauthenticated(f"invalid session {id[:64]!r}")
        return self._caller(request, session)

    def _page(self, request: RequestView, id: str, *, changes: bool) -> Caller:
        session = self._sessions.find(Kind.PORTAL, id) or self._sessions.find(Kind.HALF, id)
        if session is None:
            raise ended()
        if changes and not secrets.same(request.header("x-csrf-token"), session.csrf):
            if (request.method, request.path) in _OPEN:
                raise Unauthenticated("this does not act for the session")  # signing in anew needs no proof of the old session
            raise Forbidden("the request does not come from a page of this session", hint="reload the page")
        return self._caller(request, session)

    def _caller(self, request: RequestView, session: Session) -> Caller:
        """What the roles say now, not what they said at sign-in."""
        account = self._accounts.find(session.user)
        if account is None or account.disabled or session.created < account.valid_from:
            self._sessions.end(session.key, "the user was removed, disabled or reset")
            raise ended()
        place = (request.method, request.path)
        if session.kind is Kind.HALF:
            if place not in BEFORE_THE_CODE:
                raise Unauthenticated("the code of the two-step sign-in is missing", hint="sign in first")
            return Caller(user=account.user, session=session.key, address=request.address)
        if account.must_change and place not in {*BEFORE_THE_PASSWORD, ("PUT", f"{API_ROOT}/users/{account.user}/password/")}:
            raise PasswordChangeNeeded("choose a new password first", hint="an administrator has reset yours")
        return account.caller(session.key, request.address)


def _upgrades(request: RequestView) -> bool:
    return request.header("upgrade").lower() == "websocket"


def _require_own_origin(request: RequestView) -> None:
    """Refuse what a page of another site caused. Programs send neither header; every browser sends one of them.

    Fetch Metadata is set by the browser and by no script (w3.org/TR/fetch-metadata); the same for Origin (RFC 6454).
    A WebSocket with a cookie must name its origin, because nothing else protects it.
    """
    site, origin = request.header("sec-fetch-site").lower(), request.header("origin").lower()
    if site not in ("", "same-origin", "none"):
        raise ForeignOrigin("a page of another site may not do this")
    if not origin and _upgrades(request) and request.cookie():
        raise ForeignOrigin("a WebSocket of a browser must name its origin")
    host = request.header("host").lower()
    schemes = ("https",) if request.secure else ("https", "http")  # plain behind a TLS proxy: the browser sees https
    if origin and origin not in {f"{scheme}://{host}" for scheme in schemes}:
        raise ForeignOrigin("a page of another site may not do this", hint=f"open the portal as {schemes[0]}://{host}")
