"""The two ways of a call: straight into a service of this process, or over HTTPS on behalf of a user."""

from __future__ import annotations

import http.client
import logging
import random
import select
import ssl
import threading
import time
from contextlib import contextmanager, suppress
from socket import SHUT_RDWR, socket
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

import msgspec

from appliance.http import tokens, websocket
from appliance.http.client import check_right
from appliance.http.files import PIECE
from appliance.http.remote_files import RemoteFile
from appliance.http.routes import Answer, Blob, Endpoint, Feed, Kind, Stream, Upload
from nano_runtime.errors import NanoError, TimedOut, Unavailable, from_code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from appliance.rights import Caller
    from appliance.settings import Credential

log = logging.getLogger(__name__)

TOKEN_SECONDS = 60.0
UPLOAD_SECONDS = 3600.0
"""For the answer to an upload: the file is looked through, and converted, before it."""
FEED_SILENCE = 40.0
_MOST_IDLE = 8


class _Known:
    """Finds declarations by their handler."""

    def __init__(self, endpoints: Iterable[Endpoint]) -> None:
        self._endpoints = {endpoint.handler: endpoint for endpoint in endpoints}

    def find(self, handler: Callable[..., Any]) -> Endpoint:
        return self._endpoints[handler]


class DirectTransport(_Known):
    """Calls into a service of this process: no socket, nothing encoded, and the same check of rights."""

    def __init__(self, endpoints: Iterable[Endpoint], service: object) -> None:
        super().__init__(endpoints)
        self._service = service

    def call(self, endpoint: Endpoint, caller: Caller, arguments: dict[str, Any]) -> Any:
        check_right(endpoint, caller)
        if endpoint.wants_caller:
            arguments = {**arguments, "caller": caller}
        return endpoint.handler(self._service, **arguments)

    def stream(self, endpoint: Endpoint, caller: Caller, arguments: dict[str, Any]) -> Stream:
        found: Stream = self.call(endpoint, caller, arguments)
        return found

    def feed(self, endpoint: Endpoint, caller: Caller, arguments: dict[str, Any]) -> Feed:
        found: Feed = self.call(endpoint, caller, arguments)
        return found


class HttpTransport(_Known):
    """Calls over HTTPS, with a token of one minute that acts for the caller and is made from our credential.

    `base_url` such as https://192.0.2.1:5870, or something that finds it out; `trust` says who may answer (None = plain).
    """

    def __init__(
        self,
        endpoints: Iterable[Endpoint],
        base_url: str | Callable[[], str],
        credential: Credential,
        trust: ssl.SSLContext | None,
        *,
        seconds: float = 30.0,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(endpoints)
        self._base_url = base_url
        self._credential = credential
        self._trust = trust
        self._seconds = seconds
        self._clock = clock
        self._idle: list[http.client.HTTPConnection] = []
        self._lock = threading.Lock()

    def call(self, endpoint: Endpoint, caller: Caller, arguments: dict[str, Any]) -> Any:
        if endpoint.kind is Kind.FILE:
            return RemoteFile(lambda range: self._open_file(endpoint, caller, arguments, range))
        status, media_type, data = self._exchange(endpoint, caller, arguments)
        if endpoint.kind is Kind.BLOB and status == 200:
            return Blob(media_type, data)
        content = _opened(status, data)
        result = None if endpoint.answer in (None, type(None)) else msgspec.convert(content, endpoint.answer)
        return Answer(result, status) if endpoint.wrapped else result

    def stream(self, endpoint: Endpoint, caller: Caller, arguments: dict[str, Any]) -> Stream:
        url = f"ws{self._base().removeprefix('http')}{path_of(endpoint, arguments)}"
        try:
            return websocket.connect(url, self._headers(caller), self._trust, self._seconds)
        except websocket.Refused as refused:
            _opened(refused.status, refused.body)
            raise Unavailable(f"Core answered a WebSocket with status {refused.status}") from refused

    def feed(self, endpoint: Endpoint, caller: Caller, arguments: dict[str, Any]) -> Feed:
        return _RemoteFeed(lambda last: self._open_feed(endpoint, caller, arguments, last))

    def close(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
        for link in idle:
            link.close()

    def _base(self) -> str:
        return self._base_url if isinstance(self._base_url, str) else self._base_url()

    def _headers(self, caller: Caller) -> dict[str, str]:
        proof = {"Authorization": f"Bearer {tokens.mint(self._credential, caller, TOKEN_SECONDS, self._clock())}"}
        return proof | ({"Idempotency-Key": caller.once} if caller.once else {})

    def _exchange(self, endpoint: Endpoint, caller: Caller, arguments: dict[str, Any]) -> tuple[int, str, bytes]:
        body = msgspec.json.encode(arguments["body"]) if "body" in arguments else None
        headers = self._headers(caller) | ({"Content-Type": "application/json"} if body else {})
        upload: Upload | None = arguments.get("upload")
        if upload is not None:
            headers |= {"Content-Type": "application/octet-stream"}
            headers |= {} if upload.length is None else {"Content-Length": str(upload.length)}
        base = self._base()
        seconds = UPLOAD_SECONDS if upload else self._seconds
        data: Any = upload or body
        with _failures_told(base, seconds):
            link = self._link(base, seconds)
            try:
                link.request(endpoint.method, path_of(endpoint, arguments), data, headers)
                answer = link.getresponse()
                found = answer.read()
            except BaseException:
                link.close()
                raise
        self._keep(link)
        return answer.status, answer.headers.get_content_type(), found

    def _link(self, base: str, seconds: float) -> http.client.HTTPConnection:
        """An idle connection that the other side has not closed meanwhile, else a new one."""
        parts = urlsplit(base)
        while True:
            with self._lock:
                link = self._idle.pop() if self._idle and seconds == self._seconds else None
            if link is None:
                return self._new_link(parts.hostname or "", parts.port, seconds)
            if (link.host, link.port) == (parts.hostname, parts.port) and link.sock and not _readable(link.sock):
                return link
            link.close()

    def _new_link(self, host: str, port: int | None, seconds: float) -> http.client.HTTPConnection:
        if self._trust is None:
            return http.client.HTTPConnection(host, port, timeout=seconds, blocksize=PIECE)
        return http.client.HTTPSConnection(host, port, timeout=seconds, context=self._trust, blocksize=PIECE)

    def _keep(self, link: http.client.HTTPConnection) -> None:
        with self._lock:
            if link.sock and link.timeout == self._seconds and len(self._idle) < _MOST_IDLE:
                self._idle.append(link)
                return
        link.close()

    def _open_file(self, endpoint: Endpoint, caller: Caller, arguments: dict[str, Any], range: str) -> http.client.HTTPResponse:
        """The running answer; raises what the other side raised."""
        parts = urlsplit(self._base())
        with _failures_told(self._base(), self._seconds):
            link = self._new_link(parts.hostname or "", parts.port, self._seconds)
            headers = self._headers(caller) | {"Connection": "close"} | ({"Range": range} if range else {})
            link.request("GET", path_of(endpoint, arguments), headers=headers)
            answer = link.getresponse()
        if answer.status not in (200, 206) or answer.headers.get_content_type() == "application/json":
            with answer:
                _opened(answer.status, answer.read())
        return answer

    def _open_feed(
        self, endpoint: Endpoint, caller: Caller, arguments: dict[str, Any], last: str
    ) -> tuple[http.client.HTTPResponse, socket]:
        """The running answer and its socket, which http.client would keep to itself."""
        parts = urlsplit(self._base())
        with _failures_told(self._base(), FEED_SILENCE):
            link = self._new_link(parts.hostname or "", parts.port, FEED_SILENCE)
            link.connect()
            connection = link.sock
            link.request("GET", path_of(endpoint, arguments), headers={**self._headers(caller), "Last-Event-ID": last})
            answer = link.getresponse()
        if answer.status != 200:
            _opened(answer.status, answer.read())
        return answer, connection


def path_of(endpoint: Endpoint, arguments: Mapping[str, Any]) -> str:
    """Path and query of a call."""
    places = {name: quote(str(arguments[name]), safe="/" if name == "filepath" else "") for name in endpoint.path_params}
    path = endpoint.path.format(**places)
    if "query" not in arguments:
        return path
    given = {name: value for name, value in msgspec.to_builtins(arguments["query"]).items() if value is not None}
    return f"{path}?{urlencode({name: str(value).lower() if isinstance(value, bool) else value for name, value in given.items()})}"


class _Envelope(msgspec.Struct):
    error_code: int
    message: str = ""
    data: Any = None
    code: str = ""
    hint: str = ""
    field: str = ""


def _opened(status: int, data: bytes) -> Any:
    """The content of an envelope; raises the error in it as the type it had on the other side."""
    try:
        envelope = msgspec.json.decode(data, type=_Envelope)
    except msgspec.MsgspecError as problem:
        raise Unavailable(f"Core answered with status {status} and no envelope") from problem
    if envelope.error_code:
        raise from_code(envelope.code, envelope.message, hint=envelope.hint, field=envelope.field)
    return envelope.data


@contextmanager
def _failures_told(base: str, seconds: float) -> Iterator[None]:
    place = urlsplit(base).netloc
    try:
        yield
    except TimeoutError as problem:
        raise TimedOut(f"Core at {place} did not answer within {seconds:.0f} s") from problem
    except ssl.SSLCertVerificationError as problem:
        hint = "check which host answers there, and the certificate of the domain"
        raise Unavailable(f"what answers at {place} is not Core of this domain", hint=hint) from problem
    except (OSError, http.client.HTTPException) as problem:
        raise Unavailable(f"Core at {place} cannot be reached: {problem}", hint="start Core, or wait until it is back") from problem


def _readable(connection: socket) -> bool:
    """An idle connection has something to read only when the other side has closed it."""
    poll = select.poll()
    poll.register(connection, select.POLLIN)
    return bool(poll.poll(0))


class _RemoteFeed:
    """Server-sent events of another host; a lost connection is resumed where it broke off."""

    def __init__(self, connect: Callable[[str], tuple[http.client.HTTPResponse, socket]]) -> None:
        self._connect = connect

    def subscribe(self, send: Callable[[str, bytes], None], last: str) -> Callable[[], None]:
        follower = _Follower(self._connect, send, last)
        threading.Thread(target=follower.run, name="remote-feed", daemon=True).start()
        return follower.stop


class _Follower:
    def __init__(
        self, connect: Callable[[str], tuple[http.client.HTTPResponse, socket]], send: Callable[[str, bytes], None], last: str
    ) -> None:
        self._connect = connect
        self._send = send
        self._last = last
        self._stopped = threading.Event()
        self._connection: socket | None = None

    def stop(self) -> None:
        """Wakes the reader; its own thread closes what is open."""
        self._stopped.set()
        connection = self._connection
        if connection is not None:
            with suppress(OSError):
                connection.shutdown(SHUT_RDWR)

    def run(self) -> None:
        while not self._stopped.is_set():
            try:
                answer, self._connection = self._connect(self._last)
                with answer:
                    self._read(answer)
            except (NanoError, OSError, http.client.HTTPException) as problem:
                log.info("event feed broke off: %s", problem)
            self._stopped.wait(random.uniform(0.5, 1.5))  # spreads reconnects, keeps no secret

    def _read(self, answer: http.client.HTTPResponse) -> None:
        data: list[bytes] = []
        while not self._stopped.is_set() and (line := answer.readline()):
            line = line.rstrip(b"\r\n")
            if line.startswith(b"id: "):
                self._last = line[4:].decode()
            elif line.startswith(b"data: "):
                data.append(line[6:])
            elif not line and data:
                self._send(self._last, b"\n".join(data))
                data = []
