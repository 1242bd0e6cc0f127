"""Who calls: what a request shows, and how Core finds the caller in it. No web framework in sight."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from threading import Lock

import msgspec

from appliance.http import signature, tokens
from appliance.http.routes import Wire
from appliance.rights import ROOT, Caller
from appliance.settings import PLACEHOLDER_KEY, Credential
from nano_runtime import secrets
from nano_runtime.errors import BadRequest, TooMany, Unauthenticated

CLOCK_WINDOW = 300.0
"""Seconds that the date of a signed request may differ from ours."""

SESSION_COOKIE = "nano_session"
_MOST_REMEMBERED = 100_000


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request as those see it who decide about it. Header names are lower case; path and query are decoded.

    `body` reads the whole body, once; raises TooLarge above 1 MiB. `secure` tells TLS; `peer` is the fingerprint of the
    client's certificate, where one was asked for.
    """

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    body: Callable[[], bytes]
    address: str
    secure: bool
    peer: str = ""

    def header(self, name: str) -> str:
        return self.headers.get(name, "")

    def cookie(self, name: str = SESSION_COOKIE) -> str:
        """The value of a cookie, "" if there is none. Odd cookies of other programs on this host do no harm."""
        pairs = [pair.strip().partition("=") for pair in self.header("cookie").split(";")]
        return next((value for known, _, value in pairs if known == name), "")


@dataclass(frozen=True, slots=True)
class Identified:
    """`wire` None lets the route decide, for callers that showed nothing which tells."""

    caller: Caller
    wire: Wire | None = None


Identify = Callable[[RequestView], Identified]
"""Raises Unauthenticated for nobody and for false credentials; http/serve.py still serves open routes then."""


class CoreIdentify:
    """Identify programs by Nano-HMAC-SHA256 signature or bearer token.

    Both are refused over plain connections from other hosts, unless `trust_network`: the explicit choice of "tls": false.
    A published placeholder key opens nothing, whatever the configuration says.
    """

    def __init__(self, credentials: Sequence[Credential], *, trust_network: bool = False, clock: Callable[[], float] = time.time) -> None:
        self._credentials = tuple(known for known in credentials if known.key != PLACEHOLDER_KEY)
        self._trust_network = trust_network
        self._clock = clock
        self._seen = SeenSignatures()

    def __call__(self, request: RequestView) -> Identified:
        bearer = request.header("authorization")
        if not (request.header("nano-authorization") or bearer):
            raise Unauthenticated("this needs a signature or a token", hint="send Nano-Authorization, or Authorization: Bearer")
        if not (request.secure or self._trust_network or _is_loopback(request.address)):
            raise Unauthenticated("credentials are accepted over HTTPS only")
        if request.header("nano-authorization"):
            self._check_signature(request)
            return Identified(msgspec.structs.replace(ROOT, address=request.address), Wire.NANO)
        return Identified(self._bearer(bearer, request.address), Wire.MODERN)

    def _bearer(self, header: str, address: str) -> Caller:
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer":
            raise Unauthenticated("the Authorization header must read: Bearer <token>")
        caller = tokens.read(token.strip(), self._credentials, self._clock())
        return caller if caller.address else msgspec.structs.replace(caller, address=address)

    def _check_signature(self, request: RequestView) -> None:
        """Raise unless the signature is true, fresh, and covers all there is."""
        claimed = signature.parse(request.header("nano-authorization"))
        self._check_date(request.header("nano-date"))
        if request.header("nano-scope") not in ("", claimed.scope):
            raise Unauthenticated("Nano-Scope differs from the scope of the credential")
        names = [name for name, _ in request.query]
        if len(names) != len(set(names)):
            raise BadRequest("a query parameter is repeated", hint="the signature covers only the first one, so send each once")
        self._check_proof(request, claimed)
        self._seen.remember(claimed.signature, changes=request.method not in ("GET", "HEAD"), now=self._clock())

    def _check_date(self, text: str) -> None:
        try:
            date = datetime.fromisoformat(text)
        except ValueError as problem:
            raise Unauthenticated("Nano-Date must be an RFC 3339 time such as 2024-05-01T10:20:30+08:00") from problem
        if date.tzinfo is None:
            raise Unauthenticated("Nano-Date must name its time zone, such as +08:00")
        if abs(date.timestamp() - self._clock()) > CLOCK_WINDOW:
            raise Unauthenticated("Nano-Date is more than 5 minutes from the time of this server", hint="set the clock of the client")

    def _check_proof(self, request: RequestView, claimed: signature.Authorization) -> None:
        """An unknown id costs the same time and says the same words as a wrong signature."""
        keys = {known.id: known.key for known in self._credentials}
        key = keys.get(claimed.id, "nobody has this key")
        streamed = request.path.endswith("/file/")
        body = b"" if streamed or request.method in ("GET", "HEAD", "OPTIONS") else request.body()
        true = False
        for headers in _host_spellings(request.headers):
            signed = signature.SignedRequest(request.method, request.path, request.query, headers, body)
            made = signature.signature_of(signed, key, claimed.scope, claimed.signed_headers)
            true |= secrets.same(made, claimed.signature)
        if not true or claimed.id not in keys:
            raise Unauthenticated("the signature does not match", hint="check id, key, path, query, signed headers and body")


class SeenSignatures:
    """Signatures seen within the clock window. The method is not signed, so a GET could come back as a DELETE."""

    def __init__(self) -> None:
        self._order: deque[tuple[float, str]] = deque()
        self._known: set[str] = set()
        self._lock = Lock()

    def remember(self, mark: str, *, changes: bool, now: float) -> None:
        """Raise Unauthenticated for a change whose signature was used before; TooMany rather than forget too early."""
        with self._lock:
            # a date may lie one window ahead of us, so its signature stays usable for two
            while self._order and self._order[0][0] < now - 2 * CLOCK_WINDOW:
                self._known.discard(self._order.popleft()[1])
            if mark in self._known:
                if changes:
                    raise Unauthenticated("this signature was used before", hint="sign every request anew, with a new Nano-Date")
                return
            if len(self._known) >= _MOST_REMEMBERED:
                raise TooMany("too many signed requests within ten minutes", hint="use a bearer token")
            self._order.append((now, mark))
            self._known.add(mark)


def _host_spellings(headers: Mapping[str, str]) -> list[Mapping[str, str]]:
    """The portal of Nano signs the host without its port but sends it with one; both are the same host."""
    host = headers.get("host", "")
    bare, colon, port = host.rpartition(":")
    if not colon or not port.isdigit():
        return [headers]
    return [headers, {**headers, "host": bare}]


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
