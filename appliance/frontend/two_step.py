"""Two-step sign-in: a code of an app after the password, or one of the recovery codes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from appliance.frontend import passwords, totp
from appliance.frontend.api.me import RecoveryCodes, TwoStepSecret
from nano_runtime import secrets
from nano_runtime.errors import Conflict, Forbidden

if TYPE_CHECKING:
    from collections.abc import Callable

    from appliance.frontend.attempts import Attempts
    from appliance.rights import Caller
    from nano_runtime.store import Execute, Store

RECOVERY_CODES = 10
ISSUER = "Nano"


class TwoStep:
    """A secret counts only after its first code was given, so that nobody locks themselves out with a QR code unread."""

    def __init__(self, store: Store, attempts: Attempts, clock: Callable[[], float]) -> None:
        self._store = store
        self._attempts = attempts
        self._clock = clock

    def prepare(self, caller: Caller, password: str) -> TwoStepSecret:
        """A new secret, shown this once. Raises Forbidden for a wrong password, Conflict where two-step sign-in is on."""
        self._require_password(caller, password)
        secret = totp.new_secret()

        def change(execute: Execute) -> None:
            if execute("select 1 from two_step where user = :user and confirmed", user=caller.user):
                raise Conflict("two-step sign-in is on already", hint="switch it off first")
            execute("insert or replace into two_step (user, secret) values (:user, :secret)", user=caller.user, secret=secret)

        self._store.write(change)
        return TwoStepSecret(secret=secret, address=totp.address(secret, caller.user, ISSUER))

    def confirm(self, caller: Caller, code: str) -> RecoveryCodes:
        """Switch it on with the first code; answers the recovery codes, shown this once."""
        with self._judged(caller.user):
            if not self._store.write(lambda execute: self._take(execute, caller.user, code, confirmed=False)):
                raise _wrong()
        return self._new_codes(caller.user)

    def renew_codes(self, caller: Caller, password: str) -> RecoveryCodes:
        """New recovery codes; the old ones are worth nothing from now on."""
        self._require_password(caller, password)
        return self._new_codes(caller.user)

    def switch_off(self, caller: Caller, password: str) -> None:
        self._require_password(caller, password)

        def change(execute: Execute) -> None:
            execute("delete from two_step where user = :user", user=caller.user)
            execute("delete from recovery_code where user = :user", user=caller.user)

        self._store.write(change)

    def check(self, user: str, code: str) -> None:
        """Raises Forbidden for a wrong or used code, TooMany after some. Either kind of code counts once."""
        with self._judged(user):
            if not self._store.write(
                lambda execute: self._take(execute, user, code, confirmed=True) or _take_recovery(execute, user, code)
            ):
                raise _wrong()

    def codes_left(self, user: str) -> int:
        return int(self._store.read("select count(*) as codes from recovery_code where user = :user", user=user)[0]["codes"])

    def _take(self, execute: Execute, user: str, code: str, *, confirmed: bool) -> bool:
        """Use a code up: in the writer, so that it counts once however many ask at the same time."""
        wanted = "select * from two_step where user = :user and confirmed = :confirmed"
        rows = execute(wanted, user=user, confirmed=int(confirmed))
        step = totp.step_of(rows[0]["secret"], code, self._clock(), after=rows[0]["used"]) if rows else None
        if step is None:
            return False
        execute("update two_step set used = :step, confirmed = 1 where user = :user", step=step, user=user)
        return True

    def _new_codes(self, user: str) -> RecoveryCodes:
        codes = [secrets.code() for _ in range(RECOVERY_CODES)]

        def change(execute: Execute) -> None:
            if not execute("select 1 from two_step where user = :user and confirmed", user=user):
                raise Conflict("two-step sign-in is off", hint="switch it on first")
            execute("delete from recovery_code where user = :user", user=user)
            for code in codes:
                execute("insert into recovery_code values (:user, :hash)", user=user, hash=_hash(code))

        self._store.write(change)
        return RecoveryCodes(codes=codes)

    def _require_password(self, caller: Caller, password: str) -> None:
        """Whoever finds a screen unlocked must not take the account over for good."""
        rows = self._store.read("select password from user where name = :user", user=caller.user)
        with self._attempts.judged({("user", caller.user, caller.address): 5, ("user", caller.user): 50}):
            if not rows or not passwords.verify(password, rows[0]["password"]):
                raise Forbidden("the password is wrong", field="password")

    def _judged(self, user: str) -> Any:
        return self._attempts.judged({("code", user): 5})


def _take_recovery(execute: Execute, user: str, code: str) -> bool:
    return bool(execute("delete from recovery_code where user = :user and hash = :hash returning user", user=user, hash=_hash(code)))


def _hash(code: str) -> str:
    """58 random bits behind a lock-out need no salt; dashes, blanks and case do not matter."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def _wrong() -> Forbidden:
    return Forbidden("the code is wrong or was used", hint="wait for the next one; the clocks of phone and server must agree", field="code")
