"""Puts the products that fit a query in order."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from vici.domains.search.rules.documents import CATEGORY
from vici.domains.search.rules.filters import Asked
from vici.domains.search.rules.query import Query
from vici.domains.search.rules.ranking import (
    BEST,
    CANDIDATES,
    Floats,
    Signals,
    Weights,
    beginnings,
    heads,
    opening,
    ranked,
)
from vici.domains.search.store import Chosen, IndexView
from vici.infra.embeddings.port import Embedder
from vici.infra.search.port import VectorIndex


class Ranked(NamedTuple):
    slot: int
    score: float


class Rank:
    def __init__(self, embedder: Embedder, vectors: VectorIndex, weights: Weights) -> None:
        self._embedder = embedder
        self._vectors = vectors
        self._weights = weights

    async def order(
        self, view: IndexView, query: Query, by_words: Floats, passed: Chosen, named: Sequence[Asked], limit: int
    ) -> list[Ranked]:
        """The best `limit` of those that passed: the first by their words looked at again, behind them the others in
        the order of their words.

        `named` are the categories the query names, whether or not they are filtered by.
        """
        scores = np.where(passed, by_words, 0).astype(np.float32)
        first = view.text.best(scores, CANDIDATES)
        if not first:
            return []
        again = ranked(await self._signals(view, query, scores[first], first, named), self._weights)
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
        self, view: IndexView, query: Query, words: Floats, slots: Sequence[int], named: Sequence[Asked]
    ) -> Signals:
        ids = [view.text.ids[slot] for slot in slots]
        meant = (await self._embedder.embed([" ".join(query.spelt)]))[0]
        titles = [view.titles[slot] for slot in slots]
        terms = [term for each in named if each.named for term in each.named.terms if term.startswith(CATEGORY)]
        return Signals(
            words=words,
            meaning=await self._vectors.scores(meant, ids),
            likeness=await self._likeness(ids, words),
            head=heads(titles, query.spelt),
            begins=beginnings(titles, opening(query.spelt, accented=query.is_accented)),
            kind=view.having(terms)[list(slots)].astype(np.float32),
            in_stock=(view.available[list(slots)] > 0).astype(np.float32),
        )

    async def _likeness(self, ids: Sequence[str], words: Floats) -> Floats:
        """How close each is to the middle of the best, each of these counting as much as its words."""
        best = await self._vectors.get(ids[:BEST])
        if not best:
            return np.zeros(len(ids), np.float32)
        weight = dict(zip(ids[:BEST], words[:BEST].tolist(), strict=False))
        middle = np.sum([vector * weight[each] for each, vector in best.items()], axis=0)
        length = float(np.linalg.norm(middle))
        return await self._vectors.scores((middle / (length or 1)).astype(np.float32), ids)
