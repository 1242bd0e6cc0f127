"""System templates: the virtual hardware a guest is made with."""

from __future__ import annotations

import msgspec

from appliance.core.api.templates import TemplateConfig, TemplateDetail, TemplateItem
from appliance.protocol.guests import Devices
from nano_runtime.errors import BadValue, NotFound

DEFAULT_TEMPLATE = "standard"

_COMMON = {"admin": "root", "operating_system": "linux", "display": "vga", "control": "vnc", "tablet": "usb"}

BUILTIN: dict[str, TemplateConfig] = {
    DEFAULT_TEMPLATE: TemplateConfig(name="Standard (q35, virtio)", disk="scsi", network="virtio", usb="nec-xhci", **_COMMON),
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
"""The five of Nano (core-api.yaml, `system_templates`) and one for new guests. The ids never change: scripts know them."""


class Templates:
    def list(self) -> list[TemplateItem]:
        found = [TemplateItem(id=id, name=each.name, operating_system=each.operating_system) for id, each in BUILTIN.items()]
        return sorted(found, key=lambda item: item.name)

    def get(self, id: str) -> TemplateDetail:
        if id not in BUILTIN:
            raise NotFound(f"there is no system template {id[:64]!r}", field="id")
        return TemplateDetail(id=id, created_time="", modified_time="", **msgspec.structs.asdict(BUILTIN[id]))

    def find(self, id: str) -> TemplateConfig | None:
        return BUILTIN.get(id)

    def devices(self, id: str) -> Devices:
        """The hardware a new guest asks for."""
        found = BUILTIN.get(id)
        if found is None:
            raise BadValue(f"there is no system template {id[:64]!r}", hint="GET /templates/ lists them", field="template")
        return Devices(
            operating_system=found.operating_system,
            disk=found.disk,
            network=found.network,
            display=found.display,
            usb=found.usb,
            tablet=found.tablet,
        )
