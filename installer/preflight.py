"""All checks of a host with the answers so far, those that ask the LAN included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from installer.checks import Finding, programs, run_checks
from installer.findings import RECEIPT
from installer.neighbours import neighbour
from nano_runtime.errors import Conflict

if TYPE_CHECKING:
    from installer.facts import Facts
    from installer.machine import Machine
    from installer.questions import Answers


def findings_of(host: Machine, facts: Facts, answers: Answers) -> list[Finding]:
    """Ports that our own appliance has are no obstacle, so on an installed host they are not looked at."""
    is_installed = (host.home.data / RECEIPT).exists()
    found = [*run_checks(facts, answers), programs(), neighbour(host.home, answers)]
    return [each for each in found if each.name != "ports" or not is_installed]


def refuse_red(findings: list[Finding]) -> None:
    """Raises Conflict with the first finding that cannot be worked around."""
    red = next((each for each in findings if each.light == "red"), None)
    if red:
        raise Conflict(f"{red.name}: {red.reason.en}", hint=red.fix.en)
