"""Media in the drives of guests: whose image it may be, and that it stays while it is in a drive."""

from __future__ import annotations

import pytest

from appliance.core.api.instances import StartOptions
from appliance.core.image_formats import ImageKind
from appliance.protocol.guests import StartGuest
from appliance.rights import ROOT
from nano_runtime.errors import BadValue, Conflict, NotFound
from tests.core.conftest import Zone
from tests.core.image_examples import filled_media, media_image
from tests.core.test_images import BOB


@pytest.fixture
def running(zone: Zone) -> str:
    zone.enrol("cell-01")
    return zone.create(auto_start=True)


def test_a_medium_is_shown_and_stays_while_it_is_in_a_drive(zone: Zone, running: str) -> None:
    medium = filled_media(zone)
    zone.core.media.insert(ROOT, running, medium)

    status = zone.core.guests.status(ROOT, running)
    assert (status.media_attached, status.media_source) == (True, medium)
    with pytest.raises(Conflict, match=r"base of 'staff\.web'"):
        zone.core.images.delete(ROOT, ImageKind.MEDIA, medium)
    with pytest.raises(Conflict, match="eject it first"):
        zone.core.media.insert(ROOT, running, medium)

    zone.core.media.eject(ROOT, running)
    assert not zone.core.guests.status(ROOT, running).media_attached
    with pytest.raises(Conflict):
        zone.core.media.eject(ROOT, running)
    zone.core.images.delete(ROOT, ImageKind.MEDIA, medium)


def test_an_image_that_cannot_be_inserted_is_named(zone: Zone, running: str) -> None:
    disk = zone.core.images.list(ROOT, ImageKind.DISK)[0].id
    for source in ("nothing", media_image(zone, "empty"), disk):
        with pytest.raises(BadValue) as refusal:
            zone.core.media.insert(ROOT, running, source)
        assert refusal.value.field == "source"


def test_a_guest_of_others_has_no_drive_for_us_and_one_that_is_off_neither(zone: Zone, running: str) -> None:
    medium = filled_media(zone)
    with pytest.raises((NotFound, BadValue)):
        zone.core.media.insert(BOB, running, medium)
    with pytest.raises(Conflict, match="not running"):
        zone.core.media.insert(ROOT, zone.create("off"), medium)


def test_a_start_from_a_medium_tells_the_cell_which(zone: Zone) -> None:
    cell, medium = zone.enrol("cell-01"), filled_media(zone)
    guest = zone.create()
    asked: list[StartGuest] = []
    cell.during[StartGuest] = asked.append

    zone.core.guests.start(ROOT, guest, StartOptions(from_media=True, source=medium))

    assert asked[0].media == medium
    assert asked[0].media_sha256 == zone.core.image_views.media(ROOT, medium).sha256
    assert zone.core.guests.status(ROOT, guest).media_source == medium
