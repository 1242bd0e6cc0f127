"""Images as records: whose they are, who sees them, and what may be done to them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from appliance.core.api.image_objects import Adoption, ImageChange
from appliance.core.api.images import NewDiskImage
from appliance.core.api.media import NewMediaImage
from appliance.core.image_formats import ImageKind
from appliance.protocol.images import NANO_HELLO
from appliance.rights import ROOT, Caller, Right, Shared
from nano_runtime.errors import BadValue, Conflict, Forbidden, NotFound
from tests.core.conftest import Zone, new_guest
from tests.core.image_examples import MIB, OWNED, Sent, blank_qcow2, disk_image, filled, iso, media_image

DISK, MEDIA = ImageKind.DISK, ImageKind.MEDIA
RIGHTS = frozenset({Right.IMAGE_READ, Right.IMAGE_WRITE, Right.GUEST_CREATE})
ANN = Caller(user="ann", group="staff", rights=RIGHTS)
EVE = Caller(user="eve", group="staff", rights=RIGHTS)
BOB = Caller(user="bob", group="lab", rights=RIGHTS)
KEPT_APART = Caller(user="eve", group="staff", rights=RIGHTS, shared=Shared())


def names(zone: Zone, caller: Caller, kind: ImageKind = DISK, **filter: str) -> list[str]:
    return [item.name for item in zone.core.image_views.list(caller, kind, **filter)]


def test_an_image_is_kept_over_a_restart_with_its_file(zone: Zone) -> None:
    id = filled(zone)
    before = zone.core.image_views.disk(ROOT, id)

    zone.restart()

    assert zone.core.image_views.disk(ROOT, id) == before
    assert (before.created, before.progress, before.virtual_size, before.version) == (True, 100, 8 * MIB, 1)
    with zone.core.image_uploads.download(ROOT, DISK, id)._file as file:
        assert file.read() == blank_qcow2()


def test_images_are_seen_by_owner_and_group_and_built_in_ones_by_all(zone: Zone) -> None:
    disk_image(zone)
    media_image(zone)

    assert names(zone, ANN) == names(zone, EVE) == names(zone, ROOT) == ["nano-hello", "base"]
    assert names(zone, BOB) == names(zone, KEPT_APART) == ["nano-hello"]
    assert names(zone, ANN, MEDIA) == ["tools"]
    assert names(zone, BOB, MEDIA) == []
    assert names(zone, ROOT, owner="ann") == ["nano-hello", "base"]
    assert names(zone, ROOT, owner="bob", group="lab") == ["nano-hello"]


def test_an_image_of_others_is_as_unknown_as_none(zone: Zone) -> None:
    id = disk_image(zone)
    for caller, wanted in ((BOB, id), (ANN, "nothing"), (ANN, "../../etc/passwd"), (ANN, media_image(zone))):
        with pytest.raises(NotFound):
            zone.core.image_views.disk(caller, wanted)
        with pytest.raises(NotFound):
            zone.core.images.delete(caller, DISK, wanted)


def test_who_sees_an_image_of_the_group_may_not_change_it(zone: Zone) -> None:
    id = disk_image(zone)
    changes: tuple[Callable[[], None], ...] = (
        lambda: zone.core.images.modify(EVE, DISK, id, ImageChange(name="mine")),
        lambda: zone.core.images.delete(EVE, DISK, id),
        lambda: zone.core.image_uploads.upload(EVE, DISK, id, Sent(blank_qcow2()), sha256=""),
    )
    for change in changes:
        with pytest.raises(Forbidden):
            change()


def test_nobody_makes_images_for_others_or_gives_theirs_away(zone: Zone) -> None:
    id = disk_image(zone)
    with pytest.raises(Forbidden):
        zone.core.images.create(BOB, DISK, NewDiskImage(name="base", owner="ann", group="staff"))
    with pytest.raises(Forbidden):
        zone.core.images.modify(ANN, DISK, id, ImageChange(owner="bob", group="lab"))


def test_a_name_is_unique_in_its_group_and_kind_also_when_renamed(zone: Zone) -> None:
    disk_image(zone)
    media_image(zone, "base")
    other = disk_image(zone, "other")
    disk_image(zone, "base", group="lab")

    with pytest.raises(Conflict, match="'base' already"):
        disk_image(zone)
    with pytest.raises(Conflict):
        zone.core.images.modify(ROOT, DISK, other, ImageChange(name="base"))


def test_a_change_keeps_what_is_empty(zone: Zone) -> None:
    id = disk_image(zone, description="first", tags=["linux"])

    zone.clock.time += 5
    zone.core.images.modify(ANN, DISK, id, ImageChange(name="renamed", tags=["linux", "64"]))

    found = zone.core.image_views.disk(ANN, id)
    assert (found.name, found.description, found.tags, found.owner) == ("renamed", "first", ["linux", "64"], "ann")


@pytest.mark.parametrize("name", ["a/b", "../x", "a\nb", "  ", "", "x" * 200, "a\u202eb"])
def test_a_name_that_would_mislead_is_refused(zone: Zone, name: str) -> None:
    with pytest.raises(BadValue):
        zone.core.images.create(ROOT, MEDIA, NewMediaImage(name=name, **OWNED))
    id = media_image(zone)
    if name:
        with pytest.raises(BadValue):
            zone.core.images.modify(ROOT, MEDIA, id, ImageChange(name=name))


@pytest.mark.parametrize("change", [ImageChange(owner="a b"), ImageChange(group="../x")])
def test_an_owner_that_cannot_be_is_refused(zone: Zone, change: ImageChange) -> None:
    with pytest.raises(BadValue):
        zone.core.images.modify(ROOT, DISK, disk_image(zone), change)


def test_built_in_images_stay_as_they_are(zone: Zone) -> None:
    with pytest.raises(Forbidden):
        zone.core.images.delete(ROOT, DISK, NANO_HELLO.id)
    with pytest.raises(Conflict, match="has no file"):
        zone.core.image_uploads.download(ROOT, DISK, NANO_HELLO.id)


def test_a_guest_is_cloned_from_an_image_its_maker_sees(zone: Zone) -> None:
    zone.enrol("cell-01")
    id = filled(zone)
    content = zone.core.image_views.disk(ROOT, id)

    guest = zone.create(from_image=id)

    assert zone.core.guests._inventory.get(guest).spec.image == content.sha256
    for caller, wanted in ((BOB, id), (ANN, disk_image(zone, "empty")), (ANN, "nothing")):
        with pytest.raises(BadValue) as refusal:
            zone.core.guests.create(caller, new_guest("x", owner=caller.user, group=caller.group, from_image=wanted))
        assert refusal.value.field == "from_image"


def test_a_disk_smaller_than_the_image_is_refused(zone: Zone) -> None:
    zone.enrol("cell-01")
    with pytest.raises(BadValue, match="needs 8 MiB"):
        zone.core.guests.create(ROOT, new_guest(from_image=filled(zone), disks=[4 * MIB]))


def test_an_image_with_guests_is_not_deleted_and_its_old_version_stays_while_they_need_it(zone: Zone) -> None:
    zone.enrol("cell-01")
    id = filled(zone)
    guest = zone.create(from_image=id)
    old = zone.core.image_views.disk(ROOT, id).sha256
    store = zone.core.image_uploads._store.folder

    with pytest.raises(Conflict, match=r"base of 'staff\.web'"):
        zone.core.images.delete(ROOT, DISK, id)
    zone.core.image_uploads.upload(ROOT, DISK, id, Sent(blank_qcow2(16 * MIB)), sha256="")
    new = zone.core.image_views.disk(ROOT, id)
    assert {path.stem for path in store.glob("*.qcow2")} == {old, new.sha256}
    assert new.version == 2

    zone.core.guests.delete(ROOT, guest)
    zone.core.images.sweep()
    assert {path.stem for path in store.glob("*.qcow2")} == {new.sha256}
    zone.core.images.delete(ROOT, DISK, id)
    assert not list(store.glob("*.qcow2"))


def test_files_laid_into_the_folder_become_images_once(zone: Zone) -> None:
    incoming = zone.core.image_uploads._store.incoming
    (incoming / "CentOS 9.iso").write_bytes(iso())
    (incoming / "disk.img").write_bytes(blank_qcow2())
    (incoming / "notes.txt").write_text("not for us")

    zone.core.image_adoption.adopt(MEDIA, Adoption(**OWNED))
    zone.core.image_adoption.adopt(DISK, Adoption(**OWNED))
    zone.core.image_adoption.adopt(MEDIA, Adoption(**OWNED))

    assert names(zone, ANN, MEDIA) == ["CentOS_9_1800000000"]
    assert names(zone, ANN) == ["nano-hello", "disk_1800000000"]
    assert [path.name for path in incoming.iterdir()] == ["notes.txt"]


def test_a_link_in_the_folder_is_not_followed_and_stops_nobody_else(zone: Zone) -> None:
    incoming = zone.core.image_uploads._store.incoming
    (incoming / "a.iso").symlink_to("/etc/shadow")
    (incoming / "b.iso").mkdir()
    (incoming / "c.iso").write_bytes(b"no iso")
    (incoming / "d.iso").write_bytes(iso())

    with pytest.raises(BadValue, match=r"'a\.iso'.*'b\.iso'.*'c\.iso'"):
        zone.core.image_adoption.adopt(MEDIA, Adoption(**OWNED))

    assert names(zone, ANN, MEDIA) == ["d_1800000000"]
    assert sorted(path.name for path in incoming.iterdir()) == ["a.iso", "b.iso", "c.iso"]


def test_an_image_whose_file_was_taken_away_is_dropped_but_not_one_that_waits(zone: Zone) -> None:
    gone, waiting = filled(zone), disk_image(zone, "waiting")
    next(zone.core.image_uploads._store.folder.glob("*.qcow2")).unlink()

    zone.core.image_adoption.adopt(DISK, Adoption(**OWNED))

    with pytest.raises(NotFound):
        zone.core.image_views.disk(ROOT, gone)
    assert not zone.core.image_views.disk(ROOT, waiting).created
