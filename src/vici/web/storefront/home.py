"""The first page."""

import asyncio

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vici.domains.catalog.api import Everything
from vici.domains.search.api import Card, Filters, SearchProducts, Sort
from vici.web.storefront.site import OWN_LANGUAGE, Site, prefix_of

ROW = 10
PICTURES = 4
BRANDS = 24
# How many of the newest products are looked through for discounts.
_LOOKED_THROUGH = 200


async def home(site: Site, request: Request) -> Response:
    remembered = request.cookies.get("language")
    if site.language == OWN_LANGUAGE and remembered == "en":
        return RedirectResponse(
            prefix_of(remembered) + "/", 302, {"Vary": "Cookie", "Cache-Control": "private, no-cache"}
        )
    categories = (await site.apis.catalog.categories(Everything())).categories
    shops = (await site.apis.catalog.shops(Everything())).shops
    sections = [category for category in categories if category.parent_id is None]
    example, newest = await asyncio.gather(
        site.apis.search.search(
            SearchProducts(
                words=site.text("home.example"), language=site.language, filters=Filters(in_stock=True), limit=3
            )
        ),
        site.apis.search.search(SearchProducts(language=site.language, sort=Sort.NEWEST, limit=_LOOKED_THROUGH)),
    )
    of_sections = await asyncio.gather(
        *(_first(site, Filters(category_ids=(section.category_id,)), 1) for section in sections)
    )
    of_shops = await asyncio.gather(
        *(_first(site, Filters(shop_ids=(shop.shop_id,), in_stock=True), PICTURES) for shop in shops)
    )
    cards = [hit.card for hit in newest.hits if hit.card.in_stock]
    return await site.page(
        request,
        "home.html",
        # An example that does not work is none.
        example=example if len(example.hits) > 1 and not example.relaxed else None,
        tiles=[(section, cards[0]) for section, cards in zip(sections, of_sections, strict=True) if cards],
        shop_rows=list(zip(shops, of_shops, strict=True)),
        newest=cards[:ROW],
        discounted=sorted(filter(_discount, cards), key=_discount, reverse=True)[:ROW],
        brands=(await site.apis.catalog.brands(Everything())).brands[:BRANDS],
    )


async def _first(site: Site, filters: Filters, limit: int) -> list[Card]:
    """Products that stand for a category or a shop."""
    found = await site.apis.search.search(SearchProducts(language=site.language, filters=filters, limit=limit))
    return [hit.card for hit in found.hits]


def _discount(card: Card) -> float:
    return 1 - card.price_minor / card.original_price_minor if card.original_price_minor else 0.0
