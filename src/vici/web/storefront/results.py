"""Lists of products: a search, a category, a brand, a shop."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from vici.domains.catalog.api import Category, Everything
from vici.domains.search.api import Facet, FacetValue, Filters, Results, Sort, Suggest
from vici.kit.money import written
from vici.web.storefront.address import from_address
from vici.web.storefront.listing import WORDS_MAX, Listing, listing_of
from vici.web.storefront.site import Site


async def search_page(site: Site, request: Request) -> Response:
    return await _list(site, request, Filters(), (), hidden="")


async def category_page(site: Site, request: Request) -> Response:
    categories = (await site.apis.catalog.categories(Everything())).categories
    by_id = {each.category_id: each for each in categories}
    category = by_id.get(request.path_params["category_id"])
    if category is None:
        raise HTTPException(404, "There is no such category.")
    trail: list[Category] = []
    above = category.parent_id
    while above is not None:
        trail.insert(0, by_id[above])
        above = by_id[above].parent_id
    return await _list(
        site,
        request,
        Filters(category_ids=(category.category_id,)),
        ("categories", category.category_id),
        hidden="category",
        heading=site.name(category),
        here_in=(trail[0] if trail else category).category_id,
        trail=trail,
        below=[each for each in categories if each.parent_id == category.category_id],
    )


async def brand_page(site: Site, request: Request) -> Response:
    brand = request.path_params["brand"]
    within = from_address(Filters, brands=(brand,))
    return await _list(site, request, within, ("brands", brand), hidden="brand", heading=brand, must_exist=True)


async def shop_page(site: Site, request: Request) -> Response:
    shops = (await site.apis.catalog.shops(Everything())).shops
    shop = next((each for each in shops if each.shop_id == request.path_params["shop_id"]), None)
    if shop is None:
        raise HTTPException(404, "There is no such shop.")
    within = Filters(shop_ids=(shop.shop_id,))
    return await _list(site, request, within, ("shops", shop.shop_id), hidden="shop", heading=shop.name)


async def suggestions(site: Site, request: Request) -> Response:
    """What the search field offers while one types."""
    words = request.query_params.get("q", "")[:WORDS_MAX]
    found = await site.apis.search.suggest(from_address(Suggest, prefix=words, language=site.language))
    return site.part(request, "parts/suggestions.html", suggestions=found.suggestions)


async def _list(
    site: Site,
    request: Request,
    within: Filters,
    parts: tuple[str, ...],
    *,
    hidden: str,
    heading: str = "",
    here_in: str = "",
    trail: list[Category] | None = None,
    below: list[Category] | None = None,
    must_exist: bool = False,
) -> Response:
    """`hidden` is the facet that the page itself stands for; `here_in` the section it stands in."""
    listing = listing_of(request.query_params, site.currency)
    results = await site.apis.search.search(listing.request(site.language, within))
    if results.hits and not listing.is_priced:  # a price that is given now is in the currency of what is shown
        listing = replace(listing, currency=results.hits[0].card.currency)
    if must_exist and not results.total and not listing.is_filtered and not listing.words:
        raise HTTPException(404, "Nothing of this brand is sold here.")
    base = site.path(*parts) if parts else site.path("search")

    def address(other: Listing) -> str:
        query = other.query()
        return f"{base}?{query}" if query else base

    facets = [facet for facet in results.facets if facet.field not in (hidden, "price", "in_stock") and facet.values]
    content: dict[str, Any] = {
        "heading": heading,
        "here_in": here_in,
        "trail": trail or [],
        "below": below or [],
        "listing": listing,
        "results": results,
        "facets": facets,
        "price_steps": list(_price_steps(listing, results)),
        "left_in_stock": next((facet.values[0].count for facet in results.facets if facet.field == "in_stock"), None),
        "chosen": _chosen(site, listing, facets),
        "unlisted": _unlisted(listing, facets),
        "sorts": tuple(Sort),
        "shown_now": listing.shown if listing.counted else None,
        "base": base,
        "address": address,
        "next_address": address(listing.longer(results.next_cursor)) if results.next_cursor else None,
        "more_address": address(_continued(listing, results)) if results.next_cursor else None,
    }
    if request.headers.get("hx-target") == "more":
        return site.part(request, "parts/hits.html", **content)
    if "hx-request" in request.headers:
        answer = site.part(request, "parts/results.html", swapped=True, **content)
        answer.headers["HX-Push-Url"] = address(listing)
        return answer
    return await site.page(request, "results.html", swapped=False, **content)


def _continued(listing: Listing, results: Results) -> Listing:
    """The next page alone, to be put behind what is already there."""
    return replace(listing.longer(results.next_cursor or ""), cursor=results.next_cursor)


def _chosen(site: Site, listing: Listing, facets: list[Facet]) -> list[tuple[str, str, str]]:
    """What was ticked, as field, value and label: shown above the results and taken back there."""
    ticked = [
        (facet.field, value.value, value.label)
        for facet in facets
        for value in facet.values
        if value.selected and listing.has(facet.field, value.value)  # the rest was read from the words
    ]
    low, high = (written(each or 0, listing.currency, site.language) for each in (listing.price_min, listing.price_max))
    if listing.price_min is not None and listing.price_max is not None:
        ticked.append(("price", "", f"{low} – {high}"))
    elif listing.price_max is not None:
        ticked.append(("price", "", f"≤ {high}"))
    elif listing.price_min is not None:
        ticked.append(("price", "", f"≥ {low}"))
    if listing.in_stock:
        ticked.append(("in_stock", "", site.text("results.in_stock")))
    return ticked


def _price_steps(listing: Listing, results: Results) -> Iterator[tuple[FacetValue, Listing]]:
    """Each range of prices with the list it leads to. The search names one by its bounds: `0-5000000`, `5000000-`."""
    for facet in results.facets:
        for value in facet.values if facet.field == "price" and len(facet.values) > 1 else ():
            low, _, high = value.value.partition("-")
            yield value, listing.priced(int(low) or None, int(high) if high else None)


def _unlisted(listing: Listing, facets: list[Facet]) -> list[tuple[str, str]]:
    """Chosen values that no facet shows any more: the form must still send them."""
    shown = {(facet.field, value.value) for facet in facets for value in facet.values}
    given = [
        *(("category", each) for each in listing.categories),
        *(("brand", each) for each in listing.brands),
        *(("shop", each) for each in listing.shops),
        *((f"attribute:{name}", each) for name, values in listing.attributes.items() for each in values),
    ]
    return [pair for pair in given if pair not in shown]
