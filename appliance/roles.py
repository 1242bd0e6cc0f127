"""The three roles, each put together from its service, its port and its certificates.

A role knows nothing of the process around it: appliance/node.py starts them in order, on one bus.
"""

from __future__ import annotations

import logging
from functools import partial
from ipaddress import ip_network
from typing import TYPE_CHECKING, Any, Protocol

from appliance import __version__
from appliance.cell.membership import ROLE as CELL
from appliance.cell.membership import Membership, host_name, key_of
from appliance.cell.service import CellService, storage_of
from appliance.core.api import ENDPOINTS
from appliance.core.service import CoreService
from appliance.frontend.service import FrontEndService
from appliance.host_certificates import image_identity, portal_identity
from appliance.http.client import Client
from appliance.http.identify import CoreIdentify
from appliance.http.serve import Record, serve
from appliance.http.server import HttpsServer
from appliance.http.transports import DirectTransport, HttpTransport
from appliance.settings import Credential, ImageSettings
from nano_runtime.certificates import AUTHORITY, Authority, Identity, request
from nano_runtime.door import Door
from nano_runtime.errors import BadSetting
from nano_runtime.messages import Dispatcher
from nano_runtime.pem_files import read_text
from nano_runtime.tls import client_context, server_context

if TYPE_CHECKING:
    from collections.abc import Callable

    from appliance.core.image_download import Network
    from appliance.host_settings import HostSettings
    from nano_runtime.home import Home


log = logging.getLogger("appliance.core.api")

GROUP = "nano"
"""Of this host: its members may open the portal without a password (packaging/nano/nano-sysusers.conf)."""


class Role(Protocol):
    """One service of this process."""

    def start(self) -> None:
        """Return when it is ready. Raises NanoError when it cannot be."""
        ...

    def stop(self) -> None:
        """Finish what is under way, bounded in time; content if it never started."""
        ...

    def reload(self) -> None:
        """Use the certificates as they are now."""
        ...

    def status(self) -> dict[str, Any]: ...


class CoreRole:
    """Core, and the REST API in front of it."""

    def __init__(self, home: Home, settings: HostSettings, bus: Any) -> None:
        self._home = home
        self._settings = settings
        self._bus = bus
        self._port: HttpsServer | None = None
        self._images: HttpsServer | None = None
        self.audit: Callable[[Record], None] = _nothing
        self.service = CoreService(
            home, settings.domain, settings.api, image_folder=storage_of(home, settings.cell) / "store", fetch_from=networks(settings.image)
        )

    def start(self) -> None:
        self.service.start()
        self._start_images()
        api = self._settings.api
        identify = CoreIdentify(api.credentials, trust_network=not api.tls)
        app = serve(
            ENDPOINTS, self.service.core, identify, error_data={}, title="Nano Core API", version=__version__, on_change=self._heard
        )
        secure = (lambda: server_context(self.service.identity)) if api.tls else None
        self._port = HttpsServer(self._bus, self._settings.domain.listen_address, api.port, app, secure)
        self._port.start()

    def stop(self) -> None:
        for port in (self._port, self._images):
            if port:
                port.stop()
        self.service.stop()

    def reload(self) -> None:
        for port in (self._port, self._images):
            if port:
                port.reload()
        self._announce_images()  # with a new certificate comes a new key

    def status(self) -> dict[str, Any]:
        images = {"image_port": self._images.port} if self._images else {}
        return {"port": self._settings.api.port} | images | self.service.status()

    def _heard(self, record: Record) -> None:
        _tell(record)
        self.audit(record)

    def _start_images(self) -> None:
        """On a port that the kernel chooses; the cells are told, and let in with their certificates."""
        core = self.service.core
        context = partial(server_context, require_client=True)
        self._images = HttpsServer(
            self._bus, self._settings.domain.listen_address, 0, core.image_service, lambda: context(self._image_identity()), threads=8
        )
        self._images.start()
        self._announce_images()

    def _announce_images(self) -> None:
        if self._images:
            self.service.core.announce_images(self._images.port, self._image_identity().fingerprint)

    def _image_identity(self) -> Identity:
        authority, files = self.service.authority, self._settings.image
        own = ImageSettings()
        if (files.cert_file, files.key_file) == (own.cert_file, own.key_file):
            return image_identity(self._home.cert, self._settings.domain.domain, authority)
        key, certificate = (read_text(self._home.path / file) for file in (files.key_file, files.cert_file))
        return Identity(key, certificate, authority.certificate_pem)


def _nothing(_record: Record) -> None:
    """Where no portal runs in this process, there is no audit log."""


def networks(settings: ImageSettings) -> list[Network]:
    """Raises BadSetting for a text that is none."""
    found: list[Network] = []
    for text in settings.fetch_from:
        try:
            found.append(ip_network(text))
        except ValueError as problem:
            raise BadSetting(f"{text!r} is no network: {problem}", hint="write it as 10.0.0.0/8", field="fetch_from") from problem
    return found


def _tell(record: Record) -> None:
    """Every change and every refusal leaves a line; a portal in the same process puts it into the audit log, too."""
    who = record.caller.user or ("a program" if record.caller.rights else "nobody")
    objects = " ".join(f"{name}={value!r}" for name, value in record.places.items())
    result = record.problem or "done"
    log.info("%s by %s from %s (%s): %d %s", record.endpoint, who, record.address, objects, record.status, result)


class CellRole:
    """The Cell, and its membership in the domain. `core` is Core of the same process, which needs no approval."""

    def __init__(self, home: Home, settings: HostSettings, core: CoreRole | None) -> None:
        self._home = home
        self._core = core
        dispatcher = Dispatcher()
        self._membership = Membership(home, settings.triple, dispatcher, known=settings.domain.core_address)
        self._service = CellService(home, settings.cell, host_name(), dispatcher, self._membership.tell, identity=self._membership.identity)

    def start(self) -> None:
        if self._core:
            self._enrol_here(self._core.service)
        self._service.start()
        self._membership.start()

    def stop(self) -> None:
        self._membership.stop()
        self._service.stop()

    def reload(self) -> None:
        return

    def status(self) -> dict[str, Any]:
        return self._membership.status() | self._service.status()

    def _enrol_here(self, core: CoreService) -> None:
        """Whoever runs both services in one process is the administrator of both."""
        key = key_of(self._home)
        certificate = core.core.cells.approve_local(request(key, host_name()), host_name())
        Identity(key, certificate, core.authority.certificate_pem).save(self._home.cert, CELL)


class FrontEndRole:
    """The portal. It reaches Core directly where that runs in the same process, else over HTTPS with its credential."""

    def __init__(self, home: Home, settings: HostSettings, bus: Any, core: CoreRole | None) -> None:
        self._home = home
        self._settings = settings
        self._bus = bus
        self._core = core
        self._port: HttpsServer | None = None
        self._service: FrontEndService | None = None
        self._fingerprint = ""
        self._door = Door(home.door, GROUP, self._welcome)

    def start(self) -> None:
        client = Client(self._direct(self._core) if self._core else self._remote())
        self._service = FrontEndService(self._home, self._settings.frontend, client)
        self._service.start()
        if self._core:
            self._core.audit = self._service.heard
        front = self._settings.frontend
        self._port = HttpsServer(self._bus, front.address, front.port, self._service.app(), self._context if front.tls else None)
        self._port.start()
        if front.tls:
            self._door.open()

    def stop(self) -> None:
        self._door.close()
        if self._core:
            self._core.audit = _nothing
        if self._port:
            self._port.stop()
        if self._service:
            self._service.stop()

    def reload(self) -> None:
        if self._port:
            self._port.reload()

    def status(self) -> dict[str, Any]:
        facts = self._service.status() if self._service else {}
        return {"port": self._settings.frontend.port, "core": "this process" if self._core else self._address()} | facts

    def _context(self) -> Any:
        cert = self._home.cert
        authority = Authority.load(cert) if (cert / f"{AUTHORITY}.key.pem").exists() else None
        identity = portal_identity(cert, self._settings.domain.domain, authority)
        self._fingerprint = identity.fingerprint
        return server_context(identity)

    def _welcome(self, wanted: str, who: str) -> dict[str, Any]:
        """Where the portal is and what it is known by; with a `token`, a way in."""
        front = self._settings.frontend
        address = "127.0.0.1" if front.address == "0.0.0.0" else front.address
        facts: dict[str, Any] = {"address": address, "port": front.port, "fingerprint": self._fingerprint}
        if wanted == "token" and self._service:
            facts["user"], facts["token"] = self._service.local_token(who)
        return facts

    def _direct(self, core: CoreRole) -> DirectTransport:
        return DirectTransport(ENDPOINTS, core.service.core)

    def _remote(self) -> HttpTransport:
        front = self._settings.frontend
        authority = self._home.cert / f"{AUTHORITY}.crt.pem"
        if not authority.exists():
            hint = "copy cert/nano_ca.crt.pem from the host of Core"
            raise BadSetting(f"{authority} is missing, so the portal cannot know its Core", hint=hint)
        trust = partial(client_context, read_text(authority), domain=self._settings.domain.domain, role="core")
        return HttpTransport(ENDPOINTS, self._address(), Credential(id=front.api_id, key=front.api_key), trust())

    def _address(self) -> str:
        front = self._settings.frontend
        host = front.service_host or self._settings.domain.core_address or self._settings.domain.listen_address
        return f"https://{host}:{front.service_port}"
