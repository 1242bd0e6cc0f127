"""Objects of the wire, shared by several routes. Field names and meanings: core-api.yaml, `objects`.

A field with a default is left out of the answer while it has that value, as the contract wants.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct, field

Name = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{1,63}$", description="Letters, digits, `-` and `_`, at most 63")]
Bytes = Annotated[int, Meta(ge=0, description="Bytes")]
Time = Annotated[str, Meta(description="YYYY-MM-DD HH:MM:SS in the server's time zone")]


class Item(Struct, kw_only=True, frozen=True, omit_defaults=True):
    """Base of everything Core answers."""


class Usage(Item, frozen=True):
    """Load of a cell, pool or zone. Speeds in bytes per second; `cpu_usage` in percent of all cores."""

    cpu_usage: float
    max_cpu: int
    available_memory: Bytes
    max_memory: Bytes
    available_disk: Bytes
    max_disk: Bytes
    read_speed: int
    write_speed: int
    receive_speed: int
    send_speed: int


class QosItem(Item, frozen=True):
    """Limits of a guest; a missing limit is no limit. Speeds in bytes per second."""

    cpu_priority: Annotated[str, Meta(pattern="^(high|medium|low)$")]
    write_speed: Annotated[int, Meta(ge=0)] = 0
    write_iops: Annotated[int, Meta(ge=0)] = 0
    read_speed: Annotated[int, Meta(ge=0)] = 0
    read_iops: Annotated[int, Meta(ge=0)] = 0
    receive_speed: Annotated[int, Meta(ge=0)] = 0
    send_speed: Annotated[int, Meta(ge=0)] = 0


class AddressItem(Item, frozen=True):
    network_address: str = ""
    display_address: str = ""
    allocated_address: str = ""


class CurrentSize(Item, frozen=True):
    """What a running guest has until its next start."""

    cores: int
    memory: Bytes


class GuestConfig(Item, frozen=True):
    """A guest. `name` is "<group>.<short name>"; `disks[0]` the system disk; `progress` percent while it is created.

    `state` is stopped, running, paused, stopping, crashed, creating, deleting or lost, and `reason` says why;
    `state_since` is in seconds since the epoch; `operation` is the id of the operation under way on it.
    `current` is there while a restart is pending, and `cores` and `memory` are what it will bring.
    """

    name: str
    created: bool
    progress: int
    running: bool
    owner: str
    group: str
    cores: int
    memory: Bytes
    total_disk: Bytes
    disks: list[Bytes]
    auto_start: bool
    internal: AddressItem
    external: AddressItem
    qos: QosItem
    state: str
    id: str = ""
    lost: bool = False
    pool: str = ""
    cell: str = ""
    host: str = ""
    system: str = ""
    monitor_secret: str = ""
    ethernet_address: str = ""
    display_protocol: str = ""
    create_time: Time = ""
    media_attached: bool = False
    reason: str = ""
    state_since: float = 0.0
    operation: str = ""
    current: CurrentSize | None = None
    note: str = ""
    tags: list[str] = field(default_factory=list)


class InstanceStatus(GuestConfig, frozen=True, kw_only=True):
    """Live status of a guest. Counters in bytes since it started; `cpu_usage` in percent of all its cores."""

    media_attached: bool  # pyright: ignore[reportGeneralTypeIssues]  # always told here, so the default of GuestConfig ends
    media_source: str
    cpu_usage: float
    memory_available: Bytes
    disk_available: Bytes
    bytes_read: int
    bytes_written: int
    bytes_received: int
    bytes_sent: int


class GuestId(Item, frozen=True):
    """`operation` follows the creation: GET /operations/{operation}."""

    id: str
    operation: str = ""
