"""Pictures from the blob store, and into it."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from vici.infra.blobs.blobs import Blobs
from vici.infra.blobs.image_types import ENDINGS, image_fault
from vici.kit.dto import Dto
from vici.kit.errors import Refusal, Why
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


class BadImage(Refusal):
    code = "images.bad"
    why = Why.INVALID
    message = "{name} is not taken: {reason}."


class PutImage(Dto):
    address: str
    """What a product's `image_url` says."""


_PICTURE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {each: {"schema": {"type": "string", "format": "binary"}} for each in ENDINGS},
    }
}


def image_uploads(blobs: Blobs) -> APIRouter:
    """Routes for the shop: they ask for the admin token."""
    routes = APIRouter(prefix="/api/v1/images", tags=["images, for the shop"])

    @routes.put("/{name:path}", summary="Put a picture, or another in its place", openapi_extra=_PICTURE)
    async def put_image(name: str, request: Request) -> PutImage:  # pyright: ignore[reportUnusedFunction]
        """The body is the file itself: PNG, JPEG, WebP, GIF or SVG, up to 10 MB, and its name ends accordingly. It is
        shown at `/images/` and the name."""
        content = await request.body()
        if reason := image_fault(name, content):
            raise BadImage(name=name, reason=reason)
        await blobs.put(name, content)
        return PutImage(address=f"/images/{quote(name)}")

    return routes
