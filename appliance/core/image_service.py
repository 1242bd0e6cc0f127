"""The image service: files of the image store for the cells of the domain, over HTTPS with their certificates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from appliance.core.image_uploads import LocalFile
from appliance.http.files import incoming, send
from nano_runtime.errors import Forbidden, NanoError, NotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from appliance.core.image_store import ImageStore
    from appliance.core.images import Images
    from appliance.http.routes import Upload

_PATH = re.compile(r"/images/([0-9a-f]{64})\.(qcow2|iso)")


class ImageService:
    """A WSGI application. `is_cell` judges the fingerprint of a client's key; TLS has proved that it holds the key.

    `take_in` gets the name of a draft, and its bytes, that a cell was asked for.
    """

    def __init__(self, images: Images, store: ImageStore, is_cell: Callable[[str], bool], take_in: Callable[[str, Upload], None]) -> None:
        self._take_in = take_in
        self._images = images
        self._store = store
        self._is_cell = is_cell

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        try:
            if environ["REQUEST_METHOD"] == "PUT":
                return self._put(environ, start_response)
            file = self._find(environ)
        except NanoError as problem:
            words = str(problem).encode()
            start_response(f"{problem.status} Refused", [("Content-Type", "text/plain"), ("Content-Length", str(len(words)))])
            return [words]
        reply = send(file, environ["REQUEST_METHOD"], environ.get("HTTP_RANGE", ""))
        start_response(reply.status_line(), reply.all_headers(""))
        return reply.file if reply.file is not None else []

    def _put(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self._require_cell(environ)
        place, _, draft = str(environ["PATH_INFO"]).rpartition("/")
        if place != "/drafts":
            raise NotFound("nothing is taken in here")
        self._take_in(draft, incoming(environ))
        start_response("200 OK", [("Content-Length", "0")])
        return []

    def _require_cell(self, environ: dict[str, Any]) -> None:
        if not self._is_cell(str(environ.get("nano.peer", ""))):
            raise Forbidden("this key is no cell's of this domain")

    def _find(self, environ: dict[str, Any]) -> LocalFile:
        self._require_cell(environ)
        asked = _PATH.fullmatch(str(environ["PATH_INFO"]))
        content = self._images.published(asked[1]) if asked else None
        if content is None or asked is None or content.format != asked[2] or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            raise NotFound("there is no such image")
        file = LocalFile(self._store.open(content), content)
        file.headers["Nano-Virtual-Size"] = str(content.virtual_size)
        return file
