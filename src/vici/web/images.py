"""Product pictures from the blob store."""

from collections.abc import Awaitable, Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from vici.infra.blobs.blobs import Blobs
from vici.web.answers import answer

# An SVG opened by itself is a document: it may style itself, and run or load nothing.
_SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def images(blobs: Blobs) -> Callable[[Request], Awaitable[Response]]:
    async def send(request: Request) -> Response:
        blob = await blobs.get(request.path_params["name"])
        if blob is None or not blob.content_type.startswith("image/"):
            raise HTTPException(404, "There is no such image.")
        headers = {"Content-Security-Policy": _SVG_POLICY, "Cross-Origin-Resource-Policy": "cross-origin"}
        # A picture may be replaced under its name: kept for an hour, then asked about by its tag.
        cache = "public, max-age=3600, stale-while-revalidate=86400"
        return answer(request, blob.content, blob.content_type, cache=cache, tag=blob.etag, headers=headers)

    return send
