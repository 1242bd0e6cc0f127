"""Who calls the portal: a browser with its cookie, or a program with a Nano-Session header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appliance.frontend.api import OWN
from appliance.frontend.open_sessions import Kind, OpenSessions, Session, ended
from appliance.http.identify import Identified, RequestView
from appliance.http.routes import Wire
from appliance.rights import Caller
from nano_runtime import secrets
from nano_runtime.errors import Forbidden, NanoError, Unauthenticated

if TYPE_CHECKING:
    from appliance.frontend.accounts import Accounts

READING = ("GET", "HEAD")
_OPEN = {(endpoint.method, endpoint.path) for endpoint in OWN if not endpoint.signed_in}


class ForeignOrigin(NanoError):
    """No Forbidden on purpose: http/serve.py answers open routes to whoever is not signed in, and this gets no answer at all.

    Otherwise another site could sign a browser in under an account of its choice.
    """

    status = 403
    code = "foreign-origin"


class FrontEndIdentify:
    """The cookie is believed only from pages of this very portal: browsers send it along without being asked."""

    def __init__(self, accounts: Accounts, sessions: OpenSessions) -> None:
        self._accounts = accounts
        self._sessions = sessions

    def __call__(self, request: RequestView) -> Identified:
        """Raises Unauthenticated for nobody, Forbidden without the CSRF token, ForeignOrigin for what another site caused."""
        changes = request.method not in READING
        if changes or _upgrades(request):
            _require_own_origin(request)
        header, cookie = request.header("nano-session"), request.cookie()
        if header:
            return Identified(self._program(request, header), Wire.NANO)
        if cookie:
            return Identified(self._page(request, cookie, changes=changes), Wire.MODERN)
        if request.header("authorization"):
            raise Unauthenticated("the portal takes no bearer tokens", hint="send them to the port of the API")
        raise Unauthenticated("unauthenticated request", hint="sign in first")

    def _program(self, request: RequestView, id: str) -> Caller:
        session = self._sessions.find(Kind.NANO, id)
        if session is None:
            raise Unauthenticated(f"invalid session {id[:64]!r}")
        return self._caller(session, request.address)

    def _page(self, request: RequestView, id: str, *, changes: bool) -> Caller:
        session = self._sessions.find(Kind.PORTAL, id)
        if session is None:
            raise ended()
        if changes and not secrets.same(request.header("x-csrf-token"), session.csrf):
            if (request.method, request.path) in _OPEN:
                raise Unauthenticated("this does not act for the session")  # signing in anew needs no proof of the old session
            raise Forbidden("the request does not come from a page of this session", hint="reload the page")
        return self._caller(session, request.address)

    def _caller(self, session: Session, address: str) -> Caller:
        """What the roles say now, not what they said at sign-in."""
        account = self._accounts.find(session.user)
        if account is None:
            self._sessions.end(session.key, "the user was removed")
            raise ended()
        return Caller(user=account.user, group=account.group, rights=account.rights, session=session.key, address=address)


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
