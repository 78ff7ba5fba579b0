"""Prices and stock counts that a reply tells, held against the catalogue and the stock.

Shares no code with the assistant's own check, and is far simpler: it reads only amounts written with ₫ or $ and counts
written as the assistant writes them, so that a fault in the assistant's check does not hide itself.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from vici.domains.catalog.api import Product
from vici.domains.inventory.api import Level

_MONEY = re.compile(r"\$ ?(?P<dollars>\d[\d,]*(?:\.\d\d)?)|(?P<amount>\d[\d.,]*) ?(?P<sign>₫|US\$)")
_LEFT = re.compile(r"(?i)\b(?:còn|hiện có) (\d+)(?=[^\d%]*(?:$|[.,!;\n]))|\b(\d+) left\b")
# A limit that was searched by, a page's title, what a seller wrote.
_QUOTED = re.compile(r"“[^”]*”")
_DECIMALS = {"VND": 0}


@dataclass(frozen=True)
class ForSale:
    """A product that the reply is about."""

    names: tuple[str, ...]
    """In every language."""
    product: Product
    levels: tuple[Level, ...]

    def sums(self) -> set[tuple[str, Decimal]]:
        """What its variants cost and cost before."""
        prices = [price for variant in self.product.variants for price in variant.prices]
        minors = [(each.currency, each.amount_minor) for each in prices]
        minors += [(each.currency, each.original_minor) for each in prices if each.original_minor]
        return {(currency, Decimal(minor).scaleb(-_DECIMALS.get(currency, 2))) for currency, minor in minors}

    def counts(self) -> set[int]:
        """What is left of each variant, of those that share an option, and of all."""
        left = {each.variant_id: each.available for each in self.levels}
        of_options: dict[tuple[str, str], int] = {}
        for variant in self.product.variants:
            for option in variant.options.items():
                of_options[option] = of_options.get(option, 0) + left.get(variant.variant_id, 0)
        return {*left.values(), *of_options.values(), sum(left.values())}


def untrue_figures(text: str, for_sale: Sequence[ForSale], pages: str, said: str) -> Iterator[str]:
    """A price in a line that names a product has to be one of its prices; in another, of any product of the reply, the
    difference of two, on a page it quotes, or what the shopper said."""
    quoted = {each for _, each in _amounts(pages)} | {each for _, each in _amounts(said)}
    all_sums = {each for product in for_sale for each in product.sums()}
    gaps = {(one[0], abs(one[1] - two[1])) for one in all_sums for two in all_sums if one[0] == two[0]}
    for line in text.splitlines():
        named = _named(line, for_sale)
        sums = {each for product in named for each in product.sums()} or all_sums
        allowed = sums | gaps if len(for_sale) > 1 and re.search(r"(?i)hơn|cheaper|less|more", line) else sums
        for told in _amounts(_QUOTED.sub(" ", line)):
            if told not in allowed and told[1] not in quoted:
                yield f"no price of what is spoken of: {told[1]} {told[0]} in {line!r}"
        counts = {count for product in named or for_sale for count in product.counts()}
        for match in _LEFT.finditer(line):
            if int(match[1] or match[2]) not in counts:
                yield f"not what is left: {match.group()!r} in {line!r}"


def _named(line: str, for_sale: Sequence[ForSale]) -> list[ForSale]:
    """Those named in the line; of iPhone 15 and iPhone 15 Plus the longer where it stands."""
    found: list[ForSale] = []
    rest = line.lower()
    for name, product in sorted(((name.lower(), each) for each in for_sale for name in each.names), key=_longest):
        if name in rest:
            found.append(product)
            rest = rest.replace(name, " ")
    return found


def _longest(named: tuple[str, ForSale]) -> int:
    return -len(named[0])


def _amounts(text: str) -> Iterator[tuple[str, Decimal]]:
    for match in _MONEY.finditer(text):
        if dollars := match["dollars"]:
            yield "USD", Decimal(dollars.replace(",", ""))
        elif match["sign"] == "US$":
            yield "USD", Decimal(match["amount"].replace(".", "").replace(",", "."))
        else:
            yield "VND", Decimal(re.sub(r"[.,]", "", match["amount"]))
