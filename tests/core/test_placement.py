"""Which cell gets a new guest: laws that hold whatever the cells report."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from appliance.core.placement import BUSY, Candidate, Demand, choose_cell, score
from appliance.core.sizes import size_text
from appliance.protocol.cells import Figures
from nano_runtime.errors import NoRoom
from tests.fakes import GIB

amounts = st.integers(0, 64 * GIB)
promises = st.integers(-GIB, 10_000 * GIB)
demands = st.builds(Demand, cores=st.integers(0, 4096), memory=promises, disk=promises)
figures = st.builds(
    Figures,
    cpu_usage=st.floats(0, 130),
    max_cpu=st.integers(0, 512),
    available_memory=amounts,
    max_memory=amounts,
    available_disk=amounts,
    max_disk=amounts,
)
candidates = st.lists(
    st.builds(
        Candidate,
        name=st.text("abc", min_size=1),
        figures=figures,
        promised=demands,
        coming=demands,
        obstacle=st.sampled_from(["", "", "is disabled"]),
    ),
    max_size=6,
    unique_by=lambda cell: cell.name,
)
wishes = st.builds(Demand, cores=st.integers(0, 64), memory=amounts, disk=amounts)


@given(candidates, wishes)
def test_whoever_is_chosen_has_room_and_no_obstacle(cells: list[Candidate], wanted: Demand) -> None:
    try:
        name = choose_cell("lab", cells, wanted)
    except NoRoom:
        assert not any(fits(cell, wanted) for cell in cells)
        return
    assert fits(next(cell for cell in cells if cell.name == name), wanted)


@given(candidates, wishes)
def test_the_order_of_the_cells_does_not_matter(cells: list[Candidate], wanted: Demand) -> None:
    def outcome(order: list[Candidate]) -> str:
        try:
            return choose_cell("lab", order, wanted)
        except NoRoom as problem:
            return type(problem).__name__

    assert outcome(cells) == outcome(cells[::-1])


@given(figures, demands, wishes)
def test_a_score_is_never_negative_and_never_grows_with_promises(state: Figures, promised: Demand, wanted: Demand) -> None:
    cell = Candidate(name="a", figures=state, promised=promised)
    fuller = replace(cell, promised=promised + Demand(cores=1, memory=GIB, disk=GIB))

    assert score(cell, wanted) >= score(fuller, wanted) >= 0


def fits(cell: Candidate, wanted: Demand) -> bool:
    roomy = cell.free_memory >= wanted.memory and cell.free_disk >= wanted.disk
    return not cell.obstacle and roomy


def cell(name: str, *, memory: int = 8, disk: int = 100, usage: float = 0.0, **more: object) -> Candidate:
    state = Figures(
        cpu_usage=usage, max_cpu=4, available_memory=memory * GIB, max_memory=8 * GIB, available_disk=disk * GIB, max_disk=100 * GIB
    )
    return replace(Candidate(name=name, figures=state), **more)


WANTED = Demand(cores=1, memory=8 * GIB, disk=10 * GIB)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ([], "pool 'lab' has no cells"),
        ([cell("a", obstacle="is disabled")], "no cell of pool 'lab' can take guests: 'a' is disabled"),
        ([cell("a", memory=2), cell("b", memory=6)], "pool 'lab' has no cell with 8 GiB free; the largest has 6 GiB on 'b'"),
        ([cell("a", disk=5), cell("b", disk=2)], "pool 'lab' has no cell with 10 GiB of disk free; the largest has 5 GiB on 'a'"),
    ],
)
def test_who_finds_no_room_is_told_what_is_short_and_where_most_is(cells: list[Candidate], message: str) -> None:
    with pytest.raises(NoRoom) as refusal:
        choose_cell("lab", cells, WANTED)

    assert refusal.value.message == message
    assert refusal.value.hint


def test_a_busy_cell_is_chosen_only_if_every_other_one_with_room_is_busy_too() -> None:
    roomy, small = cell("roomy", memory=64, usage=BUSY + 1), cell("small", usage=BUSY)

    assert choose_cell("lab", [roomy, small], WANTED) == "small"
    assert choose_cell("lab", [roomy, cell("small", usage=BUSY + 5)], WANTED) == "roomy"


def test_the_idler_of_two_equal_cells_is_chosen() -> None:
    assert choose_cell("lab", [cell("a", usage=70), cell("b", usage=10)], WANTED) == "b"


def test_an_overcommitted_cell_comes_last() -> None:
    """The reference wrapped an unsigned counter here, and chose it first."""
    overcommitted = cell("a", promised=Demand(cores=1000, memory=10_000 * GIB, disk=10_000 * GIB))

    assert choose_cell("lab", [overcommitted, cell("b")], WANTED) == "b"


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 bytes"), (1023, "1023 bytes"), (1024, "1 KiB"), (8 * GIB, "8 GiB"), (GIB * 3 // 2, "1.5 GiB"), (8 * GIB - 1, "7.9 GiB")],
)
def test_sizes_are_written_short_and_never_rounded_up(size: int, text: str) -> None:
    assert size_text(size) == text
