"""The portal's service: accounts, sessions and consoles of its own, everything else from Core."""

from __future__ import annotations

import logging
import sys
import threading
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from appliance import __version__
from appliance.frontend.account import differs, lost
from appliance.frontend.api import FORWARDED, OWN
from appliance.frontend.audit import AuditLog
from appliance.frontend.core_link import CoreLink
from appliance.frontend.front_end import FrontEnd
from appliance.frontend.headers import Guarded
from appliance.frontend.identify import FrontEndIdentify
from appliance.frontend.live_settings import LiveSettings
from appliance.frontend.personal import without_tokens
from appliance.frontend.schema import MIGRATIONS
from appliance.frontend.searches import narrowed
from appliance.frontend.setup_code import SetupCode
from appliance.frontend.static import Portal
from appliance.frontend.trust import Authority
from appliance.http.client import Client, forward
from appliance.http.serve import App, serve
from nano_runtime.errors import NanoError, Unavailable
from nano_runtime.home import CHECKOUT
from nano_runtime.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from appliance.http.serve import Record
    from appliance.settings import FrontEndSettings
    from nano_runtime.home import Home

log = logging.getLogger(__name__)

SWEEP_SECONDS = 10.0
PORTAL = Path(sys.executable).resolve().parent / "webui" if getattr(sys, "frozen", False) else CHECKOUT / "webui" / "dist"
"""Where the built portal lies: beside the frozen program, else in the checkout."""


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
        self._audit: AuditLog | None = None
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
        for store in (self._store, self._audit):
            if store:
                store.close()
        self._sweeper = self._app = self._front = self._store = self._audit = None

    def app(self) -> _Application:
        """The WSGI application of the portal's port, between start and stop."""
        if self._app is None:
            raise RuntimeError("the portal has no application before it is started")
        return self._app

    def setup_code(self) -> str:
        """The code that the first visitor needs; "" once the portal is set up."""
        return self._code.read()

    def local_token(self, who: str) -> tuple[str, str]:
        """User and one-time token with which somebody of this host may sign in. Raises Conflict before the set-up."""
        if self._front is None:
            raise Unavailable("the portal is not started")
        return self._front.local_login.issue(who)

    def heard(self, record: Record) -> None:
        """What somebody did or was refused at the API of Core, for the audit log."""
        front = self._front
        if front:
            front.trail.heard(record)

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
            "problem": self._front.trail.problem,
        }

    def _open(self) -> None:
        self._store = Store(self._home.data / "frontend.db", MIGRATIONS)
        self._audit = AuditLog(self._home, self._clock)
        settings = LiveSettings(self._home.config / "frontend.cfg", self._settings)
        self._front = FrontEnd(self._store, self._audit, self._code, settings, self._client, Authority(self._home.cert), self._clock)
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
        self._front = front
        forwarded = front.names.before_change(narrowed(forward(FORWARDED, client), front.is_old_program))
        self.api: App = serve(
            without_tokens((*OWN, *forwarded)),
            front,
            FrontEndIdentify(front.accounts, front.open_sessions, front.api_tokens),
            error_data="",
            title="Nano portal API",
            version=__version__,
            on_change=front.trail.heard,
            elsewhere=portal,
        )
        self._guarded = Guarded(self.api, tls=tls)
        front.on_session_end = lambda key, why: self.api.close_where(lambda caller: caller.session == key, why)
        front.changes.on_change = self._take_up_rights

    def __call__(self, environ: Any, start_response: Any) -> Any:
        return self._guarded(environ, start_response)

    def sweep(self) -> None:
        """Also closes a stream that was opened in the very moment in which its session ended."""
        self.api.close_where(lambda caller: bool(caller.session) and not self._front.alive(caller.session), "the session is over")
        self._front.sweep()

    def close(self) -> None:
        self.api.close()

    def _take_up_rights(self) -> None:
        """Streams decide by the rights they were opened with, so those of another day end; their pages open them anew."""
        now = cache(self._front.accounts.find)
        self.api.streams.close_where(lambda caller: bool(caller.user) and differs(caller, now(caller.user)))
        self.api.sockets.close_where(lambda caller: bool(caller.user) and lost(caller, now(caller.user)), "your rights changed")
