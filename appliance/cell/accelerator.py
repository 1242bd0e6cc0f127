"""Choose between KVM and software emulation."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from appliance.cell.hypervisor import xml

if TYPE_CHECKING:
    from appliance.cell.hypervisor.connection import Connection

from nano_runtime.errors import NanoError

KVM, TCG = "kvm", "tcg"

_VIRTUALIZATION = re.compile(r"^flags\s*:.*\b(vmx|svm)\b", re.MULTILINE)


class Accelerator(NamedTuple):
    """`kind` is "kvm" or "tcg"; `why` says why it is not KVM, empty if it is."""

    kind: str
    offer: xml.Offer
    why: str = ""

    @property
    def domain_kind(self) -> str:
        """libvirt's name for it."""
        return "kvm" if self.kind == KVM else "qemu"


def choose(
    hypervisor: Connection, *, allowed: str, processors: Path = Path("/proc/cpuinfo"), device: Path = Path("/dev/kvm")
) -> Accelerator:
    """KVM only on three proofs together: a /dev/kvm that opens can still hang every guest where the processor lacks vmx and svm."""
    why = _no_kvm(allowed, processors.read_text(), device)
    if not why:
        try:
            return Accelerator(KVM, xml.read_offer(hypervisor.domain_capabilities("kvm")))
        except NanoError as problem:
            why = f"libvirt does not offer kvm: {problem.message}"
    return Accelerator(TCG, xml.read_offer(hypervisor.domain_capabilities("qemu")), why)


def _no_kvm(allowed: str, processors: str, device: Path) -> str:
    if allowed == TCG:
        return "the setting 'accelerator' of cell.cfg chooses software emulation"
    if not _VIRTUALIZATION.search(processors):
        return "the processor shows neither vmx nor svm"
    try:
        os.close(os.open(device, os.O_RDWR))
    except OSError as problem:
        return f"{device} cannot be opened: {problem.strerror}"
    return ""
