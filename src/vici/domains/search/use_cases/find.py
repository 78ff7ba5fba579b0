"""Finds products by words and filters."""

from collections.abc import Callable, Sequence

import numpy as np

from vici.domains.search.api import Chip, Correction, Relaxation, Results, SearchProducts, Sort
from vici.domains.search.rules.documents import code_key
from vici.domains.search.rules.exclusions import read_exclusions
from vici.domains.search.rules.filters import Asked, Place, read_limits, read_names
from vici.domains.search.rules.prices import without
from vici.domains.search.rules.query import Query, read_query
from vici.domains.search.store import Chosen, IndexView, ProductIndex
from vici.domains.search.use_cases.conditions import Condition, Shopfloor, merged, passing, relaxed
from vici.domains.search.use_cases.facets import facets
from vici.domains.search.use_cases.models import lacking_model
from vici.domains.search.use_cases.pages import SortedList, cursor_at, offset_of
from vici.domains.search.use_cases.present import hit
from vici.domains.search.use_cases.rank import Fit, Rank, Ranked, is_thing
from vici.kit.text import Word, composed, terms

# A product fits when it meets this share of what the product that meets most of the words meets.
FITTING_SHARE = 0.5
# A name in the words becomes a filter when the best answers by the words are of it already, all but a few.
AGREEING = 10
AGREEMENT = 0.8
# Of all that meet the words: a rounding error below 1.
WHOLLY = 0.999


class FindProducts:
    def __init__(self, index: ProductIndex, rank: Rank, currency: str) -> None:
        self._index = index
        self._rank = rank
        self._currency = currency

    async def search(self, request: SearchProducts) -> Results:
        view = self._index.view
        text = composed(request.words)
        floor = Shopfloor(view, request.language, self._currency)
        given = floor.given(request.filters)

        def wanted(asked: Sequence[Asked]) -> list[Asked]:
            return [each for each in asked if each.chip_id not in request.keep_words and not _settled(each, given)]

        sure = wanted(read_limits(text))
        searched = without(text, [each.place for each in sure])
        query = read_query(searched, view, view.speller, correct=request.correct)
        if ruled_out := read_exclusions(searched, read_names(searched, query.read, view.lexicon), view.lexicon):
            searched = without(searched, [each.place for each in ruled_out])
            query = read_query(searched, view, view.speller, correct=request.correct)
            sure += wanted(ruled_out)
        named = _named(searched, query, view, wanted)
        lacking = lacking_model(view, searched, query, named)
        if lacking:
            searched = without(searched, [(lacking.start, lacking.end)])
            query = read_query(searched, view, view.speller, correct=request.correct)
            named = _named(searched, query, view, wanted)
        given, fit, given_up = _within(view, query, searched, given)
        among = passing(given, fit.fitting)
        read = [floor.asked(each, among) for each in sure] + await self._agreed(view, floor, query, fit, named)
        kept, not_kept = relaxed(read, lambda kept: bool(passing(kept, among).any())) if among.any() else (read, [])
        conditions = [*given, *kept]
        passed = passing(conditions, fit.fitting)
        shown, next_cursor = await self._page(view, request, query, fit, passed, named)
        total = int(passed.sum())
        currency = request.filters.currency or next((c.filters.currency for c in conditions if c.kind == "price"), None)
        return Results(
            hits=tuple(hit(view, each, query, request.language, currency) for each in shown),
            total=total,
            next_cursor=next_cursor,
            words=without(searched, [each.asked.place for each in read if each.asked and each.asked in named]),
            applied=merged(conditions),
            chips=tuple(_chip(each) for each in read),
            correction=_correction(searched, query),
            relaxed=(*given_up, *not_kept, *_words_given_up(view, query, fit, shown, conditions, lacking)),
            facets=facets(view, conditions, fit.fitting, request.language, self._currency) if request.facets else (),
        )

    async def _agreed(
        self, view: IndexView, floor: Shopfloor, query: Query, fit: Fit, named: Sequence[Asked]
    ) -> list[Condition]:
        """Of the names in the words those that the answers bear out; where a word names several things, one.

        Either the best answers are of it, all but a few, or those that meet all words are. (`màu đen` needs no proof.)
        The filters of the request have no say, so that choosing one changes nothing else.
        """
        if not named:
            return []
        among = fit.fitting
        best = [each.slot for each in await self._rank.order(view, query, fit, among, named, AGREEING)]
        whole: list[int] = np.flatnonzero(among & (fit.coverage >= WHOLLY)).tolist()
        agreed: list[Condition] = []
        for each in named:
            if any(other.asked and other.asked.place == each.place for other in agreed):
                continue
            condition = floor.asked(each, among)
            few = best[: max(1, min(AGREEING, int(condition.passed.sum())))]
            # `máy pha cà phê` is no coffee: what is not named as the thing itself must be all but all that is found.
            beside = each.kind == "category" and not is_thing(each, query, named)
            proofs = (best,) if beside else (few, whole)
            certain = each.named is not None and each.named.certain and condition.kind == "attribute"
            if certain or any(slots and float(condition.passed[slots].mean()) >= AGREEMENT for slots in proofs):
                agreed.append(condition)
        return agreed

    async def _page(
        self, view: IndexView, request: SearchProducts, query: Query, fit: Fit, passed: Chosen, named: Sequence[Asked]
    ) -> tuple[list[Ranked], str | None]:
        """The page in the order asked for, and the cursor of the next one."""
        if request.sort is not Sort.RELEVANCE:
            currency = request.filters.currency or view.usual_currency(self._currency)
            slots, following = SortedList(view, request.sort, passed, currency).page(request.cursor, request.limit)
            return [Ranked(slot, float(fit.by_words[slot])) for slot in slots], following
        start = offset_of(request.cursor)
        end = start + request.limit
        if query.words:
            ordered = await self._rank.order(view, query, fit, passed, named, end)
        else:
            ordered = [Ranked(slot, 0.0) for slot in _varied(view, passed)[:end]]
        return ordered[start:], cursor_at(end) if end < int(passed.sum()) else None


def _varied(view: IndexView, passed: Chosen) -> list[int]:
    """A list of everything: first what can be had; one of each category, then another of each; the larger categories
    before; what is new."""
    slots = np.flatnonzero(passed)
    newest, gone = -view.created_at[slots], view.available[slots] == 0
    _, shelf, sizes = np.unique(view.shelves[slots], return_inverse=True, return_counts=True)
    order = np.lexsort((newest, gone, shelf))
    begins = np.cumsum(sizes) - sizes
    turn = np.empty(len(slots), np.int64)
    turn[order] = np.arange(len(slots)) - begins[shelf[order]]
    ordered: list[int] = slots[np.lexsort((slots, newest, -sizes[shelf], turn, gone))].tolist()
    return ordered


def _is_part(place: Place, things: Sequence[range]) -> bool:
    """Whether it lies in one of these and is not all of it."""
    return any(
        each.start <= place.start and place.end <= each.stop and place != (each.start, each.stop) for each in things
    )


def _named(text: str, query: Query, view: IndexView, wanted: Callable[[Sequence[Asked]], list[Asked]]) -> list[Asked]:
    return [
        each
        for each in wanted(read_names(text, query.read, view.lexicon))
        if not _is_part(each.place, query.things)  # a coffee machine is no coffee
    ]


def _settled(asked: Asked, given: Sequence[Condition]) -> bool:
    """Whether the request itself says what to filter this field by (of prices both bounds hold), or wants what the
    words rule out."""
    if asked.kind == "exclusion":
        terms = asked.named.terms if asked.named else ()
        return any(not set(terms).isdisjoint(condition.terms) for condition in given)
    field = asked.named.field if asked.named else "in_stock" if asked.kind == "stock" else None
    return any(condition.field == field for condition in given)


def _within(
    view: IndexView, query: Query, text: str, given: list[Condition]
) -> tuple[list[Condition], Fit, list[Relaxation]]:
    """What fits the words of what passes the filters that the request names. Where nothing does, what the shop has
    otherwise, with the filters that are to be given up for it."""
    fit = _fit(view, query, text)
    if not query.words or passing(given, fit.fitting).any():
        return given, fit, []
    # What meets the words only in part is shown before a filter is given up.
    among = passing(given, view.live & (fit.by_words > 0))
    if among.any():
        return given, fit._replace(fitting=_fitting(fit, among)), []
    if not fit.fitting.any():
        return given, fit, []
    kept, given_up = relaxed(given, lambda kept: bool(passing(kept, fit.fitting).any()))
    return kept, fit, given_up


def _fitting(fit: Fit, among: Chosen) -> Chosen:
    """Those that meet enough of what the one of these does that meets most."""
    best = float(fit.coverage[among].max(initial=0))
    return (fit.by_words > 0) & (fit.coverage >= FITTING_SHARE * best)


def _fit(view: IndexView, query: Query, text: str) -> Fit:
    """Held against the best of all products, so that a filter leaves of an answer what it says."""
    if not query.words:
        return Fit(np.zeros(len(view.records), np.float32), view.live.astype(np.float32), view.live)
    by_words = view.text.scores(query.scoring, query.alike)
    coverage = view.text.coverage(
        [concept.meeting for concept in query.concepts], [concept.weight for concept in query.concepts]
    )
    exact = view.having([code_key(text)])
    if exact.any():
        # A product's own code comes before whatever else the digits may stand for.
        by_words[exact] = by_words.max() + 1
        coverage[exact] = 1
    fit = Fit(by_words, coverage, view.live)
    return fit._replace(fitting=_fitting(fit, view.live))


def _chip(condition: Condition) -> Chip:
    assert condition.asked is not None
    return Chip(
        chip_id=condition.asked.chip_id, kind=condition.kind, label=condition.label, words=condition.asked.words
    )


def _correction(text: str, query: Query) -> Correction | None:
    """The text with its slips put right."""
    if not query.corrections:
        return None
    corrected = text
    for word, meant in sorted(query.corrections, key=lambda each: -each.word.start):
        corrected = corrected[: word.start] + meant + corrected[word.end :]
    return Correction(original=text, corrected=corrected, applied=True)


def _words_given_up(
    view: IndexView,
    query: Query,
    fit: Fit,
    shown: Sequence[Ranked],
    conditions: Sequence[Condition],
    model: Word | None,
) -> list[Relaxation]:
    """The words that not even the first of those shown has, and no filter stands for."""
    lacking = [model.form] if model and shown else []
    if shown and query.concepts and fit.coverage[shown[0].slot] < WHOLLY:
        first = shown[0].slot
        read = {word for each in conditions if each.asked for word in terms(each.asked.words)}
        lacking += [
            " ".join(word.form for word in query.words[concept.first : concept.last + 1])
            for concept in query.concepts
            if read.isdisjoint(concept.all_terms)
            and not any(first in view.text.postings(term).slots for term in concept.all_terms)
        ]
    return [Relaxation(kind="words", label=" ".join(lacking))] if lacking else []
