"""Settings that are well formed but do not fit each other or this host are refused, with the next step."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest

from appliance import checks
from appliance.settings import (
    PLACEHOLDER_ID,
    PLACEHOLDER_KEY,
    ApiSettings,
    CellSettings,
    Credential,
    DomainSettings,
    FrontEndSettings,
    ImageSettings,
)
from nano_runtime.errors import BadSetting
from nano_runtime.home import Home

HERE = ["192.0.2.7", "127.0.0.1"]
KEY = "k" * 32


def refused(check: Callable[[], None]) -> BadSetting:
    with pytest.raises(BadSetting) as caught:
        check()
    return caught.value


def test_a_domain_that_fits_this_host_is_accepted() -> None:
    checks.check_domain(DomainSettings(listen_address="192.0.2.7"), HERE, core=True)
    checks.check_domain(DomainSettings(group_address="224.0.0.255"), HERE, core=False)
    checks.check_domain(DomainSettings(core_address="core.example.com"), HERE, core=False)


@pytest.mark.parametrize("group", ["224.0.1.0", "223.255.255.255", "239.1.1.1", "224.0.0", "nano", "", "224.0.0.226 "])
def test_a_group_address_outside_the_range_is_refused(group: str) -> None:
    problem = refused(lambda: checks.check_domain(DomainSettings(group_address=group), HERE, core=False))

    assert problem.field == "group_address"
    assert f"must be an address within 224.0.0.0-224.0.0.255, not {group!r}" in str(problem)


@pytest.mark.parametrize("address", ["192.0.2.8", "0.0.0.0", "::1", "localhost"])
def test_a_listen_address_of_another_host_is_refused(address: str) -> None:
    problem = refused(lambda: checks.check_domain(DomainSettings(listen_address=address), HERE, core=True))

    assert problem.field == "listen_address"
    assert str(problem).endswith("this host has: 192.0.2.7, 127.0.0.1")


def test_core_needs_a_listen_address() -> None:
    problem = refused(lambda: checks.check_domain(DomainSettings(), HERE, core=True))

    assert "listen_address is missing in config/domain.cfg" in str(problem)


@pytest.mark.parametrize("host", ["10.0.0.300", "a b", "-x", "x..y", "a" * 64, "1.2.3", "host\n"])
def test_a_core_address_that_is_none_is_refused(host: str) -> None:
    assert refused(lambda: checks.check_domain(DomainSettings(core_address=host), HERE, core=False)).field == "core_address"


def test_credentials_of_our_own_are_accepted() -> None:
    checks.check_api(ApiSettings(credentials=[Credential(id="portal", key=KEY), Credential(id="script", key=KEY)]))


@pytest.mark.parametrize(("name", "key"), [(PLACEHOLDER_ID, KEY), ("portal", PLACEHOLDER_KEY)])
def test_a_published_placeholder_is_refused_wherever_a_key_is_read(name: str, key: str) -> None:
    in_api = refused(lambda: checks.check_api(ApiSettings(credentials=[Credential(id=name, key=key)])))
    in_portal = refused(lambda: checks.check_frontend(FrontEndSettings(api_id=name, api_key=key), HERE))

    assert "credentials[0] in config/api.cfg is the published placeholder" in str(in_api)
    assert "api_key in config/frontend.cfg is the published placeholder" in str(in_portal)


def test_an_api_without_credentials_is_refused() -> None:
    assert refused(lambda: checks.check_api(ApiSettings())).field == "credentials"


def test_the_same_id_twice_is_refused() -> None:
    twice = ApiSettings(credentials=[Credential(id="portal", key=KEY), Credential(id="portal", key=KEY[1:])])

    assert "'portal' is in config/api.cfg twice" in str(refused(lambda: checks.check_api(twice)))


def test_a_portal_beside_its_core_needs_nothing() -> None:
    checks.check_frontend(FrontEndSettings(), HERE)
    checks.check_frontend(FrontEndSettings(service_host="192.0.2.9", api_id="portal", api_key=KEY), HERE)


@pytest.mark.parametrize(
    ("field", "settings"),
    [
        ("address", FrontEndSettings(address="192.0.2.8")),
        ("service_host", FrontEndSettings(service_host="10.0.0.300", api_id="portal", api_key=KEY)),
        ("api_key", FrontEndSettings(api_id="portal")),
        ("api_id", FrontEndSettings(api_key=KEY)),
        ("api_id", FrontEndSettings(service_host="192.0.2.9")),
    ],
)
def test_a_portal_that_could_not_work_is_refused(field: str, settings: FrontEndSettings) -> None:
    assert refused(lambda: checks.check_frontend(settings, HERE)).field == field


def test_no_message_repeats_a_key() -> None:
    problem = refused(lambda: checks.check_frontend(FrontEndSettings(api_key=KEY), HERE))

    assert KEY not in str(problem)


def test_guests_do_not_land_in_a_relative_folder() -> None:
    checks.check_cell(CellSettings(storage="/var/lib/nano"))

    assert refused(lambda: checks.check_cell(CellSettings(storage="guests"))).field == "storage"


def test_portal_and_api_cannot_share_a_port() -> None:
    checks.check_ports(ApiSettings(), FrontEndSettings())

    assert "port 5850" in str(refused(lambda: checks.check_ports(ApiSettings(port=5850), FrontEndSettings())))


def test_a_port_that_is_taken_is_found_before_the_start() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        problem = refused(lambda: checks.check_port_free("api.cfg", "127.0.0.1", port))

    assert f"port {port} of config/api.cfg is taken by another program" in str(problem)
    checks.check_port_free("api.cfg", "127.0.0.1", port)


def test_an_address_that_is_not_ours_cannot_be_listened_on() -> None:
    assert "cannot be used on 192.0.2.8" in str(refused(lambda: checks.check_port_free("api.cfg", "192.0.2.8", 5870)))


def test_tls_files_of_the_image_service_are_there_and_private(home: Home) -> None:
    assert refused(lambda: checks.check_image(ImageSettings(), home)).field == "cert_file"
    (home.cert / "nano_image.crt.pem").touch()
    key = home.cert / "nano_image.key.pem"
    key.touch(mode=0o600)
    checks.check_image(ImageSettings(), home)

    key.chmod(0o644)

    assert "chmod 600" in str(refused(lambda: checks.check_image(ImageSettings(), home)))


@pytest.mark.parametrize("name", checks.SECRET_FILES)
def test_a_file_with_keys_that_others_may_read_is_refused(home: Home, name: str) -> None:
    checks.check_private(home)
    path = home.config / name
    path.touch(mode=0o600)
    checks.check_private(home)

    path.chmod(0o640)

    assert f"config/{name} holds a secret, but its mode 0640 lets others read it" in str(refused(lambda: checks.check_private(home)))
