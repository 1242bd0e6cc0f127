"""What was written is there after any end; a failing write leaves nothing, and nobody waits for ever."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pytest

from nano_runtime import store as store_module
from nano_runtime.errors import Conflict, Damaged, Unavailable
from nano_runtime.store import Execute, Store
from tests.waiting import wait_until

FIRST = "create table guest (id text primary key, pool text not null) strict"
SECOND = ["alter table guest add column state text not null default ''", "create index guest_pool on guest (pool)"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "core.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = Store(path, [FIRST])
    yield store
    store.close()


def add(store: Store, name: str) -> None:
    store.write(lambda execute: execute("insert into guest values (:id, 'lab')", id=name))


@contextmanager
def writer_held_up(store: Store) -> Iterator[None]:
    """The writer is busy until the block ends, so that what is written in it waits."""
    begun, gate = threading.Event(), threading.Event()

    def hold_up(_: Execute) -> None:
        begun.set()
        gate.wait()

    blocker = threading.Thread(target=store.write, args=(hold_up,))
    blocker.start()
    begun.wait(5)
    yield
    gate.set()
    blocker.join()


def names(store: Store) -> list[str]:
    return [row["id"] for row in store.read("select id from guest order by id")]


def test_what_is_written_can_be_read_at_once_and_after_the_end(store: Store, path: Path) -> None:
    add(store, "web")
    assert store.read("select * from guest where id = :id", id="web") == [{"id": "web", "pool": "lab"}]

    store.close()

    again = Store(path, [FIRST])
    assert names(again) == ["web"]
    again.close()


def test_a_write_gives_back_what_its_function_returns(store: Store) -> None:
    rows = store.write(lambda execute: execute("insert into guest values ('a', 'lab'), ('b', 'lab') returning id"))

    assert rows == [{"id": "a"}, {"id": "b"}]


def test_a_failing_write_takes_back_all_of_itself_and_nothing_else(store: Store) -> None:
    def fail(execute: Execute) -> NoReturn:
        execute("insert into guest values ('half', 'lab')")
        raise KeyError("no such pool")

    add(store, "before")
    with pytest.raises(KeyError, match="no such pool"):
        store.write(fail)
    add(store, "after")

    assert names(store) == ["after", "before"]


def test_writers_that_share_a_commit_fail_alone(store: Store) -> None:
    failed: list[str] = []

    def write(number: int) -> None:
        try:
            store.write(
                lambda execute: execute("insert into guest values (:id, :pool)", id=f"{number:02}", pool=None if number % 3 else "lab")
            )
        except Conflict:
            failed.append(f"{number:02}")

    crowd = [threading.Thread(target=write, args=(number,)) for number in range(30)]
    with writer_held_up(store):
        for thread in crowd:
            thread.start()
        wait_until(lambda: store._queue.qsize() == 30)
    for thread in crowd:
        thread.join()

    assert names(store) == [f"{number:02}" for number in range(0, 30, 3)]
    assert len(failed) == 20


def test_a_crowd_of_writers_shares_commits(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    commits: list[int] = []

    def counted(connection: sqlite3.Connection, batch: list[Any]) -> None:
        commits.append(len(batch))
        real(connection, batch)

    real = store_module._commit_together
    monkeypatch.setattr(store_module, "_commit_together", counted)
    crowd = [threading.Thread(target=add, args=(store, str(number))) for number in range(100)]
    with writer_held_up(store):
        for thread in crowd:
            thread.start()
        wait_until(lambda: store._queue.qsize() == 100)
    for thread in crowd:
        thread.join()

    assert len(names(store)) == 100
    assert commits == [1, 64, 36]


def test_a_broken_constraint_is_a_conflict(store: Store) -> None:
    add(store, "web")

    with pytest.raises(Conflict, match=r"guest\.id"):
        add(store, "web")


def test_a_mistake_in_a_statement_stays_visible_as_one(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        store.write(lambda execute: execute("insert into gast values (1)"))


def test_values_are_never_part_of_the_statement(store: Store) -> None:
    odd = "'); drop table guest; --"

    add(store, odd)

    assert names(store) == [odd]


def test_a_read_cannot_write(store: Store) -> None:
    with pytest.raises(Unavailable, match="readonly"):
        store.read("insert into guest values ('x', 'lab')")


def test_a_reader_sees_only_what_is_committed_and_does_not_wait(store: Store) -> None:
    seen: list[list[str]] = []

    def look_while_writing(execute: Execute) -> None:
        execute("insert into guest values ('new', 'lab')")
        reader = threading.Thread(target=lambda: seen.append(names(store)))
        reader.start()
        reader.join(5)

    store.write(look_while_writing)

    assert seen == [[]]
    assert names(store) == ["new"]


def test_a_write_within_a_write_is_refused_instead_of_waiting_for_itself(store: Store) -> None:
    with pytest.raises(RuntimeError, match="must not call write"):
        store.write(lambda execute: add(store, "inner"))


def test_a_closed_store_says_so_and_may_be_closed_again(store: Store) -> None:
    store.close()
    store.close()

    for use in (lambda: add(store, "late"), lambda: names(store)):
        with pytest.raises(Unavailable, match="closed"):
            use()


def test_closing_finishes_the_writes_that_wait(store: Store, path: Path) -> None:
    waiting = [threading.Thread(target=add, args=(store, str(number))) for number in range(5)]
    closer = threading.Thread(target=store.close)
    with writer_held_up(store):
        for thread in waiting:
            thread.start()
        wait_until(lambda: store._queue.qsize() == 5)
        closer.start()
    for thread in [*waiting, closer]:
        thread.join()

    again = Store(path, [FIRST])
    assert names(again) == list("01234")
    again.close()


def test_nobody_waits_for_a_writer_that_died(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_: object) -> NoReturn:
        raise MemoryError

    monkeypatch.setattr("nano_runtime.store._commit_together", die)

    for _ in range(2):
        with pytest.raises(Unavailable, match=r"core\.db stopped"):
            add(store, "lost")


def test_a_full_disk_is_unavailable_and_the_store_lives_on(store: Store) -> None:
    store.write(lambda execute: execute("pragma max_page_count = 3"))

    with pytest.raises(Unavailable, match="full"):
        store.write(lambda execute: execute("insert into guest values (:id, 'lab')", id="x" * 100_000))

    store.write(lambda execute: execute("pragma max_page_count = 100000"))
    add(store, "web")
    assert names(store) == ["web"]


def test_a_transaction_that_sqlite_gave_up_is_success_for_nobody(store: Store) -> None:
    def lose(execute: Execute) -> None:
        execute("insert into guest values ('x', 'lab')")
        execute("rollback")

    with pytest.raises(Unavailable, match="gave up"):
        store.write(lose)
    add(store, "web")

    assert names(store) == ["web"]


def test_what_was_answered_survives_a_kill(path: Path) -> None:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        store = Store(path, [FIRST])
        for number in range(5):
            add(store, str(number))
            os.write(writing, b".")
        os.kill(os.getpid(), signal.SIGKILL)
    os.close(writing)
    os.waitpid(child, 0)

    again = Store(path, [FIRST])
    assert len(os.read(reading, 100)) == len(names(again)) == 5
    again.close()
    os.close(reading)


def test_the_files_are_for_their_owner_alone(store: Store, path: Path) -> None:
    add(store, "web")

    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert modes == {"core.db": 0o600, "core.db-wal": 0o600, "core.db-shm": 0o600}


def test_the_log_of_writes_does_not_grow_without_end(store: Store, path: Path) -> None:
    for number in range(60):
        store.write(lambda execute, number=number: execute("insert into guest values (:id, 'lab')", id=f"{number}{'x' * 200_000}"))  # type: ignore[misc]

    assert path.with_name("core.db-wal").stat().st_size < 8 << 20


def test_an_upgrade_migrates_and_keeps_a_copy_of_before(store: Store, path: Path) -> None:
    add(store, "web")
    store.close()

    upgraded = Store(path, [FIRST, SECOND])

    assert upgraded.read("select * from guest") == [{"id": "web", "pool": "lab", "state": ""}]
    upgraded.close()
    before = Store(path.with_name("core.db.before-2"), [FIRST])
    assert before.read("select * from guest") == [{"id": "web", "pool": "lab"}]
    before.close()


def test_an_upgrade_that_fails_changes_nothing(store: Store, path: Path) -> None:
    add(store, "web")
    store.close()

    with pytest.raises(Damaged, match="no such table"):
        Store(path, [FIRST, SECOND, "insert into gast values (1)"])

    again = Store(path, [FIRST])
    assert again.read("select * from guest") == [{"id": "web", "pool": "lab"}]
    again.close()


def test_a_database_of_a_newer_program_is_refused_untouched(path: Path) -> None:
    Store(path, [FIRST, SECOND]).close()
    before = path.read_bytes()

    with pytest.raises(Damaged, match=r"newer version of the program wrote it .schema 2, this program knows 1.*install that version"):
        Store(path, [FIRST])

    assert path.read_bytes() == before


@pytest.mark.parametrize("where", [0, 30, 4096 + 2])
def test_a_damaged_database_is_refused_with_the_next_step(store: Store, path: Path, where: int) -> None:
    for number in range(200):
        add(store, f"{number}{'x' * 100}")
    store.close()
    with path.open("r+b") as file:
        file.seek(where)
        file.write(b"\xff" * 3000)

    with pytest.raises(Damaged, match=r"core\.db cannot be opened.*move .*core\.db away and restore a copy"):
        Store(path, [FIRST])


def test_a_file_that_is_no_database_is_refused(path: Path) -> None:
    path.write_bytes(b"hello " * 1000)

    with pytest.raises(Damaged, match="not a database"):
        Store(path, [FIRST])


def test_a_database_of_another_program_is_refused(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("create table theirs (x)")
    other.close()

    with pytest.raises(Damaged, match="tables of another program"):
        Store(path, [FIRST])


def test_a_path_with_odd_letters_is_one_path(tmp_path: Path) -> None:
    path = tmp_path / "a?b#c %41.db"

    store = Store(path, [FIRST])
    add(store, "web")

    assert names(store) == ["web"]
    assert path.exists()
    store.close()
