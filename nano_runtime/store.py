"""Keep state in SQLite: one writer thread with group commit, readers beside it.

A commit waits for the disk (WAL, synchronous FULL); writers that arrive meanwhile share the next one. Every write
is a function of `execute`, so it may look before it changes: nobody else writes between its statements.

    store.write(lambda execute: execute("update guest set pool = :pool where id = :id", pool=pool, id=guest))
"""

from __future__ import annotations

import logging
import os
import queue
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from nano_runtime.errors import Conflict, Damaged, NanoError, Unavailable

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)

T = TypeVar("T")
Row = dict[str, Any]
Migration = str | Sequence[str]
"""One version of the schema: one statement, or several."""

GROUP = 64
"""Writes that share one commit at most, so that the first of a crowd does not wait for all of it."""

READERS = 8
"""Read connections that stay open between reads; more are opened, and closed again, when more threads read at once."""


class Execute(Protocol):
    def __call__(self, sql: str, /, **named: Any) -> list[Row]:
        """Run one statement with `:name` parameters; answers the rows it selects or returns."""
        ...


Change = Callable[[Execute], Any]


class Store:
    """One database file. `migrations[n]` leads from version n to n + 1 and is never edited once released.

    Raises Damaged for a file that is damaged, not ours, or written by a newer version of the program.
    """

    def __init__(self, path: Path, migrations: Sequence[Migration]) -> None:
        self._path = path
        self._queue: queue.SimpleQueue[tuple[Change, Future[Any]] | None] = queue.SimpleQueue()
        self._gate = threading.Lock()  # nothing enters the queue once `_over` is set
        self._over = ""  # why nobody can read or write any more
        self._readers: list[sqlite3.Connection] = []
        connection = _open_and_migrate(path, migrations)
        self._writer = threading.Thread(target=self._serve, args=(connection,), name=f"store-{path.stem}", daemon=True)
        self._writer.start()

    def write(self, change: Callable[[Execute], T]) -> T:
        """Run `change(execute)` in the writer and wait until its effect is on disk; if it raises, nothing of it stays.

        Raises what `change` raises, Conflict where a constraint of the schema forbids it, Unavailable when the disk
        is full or fails or the store is closed. `change` runs in the writer thread: it must be quick, and not write().
        """
        if threading.current_thread() is self._writer:
            raise RuntimeError("a change must not call write(); use the execute it was given")
        promise: Future[T] = Future()
        with self._gate:
            if self._over:
                raise Unavailable(self._over)
            self._queue.put((change, promise))
        return promise.result()

    def read(self, sql: str, /, **named: Any) -> list[Row]:
        """What is committed now. Readers wait for nobody."""
        reader = self._borrow()
        try:
            return _execute(reader, sql, named)
        finally:
            self._give_back(reader)

    def close(self) -> None:
        """Finish the writes that wait, then close the file; later calls raise Unavailable."""
        with self._gate:
            if not self._over:
                self._over = f"the store {self._path.name} is closed"
                self._queue.put(None)
            idle, self._readers = self._readers, []
        for reader in idle:
            reader.close()
        self._writer.join()

    def _borrow(self) -> sqlite3.Connection:
        with self._gate:
            if self._over:
                raise Unavailable(self._over)
            if self._readers:
                return self._readers.pop()
        return _connect(self._path, read_only=True)

    def _give_back(self, reader: sqlite3.Connection) -> None:
        with self._gate:
            if not self._over and len(self._readers) < READERS:
                self._readers.append(reader)
                return
        reader.close()

    def _serve(self, connection: sqlite3.Connection) -> None:
        batch: list[tuple[Change, Future[Any]]] = []
        try:
            while batch := self._next_batch():
                _commit_together(connection, batch)
        except BaseException as problem:
            log.exception("the writer of %s stopped", self._path.name)
            self._fail(batch, f"the store {self._path.name} stopped ({problem}); restart the appliance")
        finally:
            connection.close()

    def _next_batch(self) -> list[tuple[Change, Future[Any]]]:
        """The writes that wait now, at least one; none when the store was closed and all is written."""
        item = self._queue.get()
        batch = []
        while item is not None:
            batch.append(item)
            if len(batch) == GROUP:
                return batch
            try:
                item = self._queue.get_nowait()
            except queue.Empty:
                return batch
        if batch:
            self._queue.put(None)  # closing; come back for it after this batch
        return batch

    def _fail(self, batch: list[tuple[Change, Future[Any]]], reason: str) -> None:
        """Let nobody wait for a writer that is gone."""
        with self._gate:
            self._over = reason
        with suppress(queue.Empty):
            while True:
                item = self._queue.get_nowait()
                if item is not None:
                    batch.append(item)
        for _, promise in batch:
            if not promise.done():
                promise.set_exception(Unavailable(reason))


def _commit_together(connection: sqlite3.Connection, batch: list[tuple[Change, Future[Any]]]) -> None:
    """Answer every promise of the batch, after the commit that makes the answers true."""
    results: list[tuple[Future[Any], Any, BaseException | None]] = []
    try:
        _execute(connection, "begin immediate", {})
        for change, promise in batch:
            results.append((promise, *_attempt(connection, change)))
        _execute(connection, "commit", {})
    except NanoError as problem:
        log.warning("lost %d writes: %s", len(batch), problem)
        if connection.in_transaction:
            connection.execute("rollback")
        for _, promise in batch:
            promise.set_exception(problem)
        return
    for promise, value, error in results:
        if error is None:
            promise.set_result(value)
        else:
            promise.set_exception(error)


def _attempt(connection: sqlite3.Connection, change: Change) -> tuple[Any, BaseException | None]:
    """Run one change in a savepoint of its own. A full or failing disk ends the whole transaction and is raised."""

    def execute(sql: str, /, **named: Any) -> list[Row]:
        return _execute(connection, sql, named)

    _execute(connection, "savepoint one", {})
    try:
        value, error = change(execute), None
    except BaseException as problem:
        value, error = None, problem
    if not connection.in_transaction:
        raise error if isinstance(error, NanoError) else Unavailable("the database gave up the transaction")
    if error:
        _execute(connection, "rollback to one", {})
    _execute(connection, "release one", {})
    return value, error


def _execute(connection: sqlite3.Connection, sql: str, named: Row) -> list[Row]:
    try:
        cursor = connection.execute(sql, named)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    except sqlite3.Error as problem:
        raise _translated(problem) from problem


def _translated(problem: sqlite3.Error) -> Exception:
    """SQLite's result codes (sqlite.org/rescode.html) as what a caller can act upon; a mistake of ours stays as it is."""
    code = getattr(problem, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return Damaged(f"the database is damaged: {problem}", hint="restore it from a copy")
    if code == sqlite3.SQLITE_CONSTRAINT:
        return Conflict(f"the database refuses this: {problem}")
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN):
        return Unavailable(f"the database cannot be used now: {problem}", hint="look for a full or failing disk")
    return problem


def _open_and_migrate(path: Path, migrations: Sequence[Migration]) -> sqlite3.Connection:
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))  # SQLite gives its -wal and -shm the same mode
    connection = _connect(path)
    try:
        _prepare(connection, path, migrations)
    except BaseException as problem:
        connection.close()
        if isinstance(problem, sqlite3.Error | Damaged):
            raise Damaged(f"{path} cannot be opened: {getattr(problem, 'message', problem)}", hint=_remedy(path, problem)) from problem
        raise
    return connection


def _connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    address = path.absolute().as_uri() + ("?mode=ro" if read_only else "")
    connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False, timeout=5)
    connection.execute("pragma foreign_keys = on")
    return connection


def _prepare(connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration]) -> None:
    version: int = _execute(connection, "pragma user_version", {})[0]["user_version"]
    if version > len(migrations):
        raise Damaged(f"a newer version of the program wrote it (schema {version}, this program knows {len(migrations)})")
    [verdict] = connection.execute("pragma quick_check(1)").fetchone()
    if verdict != "ok":
        raise Damaged(str(verdict).splitlines()[-1])
    if version == 0 and connection.execute("select 1 from sqlite_schema").fetchone():
        raise Damaged("it holds tables of another program")
    for setting in ("journal_mode = wal", "synchronous = full", f"journal_size_limit = {16 << 20}"):
        connection.execute(f"pragma {setting}")
    if 0 < version < len(migrations):
        _back_up(connection, path.with_name(f"{path.name}.before-{len(migrations)}"))
    if version < len(migrations):
        _migrate(connection, version, migrations)


def _migrate(connection: sqlite3.Connection, version: int, migrations: Sequence[Migration]) -> None:
    """All the missing versions, or none."""
    connection.execute("begin immediate")
    try:
        for migration in migrations[version:]:
            for statement in [migration] if isinstance(migration, str) else migration:
                connection.execute(statement)
        connection.execute(f"pragma user_version = {len(migrations)}")
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise


def _back_up(connection: sqlite3.Connection, copy: Path) -> None:
    """An online copy; a half-written one never bears the final name."""
    draft = copy.with_name(copy.name + ".draft")
    draft.unlink(missing_ok=True)
    os.close(os.open(draft, os.O_CREAT | os.O_RDWR, 0o600))
    with closing(sqlite3.connect(draft)) as target:
        connection.backup(target)
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.rename(copy)


def _remedy(path: Path, problem: BaseException) -> str:
    if "newer version" in str(problem):
        return f"install that version again, or restore {path.name}.before-* beside it"
    return f"move {path} away and restore a copy"
