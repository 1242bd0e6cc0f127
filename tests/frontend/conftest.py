"""A front end's parts with a clock that tests turn, and hashing that is real."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from appliance.core.api import ENDPOINTS as CORE_ENDPOINTS
from appliance.frontend.accounts import Accounts
from appliance.frontend.api.system import FirstUser
from appliance.frontend.attempts import Attempts
from appliance.frontend.open_sessions import OpenSessions
from appliance.frontend.schema import MIGRATIONS
from appliance.frontend.service import FrontEndService
from appliance.frontend.setup_code import SetupCode
from appliance.http.client import Client
from appliance.http.server import HttpsServer
from appliance.http.transports import DirectTransport
from appliance.rights import MENUS, Caller
from appliance.settings import FrontEndSettings
from nano_runtime.certificates import Authority
from nano_runtime.home import Home
from nano_runtime.store import Store
from nano_runtime.tls import client_context, server_context
from tests.frontend.browsing import PASSWORD, SETUP, Browser, SmallCore

VISITOR = Caller(address="10.0.0.9")


class Clock:
    """Stands still until told otherwise."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(home: Home) -> Iterator[Store]:
    store = Store(home.data / "frontend.db", MIGRATIONS)
    yield store
    store.close()


@pytest.fixture
def code(home: Home) -> SetupCode:
    return SetupCode(home.data / "setup-code")


@pytest.fixture
def accounts(store: Store, code: SetupCode, clock: Clock) -> Accounts:
    """Not set up yet; the set-up code lies ready."""
    accounts = Accounts(store, code, Attempts(clock), clock)
    accounts.prepare_setup()
    return accounts


@pytest.fixture
def admin(accounts: Accounts, code: SetupCode) -> str:
    """The first user, made with the set-up code."""
    accounts.initialise(VISITOR, first_user(code.read()))
    return "admin"


@pytest.fixture
def sessions(store: Store, clock: Clock) -> OpenSessions:
    return OpenSessions(store, clock)


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority.create("nano")


@pytest.fixture
def core() -> SmallCore:
    return SmallCore()


@pytest.fixture
def service(home: Home, core: SmallCore, clock: Clock, tmp_path: Path) -> Iterator[FrontEndService]:
    dist = tmp_path / "dist"
    dist.mkdir()
    (dist / "index.html").write_text("<!doctype html><title>Nano</title>")
    client = Client(DirectTransport(CORE_ENDPOINTS, core))
    service = FrontEndService(home, FrontEndSettings(), client, portal=dist, clock=clock)
    service.start()
    yield service
    service.stop()


@pytest.fixture
def trust(authority: Authority) -> ssl.SSLContext:
    return client_context(authority.certificate_pem)


@contextmanager
def serving(service: FrontEndService, authority: Authority) -> Iterator[int]:
    """The port of this service with TLS of the domain."""
    identity = authority.issue(domain="nano", role="portal", name="portal", addresses=["127.0.0.1"])
    server = HttpsServer(None, "127.0.0.1", 0, service.app(), lambda: server_context(identity), threads=8)
    server.start()
    yield server.port
    server.stop()


@pytest.fixture
def port(service: FrontEndService, authority: Authority) -> Iterator[int]:
    with serving(service, authority) as port:
        yield port


@pytest.fixture
def visitor(port: int, trust: ssl.SSLContext) -> Browser:
    """Not set up, not signed in."""
    return Browser(port, trust)


@pytest.fixture
def browser(visitor: Browser, service: FrontEndService) -> Browser:
    """Set up by this very browser, which is signed in."""
    heard = visitor.ask("POST", SETUP, {"code": service.setup_code(), "user": "admin", "password": PASSWORD})
    assert heard.status == 200, heard.text
    visitor.csrf = heard.json["data"]["csrf"]
    return visitor


@pytest.fixture
def stranger(browser: Browser) -> Browser:
    """Another browser, signed in to nothing."""
    return Browser(browser.port, browser.trust)


def first_user(code: str, **changes: Any) -> FirstUser:
    return FirstUser(**{"user": "admin", "password": PASSWORD, "menu": list(MENUS), "code": code} | changes)
