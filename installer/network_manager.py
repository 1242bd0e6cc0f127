"""The one door to NetworkManager: its D-Bus interface, as far as a bridge needs it.

Sources: networkmanager.dev, D-Bus API reference: Manager (CheckpointCreate, ActivateConnection), Settings (AddConnection2,
LoadConnections), Settings.Connection (Update2, Save), Device.
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from jeepney import DBusAddress, DBusErrorResponse, MessageType, Properties, new_method_call  # type: ignore[import-untyped]  # ships none
from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]  # ships none

from nano_runtime.errors import NotFound, TimedOut, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Settings = dict[str, dict[str, tuple[str, Any]]]
"""A profile: section -> property -> (D-Bus signature, value)."""

BUS = "org.freedesktop.NetworkManager"
ROOT = "/org/freedesktop/NetworkManager"
ACTIVATED = 100
DELETE_NEW_CONNECTIONS, DISCONNECT_NEW_DEVICES = 0x2, 0x4
IN_MEMORY, BLOCK_AUTOCONNECT = 0x2, 0x20
_SECONDS = 20.0


class Refused(Unavailable):
    """NetworkManager answered a call with an error."""

    code = "network-manager-refused"


class NetworkManager:
    """Calls on the system bus. Raises Unavailable where it does not run, Refused with its words where it will not."""

    def __init__(self) -> None:
        try:
            self._connection = open_dbus_connection(bus="SYSTEM")
            self._ask(ROOT, "", "GetAllDevices")
        except (OSError, Refused) as problem:
            hint = "systemctl enable --now NetworkManager, or answer network with nat"
            raise Unavailable(f"NetworkManager does not answer: {problem}", hint=hint) from problem

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> NetworkManager:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def device(self, name: str) -> str:
        """Raises NotFound for an interface it does not know."""
        try:
            return str(self._ask(ROOT, "", "GetDeviceByIpIface", "s", name))
        except Refused as problem:
            raise NotFound(f"NetworkManager knows no interface {name!r}", hint="see: nmcli device") from problem

    def state(self, device: str) -> int:
        return int(self._get(device, "Device", "State"))

    def active_profile(self, device: str) -> str:
        """The profile a device uses now; "" without one."""
        active = str(self._get(device, "Device", "ActiveConnection"))
        return "" if active == "/" else str(self._get(active, "Connection.Active", "Connection"))

    def settings(self, profile: str) -> Settings:
        found: Settings = self._ask(profile, "Settings.Connection", "GetSettings")
        return found

    def is_unsaved(self, profile: str) -> bool:
        return bool(self._get(profile, "Settings.Connection", "Unsaved"))

    def profile(self, uuid: str) -> str:
        """ "" where there is none."""
        with suppress(Refused):
            return str(self._ask(f"{ROOT}/Settings", "Settings", "GetConnectionByUuid", "s", uuid))
        return ""

    def profiles(self) -> list[str]:
        return list(self._ask(f"{ROOT}/Settings", "Settings", "ListConnections"))

    def add_in_memory(self, settings: Settings) -> str:
        """A profile that is gone with the next start of NetworkManager, and does not start by itself."""
        flags = IN_MEMORY | BLOCK_AUTOCONNECT
        return str(self._ask(f"{ROOT}/Settings", "Settings", "AddConnection2", "a{sa{sv}}ua{sv}", settings, flags, {}))

    def save(self, profile: str) -> None:
        self._ask(profile, "Settings.Connection", "Save")

    def delete(self, uuid: str) -> None:
        """Content if there is none."""
        if profile := self.profile(uuid):
            self._ask(profile, "Settings.Connection", "Delete")

    def activate(self, profile: str, device: str = "/") -> None:
        self._ask(ROOT, "", "ActivateConnection", "ooo", profile, device, "/")

    def checkpoint(self, seconds: int) -> str:
        """All devices and profiles as they are now; unless destroyed, they come back after `seconds`."""
        flags = DELETE_NEW_CONNECTIONS | DISCONNECT_NEW_DEVICES
        return str(self._ask(ROOT, "", "CheckpointCreate", "aouu", [], seconds, flags))

    def checkpoints(self) -> list[str]:
        return list(self._get(ROOT, "", "Checkpoints"))

    def destroy(self, checkpoint: str) -> None:
        self._ask(ROOT, "", "CheckpointDestroy", "o", checkpoint)

    def roll_back(self, checkpoint: str) -> None:
        """Content with one that is gone: then it has rolled back by itself."""
        if checkpoint in self.checkpoints():
            self._ask(ROOT, "", "CheckpointRollback", "o", checkpoint)

    def wait(self, condition: Callable[[], bool], seconds: float, what: str) -> None:
        """Raises TimedOut naming what did not happen."""
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                raise TimedOut(f"{what} within {seconds:g} s", hint="see: journalctl -u NetworkManager")
            time.sleep(0.1)

    def is_up(self, name: str) -> bool:
        with suppress(NotFound, Refused):
            return self.state(self.device(name)) == ACTIVATED
        return False

    def _get(self, path: str, interface: str, name: str) -> Any:
        call = Properties(DBusAddress(path, BUS, _full(interface))).get(name)
        return self._send(call)[0][1]

    def _ask(self, path: str, interface: str, method: str, signature: str = "", *arguments: Any) -> Any:
        address = DBusAddress(path, BUS, _full(interface))
        call = new_method_call(address, method, signature, arguments) if signature else new_method_call(address, method)
        answer = self._send(call)
        return answer[0] if answer else None

    def _send(self, call: Any) -> Sequence[Any]:
        try:
            reply = self._connection.send_and_get_reply(call, timeout=_SECONDS)
        except TimeoutError as problem:
            raise TimedOut("NetworkManager does not answer", hint="see: systemctl status NetworkManager") from problem
        if reply.header.message_type == MessageType.error:
            told = DBusErrorResponse(reply)
            raise Refused(f"NetworkManager: {' '.join(str(word) for word in told.data or ()) or told.name}")
        body: Sequence[Any] = reply.body
        return body


def _full(interface: str) -> str:
    return f"{BUS}.{interface}" if interface else BUS
