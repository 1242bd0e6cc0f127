"""How Core finds out who calls, and what it does not believe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from appliance.http import identify
from appliance.http.identify import CoreIdentify, RequestView
from appliance.http.routes import Wire
from appliance.rights import Caller, Right
from appliance.settings import PLACEHOLDER_ID, PLACEHOLDER_KEY, Credential
from nano_runtime.errors import BadRequest, NanoError, TooMany, Unauthenticated
from tests.http.asking import bearer, signed

KEY = Credential(id="program", key="sixteen characters or more")
NOW = datetime(2026, 5, 1, 12, 0, 0, tzinfo=UTC)
PATH = "/api/v1/guests/7"


@dataclass
class Clock:
    now: datetime = NOW

    def __call__(self) -> float:
        return self.now.timestamp()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def core(clock: Clock) -> CoreIdentify:
    return CoreIdentify([KEY], clock=clock)


def view(
    method: str,
    headers: dict[str, str],
    *,
    path: str = PATH,
    query: tuple[tuple[str, str], ...] = (),
    body: bytes = b"",
    address: str = "192.0.2.9",
    secure: bool = True,
) -> RequestView:
    return RequestView(method, path, query, {name.lower(): value for name, value in headers.items()}, lambda: body, address, secure)


def sign(
    method: str = "GET", body: bytes = b"", *, key: Credential = KEY, query: tuple[tuple[str, str], ...] = (), date: datetime = NOW
) -> dict[str, str]:
    return signed(key, method, PATH, body, query=query, date=date.isoformat())


def test_a_signature_makes_a_program_with_all_rights(core: CoreIdentify) -> None:
    found = core(view("GET", sign()))

    assert found.wire is Wire.NANO
    assert found.caller == Caller(rights=frozenset(Right), address="192.0.2.9")


def test_a_token_makes_its_user(core: CoreIdentify) -> None:
    caller = Caller(user="ann", rights=frozenset({Right.GUEST_READ}))

    found = core(view("GET", bearer(KEY, caller, now=NOW.timestamp())))

    assert found.wire is Wire.MODERN
    assert (found.caller.user, found.caller.rights, found.caller.address) == ("ann", caller.rights, "192.0.2.9")


def test_nothing_shown_is_nobody(core: CoreIdentify) -> None:
    with pytest.raises(Unauthenticated, match="needs a signature or a token"):
        core(view("GET", {}))


@pytest.mark.parametrize("minutes", [-6, 6, 60 * 24])
def test_a_date_more_than_5_minutes_off_is_refused(core: CoreIdentify, minutes: int) -> None:
    with pytest.raises(Unauthenticated, match="more than 5 minutes"):
        core(view("GET", sign(date=NOW + timedelta(minutes=minutes))))


@pytest.mark.parametrize("date", ["", "yesterday", "2026-05-01T12:00:00", "20260501"])
def test_a_date_is_required_with_its_zone(core: CoreIdentify, date: str) -> None:
    headers = sign() | {"nano-date": date}

    with pytest.raises(Unauthenticated, match="Nano-Date"):
        core(view("GET", headers))


def test_a_date_of_another_zone_is_the_same_moment(core: CoreIdentify, clock: Clock) -> None:
    assert core(view("GET", sign(date=NOW.astimezone(tz=datetime.fromisoformat("2026-01-01T00:00:00+08:00").tzinfo))))


def test_an_unknown_id_and_a_wrong_key_are_told_in_the_same_words(core: CoreIdentify) -> None:
    told = []
    for wrong in (Credential(id="nobody", key=KEY.key), Credential(id=KEY.id, key="some other key, long enough")):
        with pytest.raises(Unauthenticated) as refusal:
            core(view("GET", sign(key=wrong)))
        told.append(str(refusal.value))

    assert told[0] == told[1]


@pytest.mark.parametrize(
    "change", [{"path": "/api/v1/guests/8"}, {"body": b'{"force": true}'}, {"query": (("a", "1"),)}, {"headers": {"nano-session": "other"}}]
)
def test_whatever_is_signed_cannot_be_changed(core: CoreIdentify, change: dict[str, object]) -> None:
    headers = sign("POST", b"{}") | change.pop("headers", {})  # type: ignore[operator]  # a dict where it is there

    with pytest.raises(Unauthenticated, match="does not match"):
        core(view("POST", headers, **({"body": b"{}"} | change)))  # type: ignore[arg-type]  # the keywords of view


def test_a_signature_is_good_for_one_change(core: CoreIdentify) -> None:
    request = view("POST", sign("POST", b"{}"), body=b"{}")
    core(request)

    with pytest.raises(Unauthenticated, match="used before"):
        core(request)


def test_a_signature_may_be_read_with_again(core: CoreIdentify) -> None:
    request = view("GET", sign())

    assert core(request) == core(request)


def test_a_captured_get_cannot_come_back_as_a_delete(core: CoreIdentify) -> None:
    """The method is not signed, and a body-less GET looks like a body-less DELETE."""
    headers = sign("GET")
    core(view("GET", headers))

    with pytest.raises(Unauthenticated, match="used before"):
        core(view("DELETE", headers))


def test_a_signature_is_remembered_as_long_as_its_date_is_good(core: CoreIdentify, clock: Clock) -> None:
    request = view("POST", sign("POST", b"{}", date=NOW + timedelta(minutes=4, seconds=59)), body=b"{}")
    core(request)

    clock.now = NOW + timedelta(minutes=9, seconds=58)

    with pytest.raises(Unauthenticated, match="used before"):
        core(request)


def test_memory_for_signatures_is_bounded_and_refuses_rather_than_forgets(
    core: CoreIdentify, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identify, "_MOST_REMEMBERED", 1)
    core(view("POST", sign("POST", b"1"), body=b"1"))

    with pytest.raises(TooMany):
        core(view("POST", sign("POST", b"2"), body=b"2"))
    clock.now = NOW + timedelta(minutes=11)
    assert core(view("POST", sign("POST", b"3", date=clock.now), body=b"3"))


def test_a_repeated_query_parameter_is_refused(core: CoreIdentify) -> None:
    query = (("pool", "a"), ("pool", "b"))

    with pytest.raises(BadRequest, match="repeated"):
        core(view("GET", sign(query=query), query=query))


def test_the_host_may_be_signed_with_or_without_its_port(core: CoreIdentify) -> None:
    for host in ("192.0.2.1", "192.0.2.1:5870"):
        headers = signed(KEY, "GET", PATH, host=host, date=NOW.isoformat()) | {"host": "192.0.2.1:5870"}

        assert core(view("GET", headers))
    with pytest.raises(Unauthenticated):
        core(view("GET", signed(KEY, "GET", PATH, host="192.0.2.2", date=NOW.isoformat()) | {"host": "192.0.2.1:5870"}))


def test_a_scope_that_differs_from_the_credentials_is_refused(core: CoreIdentify) -> None:
    with pytest.raises(Unauthenticated, match="Nano-Scope"):
        core(view("GET", sign() | {"nano-scope": "20260502/default/nano_request"}))


@pytest.mark.parametrize("headers", [sign(), bearer(KEY, now=NOW.timestamp())], ids=["signature", "token"])
def test_credentials_are_believed_over_tls_and_loopback_only(core: CoreIdentify, clock: Clock, headers: dict[str, str]) -> None:
    with pytest.raises(Unauthenticated, match="over HTTPS only"):
        core(view("GET", headers, secure=False))
    assert core(view("GET", headers, secure=False, address="127.0.0.1"))
    assert CoreIdentify([KEY], trust_network=True, clock=clock)(view("GET", headers, secure=False))


def test_the_published_key_opens_nothing_even_if_configured(clock: Clock) -> None:
    published = Credential(id=PLACEHOLDER_ID, key=PLACEHOLDER_KEY)
    core = CoreIdentify([published], clock=clock)

    for headers in (sign(key=published), bearer(published, now=NOW.timestamp())):
        with pytest.raises(Unauthenticated):
            core(view("GET", headers))


def test_an_upload_is_signed_without_its_body(core: CoreIdentify) -> None:
    def untouched() -> bytes:
        raise AssertionError("an upload must not be read to check its signature")

    path = "/api/v1/disk_images/7/file/"
    headers = signed(KEY, "POST", path, date=NOW.isoformat())

    assert core(RequestView("POST", path, (), headers, untouched, "192.0.2.9", secure=True))


@pytest.mark.parametrize("header", ["Basic YTpi", "Bearer", "Bearer nonsense", "nano-token.x.y"])
def test_another_authorization_is_unauthenticated(core: CoreIdentify, header: str) -> None:
    with pytest.raises(NanoError) as refusal:
        core(view("GET", {"authorization": header}))
    assert refusal.value.status == 401


@pytest.mark.parametrize(
    ("header", "session"),
    [
        ("nano_session=abc; other=1", "abc"),
        ("odd name=1; \x01=2; =; x; nano_session=abc", "abc"),
        ("other_nano_session=no", ""),
        ("", ""),
    ],
)
def test_the_session_is_found_among_other_cookies(header: str, session: str) -> None:
    assert view("GET", {"cookie": header}).cookie() == session
