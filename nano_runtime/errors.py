"""What can go wrong, as types.

NanoError
 ├─ BadRequest         400  the request itself is malformed
 ├─ Unauthenticated    401  nobody we know
 ├─ Forbidden          403  known, but not allowed
 ├─ NotFound           404
 ├─ Conflict           409  the object is in another state
 │   └─ NoRoom         409  nothing left to give: memory, disk, addresses
 ├─ TooLarge           413
 ├─ BadValue           422  well formed, but a value cannot be accepted
 │   └─ BadSetting     422  the same, in a configuration file
 ├─ TooMany            429
 ├─ Damaged            500  our own state cannot be read
 └─ Unavailable        503  somebody we need does not answer; try again
     └─ TimedOut       503

The HTTP status and the machine-readable code live with the type, the wording with the raiser. The same codes
name the error between modules: `from_code` gives the type back on the other side of a link.
"""

from __future__ import annotations


class NanoError(Exception):
    """Root of every error this project raises on purpose.

    `message` says what failed, on what; `hint` the next step; `field` the name of the input at fault, if there is one.
    """

    status = 500
    code = "internal"

    def __init__(self, message: str, *, hint: str = "", field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.field = field

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message


class BadRequest(NanoError):
    status = 400
    code = "bad-request"


class Unauthenticated(NanoError):
    status = 401
    code = "unauthenticated"


class Forbidden(NanoError):
    status = 403
    code = "forbidden"


class NotFound(NanoError):
    status = 404
    code = "not-found"


class Conflict(NanoError):
    status = 409
    code = "conflict"


class NoRoom(Conflict):
    code = "no-room"


class TooLarge(NanoError):
    status = 413
    code = "too-large"


class BadValue(NanoError):
    status = 422
    code = "bad-value"


class BadSetting(BadValue):
    code = "bad-setting"


class TooMany(NanoError):
    """`retry_after` tells in how many seconds another try makes sense; None = nobody knows."""

    status = 429
    code = "too-many"

    def __init__(self, message: str, *, hint: str = "", field: str = "", retry_after: float | None = None) -> None:
        super().__init__(message, hint=hint, field=field)
        self.retry_after = retry_after


class Damaged(NanoError):
    code = "damaged"


class Unavailable(NanoError):
    status = 503
    code = "unavailable"


class TimedOut(Unavailable):
    code = "timed-out"


def from_code(code: str, message: str, *, hint: str = "", field: str = "") -> NanoError:
    """Rebuild an error that another module sent; a code of a newer version becomes a plain NanoError."""
    return _BY_CODE.get(code, NanoError)(message, hint=hint, field=field)


def _family(kind: type[NanoError]) -> list[type[NanoError]]:
    return [kind] + [member for child in kind.__subclasses__() for member in _family(child)]


_BY_CODE = {kind.code: kind for kind in _family(NanoError)}
