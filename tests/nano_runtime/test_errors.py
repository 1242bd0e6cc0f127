"""Each error has its own code, and finds its type again on the other side of a link."""

from __future__ import annotations

import re

import pytest

from nano_runtime import errors
from nano_runtime.errors import NanoError, NoRoom, from_code

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, NanoError)]


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_survives_the_way_to_another_module(kind: type[NanoError]) -> None:
    again = from_code(kind.code, "disk is gone", hint="look for it", field="disk")

    assert type(again) is kind
    assert (again.message, again.hint, again.field) == ("disk is gone", "look for it", "disk")


def test_codes_are_unique() -> None:
    assert len({kind.code for kind in KINDS}) == len(KINDS) > 12


def test_the_tree_in_the_docstring_is_the_tree_in_the_code() -> None:
    drawn = {name: int(status) for name, status in re.findall(r"─ (\w+) +(\d{3})", errors.__doc__ or "")}

    assert drawn == {kind.__name__: kind.status for kind in KINDS if kind is not NanoError}


def test_a_code_of_a_newer_version_is_still_an_error_of_ours() -> None:
    assert type(from_code("out-of-coffee", "no coffee")) is NanoError


def test_the_text_ends_with_the_next_step() -> None:
    assert str(NoRoom("pool 'lab' is full", hint="add a cell")) == "pool 'lab' is full; add a cell"
    assert str(NoRoom("pool 'lab' is full")) == "pool 'lab' is full"


def test_who_can_handle_a_conflict_can_handle_a_lack_of_room() -> None:
    with pytest.raises(errors.Conflict):
        raise NoRoom("x")
