"""Finds what a text says that the evidence of its turn does not.

Works on any text, whoever wrote it: knows nothing of the assistant's own templates. Where it cannot tell, it objects:
a reply that says less is better than one that says something untrue.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from vici.domains.assistant.grounding import wordings as say
from vici.domains.assistant.grounding.amounts import Amount, Token, read_amounts, tokens_of
from vici.domains.assistant.grounding.known import LINK, Known, KnownProduct, Words, heavy, sentence_spans, words_in
from vici.domains.assistant.grounding.names import Mentions, find_mentions, unknown_names
from vici.domains.assistant.grounding.number_words import WEEKDAYS
from vici.domains.assistant.understanding.spelling import levelled
from vici.kit.text import composed


class Unsupported(NamedTuple):
    kind: str
    """`link`, `name`, `money`, `percent`, `number`, `stock`, `policy`, `order`, `claim`."""
    quote: str
    start: int
    end: int
    """The sentence it stands in, in the composed text."""


_MARKER = re.compile(r"\s*(?:[-*•·]|\(?\d{1,2}[.)])\s+")
_CLAUSE_END = re.compile(r"[,;()]|:(?=\s)|\b(?:nhung|con (?=mau|size|co|ban)|but|while|and|va)\b")
# “Thứ hai” is a Monday, but the second one behind these.
_WEEKDAY = re.compile(
    r"(?<!cai )(?<!mau )(?<!chiec )(?<!pham )\b(thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|\w+days?)\b"
)


# The products that were named last; empty when none was yet, None when it was one that nobody knows.
_SpokenOf = frozenset[str] | None


@dataclass(frozen=True)
class _Sentence:
    text: str
    """Its links blanked out, in the same places."""
    start: int
    end: int
    tokens: list[Token]
    plain: str
    """Folded, with the same positions."""
    mentions: Mentions
    asks: bool

    def quoted(self) -> str:
        return self.text.strip()


def unsupported(text: str, known: Known, *, names: Collection[str] = (), suggests: bool = False) -> list[Unsupported]:
    """Everything in the text that the evidence does not support, in order.

    `names`: folded words that are names wherever they stand, such as the shop's brands. `suggests`: the text is what a
    shopper might say next (the title of a quick reply), so it claims nothing about stock or rules.
    """
    text = composed(text)
    found: list[Unsupported] = []
    blanked = text
    for match in LINK.finditer(text):
        link = match.group().rstrip(".,;:!?…")
        if link not in known.urls:
            span = next((each for each in sentence_spans(text) if each[0] <= match.start() < each[1]), (0, len(text)))
            found.append(Unsupported("link", link, *span))
        blanked = blanked[: match.start()] + " " * len(match.group()) + blanked[match.end() :]
    before: _SpokenOf = frozenset()
    for start, end in sentence_spans(blanked):
        sentence = _sentence(blanked[start:end], start, end, known)
        spoken_of = sentence.mentions.products or (None if sentence.mentions.unknown else before)
        objections = _objections(sentence, spoken_of, known, names, suggests=suggests)
        found += [Unsupported(kind, quote, start, end) for kind, quote in objections]
        before = spoken_of
    return sorted(found, key=lambda each: each.start)


def _sentence(text: str, start: int, end: int, known: Known) -> _Sentence:
    marker = _MARKER.match(text)
    if marker:
        text = " " * marker.end() + text[marker.end() :]
    tokens = tokens_of(text)
    plain = levelled(text)
    mentions = find_mentions(text, tokens, known)
    return _Sentence(text, start, end, tokens, plain, mentions, text.rstrip().endswith("?"))


def _objections(
    sentence: _Sentence, spoken_of: _SpokenOf, known: Known, names: Collection[str], *, suggests: bool
) -> Iterator[tuple[str, str]]:
    if not suggests:
        yield from _stock(sentence, spoken_of, known)
    quoted = _quotes(sentence, known)
    if say.ORDER_STATE.search(sentence.plain) and not quoted and not suggests:
        yield "order", sentence.quoted()
    yield from (
        ("name", name) for name in unknown_names(sentence.text, sentence.tokens, sentence.mentions, known, names)
    )
    amounts = [each for each in read_amounts(sentence.text) if not sentence.mentions.covers(each.start, each.end)]
    for amount in amounts:
        if not _amount_known(amount, sentence, spoken_of, known, quoted=quoted):
            yield _kind(amount), sentence.text[amount.start : amount.end]
    for name, day in _weekdays(sentence.plain):
        if ("weekday", Decimal(day)) not in known.numbers and not _weekday_known(day, known):
            yield "number", name
    if suggests or sentence.asks or quoted:
        return
    if policy := _policy(sentence, known):
        yield "policy", policy
    if best := say.BEST_SELLING.search(sentence.plain):
        yield "claim", best.group()


def _kind(amount: Amount) -> str:
    return amount.kind if amount.kind in ("money", "percent") else "number"


# What is for sale and for how much


def _amount_known(amount: Amount, sentence: _Sentence, spoken_of: _SpokenOf, known: Known, *, quoted: bool) -> bool:
    products = [known.products[ref] for ref in _about(spoken_of, known)]
    if amount.kind == "number" and spoken_of is not None and not sentence.mentions.products:
        products = list(known.products.values())  # a row of a comparison: the facts of several side by side
    match amount.kind:
        case "money":
            return _money_known(amount, sentence, products, known, quoted=quoted)
        case "percent":
            return any(amount.value in product.percents for product in products) or (quoted and _stated(amount, known))
        case "number" if amount.spelt:
            return True  # "two of these": what is left in stock is looked at by itself
        case "number" if amount.unit in say.FOUND_UNITS:
            found = amount.value in known.counts or amount.value <= len(known.products)
            return found or (quoted and _stated(amount, known))
        case "number":
            told = {value for product in products for _, value in product.money} | known.counts
            told |= {value for product in products for value in product.numbers | product.counts}
            return amount.value in told or _stated(amount, known) or _points(amount, known)
        case _:
            return _stated(amount, known)


def _about(spoken_of: _SpokenOf, known: Known) -> Collection[str]:
    """The products a fact may be of."""
    if spoken_of is None:
        return ()
    return spoken_of or known.products


def _stated(amount: Amount, known: Known) -> bool:
    """A string of the evidence gives the same number of the same thing, or of nothing named."""
    return any((what, amount.value) in known.numbers for what in (amount.unit or amount.kind, "number"))


def _points(amount: Amount, known: Known) -> bool:
    """A place in the list of what is shown: `mẫu số 2`."""
    return amount.unit == "" and 1 <= amount.value <= len(known.products)


def _money_known(
    amount: Amount, sentence: _Sentence, products: Sequence[KnownProduct], known: Known, *, quoted: bool
) -> bool:
    def among(sums: Iterable[tuple[str, Decimal]]) -> bool:
        return any(
            value == amount.value and (amount.currency is None or currency in ("", amount.currency))
            for currency, value in sums
        )

    if any(among(product.money) for product in products):
        return True
    if quoted and among(known.fees):
        return True
    if not sentence.mentions.products and words_in(_quotation(sentence, amount)) in known.labels:
        return True  # the limits that were searched by, as the search writes them
    if say.DEARER.search(sentence.plain) and among(_differences(products, known.products.values())):
        return True
    return _is_limit(amount, sentence, known)


def _quotation(sentence: _Sentence, amount: Amount) -> str:
    """What stands between the quotation marks around it; empty without."""
    left = max(sentence.text.rfind(mark, 0, amount.start) for mark in '“"«')
    right = min((at for mark in '”"»' if (at := sentence.text.find(mark, amount.end)) >= 0), default=-1)
    return sentence.text[left + 1 : right] if 0 <= left < right else ""


def _differences(ones: Iterable[KnownProduct], others: Iterable[KnownProduct]) -> set[tuple[str, Decimal]]:
    prices = [each for product in ones for each in product.money]
    beside = [each for product in others for each in product.money]
    return {(currency, abs(one - other)) for currency, one in prices for same, other in beside if currency == same}


def _is_limit(amount: Amount, sentence: _Sentence, known: Known) -> bool:
    """The shopper's own budget, repeated as a budget: `dưới 10 triệu`. Of a product it has to be true."""
    before = [token.plain for token in sentence.tokens if token.end <= amount.start][-3:]
    if amount.value not in known.asked or not say.LIMITS.intersection(before):
        return False
    most, least = bool(say.AT_MOST.intersection(before)), bool(say.AT_LEAST.intersection(before))
    for ref in sentence.mentions.products:
        prices = [value for _, value in known.products[ref].money]
        if not (most and any(price <= amount.value for price in prices)) and not (
            least and any(price >= amount.value for price in prices)
        ):
            return False
    return not sentence.mentions.unknown


def _weekdays(plain: str) -> Iterator[tuple[str, int]]:
    if "day" not in plain and "thu " not in plain and "chu nhat" not in plain:
        return
    for match in _WEEKDAY.finditer(plain):
        if match.group(1) in WEEKDAYS:
            yield match.group(1), WEEKDAYS[match.group(1)]


def _weekday_known(day: int, known: Known) -> bool:
    return any(number == day and known.stands(tuple(name.split())) for name, number in WEEKDAYS.items())


# How many there are


def _stock(sentence: _Sentence, spoken_of: _SpokenOf, known: Known) -> Iterator[tuple[str, str]]:
    """Each clause is looked at alone: black is there, white is not. Behind a colon stand those that are meant:
    `Out of stock: red, blue`."""
    if sentence.asks:
        return
    clauses = list(_clauses(sentence.plain))
    heading: bool | None = None
    for number, (start, end) in enumerate(clauses):
        clause = sentence.plain[start:end]
        out = say.OUT_OF_STOCK.search(clause)
        there = None if out else say.IN_STOCK.search(clause)
        if number == 0 and (out or there) and sentence.plain[end : end + 1] == ":" and len(clauses) > 1:
            heading = not out
            continue
        claimed = not out if (out or there) else heading
        if claimed is not None and not _stock_known(sentence, start, end, spoken_of, known, there=claimed):
            yield "stock", sentence.text[start:end].strip()


def _clauses(plain: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _CLAUSE_END.finditer(plain):
        yield start, match.start()
        start = match.end() if match.group() == ":" else match.start()
    yield start, len(plain)


def _stock_known(sentence: _Sentence, start: int, end: int, spoken_of: _SpokenOf, known: Known, *, there: bool) -> bool:
    here = sentence.mentions.between(start, end) or _about(spoken_of, known)
    products = [known.products[ref] for ref in here]
    if not products:
        return False
    clause = words_in(_unnamed(sentence, start, end))
    counted = _left(sentence, start, end, known)
    for product in products:
        variants = _variants_in(product, clause)
        if variants:
            told = any(variants) if there else not any(variants)
            counts = {Decimal(count) for count in (*variants, sum(variants))}
        else:
            told = product.in_stock is not None and product.in_stock == there
            counts = product.counts
        if not told or not counted <= counts:
            return False
    return True


def _unnamed(sentence: _Sentence, start: int, end: int) -> str:
    """The clause without the names of products: the 41 of a shoe's name is no size."""
    text = list(sentence.text)
    for left, right, _ in sentence.mentions.spans:
        text[left:right] = " " * (right - left)
    return "".join(text[start:end])


def _variants_in(product: KnownProduct, clause: Words) -> list[int]:
    """How many there are of each variant that the clause names: those with most of their options in it."""
    # By words, so that navy blue is not blue.
    named = [
        (sum(len(value) for value in values if _stands_in(value, clause)), count) for values, count in product.variants
    ]
    most = max((match for match, _ in named), default=0)
    return [count for match, count in named if most and match == most]


def _left(sentence: _Sentence, start: int, end: int, known: Known) -> set[Decimal]:
    """The numbers of a clause about stock that count what is left."""
    clause = sentence.plain[start:end]
    sizes = {
        word for product in known.products.values() for values, _ in product.variants for v in values for word in v
    }
    return {
        amount.value
        for amount in read_amounts(sentence.text[start:end])
        if amount.kind == "number"
        and clause[amount.start : amount.end] not in sizes
        and not sentence.mentions.covers(start + amount.start, start + amount.end)
        and (amount.unit in say.LEFT_UNITS or (clause[amount.end - 1].isdigit() and say.LEFT.search(clause)))
    }


def _stands_in(words: Words, line: Words) -> bool:
    size = len(words)
    return size > 0 and any(line[at : at + size] == words for at in range(len(line) - size + 1))


# What the shop's rules say


def _policy(sentence: _Sentence, known: Known) -> str | None:
    """The part that states a rule of the shop which no document states so."""
    spans = [match.span() for match in say.POLICY.finditer(sentence.plain)]
    open_ = [span for span in spans if not sentence.mentions.covers(*span) and not _names_a_page(sentence, span, known)]
    return sentence.quoted() if open_ else None


def _names_a_page(sentence: _Sentence, span: tuple[int, int], known: Known) -> bool:
    """The words are (part of) the title of a page, given in quotation marks: “Delivery & fees”."""
    left = max(sentence.text.rfind(mark, 0, span[0] + 1) for mark in '“"«')
    right = min((at for mark in '”"»' if (at := sentence.text.find(mark, span[1])) >= 0), default=-1)
    return left >= 0 and right >= 0 and known.stands(words_in(sentence.text[left:right]))


def _quotes(sentence: _Sentence, known: Known) -> bool:
    """Whether it says what the evidence says, perhaps behind a few words that name the page: “Returns”: …"""
    if _is_quote(words_in(sentence.text), known):
        return True
    before, colon, after = sentence.text.partition(":")
    if not colon or not _is_quote(words_in(after), known):
        return False
    lead = replace(sentence, text=before, plain=sentence.plain[: len(before)])
    return _policy(lead, known) is None and not read_amounts(before)


def _is_quote(words: Words, known: Known) -> bool:
    """Whether this is what a string of the evidence says: its words in a row, without a no, a number or a condition
    left out."""
    said = heavy(words)
    size = len(said)
    if not size:
        return False
    for told in known.statements:
        if size > len(told) or size * 2 < len(told):
            continue
        for at in range(len(told) - size + 1):
            if told[at : at + size] == said:
                dropped = (*told[:at], *told[at + size :])
                if not any(word in say.TURNING or word[0].isdigit() for word in dropped):
                    return True
    return False
