"""Whose objects a search lists: decided by the portal for old programs, by Core for everybody."""

from __future__ import annotations

from typing import Any

import pytest

from appliance.core.api.search import GuestFilter, GuestSearch, GuestSearchResult
from appliance.frontend.service import FrontEndService
from appliance.rights import Caller
from tests.frontend.browsing import API, PASSWORD, Browser, SmallCore

SEARCH = f"{API}/search/guests/"


class Searches:
    """What Core was asked for, as the part of it that searches guests."""

    def __init__(self) -> None:
        self.asked: list[tuple[Caller, str, str]] = []

    def search(self, caller: Caller, body: GuestSearch) -> GuestSearchResult:
        self.asked.append((caller, body.owner, body.group))
        return GuestSearchResult(result=[], total=0, limit=20, offset=0)

    def filter(self, caller: Caller, query: GuestFilter) -> list[Any]:
        self.asked.append((caller, query.owner, query.group))
        return []


@pytest.fixture
def searches(core: SmallCore) -> Searches:
    core.guests = searches = Searches()  # type: ignore[assignment]  # the part that is asked here
    return searches


def old_program(browser: Browser, user: str = "admin") -> dict[str, str]:
    heard = Browser(browser.port, browser.trust).ask("POST", f"{API}/sessions/", {"user": user, "password": PASSWORD})
    return {"Nano_Session": heard.json["data"]["session"]}


def test_an_old_program_finds_its_users_guests_whatever_it_asks_for(browser: Browser, stranger: Browser, searches: Searches) -> None:
    known = old_program(browser)

    stranger.ask("POST", SEARCH, {"owner": "eve", "group": "eve", "limit": 5}, **known)
    stranger.ask("GET", f"{API}/guest_search/x?pool=default&owner=eve&group=eve", **known)

    assert [asked[1:] for asked in searches.asked] == [("admin", ""), ("admin", "")]


def test_it_finds_those_of_its_group_where_the_group_shares(browser: Browser, stranger: Browser, searches: Searches) -> None:
    browser.ask("PUT", f"{API}/resource_visibilities/", {"instance_visible": True})

    stranger.ask("POST", SEARCH, {}, **old_program(browser))

    assert searches.asked[0][1:] == ("admin", "admin")


def test_the_portal_asks_for_what_it_likes_and_core_hears_what_is_shared(
    browser: Browser, searches: Searches, service: FrontEndService
) -> None:
    browser.ask("POST", f"{API}/roles/low", {"menu": ["instance"]})
    for group in ("one", "two"):
        browser.ask("POST", f"{API}/user_groups/{group}", {"role": ["low"]})
    browser.ask("POST", f"{API}/users/low", {"password": PASSWORD, "groups": ["one", "two"]})
    browser.ask("PUT", f"{API}/user_groups/two/visibilities/", {"instance_visible": True})
    low = Browser(browser.port, browser.trust)
    low.sign_in("low")

    low.ask("POST", SEARCH, {"owner": "eve"})

    caller, owner, _ = searches.asked[0]
    assert owner == "eve"
    assert (caller.owns("eve", "one"), caller.owns("eve", "two"), caller.owns("low", "x")) == (False, True, True)
    assert caller.acts_for("low", "one")
    assert caller.acts_for("low", "two")
    assert not caller.acts_for("low", "admin")
    assert not caller.acts_for("eve", "two")
