"""The first page."""

import asyncio

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vici.domains.catalog.api import Everything
from vici.domains.knowledge.api import ListDocuments
from vici.domains.search.api import Card, Filters, Results, SearchProducts, Sort
from vici.web.storefront.example import examples
from vici.web.storefront.languages import asked_language
from vici.web.storefront.site import LANGUAGES, OWN_LANGUAGE, Site, prefix_of

ROW = 10
PICTURES = 4
BRANDS = 24
# How many of the newest products are looked through for discounts.
_LOOKED_THROUGH = 200
# Pages by their usual names, each with a question of its own.
_ASKED = ("delivery", "returns")


async def home(site: Site, request: Request) -> Response:
    if site.language == OWN_LANGUAGE and (wanted := _language_of(request)) not in (None, OWN_LANGUAGE):
        return RedirectResponse(
            prefix_of(str(wanted)) + "/", 302, {"Vary": "Cookie, Accept-Language", "Cache-Control": "private, no-cache"}
        )
    categories = (await site.apis.catalog.categories(Everything())).categories
    shops = (await site.apis.catalog.shops(Everything())).shops
    pages = (await site.apis.knowledge.list_documents(ListDocuments())).documents
    sections = [category for category in categories if category.parent_id is None]
    newest = await site.apis.search.search(
        SearchProducts(language=site.language, sort=Sort.NEWEST, limit=_LOOKED_THROUGH)
    )
    of_sections = await asyncio.gather(
        *(_find(site, Filters(category_ids=(section.category_id,)), 1) for section in sections)
    )
    of_shops = await asyncio.gather(
        *(_find(site, Filters(shop_ids=(shop.shop_id,), in_stock=True), PICTURES) for shop in shops)
    )
    tiles = [(section, found.hits[0].card) for section, found in zip(sections, of_sections, strict=True) if found.hits]
    made = await examples(site, [(section, found.total) for section, found in zip(sections, of_sections, strict=True)])
    cards = [hit.card for hit in newest.hits if hit.card.in_stock]
    page = await site.page(
        request,
        "home.html",
        example=made[0] if made else None,
        # A question no page of the shop answers is not offered.
        lead="home.lead" if pages else "home.lead.no_pages",
        asks=[each.words for each in made[1:2]]
        + [site.text(f"home.try.{slug}") for slug in _ASKED if any(each.slug == slug for each in pages)],
        tiles=tiles,
        shop_rows=[(shop, [hit.card for hit in found.hits]) for shop, found in zip(shops, of_shops, strict=True)],
        newest=cards[:ROW],
        discounted=sorted(filter(_discount, cards), key=_discount, reverse=True)[:ROW],
        brands=(await site.apis.catalog.brands(Everything())).brands[:BRANDS],
    )
    page.headers.add_vary_header("Accept-Language")
    return page


def _language_of(request: Request) -> str | None:
    """The one that was chosen; else, of who arrives, the one the browser asks for. Who comes from another page of the
    shop is where they want to be, be it that their browser keeps no cookie."""
    chosen = request.cookies.get("language")
    if chosen in LANGUAGES:
        return chosen
    if request.headers.get("sec-fetch-site") == "same-origin":
        return None
    return asked_language(request.headers.get("accept-language", ""))


async def _find(site: Site, filters: Filters, limit: int) -> Results:
    """Products that stand for a category or a shop."""
    return await site.apis.search.search(SearchProducts(language=site.language, filters=filters, limit=limit))


def _discount(card: Card) -> float:
    return 1 - card.price_minor / card.original_price_minor if card.original_price_minor else 0.0
