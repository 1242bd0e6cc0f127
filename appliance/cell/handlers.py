"""What Core asks of this Cell, request by request."""

# ruff: noqa: TC001  the dispatcher reads the annotations of handlers at run time
from __future__ import annotations

from typing import TYPE_CHECKING

from appliance.cell.keyboard import combination_of, strokes_of
from appliance.protocol.cells import CellReport, DescribeCell, LeavePool
from appliance.protocol.guests import (
    ChangeGuest,
    ConsoleTicket,
    CreateGuest,
    DeleteGuest,
    DiscardGuest,
    Done,
    GuestFigures,
    GuestPage,
    GuestReport,
    HoldGuest,
    ListGuests,
    OpenConsole,
    ReadGuest,
    ResetSystem,
    ResizeDisk,
    SetPassword,
    ShrinkDisk,
    StartGuest,
    StopGuest,
    TakePicture,
    TypeText,
)
from appliance.protocol.images import EjectMedia, ExportDisk, InsertMedia, UseImages
from nano_runtime.errors import Conflict
from nano_runtime.messages import Dispatcher, Link

if TYPE_CHECKING:
    from collections.abc import Callable

    from appliance.cell.consoles import Consoles
    from appliance.cell.guests import Guests
    from appliance.cell.metrics import GuestMeter
    from appliance.cell.plan import HostFacts


class Handlers:
    """One method a request; the dispatcher finds it by the type of its parameter and runs it in a thread of the link."""

    def __init__(
        self,
        guests: Guests,
        meter: GuestMeter,
        consoles: Consoles,
        facts: Callable[[], HostFacts],
        describe: Callable[[], CellReport],
    ) -> None:
        self._guests, self._meter, self._consoles = guests, meter, consoles
        self._facts, self._describe = facts, describe

    def register(self, dispatcher: Dispatcher) -> None:
        for handler in (
            self.describe_cell,
            self.leave_pool,
            self.create_guest,
            self.discard_guest,
            self.delete_guest,
            self.start_guest,
            self.stop_guest,
            self.change_guest,
            self.resize_disk,
            self.shrink_disk,
            self.reset_system,
            self.set_password,
            self.hold_guest,
            self.type_text,
            self.read_guest,
            self.list_guests,
            self.open_console,
            self.take_picture,
            self.insert_media,
            self.eject_media,
            self.export_disk,
            self.use_images,
        ):
            dispatcher.handles(handler)

    def describe_cell(self, _core: Link, _request: DescribeCell) -> CellReport:
        return self._describe()

    def leave_pool(self, _core: Link, _request: LeavePool) -> Done:
        left = self._guests.page("", 1).guests
        if left:
            raise Conflict(f"this cell still has guest {left[0].spec.name!r}", hint="delete its guests first")
        return Done()

    def create_guest(self, _core: Link, request: CreateGuest) -> GuestReport:
        return self._guests.create(request.spec)

    def discard_guest(self, _core: Link, request: DiscardGuest) -> Done:
        self._guests.delete(request.guest, even_running=True)
        return Done()

    def delete_guest(self, _core: Link, request: DeleteGuest) -> Done:
        self._guests.delete(request.guest, even_running=False)
        return Done()

    def start_guest(self, _core: Link, request: StartGuest) -> GuestReport:
        return self._guests.start(request.guest, media=request.media, sha256=request.media_sha256)

    def stop_guest(self, _core: Link, request: StopGuest) -> GuestReport:
        return self._guests.stop(request.guest, reboot=request.reboot, force=request.force)

    def change_guest(self, _core: Link, request: ChangeGuest) -> GuestReport:
        return self._guests.change(request)

    def resize_disk(self, _core: Link, request: ResizeDisk) -> GuestReport:
        return self._guests.disks.resize(request.guest, request.index, request.size)

    def shrink_disk(self, _core: Link, request: ShrinkDisk) -> GuestReport:
        return self._guests.disks.shrink(request.guest, request.index)

    def reset_system(self, _core: Link, request: ResetSystem) -> GuestReport:
        return self._guests.disks.reset_system(request.guest, request.image)

    def set_password(self, _core: Link, request: SetPassword) -> GuestReport:
        return self._guests.set_password(request.guest, request.user, request.password)

    def hold_guest(self, _core: Link, request: HoldGuest) -> GuestReport:
        return self._guests.hold(request.guest, hold=request.hold)

    def type_text(self, _core: Link, request: TypeText) -> Done:
        strokes = [combination_of(request.keys)] if request.keys else strokes_of(request.text, request.layout)
        self._guests.press(request.guest, strokes)
        return Done()

    def read_guest(self, _core: Link, request: ReadGuest) -> GuestFigures:
        report = self._guests.report(request.guest)
        return self._meter.read(request.guest, report.state, report.spec.cores)

    def list_guests(self, _core: Link, request: ListGuests) -> GuestPage:
        self._facts()  # before the first look nobody knows what runs
        return self._guests.page(request.after, request.limit)

    def open_console(self, core: Link, request: OpenConsole) -> ConsoleTicket:
        return self._consoles.open(request.guest, request.console, core.peer)

    def take_picture(self, core: Link, request: TakePicture) -> ConsoleTicket:
        return self._consoles.take_picture(request.guest, core.peer)

    def insert_media(self, _core: Link, request: InsertMedia) -> GuestReport:
        return self._guests.media.insert(request.guest, request.media, request.sha256)

    def eject_media(self, _core: Link, request: EjectMedia) -> GuestReport:
        return self._guests.media.eject(request.guest)

    def export_disk(self, _core: Link, request: ExportDisk) -> Done:
        self._guests.media.export(request.guest, request.draft)
        return Done()

    def use_images(self, core: Link, request: UseImages) -> Done:
        self._guests.use_images(request, core.peer.address)
        return Done()
