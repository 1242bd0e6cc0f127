"""Messages find their handler by type; what is none is refused, and a stranger learns nothing."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from nano_runtime.errors import BadRequest, Conflict, NoRoom
from nano_runtime.messages import (
    Answer,
    Call,
    Dispatcher,
    Event,
    Fault,
    Frame,
    Link,
    Note,
    Peer,
    Reply,
    Request,
    answer_type,
    decode_frame,
    encode,
    fault_of,
    tag_of,
)


class Greeted(msgspec.Struct):
    text: str


class Greet(Request[Greeted], frozen=True, tag="greet"):
    name: str


class Knock(Request[Greeted], frozen=True, tag="knock"):
    times: int = 1


class Left(Event, frozen=True, tag="left"):
    name: str


class Stranger:
    """A link as a handler sees it, over no wire."""

    peer = Peer(fingerprint="ab" * 32)

    def ask(self, request: Request[Answer], *, seconds: float = 10) -> Answer:
        raise NotImplementedError

    def tell(self, event: Event) -> None:
        raise NotImplementedError

    def close(self, reason: str) -> None:
        raise NotImplementedError


class Friend(Stranger):
    peer = Peer(fingerprint="cd" * 32, name="cell-1", role="cell")


@pytest.fixture
def dispatcher() -> Dispatcher:
    dispatcher = Dispatcher()

    @dispatcher.handles
    def greet(link: Link, request: Greet) -> Greeted:
        return Greeted(f"{link.peer.name or 'nobody'} greets {request.name}")

    def knock(link: Link, request: Knock) -> Greeted:
        return Greeted("who is there?" * request.times)

    dispatcher.handles(knock, open_to_strangers=True)
    return dispatcher


def body(message: Any) -> msgspec.Raw:
    return msgspec.Raw(encode(message))


def test_a_message_finds_the_handler_of_its_type(dispatcher: Dispatcher) -> None:
    assert dispatcher.receive(Friend(), body(Greet(name="web"))) == Greeted("cell-1 greets web")
    assert [handler.message for handler in dispatcher] == [Greet, Knock]


def test_a_method_can_be_a_handler() -> None:
    class Cells:
        def heard(self, link: Link, event: Left) -> str:
            return event.name

    dispatcher = Dispatcher()
    dispatcher.handles(Cells().heard)

    assert dispatcher.receive(Friend(), body(Left(name="cell-2"))) == "cell-2"


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"hello",
        b"[]",
        b"{}",
        b'{"kind":"unheard-of"}',
        b'{"kind":"greet"}',
        b'{"kind":"greet","name":5}',
        b'{"kind":"knock","x":' + b"[" * 60000,
        b'{"kind":"left","name":"x"}',
    ],
)
def test_what_is_no_message_is_refused_and_a_stranger_is_not_told_why(dispatcher: Dispatcher, garbage: bytes) -> None:
    with pytest.raises(BadRequest, match="message not understood"):
        dispatcher.receive(Friend(), msgspec.Raw(garbage))
    with pytest.raises(BadRequest) as told:
        dispatcher.receive(Stranger(), msgspec.Raw(garbage))

    with pytest.raises(BadRequest) as closed:
        dispatcher.receive(Stranger(), body(Greet(name="web")))

    assert str(told.value) == str(closed.value)


def test_a_stranger_reaches_open_messages_only(dispatcher: Dispatcher) -> None:
    assert dispatcher.receive(Stranger(), body(Knock(times=2))).text == "who is there?who is there?"

    with pytest.raises(BadRequest, match="not enrolled; join it with a token"):
        dispatcher.receive(Stranger(), body(Greet(name="web")))


def test_a_field_of_a_newer_version_is_ignored(dispatcher: Dispatcher) -> None:
    assert dispatcher.receive(Friend(), msgspec.Raw(b'{"kind":"greet","name":"web","mood":"good"}')) == Greeted("cell-1 greets web")


def test_a_module_without_handlers_refuses_everything() -> None:
    with pytest.raises(BadRequest, match="not understood"):
        Dispatcher().receive(Friend(), body(Knock()))


def test_a_message_has_one_handler(dispatcher: Dispatcher) -> None:
    def again(link: Link, request: Greet) -> Greeted:
        return Greeted("again")

    with pytest.raises(TypeError, match="Greet already has a handler"):
        dispatcher.handles(again)


def test_a_handler_says_which_message_it_is_for(dispatcher: Dispatcher) -> None:
    def vague(link: Link, request: str) -> None: ...
    def vaguer(link, request):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # the mistake this test is about
        ...

    for handler in (vague, vaguer):
        with pytest.raises(TypeError, match="does not say which message"):
            dispatcher.handles(handler)


def test_a_request_says_what_it_expects_back() -> None:
    assert tag_of(Greet) == "greet"
    assert answer_type(Greet) is Greeted
    with pytest.raises(TypeError, match="Left does not say"):
        answer_type(Left)


@pytest.mark.parametrize(
    "frame",
    [
        Call(1, body(Knock())),
        Reply(1, body(Greeted("x"))),
        Fault(1, "conflict", "name taken", "choose another", "name"),
        Note(body(Left(name="x"))),
    ],
)
def test_a_frame_survives_the_wire(frame: Frame) -> None:
    assert encode(decode_frame(encode(frame))) == encode(frame)
    assert type(decode_frame(encode(frame))) is type(frame)


def test_an_error_of_ours_keeps_its_words_on_the_wire() -> None:
    assert fault_of(7, NoRoom("pool 'lab' is full", hint="add a cell", field="pool")) == Fault(
        7, "no-room", "pool 'lab' is full", "add a cell", "pool"
    )


def test_the_text_of_an_unforeseen_error_stays_at_home() -> None:
    fault = fault_of(7, ValueError("/etc/secret is unreadable"))

    assert fault.code == "internal"
    assert "secret" not in encode(fault).decode()


def test_conflict_and_its_kind_are_told_apart() -> None:
    assert fault_of(1, Conflict("x")).code != fault_of(1, NoRoom("x")).code
