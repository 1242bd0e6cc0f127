"""What every Core offers from the start: system templates, disk images, tokens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from msgspec.structs import replace

from appliance.core.api.templates import TemplateBody, TemplateConfig
from appliance.core.api.tokens import NewToken
from appliance.core.image_formats import ImageKind
from appliance.core.image_records import ImageRecords
from appliance.core.image_store import ImageStore
from appliance.core.images import Images
from appliance.core.model import MIGRATIONS
from appliance.core.templates import BUILTIN, DEFAULT_TEMPLATE, Templates
from appliance.core.tokens import Tokens
from appliance.http import tokens
from appliance.protocol.images import BUILTIN_IMAGES
from appliance.rights import ROOT, Caller, Right
from appliance.settings import PLACEHOLDER_ID, PLACEHOLDER_KEY, Credential
from nano_runtime.errors import BadValue, Conflict, Forbidden, NotFound, Unavailable
from nano_runtime.home import Home
from nano_runtime.store import Store
from tests.core.conftest import KEY

NOW = 1_800_000_000.0

NANO_TEMPLATES = """
- {name: CentOS 7, admin: root, operating_system: linux, disk: scsi, network: virtio, display: vga, control: vnc,
   usb: nec-xhci, tablet: usb}
- {name: CentOS 6, admin: root, operating_system: linux, disk: sata, network: virtio, display: vga, control: vnc,
   usb: nec-xhci, tablet: usb}
- {name: Windows Server 2012, admin: Administrator, operating_system: windows, disk: sata, network: e1000, display: vga, control: vnc,
   usb: nec-xhci, tablet: usb}
- {name: General, admin: root, operating_system: linux, disk: sata, network: rtl8139, display: vga, control: vnc, usb: '', tablet: usb}
- {name: Legacy, admin: root, operating_system: linux, disk: ide, network: rtl8139, display: cirrus, control: vnc, usb: '', tablet: ''}
"""
"""`system_templates` of the contract."""


@pytest.mark.parametrize("expected", yaml.safe_load(NANO_TEMPLATES), ids=lambda template: str(template["name"]))
def test_the_templates_of_nano_are_there_as_the_contract_has_them(expected: dict[str, Any]) -> None:
    assert TemplateConfig(**expected) in BUILTIN.values()


@pytest.fixture
def templates(home: Home) -> Iterator[Templates]:
    store = Store(home.data / "core.db", MIGRATIONS)
    yield Templates(store, lambda: NOW)
    store.close()


def test_templates_are_listed_by_name_and_read_by_id(templates: Templates) -> None:

    listed = templates.list()

    assert [item.name for item in listed] == sorted(item.name for item in listed)
    assert all(templates.get(item.id).name == item.name for item in listed)
    assert templates.devices(DEFAULT_TEMPLATE).disk == "scsi"
    with pytest.raises(NotFound):
        templates.get("../etc")
    with pytest.raises(BadValue):
        templates.devices("")


def test_built_in_images_are_listed_with_the_smallest_disk_they_need(home: Home) -> None:
    store = Store(home.data / "core.db", MIGRATIONS)
    images = Images(ImageRecords(store), ImageStore(home.path / "store"))
    [item] = images.list(ROOT, ImageKind.DISK)

    assert (item.id, item.content and item.content.virtual_size) == (BUILTIN_IMAGES[0].id, BUILTIN_IMAGES[0].virtual_size)
    with pytest.raises(BadValue):
        images.find(ROOT, ImageKind.DISK, "nothing", field="from_image")
    store.close()


def make(caller: Caller, *credentials: Credential, **wish: Any) -> Caller:
    token = Tokens(credentials or (KEY,), lambda: NOW).make(caller, NewToken(**{"user": "ann", "group": "staff", **wish}))
    assert token.expires == NOW + 3600
    return tokens.read(token.token, [KEY], NOW + 3599)


ANN = Caller(user="ann", group="staff", rights=frozenset({Right.GUEST_READ, Right.GUEST_POWER}), expires=NOW + 86400)


def test_a_token_carries_the_rights_of_its_maker_or_fewer() -> None:
    assert make(ROOT).rights == ROOT.rights
    assert make(ANN) == replace(ANN, expires=NOW + 3600)
    assert make(ANN, rights=[Right.GUEST_READ]).rights == {Right.GUEST_READ}


@pytest.mark.parametrize("wish", [{"rights": [Right.GUEST_ALL]}, {"user": "bob"}, {"group": "other"}])
def test_nobody_gets_more_than_they_have(wish: dict[str, Any]) -> None:
    with pytest.raises(Forbidden):
        make(ANN, **wish)


def test_a_token_made_with_a_token_ends_with_that_at_the_latest() -> None:
    token = Tokens([KEY], lambda: NOW).make(replace(ANN, expires=NOW + 60), NewToken(user="ann", group="staff"))

    assert token.expires == NOW + 60


def test_a_user_of_the_portal_makes_no_token_that_would_outlive_them() -> None:
    with pytest.raises(Forbidden):
        make(replace(ANN, expires=0))


def test_a_published_key_makes_no_tokens() -> None:
    with pytest.raises(Unavailable):
        make(ROOT, Credential(id=PLACEHOLDER_ID, key=PLACEHOLDER_KEY))


def body(name: str = "own", **changes: Any) -> TemplateBody:
    given = {"admin": "root", "operating_system": "linux", "disk": "scsi", "network": "virtio", "display": "vga", "control": "vnc"}
    return TemplateBody(name=name, **given | changes)


def test_a_template_is_made_changed_and_deleted_and_survives_a_restart(templates: Templates, home: Home) -> None:
    id = templates.create(body(firmware="uefi-secure", tpm=True)).id
    assert (templates.devices(id).firmware, templates.devices(id).tpm) == ("uefi-secure", True)

    templates.modify(id, body("new", disk="sata"))

    second = Store(home.data / "core.db", MIGRATIONS)
    again = Templates(second, lambda: NOW).get(id)
    second.close()
    assert again == templates.get(id)
    assert (again.name, again.disk, again.firmware, again.builtin) == ("new", "sata", "", False)
    assert again.created_time
    templates.delete(id)
    with pytest.raises(NotFound):
        templates.get(id)
    with pytest.raises(NotFound):
        templates.delete(id)


def test_a_template_that_came_with_the_program_stays_as_it_is(templates: Templates) -> None:
    with pytest.raises(Conflict, match="came with the program"):
        templates.modify("centos-7", body())
    with pytest.raises(Conflict, match="came with the program"):
        templates.delete("centos-7")


def test_names_of_templates_are_unique(templates: Templates) -> None:
    id = templates.create(body("one")).id
    other = templates.create(body("two")).id

    for name in ("one", "CentOS 7"):
        with pytest.raises(Conflict, match="exists already"):
            templates.create(body(name))
        with pytest.raises(Conflict, match="exists already"):
            templates.modify(other, body(name))
    templates.modify(id, body("one", disk="ide"))


@pytest.mark.parametrize(
    ("field", "value"), [("usb", "ps2"), ("tablet", "x"), ("firmware", "coreboot"), ("name", "two\nlines"), ("admin", "a\tb")]
)
def test_a_template_of_what_nobody_has_is_refused(templates: Templates, field: str, value: str) -> None:
    with pytest.raises(BadValue) as refusal:
        templates.create(replace(body(), **{field: value}))

    assert refusal.value.field == field


def test_what_is_installed_today_has_a_template() -> None:
    assert {"CentOS Stream 10", "CentOS Stream 9", "Windows 11", "Windows Server 2025"} <= {config.name for config in BUILTIN.values()}
    windows = BUILTIN["windows-11"]
    assert (windows.firmware, windows.tpm) == ("uefi-secure", True)
