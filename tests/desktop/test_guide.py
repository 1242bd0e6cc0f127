"""Which page comes when: nothing is opened before the key is known to be right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.desktop.contact import Shown
from appliance.desktop.guide import Guide
from appliance.desktop.hosts import Host, Hosts
from appliance.desktop.wording import CHINESE, ENGLISH, words
from nano_runtime.discovery import Triple
from nano_runtime.errors import Unavailable

KEY = "ab" * 32
OTHER = "cd" * 32
IN_LINES = "abab abab abab abab"
OTHER_IN_LINES = "cdcd cdcd cdcd cdcd"


class Desk:
    """A guide in a network where one host answers, or none; what would run beside it runs when `settle` is called."""

    def __init__(self, folder: Path) -> None:
        self.hosts = Hosts(folder / "desk.json")
        self.shows = KEY
        self.core = ""
        self.local: Host | None = None
        self.went: list[str] = []
        self._waiting: list[Callable[[], None]] = []
        self.guide = Guide(
            "nano://w1/",
            self.hosts,
            ENGLISH,
            go=self.went.append,
            start=self._waiting.append,
            local=lambda: self.local,
            look=self._look,
            find=self._find,
        )

    def ask(self, path: str) -> str:
        return self.guide.answer(f"nano://w1/{path}")

    def settle(self) -> str:
        """Let what was begun come to its end; answers the page that is shown then, or where the window went."""
        while self._waiting:
            self._waiting.pop(0)()
        return self.ask("shown") if self.went[-1] == "nano://w1/shown" else self.went[-1]

    def _look(self, host: Host) -> Shown:
        if not self.shows:
            raise Unavailable(f"{host.name} does not answer: connection refused")
        return Shown(self.shows, host.fingerprint)

    def _find(self, triple: Triple) -> str:
        if not self.core:
            raise Unavailable(f"no Core of domain {triple.domain!r} answers")
        return self.core


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_new_host_is_opened_only_after_its_key_was_compared(desk: Desk) -> None:
    assert "Connecting to 192.0.2.7" in desk.ask("add?host=192.0.2.7")
    page = desk.settle()

    assert IN_LINES in page
    assert f"trust?host=192.0.2.7&amp;fingerprint={KEY}" in page
    assert desk.hosts.list() == []

    desk.ask(f"trust?host=192.0.2.7&fingerprint={KEY}")
    assert desk.settle() == "https://192.0.2.7:5850/"


def test_a_known_host_is_opened_without_a_question(desk: Desk) -> None:
    desk.hosts.remember(Host(address="192.0.2.7", fingerprint=KEY))

    desk.ask("open?host=192.0.2.7")

    assert desk.settle() == "https://192.0.2.7:5850/"


def test_another_key_is_refused_with_both_fingerprints_and_no_way_to_go_on(desk: Desk) -> None:
    desk.hosts.remember(Host(address="192.0.2.7", fingerprint=OTHER))

    desk.ask("open?host=192.0.2.7")
    page = desk.settle()

    assert IN_LINES in page
    assert OTHER_IN_LINES in page
    assert "trust?" not in page
    assert not [url for url in desk.went if url.startswith("https:")]


def test_trusting_does_not_replace_a_key_that_is_known(desk: Desk) -> None:
    desk.hosts.remember(Host(address="192.0.2.7", fingerprint=OTHER))

    desk.ask(f"trust?host=192.0.2.7&fingerprint={KEY}")

    assert "shows another key" in desk.settle()
    assert desk.hosts.known(Host(address="192.0.2.7")).fingerprint == OTHER


def test_forgetting_a_host_first_lets_it_be_new_again(desk: Desk) -> None:
    desk.hosts.remember(Host(address="192.0.2.7", fingerprint=OTHER))

    desk.ask("forget?host=192.0.2.7")
    desk.ask("open?host=192.0.2.7")

    assert "Is this 192.0.2.7?" in desk.settle()


@pytest.mark.parametrize(("fingerprint", "accepted"), [(KEY, True), (OTHER, False), ("", False)])
def test_the_key_of_each_connection_decides_and_not_the_first_look(desk: Desk, fingerprint: str, *, accepted: bool) -> None:
    desk.hosts.remember(Host(address="192.0.2.7", fingerprint=KEY))

    assert desk.guide.judge("https://192.0.2.7:5850", fingerprint) is accepted

    assert (desk.went == []) is accepted


def test_this_computer_is_known_by_what_its_appliance_says(desk: Desk) -> None:
    """Whoever listens on the port while the appliance is down is refused, whatever was trusted before."""
    desk.local = Host(address="127.0.0.1", fingerprint=OTHER)
    desk.hosts.remember(Host(address="127.0.0.1", fingerprint=KEY))

    desk.ask("open?host=127.0.0.1")

    assert "shows another key" in desk.settle()


def test_a_host_that_is_away_gets_a_page_with_a_way_to_try_again(desk: Desk) -> None:
    desk.shows = ""
    desk.ask("open?host=192.0.2.7")

    page = desk.settle()

    assert "192.0.2.7 does not answer" in page
    assert 'href="open?host=192.0.2.7"' in page


def test_a_host_found_by_its_domain_is_listed_but_not_trusted(desk: Desk) -> None:
    desk.core = "192.0.2.9"
    desk.ask("find?domain=lab&group=224.0.0.226&port=5599")

    page = desk.settle()

    assert "Found: 192.0.2.9" in page
    assert desk.hosts.list() == [Host(address="192.0.2.9")]


def test_a_domain_nobody_answers_in_is_told_and_kept_in_the_form(desk: Desk) -> None:
    desk.ask("find?domain=lab&group=224.0.0.226&port=5598")

    page = desk.settle()

    assert "no Core of domain &#x27;lab&#x27; answers" in page
    assert 'value="lab"' in page
    assert 'value="5598"' in page


@pytest.mark.parametrize("path", ["open?host=a%20b", "add", "trust?host=a&fingerprint=zz", "find?port=x", "forget?host=%00", "nothing"])
def test_nonsense_in_an_address_leads_back_to_the_list(desk: Desk, path: str) -> None:
    assert "<title>Hosts</title>" in desk.ask(path)
    assert desk.went == []


def test_what_a_person_typed_is_text_on_the_page(desk: Desk) -> None:
    page = desk.ask("add?host=%3Cscript%3Ealert(1)%3C/script%3E")

    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_both_languages_have_every_word_with_the_same_places() -> None:
    for english, chinese in zip(ENGLISH, CHINESE, strict=True):
        assert english.count("{host}") == chinese.count("{host}")
        assert english.count("{count}") == chinese.count("{count}")
        assert english
        assert chinese


@pytest.mark.parametrize(
    ("locale", "expected"), [("zh_CN.UTF-8", CHINESE), ("zh-Hans", CHINESE), ("en_GB", ENGLISH), ("", ENGLISH), ("de_DE", ENGLISH)]
)
def test_the_language_of_the_desktop_chooses_the_words(locale: str, expected: object) -> None:
    assert words(locale) is expected
