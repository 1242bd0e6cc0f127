"""Keys and certificates of a domain, in memory and on disk."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from nano_runtime.certificates import (
    AUTHORITY_DAYS,
    IDENTITY_DAYS,
    Authority,
    Identity,
    Role,
    certificate_der,
    check_issued,
    expires,
    fingerprint,
    fingerprint_lines,
    issued_by,
    needs_renewal,
    new_key,
    read_certificate,
    request,
    role_of,
    verify_signature,
)
from nano_runtime.errors import BadSetting, BadValue, Forbidden

DAY = 86400.0
NOW = 1_800_000_000.0


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.create("lab", now=NOW)


def member(authority: Authority, **options: float) -> Identity:
    return authority.issue(domain="lab", role="cell", name="cell-1", now=options.get("now", NOW), days=options.get("days", IDENTITY_DAYS))


@pytest.mark.parametrize("name", ["cell-1", "with space", "a/b", "ü", "100%", "x" * 200])
def test_a_certificate_says_for_whom_it_speaks(authority: Authority, name: str) -> None:
    identity = authority.issue(domain="lab_2", role="cell", name=name, dns=["cell.example"], addresses=["192.0.2.9"], now=NOW)

    assert check_issued(identity.certificate, authority.certificate, now=NOW) == Role("lab_2", "cell", name)


def test_an_authority_lives_ten_years_and_an_identity_ninety_days(authority: Authority) -> None:
    assert expires(authority.certificate) == NOW + AUTHORITY_DAYS * DAY
    assert expires(member(authority).certificate) == NOW + IDENTITY_DAYS * DAY
    assert IDENTITY_DAYS <= 398, "browsers refuse more"


def test_a_certificate_counts_between_its_two_dates(authority: Authority) -> None:
    certificate = member(authority).certificate

    check_issued(certificate, authority.certificate, now=NOW - 200)  # a clock a little behind is forgiven
    check_issued(certificate, authority.certificate, now=NOW + 90 * DAY)
    with pytest.raises(Forbidden, match="expired on 2027-04-15"):
        check_issued(certificate, authority.certificate, now=NOW + 90 * DAY + 1)
    with pytest.raises(Forbidden, match="valid only from") as caught:
        check_issued(certificate, authority.certificate, now=NOW - 600)
    assert "clocks" in caught.value.hint


def test_an_expired_authority_vouches_for_nobody(authority: Authority) -> None:
    late = NOW + (AUTHORITY_DAYS - 1) * DAY
    certificate = member(authority, now=late).certificate

    with pytest.raises(Forbidden, match="expired"):
        check_issued(certificate, authority.certificate, now=late + 2 * DAY)


def test_an_authority_of_the_same_name_is_another_authority(authority: Authority) -> None:
    stranger = Authority.create("lab", now=NOW)

    with pytest.raises(Forbidden, match="another domain"):
        check_issued(member(stranger).certificate, authority.certificate, now=NOW)


def test_a_member_cannot_sign_members(authority: Authority) -> None:
    cell = member(authority)
    own = Authority(cell.key_pem, cell.certificate_pem).issue(domain="lab", role="core", name="core", now=NOW)

    with pytest.raises(Forbidden):
        check_issued(own.certificate, authority.certificate, now=NOW)


def test_an_authority_is_not_a_module(authority: Authority) -> None:
    with pytest.raises(Forbidden):
        check_issued(authority.certificate, authority.certificate, now=NOW)
    with pytest.raises(Forbidden, match="names no module"):
        role_of(authority.certificate)


def test_renewal_is_due_when_two_thirds_of_a_life_are_over(authority: Authority) -> None:
    certificate = member(authority).certificate

    assert not needs_renewal(certificate, NOW + 59 * DAY)
    assert needs_renewal(certificate, NOW + 60 * DAY)


def test_a_fingerprint_is_the_keys_wherever_it_stands(authority: Authority) -> None:
    identity = member(authority)

    same = {
        fingerprint(identity.certificate),
        fingerprint(identity.key_pem),
        fingerprint(request(identity.key_pem, "x")),
        identity.fingerprint,
    }

    assert len(same) == 1
    assert len(identity.fingerprint) == 64
    assert "".join(fingerprint_lines(identity.fingerprint)).replace(" ", "") == identity.fingerprint
    assert [len(line.split()) for line in fingerprint_lines(identity.fingerprint)] == [8, 8]


def test_a_request_is_signed_for_what_the_authority_says_not_for_what_it_wishes(authority: Authority) -> None:
    wish = request(new_key(), "core")

    signed = authority.sign(wish, domain="lab", role="cell", name="cell-2", now=NOW)

    assert role_of(read_certificate(signed)) == Role("lab", "cell", "cell-2")
    assert fingerprint(signed) == fingerprint(wish)


@pytest.mark.parametrize("content", ["", "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n", "é"])
def test_what_is_no_request_is_refused(authority: Authority, content: str) -> None:
    with pytest.raises(BadValue, match="certificate request"):
        authority.sign(content, domain="lab", role="cell", name="cell-2")


@pytest.mark.parametrize("role", [Role("", "cell", "a"), Role("lab", "", "a"), Role("lab", "cell", "")])
def test_a_certificate_for_nobody_is_refused(authority: Authority, role: Role) -> None:
    with pytest.raises(BadValue, match="needs a domain, a role and a name"):
        authority.sign(request(new_key(), "x"), domain=role.domain, role=role.role, name=role.name)


def test_a_signature_belongs_to_one_key_and_one_text(authority: Authority) -> None:
    identity, other = member(authority), member(authority)
    signature = identity.sign(b"hello")

    verify_signature(identity.certificate, signature, b"hello")
    for certificate, text, shown in (
        (other.certificate, b"hello", signature),
        (identity.certificate, b"hullo", signature),
        (identity.certificate, b"hello", b""),
    ):
        with pytest.raises(Forbidden):
            verify_signature(certificate, shown, text)


def test_a_check_lets_one_role_of_one_domain_through() -> None:
    authority = Authority.create("lab")
    core, cell = (authority.issue(domain="lab", role=role, name="x").certificate for role in ("core", "cell"))
    check = issued_by(authority.certificate_pem, domain="lab", role="core")

    check(core)
    with pytest.raises(Forbidden, match="speaks for cell"):
        check(cell)
    with pytest.raises(Forbidden, match="'office'"):
        issued_by(authority.certificate_pem, domain="office", role="core")(core)


def test_a_certificate_survives_as_text_and_as_der(authority: Authority) -> None:
    assert read_certificate(authority.certificate_pem) == authority.certificate
    assert read_certificate(certificate_der(authority.certificate)) == authority.certificate
    for content in ("", b"", "nonsense", b"\x30\x82"):
        with pytest.raises(BadValue):
            read_certificate(content)


def test_the_key_does_not_show_in_a_log(authority: Authority) -> None:
    identity = member(authority)

    assert "PRIVATE" not in repr(identity) + repr(authority)


def test_an_identity_comes_back_from_disk_and_only_its_owner_can_read_the_key(tmp_path: Path, authority: Authority) -> None:
    identity = member(authority)

    identity.save(tmp_path, "cell")
    authority.save(tmp_path)

    assert Identity.load(tmp_path, "cell", now=NOW) == identity
    assert Authority.load(tmp_path, now=NOW) == authority
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert modes == {"cell.key.pem": 0o600, "cell.crt.pem": 0o644, "nano_ca.crt.pem": 0o644, "nano_ca.key.pem": 0o600}


def _open_key(folder: Path) -> None:
    (folder / "cell.key.pem").chmod(0o644)


def _remove_key(folder: Path) -> None:
    (folder / "cell.key.pem").unlink()


def _remove_certificate(folder: Path) -> None:
    (folder / "cell.crt.pem").unlink()


def _damage_certificate(folder: Path) -> None:
    (folder / "cell.crt.pem").write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")


def _damage_key(folder: Path) -> None:
    (folder / "cell.key.pem").write_bytes(b"\xff\xfe")


def _exchange_key(folder: Path) -> None:
    (folder / "cell.key.pem").write_text(new_key())


def _exchange_authority(folder: Path) -> None:
    (folder / "nano_ca.crt.pem").write_text(Authority.create("lab", now=NOW).certificate_pem)


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (_open_key, r"cell\.key\.pem.*0644.*chmod 600"),
        (_remove_key, r"cell\.key\.pem cannot be read"),
        (_remove_certificate, r"cell\.crt\.pem cannot be read.*enrol"),
        (_damage_certificate, r"cell\.crt\.pem: this is not a certificate"),
        (_damage_key, r"cell\.key\.pem cannot be read: it is not PEM text"),
        (_exchange_key, r"cell\.crt\.pem.*does not belong to its key"),
        (_exchange_authority, r"cell\.crt\.pem.*another domain"),
    ],
)
def test_a_damaged_identity_names_the_file_and_the_next_step(tmp_path: Path, authority: Authority, harm: object, words: str) -> None:
    member(authority).save(tmp_path, "cell")

    assert callable(harm)
    harm(tmp_path)

    with pytest.raises(BadSetting, match=words) as caught:
        Identity.load(tmp_path, "cell", now=NOW)
    assert caught.value.hint


def test_an_expired_identity_is_not_loaded(tmp_path: Path, authority: Authority) -> None:
    member(authority).save(tmp_path, "cell")

    with pytest.raises(BadSetting, match=r"cell\.crt\.pem: the certificate expired on") as caught:
        Identity.load(tmp_path, "cell", now=NOW + 91 * DAY)

    assert "enrol" in caught.value.hint


def test_an_open_or_foreign_key_of_the_authority_is_refused(tmp_path: Path, authority: Authority) -> None:
    authority.save(tmp_path)
    key = tmp_path / "nano_ca.key.pem"

    key.chmod(0o640)
    with pytest.raises(BadSetting, match="chmod 600"):
        Authority.load(tmp_path, now=NOW)
    key.write_text(new_key())
    key.chmod(0o600)
    with pytest.raises(BadSetting, match="does not belong to its key"):
        Authority.load(tmp_path, now=NOW)


def test_the_clock_of_this_host_is_the_default() -> None:
    authority = Authority.create("lab")

    assert abs(expires(authority.certificate) - AUTHORITY_DAYS * DAY - time.time()) < 60
