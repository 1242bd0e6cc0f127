"""Sessions live, end and survive a restart."""

from __future__ import annotations

import pytest

from appliance.frontend.open_sessions import Kind, OpenSessions, key_of
from nano_runtime.errors import Unauthenticated
from nano_runtime.store import Store
from tests.frontend.conftest import Clock

MINUTE = 60.0


def test_a_session_is_found_by_its_id_only(sessions: OpenSessions, admin: str) -> None:
    id, session = sessions.open(Kind.PORTAL, admin, "10.0.0.9")

    assert sessions.find(Kind.PORTAL, id) is session
    assert sessions.find(Kind.PORTAL, session.key) is None
    assert sessions.find(Kind.PORTAL, id[:-1]) is None
    assert sessions.find(Kind.PORTAL, "") is None


def test_a_cookie_session_is_no_header_session(sessions: OpenSessions, admin: str) -> None:
    cookie, _ = sessions.open(Kind.PORTAL, admin, "10.0.0.9")
    header, _ = sessions.open(Kind.NANO, admin, "10.0.0.9")

    assert sessions.find(Kind.NANO, cookie) is None
    assert sessions.find(Kind.PORTAL, header) is None


def test_the_database_holds_no_id_that_would_let_a_reader_in(sessions: OpenSessions, admin: str, store: Store) -> None:
    id, session = sessions.open(Kind.PORTAL, admin, "10.0.0.9")

    row = str(store.read("select * from session"))
    assert key_of(id) in row
    assert id not in row
    assert session.csrf not in row


def test_a_portal_session_ends_after_half_an_hour_without_input(sessions: OpenSessions, admin: str, clock: Clock) -> None:
    id, session = sessions.open(Kind.PORTAL, admin, "10.0.0.9")

    clock.now += 29 * MINUTE
    sessions.touch(session.key)
    clock.now += 29 * MINUTE
    assert sessions.find(Kind.PORTAL, id)
    clock.now += 1 * MINUTE
    assert sessions.find(Kind.PORTAL, id) is None


def test_looking_at_a_session_does_not_lengthen_it(sessions: OpenSessions, admin: str, clock: Clock) -> None:
    id, _ = sessions.open(Kind.PORTAL, admin, "10.0.0.9")

    for _ in range(30):
        sessions.find(Kind.PORTAL, id)
        clock.now += MINUTE

    assert sessions.find(Kind.PORTAL, id) is None


def test_a_portal_session_ends_after_twelve_hours_whatever_happens(sessions: OpenSessions, admin: str, clock: Clock) -> None:
    id, session = sessions.open(Kind.PORTAL, admin, "10.0.0.9")

    for _ in range(12 * 6 - 1):
        clock.now += 10 * MINUTE
        sessions.touch(session.key)
    assert sessions.find(Kind.PORTAL, id)
    clock.now += 10 * MINUTE

    assert sessions.find(Kind.PORTAL, id) is None
    with pytest.raises(Unauthenticated):
        sessions.touch(session.key)


def test_an_old_programs_session_needs_a_sign_of_life_every_180_seconds(sessions: OpenSessions, admin: str, clock: Clock) -> None:
    id, session = sessions.open(Kind.NANO, admin, "10.0.0.9")

    clock.now += 179
    sessions.touch(session.key)
    clock.now += 179
    assert sessions.find(Kind.NANO, id)
    clock.now += 1

    assert sessions.find(Kind.NANO, id) is None


def test_portal_sessions_survive_a_restart_with_their_csrf_token(sessions: OpenSessions, admin: str, store: Store, clock: Clock) -> None:
    id, session = sessions.open(Kind.PORTAL, admin, "10.0.0.9")
    old, _ = sessions.open(Kind.NANO, admin, "10.0.0.9")
    clock.now += 10 * MINUTE
    sessions.touch(session.key)

    clock.now += 25 * MINUTE
    restarted = OpenSessions(store, clock)

    found = restarted.find(Kind.PORTAL, id)
    assert found is not None
    assert (found.user, found.csrf) == (admin, session.csrf)
    assert restarted.find(Kind.NANO, old) is None


def test_sessions_that_ended_while_the_portal_was_down_stay_ended(sessions: OpenSessions, admin: str, store: Store, clock: Clock) -> None:
    id, _ = sessions.open(Kind.PORTAL, admin, "10.0.0.9")

    clock.now += 31 * MINUTE

    assert OpenSessions(store, clock).find(Kind.PORTAL, id) is None
    assert store.read("select * from session") == []


def test_ending_a_session_closes_what_hangs_on_it(sessions: OpenSessions, admin: str, store: Store) -> None:
    closed: list[str] = []
    id, session = sessions.open(Kind.PORTAL, admin, "10.0.0.9")
    sessions.attach(session.key, lambda: closed.append("console"))
    forget = sessions.attach(session.key, lambda: closed.append("closed earlier by itself"))
    forget()

    sessions.end(session.key, "signed out")
    sessions.end(session.key, "again")

    assert closed == ["console"]
    assert sessions.find(Kind.PORTAL, id) is None
    assert store.read("select * from session") == []


def test_a_connection_that_fails_to_close_does_not_keep_others_open(sessions: OpenSessions, admin: str) -> None:
    closed: list[str] = []

    def broken() -> None:
        raise OSError("already gone")

    _, session = sessions.open(Kind.PORTAL, admin, "10.0.0.9")
    sessions.attach(session.key, broken)
    sessions.attach(session.key, lambda: closed.append("console"))

    sessions.end(session.key, "signed out")

    assert closed == ["console"]


def test_the_sweep_closes_the_console_of_an_idle_session(sessions: OpenSessions, admin: str, clock: Clock) -> None:
    closed: list[str] = []
    _, session = sessions.open(Kind.PORTAL, admin, "10.0.0.9")
    sessions.attach(session.key, lambda: closed.append("console"))

    sessions.sweep()
    assert closed == []
    clock.now += 30 * MINUTE
    sessions.sweep()

    assert closed == ["console"]
    assert sessions.count() == 0


def test_nothing_hangs_on_a_session_that_is_over(sessions: OpenSessions, admin: str) -> None:
    _, session = sessions.open(Kind.PORTAL, admin, "10.0.0.9")
    sessions.end(session.key, "signed out")

    with pytest.raises(Unauthenticated):
        sessions.attach(session.key, lambda: None)


def test_stopping_the_service_closes_connections_and_keeps_sessions(sessions: OpenSessions, admin: str, store: Store) -> None:
    closed: list[str] = []
    _, session = sessions.open(Kind.PORTAL, admin, "10.0.0.9")
    sessions.attach(session.key, lambda: closed.append("console"))

    sessions.suspend()

    assert closed == ["console"]
    assert len(store.read("select * from session")) == 1


def test_a_removed_user_takes_its_stored_sessions_along(sessions: OpenSessions, admin: str, store: Store, clock: Clock) -> None:
    sessions.open(Kind.PORTAL, admin, "10.0.0.9")

    store.write(lambda execute: execute("delete from user"))

    assert OpenSessions(store, clock).count() == 0


def test_every_id_and_csrf_token_is_new(sessions: OpenSessions, admin: str) -> None:
    opened = [sessions.open(Kind.PORTAL, admin, "10.0.0.9") for _ in range(5)]

    assert len({id for id, _ in opened}) == 5
    assert len({session.csrf for _, session in opened}) == 5
    assert all(len(id) >= 43 for id, _ in opened)
