"""All or nothing, whatever kills or fails an operation, and wherever."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nano_runtime.errors import Conflict, Damaged
from nano_runtime.operation import Journal, Operation, PointOfNoReturn, Step, recover, run


class Died(Exception):
    pass


class World:
    """A host that keeps its state in a folder, so a killed process leaves traces. Each step passes two moments."""

    def __init__(self, folder: Path, *, at: str = "", then: Callable[[], None] | None = None) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self._at = at
        self._then = then or (lambda: None)

    def pass_by(self, moment: str) -> None:
        if moment == self._at:
            self._then()

    def names(self) -> set[str]:
        return {path.name for path in self.folder.iterdir()}


class Make(Step[World], frozen=True, tag="make"):
    name: str

    def do(self, host: World) -> None:
        host.pass_by(f"before do {self.name}")
        (host.folder / self.name).touch()
        host.pass_by(f"after do {self.name}")

    def undo(self, host: World) -> None:
        host.pass_by(f"before undo {self.name}")
        (host.folder / self.name).unlink(missing_ok=True)
        host.pass_by(f"after undo {self.name}")


class Remove(Step[World], frozen=True, tag="remove"):
    name: str

    def do(self, host: World) -> None:
        host.pass_by(f"before do {self.name}")
        (host.folder / self.name).unlink(missing_ok=True)
        host.pass_by(f"after do {self.name}")


class Refuse(Step[World], frozen=True, tag="refuse"):
    def do(self, host: World) -> None:
        raise Died("this step never works")


class Telling(Operation[World], frozen=True, tag="telling"):
    """Tells the steps it was given."""

    steps: list[Make | Remove | Refuse | PointOfNoReturn[World]]

    def story(self) -> Iterator[Step[World]]:
        yield from self.steps


CREATE = Telling(id="create", steps=[Make("disk"), Make("domain"), Make("running")])
REPLACE = Telling(id="replace", steps=[Make("new"), PointOfNoReturn(), Remove("old"), Remove("older"), Make("done")])
REMOVE = Telling(id="remove", steps=[PointOfNoReturn(), Remove("old"), Remove("older")])
MADE = [step.name for step in CREATE.steps if isinstance(step, Make)]


def journal_in(tmp_path: Path) -> Journal[World]:
    return Journal(tmp_path / "journal", Telling)


def pages(tmp_path: Path) -> list[str]:
    return [path.name for path in (tmp_path / "journal").iterdir()]


def shoot() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def dies(work: Callable[[], object]) -> bool:
    """Whether this work, done in a process of its own, gets that process killed."""
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(0)  # never back into pytest
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def test_all_steps_are_done_in_order_and_no_page_is_left(tmp_path: Path) -> None:
    world = World(tmp_path / "world")
    seen: list[tuple[str, int, int, str]] = []

    run(CREATE, world, journal_in(tmp_path), lambda *told: seen.append(told))

    assert world.names() == {"disk", "domain", "running"}
    assert seen == [("create", 1, 3, "make"), ("create", 2, 3, "make"), ("create", 3, 3, "make")]
    assert pages(tmp_path) == []


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_nothing_is_left_when_a_step_fails(tmp_path: Path, moment: str, name: str) -> None:
    def fail() -> None:
        raise Died(name)

    world = World(tmp_path / "world", at=f"{moment} do {name}", then=fail)

    with pytest.raises(Died):
        run(CREATE, world, journal_in(tmp_path))

    assert world.names() == set()
    assert pages(tmp_path) == []


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_nothing_is_left_when_killed_inside_a_step(tmp_path: Path, moment: str, name: str) -> None:
    world = World(tmp_path / "world", at=f"{moment} do {name}", then=shoot)
    assert dies(lambda: run(CREATE, world, journal_in(tmp_path)))

    left = recover(World(world.folder), journal_in(tmp_path))

    assert left == []
    assert world.names() == set()
    assert pages(tmp_path) == []


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_nothing_is_left_when_killed_while_taking_back(tmp_path: Path, moment: str, name: str) -> None:
    story = Telling(id="refused", steps=[*CREATE.steps, Refuse()])
    world = World(tmp_path / "world", at=f"{moment} undo {name}", then=shoot)
    assert dies(lambda: run(story, world, journal_in(tmp_path)))

    recover(World(world.folder), journal_in(tmp_path))

    assert world.names() == set()
    assert pages(tmp_path) == []


@pytest.mark.parametrize("name", ["old", "older", "done"])
@pytest.mark.parametrize("moment", ["before", "after"])
def test_past_the_point_of_no_return_it_is_finished(tmp_path: Path, moment: str, name: str) -> None:
    world = World(tmp_path / "world", at=f"{moment} do {name}", then=shoot)
    for there in ("old", "older"):
        (world.folder / there).touch()
    assert dies(lambda: run(REPLACE, world, journal_in(tmp_path)))

    recover(World(world.folder), journal_in(tmp_path))

    assert world.names() == {"new", "done"}
    assert pages(tmp_path) == []


def test_a_step_that_was_killed_twice_is_still_done(tmp_path: Path) -> None:
    world = World(tmp_path / "world", at="before do old", then=shoot)
    (world.folder / "old").touch()
    assert dies(lambda: run(REMOVE, world, journal_in(tmp_path)))
    assert dies(lambda: recover(world, journal_in(tmp_path)))

    recover(World(world.folder), journal_in(tmp_path))

    assert world.names() == set()


def test_a_way_forward_that_fails_stays_in_the_journal_until_it_works(tmp_path: Path) -> None:
    def fail() -> None:
        raise Died

    world = World(tmp_path / "world", at="before do old", then=fail)
    (world.folder / "old").touch()
    with pytest.raises(Died):
        run(REMOVE, world, journal_in(tmp_path))
    for _ in range(3):
        assert recover(world, journal_in(tmp_path)) == [REMOVE]

    assert recover(World(world.folder), journal_in(tmp_path)) == []

    assert world.names() == set()
    assert pages(tmp_path) == []


def test_a_way_back_that_fails_stays_in_the_journal_until_it_works(tmp_path: Path) -> None:
    def fail() -> None:
        raise Died

    stuck = World(tmp_path / "world", at="before undo disk", then=fail)
    story = Telling(id="stuck", steps=[Make("disk"), Refuse()])
    with pytest.raises(Died):
        run(story, stuck, journal_in(tmp_path))
    assert recover(stuck, journal_in(tmp_path)) == [story]
    assert stuck.names() == {"disk"}

    assert recover(World(stuck.folder), journal_in(tmp_path)) == []

    assert stuck.names() == set()


def test_one_stuck_operation_does_not_hold_up_the_others(tmp_path: Path) -> None:
    def fail() -> None:
        raise Died

    for number in (1, 2):
        world = World(tmp_path / "world", at=f"after do {number}", then=shoot)
        story = Telling(id=f"op-{number}", steps=[Make(str(number))])
        assert dies(partial(run, story, world, journal_in(tmp_path)))

    left = recover(World(tmp_path / "world", at="before undo 1", then=fail), journal_in(tmp_path))

    assert [operation.id for operation in left] == ["op-1"]
    assert World(tmp_path / "world").names() == {"1"}


def test_a_story_killed_before_its_first_note_is_dropped(tmp_path: Path) -> None:
    world = World(tmp_path / "world")
    (world.folder / "old").touch()
    journal_in(tmp_path).open(REMOVE)

    recover(world, journal_in(tmp_path))

    assert world.names() == {"old"}
    assert pages(tmp_path) == []


def test_an_ended_operation_is_not_taken_back_when_its_page_comes_back_after_a_power_loss(tmp_path: Path) -> None:
    world = World(tmp_path / "world")
    journal = journal_in(tmp_path)
    page = journal.open(CREATE)
    (kept,) = (tmp_path / "journal").iterdir()
    os.link(kept, tmp_path / "kept")
    for number, step in enumerate(CREATE.story()):
        page.note(number)
        step.do(world)
    page.remove()
    (tmp_path / "kept").rename(kept)

    recover(world, journal)

    assert world.names() == {"disk", "domain", "running"}
    assert pages(tmp_path) == []


def test_a_draft_left_by_a_crash_is_swept_away(tmp_path: Path) -> None:
    journal_in(tmp_path)
    (tmp_path / "journal" / "x.draft").write_bytes(b"half a pl")

    journal = journal_in(tmp_path)

    assert list(journal.unfinished()) == []
    assert pages(tmp_path) == []


def test_the_same_operation_is_not_opened_twice(tmp_path: Path) -> None:
    journal = journal_in(tmp_path)
    journal.open(CREATE)

    with pytest.raises(Conflict):
        journal.open(CREATE)

    assert pages(tmp_path) == ["create.page"]


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".hidden"])
def test_an_operation_cannot_choose_where_its_page_lies(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="cannot name"):
        journal_in(tmp_path).open(msgspec.structs.replace(CREATE, id=name))


def test_a_page_that_cannot_be_read_is_said_to_be_damaged(tmp_path: Path) -> None:
    journal = journal_in(tmp_path)
    (tmp_path / "journal" / "x.page").write_bytes(b'{"operation":"of-another-version"}\n..  ')

    with pytest.raises(Damaged, match=r"x\.page"):
        recover(World(tmp_path / "world"), journal)


def test_a_note_costs_one_write_to_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    for name in ("fsync", "fdatasync"):
        monkeypatch.setattr(os, name, partial(_count, calls, name, getattr(os, name)))

    run(CREATE, World(tmp_path / "world"), journal_in(tmp_path))

    assert calls == ["fsync", "fsync", *["fdatasync"] * 3, "fdatasync"]


def _count(calls: list[str], name: str, real: Callable[[int], None], number: int) -> None:
    calls.append(name)
    real(number)


stories = st.integers(1, 5).flatmap(
    lambda count: st.tuples(
        st.integers(0, count),
        st.tuples(st.integers(0, count - 1), st.sampled_from(["before do", "after do"])),
        st.lists(st.tuples(st.integers(0, count - 1), st.sampled_from(["before do", "after do", "before undo", "after undo"])), max_size=3),
        st.just(count),
    )
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stories)
def test_any_story_killed_anywhere_again_and_again_is_whole_or_gone(
    tmp_path_factory: pytest.TempPathFactory, plan: tuple[int, tuple[int, str], list[tuple[int, str]], int]
) -> None:
    turning, first, later, count = plan
    folder = tmp_path_factory.mktemp("story")
    names = [str(number) for number in range(count)]
    steps: list[Make | Remove | Refuse | PointOfNoReturn[World]] = [Make(name) for name in names]
    steps.insert(turning, PointOfNoReturn())
    assert dies(
        lambda: run(Telling(id="any", steps=steps), World(folder / "w", at=f"{first[1]} {first[0]}", then=shoot), journal_in(folder))
    )
    for number, moment in later:
        dies(partial(recover, World(folder / "w", at=f"{moment} {number}", then=shoot), journal_in(folder)))

    recover(World(folder / "w"), journal_in(folder))

    assert World(folder / "w").names() == (set(names) if first[0] >= turning else set())
    assert pages(folder) == []
