"""Settings of the portal that take effect at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from appliance.http.routes import Body, Routes
from appliance.rights import Right

if TYPE_CHECKING:
    from appliance.frontend.front_end import FrontEnd

routes = Routes("/settings", tag="Settings")


class Settings(Struct, kw_only=True, frozen=True):
    """`log_days` is how long the audit log is kept, 0 = for ever; the limits advise the create form (cores, GiB, GiB)."""

    log_days: int
    max_cores: int
    max_memory: int
    max_disk: int


class SettingsChange(Body, frozen=True):
    """What is left out stays."""

    log_days: Annotated[int, Meta(ge=0, le=36500)] | None = None
    max_cores: Annotated[int, Meta(ge=1, le=4096)] | None = None
    max_memory: Annotated[int, Meta(ge=1, le=1 << 20)] | None = None
    max_disk: Annotated[int, Meta(ge=1, le=1 << 20)] | None = None


@routes.get("/", needs=Right.SETTINGS_READ)
def get_settings(front: FrontEnd) -> Settings:
    """Read the settings of the portal."""
    return front.settings.shown()


@routes.put("/", needs=Right.SETTINGS_WRITE)
def modify_settings(front: FrontEnd, body: SettingsChange) -> None:
    """Change settings of the portal; they are written to frontend.cfg."""
    front.settings.change(body)
