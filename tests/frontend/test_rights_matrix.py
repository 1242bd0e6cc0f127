"""Every route, for every role: closed unless the role has the right that the route declares."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

import pytest

from appliance.frontend.api import ENDPOINTS
from appliance.frontend.api.tokens import ApiTokenBody
from appliance.frontend.open_sessions import Kind
from appliance.frontend.service import FrontEndService
from appliance.http.client import Client
from appliance.http.routes import API_ROOT, Endpoint
from appliance.http.routes import Kind as Way
from appliance.rights import MENUS, Caller, Right, rights_of
from appliance.settings import FrontEndSettings
from nano_runtime.errors import NotFound
from nano_runtime.home import Home
from tests.frontend.browsing import PASSWORD
from tests.frontend.conftest import Clock

GUARDED = [endpoint for endpoint in ENDPOINTS if endpoint.right is not None]
PERSONAL = [endpoint for endpoint in ENDPOINTS if endpoint.right is None and endpoint.signed_in]
OPEN = [endpoint for endpoint in ENDPOINTS if not endpoint.signed_in]
BEFORE_THE_PASSWORD = {"keep_session", "sign_out", "get_portal"}
BEFORE_THE_CODE = {"give_code", "sign_out", "get_portal"}


class FarCore:
    """A transport behind which is nothing: whatever gets that far was let through."""

    def find(self, handler: Any) -> Any:
        return handler

    def call(self, endpoint: Endpoint, caller: Caller, arguments: dict[str, Any]) -> NoReturn:
        raise NotFound("nothing is here")

    stream = feed = call


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontEndService]:
    """A portal with a user for every menu, one for all of them, and one without any."""
    home = Home(tmp_path_factory.mktemp("matrix") / "home")
    home.create()
    service = FrontEndService(home, FrontEndSettings(), Client(FarCore()), portal=home.path, clock=Clock())
    service.start()
    store = service._store
    assert store is not None

    def fill(execute: Any) -> None:
        for name, menus in {**{menu: [menu] for menu in MENUS}, "all": list(MENUS), "none": []}.items():
            execute("insert into role (name, menus) values (:name, :menus)", name=name, menus=json.dumps(menus))
            execute("insert into user_group (name, display) values (:name, '')", name=name)
            execute("insert into group_role values (:name, :name)", name=name)
            execute("insert into user (name, id, password, created) values (:name, :name, 'x', 0)", name=name)
            execute("insert into member (user, user_group) values (:name, :name)", name=name)

    store.write(fill)
    yield service
    service.stop()


class Visitor:
    """Somebody with the cookie of a session of their own, straight at the WSGI application."""

    def __init__(self, front: FrontEndService, user: str, kind: Kind = Kind.PORTAL) -> None:
        self.app = front.app()
        self.headers: dict[str, str] = {}
        if front._front and user:
            id, session = front._front.open_sessions.open(kind, user, "10.0.0.9")
            self.headers = {"HTTP_COOKIE": f"nano_session={id}", "HTTP_X_CSRF_TOKEN": session.csrf}

    def ask(self, endpoint: Endpoint, body: Any = None) -> tuple[int, str]:
        """Status and code of the answer."""
        path = re.sub(r"{\w+}", "nothing", endpoint.path)
        data = json.dumps(body if body is not None else {}).encode() if endpoint.method != "GET" else b""
        environ: dict[str, Any] = {
            "REQUEST_METHOD": endpoint.method,
            "PATH_INFO": path,
            "REQUEST_URI": path,
            "QUERY_STRING": "",
            "REMOTE_ADDR": "10.0.0.9",
            "HTTP_HOST": "nano",
            "wsgi.url_scheme": "https",
            "wsgi.input": io.BytesIO(data),
            "CONTENT_LENGTH": str(len(data)),
            "CONTENT_TYPE": "application/json",
            **self.headers,
        }
        status: list[str] = []
        content = b"".join(self.app(environ, lambda line, headers, exc_info=None: status.append(line)))
        number = int(status[0][:3])
        return number, json.loads(content).get("code", "") if content[:1] == b"{" else ""


def test_there_is_something_to_test() -> None:
    assert len(GUARDED) > 50
    assert {endpoint.right for endpoint in GUARDED} >= {right for right in Right if right.value.startswith(("user.", "role.", "audit."))}


@pytest.mark.parametrize("role", [*MENUS, "all", "none"])
def test_a_role_opens_the_routes_of_its_rights_and_no_other(front: FrontEndService, role: str) -> None:
    visitor = Visitor(front, role)
    rights = rights_of(MENUS) if role == "all" else rights_of([role])

    for endpoint in GUARDED:
        status, code = visitor.ask(endpoint)

        allowed = endpoint.right in rights
        assert ((status, code) != (403, "forbidden")) is allowed or endpoint.id == "delete_log", (role, endpoint.id, status, code)
        assert status != 401, endpoint.id
        assert status < 500 or endpoint.kind is not Way.CALL, (endpoint.id, status)


@pytest.mark.parametrize("endpoint", [*GUARDED, *PERSONAL], ids=lambda endpoint: endpoint.id)
def test_nobody_gets_in(front: FrontEndService, endpoint: Endpoint) -> None:
    assert Visitor(front, "").ask(endpoint) == (401, "unauthenticated")


@pytest.mark.parametrize("endpoint", [*GUARDED, *PERSONAL], ids=lambda endpoint: endpoint.id)
def test_after_a_reset_nothing_is_open_but_the_change_of_the_password(front: FrontEndService, endpoint: Endpoint) -> None:
    store = front._store
    assert store is not None
    store.write(lambda execute: execute("update user set must_change = 1 where name = 'all'"))
    try:
        status, code = Visitor(front, "all").ask(endpoint)
    finally:
        store.write(lambda execute: execute("update user set must_change = 0 where name = 'all'"))

    assert ((status, code) == (403, "password-change-needed")) is (endpoint.id not in BEFORE_THE_PASSWORD)


@pytest.mark.parametrize("endpoint", [*GUARDED, *PERSONAL], ids=lambda endpoint: endpoint.id)
def test_half_a_sign_in_opens_nothing_but_the_other_half(front: FrontEndService, endpoint: Endpoint) -> None:
    status, _ = Visitor(front, "all", Kind.HALF).ask(endpoint)

    assert (status == 401) is (endpoint.id not in BEFORE_THE_CODE)


@pytest.mark.parametrize("endpoint", PERSONAL, ids=lambda endpoint: endpoint.id)
def test_a_token_does_not_act_on_the_account_it_belongs_to(front: FrontEndService, endpoint: Endpoint) -> None:
    assert front._front is not None
    account = front._front.accounts.find("all")
    assert account is not None
    token = front._front.api_tokens.make(account.caller("", ""), ApiTokenBody(name="t", rights=[Right.USER_READ])).token
    visitor = Visitor(front, "")
    visitor.headers = {"HTTP_AUTHORIZATION": f"Bearer {token}"}

    status, code = visitor.ask(endpoint, valid_body(endpoint))

    front._front.api_tokens.revoke("all", front._front.api_tokens.of("all")[0].id)
    assert (status, code) == (403, "forbidden")


@pytest.mark.parametrize("endpoint", GUARDED, ids=lambda endpoint: endpoint.id)
def test_a_token_opens_its_scope_and_nothing_else(front: FrontEndService, endpoint: Endpoint) -> None:
    assert front._front is not None
    account = front._front.accounts.find("all")
    assert account is not None
    token = front._front.api_tokens.make(account.caller("", ""), ApiTokenBody(name="t", rights=[Right.USER_READ])).token
    visitor = Visitor(front, "")
    visitor.headers = {"HTTP_AUTHORIZATION": f"Bearer {token}"}

    status, code = visitor.ask(endpoint)

    front._front.api_tokens.revoke("all", front._front.api_tokens.of("all")[0].id)
    assert ((status, code) != (403, "forbidden")) is (endpoint.right is Right.USER_READ)


def valid_body(endpoint: Endpoint) -> Any:
    """What the routes on one's own account take: otherwise a refusal would prove nothing about tokens."""
    known: dict[str, Any] = {
        "change_password": {"old": PASSWORD, "new": PASSWORD},
        "save_preferences": {"preferences": "{}"},
        "create_my_token": {"name": "t", "rights": ["guest.read"]},
        "add_log": {"content": "x"},
        "create_token": {"user": "all", "group": "all"},
        "give_code": {"code": "000000"},
        "switch_two_step_on": {"code": "000000"},
    }
    password = {"password": PASSWORD}
    return known.get(endpoint.id, password if endpoint.path.startswith(f"{API_ROOT}/me/two_step") else None)
