"""The hub of changes, and the one thread that writes them to many clients."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any

import pytest

from appliance.http.event_streams import EventStreams
from appliance.http.events import Hub
from appliance.rights import Caller, Right
from tests.http.asking import EVERYTHING, Port, bearer, read_until
from tests.http.shelf import Shelf
from tests.waiting import wait_until

NEWS = "/api/v1/books/news/all"


class Ear:
    """A subscriber that keeps what it hears."""

    def __init__(self, hub: Hub, last: str = "", caller: Caller = EVERYTHING) -> None:
        self.heard: list[dict[str, Any]] = []
        self.last = ""
        self.end = hub.feed(caller).subscribe(self._hear, last)

    def _hear(self, id: str, data: bytes) -> None:
        self.last = id
        self.heard.append(json.loads(data))

    @property
    def ids(self) -> list[str]:
        return [event["id"] for event in self.heard]


def test_a_subscriber_hears_what_happens_from_now_on() -> None:
    hub = Hub()
    hub.publish("guest", "1", "created")
    ear = Ear(hub)

    hub.publish("guest", "2", "created", {"name": "web"})
    ear.end()
    hub.publish("guest", "3", "created")

    assert ear.heard == [{"kind": "guest", "id": "2", "change": "created", "version": 2, "data": {"name": "web"}}]
    assert (hub.version, hub.subscribers) == (3, 0)


def test_only_what_is_visible_is_heard_also_when_resuming() -> None:
    hub = Hub()
    before = Ear(hub, caller=Caller(user="bob"))
    hub.publish("pool", "open", "changed")
    last = before.last

    hub.publish("guest", "secret", "changed", visible=lambda caller: caller.may(Right.GUEST_ALL))
    hub.publish("guest", "bobs", "changed", visible=lambda caller: caller.user == "bob")

    assert before.ids == ["open", "bobs"]
    assert Ear(hub, last, Caller(user="bob")).ids == ["bobs"]
    assert Ear(hub, last).ids == ["secret"]


def test_a_subscriber_resumes_where_it_left_off() -> None:
    hub = Hub()
    ear = Ear(hub)
    for number in range(3):
        hub.publish("guest", str(number), "changed")
    ear.end()
    hub.publish("guest", "missed", "changed")

    again = Ear(hub, ear.last)
    hub.publish("guest", "new", "changed")

    assert again.ids == ["missed", "new"]


@pytest.mark.parametrize("last", ["", "nonsense", "boot.x", "other.1", "boot.99", "boot.-1", "boot.\u0665", "boot." + "9" * 5000])
def test_an_id_that_was_never_given_means_reading_everything_again(last: str) -> None:
    hub = Hub(boot="boot")
    hub.publish("guest", "1", "changed")

    ear = Ear(hub, last)

    assert [event["kind"] for event in ear.heard] == (["reset"] if last else [])


def test_too_much_missed_means_reading_everything_again() -> None:
    hub = Hub(keep=2, boot="boot")
    for number in range(4):
        hub.publish("guest", str(number), "changed")

    assert Ear(hub, "boot.2").ids == ["2", "3"]
    late = Ear(hub, "boot.1")
    assert (late.heard[0]["kind"], late.last) == ("reset", "boot.4")


def test_after_a_restart_everything_is_read_again() -> None:
    before = Hub()
    ear = Ear(before)
    before.publish("guest", "1", "changed")

    assert Ear(Hub(), ear.last).heard[0]["kind"] == "reset"


def test_versions_have_no_gaps_when_many_publish_at_once() -> None:
    hub = Hub()
    ear = Ear(hub)
    publishers = [threading.Thread(target=lambda: [hub.publish("guest", "x", "changed") for _ in range(200)]) for _ in range(4)]
    for publisher in publishers:
        publisher.start()
    for publisher in publishers:
        publisher.join()

    assert [event["version"] for event in ear.heard] == list(range(1, 801))


def follow(port: Port, last: str = "", caller: Caller = EVERYTHING) -> socket.socket:
    link = port.secure()
    headers = {"Host": "x", **bearer(port.credential, caller)} | ({"Last-Event-ID": last} if last else {})
    link.sendall(
        f"GET {NEWS} HTTP/1.1\r\n{''.join(f'{name}: {value}' + chr(13) + chr(10) for name, value in headers.items())}\r\n".encode()
    )
    return link


def test_events_reach_a_client_of_a_real_port(port: Port, shelf: Shelf) -> None:
    with closing(follow(port)) as link:
        head = read_until(link, b": connected\n\n")
        wait_until(lambda: shelf.hub.subscribers)
        shelf.hub.publish("guest", "7", "created", {"name": "a\nb"})
        event = read_until(link, b"\n\n")

    assert b"200 OK" in head
    assert b"Content-Type: text/event-stream" in head
    assert b"Cache-Control: no-store" in head
    lines = event.decode().strip().split("\n")
    assert lines[0].startswith("id: ")
    assert json.loads(lines[1].removeprefix("data: "))["data"] == {"name": "a\nb"}


def test_a_client_resumes_by_last_event_id(port: Port, shelf: Shelf) -> None:
    ear = Ear(shelf.hub)
    shelf.hub.publish("guest", "1", "changed")
    shelf.hub.publish("guest", "2", "changed")

    with closing(follow(port, ear.last.replace(".2", ".1"))) as link:
        assert b'"id":"2"' in read_until(link, b'"2"')


def test_a_client_without_the_right_is_refused(port: Port) -> None:
    with closing(follow(port, caller=Caller(user="bob"))) as link:
        assert read_until(link, b"\r\n\r\n").startswith(b"HTTP/1.1 403")


def test_a_client_that_goes_away_is_forgotten(port: Port, shelf: Shelf) -> None:
    link = follow(port)
    read_until(link, b": connected\n\n")
    wait_until(lambda: shelf.hub.subscribers)

    link.close()

    wait_until(lambda: not shelf.hub.subscribers)


def test_the_stream_of_an_ended_session_ends(port: Port, shelf: Shelf) -> None:
    with closing(follow(port)) as link:
        read_until(link, b": connected\n\n")
        app: Any = port.server._app

        app.close_where(lambda caller: caller.user == "ann")

        assert link.recv(100) == b""
        wait_until(lambda: not shelf.hub.subscribers)


@pytest.fixture
def streams() -> Iterator[EventStreams]:
    streams = EventStreams(heartbeat=0.05)
    yield streams
    streams.close()


def test_a_silent_stream_has_a_heartbeat(streams: EventStreams) -> None:
    ours, theirs = socket.socketpair()
    theirs.settimeout(5)
    with closing(theirs):
        streams.add(ours, Hub().feed(EVERYTHING), "", EVERYTHING)

        assert read_until(theirs, b"event: heartbeat\ndata\n\n")


def test_a_client_that_does_not_read_is_dropped_and_others_go_on(streams: EventStreams) -> None:
    hub = Hub()
    lazy, keen = socket.socketpair(), socket.socketpair()
    keen[1].settimeout(5)
    with closing(lazy[1]), closing(keen[1]):
        for ours, _ in (lazy, keen):
            streams.add(ours, hub.feed(EVERYTHING), "", EVERYTHING)
        read_until(keen[1], b"connected")
        for number in range(30):
            hub.publish("guest", str(number), "changed", "x" * 100_000)
            read_until(keen[1], b'"id":"%d"' % number)

        wait_until(lambda: len(streams) == 1)
        assert hub.subscribers == 1


def test_closing_ends_every_stream_and_the_thread(streams: EventStreams) -> None:
    hub = Hub()
    ours, theirs = socket.socketpair()
    with closing(theirs):
        streams.add(ours, hub.feed(EVERYTHING), "", EVERYTHING)
        streams.close()
        theirs.settimeout(5)
        while theirs.recv(1000):
            pass

    assert hub.subscribers == 0
    assert "event-streams" not in [thread.name for thread in threading.enumerate()]


def test_three_hundred_idle_clients_cost_no_thread_and_no_time(port: Port, shelf: Shelf) -> None:
    with ExitStack() as open_links:
        links = [open_links.enter_context(closing(follow(port))) for _ in range(300)]
        for link in links:
            read_until(link, b": connected\n\n")
        wait_until(lambda: shelf.hub.subscribers == 300)
        threads = threading.active_count()
        busy = time.process_time()
        deadline = threading.Event()
        deadline.wait(0.3)  # how busy an idle process is can only be seen over some time

        assert time.process_time() - busy < 0.03
        assert threads < 25
        shelf.hub.publish("guest", "7", "changed")
        for link in links:
            read_until(link, b'"id":"7"')
