"""TLS between modules over real sockets: who gets through a handshake."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Iterator

import pytest

from nano_runtime.certificates import Authority, Identity, role_of
from nano_runtime.tls import client_context, peer_certificate, server_context

AUTHORITY = Authority.create("lab")
CORE = AUTHORITY.issue(domain="lab", role="core", name="core", dns=["core.example"], addresses=["127.0.0.1"])
CELL = AUTHORITY.issue(domain="lab", role="cell", name="cell-1")
STRANGER = Authority.create("lab").issue(domain="lab", role="cell", name="cell-1")


class Port:
    """Serves one connection after another: says the name of who came, or "nobody"."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address: tuple[str, int] = self._socket.getsockname()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()

    def _run(self) -> None:
        while True:
            try:
                plain, _ = self._socket.accept()
            except OSError:
                return
            try:
                with self._context.wrap_socket(plain, server_side=True) as connection:
                    certificate = peer_certificate(connection)
                    connection.sendall((role_of(certificate).name if certificate else "nobody").encode())
            except OSError:
                plain.close()


@pytest.fixture
def core() -> Iterator[Port]:
    port = Port(server_context(CORE))
    yield port
    port.close()


@pytest.fixture
def mutual() -> Iterator[Port]:
    port = Port(server_context(CORE, require_client=True))
    yield port
    port.close()


def greet(port: Port, context: ssl.SSLContext, host: str | None = None) -> str:
    with (
        socket.create_connection(port.address, timeout=5) as plain,
        context.wrap_socket(plain, server_hostname=host) as connection,
    ):
        return connection.recv(100).decode()


def test_both_ends_show_their_certificates(mutual: Port) -> None:
    assert greet(mutual, client_context(CELL, role="core")) == "cell-1"


def test_without_a_certificate_of_the_authority_nobody_gets_in(mutual: Port) -> None:
    foreign = Identity(STRANGER.key_pem, STRANGER.certificate_pem, AUTHORITY.certificate_pem)

    for context in (
        client_context(AUTHORITY.certificate_pem, domain="lab", role="core"),
        client_context(foreign, domain="lab", role="core"),
    ):
        with pytest.raises(ssl.SSLError):
            greet(mutual, context)


def test_a_port_without_that_rule_is_open_to_all(core: Port) -> None:
    assert greet(core, client_context(AUTHORITY.certificate_pem, domain="lab", role="core")) == "nobody"


def test_a_server_of_another_authority_is_refused(core: Port) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        greet(core, client_context(STRANGER, role="core"))


def test_a_server_of_another_role_or_domain_is_refused(core: Port) -> None:
    for domain, role in (("lab", "cell"), ("office", "core")):
        with pytest.raises(ssl.SSLCertVerificationError, match="speaks for core"):
            greet(core, client_context(AUTHORITY.certificate_pem, domain=domain, role=role))


def test_a_pinned_key_is_trusted_whoever_signed_it_and_no_other(core: Port) -> None:
    assert greet(core, client_context(STRANGER, pinned=CORE.fingerprint)) == "nobody"
    with pytest.raises(ssl.SSLCertVerificationError, match="not the"):
        greet(core, client_context(AUTHORITY.certificate_pem, pinned=CELL.fingerprint))


def test_without_pin_and_role_the_host_name_must_fit(core: Port) -> None:
    context = client_context(AUTHORITY.certificate_pem)

    assert greet(core, context, "core.example") == "nobody"
    with pytest.raises(ssl.SSLCertVerificationError):
        greet(core, context, "other.example")


def test_the_check_holds_for_asyncio_too(core: Port) -> None:
    async def connect(context: ssl.SSLContext) -> bytes:
        reader, writer = await asyncio.open_connection(*core.address, ssl=context, server_hostname="")
        answer = await reader.read(100)
        writer.close()
        return answer

    assert asyncio.run(connect(client_context(CELL, pinned=CORE.fingerprint))) == b"nobody"
    with pytest.raises(ssl.SSLCertVerificationError):
        asyncio.run(connect(client_context(CELL, pinned=CELL.fingerprint)))


def test_old_versions_of_tls_are_not_spoken(core: Port) -> None:
    context = client_context(CELL, role="core")

    assert context.minimum_version == ssl.TLSVersion.TLSv1_2
    assert server_context(CORE).minimum_version == ssl.TLSVersion.TLSv1_2
