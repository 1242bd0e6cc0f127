"""What a real port does with clients that are silent, slow, wrong, or many."""

from __future__ import annotations

import errno
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from cherrypy.process.wspbus import Bus

from appliance.http.server import HttpsServer
from nano_runtime.certificates import Authority, Identity
from nano_runtime.errors import BadSetting, Conflict
from nano_runtime.tls import client_context, server_context
from tests.http.asking import Port, bearer, read_until
from tests.waiting import wait_until

BOOK = b'{"title": "web", "pages": 2}'


def answering(port: Port) -> float:
    """Seconds until a new client has its answer."""
    started = time.perf_counter()
    assert port.ask("GET", "/api/v1/books/").status == 200
    return time.perf_counter() - started


def application(answer: Callable[[dict[str, Any]], bytes]) -> Any:
    def app(environ: dict[str, Any], start: Any) -> list[bytes]:
        body = answer(environ)
        start("200 OK", [("Content-Length", str(len(body)))])
        return [body]

    return app


def test_a_request_is_answered_over_tls(port: Port) -> None:
    heard = port.ask("POST", "/api/v1/books/", BOOK)

    assert (heard.status, heard.json["data"]) == (202, {"title": "web", "pages": 2})
    assert heard.headers["content-type"] == "application/json"


def test_a_connection_serves_one_request_after_the_other(port: Port) -> None:
    link = http.client.HTTPSConnection(*port.address, timeout=5, context=port.trust)
    with closing(link):
        for _ in range(3):
            link.request("GET", "/api/v1/books/", headers=bearer(port.credential))
            assert link.getresponse().read()
        assert link.sock is not None


def test_requests_sent_ahead_are_answered_in_order(port: Port) -> None:
    request = b"GET /api/v1/books/search/%d HTTP/1.1\r\nHost: x\r\n\r\n"
    with closing(port.secure()) as link:
        link.sendall(b"".join(request % number for number in range(3)))

        found = read_until(link, b"searched '2'")

    assert found.index(b"'0'") < found.index(b"'1'")


def test_a_hundred_silent_clients_hold_up_nobody(port: Port) -> None:
    with ExitStack() as silent:
        for _ in range(100):
            silent.enter_context(closing(port.plain()))
        answering(port)

        assert min(answering(port) for _ in range(3)) < 0.05


def test_a_hundred_clients_silent_after_the_handshake_hold_up_nobody(port: Port) -> None:
    with ExitStack() as silent:
        for _ in range(100):
            silent.enter_context(closing(port.secure()))

        assert min(answering(port) for _ in range(3)) < 0.05


@pytest.mark.parametrize(
    "start", [b"", b"POST /api/v1/books/ HT", b"POST /api/v1/books/ HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{"]
)
def test_requests_that_are_never_finished_leave_workers_free(port: Port, start: bytes) -> None:
    """More of them than there are workers; with a token, for nobody's body is even read."""
    token = bearer(port.credential)["Authorization"].encode()
    with ExitStack() as slow:
        for _ in range(12):
            link = port.secure()
            slow.enter_context(closing(link))
            link.sendall(start.replace(b"Host: x", b"Host: x\r\nAuthorization: " + token))

        assert min(answering(port) for _ in range(3)) < 0.1


def test_a_hello_that_is_never_finished_leaves_workers_free(port: Port) -> None:
    with ExitStack() as slow:
        for _ in range(12):
            link = port.plain()
            slow.enter_context(closing(link))
            link.sendall(b"\x16\x03\x01\x02\x00")

        assert min(answering(port) for _ in range(3)) < 0.1


def test_plain_http_of_a_browser_is_sent_to_https(port: Port) -> None:
    with closing(port.plain()) as link:
        link.sendall(b"GET /guests?x=1 HTTP/1.1\r\nUser-Agent: x\r\nHost: 127.0.0.1:5850\r\n\r\n")

        assert b"307 Temporary Redirect\r\nLocation: https://127.0.0.1:5850/guests?x=1\r\n" in read_until(link, b"use https\n")


@pytest.mark.parametrize(
    "request_line", [b"POST / HTTP/1.1\r\nHost: x\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", b"SSH-2.0-OpenSSH\r\n"]
)
def test_other_plain_speech_is_told_to_use_https(port: Port, request_line: bytes) -> None:
    with closing(port.plain()) as link:
        link.sendall(request_line)

        assert read_until(link, b"use https\n").startswith(b"HTTP/1.1 400")


def test_a_10_mb_body_gets_a_readable_answer(port: Port) -> None:
    heard = port.ask("POST", "/api/v1/books/", b"x" * 10_000_000)

    assert (heard.status, heard.json["message"]) == (413, "the body is larger than 1 MiB")


def chunked(port: Port, chunks: bytes) -> bytes:
    token = bearer(port.credential)["Authorization"].encode()
    with closing(port.secure()) as link:
        link.sendall(b"POST /api/v1/books/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nAuthorization: " + token + b"\r\n\r\n")
        link.sendall(chunks)
        return read_until(link, b'"request"' if b"zz" in chunks or b"ffff" in chunks else b"}}")


def test_a_chunked_body_is_read(port: Port) -> None:
    assert b"202 Accepted" in chunked(port, b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (10, BOOK[:10], len(BOOK) - 10, BOOK[10:]))


def test_a_chunk_of_4_gb_costs_no_memory(port: Port) -> None:
    assert b"413" in chunked(port, b"ffffffff\r\n" + b"x" * 2_000_000)


def test_bad_chunks_are_refused(port: Port) -> None:
    assert b"the body is not properly chunked" in chunked(port, b"zz\r\nx\r\n0\r\n\r\n")


@pytest.mark.parametrize("headers", [b"Content-Length: -5", b"Content-Length: 1_0", b"Content-Length: 3\r\nTransfer-Encoding: chunked"])
def test_a_length_of_two_meanings_is_refused(port: Port, headers: bytes) -> None:
    with closing(port.secure()) as link:
        link.sendall(b"POST /api/v1/books/ HTTP/1.1\r\nHost: x\r\n" + headers + b"\r\n\r\n0\r\n\r\n")

        assert read_until(link, b"\r\n\r\n").startswith(b"HTTP/1.1 400")


def test_a_header_with_underscores_does_not_pass_for_another(port: Port) -> None:
    name, value = next(iter(bearer(port.credential).items()))
    with closing(port.secure()) as link:
        link.sendall(f"GET /api/v1/books/ HTTP/1.1\r\nHost: x\r\nX_Y: 1\r\n{name}: {value}\r\n\r\n".encode())
        assert read_until(link, b"\r\n\r\n").startswith(b"HTTP/1.1 200")


def test_the_port_speaks_no_tls_below_1_2(port: Port) -> None:
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1

    with pytest.raises((ssl.SSLError, ConnectionError)), closing(port.plain()) as link:
        old.wrap_socket(link)


def test_new_connections_see_a_new_certificate_and_old_ones_go_on(app: Any, authority: Authority, trust: ssl.SSLContext) -> None:
    issued = [authority.issue(domain="nano", role="core", name=name, addresses=["127.0.0.1"]) for name in ("old", "new")]
    server = HttpsServer(None, "127.0.0.1", 0, app, lambda: server_context(issued[0]), threads=2)
    server.start()
    port = Port(server, trust, None)  # type: ignore[arg-type]  # nobody signs here
    with closing(port.secure()) as before:
        del issued[0]
        server.graceful()
        with closing(port.secure()) as after:
            before.sendall(b"GET /api/v1/books/search/ HTTP/1.1\r\nHost: x\r\n\r\n")
            assert b"200 OK" in read_until(before, b"\r\n\r\n")
            assert before.getpeercert(binary_form=True) != after.getpeercert(binary_form=True)
    server.stop()


def test_a_certificate_may_come_from_two_files(app: Any, identity: Identity, trust: ssl.SSLContext, tmp_path: Path) -> None:
    (tmp_path / "crt").write_text(identity.certificate_pem)
    (tmp_path / "key").write_text(identity.key_pem)
    server = HttpsServer(None, "127.0.0.1", 0, app, (tmp_path / "crt", tmp_path / "key"), threads=2)
    server.start()

    with closing(Port(server, trust, None).secure()) as link:  # type: ignore[arg-type]  # nobody signs here
        assert link.version() in ("TLSv1.2", "TLSv1.3")
    server.stop()


@pytest.fixture
def mutual(identity: Identity) -> Iterator[HttpsServer]:
    """A port that tells each client the fingerprint of its certificate."""
    app = application(lambda environ: environ["nano.peer"].encode())
    server = HttpsServer(None, "127.0.0.1", 0, app, lambda: server_context(identity, require_client=True), threads=2)
    server.start()
    yield server
    server.stop()


def test_a_client_certificate_is_known_by_its_fingerprint(mutual: HttpsServer, authority: Authority) -> None:
    cell = authority.issue(domain="nano", role="cell", name="cell-1")
    link = http.client.HTTPSConnection("127.0.0.1", mutual.port, timeout=5, context=client_context(cell))
    with closing(link):
        link.request("GET", "/")

        assert link.getresponse().read().decode() == cell.fingerprint


@pytest.mark.parametrize("known", [False, True], ids=["without certificate", "foreign certificate"])
def test_a_stranger_is_refused(mutual: HttpsServer, authority: Authority, tmp_path: Path, *, known: bool) -> None:
    context = client_context(authority.certificate_pem)
    if known:
        stranger = Authority.create("nano").issue(domain="nano", role="cell", name="cell-1")
        (tmp_path / "both").write_text(stranger.key_pem + stranger.certificate_pem)
        context.load_cert_chain(tmp_path / "both")
    link = http.client.HTTPSConnection("127.0.0.1", mutual.port, timeout=5, context=context)

    with closing(link), pytest.raises((OSError, http.client.RemoteDisconnected)):
        first_answer(link)


def first_answer(link: http.client.HTTPSConnection) -> bytes:
    link.request("GET", "/")
    return link.getresponse().read()


def test_a_taken_port_is_named_with_its_setting(port: Port) -> None:
    second = HttpsServer(None, "127.0.0.1", port.server.port, application(lambda _environ: b""), setting="port of api.cfg")

    with pytest.raises(Conflict, match=f"port {port.server.port} on 127.0.0.1 is taken; .* 'port of api.cfg'"):
        second.bind()


def test_an_address_of_another_host_is_refused() -> None:
    with pytest.raises(BadSetting, match=r"cannot listen on 192\.0\.2\.1 port 5870"):
        HttpsServer(None, "192.0.2.1", 5870, application(lambda _environ: b"")).bind()


def test_stopping_finishes_what_is_under_way() -> None:
    begun, go_on = threading.Event(), threading.Event()

    def answer(_environ: dict[str, Any]) -> bytes:
        begun.set()
        go_on.wait(5)
        return b"done"

    server = HttpsServer(None, "127.0.0.1", 0, application(answer), threads=2)
    server.start()
    with closing(socket.create_connection(("127.0.0.1", server.port), 5)) as link:
        link.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        begun.wait(5)
        stopping = threading.Thread(target=server.stop)
        stopping.start()
        wait_until(lambda: refused(server.port))
        go_on.set()

        assert read_until(link, b"done").startswith(b"HTTP/1.1 200")
        stopping.join(5)
        assert not stopping.is_alive()


def test_stopping_does_not_wait_longer_than_promised_for_a_stuck_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("appliance.http.server.STOP_SECONDS", 0.2)
    begun, never = threading.Event(), threading.Event()

    def answer(_environ: dict[str, Any]) -> bytes:
        begun.set()
        never.wait(20)
        return b""

    server = HttpsServer(None, "127.0.0.1", 0, application(answer), threads=2)
    server.start()
    with closing(socket.create_connection(("127.0.0.1", server.port), 5)) as link:
        link.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        begun.wait(5)
        started = time.monotonic()
        server.stop()

        assert time.monotonic() - started < 3
        never.set()


def test_a_port_lives_with_the_bus(app: Any) -> None:
    bus = Bus()
    server = HttpsServer(bus, "127.0.0.1", 0, app, threads=2)
    server.subscribe()

    bus.start()
    with closing(socket.create_connection(("127.0.0.1", server.port), 5)):
        pass
    bus.exit()

    assert refused(server.port)


def refused(port: int) -> bool:
    with closing(socket.socket()) as link:
        link.settimeout(1)
        return link.connect_ex(("127.0.0.1", port)) == errno.ECONNREFUSED
