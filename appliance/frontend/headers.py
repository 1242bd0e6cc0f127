"""Headers that every answer of the portal's port carries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from appliance.frontend.static import Environ, Headers, StartResponse

ALWAYS: Headers = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
]
HSTS = ("Strict-Transport-Security", "max-age=15552000")
DATA_ONLY = ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
"""For answers that are no page: if a browser shows one all the same, nothing in it runs."""


class Guarded:
    """A WSGI application with the security headers added to whatever it answers; a header it sets itself stays."""

    def __init__(self, app: Any, *, tls: bool) -> None:
        self._app = app
        self._extra = [*ALWAYS, DATA_ONLY, *([HSTS] if tls else [])]

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: Headers, exc_info: Any = None) -> Any:
            given = {name.lower() for name, _ in headers}
            complete = [*headers, *(extra for extra in self._extra if extra[0].lower() not in given)]
            return start_response(status, complete, exc_info) if exc_info else start_response(status, complete)

        answer: Iterable[bytes] = self._app(environ, start)
        return answer
