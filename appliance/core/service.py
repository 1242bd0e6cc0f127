"""Core: the parts put together, and the service that runs them."""

from __future__ import annotations

import logging
import os
import threading
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from appliance.core.admission import SpecMaker
from appliance.core.authority import establish
from appliance.core.backlog import Backlog
from appliance.core.batches import Batches
from appliance.core.cell_messages import CellMessages
from appliance.core.cells import Cells
from appliance.core.consoles import Consoles
from appliance.core.enrolment import Enrolment
from appliance.core.events import Events
from appliance.core.guest_changes import GuestChanges
from appliance.core.guest_disks import GuestDisks
from appliance.core.guest_search import GuestFinder
from appliance.core.guests import Guests
from appliance.core.image_adoption import ImageAdoption
from appliance.core.image_download import Downloader, Network
from appliance.core.image_records import ImageRecords
from appliance.core.image_service import ImageService
from appliance.core.image_store import ImageStore
from appliance.core.image_uploads import ImageUploads
from appliance.core.image_views import ImageViews
from appliance.core.image_work import ImageWork
from appliance.core.images import Images
from appliance.core.inventory import Inventory
from appliance.core.links import Links
from appliance.core.media import Media
from appliance.core.model import MIGRATIONS, Guest
from appliance.core.operations import CoreOperation
from appliance.core.operations.images import ImageOperation
from appliance.core.pools import Pools
from appliance.core.register import Operations
from appliance.core.registry import Registry
from appliance.core.status import Status
from appliance.core.templates import Templates
from appliance.core.tokens import Tokens
from appliance.core.views import Views
from appliance.core.work import GuestWork
from appliance.core.workers import Workers
from appliance.protocol.images import UseImages
from nano_runtime.certificates import Authority, Identity, certificate_text, needs_renewal
from nano_runtime.discovery import Announcement, Responder, Triple
from nano_runtime.endpoint import LinkServer
from nano_runtime.errors import BadSetting
from nano_runtime.messages import Dispatcher
from nano_runtime.operation import Journal
from nano_runtime.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from appliance.settings import ApiSettings, Credential, DomainSettings
    from nano_runtime.home import Home

log = logging.getLogger(__name__)

TICK = 0.25
"""Seconds; a silent cell is noticed at most this much late."""
EVERY_WELCOME = 8
EVERY_FIGURES = 20
EVERY_RETRY = 60
EVERY_HOUR = 4 * 3600


class Core:
    """What the routes of appliance/core/api work on. It talks to no network by itself: links are brought to it.

    `now` is wall time, `clock` one that never jumps; both in seconds.
    """

    def __init__(
        self,
        home: Home,
        *,
        authority: Authority,
        identity: Identity,
        domain: str = "nano",
        credentials: Sequence[Credential] = (),
        timeout: float = 10,
        now: Callable[[], float] = time.time,
        clock: Callable[[], float] = time.monotonic,
        image_folder: Path | None = None,
        fetch_from: Sequence[Network] = (),
    ) -> None:
        """Opens store and journal, and takes back what a kill interrupted, as far as no cell is needed for it."""
        self.identity = identity
        self._ticks = 0
        self._store = Store(home.data / "core.db", MIGRATIONS)
        self._backlog = Backlog(self._store)
        self._workers = Workers()
        self.events = Events()
        self._registry = Registry(self._store)
        self._links = Links(now, clock)
        self._views = Views(self._registry, self._links)
        self._inventory = Inventory(self._store, self._backlog, self._guest_changed, clock)
        enrolment = Enrolment(self._store, self._registry, authority, domain, self._cell_joins, now)
        self._enrolment = enrolment
        self.judge = enrolment.judge
        self.pools = Pools(self._registry, self.events)
        self.cells = Cells(self._registry, self.pools, enrolment, self._links, self._inventory, self.events)
        self.status = Status(self._registry, enrolment, self._links, self._inventory, self._views, now())
        self.operations = Operations(self._store, self._backlog, self.events, now)
        journal = Journal[Any](home.data / "core-journal", CoreOperation)
        self._work = GuestWork(journal, self._inventory, self._links, self._registry, self.operations, self._workers)
        self.cells.on_refused = lambda cell: self._work.retry()
        self._image_folder = image_folder or home.path / "storage" / "store"
        image_store = ImageStore(self._image_folder)
        image_store.create()
        self.images = Images(ImageRecords(self._store), image_store, self._guests_on_images, now)
        image_journal = Journal[Any](home.data / "image-journal", ImageOperation)
        downloader = Downloader(fetch_from, free=image_store.spare)
        self.image_work = ImageWork(self.images, image_store, image_journal, self.operations, self._workers, downloader, self._links, now)
        self.image_views = ImageViews(
            self.images, self.image_work.operation_on, guest=lambda caller, id: self.guests.usable(caller, id), build=self.image_work.build
        )
        self.image_service = ImageService(self.images, image_store, self._registry.trusts, self.image_work.take_in)
        self.image_adoption = ImageAdoption(self.images, image_store, now)
        self.image_uploads = ImageUploads(self.images, image_store, now)
        self.images.sweep()
        self.templates = Templates(self._store, now)
        self.tokens = Tokens(credentials, now)
        self.guests = self._make_guests(timeout, now)
        self.media = Media(self.guests, self.images, self._links, self._inventory)
        self.changes = GuestChanges(self.guests, self._inventory, self._links, self.templates, timeout)
        self.batches = Batches(self.guests, self._inventory, self.operations, self._workers, now)
        self.disks = GuestDisks(self.guests, self._inventory, self._work, self.images, now)
        self._messages = self._make_messages()
        self.dispatcher = Dispatcher()
        self._messages.register(self.dispatcher)
        self.link_up = self._messages.link_up
        self.link_down = self._messages.link_down
        self.welcomed = self._messages.welcomed
        with ExitStack() as undo:
            undo.callback(self.close, 0)
            self.image_work.find_interrupted(self._backlog)
            self._work.find_interrupted()
            undo.pop_all()

    def announce_images(self, port: int, pin: str) -> None:
        """Tell the cells where the image service answers, and with which key."""
        self._messages.announce_images(UseImages(port=port, pin=pin, folder=str(self._image_folder)))

    def tick(self) -> None:
        """Notice who fell silent, and from time to time what is overdue. To be called every TICK seconds."""
        self._messages.look_for_the_silent()
        self._ticks += 1
        if self._ticks % EVERY_WELCOME == 0:
            self._messages.welcome_again()
        if self._ticks % EVERY_FIGURES == 0:
            self.events.publish_zone(self.status.zone)
        if self._ticks % EVERY_RETRY == 0:
            self._work.retry()
        if self._ticks % EVERY_HOUR == 1:
            self._inventory.prune()
            self.operations.expire()
            self.batches.expire()
            self.image_uploads.expire()
            self.images.sweep()

    def figures(self) -> dict[str, Any]:
        """For `nano status`: cells [online, all], guests, hosts that wait for approval."""
        cells = self._registry.cells
        online = sum(self._links.live(cell).alive for cell in cells)
        return {"cells": [online, len(cells)], "guests": len(self._inventory.all()), "pending_cells": len(self._enrolment.pending)}

    def close(self, seconds: float = 10) -> None:
        """Let operations under way end, for so long; what is cut off is taken up from the journal at the next start."""
        if not self._workers.close(seconds):
            log.warning("operations were still under way; the next start takes them up")
        self._backlog.close()
        self._store.close()

    def _make_guests(self, timeout: float, now: Callable[[], float]) -> Guests:
        return Guests(
            inventory=self._inventory,
            registry=self._registry,
            cells=self.cells,
            links=self._links,
            work=self._work,
            views=self._views,
            finder=GuestFinder(self._inventory, self._registry, self._views),
            images=self.images,
            maker=SpecMaker(self.images, self.templates, os.urandom),
            consoles=Consoles(self._links, self._registry, lambda: self.identity, timeout),
            timeout=timeout,
            now=now,
        )

    def _make_messages(self) -> CellMessages:
        return CellMessages(
            registry=self._registry,
            enrolment=self._enrolment,
            links=self._links,
            inventory=self._inventory,
            cells=self.cells,
            work=self._work,
            workers=self._workers,
        )

    def _guest_changed(self, before: Guest | None, after: Guest | None) -> None:
        if after is not None:
            self.events.publish_guest(after, self._views.config(after), "created" if before is None else "changed")
        elif before is not None:
            self.events.publish_guest(before, None, "deleted")

    def _guests_on_images(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for guest in self._inventory.all():
            for digest in {guest.spec.image, guest.spec.media_sha256} - {""}:
                found.setdefault(digest, []).append(guest.spec.name)
        return found

    def _cell_joins(self, cell: str) -> None:
        self.cells.joined(cell)


class CoreService:
    """Core on the network: links from cells, discovery, and the clock that notices who is gone.

    It listens for links on `listen_address` only and announces exactly that, whatever interface a ping came in by; a cell
    on the same host reaches it there as well. The REST API is served by whoever composes the services, from `core`.
    """

    def __init__(
        self, home: Home, domain: DomainSettings, api: ApiSettings, *, image_folder: Path | None = None, fetch_from: Sequence[Network] = ()
    ) -> None:
        self._home = home
        self._image_folder = image_folder
        self._fetch_from = fetch_from
        self._domain = domain
        self._api = api
        self._stopping = threading.Event()
        self._since = 0.0
        self._port = 0
        self.core: Core

    @property
    def identity(self) -> Identity:
        return self.core.identity

    def start(self) -> None:
        """Raises BadSetting, Damaged or Forbidden with the reason; then nothing was started."""
        if not self._domain.listen_address:
            raise BadSetting(
                "listen_address is empty in config/domain.cfg", hint="set it to an IPv4 address of this host", field="listen_address"
            )
        self.authority, identity = establish(self._home, self._domain.domain, self._domain.listen_address)
        self.core = Core(
            self._home,
            authority=self.authority,
            identity=identity,
            domain=self._domain.domain,
            credentials=self._api.credentials,
            timeout=self._domain.timeout,
            image_folder=self._image_folder,
            fetch_from=self._fetch_from,
        )
        core = self.core
        self._server = LinkServer(lambda: core.identity, core.dispatcher, core.judge, core.link_up, core.link_down)
        triple = Triple(self._domain.domain, self._domain.group_address, self._domain.group_port)
        self._responder = Responder(triple, self._announce, lambda data: core.identity.sign(data))
        with ExitStack() as undo:
            undo.callback(core.close, 0)
            self._port = self._server.start(self._domain.listen_address)
            undo.callback(self._server.stop)
            self._responder.start()
            undo.pop_all()
        self._since = time.time()
        self._stopping.clear()
        self._ticker = threading.Thread(target=self._tick, name="core-ticker", daemon=True)
        self._ticker.start()

    def stop(self) -> None:
        if not self._since:
            return
        self._since = 0.0
        self._stopping.set()
        self._ticker.join()
        self._responder.stop()
        self.core.close()
        self._server.stop()

    def status(self) -> dict[str, Any]:
        running = bool(self._since)
        about = self.core.figures() if running else {}
        return {"running": running, "since": self._since, "listen_address": self._domain.listen_address, "link_port": self._port, **about}

    def _announce(self, local: str) -> Announcement:
        identity = self.identity
        return Announcement(
            address=self._domain.listen_address,
            port=self._port,
            name=identity.role.name,
            authority=self.authority.fingerprint,
            certificate=certificate_text(identity.certificate),
        )

    def _tick(self) -> None:
        while not self._stopping.wait(TICK):
            try:
                self.core.tick()
                if needs_renewal(self.identity.certificate, time.time()):
                    _, self.core.identity = establish(self._home, self._domain.domain, self._domain.listen_address)
            except Exception:
                log.exception("Core's clock stumbled")
