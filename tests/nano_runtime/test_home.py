"""Where an appliance keeps its files, and who may look."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from nano_runtime.home import Home


def test_the_environment_chooses_the_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NANO_HOME", str(tmp_path))

    assert Home.find() == Home(tmp_path)


def test_a_relative_choice_does_not_move_with_the_working_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NANO_HOME", "here")
    monkeypatch.chdir(tmp_path)
    home = Home.find()

    monkeypatch.chdir("/")

    assert home.path == tmp_path / "here"


def test_the_installed_program_lives_in_opt_and_a_checkout_in_its_build_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NANO_HOME", raising=False)
    assert Home.find().path == Path(__file__).parents[2] / "build" / "home"

    monkeypatch.setattr(sys, "frozen", True, raising=False)

    assert Home.find().path == Path("/opt/nano")


def test_private_folders_are_closed_even_if_they_were_open_before(tmp_path: Path) -> None:
    home = Home(tmp_path / "new" / "home")
    home.cert.mkdir(parents=True, mode=0o755)

    home.create()
    home.create()

    assert {folder.name: stat.S_IMODE(folder.stat().st_mode) for folder in home.path.iterdir()} == {
        "config": 0o755,
        "cert": 0o700,
        "data": 0o700,
        "log": 0o755,
        "run": 0o700,
    }
