"""What is done for libvirt where no systemd and no udev do it."""

from __future__ import annotations

import grp
import os
import stat
from pathlib import Path

import hypervisor_daemon


def test_the_kvm_device_is_shared_with_its_group_as_udev_does(tmp_path: Path) -> None:
    device = tmp_path / "kvm"
    os.mknod(device, 0o600 | stat.S_IFIFO)

    hypervisor_daemon._share_kvm(device)

    assert grp.getgrgid(device.stat().st_gid).gr_name == "kvm"
    assert stat.S_IMODE(device.stat().st_mode) == 0o660


def test_a_device_that_somebody_shared_already_is_left_alone(tmp_path: Path) -> None:
    device = tmp_path / "kvm"
    os.mknod(device, 0o666 | stat.S_IFIFO)
    device.chmod(0o666)

    hypervisor_daemon._share_kvm(device)
    hypervisor_daemon._share_kvm(tmp_path / "none")

    assert stat.S_IMODE(device.stat().st_mode) == 0o666
    assert device.stat().st_gid == 0
