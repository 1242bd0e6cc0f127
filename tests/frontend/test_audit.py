"""The chain of the audit log: whatever is done to the database behind its back is found."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from appliance.frontend.audit import CUT, START, AuditLog, Entry
from nano_runtime.errors import Damaged
from nano_runtime.home import Home
from tests.frontend.conftest import Clock

DAY = 86400.0
COPIED = "time, user, address, origin, action, kind, object, name, result, detail, previous, hash"


@pytest.fixture
def audit(home: Home, clock: Clock) -> Iterator[AuditLog]:
    audit = AuditLog(home, clock)
    yield audit
    audit.close()


def fill(audit: AuditLog, count: int = 5) -> None:
    for number in range(count):
        audit.append(Entry(user="ann", action="delete_guest", kind="guest", object=f"g{number}", name=f"web-{number}", address="10.0.0.9"))


def test_an_empty_log_and_a_filled_one_are_whole(audit: AuditLog) -> None:
    assert audit.verify().broken == 0
    fill(audit)

    verdict = audit.verify()

    assert (verdict.first, verdict.last, verdict.broken) == (1, 5, 0)
    rows = audit.store.read("select previous, hash from entry order by seq")
    assert [rows[0]["previous"], *[row["hash"] for row in rows]] == [START, *[row["previous"] for row in rows[1:]], verdict.head]


@pytest.mark.parametrize("column", ["time", "user", "address", "origin", "action", "kind", "object", "name", "result", "detail"])
def test_a_changed_field_is_found(audit: AuditLog, column: str) -> None:
    fill(audit)
    value: object = 1.0 if column == "time" else "x"
    audit.store.write(lambda execute: execute(f"update entry set {column} = :value where seq = 3", value=value))

    verdict = audit.verify()

    assert (verdict.broken, verdict.problem) == (3, "it was changed")


@pytest.mark.parametrize(
    ("harm", "broken", "problem"),
    [
        ("delete from entry where seq = 3", 3, "entries 3 to 3 are gone"),
        ("delete from entry where seq = 5", 5, "newer entries are gone"),
        ("delete from entry where seq <= 2", 3, "older entries are gone, and not by retention"),
        ("delete from entry", 1, "every entry is gone"),
        ("delete from head", 6, "the record of the end is not true"),
        ("update entry set hash = 'x' where seq = 5", 5, "it was changed"),
        ("update entry set previous = 'x' where seq = 4", 4, "it does not follow the entry before it"),
        ("update entry set previous = 'x' where seq = 1", 1, "the first entry does not begin the chain"),
        (f"insert into entry select 6, {COPIED} from entry where seq = 5", 6, "it does not follow the entry before it"),
    ],
)
def test_what_was_taken_away_or_put_in_is_found(audit: AuditLog, harm: str, broken: int, problem: str) -> None:
    fill(audit)
    audit.store.write(lambda execute: execute(harm))

    verdict = audit.verify()

    assert (verdict.broken, verdict.problem) == (broken, problem)


def test_two_entries_cannot_change_places(audit: AuditLog) -> None:
    fill(audit)

    def swap(execute: object) -> None:
        for old, new in ((2, 99), (3, 2), (99, 3)):
            execute("update entry set seq = :new where seq = :old", old=old, new=new)  # type: ignore[operator]  # as Execute

    audit.store.write(swap)

    assert audit.verify().broken == 2


def test_an_end_that_was_cut_with_its_record_needs_the_key(audit: AuditLog) -> None:
    """Whoever writes the database only cannot make the record of an earlier end."""
    fill(audit)

    def cut(execute: object) -> None:
        execute("delete from entry where seq > 3")  # type: ignore[operator]  # as Execute
        execute("update head set seq = 3, hash = (select hash from entry where seq = 3)")  # type: ignore[operator]  # as Execute

    audit.store.write(cut)

    assert audit.verify().problem == "the record of the end is not true"


def test_retention_cuts_the_old_end_and_the_chain_stays_whole(audit: AuditLog, clock: Clock) -> None:
    fill(audit, 3)
    clock.now += 10 * DAY
    fill(audit, 2)

    assert audit.cut(0) == 0
    assert audit.cut(30) == 0
    assert audit.cut(7) == 3
    verdict = audit.verify()
    assert (verdict.first, verdict.last, verdict.broken) == (4, 6, 0)
    assert audit.store.read("select action from entry order by seq desc limit 1") == [{"action": CUT}]

    clock.now += 10 * DAY
    fill(audit, 1)
    assert audit.cut(7) == 3
    assert audit.verify().broken == 0


def test_a_log_of_old_entries_only_keeps_its_end(audit: AuditLog, clock: Clock) -> None:
    fill(audit, 3)
    clock.now += 100 * DAY

    assert audit.cut(7) == 0
    assert audit.verify().last == 3


def test_a_client_cannot_claim_that_retention_cut(audit: AuditLog) -> None:
    fill(audit)
    [row] = audit.store.read("select hash from entry where seq = 2")
    audit.append(Entry(action=CUT, origin="client", object="2", name=row["hash"]))
    audit.store.write(lambda execute: execute("delete from entry where seq <= 2"))

    assert audit.verify().problem == "older entries are gone, and not by retention"


def test_entries_of_many_threads_form_one_chain(audit: AuditLog) -> None:
    threads = [threading.Thread(target=fill, args=(audit, 20)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert (audit.verify().last, audit.verify().broken) == (80, 0)


def test_the_chain_goes_on_after_a_restart(audit: AuditLog, home: Home, clock: Clock) -> None:
    fill(audit)
    again = AuditLog(home, clock)
    fill(again, 2)

    assert (again.verify().last, again.verify().broken) == (7, 0)
    again.close()


def test_the_key_is_private_and_a_lost_one_is_told(audit: AuditLog, home: Home, clock: Clock) -> None:
    fill(audit)
    key = home.data / "audit.key"
    assert key.stat().st_mode & 0o777 == 0o600
    key.unlink()

    with pytest.raises(Damaged, match=r"audit\.key is missing"):
        AuditLog(home, clock)
