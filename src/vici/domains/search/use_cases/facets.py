"""What one may narrow a list by, with how many products each choice would leave."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from vici.domains.search.api import Facet, FacetValue
from vici.domains.search.rules.documents import CATEGORY, SHOP
from vici.domains.search.rules.labels import label, option_label, price_label, value_label
from vici.domains.search.store import NO_PRICE, Chosen, IndexView
from vici.domains.search.use_cases.conditions import Condition, passing

VALUES_MAX = 30
ATTRIBUTES_MAX = 12
# An attribute few of the products have says nothing about the rest; one with a value of its own for each is no choice.
ATTRIBUTE_SHARE_MIN = 0.05
ATTRIBUTE_VALUES_MAX = 60
PRICE_STEPS = 5

Counts = NDArray[np.int64]


def facets(
    view: IndexView, conditions: Sequence[Condition], among: Chosen, language: str, currency: str
) -> tuple[Facet, ...]:
    """Each field counted with its own filter taken away, so that its other values can be chosen instead."""

    def left_by(field: str) -> Chosen:
        return passing([condition for condition in conditions if condition.field != field], among)

    passed = passing(conditions, among)
    counts = _counted(view, passed)
    total = int(passed.sum())
    chosen = {term for condition in conditions for term in condition.terms}
    filtered = {condition.field for condition in conditions}
    found: list[Facet] = []
    for field in ("category", "brand", "shop", *_attributes(view, counts, total, language, filtered)):
        left = left_by(field) if field in filtered else passed
        of_field = _counted(view, left) if field in filtered else counts
        if field in view.fields.names:
            values = _values(view, of_field, field, chosen, language)
            # A category, a brand or a shop that all of them share is no choice, unless it was chosen.
            shared = 0 if field.startswith("attribute:") else int(left.sum())
            values = tuple(each for each in values if each.selected or each.count != shared)
            found.append(Facet(field=_named(view, field), label=_label(view, field, language), values=values))
    currency = next((c.filters.currency for c in conditions if c.filters.currency), view.usual_currency(currency))
    prices = tuple(_price_steps(view, left_by("price"), conditions, language, currency))
    found.insert(3, Facet(field="price", label=label("price", language), values=prices))
    found.insert(4, _stock(view, left_by("in_stock"), conditions, language))
    return tuple(facet for facet in found if facet.values)


def _counted(view: IndexView, chosen: Chosen) -> Counts:
    """By the number of the term, as far as this view knows terms."""
    return view.filters.counted(chosen)[: len(view.fields.of_terms)]


def _values(view: IndexView, counts: Counts, field: str, chosen: set[str], language: str) -> tuple[FacetValue, ...]:
    numbers = np.flatnonzero((view.fields.of_terms == view.fields.names.index(field)) & (counts > 0))
    most: list[int] = numbers[np.argsort(-counts[numbers], kind="stable")][:VALUES_MAX].tolist()
    return tuple(
        FacetValue(
            value=_value(view, view.fields.terms[number]),
            label=value_label(view.lexicon.label(view.fields.terms[number], language), language),
            count=int(counts[number]),
            selected=view.fields.terms[number] in chosen,
        )
        for number in most
    )


def _value(view: IndexView, term: str) -> str:
    """As a filter names it."""
    if term.startswith((CATEGORY, SHOP)):
        return term[len(CATEGORY) :]
    return view.lexicon.label(term, "")


def _named(view: IndexView, field: str) -> str:
    key = field.removeprefix("attribute:")
    return field if key == field else f"attribute:{next(iter(view.lexicon.attributes[key].values()))}"


def _label(view: IndexView, field: str, language: str) -> str:
    key = field.removeprefix("attribute:")
    if key == field:
        return label(field, language)
    names = view.lexicon.attributes[key]
    return option_label(key, language) or names.get(language) or next(iter(names.values()))


def _attributes(view: IndexView, counts: Counts, total: int, language: str, filtered: set[str]) -> list[str]:
    """The attributes worth choosing by, those that most of the products have first. Names in the language of the
    request where there are any in it."""
    fields = view.fields
    products = np.bincount(fields.of_terms, counts, minlength=len(fields.names))
    values = np.bincount(fields.of_terms, counts > 0, minlength=len(fields.names))
    enough = products >= ATTRIBUTE_SHARE_MIN * total
    several = (values >= 2) & (values <= ATTRIBUTE_VALUES_MAX) & (values < products)
    chosen = np.isin(fields.names, list(filtered)) if filtered else np.zeros(len(fields.names), np.bool_)
    worth = [
        (-float(products[number]), fields.names[number])
        for number in np.flatnonzero(fields.is_attribute & ((enough & several) | chosen)).tolist()
    ]
    known = view.lexicon.attributes
    in_language = [each for each in worth if language in known[each[1].removeprefix("attribute:")]]
    return [field for _, field in sorted(in_language or worth)[:ATTRIBUTES_MAX]]


def _price_steps(
    view: IndexView, among: Chosen, conditions: Sequence[Condition], language: str, currency: str
) -> Iterator[FacetValue]:
    """Ranges that hold about as many products each, with round bounds that belong to both their neighbours."""
    all_prices = view.lowest.get(currency)
    if all_prices is None:
        return
    prices = all_prices[among & (all_prices != NO_PRICE)]
    if not len(prices):
        return
    quantiles = np.quantile(prices, np.linspace(0, 1, PRICE_STEPS + 1)[1:-1])
    edges = [0, *sorted({_round(float(each)) for each in quantiles} - {0}), None]
    if len(edges) == 2:
        return  # one range is no choice
    chosen = {(c.filters.price_min, c.filters.price_max) for c in conditions if c.kind == "price"}
    for low, high in pairwise(edges):
        within = prices >= (low or 0)
        if high is not None:
            within &= prices <= high
        if within.any():
            yield FacetValue(
                value=f"{low}-{'' if high is None else high}",
                label=price_label(low or None, high, currency, language),
                count=int(within.sum()),
                selected=(low or None, high) in chosen,
            )


def _round(amount: float) -> int:
    """To the nearest of 1, 1.5, 2, 3, 5, 7 times a power of ten."""
    if amount < 1:
        return 0
    power = 10 ** int(np.floor(np.log10(amount)))
    return int(min((1, 1.5, 2, 3, 5, 7, 10), key=lambda step: abs(step * power - amount)) * power)


def _stock(view: IndexView, among: Chosen, conditions: Sequence[Condition], language: str) -> Facet:
    count = int((among & (view.available > 0)).sum())
    selected = any(condition.filters.in_stock for condition in conditions)
    values = (FacetValue(value="true", label=label("in_stock", language), count=count, selected=selected),)
    return Facet(field="in_stock", label=label("in_stock", language), values=values if count or selected else ())
