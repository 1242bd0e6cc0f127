"""The hosts this user manages, with the key each of them is known by; kept in one file of the user."""

from __future__ import annotations

import os
import re
import threading
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct, structs

from nano_runtime import config
from nano_runtime.errors import BadValue

PORT = 5850
_ADDRESS = re.compile(r"(?:https://)?(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}))(?::([0-9]{1,5}))?/?")


class Host(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """`fingerprint` is the hex SHA-256 of its public key (SPKI), "" until the user has trusted one."""

    address: str
    port: Annotated[int, Meta(ge=1, le=65535)] = PORT
    fingerprint: Annotated[str, Meta(pattern="^([0-9a-f]{64})?$")] = ""

    @property
    def name(self) -> str:
        """As a person writes it, and unique."""
        return self.address if self.port == PORT else f"{self.address}:{self.port}"

    @property
    def origin(self) -> str:
        return f"https://{self.address}:{self.port}"


class Desk(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """Everything that is remembered: hosts, and the size of the window."""

    hosts: list[Host] = []
    width: Annotated[int, Meta(ge=300, le=20000)] = 1280
    height: Annotated[int, Meta(ge=200, le=20000)] = 800
    maximized: bool = False


def read_host(text: str) -> Host:
    """A host as somebody typed it: address or name, with or without port. Raises BadValue."""
    found = _ADDRESS.fullmatch(text.strip())
    if not found or (found[2] and not 1 <= int(found[2]) <= 65535):
        raise BadValue(f"{text.strip()[:100]!r} is no address of a host", hint="write for example 192.0.2.7, or nano.example.org:5850")
    return Host(address=found[1].lower(), port=int(found[2] or PORT))


def default_file() -> Path:
    folder = os.environ.get("XDG_CONFIG_HOME", "")
    return (Path(folder) if folder.startswith("/") else Path.home() / ".config") / "nano-desktop" / "desk.json"


class Hosts:
    """The file, read once and written after every change. Used by the window's thread and those that look for hosts."""

    def __init__(self, file: Path) -> None:
        """Raises BadSetting for a damaged file: pins are not thrown away silently."""
        self._file = file
        self._lock = threading.Lock()
        self.desk = config.load(file, Desk)

    def list(self) -> list[Host]:
        return list(self.desk.hosts)

    def known(self, host: Host) -> Host:
        """The host as remembered, or as given."""
        return next((each for each in self.desk.hosts if each.name == host.name), host)

    def remember(self, host: Host) -> None:
        """Put a host first, with this key; what was known of it before is replaced."""
        self._change(hosts=[host, *(each for each in self.desk.hosts if each.name != host.name)])

    def forget(self, host: Host) -> None:
        self._change(hosts=[each for each in self.desk.hosts if each.name != host.name])

    def remember_size(self, width: int, height: int, *, maximized: bool) -> None:
        self._change(width=max(width, 300), height=max(height, 200), maximized=maximized)

    def _change(self, **fields: object) -> None:
        with self._lock:
            self.desk = structs.replace(self.desk, **fields)
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            config.save(self._file, self.desk)
