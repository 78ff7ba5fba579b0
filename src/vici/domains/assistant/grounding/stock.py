"""Whether what a sentence says of stock is so."""

import re
from collections.abc import Iterator
from decimal import Decimal

from vici.domains.assistant.grounding import wordings as say
from vici.domains.assistant.grounding.known import Known, KnownProduct, Words, words_in
from vici.domains.assistant.grounding.sentences import Sentence, about

# The colour or size that something is said of, where its accents tell it from a model (mẫu).
_OPTION = re.compile(
    r"\b(?:màu|size|cỡ|colou?r) (?!này|đó|kia|khác|sắc|gì|nào|và|hay|đang|hiện|còn|hết|is|and)([\w/]+)"
)


def wrong_stock(sentence: Sentence, known: Known) -> Iterator[str]:
    """Each clause is looked at alone: black is there, white is not. Behind a colon stand those that are meant:
    `Out of stock: red, blue`."""
    if sentence.asks:
        return
    heading: bool | None = None
    named: Words = ()
    for number, (start, end) in enumerate(sentence.clauses):
        clause = sentence.plain[start:end]
        out = say.OUT_OF_STOCK.search(clause)
        there = None if out else say.IN_STOCK.search(clause)
        if number == 0 and (out or there) and sentence.plain[end : end + 1] == ":" and len(sentence.clauses) > 1:
            heading = not out
            continue
        claimed = not out if (out or there) else heading
        words = sentence.words(start, end)
        if _names_option(words, known):
            named = words
        wrong = claimed is not None and not _known(sentence, start, end, named, known, there=claimed)
        if not wrong and not out and _of_all(sentence, start, end):
            wrong = not _all_there(sentence, start, end, known)
        if wrong:
            yield sentence.text[start:end].strip()


def _names_option(words: Words, known: Known) -> bool:
    return any(product.variants_in(words) for product in known.products.values())


def _products(sentence: Sentence, start: int, end: int, known: Known) -> list[KnownProduct]:
    here = sentence.mentions.between(start, end) or sentence.said_of(start, start)
    return [known.products[ref] for ref in about(here, known)]


def _known(sentence: Sentence, start: int, end: int, named: Words, known: Known, *, there: bool) -> bool:
    products = _products(sentence, start, end, known)
    if not products:
        return False
    counted = _left(sentence, start, end, known)
    own = sentence.words(start, end)
    for product in products:
        variants = product.variants_in(own) or product.variants_in(named)
        if not variants and product.variants and _another_option(sentence, start, end, product):
            return False
        if variants:
            left = [each.available for each in variants]
            told = any(left) if there else not any(left)
            counts = {Decimal(count) for count in (*left, sum(left))}
        else:
            told = product.in_stock is not None and product.in_stock == there
            counts = {product.available} if product.available is not None else product.counts
        if not told or not counted <= counts:
            return False
    return True


def _another_option(sentence: Sentence, start: int, end: int, product: KnownProduct) -> bool:
    """It is said of a colour or size that this product does not come in."""
    values = {word for variant in product.variants for value in variant.values for word in value}
    said = _OPTION.findall(sentence.without_names(start, end).lower())
    return any(not values.intersection(words_in(each)) for each in said)


def _of_all(sentence: Sentence, start: int, end: int) -> bool:
    """It is said of every colour or size (not of every model, which is written like a colour but for its accents)."""
    return any(
        "mẫu" not in sentence.text[start + match.start() : start + match.end()].lower()
        for match in say.ALL_VARIANTS.finditer(sentence.plain[start:end])
    )


def _all_there(sentence: Sentence, start: int, end: int, known: Known) -> bool:
    products = _products(sentence, start, end, known)
    return bool(products) and all(
        product.variants and all(variant.available for variant in product.variants) for product in products
    )


def _left(sentence: Sentence, start: int, end: int, known: Known) -> set[Decimal]:
    """The numbers of a clause about stock that count what is left."""
    clause = sentence.plain[start:end]
    sizes = {
        word for product in known.products.values() for each in product.variants for v in each.values for word in v
    }

    def counts(unit: str, written: str, *, spelt: bool) -> bool:
        if unit in say.LEFT_UNITS:
            return True
        return not spelt and written not in sizes and bool(say.LEFT.search(clause))

    return {
        amount.value
        for amount in sentence.amounts
        if start <= amount.start < end
        and amount.kind == "number"
        and counts(amount.unit, sentence.plain[amount.start : amount.end], spelt=amount.spelt)
    }
