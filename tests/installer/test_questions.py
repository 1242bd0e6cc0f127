"""Answers: from a file, from a person, from the host itself; what cannot stand is refused by name and changes nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from installer.answer_rules import BadAnswer
from installer.cli import parser
from installer.questions import QUESTIONS, Answers, complete, judge
from nano_runtime import config
from nano_runtime.certificates import Authority
from nano_runtime.enrolment import make_token
from nano_runtime.errors import NanoError
from tests.installer.folders import ADDRESS, HostFolder

TOKEN = make_token("t1", bytes(16), Authority.create("nano").certificate_pem)


def from_file(folder: HostFolder, answers: object, tmp_path: Path) -> Answers:
    """What `--answers FILE` does."""
    path = tmp_path / "answers.json"
    path.write_text(answers if isinstance(answers, str) else json.dumps(answers))
    return complete(config.load(path, Answers), folder.look())


def test_an_empty_file_takes_what_the_host_suggests(folder: HostFolder, tmp_path: Path) -> None:
    answers = from_file(folder, {}, tmp_path)

    assert answers.listen_address == ADDRESS
    assert (answers.roles, answers.network, answers.portal_port, answers.api_port) == ("all", "nat", 5850, 5870)


def test_the_card_of_the_default_route_is_suggested_for_the_bridge(folder: HostFolder, tmp_path: Path) -> None:
    folder.card("a-first-by-name", "198.51.100.7")

    assert from_file(folder, {"network": "bridge"}, tmp_path).nic == "enp1s0"


BAD: list[tuple[Any, str, str]] = [
    ({"rolls": "all"}, "rolls", "did you mean roles"),
    ({"portal": {"port": 1}}, "portal", "portal_port"),
    ("not json", "", "is not JSON"),
    ("[1]", "", "one JSON object"),
    ('{"domain": "a", "domain": "b"}', "domain", "set twice"),
    ({"roles": "everything"}, "roles", "all or core or cell"),
    ({"portal_port": "5850"}, "portal_port", "1-65535"),
    ({"portal_port": 0}, "portal_port", "1-65535"),
    ({"portal_port": 65536}, "portal_port", "1-65535"),
    ({"portal_port": 9090}, "portal_port", "Cockpit"),
    ({"api_port": 9090}, "api_port", "Cockpit"),
    ({"portal_port": 5870}, "portal_port", "both 5870"),
    ({"domain": "two words"}, "domain", "two words"),
    ({"domain": "$(id)"}, "domain", "$(id)"),
    ({"domain": ""}, "domain", "text like"),
    ({"domain": "x" * 64}, "domain", "xxx"),
    ({"group_address": "224.0.1.1"}, "group_address", "224.0.0.0-224.0.0.255"),
    ({"group_address": "nano"}, "group_address", "224.0.0.0-224.0.0.255"),
    ({"group_port": -1}, "group_port", "1-65535"),
    ({"listen_address": "198.51.100.9"}, "listen_address", ADDRESS),
    ({"listen_address": "::1"}, "listen_address", "IPv4"),
    ({"join_token": TOKEN}, "join_token", "does not go with"),
    ({"roles": "cell"}, "join_token", "missing"),
    ({"roles": "cell", "join_token": "nano1.abc"}, "join_token", "copy it whole"),
    ({"roles": "cell", "join_token": TOKEN, "core_address": "a b"}, "core_address", "a b"),
    ({"roles": "cell", "join_token": TOKEN, "portal_port": 1234}, "portal_port", "does not go with"),
    ({"roles": "core", "network": "bridge"}, "network", "does not go with"),
    ({"network": "wifi"}, "network", "nat or bridge or existing"),
    ({"nic": "enp1s0"}, "nic", "does not go with"),
    ({"network": "bridge", "nic": "eth9"}, "nic", "enp1s0"),
    ({"network": "bridge", "nic": "../x"}, "nic", "not there"),
    ({"network": "bridge", "bridge_name": "enp1s0"}, "bridge_name", "taken"),
    ({"network": "bridge", "bridge_name": "a-name-far-too-long"}, "bridge_name", "text like"),
    ({"network": "bridge", "bridge_seconds": 5}, "bridge_seconds", "10-600"),
    ({"network": "existing", "existing_bridge": "br7"}, "existing_bridge", "none"),
    ({"network": "existing"}, "existing_bridge", "not a bridge"),
    ({"storage": "/"}, "storage", "two folders deep"),
    ({"storage": "guests"}, "storage", "absolute"),
    ({"storage": "/var/../etc"}, "storage", "cannot hold"),
    ({"storage": "/tmp/guests"}, "storage", "survive"),
    ({"storage": "/opt/nano/data"}, "storage", "survive"),
    ({"package_folder": "rpms"}, "package_folder", "absolute"),
    ({"start": "yes"}, "start", "true or false"),
    ({"trust": 1}, "trust", "true or false"),
]


@pytest.mark.parametrize(("answers", "field", "words"), BAD, ids=lambda value: json.dumps(value)[:50])
def test_a_bad_answer_is_refused_by_its_name(folder: HostFolder, tmp_path: Path, answers: Any, field: str, words: str) -> None:
    with pytest.raises(NanoError) as refused:
        from_file(folder, answers, tmp_path)

    assert refused.value.field == field
    assert words in str(refused.value)


def test_a_token_with_a_typing_error_is_not_repeated(folder: HostFolder, tmp_path: Path) -> None:
    with pytest.raises(BadAnswer) as refused:
        from_file(folder, {"roles": "cell", "join_token": TOKEN[:-1]}, tmp_path)

    assert TOKEN[10:40] not in str(refused.value)


def test_a_card_without_address_is_not_bridged(folder: HostFolder, tmp_path: Path) -> None:
    folder.card("enp2s0")

    with pytest.raises(BadAnswer, match="has no address"):
        from_file(folder, {"network": "bridge", "nic": "enp2s0"}, tmp_path)


def test_no_card_at_all_leaves_nat(folder: HostFolder, tmp_path: Path) -> None:
    folder.no_cards()

    with pytest.raises(BadAnswer, match="no IPv4 address"):
        from_file(folder, {}, tmp_path)


def test_a_cell_is_complete_with_a_token(folder: HostFolder, tmp_path: Path) -> None:
    answers = from_file(folder, {"roles": "cell", "join_token": TOKEN}, tmp_path)

    assert answers.listen_address == ""


def test_a_person_may_type_with_blanks_around(folder: HostFolder) -> None:
    assert judge("portal_port", " 6000 ", folder.look(), Answers()).portal_port == 6000
    assert judge("start", "no", folder.look(), Answers()).start is False


@pytest.mark.parametrize(
    ("name", "typed"), [("portal_port", "2, 3"), ("portal_port", "70000"), ("portal_port", "٣"), ("start", "perhaps"), ("roles", "9")]
)
def test_what_a_person_types_wrong_is_asked_again(folder: HostFolder, name: str, typed: str) -> None:
    with pytest.raises(BadAnswer):
        judge(name, typed, folder.look(), Answers())


def test_every_answer_is_explained_in_both_languages_and_in_the_help() -> None:
    told = parser().format_help()

    for name, question in QUESTIONS.items():
        assert name in told
        for text in (question.title, question.help, *(choice.title for choice in question.choices)):
            assert text.en
            assert text.zh
            assert text.en != text.zh


def test_the_choices_of_a_question_are_those_its_rule_accepts(folder: HostFolder) -> None:
    for name, question in QUESTIONS.items():
        for choice in question.choices:
            assert getattr(judge(name, choice.value, folder.look(), Answers()), name) == choice.value
