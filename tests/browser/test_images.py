"""Images in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor
from tests.running import MIB, Appliance

pytestmark = [pytest.mark.browser, pytest.mark.system, pytest.mark.timeout(120)]

Visit = Callable[..., Visitor]
BOOTABLE = b"\0" * 510 + b"\x55\xaa" + b"\0" * (9 * MIB - 512)


def choose_file(visitor: Visitor, name: str, content: bytes) -> None:
    visitor.page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})
    visitor.page.get_by_role("dialog").get_by_role("button", name="Upload", exact=True).click()


def test_an_image_is_uploaded_in_chunks_and_can_be_chosen_for_a_guest(appliance: Appliance, visit: Visit) -> None:
    visitor = visit(appliance)
    visitor.sign_in("/images/disk?do=upload")

    choose_file(visitor, "tiny disk.raw", BOOTABLE)

    row = visitor.page.get_by_role("row").filter(has_text="tiny-disk")
    expect(row.get_by_text("Ready")).to_be_visible()
    visitor.go("/guests/new")
    expect(visitor.page.get_by_role("radio", name=re.compile("tiny-disk"))).to_be_visible()


def test_an_upload_that_broke_off_goes_on_where_it_was(appliance: Appliance, visit: Visit) -> None:
    visitor = visit(appliance)
    visitor.sign_in("/images/disk?do=upload")
    sent: list[str] = []
    visitor.page.on("request", lambda request: sent.append(request.url) if request.method == "PUT" else None)
    visitor.page.route("**/uploads/**offset=8388608*", lambda route: route.abort())
    choose_file(visitor, "broken off.raw", BOOTABLE)
    expect(visitor.page.get_by_text("It stopped at 8 MiB of 9 MiB")).to_be_visible()

    visitor.page.unroute_all()
    visitor.page.reload()
    visitor.choose("Actions of broken-off", "Choose its file")
    sent.clear()
    choose_file(visitor, "broken off.raw", BOOTABLE)

    row = visitor.page.get_by_role("row").filter(has_text="broken-off")
    expect(row.get_by_text("Ready")).to_be_visible()
    assert [re.search(r"offset=(\d+)", url).group(1) for url in sent] == ["8388608"]  # type: ignore[union-attr]  # each has one


def test_a_file_that_is_no_disk_is_refused_with_the_reason_and_deleted_by_name(appliance: Appliance, visit: Visit) -> None:
    visitor = visit(appliance)
    visitor.sign_in("/images/media?do=upload")
    choose_file(visitor, "letter.iso", b"Dear Sir or Madam" * 1000)
    expect(visitor.page.get_by_text("The file cannot be used")).to_be_visible()

    visitor.page.get_by_role("button", name="Give up").click()
    visitor.choose("Actions of letter", "Delete")
    visitor.page.get_by_role("dialog").get_by_role("textbox").fill("letter")
    visitor.page.get_by_role("dialog").get_by_role("button", name="Delete letter").click()

    expect(visitor.page.get_by_text("No media images")).to_be_visible()
