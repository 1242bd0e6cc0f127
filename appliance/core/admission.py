"""Check a new guest before anything changes, and decide all that belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appliance.core.image_formats import ImageKind
from appliance.core.sizes import size_text
from appliance.protocol.guests import GuestSpec, Qos
from appliance.rights import Caller, Right
from nano_runtime import secrets
from nano_runtime.errors import BadValue, Conflict, Forbidden

if TYPE_CHECKING:
    from collections.abc import Callable

    from appliance.core.api.guests import NewGuest
    from appliance.core.api.objects import QosItem
    from appliance.core.images import Images
    from appliance.core.model import Pool
    from appliance.core.placement import Candidate
    from appliance.core.templates import Templates

KNOWN_MODULES = frozenset({"qemu"})
"""`qemu` (the guest agent's channel) is part of every guest."""


def admit(caller: Caller, wanted: NewGuest) -> None:
    """Raises what is wrong with a new guest by itself: what it may not have, or what does not exist yet."""
    if not caller.may(Right.GUEST_ALL) and not caller.acts_for(wanted.owner, wanted.group):
        groups = "' or '".join(caller.groups or (caller.group,))
        raise Forbidden(f"'{caller.user}' may create guests only for '{caller.user}' in group '{groups}'", field="owner")
    if wanted.cloud_init is not None or "cloud-init" in wanted.modules:
        raise BadValue(
            "cloud-init is not available yet", hint="leave it out", field="modules" if "cloud-init" in wanted.modules else "cloud_init"
        )
    if unknown := [module for module in wanted.modules if module not in KNOWN_MODULES]:
        raise BadValue(
            f"there is no guest module {unknown[0][:64]!r}", hint=f"known are: {', '.join(sorted(KNOWN_MODULES))}", field="modules"
        )
    if wanted.security_policy_group:
        raise BadValue("security policy groups are not available yet", hint="leave it empty", field="security_policy_group")


def require_able(pool: Pool, cells: list[Candidate], wanted: NewGuest) -> None:
    """Raises what no free room could cure: a disabled pool, more processors than any of its hosts has."""
    if not pool.enabled:
        raise Conflict(f"pool '{pool.name}' is disabled for new guests", hint="enable it or choose another", field="pool")
    known = [cell for cell in cells if cell.figures.max_cpu]
    if known:
        largest = max(known, key=lambda cell: cell.figures.max_cpu)
        most = largest.figures.max_cpu
        if wanted.cores > most:
            raise BadValue(
                f"cores must be 1-{most} in pool '{pool.name}', not {wanted.cores}; '{largest.name}' has the most", field="cores"
            )


class SpecMaker:
    """Turns a wish into a GuestSpec: names resolved, ids, address and secret chosen. `random` gives that many random bytes."""

    def __init__(self, images: Images, templates: Templates, random: Callable[[int], bytes]) -> None:
        self._images = images
        self._templates = templates
        self._random = random

    def make(self, caller: Caller, wanted: NewGuest, *, id: str, now: float, taken: Callable[[str], bool]) -> GuestSpec:
        """`taken` tells whether an Ethernet address is in use."""
        return GuestSpec(
            id=id,
            name=f"{wanted.group}.{wanted.name}",
            owner=wanted.owner,
            group=wanted.group,
            pool=wanted.pool,
            cores=wanted.cores,
            memory=wanted.memory,
            disks=list(wanted.disks),
            created=now,
            image=self._image(caller, wanted),
            template=wanted.template,
            devices=self._templates.devices(wanted.template),
            auto_start=wanted.auto_start,
            ethernet_address=self._ethernet_address(taken),
            monitor_secret=secrets.password(12),
            modules=list(wanted.modules),
            qos=_qos(wanted.qos),
        )

    def _image(self, caller: Caller, wanted: NewGuest) -> str:
        """The digest of the wanted image, or empty for a blank disk."""
        if not wanted.from_image:
            return ""
        image = self._images.find(caller, ImageKind.DISK, wanted.from_image, field="from_image")
        if image.virtual_size > wanted.disks[0]:
            need = f"image '{image.name}' needs {size_text(image.virtual_size)}"
            raise BadValue(f"{need}, the system disk has only {size_text(wanted.disks[0])}", hint="choose a larger disks[0]", field="disks")
        return image.sha256

    def _ethernet_address(self, taken: Callable[[str], bool]) -> str:
        while True:
            address = "00:16:3e:" + self._random(3).hex(":")
            if not taken(address):
                return address


def _qos(item: QosItem | None) -> Qos:
    return Qos(**{name: getattr(item, name) for name in Qos.__struct_fields__}) if item else Qos()
