"""The domain's authority and Core's certificate: made once, kept, renewed, never replaced in silence."""

from __future__ import annotations

import pytest

from appliance.core.authority import establish
from nano_runtime.certificates import addresses_of
from nano_runtime.errors import BadSetting
from nano_runtime.home import Home

NOW = 1_800_000_000.0
DAY = 24 * 3600


def test_both_are_made_once_and_their_keys_are_private(home: Home) -> None:
    authority, identity = establish(home, "nano", "10.0.0.1", now=NOW)

    again = establish(home, "nano", "10.0.0.1", now=NOW + DAY)

    assert again == (authority, identity)
    assert addresses_of(identity.certificate) == {"127.0.0.1", "10.0.0.1"}
    assert {path.name: path.stat().st_mode & 0o777 for path in home.cert.glob("*.key.pem")} == {
        "nano_ca.key.pem": 0o600,
        "core.key.pem": 0o600,
    }


@pytest.mark.parametrize(
    ("days", "address", "domain"), [(61, "10.0.0.1", "nano"), (200, "10.0.0.1", "nano"), (1, "10.0.0.2", "nano"), (1, "10.0.0.1", "lab")]
)
def test_an_old_or_moved_certificate_is_renewed_with_its_key(home: Home, days: int, address: str, domain: str) -> None:
    authority, identity = establish(home, "nano", "10.0.0.1", now=NOW)

    same, renewed = establish(home, domain, address, now=NOW + days * DAY)

    assert same == authority
    assert renewed.certificate_pem != identity.certificate_pem
    assert renewed.fingerprint == identity.fingerprint
    assert (renewed.role.domain, address in addresses_of(renewed.certificate)) == (domain, True)


@pytest.mark.parametrize("lost", ["nano_ca.crt.pem", "nano_ca.key.pem", "core.crt.pem", "core.key.pem"])
def test_a_lost_half_is_an_error_and_not_a_new_domain(home: Home, lost: str) -> None:
    establish(home, "nano", "10.0.0.1", now=NOW)
    (home.cert / lost).unlink()

    with pytest.raises(BadSetting):
        establish(home, "nano", "10.0.0.1", now=NOW)


@pytest.mark.parametrize("open_file", ["nano_ca.key.pem", "core.key.pem"])
def test_a_key_that_others_may_read_is_refused(home: Home, open_file: str) -> None:
    establish(home, "nano", "10.0.0.1", now=NOW)
    (home.cert / open_file).chmod(0o644)

    with pytest.raises(BadSetting, match=open_file):
        establish(home, "nano", "10.0.0.1", now=NOW)
