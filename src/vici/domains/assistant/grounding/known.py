"""What the evidence of a turn supports."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, cast

from vici.domains.assistant.grounding.amounts import Amount, read_amounts, tokens_of, written_words
from vici.domains.assistant.grounding.wordings import LIGHT
from vici.domains.conversations.api import Evidence
from vici.kit.money import decimal_amount, percent_off
from vici.kit.text import composed

Words = tuple[str, ...]
Sum = tuple[str, Decimal]
"""A currency and an amount in its whole units."""

# Fields that are amounts of the currency, not words or counts.
_PRICES = frozenset({"price_minor", "price_max_minor", "amount_minor"})
_ORIGINALS = frozenset({"original_price_minor", "original_minor"})
_NAMES = ("name", "names")
# The words of texts up to this length are kept for the next turn: names and values, not messages and descriptions.
_KEPT = 100
LINK = re.compile(
    r"(?i:h(?:tt|xx)ps?://|www\.)[^\s<>\"')\]]+|(?<![\w@/])/[A-Za-z][\w\-./?=&%#]*|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.[\w.-]+"
    # A name of a computer, with its dot disguised or not. Where two sentences meet without a space, the second begins
    # with a capital.
    r"|(?<![\w.])[A-Za-z0-9][A-Za-z0-9-]*+(?:\s?[\[({](?:\.|dot)[\])}]\s?[A-Za-z0-9-]+)+(?:/[^\s<>\"')\]]*)?"
    r"|(?<![\w.])[A-Za-z0-9][A-Za-z0-9-]*+(?:\.[A-Za-z0-9-]+)*?\.(?:[a-z]{2,24}|[A-Z]{2,24})(?!\w|\.\w)"
    r"(?:/[^\s<>\"')\]]*)?"
)


@dataclass(frozen=True)
class KnownVariant:
    values: frozenset[Words]
    """Of its options."""
    available: int
    prices: frozenset[Sum]


@dataclass
class KnownProduct:
    ref: str
    names: list[Words] = field(default_factory=list[Words])
    prices: set[Sum] = field(default_factory=set[Sum])
    """What it and its variants cost now."""
    originals: set[Sum] = field(default_factory=set[Sum])
    """What they cost before a discount."""
    savings: set[Sum] = field(default_factory=set[Sum])
    """What the discount takes off."""
    off: set[Decimal] = field(default_factory=set[Decimal])
    """The same in whole percent."""
    percents: set[Decimal] = field(default_factory=set[Decimal])
    """Those its texts state: 100 % cotton."""
    in_stock: bool | None = None
    """None where the evidence does not say."""
    available: Decimal | None = None
    """Of all variants together."""
    variants: list[KnownVariant] = field(default_factory=list[KnownVariant])
    counts: set[Decimal] = field(default_factory=set[Decimal])
    """How many are available, altogether and of each variant."""
    numbers: set[Decimal] = field(default_factory=set[Decimal])
    """Attributes that are plain numbers."""
    facts: set[tuple[str, Decimal]] = field(default_factory=set[tuple[str, Decimal]])
    """What is counted and how much, of every number in its texts that is no money."""

    def variants_in(self, words: Words) -> list[KnownVariant]:
        """Those that these words name: with most of their options in them."""
        # By words, so that navy blue is not blue.
        named = [(sum(len(value) for value in each.values if stands_in(value, words)), each) for each in self.variants]
        most = max((match for match, _ in named), default=0)
        return [each for match, each in named if most and match == most]


@dataclass
class Known:
    """Everything below is folded words."""

    products: dict[str, KnownProduct] = field(default_factory=dict[str, KnownProduct])
    lines: list[Words] = field(default_factory=list[Words])
    """Every string of the evidence, sentence by sentence."""
    numbers: set[tuple[str, Decimal]] = field(default_factory=set[tuple[str, Decimal]])
    """What is counted and how much, of every number in pages and searches that is no money."""
    counts: set[Decimal] = field(default_factory=set[Decimal])
    """Numbers the evidence gives as such: how many were found."""
    fees: set[tuple[str, Decimal]] = field(default_factory=set[tuple[str, Decimal]])
    """Money that documents name: a delivery fee, a least order value."""
    asked: set[Decimal] = field(default_factory=set[Decimal])
    """Numbers that the shopper named: may be repeated as a limit, never as a price."""
    labels: set[Words] = field(default_factory=set[Words])
    """What the search says it searched by or gave up."""
    said: list[Words] = field(default_factory=list[Words])
    urls: set[str] = field(default_factory=set[str])
    shop: Words = ()
    """Its name."""
    brands: dict[str, list[Words]] = field(default_factory=dict[str, list[Words]])
    """By their first word: whatever brands it sells, whether the evidence speaks of them or not."""

    @cached_property
    def _told(self) -> str:
        return _joined([*self.lines, self.shop])

    @cached_property
    def _said(self) -> str:
        return _joined(self.said)

    @cached_property
    def statements(self) -> list[Words]:
        """The lines less their light words."""
        return [heavy(line) for line in self.lines]

    def stands(self, words: Words) -> bool:
        """Whether these words stand next to each other in a string of the evidence."""
        return f" {' '.join(words)} " in self._told

    def was_said(self, words: Words) -> bool:
        return f" {' '.join(words)} " in self._said


def known_from(
    evidence: Iterable[Evidence], said: Iterable[str], *, shop_name: str = "", brands: Iterable[str] = ()
) -> Known:
    known = Known(shop=words_in(shop_name))
    for brand in filter(None, map(words_in, brands)):
        known.brands.setdefault(brand[0], []).append(brand)
    for each in evidence:
        product = None
        if each.kind in ("product", "stock"):
            product = known.products.setdefault(each.ref, KnownProduct(each.ref))
            _take_product(product, each.fields)
        for name, value in _values(each.fields):
            _take_value(known, product, each.kind, name, value)
        if product:
            known.lines += product.names
    for text in said:
        known.said.append(words_in(text))
        known.asked |= {amount.value for amount in read_amounts(text)}
    return known


def words_in(text: str) -> Words:
    """Folded words, numbers as they are written; marks left out."""
    return _kept_words(text) if len(text) <= _KEPT else _words_in(text)


@lru_cache(maxsize=4096)
def _kept_words(text: str) -> Words:
    return _words_in(text)


def _words_in(text: str) -> Words:
    return tuple(token.plain for token in written_words(tokens_of(composed(text))))


def heavy(words: Words) -> Words:
    """Those that say something."""
    return tuple(word for word in words if word not in LIGHT)


def stands_in(words: Words, line: Words) -> bool:
    size = len(words)
    return size > 0 and any(line[at : at + size] == words for at in range(len(line) - size + 1))


def _joined(lines: Iterable[Words]) -> str:
    return "".join(f" {' '.join(line)} \n" for line in lines)


def _take_product(product: KnownProduct, fields: Mapping[str, Any]) -> None:
    for name in _NAMES:
        texts: list[str] = [fields[name]] if isinstance(fields.get(name), str) else list(fields.get(name) or ())
        product.names += [words_in(text) for text in texts]
    if "in_stock" in fields:
        product.in_stock = bool(fields["in_stock"])
    if "available" in fields:
        product.available = Decimal(fields["available"])
        product.counts.add(product.available)
    currency = str(fields.get("currency") or "VND")
    _take_prices(product, fields, currency)
    variants: Sequence[Mapping[str, Any]] = fields.get("variants") or ()
    for variant in variants:
        _take_variant(product, variant, str(variant.get("currency") or currency))


def _take_variant(product: KnownProduct, fields: Mapping[str, Any], currency: str) -> None:
    prices = _take_prices(product, fields, currency)
    if "available" not in fields:
        return
    options: Mapping[str, str] = fields.get("options") or {}
    available = int(fields["available"])
    product.variants.append(KnownVariant(frozenset(map(words_in, options.values())), available, prices))
    product.counts.add(Decimal(available))


def _take_prices(product: KnownProduct, fields: Mapping[str, Any], currency: str) -> frozenset[Sum]:
    """What it costs now."""

    def sums(names: Iterable[str]) -> set[Sum]:
        return {
            (currency, decimal_amount(int(fields[name]), currency)) for name in names if fields.get(name) is not None
        }

    prices = sums(_PRICES)
    product.prices |= prices
    product.originals |= sums(_ORIGINALS)
    price = fields.get("price_minor", fields.get("amount_minor"))
    original = fields.get("original_price_minor", fields.get("original_minor"))
    if price is not None and original and int(original) > int(price):
        product.savings.add((currency, decimal_amount(int(original) - int(price), currency)))
        product.off.add(Decimal(percent_off(int(price), int(original))))
    return frozenset(prices)


def _take_value(known: Known, product: KnownProduct | None, kind: str, name: str, value: str | int | float) -> None:
    if name.rpartition(".")[2] in _PRICES | _ORIGINALS:
        return
    if not isinstance(value, str):
        if product:
            product.numbers.add(Decimal(str(value)))
        else:
            known.counts.add(Decimal(str(value)))
        return
    if name in ("url", "image_url"):
        known.urls.add(value)
        return
    if kind == "policy":  # the shop's own pages may name addresses; what a seller writes about a product may not
        known.urls |= {match.group().rstrip(".,;:!?…") for match in LINK.finditer(value)}
    if kind == "search":
        known.labels.add(words_in(value))
    for amount in read_amounts(value):
        _take_amount(known, product, amount)
    label = name.rpartition(".")[2]
    known.lines += [words for sentence in sentences_of(value) if (words := words_in(sentence))]
    if kind in ("product", "stock") and "." in name:
        known.lines += [words_in(label), words_in(f"{label} {value}")]


def _take_amount(known: Known, product: KnownProduct | None, amount: Amount) -> None:
    if amount.kind == "money":
        known.fees.add((amount.currency or "", amount.value))
        return
    (product.facts if product else known.numbers).add((amount.unit or amount.kind, amount.value))
    if product and amount.kind == "percent":
        product.percents.add(amount.value)


def _values(fields: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str | int | float]]:
    """Every plain value with the path of names that leads to it."""
    for name, value in fields.items():
        here = f"{path}.{name}" if path else name
        if isinstance(value, bool) or value is None:
            continue
        if isinstance(value, str | int | float):
            yield here, value
        elif isinstance(value, Mapping):
            yield from _values(cast("Mapping[str, Any]", value), here)
        else:
            for item in cast("Sequence[Any]", value):
                if isinstance(item, Mapping):
                    yield from _values(cast("Mapping[str, Any]", item), here)
                else:
                    yield from _values({"": item}, here)


def sentences_of(text: str) -> list[str]:
    """The sentences and lines of a text."""
    return [text[start:end] for start, end in sentence_spans(text)]


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Where its sentences and lines stand: ended by a line's end, or by . ! ? ; before a space."""
    spans: list[tuple[int, int]] = []
    start = 0
    for at, character in enumerate(text):
        follows = text[at + 1 : at + 2]
        if character == "\n" or (character in ".!?;…" and (not follows or follows.isspace())):
            if text[start : at + 1].strip():
                spans.append((start, at + 1))
            start = at + 1
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans
