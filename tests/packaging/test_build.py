"""The parts of build.py: verbs that exist, versions that are pinned, steps that say what failed."""

from __future__ import annotations

import ast
import re
import struct
import subprocess
import sys
import tomllib
import zlib
from pathlib import Path

import pytest

import environment
import pictures
import progress
import stamps
from appliance import __version__

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "packaging" / "build"

DEPENDENCY = re.compile(r'^    "[a-z0-9-]+==[0-9.]+", +# \S.{5,}$')


def verbs() -> dict[str, str]:
    """The table in build.py, read without running it."""
    for node in ast.parse((ROOT / "build.py").read_text()).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "VERBS":
            table: dict[str, str] = ast.literal_eval(node.value)
            return table
    raise AssertionError("build.py has no VERBS")


@pytest.mark.parametrize("verb", verbs())
def test_every_verb_has_its_script(verb: str) -> None:
    assert (BUILD / f"{verb}.py").is_file()


@pytest.mark.parametrize("arguments", [(), ("frobnicate",)])
def test_an_unknown_verb_shows_the_verbs_and_fails(arguments: tuple[str, ...]) -> None:
    answer = subprocess.run([sys.executable, ROOT / "build.py", *arguments], capture_output=True, text=True, check=False)

    assert answer.returncode == 1
    assert all(verb in answer.stderr for verb in verbs())


def test_every_dependency_is_pinned_and_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    lists = re.findall(r"^(?:dependencies|[a-z]+) = \[\n(.*?)^\]", text.split("[tool.ruff]")[0], re.DOTALL | re.MULTILINE)
    lines = [line for block in lists for line in block.splitlines()]

    loose = [line for line in lines if not DEPENDENCY.match(line)]

    assert lines
    assert not loose


def test_the_version_is_the_same_everywhere() -> None:
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == __version__


def test_the_ci_runs_what_the_readme_says() -> None:
    script = (ROOT / ".ci" / "run").read_text().splitlines()

    assert script[-1] == "exec python3 build.py test"
    assert "./build.py test" in (ROOT / "README.md").read_text()


def test_what_is_installed_is_found_without_pip() -> None:
    wanted = environment.requirements("test", "check")

    assert [line for line in wanted if not environment.is_present(line)] == []
    assert not environment.is_present("pytest==0.0.1")


def test_a_step_that_fails_shows_the_end_of_its_log_and_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(progress, "LOGS", tmp_path)
    monkeypatch.setattr(progress, "ROOT", tmp_path)

    with pytest.raises(progress.Failed, match=r"(?s)no such disk.*buy one"):
        progress.run("Format it", ["bash", "-c", "echo no such disk >&2; exit 3"], cwd=tmp_path, hint="buy one")

    assert (tmp_path / "format-it.log").read_text() == "no such disk\n"


def test_a_step_takes_one_line_that_tells_its_time(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.step("boil water"):
        pass

    assert re.fullmatch(r"  boil water \.\.\. \d+\.\d s\n", capsys.readouterr().out)


def test_a_stamp_is_old_as_soon_as_a_file_changes_or_goes(tmp_path: Path) -> None:
    source, stamp = tmp_path / "source", tmp_path / "stamps" / "one"
    source.write_text("1")
    stamps.write(stamp, stamps.of_files([source]))
    assert stamps.is_current(stamp, stamps.of_files([source]))

    source.write_text("2")
    assert not stamps.is_current(stamp, stamps.of_files([source]))
    source.unlink()
    assert not stamps.is_current(stamp, stamps.of_files([source]))


BLUE, WHITE = (0, 0, 170), (255, 255, 255)


def png(lines: list[bytes], width: int) -> bytes:
    """An RGB picture of these lines, each with its filter byte in front."""
    header = struct.pack(">IIBBBBB", width, len(lines), 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"".join(lines))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(struct.pack(">I", len(data)) + kind + data + b"crc." for kind, data in chunks)


@pytest.mark.parametrize(
    "second",
    [
        b"\0" + bytes(BLUE) * 3,
        b"\1" + bytes(BLUE) + bytes(6),  # like the pixel to the left
        b"\2" + bytes([1, 1, 171]) + bytes(6),  # like the pixel above, which is white once
        b"\3" + bytes([129, 129, 43]) + bytes([0, 0, 0]) + bytes([0, 0, 0]),  # half-way between left and above
        b"\4" + bytes([1, 1, 171]) + bytes([0, 0, 0]) + bytes([0, 0, 0]),  # Paeth
    ],
    ids=["none", "left", "above", "average", "paeth"],
)
def test_the_colour_of_most_of_a_screen_is_told_whatever_the_filter(second: bytes) -> None:
    picture = png([b"\0" + bytes(WHITE) + bytes(BLUE) * 2, second], 3)

    assert pictures.size(picture) == (3, 2)
    assert pictures.background(picture) == BLUE


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="no PNG"):
        pictures.size(b"GIF89a")
