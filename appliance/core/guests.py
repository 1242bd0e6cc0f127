"""Guests as the API creates, reads, changes and deletes them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from appliance.core.admission import SpecMaker, admit, require_able
from appliance.core.api.objects import GuestConfig, GuestId, InstanceStatus
from appliance.core.image_formats import ImageKind
from appliance.core.inventory import demand_of
from appliance.core.media import FETCHING
from appliance.core.model import Guest, Work
from appliance.core.operations import CreatingGuest, DeletingGuest
from appliance.core.placement import choose_cell
from appliance.core.views import ACTIVE
from appliance.core.work import reserved
from appliance.http.routes import Answer, Stream
from appliance.protocol.guests import GuestFigures, GuestSpec, GuestState, HoldGuest, ReadGuest, StartGuest, StopGuest, TypeText
from nano_runtime.errors import BadValue, Conflict, NotFound, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from appliance.core.api.guests import NewGuest
    from appliance.core.api.instances import StartOptions, StopOptions, Typing
    from appliance.core.api.search import GuestFilter, GuestSearch, GuestSearchResult
    from appliance.core.cells import Cells
    from appliance.core.consoles import Consoles
    from appliance.core.guest_search import GuestFinder
    from appliance.core.images import Images
    from appliance.core.inventory import Inventory
    from appliance.core.links import Links
    from appliance.core.registry import Registry
    from appliance.core.views import Views
    from appliance.core.work import GuestWork
    from appliance.rights import Caller

KEYS = uuid.UUID("2f0b3b3c-5a0e-4c55-9a5e-6e616e6f0002")
"""Namespace of the ids that are made of Idempotency-Keys."""
TYPING = 40.0
"""Seconds that a long text may take to be typed."""
DELETION_WAIT = 10.0
"""Seconds a client is kept waiting for a deletion; it goes on without them."""


class Guests:
    def __init__(
        self,
        *,
        inventory: Inventory,
        registry: Registry,
        cells: Cells,
        links: Links,
        work: GuestWork,
        views: Views,
        finder: GuestFinder,
        maker: SpecMaker,
        consoles: Consoles,
        images: Images,
        timeout: float,
        now: Callable[[], float],
    ) -> None:
        self._images = images
        self._inventory = inventory
        self._registry = registry
        self._cells = cells
        self._links = links
        self._work = work
        self._views = views
        self._maker = maker
        self._consoles = consoles
        self._timeout = timeout
        self._now = now
        self._finder = finder

    def create(self, caller: Caller, wanted: NewGuest) -> GuestId:
        """Reserve and journal a guest; the work goes on in the background. A request repeated with its key answers the same."""
        return self._made_before(caller, wanted) or self.begin_creation(caller, wanted)[0]

    def require_possible(self, caller: Caller, wanted: NewGuest) -> None:
        """Raises what would be wrong with such a guest under any free name."""
        admit(caller, wanted)
        pool = self._registry.pool(wanted.pool)
        require_able(pool, self._cells.candidates(pool.name), wanted)
        self._maker.make(caller, wanted, id="", now=self._now(), taken=lambda _: False)

    def begin_creation(self, caller: Caller, wanted: NewGuest) -> tuple[GuestId, Future[None]]:
        """The guest to be, and how its creation will end."""
        admit(caller, wanted)
        pool = self._registry.pool(wanted.pool)
        id, operation = _ids(caller)
        with self._inventory.changing():
            if self._inventory.find(id):
                raise Conflict("this Idempotency-Key is being used by another request", hint="ask again")
            candidates = self._cells.candidates(pool.name)
            require_able(pool, candidates, wanted)
            self._inventory.require_free_name(wanted.pool, wanted.group, wanted.name)
            used = {guest.spec.ethernet_address for guest in self._inventory.all()}
            spec = self._maker.make(caller, wanted, id=id, now=self._now(), taken=used.__contains__)
            cell = choose_cell(pool.name, candidates, demand_of(spec))
            self._inventory.put(reserved(spec, cell, operation))
        try:
            story = CreatingGuest(id=operation, spec=spec, cell=cell, user=caller.user, asked=self._now(), start=wanted.start)
            ended = self._work.begin(story)
        except BaseException:
            self._inventory.remove(spec.id)
            raise
        return GuestId(id=spec.id, operation=operation), ended

    def _made_before(self, caller: Caller, wanted: NewGuest) -> GuestId | None:
        """What was made under this key of this caller; Conflict if something else was."""
        id, operation = _ids(caller)
        record = self._work.record(operation) if caller.once else None
        if record is None:
            return None
        name = f"{wanted.group}.{wanted.name}"
        if record.object_name != name:
            raise Conflict(f"this Idempotency-Key made '{record.object_name}', not '{name}'", hint="use a new key for a new request")
        return GuestId(id=id, operation=operation)

    def get(self, caller: Caller, id: str) -> Answer[GuestConfig]:
        self._tell_failure(caller, id)
        guest = self.visible(caller, id)
        ready = guest.created and guest.work is not Work.RESETTING
        return Answer(self._views.config(guest, secret=True), 200 if ready else 201)

    def delete(self, caller: Caller, id: str) -> None:
        _wait(self.begin_deletion(caller, id))

    def begin_deletion(self, caller: Caller, id: str) -> Future[None]:
        """Of a guest that is found stopped."""
        guest = self.usable(caller, id)
        self._require_stopped(guest)
        operation = str(uuid.uuid4())
        with self._inventory.changing():
            guest = self.usable(caller, id)
            self._inventory.change(id, work=Work.DELETING, operation=operation)
        story = DeletingGuest(id=operation, guest=id, name=guest.spec.name, cell=guest.cell, user=caller.user, asked=self._now())
        try:
            return self._work.begin(story)
        except BaseException:
            self._inventory.change(id, work=None, operation="")
            raise

    def start(self, caller: Caller, id: str, options: StartOptions) -> None:
        if options.source and not options.from_media:
            raise BadValue("source is of use with from_media only", hint="say from_media, or leave it out", field="source")
        if options.from_network:
            raise BadValue("starting from the network is not available yet", hint="leave it out", field="from_network")
        guest = self.usable(caller, id)
        if guest.report.state in ACTIVE and not guest.missing:
            raise Conflict(f"'{guest.spec.name}' is already {guest.report.state}")
        if options.from_media:
            medium = self._images.find(caller, ImageKind.MEDIA, options.source, field="source")
            request, seconds = StartGuest(guest=id, media=options.source, media_sha256=medium.sha256), FETCHING
        else:
            request, seconds = StartGuest(guest=id), self._timeout
        report = self._links.ask(guest.cell, request, seconds=seconds)
        self._inventory.take_in(report, guest.cell, guest.spec.pool)

    def stop(self, caller: Caller, id: str, options: StopOptions) -> None:
        guest = self.usable(caller, id)
        if guest.report.state not in ACTIVE:
            raise Conflict(f"'{guest.spec.name}' is already stopped")
        request = StopGuest(guest=id, reboot=options.reboot, force=options.force)
        report = self._links.ask(guest.cell, request, seconds=self._timeout)
        self._inventory.take_in(report, guest.cell, guest.spec.pool)

    def hold(self, caller: Caller, id: str, *, hold: bool) -> None:
        guest = self.running(caller, id)
        if (guest.report.state is GuestState.PAUSED) == hold:
            raise Conflict(f"'{guest.spec.name}' is {guest.report.state} already")
        report = self._links.ask(guest.cell, HoldGuest(guest=id, hold=hold), seconds=self._timeout)
        self._inventory.take_in(report, guest.cell, guest.spec.pool)

    def type_text(self, caller: Caller, id: str, wanted: Typing) -> None:
        guest = self.running(caller, id)
        if bool(wanted.text) == bool(wanted.keys):
            raise BadValue("give either text or keys", field="text")
        request = TypeText(guest=id, text=wanted.text, layout=wanted.layout, keys=wanted.keys)
        self._links.ask(guest.cell, request, seconds=TYPING)

    def status(self, caller: Caller, id: str) -> InstanceStatus:
        self._tell_failure(caller, id)
        guest = self.visible(caller, id)
        if not guest.created:
            return self._views.status(guest, GuestFigures(state=GuestState.STOPPED))
        return self._views.status(guest, self._links.ask(guest.cell, ReadGuest(guest=id), seconds=self._timeout))

    def console(self, caller: Caller, id: str, kind: str) -> Stream:
        return self._consoles.open(self.running(caller, id), kind)

    def picture(self, caller: Caller, id: str) -> bytes:
        return self._consoles.picture(self.running(caller, id))

    def filter(self, caller: Caller, query: GuestFilter) -> list[GuestConfig]:
        return self._finder.filter(caller, query)

    def in_pool(self, caller: Caller, pool: str) -> list[GuestConfig]:
        return self._finder.in_pool(caller, pool)

    def in_cell(self, caller: Caller, pool: str, cell: str) -> list[GuestConfig]:
        return self._finder.in_cell(caller, pool, cell)

    def search(self, caller: Caller, body: GuestSearch) -> GuestSearchResult:
        return self._finder.search(caller, body)

    def visible(self, caller: Caller, id: str) -> Guest:
        """A guest of others is as unknown as none."""
        guest = self._inventory.get(id)
        if not caller.owns(guest.spec.owner, guest.spec.group):
            raise NotFound(f"there is no guest {id[:64]!r}", field="id")
        return guest

    def usable(self, caller: Caller, id: str) -> Guest:
        """A guest nothing else is being done to."""
        guest = self.visible(caller, id)
        if guest.work:
            raise Conflict(f"'{guest.spec.name}' is {guest.work.value}", hint="wait for that to end")
        return guest

    def running(self, caller: Caller, id: str) -> Guest:
        guest = self.usable(caller, id)
        if guest.report.state not in ACTIVE:
            raise Conflict(f"'{guest.spec.name}' is not running", hint="start it first")
        return guest

    def _require_stopped(self, guest: Guest) -> None:
        """Ask its cell, which knows best; a guest that its cell does not have, or whose cell was removed, has stopped for good."""
        if guest.cell not in self._registry.cells:
            return
        try:
            state = self._links.ask(guest.cell, ReadGuest(guest=guest.spec.id), seconds=self._timeout).state
        except NotFound:
            return
        if state in ACTIVE:
            raise Conflict(f"'{guest.spec.name}' is {state.value}", hint="stop it first")

    def _tell_failure(self, caller: Caller, id: str) -> None:
        spec: GuestSpec | None = self._work.failed_spec(id)
        if spec is not None:
            problem = self._work.take_failure(id, visible=caller.owns(spec.owner, spec.group))
            if problem is not None:
                raise problem


def _ids(caller: Caller) -> tuple[str, str]:
    """Of a new guest and its creation: random, or made of the key under which it is asked for."""
    if not caller.once:
        return str(uuid.uuid4()), str(uuid.uuid4())
    guest, operation = (str(uuid.uuid5(KEYS, f"{what}\0{caller.user}\0{caller.once}")) for what in ("guest", "operation"))
    return guest, operation


def _wait(ended: Future[None]) -> None:
    try:
        ended.result(DELETION_WAIT)
    except TimeoutError:
        return
    except Unavailable as problem:
        raise Unavailable(f"{problem.message}; the deletion goes on when it is back", hint="see the operation") from problem
