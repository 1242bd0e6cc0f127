"""A fresh home gets what it needs to start, once."""

from __future__ import annotations

import stat

from appliance import checks
from appliance.first_run import prepare
from appliance.settings import FILES, ApiSettings, DomainSettings, FrontEndSettings
from nano_runtime import config
from nano_runtime.home import Home


def test_every_declared_file_is_written_private_and_readable(home: Home) -> None:
    written = prepare(home, "192.0.2.7")

    assert sorted(path.name for path in written) == sorted(FILES)
    for path in written:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        config.load(path, FILES[path.name])
    assert config.load(home.config / "domain.cfg", DomainSettings).listen_address == "192.0.2.7"


def test_what_it_writes_passes_the_checks(home: Home) -> None:
    prepare(home, "192.0.2.7")

    checks.check_domain(config.load(home.config / "domain.cfg", DomainSettings), ["192.0.2.7"], core=True)
    checks.check_api(config.load(home.config / "api.cfg", ApiSettings))
    checks.check_frontend(config.load(home.config / "frontend.cfg", FrontEndSettings), ["192.0.2.7"])
    checks.check_private(home)


def test_portal_and_api_get_the_same_credential(home: Home) -> None:
    prepare(home, "")

    [credential] = config.load(home.config / "api.cfg", ApiSettings).credentials
    portal = config.load(home.config / "frontend.cfg", FrontEndSettings)
    assert (portal.api_id, portal.api_key) == (credential.id, credential.key)


def test_two_homes_get_different_keys(home: Home) -> None:
    second = Home(home.path / "second")
    prepare(home, "")
    prepare(second, "")

    assert (home.config / "api.cfg").read_text() != (second.config / "api.cfg").read_text()


def test_a_second_run_changes_nothing(home: Home) -> None:
    prepare(home, "192.0.2.7")
    before = {path.name: path.read_text() for path in home.config.iterdir()}

    assert prepare(home, "192.0.2.8") == []

    assert {path.name: path.read_text() for path in home.config.iterdir()} == before


def test_a_missing_file_gets_the_credential_of_the_one_that_is_there(home: Home) -> None:
    for lost in ("frontend.cfg", "api.cfg"):
        prepare(home, "")
        (home.config / lost).unlink()

        assert prepare(home, "") == [home.config / lost]

        [credential] = config.load(home.config / "api.cfg", ApiSettings).credentials
        assert config.load(home.config / "frontend.cfg", FrontEndSettings).api_key == credential.key
