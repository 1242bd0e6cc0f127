"""What this Cell owns: its guests, with all that was decided about them. Core's inventory is made from these records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from appliance.cell.hypervisor.domain import Domain
from appliance.protocol.guests import GuestSpec
from nano_runtime.errors import NotFound
from nano_runtime.store import Store

if TYPE_CHECKING:
    from pathlib import Path

MIGRATIONS = ["create table guest (id text primary key, body text not null) strict, without rowid"]


class Record(msgspec.Struct, frozen=True):
    """A guest that wholly exists here."""

    spec: GuestSpec
    domain: Domain


_PUT = "insert into guest values (:id, :body) on conflict (id) do update set body = :body"
_decode = msgspec.json.Decoder(Record).decode


class Records:
    """The records in memory, with every change on disk before it shows. `path` is the database file."""

    def __init__(self, path: Path) -> None:
        self._store = Store(path, MIGRATIONS)
        self._guests = {row["id"]: _decode(row["body"]) for row in self._store.read("select id, body from guest")}

    def get(self, guest: str) -> Record:
        """Raises NotFound for a guest of another Cell."""
        try:
            return self._guests[guest]
        except KeyError:
            raise NotFound(f"this cell has no guest {guest!r}") from None

    def has(self, guest: str) -> bool:
        return guest in self._guests

    def ids(self) -> list[str]:
        return sorted(self._guests)

    def put(self, record: Record) -> None:
        guest, body = record.spec.id, msgspec.json.encode(record).decode()
        self._store.write(
            lambda execute: execute(
                "insert into guest values (:id, :body) on conflict (id) do update set body = :body", id=guest, body=body
            )
        )
        self._guests[guest] = record

    def forget(self, guest: str) -> None:
        """Content if there is none."""
        self._store.write(lambda execute: execute("delete from guest where id = :id", id=guest))
        self._guests.pop(guest, None)

    def close(self) -> None:
        self._store.close()
