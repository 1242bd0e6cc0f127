"""What disk and media images have in common on the wire."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, field

from appliance.core.api.objects import Bytes, Item, Name, Time
from appliance.http.routes import Body, Query

Tag = Annotated[str, Meta(min_length=1, max_length=64)]
Description = Annotated[str, Meta(max_length=2048)]
Digest = Annotated[str, Meta(max_length=64, description="SHA-256 in hex; empty = not known")]


class ImageItem(Item, frozen=True):
    """`size` is the file, `virtual_size` what a guest sees: the smallest possible system disk. Both are 0 before an upload.

    `work` says what is being done to it now, such as "being uploaded"; `operation` follows it where it is a long one.
    """

    name: str
    id: str
    size: Bytes
    virtual_size: Bytes
    description: str = ""
    tags: list[str] = field(default_factory=list)
    create_time: Time = ""
    modify_time: Time = ""
    owner: str = ""
    group: str = ""
    format: str = ""
    sha256: str = ""
    work: str = ""
    operation: str = ""


class NewImage(Body, frozen=True, kw_only=True):
    """`name` is unique in its group. The file is uploaded or fetched afterwards."""

    name: str
    owner: Name
    group: Name
    description: Description = ""
    tags: Annotated[list[Tag], Meta(max_length=64)] = field(default_factory=list)


class ImageChange(Body, frozen=True):
    """Empty or missing values keep the old one."""

    name: Annotated[str, Meta(max_length=128)] = ""
    owner: Annotated[str, Meta(max_length=63)] = ""
    group: Annotated[str, Meta(max_length=63)] = ""
    description: Description = ""
    tags: Annotated[list[Tag], Meta(max_length=64)] = field(default_factory=list)


class ImageId(Item, frozen=True):
    """`operation` follows what was begun, if anything was: GET /operations/{operation}."""

    id: str
    operation: str = ""


class Adoption(Body, frozen=True):
    """Whose the files become that are found in the folder."""

    owner: Name
    group: Name


class UploadQuery(Query, frozen=True):
    sha256: Digest = ""


class NewFetch(Body, frozen=True):
    """`url` is http or https and leads to a public address; `sha256` is compared with what arrives."""

    url: Annotated[str, Meta(min_length=8, max_length=2048)]
    sha256: Digest = ""


class NewUpload(Body, frozen=True):
    """`size` in bytes of the whole file; with `sha256` the whole is compared in the end."""

    size: Annotated[int, Meta(ge=1, le=64 << 40)]
    sha256: Digest = ""


class UploadItem(Item, frozen=True):
    """An upload in chunks: the next one begins at `offset`; when that reaches `size`, the image has its new content."""

    id: str
    image: str
    size: Bytes
    offset: Bytes
    sha256: str = ""
    done: bool = False


class ChunkQuery(Query, frozen=True):
    """`offset` is where the chunk begins; `sha256` is of the chunk alone."""

    offset: Annotated[int, Meta(ge=0)]
    sha256: Digest = ""
