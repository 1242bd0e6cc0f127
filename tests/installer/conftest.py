from __future__ import annotations

from pathlib import Path

import pytest

from tests.installer.folders import HostFolder


@pytest.fixture
def folder(tmp_path: Path) -> HostFolder:
    """A healthy host, described by a folder."""
    return HostFolder(tmp_path / "host")
