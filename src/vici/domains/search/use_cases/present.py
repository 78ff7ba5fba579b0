"""Products as lists show them."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from vici.domains.search.api import Card, Hit
from vici.domains.search.rules.highlights import snippet, spans
from vici.domains.search.rules.query import Query
from vici.domains.search.store import IndexView
from vici.domains.search.use_cases.rank import Ranked
from vici.kit.text import Word, terms_of, words


def card(view: IndexView, slot: int, language: str, currency: str | None = None) -> Card:
    """In this currency where the product is priced in it, else in the product's first."""
    return _card(view, slot, view.record(slot), language, currency)


def hit(view: IndexView, ranked: Ranked, query: Query, language: str, currency: str | None) -> Hit:
    record = view.record(ranked.slot)
    shown = _card(view, ranked.slot, record, language, currency)
    if not query.words:
        return Hit(card=shown, score=ranked.score)
    forms = {word.form for word in query.words}
    name = words(shown.name)
    lacking = _unexplained(name, query)
    told = snippet(_in(language, record["texts"]), lacking, query.terms, forms) if lacking else None
    return Hit(
        card=shown,
        score=ranked.score,
        matched=spans(shown.name, name, query.terms, forms),
        snippet=told.text if told else None,
        snippet_matched=told.matched if told else (),
    )


def _unexplained(name: Sequence[Word], query: Query) -> set[str]:
    """The terms of what was asked for that the name does not show."""
    plain = {word.plain for word in name}
    missing = [concept for concept in query.concepts if plain.isdisjoint(concept.all_terms)]
    if missing:
        there = set(terms_of(name))
        missing = [concept for concept in missing if there.isdisjoint(concept.all_terms)]
    return {term for concept in missing for term in concept.all_terms}


def _card(view: IndexView, slot: int, record: dict[str, Any], language: str, currency: str | None) -> Card:
    prices = record["prices"]
    shown: str = currency if currency and currency in prices else next(iter(prices))
    low, high, original = prices[shown]
    available = int(view.available[slot])
    shop_id, shop_name = record["shop"]
    # Made of what the catalogue has checked.
    return Card.model_construct(
        product_id=record["id"],
        name=_in(language, record["names"]),
        brand=record["brand"],
        category=_in(language, record["category"] or {}) or None,
        shop_id=shop_id,
        shop_name=shop_name,
        price_minor=low,
        price_max_minor=high,
        original_price_minor=original,
        currency=shown,
        in_stock=available > 0,
        available=available,
        url=product_url(record["id"]),
        image_url=record["image"],
        version=record["version"],
    )


def product_url(product_id: str) -> str:
    return f"/products/{quote(product_id, safe='')}"


def _in(language: str, texts: dict[str, str]) -> str:
    return texts.get(language) or next(iter(texts.values()), "")
