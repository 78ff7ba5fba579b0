"""The files pages are made of: styles, scripts, icons. Read and compressed once; their address changes with their
content, so a browser asks for each of them once."""

import gzip
import json
from collections.abc import Awaitable, Callable
from importlib.resources import files
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from vici.kit.money import DECIMALS
from vici.web.answers import answer, tag_of

_OURS = files("vici.web") / "static"
_WIDGET = files("vici.web") / "widget"
_HTMX = files("js_lib_htmx") / "static" / "htmx"

# What is served as one file is written as several, each of one thing.
_STYLES = ("tokens", "frame", "parts", "home", "results", "product", "text", "api")
_WIDGET_SCRIPTS = ("words", "dom", "session", "stream", "bubbles", "panel", "start")

_FOREVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"


class File(NamedTuple):
    content: bytes
    gzipped: bytes
    media_type: str
    tag: str


def _file(content: bytes, media_type: str) -> File:
    return File(content, gzip.compress(content, 9, mtime=0), media_type, tag_of(content))


def _read_all() -> dict[str, File]:
    styles = b"\n".join((_OURS / "css" / f"{part}.css").read_bytes() for part in _STYLES)
    return {
        "shop.css": _file(styles, "text/css"),
        "early.js": _file((_OURS / "js" / "early.js").read_bytes(), "text/javascript"),
        "shop.js": _file((_OURS / "js" / "shop.js").read_bytes(), "text/javascript"),
        "htmx.js": _file((_HTMX / "htmx.min.js").read_bytes(), "text/javascript"),
        "favicon.svg": _file((_OURS / "icons" / "favicon.svg").read_bytes(), "image/svg+xml"),
    }


class Files:
    def __init__(self) -> None:
        self._files = _read_all()

    def url(self, name: str) -> str:
        return f"/static/{self._files[name].tag}/{name}"

    async def send(self, request: Request) -> Response:
        file = self._files.get(request.path_params["name"])
        if file is None:
            return Response("There is no such file.", 404, media_type="text/plain")
        # A page from before an update asks for the old tag: it gets what there is now, but must not keep it.
        cache = _FOREVER if request.path_params["tag"] == file.tag else _ASK_AGAIN
        return answer(request, file.content, file.media_type, cache=cache, tag=file.tag, gzipped=file.gzipped)

    async def favicon(self, request: Request) -> Response:
        file = self._files["favicon.svg"]
        return answer(request, file.content, file.media_type, cache="public, max-age=86400", tag=file.tag)


def widget() -> Callable[[Request], Awaitable[Response]]:
    """The chat widget as one script for any page. Its address stays, so that pages that carry it get its updates."""
    style = json.dumps((_WIDGET / "widget.css").read_text(), ensure_ascii=False)
    parts = [
        f"const STYLE = {style};",
        f"const DECIMALS = {json.dumps(DECIMALS)};",
        *((_WIDGET / f"{part}.js").read_text() for part in _WIDGET_SCRIPTS),
    ]
    script = "(() => {\n'use strict';\n" + "\n".join(parts) + "\n})();\n"
    file = _file(script.encode(), "text/javascript")

    async def send(request: Request) -> Response:
        headers = {"Cross-Origin-Resource-Policy": "cross-origin"}
        cache = "public, max-age=300"
        return answer(
            request, file.content, file.media_type, cache=cache, tag=file.tag, gzipped=file.gzipped, headers=headers
        )

    return send
