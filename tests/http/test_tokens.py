"""Bearer tokens say who acts, until when, and nothing that was not signed."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from appliance.http import tokens
from appliance.rights import Caller, Right, Shared
from appliance.settings import PLACEHOLDER_ID, PLACEHOLDER_KEY, Credential
from nano_runtime.errors import Unauthenticated

KEY = Credential(id="portal", key="sixteen characters or more")
ANN = Caller(user="ann", group="staff", rights=frozenset({Right.GUEST_READ}), address="192.0.2.1")


def test_a_token_acts_for_its_caller_until_it_expires() -> None:
    token = tokens.mint(KEY, ANN, 60, now=1000)

    assert tokens.read(token, [KEY], now=1059) == replace(ANN, expires=1060)
    with pytest.raises(Unauthenticated, match="has expired"):
        tokens.read(token, [KEY], now=1060)


def test_a_token_tells_every_group_and_what_those_share() -> None:
    """Core decides by it which guests of others are visible."""
    member = replace(ANN, groups=("staff", "lab"), shared=Shared(guests=frozenset({"lab"})))

    read = tokens.read(tokens.mint(KEY, member, 60, now=1000), [KEY], now=1000)

    assert read == replace(member, expires=1060)
    assert (read.owns("bob", "lab"), read.owns("bob", "staff")) == (True, False)


def test_a_token_dies_with_its_credential() -> None:
    token = tokens.mint(KEY, ANN, 60, now=1000)

    for known in ([], [Credential(id="portal", key="another key of some length")], [Credential(id="other", key=KEY.key)]):
        with pytest.raises(Unauthenticated, match="not valid"):
            tokens.read(token, known, now=1000)


def test_a_changed_payload_is_refused() -> None:
    prefix, payload, proof = tokens.mint(KEY, ANN, 60, now=1000).split(".")
    content = json.loads(urlsafe_b64decode(payload + "=="))
    forged = urlsafe_b64encode(json.dumps({**content, "rights": list(Right)}).encode()).rstrip(b"=").decode()

    with pytest.raises(Unauthenticated, match="not valid"):
        tokens.read(f"{prefix}.{forged}.{proof}", [KEY], now=1000)


def test_a_right_of_a_newer_version_is_not_granted() -> None:
    class Newer(Caller, frozen=True):
        pass

    token = tokens.mint(KEY, Newer(user="ann", rights=frozenset({Right.GUEST_READ, "moon.land"})), 60, now=1000)  # type: ignore[arg-type]  # on purpose

    assert tokens.read(token, [KEY], now=1000).rights == {Right.GUEST_READ}


def test_the_published_key_opens_nothing() -> None:
    published = Credential(id=PLACEHOLDER_ID, key=PLACEHOLDER_KEY)

    with pytest.raises(Unauthenticated):
        tokens.read(tokens.mint(published, ANN, 60, now=1000), [published], now=1000)


def test_two_tokens_of_one_moment_differ() -> None:
    assert tokens.mint(KEY, ANN, 60, now=1000) != tokens.mint(KEY, ANN, 60, now=1000)


@given(st.text() | st.text(alphabet="nano-toke.AZaz09_=").map(lambda rest: f"nano-token.{rest}"))
def test_nonsense_is_unauthenticated_and_nothing_else(text: str) -> None:
    with pytest.raises(Unauthenticated):
        tokens.read(text, [KEY], now=1000)
