"""What a list of products shows, as its address says it: words, filters, order, how many."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from vici.domains.search.api import Filters, SearchProducts, Sort
from vici.kit.money import BadAmount, decimal_amount, decimals, minor_units
from vici.web.storefront.address import from_address

PAGE = 24
# The search gives at most 200 at once; beyond this the list goes on from a cursor.
SHOWN_MAX = 192
WORDS_MAX = 500
_ATTRIBUTE = "attribute:"


@dataclass(frozen=True)
class Listing:
    words: str = ""
    categories: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    shops: tuple[str, ...] = ()
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    price_min: int | None = None
    """In minor units of `currency`, which addresses write as an amount."""
    price_max: int | None = None
    currency: str = "VND"
    usual_currency: str = "VND"
    """What addresses need not name."""
    in_stock: bool = False
    keep_words: tuple[str, ...] = ()
    correct: bool = True
    sort: Sort = Sort.RELEVANCE
    shown: int = PAGE
    """How many from the top; with a cursor too, only the last page of them is asked for."""
    cursor: str | None = None

    @property
    def counted(self) -> bool:
        """Whether it is known how many stand above."""
        return self.cursor is None or self.shown > PAGE

    @property
    def is_filtered(self) -> bool:
        return bool(self.categories or self.brands or self.shops or self.attributes or self.is_priced or self.in_stock)

    @property
    def is_priced(self) -> bool:
        return self.price_min is not None or self.price_max is not None

    def request(self, language: str, within: Filters) -> SearchProducts:
        """What to ask the search. `within` is what the page itself stands for: a category, a brand, a shop."""
        filters = from_address(
            Filters,
            category_ids=self.categories or within.category_ids,
            brands=within.brands or self.brands,
            shop_ids=within.shop_ids or self.shops,
            attributes=dict(self.attributes),
            price_min=self.price_min,
            price_max=self.price_max,
            currency=self.currency if self.is_priced else None,
            in_stock=True if self.in_stock else None,
        )
        return from_address(
            SearchProducts,
            words=self.words,
            language=language,
            filters=filters,
            keep_words=self.keep_words,
            correct=self.correct,
            sort=self.sort,
            facets=self.cursor is None,
            cursor=self.cursor,
            limit=PAGE if self.cursor else self.shown,
        )

    def query(self) -> str:
        """The address's query: the same for the same list, and nothing in it that is as usual."""
        return urlencode(self.pairs(), safe=":")

    def pairs(self) -> list[tuple[str, str]]:
        """The names and values of the address, as a form sends them."""
        pairs: list[tuple[str, str]] = [("q", self.words)] if self.words else []
        pairs += [("category", each) for each in self.categories]
        pairs += [("brand", each) for each in self.brands]
        pairs += [("shop", each) for each in self.shops]
        pairs += [(_ATTRIBUTE + name, each) for name, values in self.attributes.items() for each in values]
        pairs += [("price_min", self.amount(self.price_min))] if self.price_min is not None else []
        pairs += [("price_max", self.amount(self.price_max))] if self.price_max is not None else []
        pairs += [("currency", self.currency)] if self.is_priced and self.currency != self.usual_currency else []
        pairs += [("in_stock", "1")] if self.in_stock else []
        pairs += [("keep", each) for each in self.keep_words]
        pairs += [("exact", "1")] if not self.correct else []
        pairs += [("sort", self.sort.value)] if self.sort != Sort.RELEVANCE else []
        pairs += [("shown", str(self.shown))] if self.shown != PAGE else []
        pairs += [("cursor", self.cursor)] if self.cursor else []
        return pairs

    def amount(self, minor: int | None) -> str:
        """As an address and a number field write it."""
        return "" if minor is None else f"{decimal_amount(minor, self.currency):f}"

    def priced(self, low: int | None, high: int | None) -> "Listing":
        return replace(self, price_min=low, price_max=high, shown=PAGE, cursor=None)

    def has(self, field_name: str, value: str) -> bool:
        """Whether this filter was chosen, not read from the words."""
        return (field_name, value) in self.pairs()

    def without(self, field_name: str, value: str = "") -> "Listing":
        """The same list with one filter taken back."""
        start = replace(self, shown=PAGE, cursor=None)
        match field_name:
            case "category":
                return replace(start, categories=_less(self.categories, value))
            case "brand":
                return replace(start, brands=_less(self.brands, value))
            case "shop":
                return replace(start, shops=_less(self.shops, value))
            case "price":
                return self.priced(None, None)
            case "in_stock":
                return replace(start, in_stock=False)
            case _:
                name = field_name.removeprefix(_ATTRIBUTE)
                left = {**self.attributes, name: _less(self.attributes.get(name, ()), value)}
                return replace(start, attributes={each: values for each, values in left.items() if values})

    def unfiltered(self) -> "Listing":
        return Listing(
            self.words,
            currency=self.currency,
            usual_currency=self.usual_currency,
            keep_words=self.keep_words,
            correct=self.correct,
            sort=self.sort,
        )

    def as_typed(self) -> "Listing":
        """Insist on the spelling."""
        return replace(self, correct=False, shown=PAGE, cursor=None)

    def keeping(self, chip_id: str) -> "Listing":
        """Take a chip back: its words are searched for."""
        return replace(self, keep_words=(*_less(self.keep_words, chip_id), chip_id), shown=PAGE, cursor=None)

    def for_words(self, words: str) -> "Listing":
        return replace(self, words=words, correct=True, shown=PAGE, cursor=None)

    def longer(self, next_cursor: str) -> "Listing":
        """The address of the list with one page more; very long lists go on from a cursor instead."""
        if self.counted and self.shown + PAGE <= SHOWN_MAX:
            return replace(self, shown=self.shown + PAGE, cursor=None)
        return replace(self, shown=PAGE, cursor=next_cursor)


def listing_of(query: QueryParams, usual_currency: str) -> Listing:
    """Reads an address. What a person may have mangled (an empty field, a price in words) counts as not given."""
    attributes: dict[str, tuple[str, ...]] = {}
    for name, value in query.multi_items():
        if name.startswith(_ATTRIBUTE) and len(name) > len(_ATTRIBUTE) and value:
            attributes[name.removeprefix(_ATTRIBUTE)] = (*attributes.get(name.removeprefix(_ATTRIBUTE), ()), value)
    named = query.get("currency", "")
    currency = named if re.fullmatch("[A-Z]{3}", named) else usual_currency
    shown = _number(query.get("shown")) or PAGE
    sort = query.get("sort", "")
    return Listing(
        words=query.get("q", "")[:WORDS_MAX].strip(),
        categories=_given(query, "category"),
        brands=_given(query, "brand"),
        shops=_given(query, "shop"),
        attributes=attributes,
        price_min=_minor(query.get("price_min"), currency),
        price_max=_minor(query.get("price_max"), currency),
        currency=currency,
        usual_currency=usual_currency,
        in_stock=query.get("in_stock") == "1",
        keep_words=_given(query, "keep"),
        correct=query.get("exact") != "1",
        sort=Sort(sort) if sort in {each.value for each in Sort} else Sort.RELEVANCE,
        shown=min(max(shown - shown % PAGE, PAGE), SHOWN_MAX),
        cursor=query.get("cursor") or None,
    )


def _given(query: QueryParams, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in query.getlist(name) if value))


def _number(written: str | None) -> int | None:
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 6 else None


def _minor(written: str | None, currency: str) -> int | None:
    """Thousands marks are let pass where the currency has no decimals to mistake them for."""
    amount = (written or "").replace(" ", "").replace(",", "")
    try:
        return minor_units(amount if decimals(currency) else amount.replace(".", ""), currency)
    except BadAmount:
        return None


def _less(values: Iterable[str], value: str) -> tuple[str, ...]:
    return tuple(each for each in values if each != value)
