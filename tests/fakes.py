"""Stand-ins with behaviour, for parts that are slow, dangerous or far away."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from appliance.core.service import Core
from appliance.protocol import cells, guests
from appliance.protocol.cells import CellReport, CellStatus, DescribeCell, Figures, LeavePool
from appliance.protocol.guests import (
    ChangeGuest,
    CreateGuest,
    DeleteGuest,
    DiscardGuest,
    Done,
    GuestChanged,
    GuestFigures,
    GuestGone,
    GuestPage,
    GuestProgress,
    GuestReport,
    GuestState,
    HoldGuest,
    ListGuests,
    ReadGuest,
    ResetSystem,
    ResizeDisk,
    SetPassword,
    StartGuest,
    StopGuest,
    TypeText,
)
from appliance.protocol.images import EjectMedia, ExportDisk, InsertMedia, UseImages
from nano_runtime.errors import Conflict, NanoError, NotFound, TimedOut, Unavailable
from nano_runtime.messages import Answer, Event, Peer, Request, answer_type, encode

GIB = 1024**3
BIG = Figures(
    cpu_usage=5.0, max_cpu=8, available_memory=64 * GIB, max_memory=64 * GIB, available_disk=1000 * GIB, max_disk=1000 * GIB, read_speed=7
)


class FakeLink:
    """A link between a Core and a FakeCell; everything that passes is encoded and decoded as on the wire."""

    def __init__(self, cell: FakeCell, core: Core, peer: Peer) -> None:
        self._cell = cell
        self._core = core
        self._peer = peer
        self.down = threading.Event()
        self.reason = ""

    @property
    def peer(self) -> Peer:
        return self._peer

    def ask(self, request: Request[Answer], *, seconds: float = 10) -> Answer:
        if self.down.is_set():
            raise Unavailable("the link is down")
        arrived = msgspec.json.decode(encode(request), type=type(request))
        answer = self._cell.answer(arrived, self.down, seconds)
        decoded: Answer = msgspec.json.decode(encode(answer), type=answer_type(type(request)))
        return decoded

    def tell(self, event: Event) -> None:
        raise AssertionError("Core tells cells nothing, it asks")

    def close(self, reason: str) -> None:
        self.break_off(reason)

    def send(self, message: Event | Request[Any]) -> Any:
        """What the cell says, as its Core receives it."""
        return self._core.dispatcher.receive(self, msgspec.Raw(encode(message)))

    def break_off(self, reason: str = "") -> None:
        if not self.down.is_set():
            self.reason = reason
            self.down.set()
            self._core.link_down(self, reason)


class FakeCell:
    """Keeps guests as a Cell does. `refuse` maps a request type to what it raises; `hang` holds the types it never answers.

    `folder` makes its guests survive the process.
    """

    def __init__(self, name: str, *, fingerprint: str = "", figures: Figures = BIG, folder: Path | None = None) -> None:
        self.name = name
        self.fingerprint = fingerprint or name.encode().hex()
        self.figures = figures
        self.guests: dict[str, GuestReport] = {}
        self.refuse: dict[type, NanoError] = {}
        self.hang: set[type] = set()
        self.asked: Counter[type] = Counter()
        self.during: dict[type, Callable[[Any], object]] = {}
        self.link: FakeLink | None = None
        self._lock = threading.RLock()
        self._file = folder / f"{name}.json" if folder else None
        if self._file is not None and self._file.exists():
            found = msgspec.json.decode(self._file.read_bytes(), type=list[GuestReport])
            self.guests = {report.spec.id: report for report in found}

    def connect(self, core: Core, address: str = "10.0.0.9") -> FakeLink:
        peer = Peer(fingerprint=self.fingerprint, name=self.name, role="cell", address=address)
        self.link = FakeLink(self, core, peer)
        core.link_up(self.link)
        return self.link

    def report_status(self, problem: str = "") -> None:
        assert self.link is not None
        self.link.send(CellStatus(figures=self.figures, problem=problem))

    def answer(self, request: Request[Any], down: threading.Event, seconds: float) -> Any:
        kind = type(request)
        self.asked[kind] += 1
        if kind in self.hang:
            if down.wait(seconds):
                raise Unavailable("the link went down")
            raise TimedOut("no answer")
        if kind in self.refuse:
            raise self.refuse[kind]
        if kind in self.during:
            self.during[kind](request)
        with self._lock:
            answer = self._handle(request)
            self._save()
        return answer

    def set_state(self, guest: str, state: GuestState, reason: str = "") -> None:
        """The guest changes by itself, and Core hears of it."""
        self.guests[guest] = replace(self.guests[guest], state=state, reason=reason)
        self._tell(GuestChanged(report=self.guests[guest]))

    def progress(self, guest: str, percent: int, step: str) -> None:
        self._tell(GuestProgress(guest=guest, percent=percent, step=step))

    def _handle(self, request: Request[Any]) -> Any:
        match request:
            case DescribeCell():
                return CellReport(name=self.name, version="1", boot="b", accelerator="tcg", figures=self.figures)
            case UseImages():
                return Done()
            case LeavePool():
                return Done()
            case ListGuests(after=after, limit=limit):
                left = [self.guests[id] for id in sorted(self.guests) if id > after]
                return GuestPage(guests=left[:limit], next=left[limit - 1].spec.id if len(left) > limit else "")
            case CreateGuest(spec=spec):
                made = self.guests.setdefault(spec.id, GuestReport(spec=spec, state=GuestState.STOPPED, since=1.0))
                self._tell(GuestChanged(report=made))
                return made
            case DeleteGuest(guest=guest) if guest in self.guests and self.guests[guest].state is not GuestState.STOPPED:
                raise Conflict("it runs")
            case DeleteGuest(guest=guest) | DiscardGuest(guest=guest):
                if self.guests.pop(guest, None):
                    self._tell(GuestGone(guest=guest))
                return Done()
        return self._handle_one(request)

    def _handle_one(self, request: Any) -> Any:
        if request.guest not in self.guests:
            raise NotFound("no such guest here")
        report = self.guests[request.guest]
        match request:
            case ReadGuest():
                return GuestFigures(state=report.state, cpu_usage=1.5)
            case ChangeGuest():
                self.guests[request.guest] = replace(report, spec=changed_spec(report.spec, request))
            case SetPassword(user=user, password=password):
                self.guests[request.guest] = replace(report, spec=replace(report.spec, admin_name=user, admin_secret=password))
            case HoldGuest(hold=hold):
                self.set_state(request.guest, GuestState.PAUSED if hold else GuestState.RUNNING, "user")
            case ResizeDisk(index=index, size=size):
                disks = [size if number == index else known for number, known in enumerate(report.spec.disks)]
                self.guests[request.guest] = replace(report, spec=replace(report.spec, disks=disks))
            case ResetSystem(image=image):
                self.guests[request.guest] = replace(report, spec=replace(report.spec, image=image))
            case TypeText():
                return Done()
            case ExportDisk():
                return Done()
            case InsertMedia() | EjectMedia():
                media, sha256 = (request.media, request.sha256) if isinstance(request, InsertMedia) else ("", "")
                if bool(media) == bool(report.spec.media):
                    raise Conflict("the drive is not so")
                self.guests[request.guest] = replace(report, spec=replace(report.spec, media=media, media_sha256=sha256))
            case StartGuest(media=media, media_sha256=sha256) if media:
                self.guests[request.guest] = replace(report, spec=replace(report.spec, media=media, media_sha256=sha256))
                self.set_state(request.guest, GuestState.RUNNING, "booted")
            case StartGuest():
                self.set_state(request.guest, GuestState.RUNNING, "booted")
            case StopGuest(reboot=False):
                self.set_state(request.guest, GuestState.STOPPED if request.force else GuestState.STOPPING, "asked")
        return self.guests[request.guest]

    def _tell(self, event: Event) -> None:
        if self.link is not None and not self.link.down.is_set():
            self.link.send(event)

    def _save(self) -> None:
        if self._file is not None:
            draft = self._file.with_suffix(".draft")
            draft.write_bytes(msgspec.json.encode(list(self.guests.values())))
            draft.rename(self._file)


def changed_spec(spec: guests.GuestSpec, request: ChangeGuest) -> guests.GuestSpec:
    plain = ("name", "cores", "memory", "auto_start", "monitor_secret", "note", "tags")
    given = {name: value for name in plain if (value := getattr(request, name)) is not None}
    limits = {} if request.cpu_priority is None else {"cpu_priority": request.cpu_priority}
    for part in (request.disk_limits, request.network_limits):
        limits |= {} if part is None else msgspec.structs.asdict(part)
    return replace(spec, **given, qos=replace(spec.qos, **limits))


ASKED_OF_CELLS: tuple[type, ...] = tuple(
    kind
    for module in (cells, guests)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Request) and kind not in (Request, cells.Enrol, cells.Renew)
)
