"""Searches for what a shopper asked for, and keeps of the answer what is of that kind."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vici.domains.assistant.acts.situation import Situation
from vici.domains.assistant.understanding.spelling import spelt_out
from vici.domains.assistant.understanding.translations import in_vietnamese
from vici.domains.assistant.understanding.vague import says_nothing
from vici.domains.search.api import Card, Filters, Hit, Results, SearchProducts, Sort
from vici.kit.language import Tongue
from vici.kit.text import Word, words

LOOKED_AT = 40
_WORDS_MAX = 300
# Where some are called by half of the words or more, those that only mention them somewhere are of another kind.
_NAMED_WELL = 0.5
NAMED_NEARLY = 0.75
# Else a hit whose score is less than this share of the best one's: measured on the demo shop, what fits lies above .8,
# what only shares a word below .65.
_FITTING = 0.72
# The same within a category that was named: all there is of the kind, so what is only near lies closer.
_FITTING_OF_KIND = 0.8
# Fewer that are called by all of the words do not make it the name of a kind.
_NAMED_SO = 2
# Whom a thing is made for stands in its name where it is made for one.
WHOM = frozenset({"nam", "nu", "men", "women", "mens", "womens", "kids"})
# A category that holds several kinds (`Tủ lạnh & máy giặt`) says this much of what a thing is.
_ONE_OF_SEVERAL = 0.4
_SEVERAL = re.compile("[&,]")
# Behind these a name says what a thing is made for: `Ốp lưng cho iPhone 15` is no iPhone.
_JOINING = frozenset({"with", "in", "of", "and", "on", "by", "from", "without"})
_MADE_FOR = frozenset({"cho", "for", "fits", "compatible"})


@dataclass(frozen=True)
class Found:
    results: Results
    cards: list[Card]
    """Those that fit, best first, no accessories of what was asked for."""
    lacking: str
    """Words of the search that the best of them lacks."""
    missing: float
    """0 to 1: the share of the words that is lacking."""
    called_so: str = ""
    """What was looked for instead, in the language of the shop's texts."""


async def look(
    at: Situation, text: str, filters: Filters | None = None, sort: Sort = Sort.RELEVANCE, limit: int = LOOKED_AT
) -> Found:
    request = SearchProducts(
        words=spelt_out(text)[:_WORDS_MAX], language=at.language, filters=filters or Filters(), sort=sort, limit=limit
    )
    results = await _search(at, request)
    if results.correction and results.hits:
        meant = [word.form for word in words(results.correction.corrected)]
        changed = [word for word in words(results.correction.original) if word.form not in meant]
        typed = await _search(at, request.model_copy(update={"correct": False}))
        small = changed and all(map(says_nothing, changed))
        if small or (typed.hits and called(typed.hits[0].card, text) > called(results.hits[0].card, " ".join(meant))):
            results = typed
    if not results.words and all(chip.kind == "attribute" for chip in results.chips):
        # The name of a thing is read as what other things are made for: it is the thing that is asked for.
        swallowed = tuple(chip.chip_id for chip in results.chips)
        results = await _search(at, request.model_copy(update={"keep_words": swallowed}))
    kinds = tuple(chip.chip_id for chip in results.chips if chip.kind == "category")
    if kinds and any(each.kind == "words" for each in results.relaxed):
        # A coffee machine stands not among coffee: what is called by all of the words is what was meant.
        anywhere = await _search(at, request.model_copy(update={"keep_words": kinds}))
        asked = asked_for(text, anywhere)
        if any(_named(hit.card, asked) == 1 for hit in anywhere.hits if asked):
            results = anywhere
    relaxed = " ".join(each.label for each in results.relaxed if each.kind == "words")
    lacking = " ".join(word.form for word in words(relaxed) if not says_nothing(word))
    asked = asked_for(text, results)
    if asked and any(_named(hit.card, asked) == 1 for hit in results.hits):
        lacking = ""
    missing = {word.plain for word in words(lacking)} & {word.plain for word in asked}
    cards = _fitting(results, asked, sort, at.language)
    share = len(missing) / len(asked) if asked else 0.0
    if at.language == "en" and len(asked) == 1 and not results.chips and _only_made_of(cards, asked[0]):
        return Found(results, [], asked[0].form, 1.0)
    if at.language == "en" and asked and (share or all(_named(card, asked) < 1 for card in cards)):
        told = in_vietnamese(" ".join(word.form for word in asked))
        found = await look(at, told, filters, sort, limit) if told else None
        if found and found.cards and called(found.cards[0], told) == 1:
            return replace(found, called_so=told)
    return Found(results, cards, lacking, share)


def _only_made_of(cards: Sequence[Card], word: Word) -> bool:
    """Whether all are only made for or with it: a car charger and a train with three cars are no cars. In an English
    name the thing itself comes last, before a comma or what it has."""

    def names_it(card: Card) -> bool:
        told = words(re.split(r"[,(–]", card.name)[0])
        name = [*(each.plain for each in told), ""]
        after = [name[place + 1] for place, each in enumerate(name[:-1]) if each == word.plain]
        common = {each.plain for each in told if each.form.isalpha() and card.name[each.start].islower()} - _MADE_FOR
        return any(each not in common - _JOINING for each in after) or word.plain in _forms(card.category or "")

    named = [card for card in cards if _named(card, [word]) == 1]
    return bool(named) and len(named) == len(cards) and not any(map(names_it, named))


def asked_for(text: str, results: Results) -> list[Word]:
    """The words that say what is looked for; prices and the like left out."""
    if results.correction:
        text = results.correction.corrected
    limits = read_as(results, "price", "stock")
    told = [word for word in words(text) if not says_nothing(word) and word.plain not in limits]
    options = read_as(results, "attribute")
    return [word for word in told if word.plain not in options] or told


def read_as(results: Results, *kinds: str) -> set[str]:
    """The words that were read as filters of these kinds."""
    return {word.plain for chip in results.chips if chip.kind in kinds for word in words(chip.words)}


def _fitting(results: Results, asked: Sequence[Word], sort: Sort, language: Tongue) -> list[Card]:
    hits = results.hits
    if sort is Sort.RELEVANCE and hits:
        hits = _of_what_was_asked(_headed(results, asked) if language == "vi" else results, asked)
    cards = [hit.card for hit in hits]
    if for_whom := [word for word in asked if word.plain in WHOM]:
        of_anyone = [card for card in cards if not _forms(f"{card.name} {card.category or ''}") & WHOM]
        cards = [card for card in cards if _named(card, for_whom) == 1] or of_anyone
    plain = {word.plain for word in asked}
    themselves = [card for card in cards if not _made_for(card.name, plain)]
    return themselves or cards


def _of_what_was_asked(results: Results, asked: Sequence[Word]) -> Sequence[Hit]:
    hits = results.hits
    kind = read_as(results, "category")
    beyond = {word.plain for word in asked} - kind - read_as(results, "brand")
    given_up = {word.plain for each in results.relaxed for word in words(each.label)}
    named = [_named(hit.card, asked) for hit in hits] if asked else [0.0]
    most = max(named)
    # Called by every word, as several of a kind are, or as a model is by its number; or although some were given up.
    model = most == 1 and (bool(given_up & beyond) or any(any(map(str.isdigit, word.plain)) for word in asked))
    if kind and beyond and not model and named.count(1) < _NAMED_SO:
        hits = _of_one_kind(results)
        return [hit for hit in hits if not beyond - given_up or hit.score >= _FITTING_OF_KIND * hits[0].score]
    if most >= _NAMED_WELL:
        least = most if model else NAMED_NEARLY * most
        return [hit for hit, share in zip(hits, named, strict=True) if share >= least]
    return [hit for hit in hits if hit.score >= _FITTING * hits[0].score]


def _headed(results: Results, asked: Sequence[Word]) -> Results:
    """In Vietnamese the first word says what a thing is: `laptop 16gb ram` is no `RAM laptop`. Where the shop has a
    category of that word, or the best is called so, others are of another kind."""
    if not asked:
        return results
    head = asked[0].form if not asked[0].form.isascii() else asked[0].plain
    firsts = [[_first(hit.card.category or ""), _first(hit.card.name)] for hit in results.hits]
    if any(head in category for category, _ in firsts):
        hits = [hit for hit, (category, name) in zip(results.hits, firsts, strict=True) if head in category | name]
    elif head in firsts[0][1]:
        hits = [hit for hit in results.hits if head in _forms(f"{hit.card.name} {hit.card.category or ''}")]
    else:
        return results
    return results.model_copy(update={"hits": tuple(hits)})


def _first(name: str) -> set[str]:
    return {form for word in words(name)[:1] for form in (word.plain, word.form)}


def _of_one_kind(results: Results) -> tuple[Hit, ...]:
    """Where a category was named by one of its several kinds: those of it that are called so."""
    several = [chip for chip in results.chips if chip.kind == "category" and _SEVERAL.search(chip.label)]
    kind = [word for chip in several for word in words(chip.words)]
    called_so = tuple(
        hit
        for hit in results.hits
        if not kind or not _SEVERAL.search(hit.card.category or "") or _named(hit.card, kind) >= NAMED_NEARLY
    )
    return called_so or results.hits


def called(card: Card, text: str) -> float:
    """The share of the words that stand in what the product is called; 1 where there are none."""
    asked = [word for word in words(text) if not says_nothing(word)]
    return _named(card, asked) if asked else 1.0


def _named(card: Card, asked: Sequence[Word]) -> float:
    """Accents count where they were typed: tăng is not tầng."""
    category = card.category or ""
    told = _forms(f"{card.name} {card.brand or ''}")
    around = _forms(category)
    weight = _ONE_OF_SEVERAL if _SEVERAL.search(category) else 1.0

    def share(word: Word) -> float:
        asked_as = word.plain if word.form.isascii() else word.form
        return 1.0 if asked_as in told else weight if asked_as in around else 0.0

    return sum(map(share, asked)) / len(asked)


def _forms(text: str) -> set[str]:
    return {form for word in words(text) for form in (word.plain, word.form)}


def _made_for(name: str, asked: set[str]) -> bool:
    """Whether what was asked for is only what it is made for: named behind "for", and not what it is called first."""
    told = [word.plain for word in words(name)]
    place = next((place for place, word in enumerate(told) if word in _MADE_FOR), None)
    return bool(place) and told[0] not in asked and bool(asked & (set(told[place:]) - set(told[:place])))


async def _search(at: Situation, request: SearchProducts) -> Results:
    await asyncio.sleep(0)  # a search is milliseconds of arithmetic: whoever is at the door comes in before it
    return await at.shop.search.search(request)
