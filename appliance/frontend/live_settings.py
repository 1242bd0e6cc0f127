"""The settings that can be changed while the portal runs."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import msgspec

from appliance.frontend.api.settings import Settings
from appliance.settings import FrontEndSettings
from nano_runtime import config

if TYPE_CHECKING:
    from pathlib import Path

    from appliance.frontend.api.settings import SettingsChange


class LiveSettings:
    """`now` is what counts; `path` the file where changes are kept."""

    def __init__(self, path: Path, settings: FrontEndSettings) -> None:
        self.now = settings
        self._path = path
        self._lock = threading.Lock()

    def shown(self) -> Settings:
        return Settings(**{name: getattr(self.now, name) for name in Settings.__struct_fields__})

    def change(self, body: SettingsChange) -> None:
        """Raises BadSetting when somebody broke the file meanwhile; nothing changes then."""
        given = {name: value for name, value in msgspec.structs.asdict(body).items() if value is not None}
        with self._lock:
            # the file may hold what an administrator wrote there for the next start
            kept = config.load(self._path, FrontEndSettings) if self._path.exists() else self.now
            config.save(self._path, msgspec.structs.replace(kept, **given))
            self.now = msgspec.structs.replace(self.now, **given)
