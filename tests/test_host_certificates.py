"""The certificates of this host's ports keep their key: windows and people know the host by it."""

from __future__ import annotations

import time

from appliance.host_certificates import portal_identity
from nano_runtime.certificates import Authority, expires
from nano_runtime.home import Home


def test_a_renewed_certificate_has_the_key_of_before(home: Home) -> None:
    authority = Authority.create("nano")
    first = portal_identity(home.cert, "nano", authority)

    later = portal_identity(home.cert, "nano", authority, now=expires(first.certificate) - 3600)

    assert expires(later.certificate) > expires(first.certificate)
    assert later.fingerprint == first.fingerprint


def test_a_new_authority_means_a_new_key(home: Home) -> None:
    first = portal_identity(home.cert, "nano", Authority.create("nano"))

    second = portal_identity(home.cert, "nano", Authority.create("nano"), now=time.time())

    assert second.fingerprint != first.fingerprint
