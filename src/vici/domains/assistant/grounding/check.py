"""Finds what a text says that the evidence of its turn does not.

Works on any text, whoever wrote it: knows nothing of the assistant's own templates. Where it cannot tell, it objects:
a reply that says less is better than one that says something untrue.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from vici.domains.assistant.grounding import wordings as say
from vici.domains.assistant.grounding.amounts import Amount
from vici.domains.assistant.grounding.known import LINK, Known, KnownProduct, sentence_spans
from vici.domains.assistant.grounding.names import unknown_names
from vici.domains.assistant.grounding.number_words import WEEKDAYS
from vici.domains.assistant.grounding.prices import (
    money_known,
    percent_known,
    price_known,
    wrongly_compared,
    wrongly_halved,
)
from vici.domains.assistant.grounding.rules import quotes, unstated_rule
from vici.domains.assistant.grounding.sentences import Sentence, SpokenOf, about, sentence_of
from vici.domains.assistant.grounding.stock import wrong_stock
from vici.kit.text import composed


class Unsupported(NamedTuple):
    kind: str
    """`link`, `name`, `money`, `percent`, `number`, `stock`, `policy`, `order`, `claim`."""
    quote: str
    start: int
    end: int
    """The sentence it stands in, in the composed text."""


# A plain number below this is no price.
_LEAST_PRICE = 1000
# “Thứ hai” is a Monday, but the second one behind these.
_WEEKDAY = re.compile(
    r"(?<!cai )(?<!mau )(?<!chiec )(?<!pham )\b(thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|\w+days?)\b"
)


def unsupported(text: str, known: Known, *, suggests: bool = False) -> list[Unsupported]:
    """Everything in the text that the evidence does not support, in order.

    `suggests`: the text is what a shopper might say next (the title of a quick reply), so it claims nothing about
    stock or rules.
    """
    text = composed(text)
    found: list[Unsupported] = []
    spans = sentence_spans(text)
    blanked = list(text)
    for match in LINK.finditer(text):
        link = match.group().rstrip(".,;:!?…")
        if link not in known.urls:
            span = next((each for each in spans if each[0] <= match.start() < each[1]), (0, len(text)))
            found.append(Unsupported("link", link, *span))
        blanked[match.start() : match.end()] = " " * len(match.group())
    plain = "".join(blanked)
    before: SpokenOf = frozenset()
    for start, end in sentence_spans(plain):
        sentence = sentence_of(plain[start:end], known, before)
        found += [Unsupported(kind, quote, start, end) for kind, quote in _objections(sentence, known, suggests)]
        before = sentence.spoken_of
    return sorted(found, key=lambda each: each.start)


def _objections(sentence: Sentence, known: Known, suggests: bool) -> Iterator[tuple[str, str]]:
    if not suggests:
        yield from (("stock", quote) for quote in wrong_stock(sentence, known))
    quoted = quotes(sentence, known)
    if say.ORDER_STATE.search(sentence.plain) and not quoted and not suggests:
        yield "order", sentence.quoted()
    yield from (("name", name) for name in unknown_names(sentence.text, sentence.tokens, sentence.mentions, known))
    for amount in sentence.amounts:
        if not _amount_known(amount, sentence, known, quoted=quoted):
            yield _kind(amount), sentence.text[amount.start : amount.end]
    for name, day in _weekdays(sentence.plain):
        if ("weekday", Decimal(day)) not in known.numbers and not _weekday_known(day, known):
            yield "number", name
    if suggests or sentence.asks or quoted:
        return
    yield from (("money", quote) for quote in wrongly_compared(sentence, known))
    yield from (("percent", quote) for quote in wrongly_halved(sentence, known))
    if rule := unstated_rule(sentence, known):
        yield "policy", rule
    if best := say.BEST_SELLING.search(sentence.plain):
        yield "claim", best.group()


def _kind(amount: Amount) -> str:
    return amount.kind if amount.kind in ("money", "percent") else "number"


def _amount_known(amount: Amount, sentence: Sentence, known: Known, *, quoted: bool) -> bool:
    match amount.kind:
        case "money":
            return money_known(amount, sentence, known, quoted=quoted)
        case "percent":
            return percent_known(amount, sentence, known) or (quoted and _on_a_page(amount, known))
        case "number" if amount.spelt:
            return True  # "two of these": what is left in stock is looked at by itself
        case "number" if amount.unit in say.FOUND_UNITS:
            found = amount.value in known.counts or amount.value <= len(known.products)
            return found or (quoted and _on_a_page(amount, known))
        case _:
            return _fact_known(amount, sentence, known, quoted=quoted)


def _fact_known(amount: Amount, sentence: Sentence, known: Known, *, quoted: bool) -> bool:
    """A number or a length of time: of the product it is said of, or else on a page or in what was searched for."""
    spoken_of = sentence.said_of(amount.start, amount.end)
    # The row of a comparison gives the facts of several side by side.
    row = " | " in sentence.text
    products = [known.products[ref] for ref in (known.products if row else about(spoken_of, known))]
    if any(_fact_of(amount, product) for product in products):
        return True
    if amount.kind == "number" and (amount.value in known.counts or _points(amount, known)):
        return True
    if amount.kind == "number" and amount.value >= _LEAST_PRICE and price_known(amount, sentence, known):
        return True  # a price without its currency
    return (quoted or not sentence.mentions.products) and _on_a_page(amount, known)


def _fact_of(amount: Amount, product: KnownProduct) -> bool:
    plain = amount.kind == "number" and amount.value in product.numbers | product.counts
    return plain or any((what, amount.value) in product.facts for what in _named_so(amount))


def _on_a_page(amount: Amount, known: Known) -> bool:
    return any((what, amount.value) in known.numbers for what in _named_so(amount))


def _named_so(amount: Amount) -> tuple[str, str]:
    """It counts the same thing, or nothing named."""
    return amount.unit or amount.kind, "number"


def _points(amount: Amount, known: Known) -> bool:
    """A place in the list of what is shown: `mẫu số 2`."""
    return amount.unit == "" and 1 <= amount.value <= len(known.products)


def _weekdays(plain: str) -> Iterator[tuple[str, int]]:
    if "day" not in plain and "thu " not in plain and "chu nhat" not in plain:
        return
    for match in _WEEKDAY.finditer(plain):
        if match.group(1) in WEEKDAYS:
            yield match.group(1), WEEKDAYS[match.group(1)]


def _weekday_known(day: int, known: Known) -> bool:
    return any(number == day and known.stands(tuple(name.split())) for name, number in WEEKDAYS.items())
