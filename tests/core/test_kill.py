"""SIGKILL inside every step of every story: afterwards all of it happened, or none."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from appliance.core.api.operations import OperationFilter
from appliance.core.api.search import GuestSearch
from appliance.core.operations import CoreOperation, CreatingGuest, DeletingGuest
from appliance.protocol.guests import GuestSpec
from appliance.rights import ROOT
from nano_runtime.home import Home
from nano_runtime.operation import Journal
from tests.core.conftest import Zone, domain_keys
from tests.core.victim import CELL, DISK_STORIES, END, MOMENTS, STORY_TAGS
from tests.fakes import GIB, FakeCell

CASES = [(story, step, moment) for story, steps in STORY_TAGS.items() for step in (*steps, END) for moment in MOMENTS]


def test_every_step_of_every_story_is_killed() -> None:
    spec = GuestSpec(id="g", name="g.g", owner="", group="", pool="", cores=1, memory=1, disks=[1], created=0, auto_start=True)
    creating = CreatingGuest(id="o", spec=spec, cell="c", user="", asked=0)
    told = {
        "create": creating.story(),
        "take-back": reversed(list(creating.story())),
        "delete": DeletingGuest(id="o", guest="g", name="g", cell="c", user="", asked=0).story(),
    }

    assert {name: tuple(step.__struct_config__.tag for step in story) for name, story in told.items()} == STORY_TAGS


@pytest.mark.parametrize(("story", "step", "moment"), CASES, ids=["-".join(case) for case in CASES])
def test_a_kill_leaves_all_or_nothing(home: Home, tmp_path: Path, story: str, step: str, moment: str) -> None:
    folder = prepare(home, tmp_path)
    run = subprocess.run(
        [sys.executable, "-m", "tests.core.victim", str(home.path), str(folder), story, step, moment],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == -signal.SIGKILL, run.stderr

    zone = Zone(home)
    try:
        cell = zone.cells[CELL] = FakeCell(CELL, fingerprint=(folder / "key").read_text(), folder=folder)
        zone.connect(cell)
        check(zone, cell, story)
    finally:
        zone.core.close(1)


DISK_CASES = [(story, step, moment) for story, own in DISK_STORIES.items() for step in (own, END) for moment in MOMENTS]


@pytest.mark.parametrize(("story", "step", "moment"), DISK_CASES, ids=["-".join(case) for case in DISK_CASES])
def test_a_killed_change_of_a_disk_is_asked_for_again(home: Home, tmp_path: Path, story: str, step: str, moment: str) -> None:
    folder = prepare(home, tmp_path)
    run = subprocess.run(
        [sys.executable, "-m", "tests.core.victim", str(home.path), str(folder), story, step, moment],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == -signal.SIGKILL, run.stderr

    zone = Zone(home)
    try:
        cell = zone.cells[CELL] = FakeCell(CELL, fingerprint=(folder / "key").read_text(), folder=folder)
        zone.connect(cell)
        assert not list(Journal[Any](home.data / "core-journal", CoreOperation).unfinished())
        [guest] = zone.core.guests.search(ROOT, search_all()).result
        assert (guest.state, guest.operation) == ("stopped", "")
        assert guest.disks == [2 * GIB if story == "resize-disk" else GIB]
        [operation] = zone.core.operations.list(ROOT, OperationFilter(kind=story)).result
        assert operation.state == "succeeded" or (step, moment) == (END, "after")
    finally:
        zone.core.close(1)


def prepare(home: Home, tmp_path: Path) -> Path:
    """A home in which the cell is a member already, and the folder in which it keeps its guests."""
    authority, identity = domain_keys()
    authority.save(home.cert)
    identity.save(home.cert, "core")
    zone = Zone(home)
    zone.enrol(CELL)
    folder = tmp_path / "cell"
    folder.mkdir()
    (folder / "key").write_text(zone.cells[CELL].fingerprint)
    zone.core.close(1)
    return folder


def check(zone: Zone, cell: FakeCell, story: str) -> None:
    core = zone.core
    assert not list(Journal[Any](zone.home.data / "core-journal", CoreOperation).unfinished())
    page = core.operations.list(ROOT, OperationFilter(kind="delete-guest" if story == "delete" else "create-guest"))
    assert [operation.state for operation in page.result] in (["succeeded"], ["failed"])
    known = {guest.id for guest in core.guests.search(ROOT, search_all()).result}
    assert known == set(cell.guests)
    succeeded = page.result[0].state == "succeeded"
    assert bool(known) == (succeeded if story == "create" else False)
    assert succeeded or story != "delete", "it had passed the point of no return"
    if not known:
        zone.create()  # name and room are free
    reread = zone.restart()
    assert {guest.id for guest in reread.guests.search(ROOT, search_all()).result} == set(cell.guests)


def search_all() -> GuestSearch:
    return GuestSearch(owner="ann")
