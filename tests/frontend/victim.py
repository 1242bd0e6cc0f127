"""A portal that is killed in the middle of a change. Run by test_kill: python -m tests.frontend.victim HOME CHANGE STATEMENT."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from appliance.frontend.account import account_of
from appliance.frontend.accounts import Accounts
from appliance.frontend.api.system import FirstUser
from appliance.frontend.attempts import Attempts
from appliance.frontend.changes import Changes
from appliance.frontend.open_sessions import OpenSessions
from appliance.frontend.schema import MIGRATIONS
from appliance.frontend.setup_code import SetupCode
from appliance.frontend.users import Users
from appliance.rights import MENUS, Caller
from nano_runtime.home import Home
from nano_runtime.store import Store

PASSWORD = "Correct-horse-9"


class Dying:
    """A store whose n-th statement of a change is the last thing the process does; 0 = none is."""

    def __init__(self, store: Store, number: int) -> None:
        self.read = store.read
        self._store = store
        self._left = number

    def write(self, change: Any) -> Any:
        return self._store.write(lambda execute: change(self._counting(execute)))

    def _counting(self, execute: Any) -> Any:
        def counted(sql: str, /, **named: Any) -> Any:
            found = execute(sql, **named)
            if not sql.lstrip().startswith("select"):
                self._left -= 1
                if self._left == 0:
                    die()
            return found

        return counted


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main(folder: str, change: str, statement: str) -> None:
    home = Home(Path(folder))
    store = Store(home.data / "frontend.db", MIGRATIONS)
    dying: Any = Dying(store, int(statement))
    attempts = Attempts(lambda: 0.0)
    if change == "set-up":
        accounts = Accounts(dying, SetupCode(home.data / "setup-code"), attempts, lambda: 0.0)
        code = accounts.prepare_setup()
        accounts.initialise(Caller(address="10.0.0.9"), FirstUser(user="admin", password=PASSWORD, menu=list(MENUS), code=code))
    else:
        users = Users(Changes(dying), attempts, OpenSessions(store, lambda: 0.0), lambda: 0.0)
        admin = account_of(store.read, "admin")
        assert admin is not None
        users.delete(admin.caller("", ""), "ann")
    die()


if __name__ == "__main__":
    main(*sys.argv[1:])
