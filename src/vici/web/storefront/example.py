"""Questions that work in this shop, made of what it sells: shown at the door to say how one may ask."""

import asyncio
import re
from collections.abc import Sequence
from typing import NamedTuple

from vici.domains.catalog.api import Category
from vici.domains.search.api import Card, Filters, SearchProducts, Sort
from vici.web.storefront.site import Site

SHOWN = 3
# Of a category so many of the cheapest are let in, so that the price asked for means something.
_CHEAPEST = 6
_CATEGORIES = 3


class Example(NamedTuple):
    words: str
    total: int
    cards: tuple[Card, ...]


async def examples(site: Site, sections: Sequence[tuple[Category, int]]) -> list[Example]:
    """One for each of the categories that hold most, the largest first; `sections` come with how many they hold. A
    question the search would not answer with that category's own products is none."""
    # `Computers & parts` is the name of a shelf, not what anybody asks for.
    plain = [each for each in sections if re.fullmatch(r"[^\W\d_]+( [^\W\d_]+)*", site.name(each[0]))]
    largest = sorted(plain or sections, key=lambda each: each[1], reverse=True)[:_CATEGORIES]
    made = await asyncio.gather(*(_example(site, category) for category, _ in largest))
    return [each for each in made if each is not None]


async def _example(site: Site, category: Category) -> Example | None:
    within = Filters(category_ids=(category.category_id,), in_stock=True)
    cheap = await site.apis.search.search(
        SearchProducts(language=site.language, filters=within, sort=Sort.PRICE_LOW, limit=_CHEAPEST)
    )
    if not cheap.hits:
        return None
    dearest = cheap.hits[-1].card
    name = site.name(category)
    name = name if name[1:2].isupper() else name[:1].lower() + name[1:]
    words = site.text("home.example", category=name, amount=_round(site, dearest.price_minor, dearest.currency))
    found = await site.apis.search.search(
        SearchProducts(words=words, language=site.language, filters=Filters(in_stock=True), limit=SHOWN)
    )
    theirs = {hit.card.category for hit in cheap.hits}
    if found.relaxed or len(found.hits) < min(2, len(cheap.hits)) or found.hits[0].card.category not in theirs:
        return None
    return Example(words, found.total, tuple(hit.card for hit in found.hits))


def _round(site: Site, amount_minor: int, currency: str) -> str:
    """The next round amount above, said as people say it: `500 nghìn`, `2 triệu`."""
    step = 10 ** max(len(str(amount_minor)) - 2, 0) * 5
    rounded = (amount_minor // step + 1) * step
    for unit, key in ((1_000_000, "home.example.millions"), (1_000, "home.example.thousands")):
        if currency == "VND" and rounded >= unit and rounded * 10 % unit == 0:
            return site.text(key, amount=site.fact(rounded / unit))
    return site.money(rounded, currency)
