"""Images: those that every Cell has without a download, and where it gets the others."""

from __future__ import annotations

from msgspec import Struct

from appliance.protocol.guests import Done, GuestReport
from nano_runtime.messages import Request


class BuiltinImage(Struct, frozen=True, kw_only=True):
    """`sha256` is of the raw disk; `size` and `virtual_size` in bytes."""

    id: str
    name: str
    sha256: str
    size: int
    virtual_size: int
    description: str


NANO_HELLO = BuiltinImage(
    id="6b9fbc5e-2f0e-5d0a-9a53-6e616e6f0001",
    name="nano-hello",
    sha256="72d7810fc7c8af4ee5e4c0b2fc00c55abdbb1b5094017482190eeb6c5df47b3f",
    size=1 << 20,
    virtual_size=1 << 20,
    description="The first guest: says hello on screen and serial line, obeys the power button",
)

BUILTIN_IMAGES: tuple[BuiltinImage, ...] = (NANO_HELLO,)


class InsertMedia(Request[GuestReport], frozen=True, tag="insert-media"):
    """Put an ISO into the CD drive of a running guest; `media` is the id of the image, `sha256` of its file."""

    guest: str
    media: str
    sha256: str


class EjectMedia(Request[GuestReport], frozen=True, tag="eject-media"):
    guest: str


class ExportDisk(Request[Done], frozen=True, tag="export-disk"):
    """Copy the system disk of a stopped guest, without what it is based on, to Core as the draft of an image."""

    guest: str
    draft: str


class UseImages(Request[Done], frozen=True, tag="use-images"):
    """Where the images of the domain are: https://<Core's address>:<port>/images/<file name>, for cells of the domain only.

    A cell that was asked for a draft sends it by PUT to /drafts/<name>. `pin` is the fingerprint of the key that answers there;
    `folder` is where the same files lie on Core's own host.
    """

    port: int
    pin: str
    folder: str = ""
