"""KVM needs three proofs; everything less is software emulation with a reason."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from appliance.cell import accelerator
from appliance.cell.hypervisor.connection import Connection
from nano_runtime.errors import NanoError

WITH_VMX = "processor : 0\nflags\t\t: fpu vme vmx ssse3\n"
WITHOUT = "processor : 0\nflags\t\t: fpu vme vmxnet svme ssse3\nbugs : svm\n"


class Offers:
    """A libvirt that offers the kinds it was given."""

    def __init__(self, *kinds: str) -> None:
        self._kinds = kinds

    def domain_capabilities(self, kind: str) -> str:
        if kind not in self._kinds:
            raise NanoError(f"no {kind} here")
        return f"<domainCapabilities><machine>pc-q35-{kind}</machine></domainCapabilities>"


def choose(
    tmp_path: Path, *, flags: str = WITH_VMX, device: str = "kvm", kinds: tuple[str, ...] = ("kvm", "qemu"), allowed: str = "auto"
) -> accelerator.Accelerator:
    (tmp_path / "cpuinfo").write_text(flags)
    (tmp_path / "kvm").touch()
    offers = cast("Connection", Offers(*kinds))
    return accelerator.choose(offers, allowed=allowed, processors=tmp_path / "cpuinfo", device=tmp_path / device)


def test_kvm_is_chosen_on_three_proofs(tmp_path: Path) -> None:
    chosen = choose(tmp_path)

    assert (chosen.kind, chosen.domain_kind, chosen.why, chosen.offer.machine) == ("kvm", "kvm", "", "pc-q35-kvm")


@pytest.mark.parametrize(
    ("missing", "why"),
    [
        ({"flags": WITHOUT}, "neither vmx nor svm"),
        ({"device": "gone"}, "cannot be opened"),
        ({"kinds": ("qemu",)}, "libvirt does not offer kvm"),
        ({"allowed": "tcg"}, "cell.cfg"),
    ],
)
def test_one_missing_proof_means_software_emulation_with_the_reason(tmp_path: Path, missing: dict[str, str], why: str) -> None:
    chosen = choose(tmp_path, **missing)  # type: ignore[arg-type]  # one value of each kind

    assert (chosen.kind, chosen.domain_kind, chosen.offer.machine) == ("tcg", "qemu", "pc-q35-qemu")
    assert why in chosen.why
