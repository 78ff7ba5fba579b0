"""A browser is shown a page where a program is told a problem."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vici.web.storefront.site import OWN_LANGUAGE, Site, prefix_of

_PROBLEM = b"application/problem+json"
_KINDS = (404, 422, 429, 503)
# The page says nothing of the shop's data, so that it can be shown when none of it answers.
_BARE_FRAME: Mapping[str, object] = {"sections": (), "shops": (), "documents": ()}


class ErrorPages:
    """Around the application: turns its problem details into a page, for who asked for a page. The status and the other
    headers stay."""

    def __init__(self, app: ASGIApp, sites: Mapping[str, Site]) -> None:
        self._app = app
        self._sites = sites

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _asks_for_page(scope):
            await self._app(scope, receive, send)
            return
        replaced = False

        async def send_page(message: Message) -> None:
            nonlocal replaced
            if replaced:
                return  # the rest of what the page stands for
            if message["type"] == "http.response.start" and _header(message["headers"], b"content-type") == _PROBLEM:
                replaced = True
                body = self._page(scope, message["status"])
                kept = [each for each in message["headers"] if each[0] not in (b"content-type", b"content-length")]
                kept += [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(body)).encode())]
                kept += [(b"cache-control", b"no-store")]
                await send({**message, "headers": kept})
                await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
                return
            await send(message)

        await self._app(scope, receive, send_page)

    def _page(self, scope: Scope, status: int) -> bytes:
        language = next(
            (
                each
                for each in self._sites
                if each != OWN_LANGUAGE and (scope["path"] + "/").startswith(prefix_of(each) + "/")
            ),
            OWN_LANGUAGE,
        )
        site = self._sites[language]
        kind = status if status in _KINDS else 500 if status >= 500 else 422
        request_id = scope.get("state", {}).get("request_id") if kind in (500, 503) else None
        return site.html(
            Request(scope), "error.html", status=status, kind=str(kind), request_id=request_id, **_BARE_FRAME
        ).encode()


def _asks_for_page(scope: Scope) -> bool:
    return (
        scope["method"] in ("GET", "HEAD")
        and not scope["path"].startswith("/api/")
        and b"text/html" in _header(scope["headers"], b"accept")
    )


def _header(headers: list[tuple[bytes, bytes]], name: bytes) -> bytes:
    return next((value for each, value in headers if each.lower() == name), b"")
