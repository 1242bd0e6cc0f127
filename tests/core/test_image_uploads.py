"""Files of images arrive whole or not at all; what breaks off leaves nothing, or goes on where it stopped."""

from __future__ import annotations

import hashlib
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.core.api.image_objects import ChunkQuery, NewUpload, UploadItem
from appliance.core.image_formats import ImageKind
from appliance.core.image_store import MARGIN
from appliance.rights import ROOT
from nano_runtime.errors import BadRequest, BadValue, Conflict, NanoError, NoRoom, NotFound, TooLarge
from tests.core.conftest import Zone
from tests.core.image_examples import MIB, Sent, blank_qcow2, disk_image, filled, iso, media_image

DISK, MEDIA = ImageKind.DISK, ImageKind.MEDIA
CONTENT = blank_qcow2()
SHA = hashlib.sha256(CONTENT).hexdigest()


class Broken(Sent):
    """A client that goes away after its first bytes."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise BadRequest("the file ended early")
        return super().read(1000)


class Waiting(Sent):
    """A client that sends its rest only when told to."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.asked, self.go_on = threading.Event(), threading.Event()

    def read(self, size: int | None = -1, /) -> bytes:
        self.asked.set()
        assert self.go_on.wait(10)
        return super().read(size)


def upload(zone: Zone, id: str, sent: Sent, *, kind: ImageKind = DISK, sha256: str = "") -> None:
    zone.core.image_uploads.upload(ROOT, kind, id, sent, sha256=sha256)


def files(zone: Zone) -> list[str]:
    folder = zone.core.image_uploads._store.folder
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("told", [True, False], ids=["length told", "length unknown"])
def test_a_file_arrives_whole_with_both_digests(zone: Zone, *, told: bool) -> None:
    id = disk_image(zone)
    upload(zone, id, Sent(CONTENT, told=told), sha256=SHA.upper())

    file = zone.core.image_uploads.download(ROOT, DISK, id)
    assert b"".join(file.read(0, file.size)) == CONTENT
    assert file.headers["Signature"] == hashlib.sha1(CONTENT, usedforsecurity=False).hexdigest()
    file.close()
    assert files(zone) == [f"{SHA}.qcow2"]


@pytest.mark.parametrize("form", ["raw", "vmdk"])
def test_other_formats_are_kept_as_qcow2(zone: Zone, tmp_path: Path, form: str) -> None:
    raw = tmp_path / "raw"
    raw.write_bytes((bytes(510) + b"\x55\xaa" + b"content" * 1000).ljust(4 * MIB, b"\0"))
    sent = tmp_path / "sent"
    subprocess.run(["qemu-img", "convert", "-f", "raw", "-O", form, raw, sent], check=True)
    id = disk_image(zone)

    upload(zone, id, Sent(sent.read_bytes()))

    [kept] = zone.core.image_uploads._store.folder.glob("*.qcow2")
    assert zone.core.image_views.disk(ROOT, id).virtual_size == 4 * MIB
    assert kept.stem == hashlib.sha256(kept.read_bytes()).hexdigest()
    subprocess.run(["qemu-img", "compare", "-q", "-f", "raw", "-F", "qcow2", raw, kept], check=True)


def test_an_iso_is_a_media_image(zone: Zone) -> None:
    id = media_image(zone)
    upload(zone, id, Sent(iso()), kind=MEDIA)

    assert zone.core.image_views.media(ROOT, id).size == len(iso())


BAD: dict[str, Callable[[], Sent]] = {
    "broken off": lambda: Broken(CONTENT),
    "broken off, length unknown": lambda: Broken(CONTENT, told=False),
    "no image": lambda: Sent(b"root:x:0:0\n" * 1000),
    "empty": lambda: Sent(b""),
    "cut before it was sent": lambda: Sent(CONTENT[: 3 * 65536]),
    "an iso": lambda: Sent(iso()),
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_a_bad_upload_leaves_the_image_as_it_was(zone: Zone, bad: Callable[[], Sent]) -> None:
    id = filled(zone)
    before = zone.core.image_views.disk(ROOT, id)

    with pytest.raises(NanoError):
        upload(zone, id, bad())

    assert zone.core.image_views.disk(ROOT, id) == before
    assert files(zone) == [f"{before.sha256}.qcow2"]


def test_a_file_that_is_not_the_announced_one_is_refused(zone: Zone) -> None:
    with pytest.raises(BadValue, match="SHA-256"):
        upload(zone, disk_image(zone), Sent(CONTENT), sha256="0" * 64)
    assert files(zone) == []


def test_two_uploads_at_once_do_not_mix(zone: Zone) -> None:
    id, slow = disk_image(zone), Waiting(CONTENT)
    first = threading.Thread(target=upload, args=(zone, id, slow))
    first.start()
    assert slow.asked.wait(10)

    with pytest.raises(Conflict, match="being uploaded"):
        upload(zone, id, Sent(blank_qcow2(16 * MIB)))
    with pytest.raises(Conflict):
        zone.core.images.delete(ROOT, DISK, id)
    slow.go_on.set()
    first.join(10)

    assert zone.core.image_views.disk(ROOT, id).sha256 == SHA


def test_room_is_looked_at_first_and_promised_once(zone: Zone) -> None:
    store = zone.core.image_uploads._store
    store._free = lambda folder: MARGIN + len(CONTENT) + 10
    first, second, slow = disk_image(zone), disk_image(zone, "second"), Waiting(CONTENT)
    sending = threading.Thread(target=upload, args=(zone, first, slow))
    sending.start()
    assert slow.asked.wait(10)

    unread = Sent(CONTENT)
    with pytest.raises(NoRoom, match="to spare"):
        upload(zone, second, unread)
    assert unread.tell() == 0
    slow.go_on.set()
    sending.join(10)
    with pytest.raises(NoRoom):
        zone.core.image_uploads.begin(ROOT, DISK, second, NewUpload(size=10 << 30))
    upload(zone, second, Sent(CONTENT))


def begin(zone: Zone, id: str, sha256: str = "") -> UploadItem:
    return zone.core.image_uploads.begin(ROOT, DISK, id, NewUpload(size=len(CONTENT), sha256=sha256))


def put(zone: Zone, item: UploadItem, offset: int, end: int | None = None, *, sha256: str = "") -> UploadItem:
    query = ChunkQuery(offset=offset, sha256=sha256)
    return zone.core.image_uploads.put(ROOT, DISK, item.image, item.id, query, Sent(CONTENT[offset:end]))


def test_chunks_make_a_whole_and_a_restart_does_not_matter(zone: Zone) -> None:
    item = begin(zone, disk_image(zone), SHA)
    assert put(zone, item, 0, 100_000, sha256=hashlib.sha256(CONTENT[:100_000]).hexdigest()).offset == 100_000

    zone.restart()
    assert begin(zone, item.image, SHA) == zone.core.image_uploads.read(ROOT, DISK, item.image, item.id)
    assert put(zone, item, 50_000, 90_000).offset == 100_000
    done = put(zone, item, 100_000)

    assert (done.done, done.sha256) == (True, SHA)
    assert files(zone) == [f"{SHA}.qcow2"]
    assert zone.core.image_views.disk(ROOT, item.image).work == ""


def test_a_bad_chunk_changes_nothing(zone: Zone) -> None:
    item = begin(zone, disk_image(zone))
    put(zone, item, 0, 1000)

    with pytest.raises(BadValue, match="SHA-256"):
        put(zone, item, 1000, 2000, sha256="0" * 64)
    with pytest.raises(Conflict, match="begins at 1000"):
        put(zone, item, 5000, 6000)
    with pytest.raises(BadRequest):
        put(zone, item, 1000, 1000)
    with pytest.raises(BadValue, match="announced"):
        zone.core.image_uploads.put(ROOT, DISK, item.image, item.id, ChunkQuery(offset=1000), Sent(CONTENT))
    with pytest.raises(TooLarge):
        zone.core.image_uploads.put(ROOT, DISK, item.image, item.id, ChunkQuery(offset=1000), Sent(bytes((64 << 20) + 1)))

    assert zone.core.image_uploads.read(ROOT, DISK, item.image, item.id).offset == 1000


def test_an_abandoned_upload_leaves_nothing(zone: Zone) -> None:
    given_up, forgotten = begin(zone, disk_image(zone)), begin(zone, disk_image(zone, "forgotten"))
    put(zone, forgotten, 0, 1000)

    zone.core.image_uploads.abandon(ROOT, DISK, given_up.image, given_up.id)
    with pytest.raises(NotFound):
        put(zone, given_up, 0, 1000)
    zone.clock.time += 400 * 24 * 3600  # the files are as old as this test, the clock is not
    zone.core.image_uploads.expire()

    assert files(zone) == []
    upload(zone, given_up.image, Sent(CONTENT))
    upload(zone, forgotten.image, Sent(CONTENT))


def test_a_whole_that_is_not_the_announced_one_ends_the_upload(zone: Zone) -> None:
    item = begin(zone, disk_image(zone), "0" * 64)

    with pytest.raises(BadValue, match="SHA-256"):
        put(zone, item, 0)

    assert files(zone) == []
    assert not zone.core.image_views.disk(ROOT, item.image).created


@pytest.mark.parametrize("name", ["../../etc/passwd", "x/../y", "", "*"])
def test_an_upload_of_another_name_is_unknown(zone: Zone, name: str) -> None:
    item = begin(zone, disk_image(zone))
    with pytest.raises(NotFound):
        zone.core.image_uploads.read(ROOT, DISK, item.image, name)
    with pytest.raises(NotFound):
        zone.core.image_uploads.read(ROOT, DISK, disk_image(zone, "other"), item.id)


def test_what_a_crash_left_is_swept_away(zone: Zone) -> None:
    store = zone.core.image_uploads._store
    (store.drafts / "half.draft").write_bytes(b"half a file")
    (store.folder / f"{'0' * 64}.qcow2").write_bytes(b"published, but in no record")
    id = filled(zone)

    zone.restart()

    assert files(zone) == [f"{zone.core.image_views.disk(ROOT, id).sha256}.qcow2"]
