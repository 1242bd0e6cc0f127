"""One process: the roles of this host as plugins of CherryPy's bus, started in order and stopped in reverse."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import cherrypy
from cherrypy.process.plugins import Monitor, SimplePlugin

from appliance import checks, first_run, host_settings
from appliance.cell import membership
from appliance.http import tokens
from appliance.rights import Caller, Right
from appliance.roles import CellRole, CoreRole, FrontEndRole, Role
from nano_runtime import log as logs
from nano_runtime.control import ControlServer
from nano_runtime.daemon import Hold
from nano_runtime.errors import NanoError
from nano_runtime.notify import Notifier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nano_runtime.background import Starting
    from nano_runtime.home import Home

log = logging.getLogger(__name__)

ROLES = ("core", "cell", "frontend")
"""In the order in which they start."""

SWITCH_INTERVAL = 0.0005
"""Seconds between two looks of a busy thread at who else wants the interpreter; keeps light requests quick beside it."""


RELOAD_SECONDS = 12 * 3600


class Node:
    """Reads and checks the settings at once, so that what is wrong with them is said before anything goes into the background."""

    def __init__(self, home: Home, roles: Sequence[str]) -> None:
        """Raises BadSetting. Files that are missing are written first: a fresh home runs with the defaults."""
        first_run.prepare(home, host_settings.first_address())
        self._home = home
        self._names = tuple(roles)
        self._settings = host_settings.read(home)
        host_settings.check(home, self._settings, roles)
        self._bus = cherrypy.engine
        self._plugins: dict[str, RolePlugin] = {}
        self._hold: Hold | None = None
        self._control: ControlServer | None = None
        self._notifier = Notifier(self.status)

    def run(self, *, starting: Starting | None = None, console: bool = False) -> None:
        """Run until stopped. Raises NanoError when a role cannot start, after ending those that had; tells `starting` the outcome."""
        try:
            self._begin(console=console)
        except BaseException as problem:
            self._end()
            if starting:
                starting.failed(f"nano: {problem}")
            raise
        if starting:
            starting.done()
        self._notifier.ready(f"{', '.join(self._names)} {'runs' if len(self._names) == 1 else 'run'}")
        self._bus.block(interval=0.2)
        self._end()

    def status(self) -> dict[str, Any]:
        """What `nano status` shows of each role."""
        return {name: plugin.role.status() for name, plugin in self._plugins.items() if plugin.is_up}

    def stop(self, roles: Sequence[str]) -> None:
        """End some roles, or all, in order; the process ends with its last role."""
        for name in reversed(self._names):
            plugin = self._plugins.get(name)
            if plugin and (not roles or name in roles):
                plugin.stop()
                if self._hold:
                    self._hold.release(name)
        if not any(plugin.is_up for plugin in self._plugins.values()):
            threading.Thread(target=self._bus.exit, name="exit").start()

    def halt(self, roles: Sequence[str]) -> None:
        """End without waiting for requests; guests go on, what was interrupted is taken back or finished at the next start."""
        if roles and set(roles) != {name for name, plugin in self._plugins.items() if plugin.is_up}:
            self.stop(roles)
            return
        if self._hold:
            self._hold.release()
        logging.shutdown()
        os._exit(0)

    def _begin(self, *, console: bool) -> None:
        """Return when every role is ready; raises what the first one that is not has met."""
        self._hold = Hold(self._home, self._names, now=time.time())
        sys.setswitchinterval(SWITCH_INTERVAL)
        logs.set_up(self._home, self._names, console=console)
        self._quieten_bus()
        for name, role in self._make_roles().items():
            self._plugins[name] = RolePlugin(self._bus, self, name, role)
            self._plugins[name].subscribe()
        self._bus.subscribe("stop", self._notifier.stopping, priority=0)
        Monitor(self._bus, self._reload, frequency=RELOAD_SECONDS, name="certificates").subscribe()
        self._bus.signal_handler.subscribe()
        self._control = ControlServer(self._home.run, self)
        self._control.start()
        self._bus.start()
        for plugin in self._plugins.values():
            if plugin.problem:
                raise plugin.problem

    def _make_roles(self) -> dict[str, Role]:
        roles: dict[str, Role] = {}
        core = CoreRole(self._home, self._settings, self._bus) if "core" in self._names else None
        if core:
            roles["core"] = core
        if "cell" in self._names:
            roles["cell"] = CellRole(self._home, self._settings, core)
        if "frontend" in self._names:
            roles["frontend"] = FrontEndRole(self._home, self._settings, self._bus, core)
        return roles

    def _reload(self) -> None:
        """Certificates are renewed long before they expire; a port shows the new one from here on."""
        self._bus.publish("graceful")

    def _end(self) -> None:
        """Content with whatever has begun."""
        with suppress(Exception):  # the problem that ended the start is the one to tell
            self._bus.exit()
        if self._control:
            self._control.stop()
        if self._hold:
            self._hold.release()

    def _quieten_bus(self) -> None:
        """The bus brings a web server and a code reloader of its own, and writes its log to stderr."""
        cherrypy.server.unsubscribe()
        self._bus.autoreload.unsubscribe()
        cherrypy.config.update({"log.screen": False, "log.access_file": "", "log.error_file": ""})
        self._bus.subscribe("log", _log)
        logging.getLogger("cherrypy.error").setLevel(logging.WARNING)  # a child that sets a level of its own

    @property
    def failed(self) -> bool:
        return any(plugin.problem for plugin in self._plugins.values())


class RolePlugin(SimplePlugin):  # type: ignore[misc]  # cherrypy has no types
    """A role on the bus. A failing start is kept, because the bus would end the process before anybody is told."""

    def __init__(self, bus: Any, node: Node, name: str, role: Role) -> None:
        super().__init__(bus)
        self.role = role
        self.is_up = False
        self.problem: NanoError | None = None
        self._node = node
        self._name = name
        place = ROLES.index(name)
        self._lock = threading.Lock()
        self._priorities = {"start": 40 + place, "stop": 60 - place}

    def subscribe(self) -> None:
        for channel, priority in self._priorities.items():
            self.bus.subscribe(channel, getattr(self, channel), priority=priority)
        self.bus.subscribe("graceful", self.role.reload)

    def start(self) -> None:
        if self._node.failed:
            return
        try:
            self.role.start()
            self.is_up = True
        except NanoError as problem:
            self.problem = problem
        except Exception as problem:
            log.exception("%s could not start", self._name)
            self.problem = NanoError(f"{self._name} could not start: {problem}", hint=f"see log/{self._name}.log")

    def stop(self) -> None:
        with self._lock:
            if not self.is_up and not self.problem:
                return
            self.is_up = False
            try:
                self.role.stop()
            except Exception:
                log.exception("%s did not end in order", self._name)


def roles_of_host(home: Home) -> tuple[str, ...]:
    """All three, or the Cell alone on a host that joined the Core of another one."""
    joined_elsewhere = membership.has_identity(home) and not (home.cert / "nano_ca.key.pem").exists()
    return ("cell",) if joined_elsewhere else ROLES


def join_domain(home: Home, token: str) -> str:
    """Enrol this host's Cell with a join token; answers the name it got. Raises Forbidden for a token that is not good."""
    home.create()
    settings = host_settings.read(home)
    membership.join(home, settings.triple, known=settings.domain.core_address, token=token)
    return membership.identity_of(home).role.name


def make_token(home: Home, *, user: str, group: str, minutes: int) -> str:
    """A bearer token with every right, signed with this host's first credential. Raises BadSetting where there is none."""
    settings = host_settings.read(home)
    checks.check_private(home)
    checks.check_api(settings.api)
    caller = Caller(user=user, group=group, rights=frozenset(Right))
    return tokens.mint(settings.api.credentials[0], caller, minutes * 60, time.time())


def _log(msg: str, level: int = logging.INFO) -> None:
    if level >= logging.WARNING:
        log.log(level, "%s", msg)
