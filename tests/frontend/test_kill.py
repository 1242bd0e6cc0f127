"""SIGKILL in the middle of a set-up or a deletion: afterwards all of it happened, or nothing."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from appliance.frontend.accounts import Accounts
from appliance.frontend.api.tokens import ApiTokenBody
from appliance.frontend.api_tokens import ApiTokens
from appliance.frontend.attempts import Attempts
from appliance.frontend.open_sessions import Kind, OpenSessions
from appliance.frontend.schema import MIGRATIONS
from appliance.frontend.setup_code import SetupCode
from appliance.rights import Right
from nano_runtime.home import Home
from nano_runtime.store import Store
from tests.frontend.browsing import PASSWORD
from tests.frontend.conftest import VISITOR, Clock, first_user

OF_USERS = ("session", "api_token", "member", "recovery_code", "two_step")
STATEMENTS = {"set-up": 5, "delete": 1}
"""Statements of each change that alter something; one number more is a kill right after the answer."""

CASES = [(change, number) for change, count in STATEMENTS.items() for number in range(1, count + 2)]


def run(home: Home, change: str, statement: int) -> None:
    command = [sys.executable, "-m", "tests.frontend.victim", str(home.path), change, str(statement)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr


def prepare_deletion(home: Home) -> None:
    """An administrator, and a user with everything that a user can have."""
    store = Store(home.data / "frontend.db", MIGRATIONS)
    clock = Clock()
    code = SetupCode(home.data / "setup-code")
    accounts = Accounts(store, code, Attempts(clock), clock)
    accounts.initialise(VISITOR, first_user(accounts.prepare_setup()))

    def fill(execute: object) -> None:
        statements = (
            "insert into user (name, id, password, created) values ('ann', 'x', 'x', 0)",
            "insert into member (user, user_group) values ('ann', 'admin')",
            "insert into two_step (user, secret) values ('ann', 'x')",
            "insert into recovery_code values ('ann', 'x')",
        )
        for statement in statements:
            execute(statement)  # type: ignore[operator]  # as Execute

    store.write(fill)
    ann = accounts.find("ann")
    assert ann is not None
    ApiTokens(store, clock).make(ann.caller("", ""), ApiTokenBody(name="x", rights=[Right.GUEST_READ]))
    OpenSessions(store, clock).open(Kind.PORTAL, "ann", "10.0.0.9")
    store.close()


@pytest.mark.parametrize(("change", "statement"), CASES, ids=[f"{change}-{number}" for change, number in CASES])
def test_a_kill_leaves_all_or_nothing(home: Home, change: str, statement: int) -> None:
    if change == "delete":
        prepare_deletion(home)

    run(home, change, statement)

    clock = Clock()
    store = Store(home.data / "frontend.db", MIGRATIONS)
    accounts = Accounts(store, SetupCode(home.data / "setup-code"), Attempts(clock), clock)
    over = statement > STATEMENTS[change]
    if change == "set-up":
        check_set_up(store, accounts, over=over)
    else:
        check_deletion(store, over=over)
    store.close()


def check_set_up(store: Store, accounts: Accounts, *, over: bool) -> None:
    counts = [store.read(f"select count(*) as n from {table}")[0]["n"] for table in ("user", "role", "user_group", "group_role", "member")]
    assert counts == ([1] * 5 if over else [0] * 5)
    code = accounts.prepare_setup()
    assert bool(code) is not over
    if not over:
        accounts.initialise(VISITOR, first_user(code))
    assert accounts.authenticate("admin", PASSWORD, "10.0.0.9").group == "admin"


def check_deletion(store: Store, *, over: bool) -> None:
    left = 0 if over else 1
    assert store.read("select count(*) as n from user where name = 'ann'") == [{"n": left}]
    assert {table: store.read(f"select count(*) as n from {table} where user = 'ann'")[0]["n"] for table in OF_USERS} == {
        table: left for table in OF_USERS
    }
