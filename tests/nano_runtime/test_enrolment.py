"""Join tokens, and how a module without a certificate becomes a member."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nano_runtime.certificates import Authority, fingerprint, new_key, read_certificate, request
from nano_runtime.enrolment import JoinToken, accept, enrol, make_token, parse_token, proof, proves
from nano_runtime.errors import BadValue, Forbidden, Unavailable
from tests.nano_runtime.links import HOST, QUICK, Domain, Hello

SECRET = bytes(range(16))


@pytest.fixture
def domain() -> Iterator[Domain]:
    domain = Domain()
    domain.serve()
    yield domain
    domain.stop()


@pytest.fixture
def remembered(tmp_path: Path) -> Path:
    return tmp_path / "first_authority.crt.pem"


def token_of(domain: Domain) -> JoinToken:
    return parse_token(make_token("k3", SECRET, domain.authority.certificate_pem))


def test_a_token_survives_its_way_through_a_terminal() -> None:
    authority = Authority.create("lab")

    text = make_token("k3", SECRET, authority.certificate_pem)
    token = parse_token(f"  {text}\n")

    assert text.startswith("nano1.k3.")
    assert (token.id, token.secret, len(token.authority)) == ("k3", SECRET, 16)


def test_a_token_does_not_show_its_secret_in_a_log() -> None:
    token = parse_token(make_token("k3", SECRET, Authority.create("lab").certificate_pem))

    assert "secret" not in repr(token)
    assert repr(SECRET)[2:-1] not in repr(token)


@pytest.mark.parametrize(
    "text", ["", "nano1", "nano1..", "nano2.k3." + "A" * 43, "nano1.k3." + "A" * 42, "nano1.k3." + "A" * 44, "nano1.k 3." + "A" * 43]
)
def test_what_is_no_token_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(BadValue, match="not a join token") as caught:
        parse_token(text)

    assert "AAAA" not in str(caught.value)


def test_a_proof_holds_for_one_key_and_one_secret() -> None:
    shown = proof(SECRET, "ab" * 32)

    assert proves(shown, SECRET, "ab" * 32)
    assert not proves(shown, SECRET, "cd" * 32)
    assert not proves(shown, bytes(16), "ab" * 32)
    assert not proves("ü", SECRET, "ab" * 32)


def test_the_first_visit_remembers_the_authority_and_tells_its_fingerprint(domain: Domain, remembered: Path) -> None:
    met = enrol(HOST, domain.port, Hello(), domain="lab", remembered=remembered, pace=QUICK)

    assert met.answer == "hello, stranger"
    assert met.authority_fingerprint == domain.authority.fingerprint
    assert read_certificate(remembered.read_text()) == domain.authority.certificate


def test_another_authority_at_the_second_visit_is_refused(domain: Domain, remembered: Path) -> None:
    remembered.write_text(Authority.create("lab").certificate_pem)

    with pytest.raises(Forbidden, match="another authority than at first") as caught:
        enrol(HOST, domain.port, Hello(), domain="lab", remembered=remembered, pace=QUICK)

    assert str(remembered) in caught.value.hint
    assert read_certificate(remembered.read_text()) != domain.authority.certificate


def test_a_token_is_believed_more_than_the_first_visit(domain: Domain, remembered: Path) -> None:
    remembered.write_text(Authority.create("lab").certificate_pem)

    met = enrol(HOST, domain.port, Hello(), domain="lab", remembered=remembered, token=token_of(domain), pace=QUICK)

    assert met.authority_fingerprint == domain.authority.fingerprint


def test_a_core_that_the_token_is_not_from_is_refused_before_anything_is_said(domain: Domain, remembered: Path) -> None:
    foreign = parse_token(make_token("k3", SECRET, Authority.create("lab").certificate_pem))

    with pytest.raises(Forbidden, match="not the one this token is from"):
        enrol(HOST, domain.port, Hello(), domain="lab", remembered=remembered, token=foreign, pace=QUICK)

    assert not remembered.exists()


def test_a_core_of_another_domain_is_refused(domain: Domain, remembered: Path) -> None:
    with pytest.raises(Forbidden, match="instead of core of 'office'"):
        enrol(HOST, domain.port, Hello(), domain="office", remembered=remembered, token=token_of(domain), pace=QUICK)


def test_a_core_that_is_not_there_is_unavailable(domain: Domain, remembered: Path) -> None:
    domain.stop()

    with pytest.raises(Unavailable, match="nobody listens"):
        enrol(HOST, domain.port, Hello(), domain="lab", remembered=remembered, pace=QUICK)


def test_a_signed_key_becomes_an_identity_that_gets_a_link(domain: Domain, remembered: Path) -> None:
    key = new_key()
    met = enrol(HOST, domain.port, Hello(), domain="lab", remembered=remembered, token=token_of(domain), pace=QUICK)
    signed = domain.authority.sign(request(key, "cell-3"), domain="lab", role="cell", name="cell-3")

    identity = accept(key, signed, met.authority_pem)

    assert identity.fingerprint == fingerprint(key)
    assert domain.client(identity).wait_up(5).ask(Hello()) == "hello, cell-3"


def test_a_certificate_of_another_key_or_authority_is_not_accepted(domain: Domain) -> None:
    key, authority = new_key(), domain.authority
    of_other_key = authority.sign(request(new_key(), "cell-3"), domain="lab", role="cell", name="cell-3")
    of_other_authority = Authority.create("lab").sign(request(key, "cell-3"), domain="lab", role="cell", name="cell-3")

    with pytest.raises(Forbidden, match="another key"):
        accept(key, of_other_key, authority.certificate_pem)
    with pytest.raises(Forbidden, match="another domain"):
        accept(key, of_other_authority, authority.certificate_pem)
