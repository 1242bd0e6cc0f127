"""A host as planning sees it: q35 of a usual QEMU, emulated."""

from __future__ import annotations

from appliance.cell.accelerator import KVM, TCG, Accelerator
from appliance.cell.hypervisor.xml import Offer
from appliance.cell.plan import HostFacts

OFFER = Offer(
    machine="pc-q35-7.2",
    max_cores=288,
    buses=frozenset({"virtio", "scsi", "sata", "usb"}),
    videos=frozenset({"vga", "virtio", "bochs"}),
    processor_modes=frozenset({"maximum", "host-passthrough"}),
    firmwares=frozenset({"uefi", "uefi-secure"}),
    tpm=True,
)
EMULATED = HostFacts(Accelerator(TCG, OFFER, "the processor shows neither vmx nor svm"), "")
REAL = HostFacts(Accelerator(KVM, OFFER), "default")
