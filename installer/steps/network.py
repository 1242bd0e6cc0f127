"""Make a bridge of an interface, safely over SSH: until somebody confirms it, nothing of it is on the disk.

Three belts. The profiles are in memory only and under a checkpoint of NetworkManager, which brings everything back by
itself after its time; where systemd runs, a timer does the same should NetworkManager have been restarted meanwhile; and a
restart of the host finds the old profile, which was never touched. Only the confirmation writes the new ones.
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

from installer.bridge import bridge_profile, check_bond, port_profile
from installer.network_manager import NetworkManager, Refused
from installer.steps.change import Change
from installer.wording import Text
from nano_runtime.errors import Conflict, NotFound, TimedOut

if TYPE_CHECKING:
    from installer.machine import Machine

SETTLE = 45
"""Seconds a bridge may take to come up with its addresses, DHCP included."""
BELT = "nano-bridge-rollback"


class MakeBridge(Change, frozen=True, tag="make-bridge"):
    """`profile` is the UUID of the interface's profile, the other two UUIDs those of the profiles to make."""

    bridge: str
    card: str
    mac: str
    profile: str
    bridge_uuid: str
    port_uuid: str
    metric: int
    seconds: int

    @property
    def title(self) -> Text:
        text = Text(
            "make bridge {bridge} on {card}; back in {seconds} s unless confirmed",
            "在 {card} 上创建网桥 {bridge}；{seconds} 秒内未确认则恢复",
        )
        return text.format(bridge=self.bridge, card=self.card, seconds=self.seconds)

    @property
    def subject(self) -> str:
        return f"bridge {self.bridge} {self.card}"

    def do(self, host: Machine) -> None:
        """Raises TimedOut when the bridge does not come up, Conflict when nobody confirms it; the network is then as before."""
        with NetworkManager() as manager:
            if self._is_confirmed(manager):
                return
            self._clear(manager)
            checkpoint = manager.checkpoint(self.seconds + SETTLE)
            self._fasten_belt(host)
            try:
                self._switch(manager)
                self._ask(host)
                self._loosen_belt(host)
                self._keep(manager, checkpoint)
            except BaseException:
                manager.roll_back(checkpoint)
                self._restore(manager)
                raise
            finally:
                self._loosen_belt(host)

    def undo(self, host: Machine) -> None:
        """The old profile comes back; its file was never changed."""
        try:
            with NetworkManager() as manager:
                self._restore(manager)
        finally:
            self._loosen_belt(host)

    def _is_confirmed(self, manager: NetworkManager) -> bool:
        profile = manager.profile(self.bridge_uuid)
        return bool(profile) and not manager.is_unsaved(profile) and manager.is_up(self.bridge)

    def _switch(self, manager: NetworkManager) -> None:
        old = manager.settings(self._old(manager))
        check_bond(old, [manager.settings(path) for path in manager.profiles()])
        bridge = manager.add_in_memory(bridge_profile(old, name=self.bridge, mac=self.mac, uuid=self.bridge_uuid, metric=self.metric))
        port = manager.add_in_memory(port_profile(old, bridge=self.bridge, card=self.card, uuid=self.port_uuid))
        manager.activate(bridge)
        manager.activate(port, manager.device(self.card))
        manager.wait(lambda: manager.is_up(self.bridge), SETTLE, f"bridge {self.bridge} did not come up")

    def _old(self, manager: NetworkManager) -> str:
        path = manager.profile(self.profile)
        if not path:
            raise NotFound(f"the profile of {self.card} is gone", hint="start the installer again; it makes a new plan")
        return path

    def _ask(self, host: Machine) -> None:
        if not host.confirm(self.bridge, self.seconds):
            message = f"bridge {self.bridge} was not confirmed within {self.seconds} s, so the network is as it was"
            raise Conflict(message, hint="start again, and confirm once you see that you are still connected")

    def _keep(self, manager: NetworkManager, checkpoint: str) -> None:
        """Raises Conflict if the time ran out at the last moment: what was rolled back must not be saved."""
        try:
            manager.destroy(checkpoint)
        except Refused as problem:
            raise Conflict("the time to confirm the bridge ran out, so the network is as it was", hint="start again") from problem
        for uuid in (self.port_uuid, self.bridge_uuid):
            manager.save(manager.profile(uuid))

    def _clear(self, manager: NetworkManager) -> None:
        """What an interrupted attempt left: its checkpoint would undo ours."""
        if manager.profile(self.bridge_uuid) or manager.profile(self.port_uuid):
            self._restore(manager)

    def _restore(self, manager: NetworkManager) -> None:
        """Back to the old profile. Takes the way by a checkpoint of an interrupted attempt first, if there is one."""
        bridge = manager.profile(self.bridge_uuid)
        if bridge and manager.is_unsaved(bridge):
            for checkpoint in manager.checkpoints():
                with suppress(Refused):
                    manager.roll_back(checkpoint)
        for uuid in (self.port_uuid, self.bridge_uuid):
            manager.delete(uuid)
        old = manager.profile(self.profile)
        if not old:
            return
        device = manager.device(self.card)
        if manager.active_profile(device) != old:
            manager.activate(old, device)
        with suppress(TimedOut):  # a DHCP server that is away now is no reason to leave the rest of the installation in place
            manager.wait(lambda: manager.is_up(self.card), SETTLE, f"{self.card} did not come back")

    def _fasten_belt(self, host: Machine) -> None:
        if not host.has_systemd:
            return
        after = self.seconds + SETTLE + 15
        words = ["nmcli", "connection", "delete", self.port_uuid, self.bridge_uuid]
        host.run(["systemd-run", f"--on-active={after}", f"--unit={BELT}", *words])

    def _loosen_belt(self, host: Machine) -> None:
        """Raises Conflict where it cannot be loosened: it would delete a bridge that was confirmed."""
        if not host.has_systemd:
            return
        host.systemctl("stop", f"{BELT}.timer", check=False)
        if host.systemctl("is-active", f"{BELT}.timer", check=False).code == 0:
            raise Conflict(f"{BELT}.timer cannot be stopped", hint=f"systemctl stop {BELT}.timer, then start again")


def count_down(seconds: int, asked: float) -> int:
    """Whole seconds left of the time that began at `asked` (monotonic)."""
    return max(0, round(asked + seconds - time.monotonic()))
