"""Serve the built portal: its own files, the page for every other address, and the headers that keep both harmless."""

from __future__ import annotations

import json
import logging
import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)

StartResponse = Callable[..., Any]
Environ = dict[str, Any]
Headers = list[tuple[str, str]]

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".woff": "font/woff",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
}
ENCODINGS = {"br": ".br", "gzip": ".gz"}
PAGE = "index.html"
HIDDEN = {"csp.json"}
FOREVER = "public, max-age=31536000, immutable"
ASSETS = "assets/"
_HASH = re.compile(r"sha(256|384|512)-[A-Za-z0-9+/]+={0,2}")

MISSING = b"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Nano: portal not built</title>
<h1>The portal is not built</h1><p>The API works. On the host, run <code>./build.py webui</code> and reload this page.</p></html>
"""


@dataclass(frozen=True)
class File:
    """A file as it may be asked for; `packed` are its compressed forms by the name of their encoding."""

    path: Path
    packed: dict[str, Path] = field(default_factory=dict)


class Portal:
    """A WSGI application over one folder. Only names found in that folder beforehand are served, so no name leads out."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._seen: tuple[int, int] | None = None
        self._files: dict[str, File] = {}
        self._policy = content_policy({})

    def built(self) -> bool:
        return PAGE in self._current()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            start_response("405 Method Not Allowed", [*self._guard(), ("Allow", "GET, HEAD"), ("Content-Length", "0")])
            return []
        files = self._current()
        name = environ.get("PATH_INFO", "/").lstrip("/")
        if PAGE not in files:
            return self._answer(environ, start_response, "503 Service Unavailable", MISSING, TYPES[".html"])
        if name.startswith(ASSETS) and name not in files:
            return self._answer(environ, start_response, "404 Not Found", b"no such file\n", TYPES[".txt"])
        return self._send(environ, start_response, name if name in files else PAGE, files)

    def _send(self, environ: Environ, start_response: StartResponse, name: str, files: dict[str, File]) -> Iterable[bytes]:
        file = files[name]
        accepted = _accepted(environ.get("HTTP_ACCEPT_ENCODING", ""))
        encoding = next((encoding for encoding in file.packed if encoding in accepted), "")
        extra: Headers = [("Vary", "Accept-Encoding")] if file.packed else []
        if encoding:
            extra.append(("Content-Encoding", encoding))
        caching = FOREVER if name.startswith(ASSETS) else "no-store" if name == PAGE else "no-cache"
        body = (file.packed[encoding] if encoding else file.path).read_bytes()
        kind = TYPES.get(file.path.suffix, "application/octet-stream")
        return self._answer(environ, start_response, "200 OK", body, kind, caching=caching, extra=extra)

    def _answer(
        self,
        environ: Environ,
        start_response: StartResponse,
        status: str,
        body: bytes,
        kind: str,
        *,
        caching: str = "no-store",
        extra: Iterable[tuple[str, str]] = (),
    ) -> Iterable[bytes]:
        headers = [("Content-Type", kind), ("Content-Length", str(len(body))), ("Cache-Control", caching)]
        start_response(status, [*headers, *extra, *self._guard()])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _guard(self) -> Headers:
        return [("Content-Security-Policy", self._policy)]

    def _current(self) -> dict[str, File]:
        """The files of the build; read again after a new build, which always replaces the page."""
        try:
            status = (self._folder / PAGE).stat()
            seen = (status.st_mtime_ns, status.st_ino)
        except OSError:
            return {}
        with self._lock:
            if seen != self._seen:
                self._files, self._policy, self._seen = _scan(self._folder), content_policy(_hashes(self._folder)), seen
            return self._files


def content_policy(allowed: dict[str, list[str]]) -> str:
    """The Content-Security-Policy of the portal. `allowed` are sources of inline blocks, by "script" and "style"."""
    own = {
        "default-src": "'none'",
        "script-src": " ".join(["'self'", *allowed.get("script", [])]),
        "style-src": " ".join(["'self'", *allowed.get("style", [])]),
        "img-src": "'self' data: blob:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "worker-src": "'self'",
        "manifest-src": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in own.items())


def _scan(folder: Path) -> dict[str, File]:
    """Every plain file below the folder, by the path it is asked for; links are not followed."""
    found = {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()}
    files = {}
    for name, path in found.items():
        packed = {encoding: found[name + suffix] for encoding, suffix in ENCODINGS.items() if name + suffix in found}
        if name not in HIDDEN and not any(name.endswith(suffix) and name.removesuffix(suffix) in found for suffix in ENCODINGS.values()):
            files[name] = File(path, packed)
    return files


def _hashes(folder: Path) -> dict[str, list[str]]:
    """The inline blocks that the build vouches for (csp.json); only a style may be allowed without a hash."""
    try:
        listed = json.loads((folder / "csp.json").read_bytes())
        return {kind: [f"'{source}'" for source in listed.get(kind, []) if _vouched(kind, source)] for kind in ("script", "style")}
    except FileNotFoundError:
        return {}
    except (ValueError, AttributeError, TypeError) as problem:
        log.warning("csp.json of the portal is damaged, its inline blocks are not allowed: %s", problem)
        return {}


def _vouched(kind: str, source: str) -> bool:
    return bool(_HASH.fullmatch(source)) or (kind == "style" and source == "unsafe-inline")


def _accepted(header: str) -> set[str]:
    """The encodings of an Accept-Encoding header that are not refused with q=0 (RFC 9110, 12.5.3)."""
    accepted = set()
    for part in header.lower().split(","):
        name, _, rule = part.strip().partition(";")
        if not re.fullmatch(r"\s*q=0(\.0*)?\s*", rule):
            accepted.add(name.strip())
    return accepted
