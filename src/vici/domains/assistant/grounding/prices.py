"""Whether what a sentence says of money is so: prices, what they were, what is saved, and which is cheaper."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from vici.domains.assistant.grounding import wordings as say
from vici.domains.assistant.grounding.amounts import Amount
from vici.domains.assistant.grounding.known import Known, KnownProduct, Sum, words_in
from vici.domains.assistant.grounding.sentences import Sentence, about

_HALF = Decimal(50)


def money_known(amount: Amount, sentence: Sentence, known: Known, *, quoted: bool) -> bool:
    if quoted and _among(amount, known.fees):
        return True
    if not sentence.mentions.products and words_in(_quotation(sentence, amount)) in known.labels:
        return True  # the limits that were searched by, as the search writes them
    return price_known(amount, sentence, known) or _is_limit(amount, sentence, known)


def price_known(amount: Amount, sentence: Sentence, known: Known) -> bool:
    """A product's price, or what it was or what is saved where the words beside it say so."""
    role = _role(sentence, amount)
    if role == "compared":
        return any(_among(amount, differences) for differences in _differences(sentence, known))
    for ref in about(sentence.said_of(amount.start, amount.end), known):
        product = known.products[ref]
        sums = {"original": product.originals, "saving": product.savings}.get(role)
        if sums is None:
            sums = _prices(amount, sentence, product)
        if _among(amount, sums):
            return True
    return False


def _prices(amount: Amount, sentence: Sentence, product: KnownProduct) -> set[Sum]:
    """Of the variant that is named beside it, else of any."""
    for words in sentence.around(amount):
        if priced := [variant.prices for variant in product.variants_in(words) if variant.prices]:
            return {each for prices in priced for each in prices}
    return product.prices


def _role(sentence: Sentence, amount: Amount) -> str:
    """What the words beside an amount of money say it is: the last of them before it, else the first behind."""
    found = [match.lastgroup for match in say.MONEY_ROLE.finditer(sentence.lead(amount))]
    if found and found[-1] and found[-1] != "current":
        return found[-1]
    behind = say.MONEY_ROLE_BEHIND.match(sentence.trail(amount))
    return (behind and behind.lastgroup) or "current"


def _among(amount: Amount, sums: Iterable[Sum]) -> bool:
    return any(
        value == amount.value and (amount.currency is None or currency in ("", amount.currency))
        for currency, value in sums
    )


# Which of two is cheaper


def wrongly_compared(sentence: Sentence, known: Known) -> Iterator[str]:
    """What is said to be cheaper or dearer than another and is not."""
    for match in say.CHEAPER_OR_DEARER.finditer(sentence.plain):
        ones, others = _sides(sentence, known, match)
        named = bool(sentence.mentions.products) and others and ones
        if named and not any(_gaps(ones, others, cheaper=match.lastgroup == "cheaper")):
            yield sentence.quoted()


def _differences(sentence: Sentence, known: Known) -> Iterator[set[Sum]]:
    matches = list(say.CHEAPER_OR_DEARER.finditer(sentence.plain)) + list(say.APART.finditer(sentence.plain))
    for match in matches:
        ones, others = _sides(sentence, known, match)
        if match.lastgroup is None:
            yield {*_gaps(ones, others, cheaper=True), *_gaps(ones, others, cheaper=False)}
        else:
            yield set(_gaps(ones, others, cheaper=match.lastgroup == "cheaper"))


def _gaps(ones: Sequence[KnownProduct], others: Sequence[KnownProduct], *, cheaper: bool) -> Iterator[Sum]:
    for one in ones:
        for other in others:
            for currency, price in one.prices:
                for same, beside in other.prices:
                    gap = beside - price if cheaper else price - beside
                    if currency == same and gap > 0 and one is not other:
                        yield currency, gap


def _sides(sentence: Sentence, known: Known, match: re.Match[str]) -> tuple[list[KnownProduct], list[KnownProduct]]:
    """What is compared, and with what: the product named before the words and the one behind them; else with what
    else is named, else with whatever else the evidence has."""
    spans = sorted(sentence.mentions.spans)
    before = [span[2] for span in spans if span[1] <= match.start()]
    after = [span[2] for span in spans if span[0] >= match.end()]
    one: frozenset[str]
    other: frozenset[str]
    if before:
        one = before[-1]
        other = after[0] if after else frozenset(ref for refs in before[:-1] for ref in refs)
    elif len(after) > 1:  # “Cheaper than the first is the second”
        one, other = after[1], after[0]
    elif after:  # “which is cheaper than the first”, of what was spoken of before
        one, other = sentence.before or frozenset(), after[0]
    else:
        one, other = sentence.before or frozenset(), frozenset()
    ones = [known.products[ref] for ref in about(one, known)]
    others = [each for ref, each in known.products.items() if (ref in other if other else ref not in one)]
    return ones, others


# Per cent


def percent_known(amount: Amount, sentence: Sentence, known: Known) -> bool:
    products = [known.products[ref] for ref in about(sentence.said_of(amount.start, amount.end), known)]
    reduced = say.REDUCED.search(sentence.lead(amount)) or say.REDUCED_BEHIND.match(sentence.trail(amount))
    return any(
        amount.value in product.off or (not reduced and amount.value in product.percents) for product in products
    )


def wrongly_halved(sentence: Sentence, known: Known) -> Iterator[str]:
    """“Half the price” of what is not reduced by half."""
    for match in say.HALF_PRICE.finditer(sentence.plain):
        refs = about(sentence.said_of(*match.span()), known)
        if not any(_HALF in known.products[ref].off for ref in refs):
            yield sentence.text[match.start() : match.end()]


# What the shopper said


def _quotation(sentence: Sentence, amount: Amount) -> str:
    """What stands between the quotation marks around it; empty without."""
    left = max(sentence.text.rfind(mark, 0, amount.start) for mark in '“"«')
    right = min((at for mark in '”"»' if (at := sentence.text.find(mark, amount.end)) >= 0), default=-1)
    return sentence.text[left + 1 : right] if 0 <= left < right else ""


def _is_limit(amount: Amount, sentence: Sentence, known: Known) -> bool:
    """The shopper's own budget, repeated as a budget: `dưới 10 triệu`. Of a product it has to be true."""
    before = [token.plain for token in sentence.tokens if token.end <= amount.start][-3:]
    if amount.value not in known.asked or not say.LIMITS.intersection(before):
        return False
    most, least = bool(say.AT_MOST.intersection(before)), bool(say.AT_LEAST.intersection(before))
    for ref in sentence.mentions.products:
        prices = [value for _, value in known.products[ref].prices]
        if not (most and any(price <= amount.value for price in prices)) and not (
            least and any(price >= amount.value for price in prices)
        ):
            return False
    return not sentence.mentions.unknown
