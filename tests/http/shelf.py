"""A small service with a route of every kind, so that the way of serving is tested apart from what is served."""

from __future__ import annotations

import socket
from typing import Annotated

import msgspec
from msgspec import Meta, field

from appliance.http.events import Hub
from appliance.http.routes import Answer, Blob, Body, Feed, Query, Routes, Stream, Wire
from appliance.rights import Caller, Right
from nano_runtime.errors import Conflict, NotFound

routes = Routes("/books", tag="Books")


class Price(msgspec.Struct, kw_only=True, frozen=True):
    amount: Annotated[int, Meta(ge=0)]
    currency: Annotated[str, Meta(pattern="^(eur|cny)$")] = "eur"


class NewBook(Body, frozen=True):
    title: Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{1,63}$", description="Letters, digits, `-` and `_`, at most 63")]
    pages: Annotated[int, Meta(ge=1, le=10000)]
    chapters: list[Annotated[int, Meta(ge=1)]] = field(default_factory=list)
    price: Price | None = None
    password: Annotated[str, Meta(min_length=8)] = "long enough"


class Book(msgspec.Struct, kw_only=True, frozen=True):
    title: str
    pages: int


class Wanted(Query, frozen=True):
    least: Annotated[int, Meta(ge=0)] = 0
    bound: bool = False


class Note(Body, frozen=True):
    text: str = "nothing"


class Shelf:
    """Books in memory; `turned` counts what was changed."""

    def __init__(self) -> None:
        self.books: dict[str, Book] = {}
        self.turned = 0
        self.hub = Hub()
        self.far_ends: list[socket.socket] = []
        self.callers: list[Caller] = []

    @property
    def far_end(self) -> socket.socket | None:
        """The guest's end of the last console."""
        return self.far_ends[-1] if self.far_ends else None


@routes.get("/", needs=Right.GUEST_READ)
def list_books(shelf: Shelf, caller: Caller, query: Wanted) -> list[Book]:
    """List the books."""
    shelf.callers.append(caller)
    return [book for book in shelf.books.values() if book.pages >= query.least]


@routes.post("/", needs=Right.GUEST_CREATE, statuses=(202,))
def create_book(shelf: Shelf, body: NewBook) -> Answer[Book]:
    """Put a book on the shelf."""
    if body.title in shelf.books:
        raise Conflict(f"there is a book named '{body.title}'", hint="choose another name", field="title")
    shelf.turned += 1
    shelf.books[body.title] = Book(title=body.title, pages=body.pages)
    return Answer(shelf.books[body.title], 202)


@routes.get("/{title}", needs=Right.GUEST_READ, statuses=(200, 201))
def get_book(shelf: Shelf, title: str) -> Answer[Book]:
    """Read a book. Answers 201 for one that has a single page so far."""
    if title not in shelf.books:
        raise NotFound(f"there is no book '{title}'", field="title")
    book = shelf.books[title]
    return Answer(book, 201 if book.pages == 1 else 200)


@routes.delete("/{title}", needs=Right.GUEST_DELETE, body_optional=True)
def delete_book(shelf: Shelf, title: str, body: Note) -> None:
    """Take a book away."""
    shelf.turned += 1
    del shelf.books[title]


@routes.get("/{title}/cover", needs=Right.GUEST_READ)
def get_cover(shelf: Shelf, title: str) -> Blob:
    """Its picture."""
    return Blob("image/png", b"\x89PNG " + title.encode())


@routes.get("/{title}/voice", needs=Right.GUEST_CONSOLE)
def open_voice(shelf: Shelf, title: str) -> Stream:
    """Hear it read, and answer."""
    ours, theirs = socket.socketpair()
    shelf.far_ends.append(theirs)
    return ours


@routes.get("/news/all", needs=Right.OVERVIEW_READ)
def follow_news(shelf: Shelf, caller: Caller) -> Feed:
    """Hear of every change."""
    return shelf.hub.feed(caller)


@routes.get("/search/{filepath}", needs=None, signed_in=False, wire=Wire.NANO)
def search_books(shelf: Shelf, filepath: str) -> str:
    """Say where was searched."""
    return f"searched '{filepath}'"


@routes.post("/door", needs=None, signed_in=False)
def open_door(shelf: Shelf, caller: Caller, body: Note) -> Answer[str]:
    """Give a session to whoever comes."""
    return Answer(caller.user, session="" if body.text == "out" else "s3cret")


@routes.put("/fault", needs=Right.GUEST_CREATE, body_optional=True)
def break_down(shelf: Shelf, body: Note) -> None:
    """Fail in a way nobody thought of."""
    raise ZeroDivisionError(body.text)
