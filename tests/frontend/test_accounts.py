"""Set-up and sign-in of users."""

from __future__ import annotations

import threading

import pytest

from appliance.frontend import passwords
from appliance.frontend.accounts import Accounts
from appliance.frontend.setup_code import SetupCode
from appliance.rights import MENUS, Right
from nano_runtime.errors import BadValue, Conflict, Forbidden, NanoError, TooMany, Unauthenticated
from nano_runtime.store import Store
from tests.frontend.browsing import PASSWORD
from tests.frontend.conftest import VISITOR, Clock, first_user


def test_the_set_up_code_lies_in_a_file_for_the_owner_only(accounts: Accounts, code: SetupCode) -> None:
    again = accounts.prepare_setup()

    path = code._path
    assert again == code.read() != ""
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_code_that_others_could_read_is_replaced(accounts: Accounts, code: SetupCode) -> None:
    old = code.read()
    code._path.chmod(0o644)

    assert accounts.prepare_setup() != old
    assert code._path.stat().st_mode & 0o777 == 0o600


def test_the_first_user_gets_everything(accounts: Accounts, admin: str) -> None:
    account = accounts.find(admin)

    assert account is not None
    assert account.group == "admin"
    assert account.rights == frozenset(Right)
    assert set(account.menus) == set(MENUS)


def test_the_code_is_gone_after_the_set_up(accounts: Accounts, admin: str, code: SetupCode) -> None:
    assert not code._path.exists()
    assert accounts.prepare_setup() == ""
    with pytest.raises(Conflict, match="already set up"):
        accounts.initialise(VISITOR, first_user("", user="eve"))


def test_a_code_left_by_a_crash_is_worth_nothing(accounts: Accounts, admin: str, code: SetupCode) -> None:
    left = code.ensure()

    with pytest.raises(Conflict):
        accounts.initialise(VISITOR, first_user(left, user="eve"))
    assert accounts.prepare_setup() == ""
    assert not code._path.exists()


def test_a_code_may_be_typed_without_dashes_and_in_lower_case(accounts: Accounts, code: SetupCode) -> None:
    accounts.initialise(VISITOR, first_user(code.read().replace("-", " ").lower()))

    assert accounts.ready()


@pytest.mark.parametrize("wrong", ["", "AAAA-AAAA-AAAA", "-", "\x00", "ＡＡＡＡ"])
def test_a_wrong_code_makes_nobody_administrator(accounts: Accounts, wrong: str) -> None:
    with pytest.raises(Forbidden, match="set-up code is wrong"):
        accounts.initialise(VISITOR, first_user(wrong))
    assert not accounts.ready()


def test_without_a_code_file_no_code_is_right(accounts: Accounts, code: SetupCode) -> None:
    code.remove()

    with pytest.raises(Forbidden):
        accounts.initialise(VISITOR, first_user(""))


def test_five_wrong_codes_lock_even_the_right_one_out_for_a_while(accounts: Accounts, code: SetupCode, clock: Clock) -> None:
    for _ in range(5):
        with pytest.raises(Forbidden):
            accounts.initialise(VISITOR, first_user("WRONG"))

    with pytest.raises(TooMany, match="try again in 30 s"):
        accounts.initialise(VISITOR, first_user(code.read()))
    clock.now += 31
    accounts.initialise(VISITOR, first_user(code.read()))
    assert accounts.ready()


def test_of_two_first_visitors_with_the_right_code_one_wins(accounts: Accounts, code: SetupCode, store: Store) -> None:
    answers: list[str] = []
    right, start = code.read(), threading.Barrier(4)

    def visit(user: str) -> None:
        start.wait()
        try:
            accounts.initialise(VISITOR, first_user(right, user=user))
            answers.append(user)
        except NanoError as refusal:
            answers.append(refusal.code)

    threads = [threading.Thread(target=visit, args=(f"user{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    winners = [answer for answer in answers if answer.startswith("user")]
    assert len(winners) == 1
    assert len(answers) == 4
    assert store.read("select name from user") == [{"name": winners[0]}]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"password": "weak"}, "password"),
        ({"user": "../x"}, "user"),
        ({"user": "a\n"}, "user"),
        ({"group": "$(id)"}, "group"),
        ({"role": "-o x"}, "role"),
        ({"menu": ["dashboards"]}, "menu"),
    ],
)
def test_a_bad_value_is_named_and_leaves_the_portal_as_it_was(
    accounts: Accounts, code: SetupCode, store: Store, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(BadValue) as refusal:
        accounts.initialise(VISITOR, first_user(code.read(), **changes))

    assert refusal.value.field == field
    assert not accounts.ready()
    assert store.read("select * from role") == []
    assert code.read()


def test_name_and_password_prove_an_account(accounts: Accounts, admin: str) -> None:
    assert accounts.authenticate(admin, PASSWORD, "10.0.0.9").user == admin


def test_an_unknown_name_and_a_wrong_password_look_the_same(accounts: Accounts, admin: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same words, and the same work: one real verification each."""
    verified: list[str] = []
    verify = passwords.verify

    def counting(password: str, hash: str) -> bool:
        verified.append(hash.rpartition("$")[0].rpartition("$")[0])
        return verify(password, hash)

    monkeypatch.setattr(passwords, "verify", counting)
    words = []
    for user in (admin, "nobody"):
        with pytest.raises(Unauthenticated) as refusal:
            accounts.authenticate(user, "Wrong-horse-9", "10.0.0.9")
        words.append(str(refusal.value))

    assert words[0] == words[1] == "user name or password is wrong"
    assert len(verified) == 2
    assert verified[0] == verified[1]


def test_wrong_passwords_lock_the_user_at_that_address_only(accounts: Accounts, admin: str, clock: Clock) -> None:
    for _ in range(5):
        with pytest.raises(Unauthenticated):
            accounts.authenticate(admin, "Wrong-horse-9", "10.0.0.66")

    with pytest.raises(TooMany) as refusal:
        accounts.authenticate(admin, PASSWORD, "10.0.0.66")
    assert "ask an administrator" in refusal.value.hint
    assert accounts.authenticate(admin, PASSWORD, "10.0.0.9")
    clock.now += 31
    assert accounts.authenticate(admin, PASSWORD, "10.0.0.66")


def test_a_refused_sign_in_is_logged_without_what_was_typed_for_an_unknown_user(
    accounts: Accounts, admin: str, caplog: pytest.LogCaptureFixture
) -> None:
    for user in (admin, "Secret-typed-here-1"):
        with pytest.raises(Unauthenticated):
            accounts.authenticate(user, "Wrong-horse-9", "10.0.0.9")

    assert "refused the sign-in of user admin from 10.0.0.9" in caplog.text
    assert "refused the sign-in of an unknown user from 10.0.0.9" in caplog.text
    assert "Secret-typed" not in caplog.text
    assert "Wrong-horse" not in caplog.text


def test_a_user_without_a_group_is_told_so(accounts: Accounts, admin: str, store: Store) -> None:
    store.write(lambda execute: execute("delete from member"))

    with pytest.raises(Forbidden, match="belongs to no group"):
        accounts.authenticate(admin, PASSWORD, "10.0.0.9")


def test_an_old_hash_is_renewed_at_the_next_sign_in(accounts: Accounts, admin: str, store: Store) -> None:
    from argon2 import PasswordHasher

    weak = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    store.write(lambda execute: execute("update user set password = :weak", weak=weak))

    accounts.authenticate(admin, PASSWORD, "10.0.0.9")

    assert not passwords.outdated(store.read("select password from user")[0]["password"])
    assert accounts.authenticate(admin, PASSWORD, "10.0.0.9")


def test_no_password_is_kept_in_clear(accounts: Accounts, admin: str, store: Store) -> None:
    assert PASSWORD not in str(store.read("select * from user"))
