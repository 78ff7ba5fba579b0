"""What filters the words of a query ask for."""

from collections.abc import Sequence
from typing import NamedTuple

from vici.domains.search.rules.lexicon import Lexicon, Named
from vici.domains.search.rules.prices import PriceWords, read_prices
from vici.domains.search.rules.stock_words import stock_places
from vici.kit.text import Word, composed, words


class Place(NamedTuple):
    start: int
    end: int


class Asked(NamedTuple):
    """A filter that the words may ask for."""

    place: Place
    """In the composed text."""
    words: str
    kind: str
    """`price`, `stock`, `category`, `brand`, `shop` or `attribute`; `exclusion` of what it names."""
    price: PriceWords | None = None
    named: Named | None = None

    @property
    def chip_id(self) -> str:
        """The same for the same words, whatever else stands in the query."""
        return f"{self.kind}:{self.words.lower()}"


def read_limits(text: str) -> list[Asked]:
    """Prices and stock, in the order they stand, no word read twice."""
    text = composed(text)
    prices = read_prices(text)
    asked = [_asked(text, Place(price.start, price.end), "price", price=price) for price in prices]
    free = [
        word for word in words(text) if not any(_overlap(each.place, Place(word.start, word.end)) for each in asked)
    ]
    for first, last in stock_places(free):
        asked.append(_asked(text, Place(free[first].start, free[last].end), "stock"))
    return sorted(asked, key=lambda each: each.place)


def read_names(text: str, read: Sequence[Word], lexicon: Lexicon) -> list[Asked]:
    """What the words of a text name, in the order they stand; of what names one thing in several fields, all readings.
    The words may be spelt otherwise than they stand there."""
    text = composed(text)
    return [
        _asked(text, Place(read[named.first].start, read[named.last].end), named.field.partition(":")[0], named=named)
        for named in lexicon.named(read)
    ]


def _asked(text: str, place: Place, kind: str, price: PriceWords | None = None, named: Named | None = None) -> Asked:
    return Asked(place, text[place.start : place.end], kind, price, named)


def _overlap(one: Place, other: Place) -> bool:
    return one.start < other.end and other.start < one.end
