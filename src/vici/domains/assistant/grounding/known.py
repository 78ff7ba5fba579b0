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
from vici.kit.money import decimal_amount
from vici.kit.text import composed

Words = tuple[str, ...]

# Fields that are amounts of the currency, not words or counts.
_PRICES = frozenset({"price_minor", "price_max_minor", "original_price_minor", "original_minor", "amount_minor"})
_NAMES = ("name", "names")
LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"')\]]+|(?<![\w@/])/[a-z][\w\-./?=&%#]*|\b[\w.+-]+@[\w-]+\.[\w.-]+"
    r"|\b[a-z0-9][\w-]*(?:\.[\w-]+)*\.(?:com|vn|net|org|shop|store|io|co|info|me|ly|biz|xyz|app|dev)\b(?:/[^\s<>\"')\]]*)?",
    re.IGNORECASE,
)


@dataclass
class KnownProduct:
    ref: str
    names: list[Words] = field(default_factory=list[Words])
    money: set[tuple[str, Decimal]] = field(default_factory=set[tuple[str, Decimal]])
    """Currency and amount, in its whole units: prices and what a discount takes off."""
    percents: set[Decimal] = field(default_factory=set[Decimal])
    in_stock: bool | None = None
    """None where the evidence does not say."""
    variants: list[tuple[frozenset[Words], int]] = field(default_factory=list[tuple[frozenset[Words], int]])
    """The option values of each variant, and how many there are."""
    counts: set[Decimal] = field(default_factory=set[Decimal])
    """How many are available, altogether and of each variant."""
    numbers: set[Decimal] = field(default_factory=set[Decimal])
    """Attributes that are plain numbers."""


@dataclass
class Known:
    """Everything below is folded words."""

    products: dict[str, KnownProduct] = field(default_factory=dict[str, KnownProduct])
    lines: list[Words] = field(default_factory=list[Words])
    """Every string of the evidence, sentence by sentence."""
    numbers: set[tuple[str, Decimal]] = field(default_factory=set[tuple[str, Decimal]])
    """What is counted and how much, of every number in those strings that is no money."""
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

    @cached_property
    def _told(self) -> str:
        return _joined(self.lines)

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


def known_from(evidence: Iterable[Evidence], said: Iterable[str]) -> Known:
    known = Known()
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


@lru_cache(maxsize=4096)
def words_in(text: str) -> Words:
    """Folded words, numbers as they are written; marks left out."""
    return tuple(token.plain for token in written_words(tokens_of(composed(text))))


def heavy(words: Words) -> Words:
    """Those that say something."""
    return tuple(word for word in words if word not in LIGHT)


def _joined(lines: Iterable[Words]) -> str:
    return "".join(f" {' '.join(line)} \n" for line in lines)


def _take_product(product: KnownProduct, fields: Mapping[str, Any]) -> None:
    for name in _NAMES:
        texts: list[str] = [fields[name]] if isinstance(fields.get(name), str) else list(fields.get(name) or ())
        product.names += [words_in(text) for text in texts]
    if "in_stock" in fields:
        product.in_stock = bool(fields["in_stock"])
    if "available" in fields:
        product.counts.add(Decimal(fields["available"]))
    variants: Sequence[Mapping[str, Any]] = fields.get("variants") or ()
    for variant in variants:
        if "available" in variant:
            options: Mapping[str, str] = variant.get("options") or {}
            product.variants.append((frozenset(map(words_in, options.values())), int(variant["available"])))
            product.counts.add(Decimal(variant["available"]))
    currency = str(fields.get("currency") or "VND")
    for prices in (fields, *variants):
        _take_prices(product, prices, str(prices.get("currency") or currency))


def _take_prices(product: KnownProduct, prices: Mapping[str, Any], currency: str) -> None:
    amounts = [decimal_amount(int(prices[name]), currency) for name in _PRICES if prices.get(name) is not None]
    product.money |= {(currency, amount) for amount in amounts}
    price = prices.get("price_minor", prices.get("amount_minor"))
    original = prices.get("original_price_minor", prices.get("original_minor"))
    if price is not None and original:
        product.money.add((currency, decimal_amount(int(original) - int(price), currency)))
        off = 100 * (1 - Decimal(int(price)) / Decimal(int(original)))
        product.percents |= {off.__floor__() + Decimal(0), off.__ceil__() + Decimal(0)}


def _take_value(known: Known, product: KnownProduct | None, kind: str, name: str, value: str | int | float) -> None:
    if name.rpartition(".")[2] in _PRICES:
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
    known.numbers.add((amount.unit or amount.kind, amount.value))
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
