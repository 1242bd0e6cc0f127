"""What many tests share: a home of their own, and the libvirt of this machine."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from nano_runtime.home import Home

LIBVIRT_URI = "qemu:///system"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A fresh home with its folders, gone after the test."""
    home = Home(tmp_path / "home")
    home.create()
    return home


@pytest.fixture(scope="session")
def libvirt_uri() -> str:
    """The real libvirt of this machine. `./build.py test` starts it; a machine without it fails, it does not skip."""
    command = ["virsh", "-q", "-c", LIBVIRT_URI, "uri"]
    answer = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20, check=False)
    if answer.returncode:
        pytest.fail(f"libvirt does not answer; run the tests with ./build.py test, which starts it\n{answer.stderr}")
    return LIBVIRT_URI


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Quick tests first: a broken line shows within seconds, not after the system tests."""
    items.sort(key=_weight)


def _weight(item: pytest.Item) -> int:
    return 2 if any(item.get_closest_marker(mark) for mark in ("system", "lab", "browser", "slow", "long")) else 0
