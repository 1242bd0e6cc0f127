"""System templates: the virtual hardware of a guest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from appliance.core.api.objects import Item, Time
from appliance.http.routes import Body, Routes
from appliance.rights import Right

if TYPE_CHECKING:
    from appliance.core.service import Core

routes = Routes("/templates", tag="Templates")


class TemplateItem(Item, frozen=True):
    """`builtin` ones came with the program: they are copied, not changed."""

    id: str
    name: str
    operating_system: str
    created_time: Time = ""
    modified_time: Time = ""
    builtin: bool = False


class TemplateConfig(Item, frozen=True):
    """`firmware` is left out for BIOS, else uefi or uefi-secure (Secure Boot); `tpm` is a TPM 2.0."""

    name: str
    admin: str
    operating_system: str
    disk: str
    network: str
    display: str
    control: str
    usb: str = ""
    tablet: str = ""
    firmware: str = ""
    tpm: bool = False


class TemplateDetail(TemplateConfig, frozen=True, kw_only=True):
    """The times are empty for templates that came with the program."""

    id: str
    created_time: Time
    modified_time: Time
    builtin: bool = False


class TemplateId(Item, frozen=True):
    id: str


class TemplateBody(Body, frozen=True):
    """`control` spice is accepted for old clients; consoles speak VNC."""

    name: Annotated[str, Meta(min_length=1, max_length=63)]
    admin: Annotated[str, Meta(min_length=1, max_length=63)]
    operating_system: Annotated[str, Meta(pattern="^(linux|windows)$")]
    disk: Annotated[str, Meta(pattern="^(scsi|sata|ide|virtio)$")]
    network: Annotated[str, Meta(pattern="^(virtio|e1000|e1000e|rtl8139)$")]
    display: Annotated[str, Meta(pattern="^(vga|cirrus|qxl|virtio|none)$")]
    control: Annotated[str, Meta(pattern="^(vnc|spice)$")]
    usb: Annotated[str, Meta(max_length=20, description="Empty or nec-xhci")] = ""
    tablet: Annotated[str, Meta(max_length=20, description="Empty, usb or virtio")] = ""
    firmware: Annotated[str, Meta(max_length=20, description="Empty (BIOS), uefi or uefi-secure (with Secure Boot)")] = ""
    tpm: bool = False


@routes.get("/", needs=Right.TEMPLATE_READ)
def list_templates(core: Core) -> list[TemplateItem]:
    """List all system templates, sorted by name."""
    return core.templates.list()


@routes.get("/{id}", needs=Right.TEMPLATE_READ)
def get_template(core: Core, id: str) -> TemplateDetail:
    """Read one system template."""
    return core.templates.get(id)


@routes.post("/", needs=Right.TEMPLATE_WRITE)
def create_template(core: Core, body: TemplateBody) -> TemplateId:
    """Create a system template."""
    return core.templates.create(body)


@routes.put("/{id}", needs=Right.TEMPLATE_WRITE)
def modify_template(core: Core, id: str, body: TemplateBody) -> None:
    """Replace all values of a system template; guests that were made with it keep their hardware."""
    core.templates.modify(id, body)


@routes.delete("/{id}", needs=Right.TEMPLATE_WRITE)
def delete_template(core: Core, id: str) -> None:
    """Delete a system template; guests that were made with it keep their hardware."""
    core.templates.delete(id)
