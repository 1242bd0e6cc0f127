"""Secrets are long enough, readable where people type them, and compared safely."""

from __future__ import annotations

import re

import pytest

from nano_runtime import secrets


def test_secrets_are_never_the_same() -> None:
    for make in (secrets.token, secrets.password, secrets.code):
        assert len({make() for _ in range(1000)}) == 1000


def test_a_token_needs_no_quoting_in_a_header() -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", secrets.token())
    assert len(secrets.token(16)) == 22


def test_a_code_has_no_letter_that_looks_like_another() -> None:
    for _ in range(200):
        assert re.fullmatch(r"[2-9A-HJKMNP-TV-Z]{4}(-[2-9A-HJKMNP-TV-Z]{4}){2}", secrets.code())


def test_a_short_password_is_not_made() -> None:
    assert len(secrets.password(12)) == 12
    with pytest.raises(ValueError, match="guessed"):
        secrets.password(11)


@pytest.mark.parametrize(("a", "b", "equal"), [("x", "x", True), ("x", "y", False), ("x", "xx", False), ("", "", True), ("密", "密", True)])
def test_secrets_are_compared_whatever_their_letters(a: str, b: str, equal: bool) -> None:  # noqa: FBT001  # a table row
    assert secrets.same(a, b) is equal


def test_a_broken_surrogate_from_a_header_is_just_wrong() -> None:
    assert not secrets.same("\udc80", "x")
