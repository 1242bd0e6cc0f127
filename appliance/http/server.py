"""An HTTPS port: cheroot on the CherryPy bus, arranged so that no client can stop the others.

Clients wait in the selector until they say something, also in the middle of a TLS handshake; what they send of a request has a
deadline; and of the workers only a third may wait for the bytes of one client.
"""

from __future__ import annotations

import contextlib
import logging
import select
import socket
import ssl
import threading
import time
from typing import TYPE_CHECKING, Any

import cheroot.connections
import cheroot.makefile
import cheroot.server
import cheroot.workers.threadpool
import cheroot.wsgi
from cherrypy.process.plugins import SimplePlugin

from appliance.http.listening import Certificates, answer_plain, context_maker, listen
from appliance.http.request_bodies import ChunkedBody, Patience, drain
from nano_runtime.certificates import fingerprint
from nano_runtime.errors import Forbidden
from nano_runtime.tls import peer_certificate

if TYPE_CHECKING:
    from appliance.http.serve import Application

log = logging.getLogger(__name__)

# cheroot's stubs know half of what is extended here; Any is honest about the other half
connections: Any = cheroot.connections
makefile: Any = cheroot.makefile
server: Any = cheroot.server
threadpool: Any = cheroot.workers.threadpool
wsgi: Any = cheroot.wsgi

HEADER_SECONDS = 10.0
BODY_SECONDS = 20.0
SLOWEST_UPLOAD = 64 * 1024
STOP_SECONDS = 5.0
_TLS_RECORD = b"\x16"


class HttpsServer(SimplePlugin):  # type: ignore[misc]  # cherrypy has no types
    """One port. Subscribe it to the bus, or call start and stop by hand.

    `bind` may be called before daemonizing: it takes the port, so that its failure still reaches the terminal. `port` 0 is
    chosen by the kernel. Without `certificates` the port is plain. `setting` is named when the port is taken.
    A context that requires client certificates puts their fingerprint into the environment as `nano.peer`.
    """

    def __init__(
        self,
        bus: Any,
        address: str,
        port: int,
        app: Application,
        certificates: Certificates | None = None,
        *,
        threads: int = 30,
        setting: str = "port",
    ) -> None:
        super().__init__(bus)
        self.address = address
        self.port = port
        self._app = app
        self._make_context = context_maker(certificates)
        self._threads = threads
        self._setting = setting
        self._listener: socket.socket | None = None
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    def bind(self) -> int:
        """Take the port and answer its number. Raises Conflict if it is taken, BadSetting if the address is not ours."""
        if self._listener is None:
            self._listener = listen(self.address, self.port, self._setting)
            self.port = self._listener.getsockname()[1]
        return self.port

    def start(self) -> None:
        """Serve; returns when connections are accepted."""
        if self._server is not None:
            return
        context = self._make_context() if self._make_context else None
        self.bind()
        assert self._listener is not None
        self._server = _Server(self._listener, self._app, context, self._threads)
        self._server.prepare()
        self._thread = threading.Thread(target=self._server.serve, name=f"port-{self.port}", daemon=True)
        self._thread.start()

    # services start before the ports that offer them (50), and ports close before their services stop
    start.priority = 75  # type: ignore[attr-defined]  # how the bus orders its listeners

    def stop(self) -> None:
        """Accept nobody new, end streams, and give requests under way five seconds."""
        running, self._server, self._listener = self._server, None, None
        if running is None:
            return
        close = getattr(self._app, "close", None)
        if close is not None:
            close()
        running.stop()
        if self._thread is not None:
            self._thread.join(STOP_SECONDS)

    stop.priority = 25  # type: ignore[attr-defined]

    def reload(self) -> None:
        """Use the certificates as they are now for new connections; those that are open go on."""
        if self._server is not None and self._make_context is not None:
            self._server.context = self._make_context()

    def graceful(self) -> None:
        """The bus asks for a reload."""
        self.reload()


class _Server(wsgi.Server):  # type: ignore[misc]
    """cheroot with an already bound socket, bounded stopping, and first connections parked in the selector."""

    keep_alive_conn_limit = None
    max_request_header_size = 32 * 1024

    def __init__(self, listener: socket.socket, app: Application, context: ssl.SSLContext | None, threads: int) -> None:
        super().__init__(listener.getsockname()[:2], app, request_queue_size=128, server_name="nano", shutdown_timeout=STOP_SECONDS)
        self.gateway = _Gateway
        self.ConnectionClass = _Connection
        self.software = "nano"
        self.context = context
        self.patience = Patience(max(2, threads // 3))
        self.requests = _Workers(self, min=threads)
        self._listener = listener

    def prepare(self) -> None:
        self._interrupt = None
        self.socket = self._listener
        self.socket.settimeout(1)
        self._connections = connections.ConnectionManager(self)
        self.requests.start()
        self.ready = True
        self._start_time = time.time()

    def stop(self) -> None:
        """Wake the selector by a connection of our own; it would notice the end half a second late."""
        if self.ready:
            self._connections._stop_requested = True
            with contextlib.suppress(OSError):
                socket.create_connection(self._listener.getsockname(), 0.2).close()
        super().stop()

    def put_conn(self, conn: _Connection) -> None:
        """Park a connection between two requests; stopping may close the selector in the very moment."""
        try:
            super().put_conn(conn)
        except ValueError:
            conn.close()

    def process_conn(self, conn: _Connection) -> None:
        """A new client waits in the selector until it says something."""
        if conn.parked:
            super().process_conn(conn)
        else:
            conn.parked = True
            self._connections.put(conn)

    def error_log(self, msg: str = "", level: int = logging.INFO, traceback: bool = False) -> None:  # noqa: FBT001, FBT002  # cheroot's
        """Noise of clients that go away is for debugging; what cheroot calls an error stays one."""
        log.log(level if level >= logging.WARNING else logging.DEBUG, msg, exc_info=traceback)


class _Workers(threadpool.ThreadPool):  # type: ignore[misc]
    """Worker threads that cannot keep the process alive: a stuck one is left behind after the time for stopping."""

    def _spawn_worker(self) -> Any:
        worker = threadpool.WorkerThread(self.server)
        worker.name = f"http-{worker.name.rpartition('-')[2]}"
        worker.daemon = True
        worker.start()
        return worker

    def stop(self, timeout: float = STOP_SECONDS) -> None:
        deadline = time.monotonic() + timeout
        for _ in self._threads:
            self._queue.put(threadpool._SHUTDOWNREQUEST)
        left = [worker for worker in self._clear_threads() if not _joined(worker, deadline)]
        for worker in left:
            self._force_close(worker.conn)
        stuck = [worker for worker in left if not _joined(worker, time.monotonic() + 0.2)]
        if stuck:
            log.warning("%d requests did not end within %.0f s of stopping", len(stuck), timeout)


def _joined(worker: threading.Thread, deadline: float) -> bool:
    worker.join(max(0.0, deadline - time.monotonic()))
    return not worker.is_alive()


class _Headers(server.HeaderReader):  # type: ignore[misc]
    def _allow_header(self, name: bytes) -> bool:
        """Nano_Date would reach the application as Nano-Date, past every proxy that guards the latter."""
        return b"_" not in name


class _Request(server.HTTPRequest):  # type: ignore[misc]
    header_reader = _Headers()

    def read_request_headers(self) -> bool:
        """Refuse a length that two readers could understand differently."""
        if not super().read_request_headers():
            return False
        length = self.inheaders.get(b"Content-Length", b"0")
        if not (length.isdigit() and len(length) < 16) or (self.chunked_read and b"Content-Length" in self.inheaders):
            self.close_connection = True
            self.simple_response("400 Bad Request", "Malformed Content-Length Header.")
            return False
        return True

    def respond(self) -> None:
        length = int(self.inheaders.get(b"Content-Length", 0))
        self.conn.deadline = time.monotonic() + BODY_SECONDS + length / SLOWEST_UPLOAD
        self.rfile: Any = ChunkedBody(self.conn.rfile) if self.chunked_read else server.KnownLengthRFile(self.conn.rfile, length)
        self.server.gateway(self).respond()
        if self.ready:
            self.ensure_headers_sent()
        if self.chunked_write:
            self.conn.wfile.write(b"0\r\n\r\n")
        if self.unread and not self.conn.hijacked:
            drain(self.rfile)

    @property
    def unread(self) -> bool:
        if self.chunked_read:
            return not self.rfile.ended
        return bool(self.rfile.remaining)

    def send_headers(self) -> None:
        """cheroot would read an unread body into memory, or take the rest of a chunked one for the next request."""
        if self.unread:
            self.close_connection = True
        super().send_headers()


class _Connection(server.HTTPConnection):  # type: ignore[misc]
    RequestHandlerClass = _Request

    def __init__(self, owner: _Server, sock: socket.socket, make: Any = None) -> None:
        super().__init__(owner, sock)
        self.socket: Any = sock
        self.parked = False
        self.hijacked = False
        self.greeted = owner.context is None
        self.deadline = 0.0
        self.peer = ""
        self.rfile = _Reader(self, sock)

    def communicate(self) -> bool:
        """Serve what the client asks; true sends the connection back to the selector."""
        self.deadline = time.monotonic() + HEADER_SECONDS
        if not self.greeted:
            return self._greet()
        return bool(super().communicate())

    def _greet(self) -> bool:
        """Go on with the TLS handshake as far as the client's bytes reach; it waits for more in the selector, not here."""
        try:
            if not isinstance(self.socket, ssl.SSLSocket) and not self._begin_tls():
                return False
            self.socket.do_handshake()
        except (BlockingIOError, ssl.SSLWantReadError):
            return True
        except (OSError, ValueError, Forbidden) as problem:
            log.debug("no TLS with %s: %s", self.remote_addr, problem)
            return False
        self.greeted = True
        self.socket.settimeout(self.server.timeout)
        certificate = peer_certificate(self.socket)
        self.peer = fingerprint(certificate) if certificate is not None else ""
        return True

    def _begin_tls(self) -> bool:
        """False for a client that speaks something else, which is told so."""
        raw = self.socket
        raw.settimeout(0)
        first = raw.recv(1, socket.MSG_PEEK)
        if first and first != _TLS_RECORD:
            answer_plain(raw)
        if first != _TLS_RECORD:
            return False
        self.socket = self.server.context.wrap_socket(raw, server_side=True, do_handshake_on_connect=False)
        self.rfile = _Reader(self, self.socket)
        self.wfile = makefile.StreamWriter(self.socket, "wb", self.wbufsize)
        return True

    def close(self) -> None:
        """An OSError here would end the worker and with it the process (cheroot)."""
        if self.hijacked:
            return
        with contextlib.suppress(OSError):
            super().close()

    def await_data(self) -> None:
        """Wait until something can be read, but not beyond the deadline, and not in too many workers for one client."""
        sock = self.socket
        if isinstance(sock, ssl.SSLSocket) and sock.pending():
            return
        poll = select.poll()
        poll.register(sock.fileno(), select.POLLIN)
        if poll.poll(0):
            return
        left = min(self.deadline - time.monotonic(), self.server.timeout)
        with self.server.patience.waiting_for(self.remote_addr):
            if left <= 0 or not poll.poll(left * 1000):
                raise TimeoutError("timed out")


class _PatientSocket(socket.SocketIO):
    def __init__(self, connection: _Connection, sock: socket.socket) -> None:
        super().__init__(sock, "rb")
        self._connection = connection

    def readinto(self, b: Any) -> int | None:
        self._connection.await_data()
        return super().readinto(b)


class _Reader(makefile.StreamReader):  # type: ignore[misc]
    def __init__(self, connection: _Connection, sock: socket.socket) -> None:
        super().__init__(sock)
        self._raw = _PatientSocket(connection, sock)
        self._socket = sock

    def has_data(self) -> bool:
        """Also what TLS has decrypted already: the selector would never tell of it."""
        return bool(super().has_data() or (isinstance(self._socket, ssl.SSLSocket) and self._socket.pending()))


class _Gateway(wsgi.Gateway_10):  # type: ignore[misc]
    def get_environ(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environ()
        secure = self.req.server.context is not None
        environ["wsgi.url_scheme"] = "https" if secure else "http"
        environ["nano.hijack"] = self._hijack
        environ["nano.peer"] = self.req.conn.peer
        environ["nano.more_time"] = self._more_time
        return environ

    def _more_time(self, size: int) -> None:
        """A body of unknown length earns its time with what has arrived; for `size` bytes more there is this much."""
        self.req.conn.deadline = time.monotonic() + BODY_SECONDS + size / SLOWEST_UPLOAD

    def _hijack(self) -> socket.socket:
        """Hand the socket over; the worker forgets about it."""
        connection = self.req.conn
        connection.hijacked = True
        self.req.sent_headers = True
        self.req.close_connection = True
        connection.socket.settimeout(None)
        taken: socket.socket = connection.socket
        return taken

    def start_response(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        if self.req.conn.hijacked:
            self.started_response = True
            return lambda _data: None
        return super().start_response(status, headers, exc_info)

    def write(self, chunk: bytes) -> None:
        if not self.req.conn.hijacked:
            super().write(chunk)
