"""Password hashes and the password rule."""

from __future__ import annotations

import threading

import pytest

from appliance.frontend import passwords
from nano_runtime.errors import BadValue, TooMany


def test_a_password_is_known_again_and_another_is_not() -> None:
    hash = passwords.hashed("Correct-horse-9")

    assert passwords.verify("Correct-horse-9", hash)
    assert not passwords.verify("Correct-horse-8", hash)


def test_the_same_password_twice_has_two_hashes_of_argon2id() -> None:
    first, second = passwords.hashed("Correct-horse-9"), passwords.hashed("Correct-horse-9")

    assert first != second
    assert first.startswith("$argon2id$v=19$m=47104,t=2,p=1$")


def test_a_long_password_counts_to_its_last_letter() -> None:
    """bcrypt, which Nano used, stops at 72 bytes."""
    hash = passwords.hashed("Aa1" * 80 + "x")

    assert not passwords.verify("Aa1" * 80 + "y", hash)


def test_the_hash_of_nobody_costs_what_a_real_one_costs() -> None:
    real, nobody = passwords.hashed("Correct-horse-9"), passwords.nobody()

    assert [len(part) for part in nobody.split("$")] == [len(part) for part in real.split("$")]
    assert nobody.split("$")[1:4] == real.split("$")[1:4]
    assert not passwords.verify("Correct-horse-9", nobody)


def test_a_damaged_hash_lets_nobody_in() -> None:
    assert not passwords.verify("", "")
    assert not passwords.verify("x", "$argon2id$v=19$m=8,t=1,p=1$AAAA")


def test_a_hash_of_weaker_parameters_is_outdated() -> None:
    assert passwords.outdated(passwords.nobody().replace("m=47104", "m=8192"))
    assert not passwords.outdated(passwords.nobody())


def test_a_crowd_is_told_to_come_back_instead_of_taking_every_thread() -> None:
    answers: list[str] = []
    hash, start = passwords.nobody(), threading.Barrier(60)

    def knock() -> None:
        start.wait()
        try:
            passwords.verify("Correct-horse-9", hash)
            answers.append("judged")
        except TooMany:
            answers.append("come back")

    threads = [threading.Thread(target=knock) for _ in range(60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert len(answers) == 60
    assert answers.count("judged") >= 20
    assert "come back" in answers
    assert not passwords.verify("Correct-horse-9", hash)


@pytest.mark.parametrize(
    ("password", "part"),
    [
        ("Short1", "at least 8 characters"),
        ("NoDigitsHere", "a digit"),
        ("NOLOWER123", "a lower case letter"),
        ("noupper123", "an upper case letter"),
        ("Ａｂ１ａｂｃｄｅｆ", "a digit"),
    ],
)
def test_a_bad_password_is_refused_with_what_it_lacks(password: str, part: str) -> None:
    with pytest.raises(BadValue, match=part) as refusal:
        passwords.require_good(password)
    assert refusal.value.field == "password"


def test_a_password_by_the_rule_is_accepted() -> None:
    passwords.require_good("Passw0rd")
