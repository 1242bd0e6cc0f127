"""One-time codes, against the vectors of RFC 6238 (appendix B) and RFC 4226 (appendix D)."""

from __future__ import annotations

import base64

import pytest

from appliance.frontend import totp

SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("now", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_codes_are_those_of_rfc_6238(now: int, code: str) -> None:
    assert totp.code_at(SECRET, now // totp.STEP, digits=8) == code
    assert totp.code_at(SECRET, now // totp.STEP) == code[2:]


@pytest.mark.parametrize(
    ("counter", "code"), list(enumerate("755224 287082 359152 969429 338314 254676 287922 162583 399871 520489".split()))
)
def test_the_codes_are_those_of_rfc_4226(counter: int, code: str) -> None:
    assert totp.code_at(SECRET, counter) == code


def test_a_clock_may_be_one_step_off_and_no_more() -> None:
    now = 1_800_000_000.0
    step = int(now // 30)

    assert [totp.step_of(SECRET, totp.code_at(SECRET, step + off), now) for off in (-2, -1, 0, 1, 2)] == [
        None,
        step - 1,
        step,
        step + 1,
        None,
    ]


def test_a_used_step_and_those_before_it_are_over() -> None:
    now = 1_800_000_000.0
    step = int(now // 30)

    assert totp.step_of(SECRET, totp.code_at(SECRET, step), now, after=step) is None
    assert totp.step_of(SECRET, totp.code_at(SECRET, step - 1), now, after=step) is None
    assert totp.step_of(SECRET, totp.code_at(SECRET, step + 1), now, after=step) == step + 1


@pytest.mark.parametrize("code", ["", "0", "abcdef", "００００００", "1" * 1000, "\ud800"])
def test_what_is_no_code_is_wrong(code: str) -> None:
    assert totp.step_of(SECRET, code, 1_800_000_000.0) is None


def test_a_code_may_be_typed_in_groups() -> None:
    code = totp.code_at(SECRET, 60_000_000)

    assert totp.step_of(SECRET, f" {code[:3]} {code[3:]}", 1_800_000_000.0) == 60_000_000


def test_every_secret_is_new_and_an_app_can_read_it() -> None:
    secret = totp.new_secret()

    assert secret != totp.new_secret()
    assert len(base64.b32decode(secret)) == 20
    assert totp.address(secret, "an:n", "Nano") == f"otpauth://totp/Nano%3Aan%3An?secret={secret}&issuer=Nano&digits=6&period=30"
