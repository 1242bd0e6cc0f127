"""Images come from Core once, over mutual TLS or out of its folder; they are verified, gone on with, and evicted."""

from __future__ import annotations

import hashlib
import os
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from appliance.cell.arrivals import SHARE, Arrivals
from appliance.cell.images import MARGIN, OLD, YOUNG, Images
from appliance.core.image_formats import ImageKind
from appliance.core.image_records import ImageRecord, ImageRecords
from appliance.core.image_service import ImageService
from appliance.core.image_store import ImageStore
from appliance.core.images import Images as CoreImages
from appliance.core.model import MIGRATIONS
from appliance.http.routes import Upload
from appliance.http.server import HttpsServer
from appliance.protocol.guests import GuestProgress
from appliance.protocol.images import NANO_HELLO, UseImages
from nano_runtime.certificates import Authority, Identity
from nano_runtime.errors import BadValue, Conflict, Damaged, NoRoom, NotFound, Unavailable
from nano_runtime.home import Home
from nano_runtime.messages import Event
from nano_runtime.store import Store
from nano_runtime.tls import server_context
from tests.cell.under_test import wanted
from tests.core.image_examples import MIB, Sent, blank_qcow2, iso

CONTENT = blank_qcow2() + b"\0" * (3 * MIB)
SHA = hashlib.sha256(CONTENT).hexdigest()


class Library:
    """A real image service with one image, in front of which things can go wrong."""

    def __init__(self, home: Home, folder: Path) -> None:
        self.authority = Authority.create("nano")
        self.cell = self.identity("cell")
        self.stranger = self.identity("cell")
        self.store = ImageStore(folder)
        self.store.create()
        self._database = Store(home.data / "core.db", MIGRATIONS)
        records = ImageRecords(self._database)
        self.content = self.add(records, CONTENT, ImageKind.DISK)
        self.iso = self.add(records, iso(), ImageKind.MEDIA)
        self._service = ImageService(CoreImages(records, self.store), self.store, lambda key: key == self.cell.fingerprint, self.take_in)
        self.asked: list[str] = []
        self.taken = b""
        self.spoil: Callable[[Iterable[bytes]], Iterable[bytes]] = lambda pieces: pieces
        server = self.identity("nano_image")
        self.server = HttpsServer(None, "127.0.0.1", 0, self, lambda: server_context(server, require_client=True), threads=4)
        self.server.start()
        self.place = UseImages(port=self.server.port, pin=server.fingerprint)

    def identity(self, role: str) -> Identity:
        return self.authority.issue(domain="nano", role=role, name=role)

    def add(self, records: ImageRecords, data: bytes, kind: ImageKind) -> Any:
        content = self.store.receive(Sent(data), kind)
        records.put(
            ImageRecord(id=kind.value, kind=kind, name=kind.value, owner="ann", group="staff", created=1, modified=1, content=content)
        )
        return content

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.asked.append(f"{environ['REQUEST_METHOD']} {environ.get('HTTP_RANGE', '')}".strip())
        return self.spoil(self._service(environ, start_response))

    def take_in(self, draft: str, upload: Upload) -> None:
        if draft != "expected.fetch":
            raise NotFound("nobody waits for this draft")
        self.taken = upload.read(1 << 30)

    def close(self) -> None:
        self.server.stop()
        self._database.close()


@pytest.fixture
def library(home: Home, tmp_path: Path) -> Iterator[Library]:
    library = Library(home, tmp_path / "store")
    yield library
    library.close()


@pytest.fixture
def images(library: Library, tmp_path: Path) -> Images:
    return cache(library, tmp_path)


def cache(library: Library, tmp_path: Path, **options: Any) -> Images:
    images = Images(tmp_path / "storage", identity=lambda: library.cell, **options)
    images.create()
    images.use(library.place, "127.0.0.1")
    return images


def kept(images: Images) -> set[str]:
    return {path.name for path in images._folder.iterdir()}


def once_cut(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The first piece, and then the connection breaks."""
    yield next(iter(pieces))
    raise OSError("cut")


def test_an_image_is_fetched_once_and_verified(library: Library, images: Images) -> None:
    assert images.find(SHA) == (len(CONTENT), 8 * MIB)
    path = images.fetch(SHA)

    assert path.read_bytes() == CONTENT
    assert path.stat().st_mode & 0o777 == 0o444
    images.fetch(SHA)
    assert images.find(SHA) == (len(CONTENT), 8 * MIB)
    assert library.asked == ["GET bytes=0-0", "GET bytes=0-0", "GET"]
    assert kept(images) == {f"{SHA}.qcow2"}


def test_four_who_want_it_at_once_fetch_it_once(library: Library, images: Images) -> None:
    askers = [threading.Thread(target=images.fetch, args=(SHA,)) for _ in range(4)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join(20)

    assert library.asked.count("GET") == 1
    assert images.path(SHA).read_bytes() == CONTENT


def test_an_iso_comes_the_same_way(library: Library, images: Images) -> None:
    assert images.fetch(library.iso.sha256, "iso").read_bytes() == iso()


def test_a_transfer_that_breaks_is_gone_on_with(library: Library, images: Images) -> None:
    cuts = [once_cut]
    library.spoil = lambda pieces: cuts.pop()(pieces) if cuts and len(library.asked) > 1 else pieces

    assert images.fetch(SHA).read_bytes() == CONTENT

    assert library.asked == ["GET bytes=0-0", "GET", f"GET bytes={MIB}-"]


def test_a_beginning_that_a_crash_left_is_gone_on_with(library: Library, images: Images) -> None:
    images.path(SHA).with_name(f"{SHA}.part").write_bytes(CONTENT[:1000])
    images.create()

    assert images.fetch(SHA).read_bytes() == CONTENT
    assert library.asked[-1] == "GET bytes=1000-"


def test_a_beginning_of_something_else_is_thrown_away(library: Library, images: Images) -> None:
    images.path(SHA).with_name(f"{SHA}.part").write_bytes(b"x" * 1000)

    assert images.fetch(SHA).read_bytes() == CONTENT


def test_an_image_that_arrives_damaged_is_not_kept(library: Library, images: Images) -> None:
    library.spoil = lambda pieces: (piece.replace(b"\0", b"\1") for piece in pieces)

    with pytest.raises(Damaged, match="SHA-256"):
        images.fetch(SHA)

    assert kept(images) == set()


def test_a_core_that_only_breaks_off_is_given_up(library: Library, images: Images) -> None:
    images.find(SHA)
    library.spoil = lambda pieces: iter(())

    with pytest.raises(Unavailable):
        images.fetch(SHA)


def test_only_keys_of_cells_get_in(library: Library, images: Images) -> None:
    images._identity = lambda: library.stranger
    images.use(library.place, "127.0.0.1")
    with pytest.raises(NotFound, match="no cell's"):
        images.fetch(SHA)
    other = Authority.create("nano").issue(domain="nano", role="cell", name="cell")
    images._identity = lambda: other
    images.use(library.place, "127.0.0.1")
    with pytest.raises((ssl.SSLError, OSError, Unavailable)):
        images.fetch(SHA)


def test_nobody_but_the_announced_key_is_asked(library: Library, images: Images) -> None:
    images.use(UseImages(port=library.place.port, pin="0" * 64), "127.0.0.1")

    with pytest.raises(Unavailable):
        images.fetch(SHA)
    assert library.asked == []


@pytest.mark.parametrize("digest", ["0" * 64, "../../etc/passwd", "", SHA.upper(), "x" * 64])
def test_what_core_does_not_have_is_not_found(images: Images, digest: str) -> None:
    with pytest.raises(NotFound):
        images.find(digest)


def test_before_core_said_where_nothing_is_fetched(tmp_path: Path) -> None:
    images = Images(tmp_path)
    images.create()

    with pytest.raises(Unavailable, match="not told yet"):
        images.find(SHA)
    assert images.fetch(NANO_HELLO.sha256).exists()


def test_on_the_host_of_core_no_byte_is_copied(library: Library, images: Images) -> None:
    images.use(UseImages(port=1, pin="", folder=str(library.store.folder)), "192.0.2.1")

    path = images.fetch(SHA)

    assert path.read_bytes() == CONTENT
    assert library.asked == []
    assert path.samefile(library.store.path(library.content))  # on a file system that shares blocks this needs another proof


def test_another_file_system_gets_a_verified_copy(library: Library, images: Images, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    images.use(UseImages(port=1, pin="", folder=str(library.store.folder)), "192.0.2.1")

    assert images.fetch(SHA).read_bytes() == CONTENT
    library.store.path(library.iso).chmod(0o644)
    library.store.path(library.iso).write_bytes(b"changed")
    with pytest.raises(Damaged):
        images.fetch(library.iso.sha256, "iso")


def test_a_folder_of_another_host_is_not_mistaken_for_ours(library: Library, images: Images, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / f"{SHA}.qcow2").symlink_to("/etc/shadow")
    place = UseImages(port=library.place.port, pin=library.place.pin, folder=str(elsewhere))
    images.use(place, "127.0.0.1")

    assert images.fetch(SHA).read_bytes() == CONTENT
    assert library.asked


def test_room_is_looked_at_before_the_first_byte(library: Library, tmp_path: Path) -> None:
    images = cache(library, tmp_path, free=lambda folder: MARGIN + 100)

    with pytest.raises(NoRoom):
        images.fetch(SHA)
    assert "GET" not in library.asked


def test_what_no_guest_needs_is_evicted_by_age_and_for_room(library: Library, tmp_path: Path) -> None:
    clock, free, used = [1_000_000.0], [1 << 40], {SHA}
    images = cache(library, tmp_path, in_use=lambda: used, free=lambda folder: free[0], now=lambda: clock[0])
    images.fetch(SHA)
    images.fetch(library.iso.sha256, "iso")

    clock[0] += YOUNG - 1
    images.evict(1 << 50)
    assert len(kept(images)) == 2
    clock[0] += 2
    images.evict(1)
    assert len(kept(images)) == 2
    images.evict(1 << 50)
    assert kept(images) == {f"{SHA}.qcow2"}
    used.clear()
    images.evict()
    assert kept(images) == {f"{SHA}.qcow2"}
    clock[0] += OLD
    images.evict()
    assert kept(images) == set()


def test_progress_is_told_while_it_copies(library: Library, images: Images) -> None:
    told: list[Event] = []
    spec = wanted(image=SHA)

    assert Arrivals(images, told.append).wait_for_image(spec) == SHARE

    percents = [event.percent for event in told if isinstance(event, GuestProgress)]
    assert percents == sorted(percents)
    assert percents[-1] == SHARE
    assert len(percents) > 2
    assert Arrivals(images, told.append).wait_for_image(spec) == 0


def test_a_guest_that_is_called_off_ends_the_transfer_and_the_next_one_goes_on(library: Library, images: Images) -> None:
    spec = wanted(image=SHA)
    arrivals: Arrivals

    def call_off(event: Event) -> None:
        arrivals.call_off(spec.id)

    arrivals = Arrivals(images, call_off)
    with pytest.raises(Conflict, match="taken back"):
        arrivals.wait_for_image(spec)

    assert kept(images) == {f"{SHA}.part"}
    assert images.fetch(SHA).read_bytes() == CONTENT
    assert library.asked[-1] == f"GET bytes={2 * MIB}-"


def disk_on(base: Path, folder: Path) -> Path:
    volume = folder / "volume.qcow2"
    subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", "-b", base, "-F", "qcow2", volume], check=True)
    return volume


@pytest.mark.parametrize("near", [True, False], ids=["on Core's host", "elsewhere"])
def test_a_disk_is_exported_without_what_it_is_based_on(library: Library, images: Images, tmp_path: Path, *, near: bool) -> None:
    volume = disk_on(images.fetch(SHA), tmp_path)
    if near:
        images.use(UseImages(port=1, pin="", folder=str(library.store.folder)), "192.0.2.1")

    images.export(volume, "expected.fetch")

    made = tmp_path / "made"
    made.write_bytes(library.taken or (library.store.drafts / "expected.fetch").read_bytes())
    subprocess.run(["qemu-img", "compare", "-q", "-f", "qcow2", "-F", "qcow2", volume, made], check=True)
    assert b"backing" not in subprocess.check_output(["qemu-img", "info", made])
    assert kept(images) == {f"{SHA}.qcow2"}


@pytest.mark.parametrize("name", ["unexpected.fetch", "../x.fetch", "/etc/x.fetch", "x"])
def test_a_draft_that_nobody_waits_for_is_not_taken(library: Library, images: Images, tmp_path: Path, name: str) -> None:
    volume = disk_on(images.fetch(SHA), tmp_path)

    with pytest.raises((Conflict, BadValue)):
        images.export(volume, name)
    assert (library.taken, kept(images)) == (b"", {f"{SHA}.qcow2"})
