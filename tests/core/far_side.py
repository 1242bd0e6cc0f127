"""A web server elsewhere, as good or bad as a test wants it, at an address of this host."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Script = Callable[[BaseHTTPRequestHandler], None]


class FarSide(ThreadingHTTPServer):
    """`scripts` answer by path; `asked` are the paths and ranges it was asked for."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.scripts: dict[str, Script] = {}
        self.asked: list[str] = []
        self.stopping = threading.Event()

    def url(self, path: str, host: str = "mirror.example") -> str:
        return f"http://{host}:{self.server_port}{path}"

    def gives(self, path: str, content: bytes, *, cut: int = 0, pieces: int = 1 << 16) -> str:
        """Content with an ETag, which can be gone on with; the first `cut` answers break off in the middle."""
        left = [cut]

        def script(request: BaseHTTPRequestHandler) -> None:
            start = int((request.headers.get("Range") or "bytes=0-")[6:-1])
            request.send_response(206 if start else 200)
            request.send_header("Content-Length", str(len(content) - start))
            request.send_header("ETag", '"one"')
            request.end_headers()
            end = len(content) if not left[0] else (start + len(content)) // 2
            left[0] = max(0, left[0] - 1)
            for offset in range(start, end, pieces):
                request.wfile.write(content[offset : min(offset + pieces, end)])

        self.scripts[path] = script
        return self.url(path)

    def answers(self, path: str, status: int, text: bytes = b"", **headers: str) -> str:
        def script(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            for name, value in headers.items():
                request.send_header(name, value)
            request.send_header("Content-Length", str(len(text)))
            request.end_headers()
            request.wfile.write(text)

        self.scripts[path] = script
        return self.url(path)

    def stalls(self, path: str, first: bytes) -> str:
        """Says more than it sends, and then nothing."""

        def script(request: BaseHTTPRequestHandler) -> None:
            request.send_response(200)
            request.send_header("Content-Length", "1000000")
            request.end_headers()
            request.wfile.write(first)
            request.wfile.flush()
            self.stopping.wait(20)

        self.scripts[path] = script
        return self.url(path)

    def never_ends(self, path: str) -> str:
        def script(request: BaseHTTPRequestHandler) -> None:
            request.send_response(200)
            request.end_headers()
            while not self.stopping.is_set():
                request.wfile.write(bytes(1 << 20))

        self.scripts[path] = script
        return self.url(path)


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server: Any = self.server
        server.asked.append(f"{self.path} {self.headers.get('Range', '')}".strip())
        script = server.scripts.get(self.path)
        if script is None:
            self.send_error(404)
            return
        with suppress(OSError):
            script(self)
        self.close_connection = True

    def log_message(self, *arguments: Any) -> None:
        """It is no news."""


@contextmanager
def far_side() -> Iterator[FarSide]:
    server = FarSide()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopping.set()
        server.shutdown()
        thread.join()
        server.server_close()
