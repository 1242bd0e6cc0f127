"""A file of another host, passed on while it arrives."""

from __future__ import annotations

import http.client
from typing import TYPE_CHECKING

from appliance.http.files import PIECE
from nano_runtime.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PASSED_ON = ("Signature", "Content-Transfer-Encoding", "Expires", "Cache-Control", "Content-Disposition", "ETag")


class RemoteFile:
    """A Download. `ask` begins an answer for the value of a Range header ("" = all of it) and raises what was refused."""

    def __init__(self, ask: Callable[[str], http.client.HTTPResponse]) -> None:
        self._ask = ask
        self._answer = ask("")
        self.media_type = self._answer.headers.get_content_type()
        self.size = int(self._answer.headers.get("Content-Length", "0"))
        self.headers = {name: value for name in _PASSED_ON if (value := self._answer.headers.get(name)) is not None}

    def read(self, start: int, length: int, /) -> Iterator[bytes]:
        """Raises Unavailable when the other side breaks off."""
        if (start, length) != (0, self.size):
            self.close()
            self._answer = self._ask(f"bytes={start}-{start + length - 1}")
        while length > 0:
            try:
                data = self._answer.read(min(length, PIECE))
            except (OSError, http.client.HTTPException) as problem:
                raise Unavailable(f"Core broke off in the middle of a file: {problem}") from problem
            if not data:
                raise Unavailable("Core broke off in the middle of a file")
            length -= len(data)
            yield data

    def close(self) -> None:
        self._answer.close()
