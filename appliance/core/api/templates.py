"""System templates: the virtual hardware of a guest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appliance.core.api.objects import Item, Time
from appliance.http.routes import Routes
from appliance.rights import Right

if TYPE_CHECKING:
    from appliance.core.service import Core

routes = Routes("/templates", tag="Templates")


class TemplateItem(Item, frozen=True):
    id: str
    name: str
    operating_system: str
    created_time: Time = ""
    modified_time: Time = ""


class TemplateConfig(Item, frozen=True):
    name: str
    admin: str
    operating_system: str
    disk: str
    network: str
    display: str
    control: str
    usb: str = ""
    tablet: str = ""


class TemplateDetail(TemplateConfig, frozen=True, kw_only=True):
    """The times are empty for templates that came with the program."""

    id: str
    created_time: Time
    modified_time: Time


@routes.get("/", needs=Right.TEMPLATE_READ)
def list_templates(core: Core) -> list[TemplateItem]:
    """List all system templates, sorted by name."""
    return core.templates.list()


@routes.get("/{id}", needs=Right.TEMPLATE_READ)
def get_template(core: Core, id: str) -> TemplateDetail:
    """Read one system template."""
    return core.templates.get(id)
