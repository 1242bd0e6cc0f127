"""The authority as browsers are given it."""

from __future__ import annotations

import hashlib
import ssl
from pathlib import Path

import pytest

from appliance.frontend.trust import Authority
from nano_runtime import certificates
from nano_runtime.errors import NotFound


def test_both_fingerprints_are_of_the_certificate_that_is_given_out(tmp_path: Path) -> None:
    authority = certificates.Authority.create("nano")
    authority.save(tmp_path)

    shown, given = Authority(tmp_path).shown(), Authority(tmp_path).pem()

    assert shown.name == "Nano domain nano"
    assert shown.fingerprint == authority.fingerprint
    assert shown.sha256 == hashlib.sha256(ssl.PEM_cert_to_DER_cert(given.decode())).hexdigest()
    assert b"PRIVATE" not in given


def test_a_host_without_a_domain_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no certificate of its domain"):
        Authority(tmp_path).shown()
