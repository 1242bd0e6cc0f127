"""Files that the installer changes come back to the byte, with mode and owner."""

from __future__ import annotations

from pathlib import Path

import pytest

from installer.machine import Machine
from installer.steps.files import InsertText, MakeFolder, WriteFile, keep
from nano_runtime.errors import Conflict
from nano_runtime.home import Home


@pytest.fixture
def host(tmp_path: Path) -> Machine:
    return Machine(home=Home(tmp_path / "opt/nano"), root=tmp_path, has_systemd=False)


def state(path: Path) -> tuple[bytes, int, int, int] | None:
    kept = keep(path)
    return (kept.content, kept.mode, kept.user, kept.group) if kept else None


@pytest.mark.parametrize("before", [None, b"", b"old \xff\x00 bytes, no newline"])
def test_a_written_file_comes_back_to_the_byte(host: Machine, before: bytes | None) -> None:
    path = host.path("/file.conf")
    if before is not None:
        path.write_bytes(before)
        path.chmod(0o640)
    was = state(path)
    step = WriteFile("/file.conf", b"new", 0o600, keep(path))

    step.do(host)
    assert path.read_bytes() == b"new"
    step.do(host)
    step.undo(host)
    step.undo(host)

    assert state(path) == was
    assert [entry.name for entry in host.root.iterdir()] == (["file.conf"] if was else [])


def test_a_half_written_draft_goes_when_the_step_is_taken_back(host: Machine) -> None:
    host.path("/.file.conf.nano-new").write_bytes(b"hal")

    WriteFile("/file.conf", b"whole").undo(host)

    assert list(host.root.iterdir()) == []


def test_a_file_that_somebody_changed_meanwhile_is_not_overwritten(host: Machine) -> None:
    step = WriteFile("/file.conf", b"new", before=None)
    host.path("/file.conf").write_bytes(b"theirs")

    with pytest.raises(Conflict, match="changed by somebody else"):
        step.do(host)

    assert host.path("/file.conf").read_bytes() == b"theirs"


def test_an_edit_of_the_administrator_is_kept_beside_the_old_file(host: Machine) -> None:
    host.path("/file.conf").write_bytes(b"old")
    step = WriteFile("/file.conf", b"new", before=keep(host.path("/file.conf")))
    step.do(host)
    host.path("/file.conf").write_bytes(b"edited")

    step.undo(host)

    assert host.path("/file.conf").read_bytes() == b"old"
    assert host.path("/file.conf.nano-saved").read_bytes() == b"edited"


def test_a_link_is_never_followed(host: Machine) -> None:
    host.path("/real").write_bytes(b"keep me")
    host.path("/file.conf").symlink_to("real")

    with pytest.raises(Conflict, match="not a plain file"):
        keep(host.path("/file.conf"))


def test_our_line_goes_and_a_later_edit_of_the_zone_stays(host: Machine) -> None:
    zone = host.path("/zone.xml")
    zone.write_bytes(b"<zone>\n</zone>\n")
    step = InsertText("/zone.xml", b"  ours\n", b"<zone>\n  ours\n</zone>\n", keep(zone))
    step.do(host)
    zone.write_bytes(b"<zone>\n  ours\n  theirs\n</zone>\n")

    step.undo(host)

    assert zone.read_bytes() == b"<zone>\n  theirs\n</zone>\n"


def test_a_folder_that_others_use_by_now_stays(host: Machine) -> None:
    step = MakeFolder("/guests", 0o711)
    step.do(host)
    host.path("/guests/disk.qcow2").write_bytes(b"")

    step.undo(host)

    assert host.path("/guests/disk.qcow2").exists()
