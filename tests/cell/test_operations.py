"""The stories a Cell tells, and that every request of the protocol finds somebody."""

from __future__ import annotations

import msgspec
import pytest

from appliance.cell import change_steps, disk_steps, operations, steps
from appliance.cell.handlers import Handlers
from appliance.cell.operations import (
    CellOperation,
    ChangingGuest,
    CreatingGuest,
    DeletingGuest,
    ResettingSystem,
    ResizingDisk,
    ShrinkingDisk,
)
from appliance.cell.records import Record
from appliance.protocol import cells, guests
from appliance.protocol.images import NANO_HELLO
from nano_runtime.messages import Dispatcher, Message, Request, tag_of
from nano_runtime.operation import Step
from tests.cell.test_plan import GUEST, planned
from tests.cell.under_test import wanted

CLONED = CreatingGuest(id="1", spec=wanted(id=GUEST, disks=[1 << 20, 2 << 20]), domain=planned(disks=[1 << 20, 2 << 20]))
BLANK = CreatingGuest(id="2", spec=wanted(id=GUEST, image="", disks=[1 << 20]), domain=planned(image=""))
DELETED = DeletingGuest(id="3", guest=GUEST, running=False)
DISCARDED = DeletingGuest(id="4", guest=GUEST, running=True)

BEFORE = Record(BLANK.spec, BLANK.domain)
AFTER = Record(wanted(id=GUEST, cores=2, image="", disks=[1 << 20]), planned(image="", cores=2))
CHANGED = ChangingGuest(id="5", before=BEFORE, after=AFTER, running=False)
TUNED = ChangingGuest(id="6", before=BEFORE, after=AFTER, running=True)
RESIZED = ResizingDisk(id="7", before=BEFORE, after=AFTER, number=0)
SHRUNK = ShrinkingDisk(id="8", guest=GUEST, number=0)
RESET = ResettingSystem(id="9", before=BEFORE, after=Record(CLONED.spec, BLANK.domain))
ALL = (CLONED, BLANK, DELETED, DISCARDED, CHANGED, TUNED, RESIZED, SHRUNK, RESET)

ASKED_OF_CORE = {"enrol", "renew"}
REQUESTS = [
    kind
    for module in (cells, guests)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Request) and kind is not Request
]


def tags(story: CellOperation) -> list[str]:
    return [str(type(step).__struct_config__.tag) for step in story.story()]


def test_a_guest_is_recorded_when_all_else_is_done() -> None:
    assert tags(CLONED) == ["make-home", "fetch-image", "clone-image", "create-volume", "define-domain", "record-guest"]
    assert tags(BLANK) == ["make-home", "create-volume", "define-domain", "record-guest"]


def test_a_guest_is_forgotten_when_all_else_is_gone() -> None:
    assert tags(DELETED) == ["point-of-no-return", "undefine-domain", "remove-home", "forget-guest"]
    assert tags(DISCARDED) == ["point-of-no-return", "power-off", "undefine-domain", "remove-home", "forget-guest"]


def test_a_change_is_refused_by_those_who_may_refuse_before_it_is_on_record() -> None:
    assert tags(CHANGED) == ["redefine", "replace-record"]
    assert tags(TUNED) == ["tune-running", "redefine", "replace-record"]


def test_an_old_disk_is_there_until_the_new_one_is_whole() -> None:
    assert tags(RESIZED) == ["grow-volume", "replace-record"]
    assert tags(SHRUNK) == ["compact-to-spare", "swap-in-spare"]
    assert tags(RESET) == ["fetch-image", "clone-to-spare", "point-of-no-return", "swap-in-spare", "replace-record"]


@pytest.mark.parametrize("one", ALL, ids=lambda one: str(one.id))
def test_a_story_survives_the_journal_and_tells_the_same_again(one: CellOperation) -> None:
    again = msgspec.json.decode(msgspec.json.encode(one), type=operations.CellOperation)

    assert again == one
    assert list(again.story()) == list(one.story()) == list(one.story())


def test_every_step_is_told_in_some_story() -> None:
    told = {tag for one in ALL for tag in tags(one)}
    declared = {
        kind
        for module in (steps, change_steps, disk_steps)
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Step) and kind is not Step
    }

    assert {str(kind.__struct_config__.tag) for kind in declared} <= told


@pytest.mark.parametrize("kind", REQUESTS, ids=tag_of)
def test_every_request_to_a_cell_has_a_handler(kind: type[Message]) -> None:
    dispatcher = Dispatcher()
    Handlers(None, None, None, None, None).register(dispatcher)  # type: ignore[arg-type]  # nobody asks them here
    handled = {tag_of(handler.message) for handler in dispatcher}

    assert (tag_of(kind) in handled) != (tag_of(kind) in ASKED_OF_CORE)


def test_the_image_of_the_stories_is_the_built_in_one() -> None:
    assert CLONED.spec.image == NANO_HELLO.sha256
