"""The portal's service: accounts, sessions and consoles of its own, everything else from Core."""

from __future__ import annotations

import logging
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from appliance import __version__
from appliance.frontend.accounts import Accounts
from appliance.frontend.api import FORWARDED, OWN
from appliance.frontend.api.system import SystemState
from appliance.frontend.attempts import Attempts
from appliance.frontend.channels import Channels
from appliance.frontend.core_link import CoreLink
from appliance.frontend.headers import Guarded
from appliance.frontend.identify import FrontEndIdentify
from appliance.frontend.open_sessions import OpenSessions
from appliance.frontend.schema import MIGRATIONS
from appliance.frontend.sessions import Sessions
from appliance.frontend.setup_code import SetupCode
from appliance.frontend.static import Portal
from appliance.http.client import Client, forward
from appliance.http.serve import App, Record, serve
from nano_runtime.errors import NanoError
from nano_runtime.home import CHECKOUT
from nano_runtime.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from appliance.settings import FrontEndSettings
    from nano_runtime.home import Home

log = logging.getLogger(__name__)

SWEEP_SECONDS = 10.0
PORTAL = Path(sys.executable).resolve().parent / "webui" if getattr(sys, "frozen", False) else CHECKOUT / "webui" / "dist"
"""Where the built portal lies: beside the frozen program, else in the checkout."""


class FrontEnd:
    """What the handlers of frontend/api get as their service."""

    def __init__(self, store: Store, code: SetupCode, settings: FrontEndSettings, client: Client, clock: Callable[[], float]) -> None:
        self._settings = settings
        self.on_session_end: Callable[[str, str], None] = _nothing
        self.open_sessions = OpenSessions(store, clock, lambda key, why: self.on_session_end(key, why))
        self.accounts = Accounts(store, code, Attempts(clock), clock)
        self.sessions = Sessions(self.accounts, self.open_sessions)
        self.channels = Channels(client, self.open_sessions, clock)

    def system_state(self) -> SystemState:
        limits = self._settings
        return SystemState(ready=self.accounts.ready(), max_cores=limits.max_cores, max_memory=limits.max_memory, max_disk=limits.max_disk)


class FrontEndService:
    """Starts and stops the portal. Core need not be there: sign-in works without it, and calls that need it say so."""

    def __init__(
        self,
        home: Home,
        settings: FrontEndSettings,
        client: Client,
        *,
        portal: Path | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._home = home
        self._settings = settings
        self._client = Client(CoreLink(client.transport))
        self._portal = Portal(portal or PORTAL)
        self._clock = clock
        self._code = SetupCode(home.data / "setup-code")
        self._stopping = threading.Event()
        self._sweeper: threading.Thread | None = None
        self._store: Store | None = None
        self._front: FrontEnd | None = None
        self._app: _Application | None = None

    def start(self) -> None:
        """Open the database and make the set-up code if nobody is there yet. Raises Damaged for a database it cannot use."""
        try:
            self._open()
        except BaseException:
            self.stop()
            raise
        if not self._portal.built():
            log.warning("the portal is not built; run ./build.py webui")
        self._stopping.clear()
        self._sweeper = threading.Thread(target=self._sweep, name="frontend-sessions", daemon=True)
        self._sweeper.start()

    def stop(self) -> None:
        """Close consoles and event streams; portal sessions go on after the next start."""
        self._stopping.set()
        if self._sweeper:
            self._sweeper.join()
        if self._app:
            self._app.close()
        if self._front:
            self._front.open_sessions.suspend()
        if self._store:
            self._store.close()
        self._sweeper = self._app = self._front = self._store = None

    def app(self) -> _Application:
        """The WSGI application of the portal's port, between start and stop."""
        if self._app is None:
            raise RuntimeError("the portal has no application before it is started")
        return self._app

    def setup_code(self) -> str:
        """The code that the first visitor needs; "" once the portal is set up."""
        return self._code.read()

    def status(self) -> dict[str, Any]:
        """`ready` tells that the portal is set up, `portal` that it is built."""
        if self._front is None or self._app is None:
            return {"running": False}
        return {
            "running": True,
            "ready": self._front.accounts.ready(),
            "users": self._front.accounts.count(),
            "sessions": self._front.open_sessions.count(),
            "consoles": len(self._app.api.sockets),
            "portal": self._portal.built(),
        }

    def _open(self) -> None:
        self._store = Store(self._home.data / "frontend.db", MIGRATIONS)
        self._front = FrontEnd(self._store, self._code, self._settings, self._client, self._clock)
        self._front.accounts.prepare_setup()
        self._app = _Application(self._front, self._client, self._portal, tls=self._settings.tls)

    def _sweep(self) -> None:
        """End sessions that are over, also those whose page is silent, with their consoles and streams."""
        while not self._stopping.wait(SWEEP_SECONDS):
            try:
                if self._app:
                    self._app.sweep()
            except NanoError as problem:
                log.warning("sessions that are over could not be removed, trying again: %s", problem)


class _Application:
    """API and files behind the security headers; ends what a session left open when the session ends."""

    def __init__(self, front: FrontEnd, client: Client, portal: Portal, *, tls: bool) -> None:
        self._sessions = front.open_sessions
        self.api: App = serve(
            (*OWN, *forward(FORWARDED, client)),
            front,
            FrontEndIdentify(front.accounts, front.open_sessions),
            error_data="",
            title="Nano portal API",
            version=__version__,
            on_change=_note,
            elsewhere=portal,
        )
        self._guarded = Guarded(self.api, tls=tls)
        front.on_session_end = lambda key, why: self.api.close_where(lambda caller: caller.session == key, why)

    def __call__(self, environ: Any, start_response: Any) -> Any:
        return self._guarded(environ, start_response)

    def sweep(self) -> None:
        """Also closes a stream that was opened in the very moment in which its session ended."""
        self.api.close_where(lambda caller: bool(caller.session) and not self._sessions.has(caller.session), "the session is over")
        self._sessions.sweep()

    def close(self) -> None:
        self.api.close()


def _note(record: Record) -> None:
    """Refused rights and forged requests are worth a line; who failed to sign in is logged where it happens."""
    if record.status == 403:
        user = record.caller.user or "somebody"
        log.warning("refused %s %s to %s from %s: %s", record.method, record.endpoint, user, record.address, record.problem)


def _nothing(_key: str, _why: str) -> None:
    """Before there is an application."""
