"""The files that come with the packages: generated ones are current, hand-written ones fit the program."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

import manual
from appliance.settings import ApiSettings, DomainSettings, FrontEndSettings

FOLDER = Path(__file__).parents[2] / "packaging" / "nano"


@pytest.mark.parametrize("name", ["nano-appliance.8", "nano-installer.8", "nano-appliance.bash"])
def test_what_is_generated_is_what_the_programs_declare_now(name: str) -> None:
    assert (FOLDER / name).read_text() == manual.documents()[name], "run: .venv/bin/python packaging/build/manual.py"


@pytest.mark.parametrize("line", ["start", "status --j", "join"])
def test_every_command_is_in_the_manual_and_in_the_completion(line: str) -> None:
    command = line.split()[0]

    assert f"\n.SS {command}\n" in (FOLDER / "nano-appliance.8").read_text()
    assert f"        {command}) words=" in (FOLDER / "nano-appliance.bash").read_text()


def completed(words: list[str]) -> set[str]:
    """What bash offers for the last word."""
    script = f"source {FOLDER}/nano-appliance.bash; COMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}; _nano_appliance; "
    answer = subprocess.run(["bash", "-c", script + 'printf "%s\\n" "${COMPREPLY[@]}"'], capture_output=True, text=True, check=True)
    return set(answer.stdout.split())


def test_bash_completes_commands_and_then_their_options() -> None:
    assert completed(["nano-appliance", "sta"]) == {"start", "status"}
    assert completed(["nano-appliance", "status", "--j"]) == {"--json"}
    assert completed(["nano-appliance", "start", "--j"]) == set()


def test_the_firewall_service_opens_the_ports_the_settings_have() -> None:
    ports = {(each.attrib["port"], each.attrib["protocol"]) for each in ElementTree.parse(FOLDER / "nano-firewalld.xml").iter("port")}

    assert ports == {
        (str(FrontEndSettings().port), "tcp"),
        (str(ApiSettings().port), "tcp"),
        (str(DomainSettings().group_port), "udp"),
    }


def test_the_unit_spares_guests_and_talks_to_systemd() -> None:
    unit = configparser.RawConfigParser(strict=False)
    unit.read(FOLDER / "nano.service")
    service = unit["Service"]

    assert (service["Type"], service["KillMode"], service["Restart"]) == ("notify", "process", "on-failure")
    assert int(service["WatchdogSec"]) > 0
    assert service["ExecStart"].startswith("/opt/nano/bin/nano run ")
    assert "Requires" not in unit["Unit"]


@pytest.mark.skipif(not shutil.which("man"), reason="no man here to judge the page")
@pytest.mark.parametrize("name", ["nano-appliance.8", "nano-installer.8"])
def test_man_shows_the_pages_without_a_warning(name: str) -> None:
    answer = subprocess.run(
        ["man", "--warnings", "-l", FOLDER / name],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": "/usr/bin:/bin", "MANWIDTH": "90"},
    )

    assert answer.stderr == ""
    assert "SYNOPSIS" in answer.stdout
