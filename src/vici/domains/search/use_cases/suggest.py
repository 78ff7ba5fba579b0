"""What the search field offers while one types: categories and brands, ways to go on, products."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote

import numpy as np

from vici.domains.search.api import Span, Suggest, Suggestion, Suggestions
from vici.domains.search.rules.documents import BRAND, CATEGORY
from vici.domains.search.rules.highlights import spans
from vici.domains.search.rules.lexicon import field_of
from vici.domains.search.rules.query import read_query
from vici.domains.search.store import NAME, IndexView, ProductIndex
from vici.domains.search.use_cases.present import card
from vici.kit.text import composed, singular, words

COMPLETIONS_MAX = 20
NAMES_MAX = 3
PHRASES_MAX = 3
PRODUCTS_LOOKED_AT = 30
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
        cards = [card(view, slot, request.language) for slot in slots]
        offered = [
            *_names(view, typed, request.language),
            *(
                Suggestion(
                    kind="words",
                    text=each,
                    matched=spans(each, words(each), marked, forms),
                    url=f"/search?q={quote(each)}",
                )
                for each in _phrases([each.name for each in cards], typed, {*completions, typed.beginning})
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


def _phrases(names: Sequence[str], typed: _Typed, last_words: set[str]) -> list[str]:
    """How names go on from what is typed, as they write it, the most usual first."""
    wanted = [*typed.whole]
    counted: Counter[str] = Counter()
    for name in names:
        found = words(name)
        for at in range(len(found) - len(wanted)):
            run = found[at : at + len(wanted) + 1]
            if [word.plain for word in run[:-1]] == wanted and run[-1].bare in last_words:
                counted[name[run[0].start : run[-1].end].lower()] += 1
                break
    return [phrase for phrase, _ in counted.most_common(PHRASES_MAX)]
