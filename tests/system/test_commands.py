"""The commands of the program, as an administrator types them, and what they say to mistakes."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from appliance.settings import PLACEHOLDER_ID, PLACEHOLDER_KEY
from nano_runtime import daemon
from nano_runtime.certificates import Authority
from tests.running import Appliance
from tests.waiting import wait_until

pytestmark = pytest.mark.system


@pytest.fixture
def appliance(tmp_path: Path) -> Iterator[Appliance]:
    with Appliance(tmp_path / "home") as appliance:
        yield appliance
        appliance.nano("halt")


def test_it_starts_in_the_background_says_how_it_is_and_stops(appliance: Appliance) -> None:
    before = appliance.nano("status")
    started = appliance.nano("start")
    running = appliance.nano("status")
    again = appliance.nano("start")
    stopped = appliance.nano("stop")
    after = appliance.nano("status")

    assert (before.returncode, started.returncode, running.returncode, after.returncode) == (3, 0, 0, 3)
    assert [line.split()[:2] for line in running.stdout.splitlines()] == [["core", "running"], ["cell", "running"], ["frontend", "running"]]
    assert f"port {appliance.portal_port}" in running.stdout
    assert "running already" in again.stdout
    assert "guests go on running" in stopped.stdout


def test_one_role_is_stopped_and_started_beside_the_others(appliance: Appliance) -> None:
    appliance.nano("start")

    appliance.nano("stop", "--roles", "cell")
    without = set(daemon.running(appliance.home))
    appliance.nano("start", "--roles", "cell")
    status = json.loads(wait_until(lambda: _if(appliance.nano("status", "--json").stdout, '"link": "up"'), 10, "the cell's link"))

    assert without == {"core", "frontend"}
    assert status["cell"]["pid"] != status["core"]["pid"]


def test_halt_ends_at_once_and_status_tells_a_crash_from_a_stop(appliance: Appliance) -> None:
    process = appliance.start()

    appliance.kill("core")
    crashed = appliance.nano("status").returncode
    appliance.nano("start")
    halted = appliance.nano("halt")

    assert process.returncode == -9
    assert crashed == daemon.DEAD
    assert halted.returncode == 0
    assert daemon.running(appliance.home) == {}


def test_a_second_appliance_in_one_home_is_refused(appliance: Appliance) -> None:
    appliance.start()

    second = appliance.nano("run", "--roles", "core")

    assert second.returncode == 1
    assert "already" in second.stderr or "taken" in second.stderr


@pytest.mark.parametrize(
    ("file", "fields", "words"),
    [
        ("domain.cfg", {"colour": "red"}, ["colour", "domain.cfg"]),
        ("domain.cfg", {"group_port": "5599"}, ["group_port", "5599"]),
        ("domain.cfg", {"group_port": 99999}, ["group_port", "1-65535", "99999"]),
        ("domain.cfg", {"group_address": "224.0.1.1"}, ["group_address", "224.0.0.0-224.0.0.255", "224.0.1.1"]),
        ("domain.cfg", {"listen_address": "198.51.100.7"}, ["listen_address", "198.51.100.7", "this host"]),
        ("domain.cfg", {"domain": "a b"}, ["domain", "a b"]),
        ("api.cfg", {"credentials": [{"id": PLACEHOLDER_ID, "key": PLACEHOLDER_KEY}]}, ["placeholder", "api.cfg"]),
        ("api.cfg", {"port": 0}, ["port", "1-65535"]),
        ("cell.cfg", {"storage": "somewhere"}, ["storage", "absolute"]),
        ("image.cfg", {"cert_file": "cert/none.pem"}, ["cert_file", "none.pem"]),
    ],
)
def test_a_wrong_setting_is_named_and_nothing_starts(appliance: Appliance, file: str, fields: dict[str, Any], words: list[str]) -> None:
    appliance.configure(file, **fields)

    answer = appliance.nano("start")

    assert answer.returncode == 1
    assert [word for word in words if word not in answer.stderr] == []
    assert "Traceback" not in answer.stderr
    assert daemon.running(appliance.home) == {}


def test_a_configuration_that_is_not_json_is_named(appliance: Appliance) -> None:
    (appliance.home.config / "domain.cfg").write_text('{"domain": "nano",')

    answer = appliance.nano("start")

    assert answer.returncode == 1
    assert "config/domain.cfg" in answer.stderr


def test_a_taken_port_is_named_with_its_setting(appliance: Appliance) -> None:
    with closing(socket.create_server(("127.0.0.1", appliance.api_port))):
        answer = appliance.nano("start")

    assert answer.returncode == 1
    assert f"port {appliance.api_port} of config/api.cfg is taken" in answer.stderr


@pytest.mark.parametrize("name", ["api.cfg", "frontend.cfg"])
def test_keys_that_others_can_read_are_refused(appliance: Appliance, name: str) -> None:
    (appliance.home.config / name).chmod(0o644)

    answer = appliance.nano("start")

    assert answer.returncode == 1
    assert f"config/{name}" in answer.stderr
    assert "chmod 600" in answer.stderr


@pytest.mark.parametrize("file", ["nano_ca.key.pem", "core.key.pem", "cell.key.pem"])
def test_a_private_key_that_others_can_read_is_refused(appliance: Appliance, file: str) -> None:
    appliance.start()
    appliance.nano("stop")
    (appliance.home.cert / file).chmod(0o644)

    answer = appliance.nano("start")

    assert answer.returncode == 1
    assert file in answer.stderr
    assert "chmod 600" in answer.stderr


def test_a_missing_certificate_of_the_authority_is_not_replaced_in_silence(appliance: Appliance) -> None:
    appliance.start()
    appliance.nano("stop")
    (appliance.home.cert / "nano_ca.crt.pem").unlink()

    answer = appliance.nano("start")

    assert answer.returncode == 1
    assert "nano_ca.crt.pem" in answer.stderr


def test_an_expired_certificate_of_the_authority_is_told(appliance: Appliance) -> None:
    Authority.create(appliance.domain, now=0).save(appliance.home.cert)

    answer = appliance.nano("start")

    assert answer.returncode == 1
    assert "expired" in answer.stderr


@pytest.mark.parametrize("database", ["core.db", "cell.db", "frontend.db"])
@pytest.mark.parametrize("fault", ["damaged", "newer"])
def test_a_database_that_cannot_be_read_is_left_alone_and_named(appliance: Appliance, database: str, fault: str) -> None:
    path = appliance.home.data / database
    if fault == "damaged":
        path.write_bytes(os.urandom(8192))
    else:
        with closing(sqlite3.connect(path)) as newer:
            newer.execute("pragma user_version = 999")
    content = path.read_bytes()

    answer = appliance.nano("start")

    assert answer.returncode == 1
    assert database in answer.stderr
    assert path.read_bytes() == content
    assert daemon.running(appliance.home) == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [("nonsense", "not a join token"), ("nano1.abc.AAAA", "not a join token"), (f"nano1.abc.{'A' * 43}", "no Core")],
)
def test_a_wrong_join_token_is_refused_without_repeating_it(tmp_path: Path, text: str, words: str) -> None:
    with Appliance(tmp_path / "home") as lonely:
        for file in lonely.home.config.iterdir():
            file.unlink()
        answer = lonely.nano("join", text)

    assert list(lonely.home.config.iterdir()) == [], "a host that was refused is as it was"
    assert answer.returncode == 1
    assert words in answer.stderr
    assert text not in answer.stderr


def test_a_token_of_the_command_line_opens_the_api(appliance: Appliance) -> None:
    appliance.start("core")

    token = appliance.nano("token", "--user", "alice", "--group", "dev").stdout.strip()

    assert appliance.call("GET", "/api/v1/compute_pools/", token=token)[0] == 200


def test_unknown_roles_and_commands_are_refused_before_anything_happens(appliance: Appliance) -> None:
    wrong_role = appliance.nano("start", "--roles", "cell,router")
    wrong_command = appliance.nano("begin")

    assert (wrong_role.returncode, wrong_command.returncode) == (2, 2)
    assert "router" in wrong_role.stderr


def _if(text: str, word: str) -> str:
    return text if word in text else ""
