"""Serve declared endpoints: who calls, may they, what do they want, and in which of two wires is it answered.

Callers with Nano credentials get the wire of Nano 1.4: failures under HTTP 200 with `error_code` 500, unknown fields ignored,
indented JSON. Everybody else gets true statuses, a machine-readable `code`, and unknown fields refused. That rule is here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import bottle
import msgspec

from appliance.http import requests, websocket
from appliance.http.arguments import read_arguments
from appliance.http.client import check_right
from appliance.http.event_streams import EventStreams
from appliance.http.files import incoming, send
from appliance.http.identify import Identified, Identify, RequestView
from appliance.http.openapi import document
from appliance.http.reference_page import Pages
from appliance.http.replies import HANDED_OVER, Headers, Reply, envelope, modern_failure, nano_failure
from appliance.http.requests import Environ
from appliance.http.routes import API_ROOT, Answer, Blob, DeclarationError, Endpoint, Kind, Wire
from appliance.http.sessions import cookie_header
from appliance.rights import Caller
from nano_runtime import secrets
from nano_runtime.errors import Forbidden, NanoError, NotFound, Unauthenticated, Unavailable

log = logging.getLogger(__name__)

StartResponse = Callable[[str, Headers], Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Record:
    """A use of an audited route, or a refusal, for the audit log. `problem` is empty on success.

    `arguments` and `result` are what the handler got and answered, as far as it came to that; secrets are among them.
    """

    caller: Caller
    address: str
    endpoint: str
    method: str
    places: dict[str, str]
    status: int
    problem: str
    request: str
    arguments: dict[str, Any] = field(default_factory=dict)
    result: Any = None


def serve(
    endpoints: Iterable[Endpoint],
    service: object,
    identify: Identify,
    *,
    error_data: Any,
    title: str = "Nano API",
    version: str = "",
    on_change: Callable[[Record], None] | None = None,
    elsewhere: Application | None = None,
) -> App:
    """A WSGI application for these endpoints.

    `error_data` is what `data` holds on failure ({} for Core, "" for FrontEnd); `on_change` hears of every use of an
    audited route and every refusal; `elsewhere` answers everything outside /api/, e.g. the portal's files.
    """
    known = tuple(endpoints)
    pages = Pages(lambda: document(known, title, version))
    return App(known, service, identify, error_data=error_data, pages=pages, on_change=on_change, elsewhere=elsewhere)


class MethodNotAllowed(NanoError):
    status = 405
    code = "method-not-allowed"


@dataclass(slots=True)
class _Exchange:
    """One request on its way through the steps; each step adds what it found out."""

    environ: Environ
    id: str
    request: RequestView
    endpoint: Endpoint
    places: dict[str, str]
    wire: Wire
    caller: Caller = field(default_factory=Caller)
    arguments: dict[str, Any] = field(default_factory=dict)
    result: Any = None


class App:
    """What `serve` makes. `close` ends event streams and WebSockets; `close_where` those of some callers."""

    def __init__(
        self,
        endpoints: tuple[Endpoint, ...],
        service: object,
        identify: Identify,
        *,
        error_data: Any,
        pages: Pages,
        on_change: Callable[[Record], None] | None,
        elsewhere: Application | None,
    ) -> None:
        self.sockets = websocket.WebSockets()
        self.streams = EventStreams()
        self._service = service
        self._identify = identify
        self._error_data = error_data
        self._pages = pages
        self._on_change = on_change
        self._elsewhere = elsewhere
        self._router = bottle.Router()
        for endpoint in endpoints:
            self._router.add(_rule(endpoint.path), endpoint.method, endpoint)

    def close_where(self, matches: Callable[[Caller], bool], reason: str = "signed out") -> None:
        self.sockets.close_where(matches, reason)
        self.streams.close_where(matches)

    def close(self) -> None:
        self.sockets.close()
        self.streams.close()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        id = secrets.token(9)
        try:
            path = requests.routed_path(environ)
            if self._elsewhere and not path.startswith("/api/"):
                return self._elsewhere(environ, start_response)
            reply = self._reply(environ, path, id)
        except NanoError as error:
            reply = self._failure(error, Wire.MODERN, id)
        start_response(reply.status_line(), reply.all_headers(id))
        if reply.file is not None:
            return reply.file  # the server closes it
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [reply.body]

    def _reply(self, environ: Environ, path: str, id: str) -> Reply:
        """Raises NanoError only for what no endpoint is responsible for."""
        page = self._pages.get(environ["REQUEST_METHOD"], path)
        if page is not None:
            return page
        found = self._find(environ, path, id)
        if isinstance(found, Reply):
            return found
        endpoint, places = found
        request = requests.view(environ)
        exchange = _Exchange(environ, id, request, endpoint, places, shown_wire(request) or endpoint.wire)
        problem = ""
        try:
            reply = self._answer(exchange)
        except NanoError as error:
            reply, problem = self._failure(error, exchange.wire, id), str(error)
            self._tell(exchange, error.status, problem)
            return reply
        except Exception:
            # the outermost loop of a request: whatever else happens, its thread lives on and the caller hears of it
            log.exception("request %s: %s failed", id, endpoint.id)
            reply = self._failure(NanoError("a fault inside the server", hint=f"its log tells more about request {id}"), exchange.wire, id)
            self._tell(exchange, 500, "a fault inside the server")
            return reply
        self._tell(exchange, reply.status, problem)
        return reply

    def _find(self, environ: Environ, path: str, id: str) -> tuple[Endpoint, dict[str, str]] | Reply:
        """The endpoint of a path and its places. OPTIONS is answered here, and a missing or spare slash is put right."""
        method = environ["REQUEST_METHOD"]
        try:
            endpoint, found = self._match(method, path)
        except bottle.HTTPError as error:
            if error.status_code == 405:
                return _not_allowed(method, str(error.headers.get("Allow", "")), self._error_data, id)
            return self._redirect(environ, path)
        if method == "HEAD" and endpoint.kind in (Kind.FEED, Kind.STREAM):
            return _not_allowed(method, "GET", self._error_data, id)
        return endpoint, {name: requests.place(step) for name, step in found.items()}

    def _match(self, method: str, path: str) -> tuple[Endpoint, dict[str, str]]:
        return self._router.match({"REQUEST_METHOD": method, "PATH_INFO": path})  # type: ignore[no-any-return]  # bottle has no types

    def _redirect(self, environ: Environ, path: str) -> Reply:
        other = path[:-1] if path.endswith("/") else f"{path}/"
        method = environ["REQUEST_METHOD"]
        try:
            self._match(method, other)
        except bottle.HTTPError as error:
            raise NotFound(f"there is nothing at {ascii(path)[1:-1][:200]}", hint=f"{API_ROOT}/ lists all routes") from error
        raw = environ.get("REQUEST_URI", "").partition("?")[0] or environ["PATH_INFO"]
        target = raw[:-1] if raw.endswith("/") else f"{raw}/"
        query = environ.get("QUERY_STRING", "")
        location = "/" + target.lstrip("/") + (f"?{query}" if query else "")
        return Reply(301 if method in ("GET", "HEAD") else 308, b"", headers=[("Location", location)])

    def _answer(self, exchange: _Exchange) -> Reply:
        endpoint = exchange.endpoint
        self._identified(exchange)
        check_right(endpoint, exchange.caller)
        if endpoint.kind is Kind.STREAM:
            websocket.check_upgrade(exchange.request)
        arguments = read_arguments(endpoint, exchange.places, exchange.request, exchange.wire)
        if endpoint.upload:
            arguments["upload"] = incoming(exchange.environ)
        if endpoint.wants_caller:
            arguments["caller"] = exchange.caller
        exchange.arguments = arguments
        exchange.result = endpoint.handler(self._service, **arguments)
        return self._deliver(exchange, exchange.result)

    def _identified(self, exchange: _Exchange) -> None:
        """Find out who calls. On an open route, nobody and false credentials are both nobody."""
        try:
            identified = self._identify(exchange.request)
        except (Unauthenticated, Forbidden):
            if exchange.endpoint.signed_in:
                raise
            identified = Identified(Caller(address=exchange.request.address))
        exchange.caller = identified.caller
        exchange.wire = identified.wire or exchange.wire
        known: dict[str, Any] = {"once": requests.idempotency_key(exchange.request.header("idempotency-key"))}
        if not exchange.caller.address:
            known["address"] = exchange.request.address
        exchange.caller = msgspec.structs.replace(exchange.caller, **known)

    def _deliver(self, exchange: _Exchange, result: Any) -> Reply:
        kind = exchange.endpoint.kind
        if kind is Kind.BLOB:
            blob: Blob = result
            return Reply(200, blob.data, blob.media_type)
        if kind is Kind.FILE:
            return send(result, exchange.request.method, exchange.request.header("range"))
        if kind is Kind.STREAM:
            self.sockets.open(_hijack(exchange.environ), exchange.request, result, exchange.caller)
            return HANDED_OVER
        if kind is Kind.FEED:
            self.streams.add(_hijack(exchange.environ), result, exchange.request.header("last-event-id"), exchange.caller)
            return HANDED_OVER
        return _success(exchange, result)

    def _failure(self, error: NanoError, wire: Wire, id: str, headers: Headers | None = None) -> Reply:
        if wire is Wire.NANO:
            return nano_failure(error, self._error_data)
        more = [("WWW-Authenticate", "Bearer")] if error.status == 401 else []
        return modern_failure(error, self._error_data, id, more + (headers or []))

    def _tell(self, exchange: _Exchange, status: int, problem: str) -> None:
        if self._on_change is None or not (exchange.endpoint.audited or status in (401, 403)):
            return
        self._on_change(
            Record(
                exchange.caller,
                exchange.request.address,
                exchange.endpoint.id,
                exchange.request.method,
                exchange.places,
                status,
                problem,
                exchange.id,
                exchange.arguments,
                exchange.result,
            )
        )


def shown_wire(request: RequestView) -> Wire | None:
    """Which wire the credentials ask for, true or not; None where there are none."""
    if request.header("nano-authorization"):
        return Wire.NANO
    if request.header("authorization"):
        return Wire.MODERN
    if request.header("nano-session"):
        return Wire.NANO
    return Wire.MODERN if request.cookie() else None


def _success(exchange: _Exchange, result: Any) -> Reply:
    answer: Answer[Any] = result if isinstance(result, Answer) else Answer(result, exchange.endpoint.statuses[0])
    if answer.status not in exchange.endpoint.statuses:
        raise DeclarationError(f"{exchange.endpoint.id} answered {answer.status}, which it does not declare")
    headers = [] if answer.session is None else [cookie_header(answer.session, secure=exchange.request.secure)]
    data = "" if answer.data is None else answer.data
    return Reply(answer.status, envelope(0, "", data, pretty=exchange.wire is Wire.NANO), headers=headers)


def _not_allowed(method: str, allowed: str, error_data: Any, id: str) -> Reply:
    names = ", ".join(sorted({*allowed.split(","), "OPTIONS", *(["HEAD"] if "GET" in allowed else [])}))
    if method == "OPTIONS":
        return Reply(200, b"", headers=[("Allow", names)])
    error = MethodNotAllowed(f"{ascii(method)[1:-1][:20]} is not allowed here", hint=f"allowed: {names}")
    return modern_failure(error, error_data, id, [("Allow", names)])


def _hijack(environ: Environ) -> Any:
    """The socket of a request, which the server then forgets about."""
    take = environ.get("nano.hijack")
    if take is None:
        raise Unavailable("this server cannot hand over a connection")
    return take()


def _rule(path: str) -> str:
    return path.replace("{filepath}", "<filepath:re:.*>").replace("{", "<").replace("}", ">")
