"""Answers that a browser may keep: a tag for each content, compressed where that helps."""

import gzip
import hashlib
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

# Below this the headers of compression cost more than it saves.
_GZIP_FROM_BYTES = 1000
_TEXTUAL = ("text/", "image/svg+xml", "application/javascript", "application/json", "application/xml")


def tag_of(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=10).hexdigest()


def answer(
    request: Request,
    content: bytes,
    media_type: str,
    *,
    cache: str,
    tag: str | None = None,
    gzipped: bytes | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """304 without a body when the browser already has this content. `gzipped` saves compressing it again."""
    tag = tag or tag_of(content)
    told = {"ETag": f'W/"{tag}"', "Cache-Control": cache, **(headers or {})}
    if media_type.startswith(_TEXTUAL):
        told["Vary"] = ", ".join(filter(None, ("Accept-Encoding", told.get("Vary"))))
        if status == 200 and tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=told)
        if len(content) >= _GZIP_FROM_BYTES and "gzip" in request.headers.get("accept-encoding", ""):
            told["Content-Encoding"] = "gzip"
            return Response(gzipped or gzip.compress(content, 5, mtime=0), status, told, media_type)
    elif tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=told)
    return Response(content, status, told, media_type)
