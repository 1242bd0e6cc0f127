"""A shelf behind a real port, with TLS of a real domain."""

from __future__ import annotations

import ssl
from collections.abc import Iterator

import pytest

from appliance.http.identify import CoreIdentify
from appliance.http.serve import App, Record, serve
from appliance.http.server import HttpsServer
from appliance.settings import Credential
from nano_runtime.certificates import Authority, Identity
from nano_runtime.tls import client_context, server_context
from tests.http.asking import Port
from tests.http.shelf import Shelf, routes

CREDENTIAL = Credential(id="program", key="a key of sixteen or more characters")


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def records() -> list[Record]:
    return []


@pytest.fixture
def credential() -> Credential:
    return CREDENTIAL


@pytest.fixture
def app(shelf: Shelf, records: list[Record]) -> Iterator[App]:
    app = serve(routes, shelf, CoreIdentify([CREDENTIAL]), error_data={}, title="Shelf", version="1", on_change=records.append)
    yield app
    app.close()


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority.create("nano")


@pytest.fixture(scope="session")
def identity(authority: Authority) -> Identity:
    return authority.issue(domain="nano", role="core", name="core", dns=["localhost"], addresses=["127.0.0.1"])


@pytest.fixture(scope="session")
def trust(authority: Authority) -> ssl.SSLContext:
    return client_context(authority.certificate_pem)


@pytest.fixture
def port(app: App, identity: Identity, trust: ssl.SSLContext, credential: Credential) -> Iterator[Port]:
    """The shelf on a TLS port of this host."""
    server = HttpsServer(None, "127.0.0.1", 0, app, lambda: server_context(identity), threads=6)
    server.bind()
    server.start()
    yield Port(server, trust, credential)
    server.stop()
