"""Check settings against each other and against this host; each value by itself is checked by its declaration.

Addresses of the host come in as an argument, so that the rules can be told without one.
"""

from __future__ import annotations

import errno
import ipaddress
import re
import socket
from pathlib import Path
from typing import TYPE_CHECKING

from appliance.settings import (
    PLACEHOLDER_ID,
    PLACEHOLDER_KEY,
    ApiSettings,
    CellSettings,
    DomainSettings,
    FrontEndSettings,
    ImageSettings,
)
from nano_runtime.config import require_private
from nano_runtime.errors import BadSetting

if TYPE_CHECKING:
    from collections.abc import Collection

    from nano_runtime.home import Home

SECRET_FILES = ("api.cfg", "frontend.cfg")
GROUPS = ipaddress.IPv4Network("224.0.0.0/24")
"""The local network control block (RFC 5771): routers never forward it, so a domain ends with its LAN."""

_HOST_NAME = re.compile(r"(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*")


def check_domain(settings: DomainSettings, addresses: Collection[str], *, core: bool) -> None:
    """Raises BadSetting unless these fit this host. `addresses` are its IPv4 addresses, `core` says whether Core runs here."""
    group = _address(settings.group_address)
    if group is None or group not in GROUPS:
        _refuse("domain.cfg", "group_address", "an address within 224.0.0.0-224.0.0.255", settings.group_address)
    if core and not settings.listen_address:
        hint = f"set it to one of: {', '.join(addresses) or 'no address found'}"
        raise BadSetting("listen_address is missing in config/domain.cfg, and Core runs here", hint=hint, field="listen_address")
    if settings.listen_address and settings.listen_address not in addresses:
        _refuse("domain.cfg", "listen_address", "an IPv4 address of this host", settings.listen_address, addresses)
    if settings.core_address:
        _check_host("domain.cfg", "core_address", settings.core_address)


def check_api(settings: ApiSettings) -> None:
    """Raises BadSetting where nobody could sign a request, or anybody could."""
    if not settings.credentials:
        raise BadSetting("config/api.cfg has no credentials", hint="remove the file to get new ones", field="credentials")
    for place, credential in enumerate(settings.credentials):
        _check_credential("api.cfg", f"credentials[{place}]", credential.id, credential.key)
    ids = [credential.id for credential in settings.credentials]
    twice = next((name for name in ids if ids.count(name) > 1), None)
    if twice is not None:
        raise BadSetting(f"credential {twice!r} is in config/api.cfg twice", hint="give each program an id of its own", field="credentials")


def check_private(home: Home) -> None:
    """Raises BadSetting if others may read a configuration file that holds keys."""
    for name in SECRET_FILES:
        if (home.config / name).exists():
            require_private(home.config / name)


def check_image(settings: ImageSettings, home: Home) -> None:
    """Raises BadSetting where a TLS file of the image service is missing, or others may read its key."""
    certificate = home.path / settings.cert_file
    if not certificate.is_file():
        raise BadSetting(f"cert_file of config/image.cfg does not exist: {certificate}", hint="correct the path", field="cert_file")
    require_private(home.path / settings.key_file)


def check_frontend(settings: FrontEndSettings, addresses: Collection[str]) -> None:
    """Raises BadSetting unless the portal can listen here and sign its requests to Core."""
    if settings.address not in {"0.0.0.0", *addresses}:
        _refuse("frontend.cfg", "address", "0.0.0.0 or an IPv4 address of this host", settings.address, addresses)
    if settings.service_host:
        _check_host("frontend.cfg", "service_host", settings.service_host)
    if bool(settings.api_id) != bool(settings.api_key):
        missing = "api_key" if settings.api_id else "api_id"
        raise BadSetting(f"{missing} is missing in config/frontend.cfg", hint="copy id and key from config/api.cfg of Core", field=missing)
    if settings.service_host and not settings.api_id:
        hint = "copy id and key from config/api.cfg of Core"
        raise BadSetting("api_id is missing in config/frontend.cfg, and Core is on another host", hint=hint, field="api_id")
    _check_credential("frontend.cfg", "", settings.api_id, settings.api_key)


def check_cell(settings: CellSettings) -> None:
    """Raises BadSetting where guests would land in a folder that depends on where the program was started."""
    if settings.storage and not Path(settings.storage).is_absolute():
        _refuse("cell.cfg", "storage", "an absolute path", settings.storage)


def check_ports(api: ApiSettings, frontend: FrontEndSettings) -> None:
    """Raises BadSetting where one host is to run both and they want the same port."""
    if api.port == frontend.port:
        message = f"port {api.port} is set in both config/api.cfg and config/frontend.cfg"
        raise BadSetting(message, hint="change one of them", field="port")


def check_port_free(file: str, address: str, port: int) -> None:
    """Raises BadSetting if another program listens on this TCP port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # connections that are closing do not count
        try:
            probe.bind((address, port))
        except OSError as problem:
            if problem.errno == errno.EADDRINUSE:
                hint = f"see who has it with: ss -tlnp sport = :{port}; or set another port"
                raise BadSetting(f"port {port} of config/{file} is taken by another program", hint=hint, field="port") from problem
            reason = problem.strerror or str(problem)
            message = f"port {port} of config/{file} cannot be used on {address}: {reason}"
            raise BadSetting(message, hint="set another port or address", field="port") from problem


def _check_credential(file: str, place: str, name: str, key: str) -> None:
    if name == PLACEHOLDER_ID or key == PLACEHOLDER_KEY:
        message = f"{place or 'api_key'} in config/{file} is the published placeholder, which everybody knows"
        raise BadSetting(message, hint="set a key of your own; at least 32 random characters", field=place or "api_key")


def _check_host(file: str, field: str, value: str) -> None:
    digits = value.replace(".", "").isdigit()  # 10.0.0.300 is no host name either
    if _address(value) is None and (digits or not _HOST_NAME.fullmatch(value)):
        _refuse(file, field, "an IPv4 address or a host name", value)


def _address(text: str) -> ipaddress.IPv4Address | None:
    try:
        return ipaddress.IPv4Address(text)
    except ValueError:
        return None


def _refuse(file: str, field: str, rule: str, value: str, known: Collection[str] = ()) -> None:
    hint = f"this host has: {', '.join(known)}" if known else f"edit config/{file}"
    raise BadSetting(f"{field} in config/{file} must be {rule}, not {value!r}", hint=hint, field=field)
