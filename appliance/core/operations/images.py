"""Images that are fetched from elsewhere, as stories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from appliance.core.image_formats import ImageKind
from nano_runtime.operation import Operation, PointOfNoReturn, Step

if TYPE_CHECKING:
    from collections.abc import Iterator


class ImageWorld(Protocol):
    """What the stories act upon: the drafts of the image store, named after their operation. Everything here may be repeated."""

    def download(self, operation: str, url: str) -> None:
        """Have the whole file as the operation's draft."""
        ...

    def export(self, operation: str, guest: str, cell: str) -> None:
        """Have the whole system disk of a guest as the operation's draft."""
        ...

    def check(self, operation: str, kind: ImageKind, sha256: str) -> None:
        """Raise what is wrong with the draft, and bring it into the format that is kept."""
        ...

    def keep(self, operation: str, image: str, kind: ImageKind) -> None:
        """Make the draft the content of the image."""
        ...

    def discard(self, operation: str) -> None:
        """Remove the draft; content if there is none."""
        ...


class DownloadFile(Step[ImageWorld], frozen=True, tag="download-file"):
    operation: str
    url: str

    def do(self, host: ImageWorld) -> None:
        host.download(self.operation, self.url)

    def undo(self, host: ImageWorld) -> None:
        host.discard(self.operation)


class ExportFromCell(Step[ImageWorld], frozen=True, tag="export-from-cell"):
    operation: str
    guest: str
    cell: str

    def do(self, host: ImageWorld) -> None:
        host.export(self.operation, self.guest, self.cell)

    def undo(self, host: ImageWorld) -> None:
        host.discard(self.operation)


class CheckFile(Step[ImageWorld], frozen=True, tag="check-file"):
    operation: str
    kind: ImageKind
    sha256: str

    def do(self, host: ImageWorld) -> None:
        host.check(self.operation, self.kind, self.sha256)


class KeepFile(Step[ImageWorld], frozen=True, tag="keep-file"):
    operation: str
    image: str
    kind: ImageKind

    def do(self, host: ImageWorld) -> None:
        host.keep(self.operation, self.image, self.kind)


class RemoveDraft(Step[ImageWorld], frozen=True, tag="remove-draft"):
    operation: str

    def do(self, host: ImageWorld) -> None:
        host.discard(self.operation)


class FetchingImage(Operation[ImageWorld], frozen=True, tag="fetching-image"):
    """`user` asked for it at `asked` (seconds since the epoch); `sha256` may be empty."""

    image: str
    name: str
    kind: ImageKind
    url: str
    sha256: str
    user: str
    asked: float

    def story(self) -> Iterator[Step[ImageWorld]]:
        """All that can be wrong with a file is found out before the point of no return."""
        yield DownloadFile(self.id, self.url)
        yield CheckFile(self.id, self.kind, self.sha256)
        yield PointOfNoReturn()
        yield KeepFile(self.id, self.image, self.kind)
        yield RemoveDraft(self.id)


class BuildingImage(Operation[ImageWorld], frozen=True, tag="building-image"):
    """`user` asked for it at `asked` (seconds since the epoch), when the guest was found stopped."""

    image: str
    name: str
    guest: str
    cell: str
    user: str
    asked: float

    def story(self) -> Iterator[Step[ImageWorld]]:
        """The copy is checked like any file that comes from elsewhere."""
        yield ExportFromCell(self.id, self.guest, self.cell)
        yield CheckFile(self.id, ImageKind.DISK, "")
        yield PointOfNoReturn()
        yield KeepFile(self.id, self.image, ImageKind.DISK)
        yield RemoveDraft(self.id)


ImageOperation = FetchingImage | BuildingImage
"""Everything the journal of images may hold."""
