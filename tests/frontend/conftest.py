"""A front end's parts with a clock that tests turn, and hashing that is real."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from appliance.frontend.accounts import Accounts
from appliance.frontend.api.system import FirstUser
from appliance.frontend.attempts import Attempts
from appliance.frontend.open_sessions import OpenSessions
from appliance.frontend.schema import MIGRATIONS
from appliance.frontend.setup_code import SetupCode
from appliance.rights import MENUS, Caller
from nano_runtime.home import Home
from nano_runtime.store import Store

PASSWORD = "Correct-horse-9"
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


def first_user(code: str, user: str = "admin", **changes: object) -> FirstUser:
    return FirstUser(**{"user": user, "password": PASSWORD, "menu": list(MENUS), "code": code} | changes)  # type: ignore[arg-type]  # as decoded
