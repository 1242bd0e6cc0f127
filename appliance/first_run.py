"""Write the configuration files that are missing, so that a fresh home can start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appliance.settings import ApiSettings, CellSettings, Credential, DomainSettings, FrontEndSettings, ImageSettings
from nano_runtime import config, secrets

if TYPE_CHECKING:
    from pathlib import Path

    from msgspec import Struct

    from nano_runtime.home import Home

CREDENTIAL_ID = "portal"


def prepare(home: Home, listen_address: str) -> list[Path]:
    """Make the folders and the missing files of a home; what is there is left alone. Answers what was written.

    The portal's credential is made once: api.cfg and frontend.cfg get the same id and key.
    """
    home.create()
    credential = _credential(home)
    defaults: dict[str, Struct] = {
        "domain.cfg": DomainSettings(listen_address=listen_address),
        "api.cfg": ApiSettings(credentials=[credential]),
        "image.cfg": ImageSettings(),
        "frontend.cfg": FrontEndSettings(api_id=credential.id, api_key=credential.key),
        "cell.cfg": CellSettings(),
    }
    missing = [home.config / name for name in defaults if not (home.config / name).exists()]
    for path in missing:
        config.save(path, defaults[path.name])
    return missing


def _credential(home: Home) -> Credential:
    """The one that is in use already, or a new one."""
    api = config.load(home.config / "api.cfg", ApiSettings)
    if api.credentials:
        return api.credentials[0]
    portal = config.load(home.config / "frontend.cfg", FrontEndSettings)
    if portal.api_id and portal.api_key:
        return Credential(id=portal.api_id, key=portal.api_key)
    return Credential(id=CREDENTIAL_ID, key=secrets.token())
