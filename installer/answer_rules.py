"""Rules of the answers: what a host suggests, which questions matter, and which answers cannot stand."""

from __future__ import annotations

import ipaddress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from installer.cards import BRIDGED
from nano_runtime.enrolment import parse_token
from nano_runtime.errors import BadValue

if TYPE_CHECKING:
    from installer.facts import Facts
    from installer.questions import Answers

NO_PORT = 9090
"""Cockpit's, which CentOS administrators expect there."""
GROUPS = ipaddress.IPv4Network("224.0.0.0/24")


class BadAnswer(BadValue):
    """An answer cannot be accepted; `field` is its question."""

    code = "bad-answer"


def has_core(answers: Answers) -> bool:
    return answers.roles != "cell"


def has_cell(answers: Answers) -> bool:
    return answers.roles != "core"


def is_cell_only(answers: Answers) -> bool:
    return answers.roles == "cell"


def makes_bridge(answers: Answers) -> bool:
    return has_cell(answers) and answers.network == "bridge"


def uses_bridge(answers: Answers) -> bool:
    return has_cell(answers) and answers.network == "existing"


def check_group(value: str, _: Facts, __: Answers) -> None:
    try:
        if ipaddress.IPv4Address(value) in GROUPS:
            return
    except ValueError:
        pass
    raise BadAnswer(f"group_address must be within 224.0.0.0-224.0.0.255, not {value!r}", field="group_address")


def check_address(value: str, facts: Facts, _: Answers) -> None:
    if not value:
        raise BadAnswer(
            "this host has no IPv4 address, and Core needs one", hint="give an interface an address first", field="listen_address"
        )
    if value not in facts.addresses:
        known = ", ".join(facts.addresses)
        raise BadAnswer(
            f"listen_address must be an IPv4 address of this host, not {value!r}", hint=f"it has: {known}", field="listen_address"
        )


def check_api_port(value: int, _: Facts, __: Answers) -> None:
    if value == NO_PORT:
        raise BadAnswer(f"api_port {value} is Cockpit's", hint="choose another one", field="api_port")


def check_portal_port(value: int, _: Facts, answers: Answers) -> None:
    if value == NO_PORT:
        raise BadAnswer(f"portal_port {value} is Cockpit's", hint="choose another one", field="portal_port")
    if value == answers.api_port:
        raise BadAnswer(f"portal_port and api_port are both {value}", hint="choose another one", field="portal_port")


def check_card(value: str, facts: Facts, answers: Answers) -> None:
    card = facts.card(value)
    if card and card.bridge == answers.bridge_name:  # the bridge of an earlier run
        return
    able = [card for card in facts.cards if card.can_be_bridged]
    if not able:
        raise BadAnswer("no network interface of this host can be bridged", hint="answer network with nat", field="nic")
    if card is None or card not in able:
        names = ", ".join(card.name for card in able)
        reason = f"port of {card.bridge}" if card and card.bridge else (card.kind if card else "not there")
        raise BadAnswer(f"nic {value!r} cannot be bridged: it is {reason}", hint=f"choose one of: {names}", field="nic")
    if not card.addresses and not card.addresses6:
        raise BadAnswer(f"nic {value!r} has no address", hint="choose one that is connected, or answer network with nat", field="nic")


def check_new_bridge(value: str, facts: Facts, answers: Answers) -> None:
    taken = facts.card(value)
    ours = facts.card(answers.nic)
    if taken and not (ours and ours.bridge == value):
        hint = "choose another name, or answer network with existing" if taken.kind == "bridge" else "choose another name"
        raise BadAnswer(f"bridge_name {value!r} is taken by an interface of kind {taken.kind}", hint=hint, field="bridge_name")


def check_existing_bridge(value: str, facts: Facts, _: Answers) -> None:
    if value not in facts.bridges:
        known = ", ".join(facts.bridges) or "none"
        raise BadAnswer(f"existing_bridge {value!r} is not a bridge of this host", hint=f"bridges here: {known}", field="existing_bridge")


def check_token(value: str, _: Facts, __: Answers) -> None:
    if not value:
        raise BadAnswer("join_token is missing", hint="make one in the portal of Core under Hosts", field="join_token")
    try:
        parse_token(value)
    except BadValue as problem:
        raise BadAnswer(f"join_token: {problem.message}", hint=problem.hint, field="join_token") from problem


def check_storage(value: str, _: Facts, __: Answers) -> None:
    path = PurePosixPath(value)
    if not path.is_absolute() or ".." in path.parts or len(path.parts) < 3:
        hint = "an absolute path at least two folders deep, such as /var/lib/nano"
        raise BadAnswer(f"storage {value!r} cannot hold guest disks", hint=hint, field="storage")
    if path.parts[1] in ("proc", "sys", "dev", "run", "tmp") or path.is_relative_to("/opt/nano"):
        raise BadAnswer(f"storage {value!r} cannot hold guest disks", hint="it must survive a restart and an upgrade", field="storage")


def check_packages(value: str, _: Facts, answers: Answers) -> None:
    if value and not PurePosixPath(value).is_absolute():
        raise BadAnswer(f"package_folder must be an absolute path, not {value!r}", field="package_folder")


def first_address(facts: Facts, _: Answers) -> str:
    return facts.addresses[0] if facts.addresses else ""


def first_card(facts: Facts, answers: Answers) -> str:
    """The one the default route uses, of two the one with the lower metric; after an earlier run the one in our bridge."""
    ours = [card.name for card in facts.cards if card.bridge == answers.bridge_name and card.kind in BRIDGED]
    able = [card.name for card in facts.cards if card.can_be_bridged and (card.addresses or card.addresses6)]
    routed = [route.card for route in facts.routes if route.card in able]
    return (ours or routed or able or [""])[0]


def first_bridge(facts: Facts, _: Answers) -> str:
    return next((name for name in facts.bridges if not name.startswith("virbr")), "")
