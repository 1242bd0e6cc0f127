"""The settings of this host: read, and checked against each other and against the host."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from appliance import checks
from appliance.settings import ApiSettings, CellSettings, DomainSettings, FrontEndSettings, ImageSettings
from nano_runtime import config
from nano_runtime.discovery import Triple
from nano_runtime.interfaces import up_interfaces

if TYPE_CHECKING:
    from collections.abc import Collection

    from nano_runtime.home import Home


class HostSettings(NamedTuple):
    domain: DomainSettings
    api: ApiSettings
    image: ImageSettings
    frontend: FrontEndSettings
    cell: CellSettings

    @property
    def triple(self) -> Triple:
        return Triple(self.domain.domain, self.domain.group_address, self.domain.group_port)


def read(home: Home) -> HostSettings:
    """Raises BadSetting for a file that does not fit its declaration."""
    return HostSettings(
        config.load(home.config / "domain.cfg", DomainSettings),
        config.load(home.config / "api.cfg", ApiSettings),
        config.load(home.config / "image.cfg", ImageSettings),
        config.load(home.config / "frontend.cfg", FrontEndSettings),
        config.load(home.config / "cell.cfg", CellSettings),
    )


def check(home: Home, settings: HostSettings, roles: Collection[str]) -> None:
    """Raises BadSetting for what cannot work here with these roles. Takes no port and changes nothing."""
    addresses = [interface.address for interface in up_interfaces()]
    checks.check_private(home)
    checks.check_domain(settings.domain, addresses, core="core" in roles)
    if "core" in roles:
        checks.check_api(settings.api)
        if settings.image != ImageSettings():  # the default files are made at the first start
            checks.check_image(settings.image, home)
        checks.check_port_free("api.cfg", settings.domain.listen_address, settings.api.port)
    if "frontend" in roles:
        checks.check_frontend(settings.frontend, addresses)
        checks.check_port_free("frontend.cfg", settings.frontend.address, settings.frontend.port)
    if "cell" in roles:
        checks.check_cell(settings.cell)
    if {"core", "frontend"} <= set(roles):
        checks.check_ports(settings.api, settings.frontend)


def first_address() -> str:
    """The address other hosts reach this one by: the first that is not loopback, or else loopback."""
    return up_interfaces()[0].address
