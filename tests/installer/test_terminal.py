"""The conversation with a person, on a real (pseudo) terminal: screens, plain prompts, both languages."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from installer.layout import clip, width_of, wrap
from tests.installer.person import DOWN, ENTER, ESCAPE, Person

ROOT = Path(__file__).parents[2]


def installer(home: Path, *options: str) -> list[str | Path]:
    """With a /run of its own, so that installers of other tests on this machine are no obstacle."""
    apart = ["unshare", "--mount", "sh", "-c", 'mount -t tmpfs tmpfs /run && exec "$@"', "sh"]
    return [*apart, "env", f"PYTHONPATH={ROOT}", f"NANO_HOME={home}", sys.executable, "-m", "installer", *options]


def test_a_person_is_led_to_the_plan_and_may_leave_without_a_trace(tmp_path: Path) -> None:
    home = tmp_path / "nano"
    with Person(installer(home)) as person:
        person.answer("Language / 语言", ENTER)
        person.answer("A look at this host", ENTER)
        person.answer("What shall run on this host?", ENTER)
        person.answer("Name of the domain", "\x15", "lab-7", ENTER)
        person.answer("Multicast address", ENTER)
        person.answer("UDP port of the domain", ENTER)
        person.answer("Address of this host", ENTER)
        person.answer("Port of the API", "\x15", "7001", ENTER)
        person.answer("Port of the portal", "\x15", "7002", ENTER)
        person.answer("How do guests reach the network?", ENTER)
        person.answer("Folder of guest disks", ENTER)
        person.answer("Folder with packages", ENTER)
        person.answer("trust the domain's certificate authority?", ENTER)
        person.answer("Start now", ENTER)
        plan = person.answer("Shall this be done?", DOWN, ENTER)

        assert "write file" in plan
        assert person.code() == 1
    assert not home.exists()


def test_the_same_in_chinese(tmp_path: Path) -> None:
    with Person(installer(tmp_path / "nano", "--lang", "zh")) as person:
        person.answer("Language / 语言", ENTER)
        person.answer("主机检查", ENTER)
        screen = person.answer("本机运行哪些模块？", "2", ENTER)
        person.see("域名称")

        assert "仅 Core 与门户" in screen
        assert all(width_of(line) <= 100 for line in screen.splitlines())


def test_a_wrong_answer_is_asked_again_with_the_reason(tmp_path: Path) -> None:
    with Person(installer(tmp_path / "nano")) as person:
        person.answer("Language", ENTER)
        person.answer("A look at this host", ENTER)
        person.answer("What shall run", ENTER)
        person.answer("Name of the domain", "\x15", "two words", ENTER)

        person.see("! 'two words' cannot be accepted")


def test_escape_goes_back_to_the_question_before(tmp_path: Path) -> None:
    with Person(installer(tmp_path / "nano")) as person:
        person.answer("Language", ENTER)
        person.answer("A look at this host", ENTER)
        person.answer("What shall run", DOWN, ENTER)
        person.answer("Name of the domain", ESCAPE)

        assert "> 2. Core and portal" in person.see("What shall run")


def test_a_join_token_is_not_shown(tmp_path: Path) -> None:
    with Person(installer(tmp_path / "nano")) as person:
        person.answer("Language", ENTER)
        person.answer("A look at this host", ENTER)
        person.answer("What shall run", "3", ENTER)
        for question in ("Name of the domain", "Multicast address", "UDP port"):
            person.answer(question, ENTER)
        person.answer("Join token", "nano1.secret")

        person.see("> ************_")


@pytest.mark.parametrize("options", [("--plain",), ()])
def test_a_dumb_terminal_gets_plain_prompts(tmp_path: Path, options: tuple[str, ...]) -> None:
    with Person(installer(tmp_path / "nano", *options), term="dumb" if not options else "xterm") as person:
        person.see("1. English")
        person.type("1\n")
        person.see("1. go on")
        person.type("\n")
        person.see("What shall run on this host?")
        person.type("?\n")
        person.see("The first host of a domain runs everything.")
        person.type("9\n")
        person.see("! 1-3")
        person.type("2\n")
        person.see("Name of the domain")

        assert "\x1b[" not in person._said


def test_ctrl_c_leaves_the_terminal_and_the_host_as_they_were(tmp_path: Path) -> None:
    with Person(installer(tmp_path / "nano")) as person:
        person.answer("Language", "\x03")

        assert person.code() == 130
        assert "this host is as it was" in person.screen
        assert person._said.endswith(("as it was\r\n", "as it was\n"))
        assert "\x1b[?1049l" in person._said
    assert not (tmp_path / "nano").exists()


def test_a_small_screen_shows_the_question_all_the_same(tmp_path: Path) -> None:
    with Person(installer(tmp_path / "nano"), lines=12) as person:
        person.answer("Language", ENTER)
        screen = person.see("1. go on")

        assert len(screen.splitlines()) <= 12
        assert "PgUp" in screen


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("one two three", ["one two", "three"]),
        ("averylongwordthatdoesnotfit", ["averylongwordthatdoesnotfit"]),
        ("网桥让云主机接入", ["网桥让云", "主机接入"]),
        ("port 端口 x", ["port 端", "口 x"]),
    ],
)
def test_lines_break_at_blanks_and_between_wide_characters(text: str, lines: list[str]) -> None:
    assert wrap(text, 8) == lines


def test_a_wide_character_is_not_cut_in_half() -> None:
    assert clip("网桥", 3) == "网"
