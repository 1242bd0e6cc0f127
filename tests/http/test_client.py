"""One client, two ways, the same answers and the same refusals."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable

import pytest

from appliance.http.client import Client, forward
from appliance.http.identify import CoreIdentify
from appliance.http.routes import Answer, Blob
from appliance.http.serve import serve
from appliance.http.transports import DirectTransport, HttpTransport
from appliance.rights import Caller, Right
from appliance.settings import Credential
from nano_runtime.certificates import Authority
from nano_runtime.errors import Conflict, Forbidden, NotFound, TimedOut, Unauthenticated, Unavailable
from nano_runtime.tls import client_context
from tests.http.asking import EVERYTHING, Port, ask, bearer
from tests.http.shelf import (
    Book,
    NewBook,
    Note,
    Shelf,
    Wanted,
    create_book,
    delete_book,
    follow_news,
    get_book,
    get_cover,
    list_books,
    open_voice,
    routes,
)
from tests.waiting import wait_until

READER = Caller(user="bob", rights=frozenset({Right.GUEST_READ}))


@pytest.fixture(params=["direct", "https"])
def client(request: pytest.FixtureRequest, port: Port, shelf: Shelf) -> Client:
    if request.param == "direct":
        return Client(DirectTransport(routes, shelf))
    return Client(HttpTransport(routes, f"https://127.0.0.1:{port.server.port}", port.credential, port.trust))


def test_an_answer_is_the_handlers_own(client: Client) -> None:
    made = client.call(create_book, EVERYTHING, body=NewBook(title="web", pages=1))

    assert made == Answer(Book(title="web", pages=1), 202)
    assert client.call(get_book, EVERYTHING, title="web") == Answer(Book(title="web", pages=1), 201)
    assert client.call(get_book, EVERYTHING, "web").status == 201
    assert client.call(list_books, EVERYTHING, Wanted(least=2)) == []
    assert client.call(list_books, caller=EVERYTHING, query=Wanted(bound=True)) == [Book(title="web", pages=1)]
    assert client.call(get_cover, EVERYTHING, title="a b/c") == Blob("image/png", b"\x89PNG a b/c")
    client.call(delete_book, EVERYTHING, title="web", body=Note())


def test_an_error_has_the_type_it_had_on_the_other_side(client: Client) -> None:
    client.call(create_book, EVERYTHING, body=NewBook(title="web", pages=1))

    with pytest.raises(NotFound, match="there is no book 'no'"):
        client.call(get_book, EVERYTHING, title="no")
    with pytest.raises(Conflict) as told:
        client.call(create_book, EVERYTHING, body=NewBook(title="web", pages=1))
    assert (told.value.hint, told.value.field) == ("choose another name", "title")


def test_the_right_is_checked_on_every_way(client: Client, shelf: Shelf) -> None:
    with pytest.raises(Forbidden, match=r"guest\.create"):
        client.call(create_book, READER, body=NewBook(title="web", pages=1))

    assert shelf.turned == 0


def test_the_service_hears_on_whose_behalf(client: Client, shelf: Shelf) -> None:
    client.call(list_books, Caller(user="bob", group="staff", rights=READER.rights, address="192.0.2.7"), Wanted())

    assert (shelf.callers[0].user, shelf.callers[0].group, shelf.callers[0].rights, shelf.callers[0].address) == (
        "bob",
        "staff",
        READER.rights,
        "192.0.2.7",
    )


def test_a_stream_carries_bytes_both_ways_and_ends_for_both(client: Client, shelf: Shelf) -> None:
    stream = client.stream(open_voice, EVERYTHING, title="web")
    far = wait_until(lambda: shelf.far_end)
    assert far is not None
    far.settimeout(5)

    far.sendall(b"RFB 003.008\n")
    assert stream.recv(100) == b"RFB 003.008\n"
    stream.sendall(b"x" * 200_000)
    received = b""
    while len(received) < 200_000:
        received += far.recv(65536)
    stream.close()

    assert far.recv(10) == b""


def test_a_stream_that_is_refused_says_why(client: Client) -> None:
    with pytest.raises(Forbidden, match=r"guest\.console"):
        client.stream(open_voice, READER, title="web")


def test_a_feed_tells_what_happens(client: Client, shelf: Shelf) -> None:
    heard: list[tuple[str, bytes]] = []
    stop = client.feed(follow_news, EVERYTHING).subscribe(lambda id, data: heard.append((id, data)), "")
    wait_until(lambda: shelf.hub.subscribers)

    shelf.hub.publish("guest", "7", "created", {"name": "web"})

    id, data = wait_until(lambda: heard)[0]
    assert id.endswith(".1")
    assert data == b'{"kind":"guest","id":"7","change":"created","version":1,"data":{"name":"web"}}'
    stop()
    wait_until(lambda: not shelf.hub.subscribers)


def test_forwarded_routes_answer_as_the_original_does(client: Client, credential: Credential) -> None:
    front = serve(forward(routes, client), object(), CoreIdentify([credential]), error_data="")

    made = ask(front, "POST", "/api/v1/books/", {"title": "web", "pages": 1}, bearer(credential))
    twice = ask(front, "POST", "/api/v1/books/", {"title": "web", "pages": 1}, bearer(credential))
    read = ask(front, "GET", "/api/v1/books/web", headers=bearer(credential))

    assert (made.status, made.json["data"]) == (202, {"title": "web", "pages": 1})
    assert (twice.status, twice.json["code"], twice.json["data"]) == (409, "conflict", "")
    assert read.status == 201


def test_connections_are_used_again_and_a_closed_one_is_noticed(port: Port) -> None:
    transport = HttpTransport(routes, f"https://127.0.0.1:{port.server.port}", port.credential, port.trust)
    client = Client(transport)
    client.call(list_books, EVERYTHING, Wanted())
    first = transport._idle[0].sock
    client.call(list_books, EVERYTHING, Wanted())
    assert transport._idle[0].sock is first

    port.server.stop()
    port.server.start()

    client.call(list_books, EVERYTHING, Wanted())
    assert transport._idle[0].sock is not first


def test_a_core_that_is_away_is_unavailable(credential: Credential, trust: ssl.SSLContext, port: Port) -> None:
    client = Client(HttpTransport(routes, f"https://127.0.0.1:{port.server.port}", credential, trust))
    port.server.stop()

    tries: list[Callable[[], object]] = [
        lambda: client.call(list_books, EVERYTHING, Wanted()),
        lambda: client.stream(open_voice, EVERYTHING, title="web"),
    ]
    for attempt in tries:
        with pytest.raises(Unavailable, match=r"127\.0\.0\.1"):
            attempt()


def test_a_core_that_says_nothing_is_given_up_on(credential: Credential) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = Client(HttpTransport(routes, f"http://127.0.0.1:{listener.getsockname()[1]}", credential, None, seconds=0.1))

        with pytest.raises(TimedOut, match="did not answer within"):
            client.call(list_books, EVERYTHING, Wanted())


def test_a_core_of_another_domain_gets_no_request(port: Port, shelf: Shelf) -> None:
    foreign = client_context(Authority.create("nano").certificate_pem)
    client = Client(HttpTransport(routes, f"https://127.0.0.1:{port.server.port}", port.credential, foreign))

    with pytest.raises(Unavailable, match="not Core of this domain"):
        client.call(list_books, EVERYTHING, Wanted())
    assert not shelf.callers


def test_a_wrong_credential_is_refused(port: Port) -> None:
    wrong = Credential(id="program", key="not the key that Core knows")
    client = Client(HttpTransport(routes, f"https://127.0.0.1:{port.server.port}", wrong, port.trust))

    with pytest.raises(Unauthenticated, match="not valid"):
        client.call(list_books, EVERYTHING, Wanted())
