"""Which pools there are, which cells belong to them, and whose keys are trusted: durable, and read without waiting."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from appliance.core.model import DEFAULT_POOL, Pool
from nano_runtime.errors import Conflict, NotFound

if TYPE_CHECKING:
    from nano_runtime.store import Execute, Store

_NAME = re.compile(r"[A-Za-z0-9_.-]{1,63}")


class Cell(Struct, frozen=True, kw_only=True):
    """A cell that was approved. An empty `pool` means unallocated."""

    name: str
    pool: str = ""
    enabled: bool = True


class Key(Struct, frozen=True, kw_only=True):
    """A public key that was seen with a cell; not `trusted` = refused for ever."""

    fingerprint: str
    cell: str
    trusted: bool = True
    added: float = 0.0


class Registry:
    """Changes are made one at a time, on disk first; readers see whole dictionaries that are replaced, never altered."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._changing = threading.Lock()
        self.pools: dict[str, Pool] = {
            row["name"]: Pool(name=row["name"], enabled=bool(row["enabled"])) for row in store.read("select * from pool")
        }
        self.cells: dict[str, Cell] = {row["name"]: _cell(row) for row in store.read("select * from cell")}
        self.keys: dict[str, Key] = {row["fingerprint"]: _key(row) for row in store.read("select * from cell_key")}

    def pool(self, name: str) -> Pool:
        if name not in self.pools:
            raise NotFound(f"there is no pool '{name}'", field="pool")
        return self.pools[name]

    def cells_of(self, pool: str) -> list[Cell]:
        """The cells of a pool ("" = unallocated), sorted by name."""
        return sorted((cell for cell in self.cells.values() if cell.pool == pool), key=lambda cell: cell.name)

    def cell_in(self, pool: str, name: str) -> Cell:
        """A cell that must belong to this pool."""
        self.pool(pool)
        cell = self.cells.get(name)
        if cell is None:
            raise NotFound(f"there is no cell '{name}'", field="cell")
        if cell.pool != pool:
            where = f"belongs to pool '{cell.pool}'" if cell.pool else "belongs to no pool"
            raise NotFound(f"cell '{name}' is not in pool '{pool}'; it {where}", field="cell")
        return cell

    def key_of(self, cell: str) -> str:
        """The fingerprint by which a cell is known, the newest if it has several."""
        own = [key for key in self.keys.values() if key.cell == cell and key.trusted]
        return max(own, key=lambda key: key.added).fingerprint if own else ""

    def trusts(self, fingerprint: str) -> bool:
        """Whether this is the key of a cell of the domain."""
        known = self.keys.get(fingerprint)
        return known is not None and known.trusted

    def create_pool(self, name: str) -> None:
        with self._changing:
            if name in self.pools:
                raise Conflict(f"a pool '{name}' exists already", hint="choose another name", field="pool")
            self._store.write(lambda execute: execute("insert into pool values (:name, 1)", name=name))
            self.pools = {**self.pools, name: Pool(name=name)}

    def enable_pool(self, name: str, enabled: bool) -> None:  # noqa: FBT001  (the value to store, not a mode)
        with self._changing:
            pool = self.pool(name)
            if pool.enabled == enabled:
                raise Conflict(f"pool '{name}' is already {'enabled' if enabled else 'disabled'}", field="enable")
            self._store.write(
                lambda execute: execute("update pool set enabled = :enabled where name = :name", enabled=int(enabled), name=name)
            )
            self.pools = {**self.pools, name: replace(pool, enabled=enabled)}

    def delete_pool(self, name: str) -> None:
        with self._changing:
            self.pool(name)
            if name == DEFAULT_POOL:
                raise Conflict(f"the pool '{name}' always exists", hint="disable it instead")
            if cells := self.cells_of(name):
                raise Conflict(f"pool '{name}' still has {len(cells)} cells", hint="remove its cells first")
            self._store.write(lambda execute: execute("delete from pool where name = :name", name=name))
            self.pools = {key: pool for key, pool in self.pools.items() if key != name}

    def save_cell(self, cell: Cell) -> None:
        """Change pool or switch of a cell that is known."""
        with self._changing:
            self._store.write(lambda execute: _write_cell(execute, cell))
            self.cells = {**self.cells, cell.name: cell}

    def allocate(self, name: str, pool: str) -> Cell:
        """Put an unallocated cell into a pool."""
        with self._changing:
            self.pool(pool)
            cell = self.cells[name]
            if cell.pool:
                raise Conflict(f"cell '{name}' already belongs to pool '{cell.pool}'", hint="remove it there first")
            cell = replace(cell, pool=pool)
            self._store.write(lambda execute: _write_cell(execute, cell))
            self.cells = {**self.cells, name: cell}
            return cell

    def approve(self, cell: Cell, fingerprint: str, *, token: str = "", now: float) -> None:
        """Trust a key and make its cell known, in one transaction; with a token, which is used up by it.

        Raises Conflict if the token was used meanwhile, or the key was refused, or the name taken.
        """

        def change(execute: Execute) -> None:
            if token and not execute("delete from join_token where id = :id and expires > :now returning id", id=token, now=now):
                raise Conflict("the join token was used or has expired", hint="make a new one")
            if cell.pool and not execute("select 1 from pool where name = :name", name=cell.pool):
                raise Conflict(f"pool '{cell.pool}' does not exist any more", hint="make a new token")
            _write_cell(execute, cell)
            execute("insert into cell_key values (:fingerprint, :cell, 1, :now)", fingerprint=fingerprint, cell=cell.name, now=now)

        with self._changing:
            if fingerprint in self.keys or cell.name in self.cells:
                raise Conflict(f"cell '{cell.name}' or its key is known already")
            self._store.write(change)
            self.cells = {**self.cells, cell.name: cell}
            self.keys = {**self.keys, fingerprint: Key(fingerprint=fingerprint, cell=cell.name, added=now)}

    def add_key(self, cell: str, fingerprint: str, *, now: float) -> None:
        """Trust one more key of a cell, for a renewal with a new key."""
        with self._changing:
            if fingerprint in self.keys:
                raise Conflict("this key is known already", hint="renew with a fresh key")
            self._store.write(
                lambda execute: execute("insert into cell_key values (:key, :cell, 1, :now)", key=fingerprint, cell=cell, now=now)
            )
            self.keys = {**self.keys, fingerprint: Key(fingerprint=fingerprint, cell=cell, added=now)}

    def refuse(self, name: str, fingerprints: set[str], *, now: float) -> None:
        """Forget a cell and never trust its keys again."""
        refused = fingerprints | {key.fingerprint for key in self.keys.values() if key.cell == name}

        def change(execute: Execute) -> None:
            execute("delete from cell where name = :name", name=name)
            for each in refused:
                execute("insert or replace into cell_key values (:key, :cell, 0, :now)", key=each, cell=name, now=now)

        with self._changing:
            self._store.write(change)
            self.cells = {key: cell for key, cell in self.cells.items() if key != name}
            self.keys = {**self.keys, **{each: Key(fingerprint=each, cell=name, trusted=False, added=now) for each in refused}}

    def free_name(self, wanted: str, fingerprint: str, others: set[str]) -> str:
        """The name a new cell asked for, or one made of its key when that is odd or taken."""
        taken = wanted in self.cells or wanted in others
        return wanted if _NAME.fullmatch(wanted) and not taken else f"Cell_{fingerprint[:12]}"


def _write_cell(execute: Execute, cell: Cell) -> None:
    execute(
        "insert into cell values (:name, :pool, :enabled)"
        " on conflict (name) do update set pool = excluded.pool, enabled = excluded.enabled",
        name=cell.name,
        pool=cell.pool or None,
        enabled=int(cell.enabled),
    )


def _cell(row: dict[str, object]) -> Cell:
    return Cell(name=str(row["name"]), pool=str(row["pool"] or ""), enabled=bool(row["enabled"]))


def _key(row: dict[str, object]) -> Key:
    return Key(fingerprint=str(row["fingerprint"]), cell=str(row["cell"]), trusted=bool(row["trusted"]), added=float(str(row["added"])))
