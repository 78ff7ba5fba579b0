"""What the search field offers while one types: categories and brands, ways to go on, products."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Sequence
from typing import NamedTuple
from urllib.parse import quote

import numpy as np

from vici.domains.search.api import Card, Span, Suggest, Suggestion, Suggestions
from vici.domains.search.rules.documents import BRAND, CATEGORY
from vici.domains.search.rules.highlights import spans
from vici.domains.search.rules.lexicon import field_of
from vici.domains.search.rules.query import read_query
from vici.domains.search.rules.ranking import FOR_WORDS
from vici.domains.search.store import NAME, IndexView, ProductIndex
from vici.domains.search.use_cases.present import card
from vici.kit.text import Word, composed, is_syllable, singular, words

COMPLETIONS_MAX = 20
NAMES_MAX = 3
PHRASES_MAX = 3
PRODUCTS_LOOKED_AT = 100
NAMES_LOOKED_AT = 500
# A completion counts half of a whole word, so a product with the very word comes before one with a longer one.
COMPLETED = 0.5


class _Typed(NamedTuple):
    whole: tuple[str, ...]
    """The terms of the words that are finished."""
    beginning: str
    """The last word as far as it is typed, folded."""


class SuggestProducts:
    def __init__(self, index: ProductIndex) -> None:
        self._index = index

    async def suggest(self, request: Suggest) -> Suggestions:
        view = self._index.view
        found = words(composed(request.prefix))
        if not found:
            return Suggestions(suggestions=())
        finished = " ".join(word.form for word in found[:-1])
        whole = read_query(finished, view, view.speller)
        typed = _Typed(whole.spelt, found[-1].bare)
        completions = _completions(view, typed)
        terms = whole.terms | {found[-1].plain: 1.0} | {singular(each): COMPLETED for each in completions}
        marked = {*terms, *whole.spelt}
        forms = {word.form for word in found}
        slots = _products(view, typed, terms, completions)
        last_words = sorted([typed.beginning, *completions], key=lambda each: -view.named(singular(each)))
        cards = sorted(
            (card(view, slot, request.language) for slot in slots), key=lambda each: _goes_on(each, typed, last_words)
        )
        offered = [
            *_names(view, typed, request.language),
            *(
                Suggestion(
                    kind="words",
                    text=each,
                    matched=spans(each, words(each), marked, forms),
                    url=f"/search?q={quote(each)}",
                )
                for each in _phrases([each.name for each in cards], typed, last_words)
            ),
            *(
                Suggestion(
                    kind="product",
                    text=each.name,
                    matched=spans(each.name, words(each.name), marked, forms),
                    url=each.url,
                    image_url=each.image_url,
                )
                for each in cards
            ),
        ]
        return Suggestions(suggestions=tuple(offered[: request.limit]))


def _completions(view: IndexView, typed: _Typed) -> list[str]:
    """Words that begin as the last one does: those that go on from the word before first, then the most usual."""
    alphabet, beginning = view.speller.alphabet, typed.beginning
    if any(map(str.isdigit, beginning)):
        return _figures(view, typed)
    before = typed.whole[-1] if typed.whole else ""
    first = bisect_left(alphabet, beginning)
    last = bisect_left(alphabet, beginning + "{")  # the character after z
    counted = [
        (view.frequency(before + term) if before else 0, view.named(term), each)
        for each in alphabet[first:last]
        if (term := singular(each)) and each != beginning
    ]
    best = sorted(counted, key=lambda each: (-each[0], -each[1], each[2]))[:COMPLETIONS_MAX]
    return [each for together, named, each in best if together or named]


def _figures(view: IndexView, typed: _Typed) -> list[str]:
    """What begins with these figures (`iphone 1`) in the names that have the words before, the most usual first."""
    slots: list[int] = np.flatnonzero(view.naming(typed.whole))[:NAMES_LOOKED_AT].tolist() if typed.whole else []
    counted = Counter(
        word.bare
        for slot in slots
        for word in words(str(next(iter(view.record(slot)["names"].values()))))
        if word.bare.startswith(typed.beginning) and word.bare != typed.beginning
    )
    return [each for each, _ in counted.most_common(COMPLETIONS_MAX)]


def _products(view: IndexView, typed: _Typed, terms: dict[str, float], completions: Sequence[str]) -> list[int]:
    """The best that have every finished word and one that begins as the last: in their names, else anywhere."""
    groups = [*([each] for each in typed.whole), [singular(typed.beginning), *map(singular, completions)]]
    named, anywhere = view.live, view.live
    for group in groups:
        in_name, in_any = np.zeros(len(view.live), np.bool_), np.zeros(len(view.live), np.bool_)
        for term in group:
            slots, counts = view.text.postings(term)
            in_any[slots] = True
            in_name[slots[counts[:, NAME] > 0]] = True
        named, anywhere = named & in_name, anywhere & in_any
    return view.text.best(view.text.scores(terms) * (named if named.any() else anywhere), PRODUCTS_LOOKED_AT)


def _names(view: IndexView, typed: _Typed, language: str) -> list[Suggestion]:
    """Categories and brands one of whose words begins as what is typed."""
    beginning = " ".join([*typed.whole, typed.beginning])
    found: dict[str, tuple[int, Suggestion]] = {}
    for key, phrases in view.lexicon.phrases.items():
        if not (key.startswith(beginning) or f" {beginning}" in key):
            continue
        for term in (phrase.term for phrase in phrases if phrase.term.startswith((CATEGORY, BRAND))):
            count = len(view.filters.postings(term).slots)
            if not count or term in found:
                continue
            text = view.lexicon.label(term, language)
            category = field_of(term) == "category"
            place = quote(term.removeprefix(CATEGORY) if category else text, safe="")
            found[term] = (
                count,
                Suggestion(
                    kind="category" if category else "brand",
                    text=text,
                    matched=_begun(text, typed),
                    url=f"/{'categories' if category else 'brands'}/{place}",
                ),
            )
    return [each for _, each in sorted(found.values(), key=lambda each: (-each[0], each[1].text))[:NAMES_MAX]]


def _begun(text: str, typed: _Typed) -> tuple[Span, ...]:
    found = words(text)
    begun = {word.plain for word in found if word.plain in typed.whole or word.bare.startswith(typed.beginning)}
    return spans(text, found, begun, ())


def _run(found: Sequence[Word], typed: _Typed, last_words: Container[str]) -> tuple[int, int] | None:
    """Where in a name all that is typed stands in one row, the last word completed."""
    whole = list(typed.whole)
    for at in range(len(found) - len(whole)):
        last = at + len(whole)
        if [word.plain for word in found[at:last]] == whole and found[last].bare in last_words:
            return at, last
    return None


def _goes_on(shown: Card, typed: _Typed, last_words: Sequence[str]) -> tuple[int, int, bool]:
    """Names that have in one row what is typed come first, not as what the thing is for; of these those with the more
    usual word, then what can be had."""
    found = words(shown.name)
    run = _run(found, typed, last_words)
    if run is None:
        return 2, 0, not shown.in_stock
    made_for = any(word.form in FOR_WORDS for word in found[: run[0]])
    return int(made_for), last_words.index(found[run[1]].bare), not shown.in_stock


def _phrases(names: Sequence[str], typed: _Typed, last_words: Sequence[str]) -> list[str]:
    """How names go on from what is typed, as they write it, the most usual first. What only one name has is told where
    none has more."""
    counted: Counter[str] = Counter()
    for name in names:
        found = words(name)
        if run := _run(found, typed, last_words):
            first, last = run
            if first == last and is_syllable(found[last].bare) and last + 1 < len(found) and found[last + 1].follows:
                last += 1  # one syllable is rarely a word
            counted[name[found[first].start : found[last].end].lower()] += 1
    usual = counted.most_common(PHRASES_MAX)
    return [phrase for phrase, count in usual if count > 1 or usual[0][1] == 1]
