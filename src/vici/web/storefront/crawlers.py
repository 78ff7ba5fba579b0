"""What search engines ask for."""

from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import Response

from vici.domains.catalog.api import Everything, ListProducts, Status
from vici.domains.knowledge.api import ListDocuments
from vici.web.answers import answer
from vici.web.storefront.site import LANGUAGES, Site, prefix_of

# The limit of the format.
_ADDRESSES_MAX = 50_000


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
    return answer(request, "\n".join([*lines, ""]).encode(), "text/plain", cache="public, max-age=3600")


async def sitemap(site: Site, request: Request) -> Response:
    """Every page with its twin in the other language; products up to the limit of the format."""
    paths = [
        ("",),
        *(("categories", each.category_id) for each in (await site.apis.catalog.categories(Everything())).categories),
        *(("shops", each.shop_id) for each in (await site.apis.catalog.shops(Everything())).shops),
        *dict.fromkeys(
            ("pages", each.slug) for each in (await site.apis.knowledge.list_documents(ListDocuments())).documents
        ),
    ]
    cursor: str | None = None
    while len(paths) * len(LANGUAGES) < _ADDRESSES_MAX:
        page = await site.apis.catalog.list_products(ListProducts(status=Status.AVAILABLE, cursor=cursor, limit=200))
        paths += [("products", product.product_id) for product in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    origin = str(request.base_url).rstrip("/")
    lines = [
        f"<url><loc>{escape(origin + prefix_of(language) + site.path(*path))}</loc></url>"
        for path in paths[: _ADDRESSES_MAX // len(LANGUAGES)]
        for language in LANGUAGES
    ]
    document = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        + "\n".join(lines)
        + "\n</urlset>\n"
    )
    return answer(request, document.encode(), "application/xml", cache="public, max-age=3600")
