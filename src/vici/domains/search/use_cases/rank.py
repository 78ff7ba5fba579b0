"""Puts the products that fit a query in order."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from vici.domains.search.rules.documents import describes
from vici.domains.search.rules.filters import Asked, Place
from vici.domains.search.rules.lexicon import field_of
from vici.domains.search.rules.query import Query
from vici.domains.search.rules.ranking import (
    BEST,
    CANDIDATES,
    Floats,
    Marks,
    Signals,
    Weights,
    beginnings,
    heads,
    itself,
    opening,
    ranked,
)
from vici.domains.search.store import Chosen, IndexView
from vici.infra.embeddings.port import Embedder
from vici.infra.search.port import VectorIndex


class Ranked(NamedTuple):
    slot: int
    score: float


class Fit(NamedTuple):
    """How well each product fits the words, by slot."""

    by_words: Floats
    """Its BM25F score."""
    coverage: Floats
    """How much of the query it meets."""
    fitting: Chosen
    """Enough of it."""


class Rank:
    def __init__(self, embedder: Embedder, vectors: VectorIndex, weights: Weights) -> None:
        self._embedder = embedder
        self._vectors = vectors
        self._weights = weights

    async def order(
        self, view: IndexView, query: Query, fit: Fit, passed: Chosen, named: Sequence[Asked], limit: int
    ) -> list[Ranked]:
        """The best `limit` of those that passed: the first by their words looked at again, behind them the others in
        the order of their words.

        `named` is what the query names, whether or not it is filtered by.
        """
        scores = np.where(passed, fit.by_words, 0).astype(np.float32)
        first = view.text.best(scores, CANDIDATES)
        if not first:
            return []
        signals = await self._signals(view, query, Fit(scores, fit.coverage, passed), first, named)
        again = ranked(signals, self._weights)
        order: list[int] = np.argsort(-again, kind="stable").tolist()
        best = [Ranked(first[at], float(again[at])) for at in order]
        if limit <= CANDIDATES:
            return best[:limit]
        # Behind the candidates the words alone decide, scaled so as to score below all of them.
        scale = best[-1].score / max(float(scores[first[-1]]), 1e-9)
        scores[first] = 0
        rest: list[int] = np.argsort(-scores, kind="stable")[: limit - len(best)].tolist()
        return best + [Ranked(slot, float(scores[slot]) * scale) for slot in rest if scores[slot] > 0]

    async def _signals(
        self, view: IndexView, query: Query, fit: Fit, slots: Sequence[int], named: Sequence[Asked]
    ) -> Signals:
        ids = [view.text.ids[slot] for slot in slots]
        meant = (await self._embedder.embed([" ".join(query.spelt)]))[0]
        titles = [view.titles[slot] for slot in slots]
        described = [each for each in named if each.named and describes(each.named.field.removeprefix("attribute:"))]
        return Signals(
            words=fit.by_words[slots],
            meaning=await self._vectors.scores(meant, ids),
            likeness=await self._likeness(ids, fit.by_words[slots]),
            head=heads(titles, query.spelt),
            begins=self._begins(view, query, slots, titles),
            kind=_of_kind(view, query, named)[slots],
            described=_as_described(view, described)[slots],
            in_stock=(view.available[list(slots)] > 0).astype(np.float32),
            coverage=fit.coverage[slots],
            itself=itself(titles, query.thing(descriptions(query, named))),
        )

    def _begins(self, view: IndexView, query: Query, slots: Sequence[int], titles: Sequence[Marks]) -> Floats:
        """Titles are compared without accents, so what was typed with them must stand somewhere in the product."""
        begun = opening(query.spelt, accented=query.is_accented)
        found = beginnings(titles, begun)
        for word in query.words[: len(begun)]:
            if not word.form.isascii() and view.frequency(word.form):
                found *= np.isin(slots, view.text.postings(word.form).slots)
        return found

    async def _likeness(self, ids: Sequence[str], by_words: Floats) -> Floats:
        """How close each is to the middle of the best, each of these counting as much as its words."""
        best = await self._vectors.get(ids[:BEST])
        if not best:
            return np.zeros(len(ids), np.float32)
        weight = dict(zip(ids[:BEST], by_words[:BEST].tolist(), strict=False))
        middle = np.sum([vector * weight[each] for each, vector in best.items()], axis=0)
        length = float(np.linalg.norm(middle))
        return await self._vectors.scores((middle / (length or 1)).astype(np.float32), ids)


# The product's category lists several kinds of things, of which the query names one.
LISTED = 0.5
# What is named elsewhere than where the language names the thing only describes it: `phin cà phê`, `phone case`.
BESIDE = 0.25


def _of_kind(view: IndexView, query: Query, named: Sequence[Asked]) -> Floats:
    """How far each product is of the categories that the query names: of words that name several, the best counts, and
    a name of which the words are all more than one that lists several things."""
    met = np.zeros(len(view.records), np.float32)
    for each in named:
        if each.named and each.kind == "category":
            share = 1 if is_thing(each, query, named) else BESIDE
            for term in each.named.terms:
                slots = view.filters.postings(term).slots
                met[slots] = np.maximum(met[slots], share * (1 if term in each.named.whole else LISTED))
    for phrase in view.lexicon.phrases.get(query.kind, ()):
        if field_of(phrase.term) == "category":
            met[view.filters.postings(phrase.term).slots] = 1
    return met


def is_thing(asked: Asked, query: Query, named: Sequence[Asked]) -> bool:
    """Whether this category stands where the query names what it looks for."""
    at = query.thing_at(descriptions(query, named))
    if at is None or any(each.kind == "category" and each.place.start < at.stop <= each.place.end for each in named):
        return at is not None and asked.place.start < at.stop <= asked.place.end
    return query.is_model(*asked.place)


def descriptions(query: Query, named: Sequence[Asked]) -> set[str]:
    """The words that tell of which brand the thing is, what colour, what size."""
    return {
        word
        for each in named
        if each.named and (each.kind == "brand" or describes(each.named.field.removeprefix("attribute:")))
        for word in query.in_place(*each.place)
    }


def _as_described(view: IndexView, described: Sequence[Asked]) -> Floats:
    """The share of the colours and sizes in the query that each product comes in."""
    places: dict[Place, list[str]] = {}
    for each in described:
        if each.named:
            places.setdefault(each.place, []).extend(each.named.terms)
    met = np.zeros(len(view.records), np.float32)
    for terms in places.values():
        met += view.having(terms)
    return met / np.float32(max(len(places), 1))
