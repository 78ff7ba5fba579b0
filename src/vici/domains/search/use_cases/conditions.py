"""The filters of a request and of its words, as the products that pass them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR
from typing import Any, Literal

import numpy as np

from vici.domains.search.api import Filters, Relaxation
from vici.domains.search.rules.documents import BRAND, CATEGORY, SHOP, attribute_key, filter_key
from vici.domains.search.rules.filters import Asked
from vici.domains.search.rules.labels import exclusion_label, label, price_label, value_label
from vici.domains.search.rules.lexicon import field_of
from vici.domains.search.rules.prices import PriceWords
from vici.domains.search.rules.ranking import beginnings, opening
from vici.domains.search.store import NO_PRICE, Chosen, IndexView
from vici.kit.money import decimals
from vici.kit.text import words

Kind = Literal["attribute", "stock", "price", "exclusion", "brand", "category", "shop"]
# What is given up first when nothing passes all.
RELAXED_IN_ORDER: tuple[Kind, ...] = ("attribute", "stock", "price", "exclusion", "brand", "category", "shop")
# `under 300` where the currency has no decimals may mean thousands or millions.
_SCALES = (1, 1_000, 1_000_000)


@dataclass(frozen=True, eq=False)
class Condition:
    kind: Kind
    field: str
    """`category`, `brand`, `shop`, `price`, `in_stock`, or `attribute:<key of its name>`; with `not:` before it where
    that is ruled out, which choosing another value does not replace."""
    label: str
    passed: Chosen
    filters: Filters
    """The condition alone, as a filter."""
    terms: tuple[str, ...] = ()
    """The filter terms of which a product has one; none for prices and stock."""
    asked: Asked | None = None
    """The words it was read from; absent when the request names it."""


@dataclass(frozen=True)
class Shopfloor:
    """What conditions are made from."""

    view: IndexView
    language: str
    currency: str
    """Of prices that name none."""

    def given(self, filters: Filters) -> list[Condition]:
        """Those a request names."""
        conditions: list[Condition] = []
        if filters.category_ids:
            terms = [CATEGORY + each for each in filters.category_ids]
            conditions.append(self._of_terms("category", "category", terms, Filters(category_ids=filters.category_ids)))
        if filters.brands:
            terms = [BRAND + filter_key(each) for each in filters.brands]
            conditions.append(self._of_terms("brand", "brand", terms, Filters(brands=filters.brands)))
        if filters.shop_ids:
            terms = [SHOP + each for each in filters.shop_ids]
            conditions.append(self._of_terms("shop", "shop", terms, Filters(shop_ids=filters.shop_ids)))
        for name, values in filters.attributes.items():
            terms = [attribute_key(name, value) for value in values]
            field = f"attribute:{filter_key(name)}"
            conditions.append(self._of_terms("attribute", field, terms, Filters(attributes={name: values})))
        if filters.not_category_ids:
            terms = [CATEGORY + each for each in filters.not_category_ids]
            conditions.append(self._excluded(terms, Filters(not_category_ids=filters.not_category_ids)))
        if filters.not_brands:
            terms = [BRAND + filter_key(each) for each in filters.not_brands]
            conditions.append(self._excluded(terms, Filters(not_brands=filters.not_brands)))
        for name, values in filters.not_attributes.items():
            terms = [attribute_key(name, value) for value in values]
            conditions.append(self._excluded(terms, Filters(not_attributes={name: values})))
        if filters.price_min is not None or filters.price_max is not None:
            currency = filters.currency or self.view.usual_currency(self.currency)
            conditions.append(self._price(filters.price_min, filters.price_max, currency, None))
        if filters.in_stock is not None:
            conditions.append(self._stock(filters.in_stock, None))
        return conditions

    def asked(self, asked: Asked, fitting: Chosen) -> Condition:
        """One that was read from words; `fitting` are the products that the other words fit."""
        if asked.kind == "exclusion":
            return self._asked_exclusion(asked)
        if asked.named:
            named = asked.named
            # What is called exactly so, where anything is; else what the words are a part of.
            terms, field = tuple(each for each in named.terms if each in named.whole) or named.terms, named.field
            condition = self._of_terms(self._kind(field), field, terms, self._filters(terms), asked)
            return replace(condition, passed=condition.passed | self._so_named(asked.words, condition.kind))
        if asked.price:
            return self._asked_price(asked, asked.price, fitting)
        return self._stock(True, asked)

    def _asked_exclusion(self, asked: Asked) -> Condition:
        assert asked.named is not None
        named = asked.named
        whole = tuple(each for each in named.terms if each in named.whole) or named.terms
        terms = named.terms if self._kind(named.field) == "attribute" else whole  # no red, no wine red
        wanted = self._filters(terms)
        filters = Filters(
            not_category_ids=wanted.category_ids, not_brands=wanted.brands, not_attributes=wanted.attributes
        )
        told = {name: getattr(filters, name) for name in Filters.model_fields if getattr(filters, name)}
        name = words(asked.words)[-1 - named.last + named.first :]
        so_named = self._so_named(" ".join(word.form for word in name), self._kind(named.field))
        condition = self._excluded(terms, Filters(**told), asked, so_named)
        return replace(condition, label=exclusion_label(self._labels(whole), self.language))

    def _excluded(
        self, terms: Sequence[str], filters: Filters, asked: Asked | None = None, so_named: Chosen | None = None
    ) -> Condition:
        """Products that are none of this; of attributes, those that come in something else as well pass, too."""
        view, field = self.view, field_of(terms[0])
        passed = ~view.having(terms) if so_named is None else ~(view.having(terms) | so_named)
        if self._kind(field) == "attribute":
            passed |= view.having(each for each in view.fields.of(field) if each not in terms)
        label = exclusion_label(self._labels(terms), self.language)
        return Condition("exclusion", f"not:{field}", label, passed, filters, asked=asked)

    def _labels(self, terms: Sequence[str]) -> str:
        labels = [value_label(self.view.lexicon.label(term, self.language), self.language) for term in terms]
        return ", ".join(dict.fromkeys(labels))

    def _so_named(self, text: str, kind: Kind) -> Chosen:
        """Products that are what the words say by their names, wherever somebody filed them: an attribute when the name
        has the words, a category when a Vietnamese name begins with them."""
        found = words(text)
        naming = self.view.naming([word.plain if word.form.isascii() else word.form for word in found])
        if kind == "attribute":
            return naming
        begun = np.zeros_like(naming)
        if kind == "category":
            slots = np.flatnonzero(naming)
            titles = [self.view.titles[slot] for slot in slots.tolist()]
            accented = any(not word.form.isascii() for word in found)
            begun[slots] = beginnings(titles, opening([word.plain for word in found], accented=accented)) > 0
        return begun

    def _asked_price(self, asked: Asked, price: PriceWords, fitting: Chosen) -> Condition:
        currency = price.currency or self.view.usual_currency(self.currency)
        places = decimals(currency)

        def scaled(scale: int) -> Condition:
            low, high = (None if bound is None else (bound * scale).scaleb(places) for bound in (price.low, price.high))
            return self._price(
                None if low is None else int(low.to_integral_value(ROUND_CEILING)),
                None if high is None else int(high.to_integral_value(ROUND_FLOOR)),
                currency,
                asked,
            )

        if price.currency or places:
            return scaled(1)
        # The smallest upper bound that buys anything; the largest lower bound that leaves anything.
        scales = _SCALES if price.high is not None else tuple(reversed(_SCALES))
        return next((each for each in map(scaled, scales) if (each.passed & fitting).any()), scaled(1))

    @staticmethod
    def _kind(field: str) -> Kind:
        kinds: Mapping[str, Kind] = {"category": "category", "brand": "brand", "shop": "shop"}
        return kinds.get(field, "attribute")

    def _filters(self, terms: Sequence[str]) -> Filters:
        """The filter terms of one field as a request would name them."""
        lexicon = self.view.lexicon
        match field_of(terms[0]):
            case "category":
                return Filters(category_ids=tuple(term.removeprefix(CATEGORY) for term in terms))
            case "brand":
                return Filters(brands=tuple(lexicon.label(term, self.language) for term in terms))
            case "shop":
                return Filters(shop_ids=tuple(term.removeprefix(SHOP) for term in terms))
            case field:
                name = next(iter(lexicon.attributes[field.removeprefix("attribute:")].values()))
                return Filters(attributes={name: tuple(lexicon.label(term, "") for term in terms)})

    def _of_terms(
        self, kind: Kind, field: str, terms: Sequence[str], filters: Filters, asked: Asked | None = None
    ) -> Condition:
        return Condition(kind, field, self._labels(terms), self.view.having(terms), filters, tuple(terms), asked)

    def _price(self, low: int | None, high: int | None, currency: str, asked: Asked | None) -> Condition:
        prices = self.view.lowest.get(currency)
        passed = np.zeros(len(self.view.records), np.bool_) if prices is None else prices != NO_PRICE
        if prices is not None and low is not None:
            passed &= prices >= low
        if prices is not None and high is not None:
            passed &= prices <= high
        filters = Filters(price_min=low, price_max=high, currency=currency)
        return Condition(
            "price", "price", price_label(low, high, currency, self.language), passed, filters, asked=asked
        )

    def _stock(self, wanted: bool, asked: Asked | None) -> Condition:
        passed = (self.view.available > 0) == wanted
        name = label("in_stock" if wanted else "out_of_stock", self.language)
        return Condition("stock", "in_stock", name, passed, Filters(in_stock=wanted), asked=asked)


def passing(conditions: Iterable[Condition], among: Chosen) -> Chosen:
    """Of these products, the ones that pass all."""
    passed = among
    for condition in conditions:
        passed = passed & condition.passed
    return passed


def relaxed(
    conditions: Sequence[Condition], anything: Callable[[Sequence[Condition]], bool]
) -> tuple[list[Condition], list[Relaxation]]:
    """As many of the conditions as still let something pass, and those given up: kind by kind in the stated order, then
    back what turns out not to be to blame."""
    kept = list(conditions)
    dropped: list[Condition] = []
    for kind in RELAXED_IN_ORDER:
        if anything(kept):
            break
        dropped += [each for each in kept if each.kind == kind]
        kept = [each for each in kept if each.kind != kind]
    for condition in dropped:
        if anything([*kept, condition]):
            kept.append(condition)
    given_up = [each for each in dropped if each not in kept]
    return kept, [Relaxation(kind=each.kind, label=each.label, chosen=each.asked is None) for each in given_up]


def merged(conditions: Iterable[Condition]) -> Filters:
    """All of them as one filter; of one field there is one condition, but of prices there may be more."""
    facts: dict[str, Any] = {}
    for condition in conditions:
        told = {name: getattr(condition.filters, name) for name in condition.filters.model_fields_set}
        if "attributes" in told:
            told["attributes"] = {**facts.get("attributes", {}), **told["attributes"]}
        for name in ("not_category_ids", "not_brands"):
            if name in told:
                told[name] = tuple(dict.fromkeys([*facts.get(name, ()), *told[name]]))
        if "not_attributes" in told:
            before: dict[str, tuple[str, ...]] = facts.get("not_attributes", {})
            more = {name: (*before.get(name, ()), *values) for name, values in told["not_attributes"].items()}
            told["not_attributes"] = {**before, **more}
        for bound, stricter in (("price_min", max), ("price_max", min)):
            bounds = [each for each in (facts.get(bound), told.get(bound)) if each is not None]
            told |= {bound: stricter(bounds)} if bounds else {}
        facts |= told
    return Filters(**facts)
