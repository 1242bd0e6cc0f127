"""System templates: the virtual hardware a guest is made with."""

from __future__ import annotations

import threading
import uuid
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import asdict, replace

from appliance.core.api.templates import TemplateConfig, TemplateDetail, TemplateId, TemplateItem
from appliance.core.views import time_text
from appliance.protocol.guests import Devices
from nano_runtime.errors import BadValue, Conflict, NotFound

if TYPE_CHECKING:
    from collections.abc import Callable

    from appliance.core.api.templates import TemplateBody
    from nano_runtime.store import Store

_SAVE = "insert into template values (:id, :body) on conflict (id) do update set body = excluded.body"

OPTIONAL = {"usb": ("", "nec-xhci"), "tablet": ("", "usb", "virtio"), "firmware": ("", "uefi", "uefi-secure")}

DEFAULT_TEMPLATE = "standard"

_COMMON: dict[str, Any] = {"admin": "root", "operating_system": "linux", "display": "vga", "control": "vnc", "tablet": "usb"}
_WINDOWS: dict[str, Any] = {
    "admin": "Administrator",
    "operating_system": "windows",
    "disk": "sata",
    "network": "e1000e",
    "display": "vga",
    "control": "vnc",
    "usb": "nec-xhci",
    "tablet": "usb",
}
"""Windows brings drivers for these, and none for virtio."""

BUILTIN: dict[str, TemplateConfig] = {
    DEFAULT_TEMPLATE: TemplateConfig(name="Standard (q35, virtio)", disk="scsi", network="virtio", usb="nec-xhci", **_COMMON),
    "centos-stream-10": TemplateConfig(name="CentOS Stream 10", disk="scsi", network="virtio", usb="nec-xhci", **_COMMON),
    "centos-stream-9": TemplateConfig(name="CentOS Stream 9", disk="scsi", network="virtio", usb="nec-xhci", **_COMMON),
    "windows-11": TemplateConfig(name="Windows 11", firmware="uefi-secure", tpm=True, **_WINDOWS),
    "windows-server-2025": TemplateConfig(name="Windows Server 2025", firmware="uefi", **_WINDOWS),
    "uefi": TemplateConfig(name="General (UEFI)", disk="scsi", network="virtio", usb="nec-xhci", firmware="uefi", **_COMMON),
    "centos-7": TemplateConfig(name="CentOS 7", disk="scsi", network="virtio", usb="nec-xhci", **_COMMON),
    "centos-6": TemplateConfig(name="CentOS 6", disk="sata", network="virtio", usb="nec-xhci", **_COMMON),
    "windows-2012": TemplateConfig(
        name="Windows Server 2012",
        admin="Administrator",
        operating_system="windows",
        disk="sata",
        network="e1000",
        display="vga",
        control="vnc",
        usb="nec-xhci",
        tablet="usb",
    ),
    "general": TemplateConfig(name="General", disk="sata", network="rtl8139", **_COMMON),
    "legacy": TemplateConfig(
        name="Legacy", admin="root", operating_system="linux", disk="ide", network="rtl8139", display="cirrus", control="vnc"
    ),
}
"""The five of Nano (core-api.yaml, `system_templates`) and those for what is installed today. The ids never change: scripts know them."""


class OwnTemplate(msgspec.Struct, frozen=True, kw_only=True):
    """One that somebody made; times in seconds since the epoch."""

    id: str
    config: TemplateConfig
    created: float
    modified: float


class Templates:
    """Changes are made one at a time, on disk first."""

    def __init__(self, store: Store, now: Callable[[], float]) -> None:
        self._store = store
        self._now = now
        self._changing = threading.Lock()
        rows = store.read("select body from template")
        self._own = {own.id: own for own in (msgspec.json.decode(row["body"], type=OwnTemplate) for row in rows)}

    def list(self) -> list[TemplateItem]:
        found = [_item(self._detail(id)) for id in (*BUILTIN, *self._own)]
        return sorted(found, key=lambda item: (item.name, item.id))

    def get(self, id: str) -> TemplateDetail:
        if self.find(id) is None:
            raise NotFound(f"there is no system template {id[:64]!r}", field="id")
        return self._detail(id)

    def find(self, id: str) -> TemplateConfig | None:
        own = self._own.get(id)
        return own.config if own else BUILTIN.get(id)

    def devices(self, id: str) -> Devices:
        """The hardware a new guest asks for."""
        found = self.find(id)
        if found is None:
            raise BadValue(f"there is no system template {id[:64]!r}", hint="GET /templates/ lists them", field="template")
        return Devices(**{name: getattr(found, name) for name in Devices.__struct_fields__})

    def create(self, wanted: TemplateBody) -> TemplateId:
        _require_known(wanted)
        with self._changing:
            self._require_free(wanted.name, besides="")
            now = self._now()
            own = OwnTemplate(id=str(uuid.uuid4()), config=TemplateConfig(**asdict(wanted)), created=now, modified=now)
            self._save(own)
            return TemplateId(id=own.id)

    def modify(self, id: str, wanted: TemplateBody) -> None:
        _require_known(wanted)
        with self._changing:
            own = self._changeable(id)
            self._require_free(wanted.name, besides=id)
            self._save(replace(own, config=TemplateConfig(**asdict(wanted)), modified=self._now()))

    def delete(self, id: str) -> None:
        with self._changing:
            self._changeable(id)
            self._store.write(lambda execute: execute("delete from template where id = :id", id=id))
            self._own = {key: own for key, own in self._own.items() if key != id}

    def _save(self, own: OwnTemplate) -> None:
        body = msgspec.json.encode(own).decode()
        self._store.write(lambda execute: execute(_SAVE, id=own.id, body=body))
        self._own = {**self._own, own.id: own}

    def _changeable(self, id: str) -> OwnTemplate:
        if id in BUILTIN:
            raise Conflict(
                f"'{BUILTIN[id].name}' came with the program and stays as it is", hint="create a template of your own with its values"
            )
        if id not in self._own:
            raise NotFound(f"there is no system template {id[:64]!r}", field="id")
        return self._own[id]

    def _require_free(self, name: str, *, besides: str) -> None:
        taken = {config.name for config in BUILTIN.values()} | {own.config.name for own in self._own.values() if own.id != besides}
        if name in taken:
            raise Conflict(f"a system template '{name}' exists already", hint="choose another name", field="name")

    def _detail(self, id: str) -> TemplateDetail:
        own = self._own.get(id)
        if own is None:
            return TemplateDetail(id=id, created_time="", modified_time="", builtin=True, **asdict(BUILTIN[id]))
        return TemplateDetail(id=id, created_time=time_text(own.created), modified_time=time_text(own.modified), **asdict(own.config))


def _require_known(wanted: TemplateBody) -> None:
    """Raises BadValue for what no host has, and for text that is none."""
    for field, known in OPTIONAL.items():
        if getattr(wanted, field) not in known:
            raise BadValue(f"{field} must be {', '.join(map(repr, known))}, not {getattr(wanted, field)!r}", field=field)
    for field in ("name", "admin"):
        if not getattr(wanted, field).isprintable():
            raise BadValue(f"{field} must be printable", field=field)


def _item(detail: TemplateDetail) -> TemplateItem:
    return TemplateItem(**{name: getattr(detail, name) for name in TemplateItem.__struct_fields__})
