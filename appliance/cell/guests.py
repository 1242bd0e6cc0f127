"""The guests of this Cell: created, deleted, started, stopped, each in its turn."""

from __future__ import annotations

import logging
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from appliance.cell import changes, plan
from appliance.cell.arrivals import Arrivals
from appliance.cell.disks import Disks
from appliance.cell.hypervisor import agent, power, xml
from appliance.cell.hypervisor.states import ACTIVE
from appliance.cell.images import ISO
from appliance.cell.media import Media
from appliance.cell.network_limits import limit_again
from appliance.cell.operations import CellOperation, ChangingGuest, CreatingGuest, DeletingGuest
from appliance.cell.records import Record
from appliance.protocol.guests import GuestGone, GuestPage, GuestProgress, GuestReport, GuestSpec, GuestState
from nano_runtime import operation
from nano_runtime.errors import BadValue, Conflict, NotFound, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from appliance.cell.host import CellHost
    from appliance.cell.sightings import Sightings
    from appliance.cell.turns import Turns
    from appliance.protocol.guests import ChangeGuest
    from appliance.protocol.images import UseImages
    from nano_runtime.messages import Event
    from nano_runtime.operation import Journal


log = logging.getLogger(__name__)

PAGE_SIZE = 48 * 1024
"""Bytes of reports in one page; with its envelope it must fit into a frame."""


class Guests:
    """Every method may be called from any thread, and again with the same words: it answers what is there already.

    `facts` answers what this host offers now; it raises Unavailable while the hypervisor does not answer.
    """

    def __init__(
        self,
        host: CellHost,
        sightings: Sightings,
        turns: Turns,
        journal: Journal[CellHost],
        *,
        facts: Callable[[], plan.HostFacts],
        tell: Callable[[Event], None],
    ) -> None:
        self._host, self._sightings, self._turns, self._journal = host, sightings, turns, journal
        self._facts, self._tell = facts, tell
        self._arrivals = Arrivals(host.images, tell)
        self.disks = Disks(self, host)
        self.media = Media(self, host)
        self._suspicious = True
        self._stuck: set[str] = set()

    def create(self, spec: GuestSpec) -> GuestReport:
        """All or nothing. Raises BadValue, NotFound (the image), NoRoom or Conflict before anything changes."""
        plan.check(spec)
        facts = self._facts()
        done = self._await_image(spec)
        with self.turn(spec.id):
            if not self._host.records.has(spec.id):
                self.run(self._plan(plan.complete(spec), facts), done)
                self._sightings.new(spec.id)
            return self._sightings.report(spec.id)

    def delete(self, guest: str, *, even_running: bool) -> None:
        """Content if there is none. Conflict while it runs, unless the caller means it."""
        self._facts()
        self._arrivals.call_off(guest)
        with self.turn(guest):
            if not self._host.records.has(guest):
                return
            running = self._sightings.look(guest).state != GuestState.STOPPED
            if running and not even_running:
                raise Conflict(f"guest {guest} is running", hint="stop it first")
            self._sightings.leaving(guest)
            try:
                self.run(DeletingGuest(id=str(uuid.uuid4()), guest=guest, running=running))
            except BaseException:
                self._sightings.staying(guest)
                raise
            self._gone(guest)

    def start(self, guest: str, *, media: str = "", sha256: str = "") -> GuestReport:
        """Content if it runs. The domain is defined anew where the host offers other things than at its last start."""
        facts = self._facts()
        if media:
            self._host.images.fetch(sha256, ISO)
        with self.turn(guest):
            record = self._host.records.get(guest)
            report = self._sightings.look(guest)
            if report.state == GuestState.STOPPED:
                self._prepare(self.media.loaded(record, media, sha256) if media else record, facts, medium_first=bool(media))
                self._host.hypervisor.start_domain(guest)
                limit_again(self._host.hypervisor, record)
            elif report.state != GuestState.RUNNING:
                raise Conflict(f"guest {guest} is {report.state} and cannot be started", hint="force it off first")
            return self._sightings.look(guest)

    def stop(self, guest: str, *, reboot: bool, force: bool) -> GuestReport:
        """Send the signal. A guest that is off already is content to be stopped, and refuses to be restarted."""
        self._facts()
        with self.turn(guest):
            report = self._sightings.look(guest)
            if report.state == GuestState.STOPPED:
                if reboot:
                    raise Conflict(f"guest {guest} is not running", hint="start it")
                return report
            self._signal(reboot=reboot, force=force)(guest)
            return self._sightings.look(guest)

    def change(self, request: ChangeGuest) -> GuestReport:
        """All of it or nothing; what waits for the next start shows in the report."""
        facts = self._facts()
        with self.turn(request.guest):
            before = self._host.records.get(request.guest)
            after = changes.changed(before, request, facts)
            running = self._sightings.look(request.guest).state in ACTIVE
            if after != before:
                self.run(ChangingGuest(id=str(uuid.uuid4()), before=before, after=after, running=running))
            return self._sightings.altered(request.guest)

    def set_password(self, guest: str, user: str, password: str) -> GuestReport:
        """Remembered once the guest has it; Conflict at once where no agent runs in it."""
        self._facts()
        with self.turn(guest):
            record = self._host.records.get(guest)
            self._require_running(guest)
            agent.set_password(self._host.hypervisor, guest, user, password)
            self._host.records.put(Record(replace(record.spec, admin_name=user, admin_secret=password), record.domain))
            return self._sightings.altered(guest)

    def hold(self, guest: str, *, hold: bool) -> GuestReport:
        """Content if it is held, or goes on, already."""
        self._facts()
        with self.turn(guest):
            state = self._require_running(guest)
            if hold != (state == GuestState.PAUSED):
                (power.suspend if hold else power.resume)(self._host.hypervisor, guest)
            return self._sightings.look(guest)

    def press(self, guest: str, strokes: list[tuple[int, ...]]) -> None:
        self._facts()
        self._require_running(guest)
        power.press(self._host.hypervisor, guest, strokes)

    def use_images(self, place: UseImages, address: str) -> None:
        self._host.images.use(place, address)

    def page(self, after: str, limit: int) -> GuestPage:
        """Guests in order of id as they were seen last."""
        if not 1 <= limit <= 100:
            raise BadValue(f"a page has 1-100 guests, not {limit}", field="limit")
        ids = [guest for guest in self._host.records.ids() if guest > after]
        found: list[GuestReport] = []
        size = 0
        for guest in ids[:limit]:
            report = self._sightings.report(guest)
            size += len(msgspec.json.encode(report))
            if found and size > PAGE_SIZE:
                break
            found.append(report)
        return GuestPage(guests=found, next=found[-1].spec.id if len(ids) > len(found) else "")

    def report(self, guest: str) -> GuestReport:
        return self._sightings.report(guest)

    def altered(self, guest: str) -> GuestReport:
        """Tell that something about it changed."""
        return self._sightings.altered(guest)

    def look(self, guest: str) -> GuestState:
        self._facts()
        return self._sightings.look(guest).state

    def recover(self) -> None:
        """Finish or take back what was interrupted, by a crash or by a hypervisor that went away. Runs alone."""
        with self._turns.alone():
            before = set(self._host.records.ids())
            interrupted = {one.guest for one, _ in self._journal.unfinished() if isinstance(one, CellOperation)}
            left = operation.recover(self._host, self._journal)
            self._suspicious = False
            self._stuck = {one.guest for one in left if isinstance(one, CellOperation)}
            for guest in before - set(self._host.records.ids()):
                self._gone(guest)
            for guest in interrupted & set(self._host.records.ids()):
                self._sightings.altered(guest)
            self._sweep()

    @property
    def unfinished(self) -> bool:
        """Whether recovery has something to do, or did not do it all."""
        return self._suspicious or bool(self._stuck)

    @contextmanager
    def turn(self, guest: str) -> Iterator[None]:
        """Nobody touches a guest before what was interrupted on it is finished or taken back."""
        if self._suspicious:
            self.recover()
        with self._turns.guest(guest):
            if self._suspicious or guest in self._stuck:
                raise Unavailable(
                    f"an interrupted operation on guest {guest} is not cleared up yet", hint="try again; see the log if it stays so"
                )
            yield

    def _require_running(self, guest: str) -> GuestState:
        state = self._sightings.look(guest).state
        if state not in ACTIVE:
            raise Conflict(f"guest {guest} is not running", hint="start it first")
        return state

    def _plan(self, spec: GuestSpec, facts: plan.HostFacts) -> CreatingGuest:
        storage = self._host.storage
        self.require_image(spec)
        self._require_unknown(spec.id)
        storage.require_room(sum(spec.disks))
        volumes = [storage.volume(spec.id, number) for number in range(len(spec.disks))]
        domain = plan.plan(spec, facts, volumes=volumes, serial_log=storage.serial_log(spec.id))
        return CreatingGuest(id=str(uuid.uuid4()), spec=spec, domain=domain)

    def _sweep(self) -> None:
        """Undefine domains that a call left behind after its time was up: they are ours, have no record, and their disks are gone."""
        host = self._host
        for domain in host.hypervisor.sights():
            if host.records.has(domain) or host.storage.home_of(domain).exists():
                continue
            found = self._described(domain)
            if found and found.guest == domain and all(host.storage.owns(disk) for disk in found.disks):
                log.warning("undefining domain %s: it is ours, but its guest and disks are gone", domain)
                host.hypervisor.undefine(domain)

    def _described(self, domain: str) -> xml.Living | None:
        """None for a domain of somebody else, or one that has just gone."""
        try:
            return xml.read_living(self._host.hypervisor.describe(domain))
        except NotFound:
            return None

    def _await_image(self, spec: GuestSpec) -> int:
        """The percent of the creation that is done when the image is here."""
        if self._host.records.has(spec.id):
            return 0
        self.require_image(spec)
        return self._arrivals.wait_for_image(spec)

    def require_image(self, spec: GuestSpec) -> None:
        if not spec.image:
            return
        least = self._host.images.find(spec.image).virtual_size
        if spec.disks[0] < least:
            raise BadValue(f"the system disk must have {least} bytes or more for this image, not {spec.disks[0]}", field="disks")

    def _require_unknown(self, guest: str) -> None:
        """Disks we have no record of are not ours to overwrite. A foreign domain with this UUID libvirt itself protects."""
        if self._host.storage.home_of(guest).exists():
            raise Conflict(f"{self._host.storage.home_of(guest)} exists, but this cell has no such guest", hint="move it away")

    def _prepare(self, record: Record, facts: plan.HostFacts, *, medium_first: bool) -> None:
        today = facts._replace(network=plan.active_network(self._host.hypervisor))
        domain = replace(plan.adapt(record.domain, today), medium_first=medium_first)
        known = self._host.records.get(domain.id)
        if Record(record.spec, domain) != known or not self._host.hypervisor.exists(domain.id):
            self._host.hypervisor.define(xml.write(domain), auto_start=domain.auto_start)
            self._host.records.put(Record(record.spec, domain))

    def _signal(self, *, reboot: bool, force: bool) -> Callable[[str], None]:
        hypervisor = self._host.hypervisor
        if reboot:
            return hypervisor.reset if force else hypervisor.reboot
        return hypervisor.power_off if force else hypervisor.press_power_button

    def run(self, one: CellOperation, done: int = 0) -> None:
        """`done` is the percent that is behind it already."""

        def watch(_: str, begun: int, total: int, step: str) -> None:
            self._tell(GuestProgress(guest=one.guest, percent=done + (100 - done) * (begun - 1) // total, step=step))

        try:
            operation.run(one, self._host, self._journal, watch)
        except BaseException:
            self._suspicious = True  # its way back may have failed too
            raise

    def _gone(self, guest: str) -> None:
        self._sightings.forget(guest)
        self._tell(GuestGone(guest=guest))
