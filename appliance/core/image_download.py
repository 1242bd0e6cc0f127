"""Fetch a file from the internet on behalf of a user, without lending them the server's place in its network.

A name is resolved once, every address it has must be a public one, and the connection goes to that address; the same again for
every redirect. Addresses that the administrator allows are an exception.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from appliance.core.image_store import PIECE, told
from nano_runtime.errors import BadValue, NanoError, TooLarge, Unavailable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolve = Callable[[str, int], list[str]]
"""Host name and port to its addresses; raises OSError."""
Watch = Callable[[int, int], None]
"""Told bytes there and bytes in all, 0 where nobody said; what it raises ends the download."""

MOST_REDIRECTS = 5
SILENCE = 30.0
"""Seconds without a byte after which the far side counts as stalled."""
LEAST_SPEED = 1024
"""Bytes per second, averaged over a minute."""
ATTEMPTS = 5
MOST = 1 << 40
_AGAIN = (301, 302, 303, 307, 308)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class Place(NamedTuple):
    """Where a URL leads, once it was judged. `address` is the only one that is connected to."""

    scheme: str
    host: str
    port: int
    path: str
    address: str


class Gone(Exception):
    """The connection broke; what has arrived is good."""


def resolve(host: str, port: int) -> list[str]:
    return sorted({str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)})


class Downloader:
    """`allowed` are networks that are not public but may be fetched from; `free` tells how many bytes there is room for."""

    def __init__(
        self,
        allowed: Sequence[Network] = (),
        *,
        resolve: Resolve = resolve,
        free: Callable[[], int] = lambda: MOST,
        trust: ssl.SSLContext | None = None,
        silence: float = SILENCE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._allowed = tuple(allowed)
        self._resolve = resolve
        self._free = free
        self._trust = trust
        self._silence = silence
        self._clock = clock

    def judge(self, url: str) -> Place:
        """Raises BadValue for a URL that leads nowhere we go."""
        try:
            parts = urlsplit(url)
            port = parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError as problem:
            raise _refused(url, f"it is no URL: {problem}") from problem
        if parts.scheme not in ("http", "https"):
            raise _refused(url, "only http and https are fetched")
        if not parts.hostname or parts.username is not None or not url.isprintable() or " " in url or len(url) > 2048:
            raise _refused(url, "it must have a host, no user and no blanks")
        try:
            addresses = self._resolve(parts.hostname, port)
        except (OSError, UnicodeError) as problem:
            raise _refused(url, f"'{parts.hostname[:100]}' cannot be resolved: {problem}") from problem
        closed = [address for address in addresses if not self._is_open(ipaddress.ip_address(address.partition("%")[0]))]
        if closed or not addresses:
            hint = "an administrator may allow its network in image.cfg (fetch_from)"
            raise _refused(url, f"'{parts.hostname[:100]}' is {(closed or ['nowhere'])[0]}, which is not a public address", hint=hint)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return Place(parts.scheme, parts.hostname, port, path, addresses[0])

    def fetch(self, url: str, part: Path, watch: Watch) -> None:
        """Have the file at `part`; a connection that breaks is gone on with where the far side can do that."""
        mark, failures = "", 0
        while True:
            have = part.stat().st_size if part.exists() else 0
            try:
                with closing(self._open(url, have, mark)) as answer:
                    mark = answer.headers.get("ETag") or answer.headers.get("Last-Modified") or ""
                    self._receive(answer, part, have if answer.status == 206 else 0, watch)
                return
            except (Gone, OSError, http.client.HTTPException) as problem:
                more = part.exists() and part.stat().st_size > have
                failures = 0 if more and mark else failures + 1
                if failures >= ATTEMPTS:
                    raise Unavailable(
                        f"{url[:200]} cannot be fetched: {problem or type(problem).__name__}", hint="try again later"
                    ) from problem

    def _open(self, url: str, have: int, mark: str) -> http.client.HTTPResponse:
        """The answer that carries the file, after all redirects."""
        headers = {"User-Agent": "nano", "Accept-Encoding": "identity", "Connection": "close"}
        if have and mark:
            headers |= {"Range": f"bytes={have}-", "If-Range": mark}
        for _ in range(MOST_REDIRECTS + 1):
            place = self.judge(url)
            answer = self._ask(place, headers)
            if answer.status not in _AGAIN:
                return self._good(answer, url)
            with closing(answer):
                target = urljoin(url, answer.headers.get("Location", ""))
            if place.scheme == "https" and urlsplit(target).scheme == "http":
                raise _refused(url, "it redirects from https to http")
            url = target
        raise _refused(url, f"it redirects more than {MOST_REDIRECTS} times")

    def _ask(self, place: Place, headers: dict[str, str]) -> http.client.HTTPResponse:
        link: http.client.HTTPConnection = http.client.HTTPConnection(place.host, place.port, timeout=self._silence, blocksize=PIECE)
        connection: Any = socket.create_connection((place.address, place.port), self._silence)
        try:
            if place.scheme == "https":
                trust = self._trust or ssl.create_default_context()
                connection = trust.wrap_socket(connection, server_hostname=place.host)
            link.sock = connection
            link.request("GET", place.path, headers=headers)
            return link.getresponse()
        except ssl.SSLCertVerificationError as problem:
            connection.close()
            raise _refused(place.host, f"its certificate is not good: {problem.verify_message}") from problem
        except BaseException:
            connection.close()
            raise

    def _good(self, answer: http.client.HTTPResponse, url: str) -> http.client.HTTPResponse:
        if answer.status in (200, 206):
            return answer
        with closing(answer):
            words = "".join(letter for letter in answer.read(300).decode("utf-8", "replace") if letter.isprintable())
        raise Unavailable(
            f"{url[:200]} answers {answer.status} {answer.reason[:50]}: {words[:200]}".rstrip(": "), hint="is the address right?"
        )

    def _receive(self, answer: http.client.HTTPResponse, part: Path, have: int, watch: Watch) -> None:
        length = answer.headers.get("Content-Length", "")
        total = have + int(length) if length.isdigit() else 0
        self._require_room(total - have)
        pace = _Pace(self._clock)
        with part.open("r+b" if part.exists() else "xb", buffering=0) as file:
            file.truncate(have)
            file.seek(have)
            while data := answer.read1(PIECE):
                pace.count(len(data))
                try:
                    file.write(data)
                except OSError as problem:
                    raise told(problem, part.parent) from problem
                if (have + len(data)) >> 26 > have >> 26:
                    self._require_room(0)
                have += len(data)
                watch(have, total)
        if total and have < total:
            raise Gone(f"it broke off after {have} of {total} bytes")

    def _require_room(self, size: int) -> None:
        if size > self._free() or self._free() <= 0:
            raise TooLarge(
                f"the file needs {size} bytes, there are {max(self._free(), 0)} to spare" if size else "no room is left for the file"
            )

    def _is_open(self, address: Address) -> bool:
        """A public address, also the one that another one hides in (RFC 4291, 6052, 3056)."""
        inner = address
        if isinstance(address, ipaddress.IPv6Address):
            inner = address.ipv4_mapped or address.sixtofour or address
            if address in _NAT64:
                inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if any(inner in network for network in self._allowed if network.version == inner.version):
            return True
        return all(one.is_global and not one.is_multicast and not one.is_reserved for one in (inner,)) and not (
            isinstance(address, ipaddress.IPv6Address) and address.teredo is not None
        )


class _Pace:
    """Notices a far side that sends just enough not to count as stalled."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._since, self._count = clock(), 0

    def count(self, size: int) -> None:
        self._count += size
        passed = self._clock() - self._since
        if passed >= 60:
            if self._count < LEAST_SPEED * passed:
                raise _Slow(f"it sends only {self._count / passed:.0f} bytes per second", hint="try another mirror")
            self._since, self._count = self._clock(), 0


class _Slow(Unavailable):
    """The far side is too slow to wait for."""

    code = "too-slow"


def _refused(url: str, why: str, *, hint: str = "") -> NanoError:
    return BadValue(f"{url[:200]!r} is not fetched: {why}", hint=hint, field="url")
