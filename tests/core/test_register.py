"""The register of operations, and the backlog that makes it durable."""

from __future__ import annotations

import sqlite3

import pytest

from appliance.core.api.operations import OperationFilter
from appliance.core.backlog import Backlog, Change
from appliance.core.register import KEPT
from appliance.protocol.guests import CreateGuest
from appliance.rights import ROOT
from nano_runtime.errors import Conflict, Damaged, NoRoom, NotFound
from nano_runtime.home import Home
from nano_runtime.store import Store
from tests.core.conftest import Zone, new_guest
from tests.waiting import wait_until


def test_operations_are_listed_newest_first_and_filtered(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    first = zone.create("one")
    zone.clock.time += 1
    zone.core.guests.delete(ROOT, first)
    zone.clock.time += 1
    cell.refuse[CreateGuest] = NoRoom("full")
    failed = zone.core.guests.create(ROOT, new_guest("two"))
    zone.wait_for_operation(failed.operation, "failed")

    def kinds(**wish: object) -> list[tuple[str, str]]:
        page = zone.core.operations.list(ROOT, OperationFilter(**wish))  # type: ignore[arg-type]  # the struct checks nothing by itself
        return [(item.kind, item.state) for item in page.result]

    assert kinds() == [("create-guest", "failed"), ("delete-guest", "succeeded"), ("create-guest", "succeeded")]
    assert kinds(state="succeeded") == [("delete-guest", "succeeded"), ("create-guest", "succeeded")]
    assert kinds(kind="create-guest", limit=1, offset=1) == [("create-guest", "succeeded")]
    assert kinds(object=first) == [("delete-guest", "succeeded"), ("create-guest", "succeeded")]


def test_an_operation_keeps_its_log_its_error_and_its_end(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    cell.refuse[CreateGuest] = NoRoom("full", hint="make room")
    made = zone.core.guests.create(ROOT, new_guest())
    zone.wait_for_operation(made.operation, "failed")
    before = zone.core.operations.get(ROOT, made.operation)

    zone.restart()

    detail = zone.core.operations.get(ROOT, made.operation)
    assert detail == before
    assert (detail.object, detail.object_name, detail.error, detail.hint) == (made.id, "staff.web", "full", "make room")
    assert [line.text for line in detail.log] == ["reserve-guest", "make-on-cell", "failed: full"]
    assert detail.ended >= detail.started


def test_operations_are_kept_for_thirty_days(zone: Zone) -> None:
    zone.enrol("cell-01")
    zone.create()
    zone.clock.time += KEPT - 1
    zone.core.operations.expire()
    assert zone.core.operations.list(ROOT, OperationFilter()).total == 1

    zone.clock.time += 2
    zone.core.operations.expire()

    assert zone.core.operations.list(ROOT, OperationFilter()).total == 0
    with pytest.raises(NotFound):
        zone.core.operations.get(ROOT, "nothing")


def test_a_damaged_journal_is_told_and_leaves_nothing_open(zone: Zone) -> None:
    page = zone.home.data / "core-journal" / "x.page"
    page.write_bytes(b"rubbish\n.")

    with pytest.raises(Damaged, match=r"x\.page"):
        zone.restart()

    page.unlink()
    zone.core = zone._new_core()


@pytest.fixture
def store(home: Home) -> Store:
    return Store(home.data / "x.db", ["create table note (id text primary key, text text) strict"])


def notes(store: Store) -> dict[str, str]:
    return {row["id"]: row["text"] for row in store.read("select * from note")}


def put(id: str, text: str) -> Change:
    return lambda execute: execute("insert or replace into note values (:id, :text)", id=id, text=text)


def test_the_last_change_of_a_key_counts_and_is_written_soon(store: Store) -> None:
    backlog = Backlog(store)
    for number in range(100):
        backlog.soon("a", put("a", str(number)))

    wait_until(lambda: notes(store) == {"a": "99"})
    backlog.close()


def test_a_change_now_is_never_overtaken_by_an_older_one(store: Store) -> None:
    backlog = Backlog(store)
    backlog.soon("a", put("a", "old"))
    backlog.soon("b", put("b", "other"))

    backlog.now("a", lambda execute: execute("delete from note where id = 'a'"))

    assert notes(store) == {"b": "other"}
    backlog.close()
    assert notes(store) == {"b": "other"}


def test_what_cannot_be_written_now_is_kept(store: Store) -> None:
    backlog = Backlog(store)
    backlog.soon("b", put("b", "kept"))
    with pytest.raises(Conflict):
        backlog.now("a", lambda execute: execute("insert into note values ('x', 'x'), ('x', 'x')"))

    backlog.flush()

    assert notes(store) == {"b": "kept"}
    backlog.close()


def test_the_database_is_private(zone: Zone) -> None:
    zone.enrol("cell-01")

    assert (zone.home.data / "core.db").stat().st_mode & 0o777 == 0o600
    with sqlite3.connect(zone.home.data / "core.db") as database:
        assert database.execute("select count(*) from cell_key where trusted").fetchone() == (1,)
