"""The two stories of the installer: put everything in place, and take everything away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from installer.machine import Machine
from installer.steps import appliance, certificates, files, guests, kernel, network, packages, units
from installer.steps.change import Change
from installer.wording import Text
from nano_runtime.operation import Operation, PointOfNoReturn, Step

if TYPE_CHECKING:
    from collections.abc import Iterator

Doing = (
    appliance.CheckHealth
    | appliance.JoinDomain
    | appliance.StopAppliance
    | appliance.WriteRecoverySheet
    | certificates.IssueCertificate
    | certificates.MakeAuthority
    | certificates.TrustAuthority
    | files.InsertText
    | files.MakeFolder
    | files.WriteFile
    | kernel.LabelStorage
    | kernel.SetKernel
    | network.MakeBridge
    | packages.InstallPackages
    | units.EnableUnits
    | units.MaskUnits
    | units.Reload
    | units.StartAppliance
    | units.StartLibvirt
)
"""Every change that an installation is made of."""


class TakeBack(Change, frozen=True, tag="take-back"):
    """The opposite of an earlier change: its answer was corrected, or everything goes."""

    change: Doing

    @property
    def title(self) -> Text:
        return Text("take back: {title}", "撤销：{title}").format(title=self.change.title)

    @property
    def subject(self) -> str:
        return f"back {self.change.subject}"

    def do(self, host: Machine) -> None:
        self.change.undo(host)

    def undo(self, host: Machine) -> None:
        self.change.do(host)


class Installing(Operation[Machine], frozen=True, tag="installing"):
    """What the plan decided, in its order; every step can be taken back, so an interrupted installation is."""

    steps: list[Doing | TakeBack]

    def story(self) -> Iterator[Step[Machine]]:
        yield from self.steps


class Removing(Operation[Machine], frozen=True, tag="removing"):
    """From its first step on it is finished, not taken back: half an appliance is of no use to anybody."""

    steps: list[TakeBack | guests.RemoveGuest | guests.RemoveHome]

    def story(self) -> Iterator[Step[Machine]]:
        yield PointOfNoReturn()
        yield from self.steps


OPERATIONS = Installing | Removing
