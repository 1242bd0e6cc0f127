"""The settings files that the answers lead to. A value that the administrator set by hand and no question asks for stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec import Struct, structs

from appliance.settings import ApiSettings, CellSettings, Credential, DomainSettings, FrontEndSettings, ImageSettings
from installer.steps.files import WriteFile
from nano_runtime.errors import BadSetting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from installer.plan import Findings
    from installer.questions import Answers

CREDENTIAL = "portal"

Settings = TypeVar("Settings", bound=Struct)


def settings_files(answers: Answers, found: Findings) -> Iterator[WriteFile]:
    """domain.cfg and cell.cfg where a Cell runs, all five where Core does; 0600, in the form nano_runtime.config writes."""
    has_core = answers.roles != "cell"
    domain = {
        "domain": answers.domain,
        "group_address": answers.group_address,
        "group_port": answers.group_port,
        "listen_address": answers.listen_address if has_core else "",
        "core_address": answers.core_address,
    }
    yield _file(found, "domain.cfg", DomainSettings, domain)
    if answers.roles != "core":
        default = str(found.home.path / "storage") if not _is_installed(found) else "/var/lib/nano"
        yield _file(found, "cell.cfg", CellSettings, {"storage": "" if answers.storage == default else answers.storage})
    if has_core:
        yield from _core_files(answers, found)


def _core_files(answers: Answers, found: Findings) -> Iterator[WriteFile]:
    """The portal's credential is made once; both files have it."""
    kept = _kept(found, "api.cfg", ApiSettings).credentials
    credential = next((entry for entry in kept if entry.id == CREDENTIAL), None) or Credential(id=CREDENTIAL, key=found.credential_key)
    others = [entry for entry in kept if entry.id != CREDENTIAL]
    yield _file(found, "api.cfg", ApiSettings, {"port": answers.api_port, "credentials": [credential, *others]})
    yield _file(found, "image.cfg", ImageSettings, {})
    portal: dict[str, Any] = {"port": answers.portal_port, "service_port": answers.api_port}
    portal |= {"api_id": credential.id, "api_key": credential.key}
    yield _file(found, "frontend.cfg", FrontEndSettings, portal)


def _file(found: Findings, name: str, kind: type[Struct], values: dict[str, Any]) -> WriteFile:
    path = str(found.home.config / name)
    settings = structs.replace(_kept(found, name, kind), **values)
    content = msgspec.json.format(msgspec.json.encode(settings), indent=2) + b"\n"
    return WriteFile(path, content, 0o600, found.keep(path))


def _kept(found: Findings, name: str, kind: type[Settings]) -> Settings:
    before = found.keep(str(found.home.config / name))
    if before is None:
        return kind()
    try:
        return msgspec.json.decode(before.content, type=kind)
    except msgspec.MsgspecError as problem:
        path = found.home.config / name
        raise BadSetting(f"config/{name} cannot be read: {problem}", hint=f"correct {path} or move it away, then start again") from problem


def _is_installed(found: Findings) -> bool:
    from nano_runtime.home import INSTALLED

    return found.home.path == INSTALLED
