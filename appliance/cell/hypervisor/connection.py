"""The only place that speaks to libvirt: one connection that comes back by itself, calls that end in time, errors of ours."""

from __future__ import annotations

import logging
import os
import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

import libvirt

from appliance.cell.hypervisor.domain import domain_name
from appliance.cell.hypervisor.patience import Patience
from appliance.cell.hypervisor.states import ACTIVE, Sight, sight
from nano_runtime.errors import Conflict, NanoError, NotFound, TimedOut, TooLarge, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

Result = TypeVar("Result")

KEEP_ALIVE = (3, 3)
"""Seconds between questions, unanswered questions until the connection is closed."""

RETRY = (0.1, 1.0)
"""Seconds between attempts to open: the first and the longest pause."""

PICTURE_LIMIT = 64 << 20
"""Bytes of a screen, uncompressed: 5120x4096 in three colours."""

_events_started = threading.Lock()


class Connection:
    """libvirt on this host. Every call raises Unavailable while it does not answer, TimedOut when a call takes too long.

    `on_up` runs in the connection's own thread after each opening, before calls of others are of use; `on_down` when
    it was lost; `on_change` with the UUID of a domain, in libvirt's event thread: it must be quick and call nothing here.
    """

    def __init__(
        self, uri: str, *, on_up: Callable[[], None], on_down: Callable[[str], None], on_change: Callable[[str, str], None]
    ) -> None:
        self._uri = uri
        self._on_up, self._on_down, self._on_change = on_up, on_down, on_change
        self._patience = Patience("libvirt", threads=24)
        self._connection: libvirt.virConnect | None = None
        self._lost = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._stay_connected, name="libvirt-connection", daemon=True)

    def start(self) -> None:
        _start_events()
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._lost.set()
        self._thread.join(5)

    def _stay_connected(self) -> None:
        pause = RETRY[0]
        while not self._stopping.is_set():
            self._lost.clear()
            try:
                self._patience.call(self._open, seconds=10, what=f"opening {self._uri}")
                pause = RETRY[0]
                self._on_up()
                self._wait_for_the_end()
            except NanoError as problem:
                self._on_down(str(problem))
            except Exception:
                log.exception("libvirt came up, but the cell did not")
                self._on_down("the cell cannot use libvirt; its log says why")
            self._close()
            self._stopping.wait(pause)
            pause = min(pause * 1.5, RETRY[1])

    def _open(self) -> None:
        try:
            connection = libvirt.open(self._uri)
            connection.registerCloseCallback(self._closed, None)
            connection.setKeepAlive(*KEEP_ALIVE)
            connection.domainEventRegisterAny(None, libvirt.VIR_DOMAIN_EVENT_ID_LIFECYCLE, self._lifecycle, None)
            connection.domainEventRegisterAny(None, libvirt.VIR_DOMAIN_EVENT_ID_REBOOT, self._rebooted, None)
        except libvirt.libvirtError as problem:
            raise _translated(problem) from problem
        self._connection = connection

    def _wait_for_the_end(self) -> None:
        while not self._lost.wait(5):
            if self._connection is None or not self._connection.isAlive():
                break
        if not self._stopping.is_set():
            self._on_down(_gone(""))

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(libvirt.libvirtError, TimedOut):
                self._patience.call(connection.close, seconds=5, what="closing libvirt")

    def _closed(self, _: object, reason: int, __: object) -> None:
        log.warning("libvirt closed the connection (reason %d)", reason)
        self._lost.set()

    def _lifecycle(self, _: object, domain: libvirt.virDomain, event: int, *__: object) -> None:
        if event != libvirt.VIR_DOMAIN_EVENT_DEFINED:  # that is ours to tell
            self._on_change(domain.UUIDString(), "")

    def _rebooted(self, _: object, domain: libvirt.virDomain, __: object) -> None:
        self._on_change(domain.UUIDString(), "rebooted")

    def _ask(self, what: str, function: Callable[[libvirt.virConnect], Result], *, seconds: float = 10) -> Result:
        """Run `function` on the connection, bounded, with errors of ours. `what` names the call in messages."""
        connection = self._connection
        if connection is None:
            raise Unavailable(_gone(what), hint="start libvirt; the cell comes back by itself")
        try:
            return self._patience.call(lambda: function(connection), seconds=seconds, what=f"libvirt: {what}")
        except libvirt.libvirtError as problem:
            raise _translated(problem, what) from problem

    def with_domain(self, what: str, domain: str, function: Callable[[libvirt.virDomain], Result], *, seconds: float = 10) -> Result:
        """The same on a domain of ours. One of somebody else is NotFound, even if it has the UUID of a guest."""

        def run(connection: libvirt.virConnect) -> Result:
            found = connection.lookupByUUIDString(domain)
            if found.name() != domain_name(domain):
                raise NotFound(f"libvirt's domain {domain} is called {found.name()!r}, so it is not ours")
            return function(found)

        return self._ask(what, run, seconds=seconds)

    def domain_capabilities(self, kind: str) -> str:
        """XML of what `kind` ("kvm" or "qemu") offers on a q35 machine. Raises when this host cannot run it."""
        return self._ask("domain capabilities", lambda connection: str(connection.getDomainCapabilities(None, "x86_64", "q35", kind)))

    def capabilities(self) -> str:
        return self._ask("capabilities", lambda connection: str(connection.getCapabilities()))

    def network_is_active(self, name: str) -> bool:
        return self._ask("networks", lambda connection: name in connection.listNetworks())

    def exists(self, domain: str) -> bool:
        try:
            self.with_domain("look-up", domain, lambda _: None)
        except NotFound:
            return False
        return True

    def is_active(self, domain: str) -> bool:
        return self.with_domain("state", domain, lambda found: bool(found.isActive()))

    def define(self, xml: str, *, auto_start: bool) -> None:
        """Define a domain, or define it anew under the same UUID."""

        def define(connection: libvirt.virConnect) -> None:
            domain = connection.defineXML(xml)
            if auto_start:
                domain.setAutostart(True)

        self._ask("define", define, seconds=60)

    def undefine(self, domain: str) -> None:
        """Forget a domain with its NVRAM, saved state, snapshots and checkpoints; content if there is none."""
        flags = (
            libvirt.VIR_DOMAIN_UNDEFINE_MANAGED_SAVE
            | libvirt.VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA
            | libvirt.VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA
            | libvirt.VIR_DOMAIN_UNDEFINE_NVRAM
        )
        with suppress(NotFound):
            self.with_domain("undefine", domain, lambda found: found.undefineFlags(flags), seconds=60)

    def start_domain(self, domain: str) -> None:
        """Conflict if it runs already."""
        self.with_domain("start", domain, lambda found: found.create(), seconds=60)

    def power_off(self, domain: str) -> None:
        """Pull the plug; content if it is off or there is none."""
        try:
            self.with_domain("power off", domain, lambda found: found.destroy(), seconds=30)
        except NotFound:
            return
        except Conflict:
            if self.sight(domain).state != "stopped":
                raise

    def press_power_button(self, domain: str) -> None:
        self.with_domain("shut down", domain, lambda found: found.shutdownFlags(libvirt.VIR_DOMAIN_SHUTDOWN_ACPI_POWER_BTN))

    def reboot(self, domain: str) -> None:
        """Press the power button, and start the domain anew once the guest has shut down."""
        self.with_domain("reboot", domain, lambda found: found.reboot(libvirt.VIR_DOMAIN_REBOOT_ACPI_POWER_BTN))

    def reset(self, domain: str) -> None:
        self.with_domain("reset", domain, lambda found: found.reset())

    def sight(self, domain: str) -> Sight:
        """The state of a domain now, and what it runs with. NotFound if there is none."""

        def look(found: libvirt.virDomain) -> Sight:
            seen = sight(*found.state())
            if seen.state not in ACTIVE:
                return seen
            _, memory, _, cores, _ = found.info()
            return seen._replace(cores=cores, memory=memory << 10)

        return self.with_domain("state", domain, look)

    def sights(self) -> dict[str, Sight]:
        """The state of every domain of this libvirt, ours or not, in one call."""
        groups = libvirt.VIR_DOMAIN_STATS_STATE | libvirt.VIR_DOMAIN_STATS_VCPU | libvirt.VIR_DOMAIN_STATS_BALLOON
        return {domain: _sight_of(found) for domain, found in self._all_stats(groups).items()}

    def figures(self) -> dict[str, dict[str, Any]]:
        """Counters of every running domain in one call (virConnectGetAllDomainStats); a busy one answers less, not later."""
        groups = ("STATE", "CPU_TOTAL", "BALLOON", "INTERFACE", "BLOCK")
        return self._all_stats(sum(getattr(libvirt, f"VIR_DOMAIN_STATS_{group}") for group in groups))

    def _all_stats(self, groups: int) -> dict[str, dict[str, Any]]:
        def ask(connection: libvirt.virConnect) -> dict[str, dict[str, Any]]:
            found = connection.getAllDomainStats(groups, libvirt.VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT)
            return {domain.UUIDString(): figures for domain, figures in found}

        return self._ask("figures", ask)

    def describe(self, domain: str) -> str:
        """The XML of a domain as it is now."""
        return self.with_domain("describe", domain, lambda found: str(found.XMLDesc(0)))

    def open_display(self, domain: str) -> socket.socket:
        """A stream that speaks RFB with the display; nobody asks for a password, because nobody else can have it."""
        flags = libvirt.VIR_DOMAIN_OPEN_GRAPHICS_SKIPAUTH
        return socket.socket(fileno=self.with_domain("open display", domain, lambda found: found.openGraphicsFD(0, flags)))

    def picture(self, domain: str) -> bytes:
        """The screen as libvirt gives it: PPM, or PNG from a newer QEMU. TooLarge above 64 MiB."""

        def take(connection: libvirt.virConnect) -> bytes:
            stream = connection.newStream(0)
            connection.lookupByUUIDString(domain).screenshot(stream, 0)
            content = bytearray()
            while part := stream.recv(256 << 10):
                content += part
                if len(content) > PICTURE_LIMIT:
                    stream.abort()
                    raise TooLarge(f"the screen of {domain} is larger than {PICTURE_LIMIT >> 20} MiB")
            stream.finish()
            return bytes(content)

        return self._ask("picture", take, seconds=15)


def _sight_of(figures: dict[str, Any]) -> Sight:
    seen = sight(figures.get("state.state", -1), figures.get("state.reason", 0))
    if seen.state not in ACTIVE:
        return seen
    return seen._replace(cores=figures.get("vcpu.current", 0), memory=figures.get("balloon.maximum", 0) << 10)


def _start_events() -> None:
    """One event loop for the whole process; it must be registered before anything is opened."""
    if not _events_started.acquire(blocking=False):
        return
    libvirt.registerErrorHandler(lambda _, __: None, None)
    libvirt.virEventRegisterDefaultImpl()
    threading.Thread(target=_run_events, name="libvirt-events", daemon=True).start()


def _run_events() -> None:
    _keep_awake()
    while True:
        try:
            libvirt.virEventRunDefaultImpl()
        except libvirt.libvirtError as problem:
            log.warning("libvirt's event loop stumbled: %s", problem)


def _keep_awake() -> None:
    """An event loop without anything to watch would return at once and spin."""
    reader, _writer = os.pipe()
    libvirt.virEventAddHandle(reader, libvirt.VIR_EVENT_HANDLE_READABLE, lambda *_: None, _writer)


_KINDS: dict[int, type[NanoError]] = {
    libvirt.VIR_ERR_NO_DOMAIN: NotFound,
    libvirt.VIR_ERR_OPERATION_INVALID: Conflict,
    libvirt.VIR_ERR_OPERATION_TIMEOUT: TimedOut,
    libvirt.VIR_ERR_DOM_EXIST: Conflict,
    libvirt.VIR_ERR_AGENT_UNRESPONSIVE: Conflict,
    libvirt.VIR_ERR_AGENT_UNSYNCED: Conflict,
    libvirt.VIR_ERR_RPC: Unavailable,
    libvirt.VIR_ERR_NO_CONNECT: Unavailable,
    libvirt.VIR_ERR_INVALID_CONN: Unavailable,
    libvirt.VIR_ERR_AUTH_FAILED: Unavailable,
}
_CLOSED = ("client socket is closed", "Cannot recv data", "Cannot write data", "End of file while reading data", "connection closed")


def _translated(problem: libvirt.libvirtError, what: str = "") -> NanoError:
    """Our error for libvirt's; its own text stays, because only it names the cause."""
    text = (problem.get_error_message() or str(problem)).strip()
    remote = problem.get_error_domain() in (libvirt.VIR_FROM_RPC, libvirt.VIR_FROM_REMOTE)
    if (not what) or any(words in text for words in _CLOSED) or (remote and problem.get_error_code() == libvirt.VIR_ERR_SYSTEM_ERROR):
        return Unavailable(f"{_gone(what)}: {text}", hint="start libvirt; the cell comes back by itself")
    kind = Conflict if "is already defined" in text else _KINDS.get(problem.get_error_code(), NanoError)
    return kind(f"libvirt could not {what}: {text}")


def _gone(what: str) -> str:
    return f"libvirt on this host does not answer ({what})" if what else "libvirt on this host does not answer"
