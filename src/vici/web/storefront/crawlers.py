"""What search engines ask for."""

import asyncio
import gzip
import time
from collections.abc import Callable
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import Response

from vici.domains.catalog.api import Everything, ListProducts, Status
from vici.domains.knowledge.api import ListDocuments
from vici.web.answers import answer
from vici.web.storefront.site import LANGUAGES, Site, prefix_of

# The limit of the format.
_ADDRESSES_MAX = 50_000
_KEPT_SECONDS = 600
_BEGIN = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
# They name the host the caller named, whatever that was: a cache in between must not give it to others.
_FOR_ONE_CALLER = "private, max-age=3600"


async def robots(_: Site, request: Request) -> Response:
    lines = [
        "User-agent: *",
        "Disallow: /api/",
        *(
            f"Disallow: {prefix_of(language)}/{private}"
            for language in LANGUAGES
            for private in ("suggest", "remember")
        ),
        "Disallow: /*?*cursor=",
        f"Sitemap: {request.base_url}sitemap.xml",
    ]
    return answer(request, "\n".join([*lines, ""]).encode(), "text/plain", cache=_FOR_ONE_CALLER)


class Sitemap:
    """Every page with its twin in the other language, products up to the limit of the format. Making the list reads the
    whole catalogue, so it is up to ten minutes old."""

    def __init__(self, site: Site, now: Callable[[], float] = time.monotonic) -> None:
        """`now` counts seconds."""
        self._site = site
        self._now = now
        self._listing = asyncio.Lock()
        self._listed_at: float | None = None
        self._addresses: list[str] = []
        """Without the shop's own; as XML."""
        self._written: tuple[str, bytes, bytes] | None = None
        """For whom last, the document, and the same compressed."""

    async def send(self, request: Request) -> Response:
        async with self._listing:
            if self._listed_at is None or self._now() - self._listed_at >= _KEPT_SECONDS:
                self._addresses = await self._list()
                self._listed_at, self._written = self._now(), None
        origin = str(request.base_url).rstrip("/")
        if self._written is None or self._written[0] != origin:
            document = self._document(escape(origin))
            self._written = origin, document, gzip.compress(document, 5, mtime=0)
        _, document, gzipped = self._written
        return answer(request, document, "application/xml", cache=_FOR_ONE_CALLER, gzipped=gzipped)

    def _document(self, origin: str) -> bytes:
        lines = [f"<url><loc>{origin}{address}</loc></url>" for address in self._addresses]
        return "\n".join([_BEGIN, *lines, "</urlset>", ""]).encode()

    async def _list(self) -> list[str]:
        site, catalog = self._site, self._site.apis.catalog
        paths = [
            ("",),
            *(("categories", each.category_id) for each in (await catalog.categories(Everything())).categories),
            *(("shops", each.shop_id) for each in (await catalog.shops(Everything())).shops),
            *dict.fromkeys(
                ("pages", each.slug) for each in (await site.apis.knowledge.list_documents(ListDocuments())).documents
            ),
        ]
        cursor: str | None = None
        while len(paths) * len(LANGUAGES) < _ADDRESSES_MAX:
            page = await catalog.list_products(ListProducts(status=Status.AVAILABLE, cursor=cursor, limit=200))
            paths += [("products", product.product_id) for product in page.items]
            cursor = page.next_cursor
            if cursor is None:
                break
        return [
            escape(prefix_of(language) + site.path(*path))
            for path in paths[: _ADDRESSES_MAX // len(LANGUAGES)]
            for language in LANGUAGES
        ]
