"""What is measured of a ranked list: for one query, and over many.

A judgement is a grade from 0 (wrong) up. nDCG as Järvelin and Kekäläinen (2002) define it, with the grade as the gain;
condensed lists, from which the unjudged are taken out, as Sakai (2007) does.
"""

import math
import random
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

# A grade from here on is a good answer, for the figures that know only good and bad.
GOOD = 2


class Interval(NamedTuple):
    low: float
    high: float


def _gain(grades: Sequence[float], depth: int) -> float:
    return sum(grade / math.log2(place + 2) for place, grade in enumerate(grades[:depth]))


def ndcg(ranked: Sequence[str], judged: Mapping[str, int], depth: int = 10, *, condensed: bool = False) -> float | None:
    """Gain of the list against the best possible; none when nothing was judged relevant. An item counts once."""
    ideal = _gain(sorted(judged.values(), reverse=True), depth)
    if not ideal:
        return None
    items = [item for item in dict.fromkeys(ranked) if not condensed or item in judged]
    return _gain([judged.get(item, 0) for item in items], depth) / ideal


def reciprocal_rank(
    ranked: Sequence[str], judged: Mapping[str, int], depth: int = 100, good: int = GOOD
) -> float | None:
    """1 over the place of the first good answer, 0 when there is none; none when nothing good was judged."""
    if not any(grade >= good for grade in judged.values()):
        return None
    places = (place for place, item in enumerate(ranked[:depth], 1) if judged.get(item, 0) >= good)
    return 1 / next(places, math.inf)


def recall(ranked: Sequence[str], judged: Mapping[str, int], depth: int = 100, good: int = GOOD) -> float | None:
    """Which share of the good answers is among the first; none when nothing good was judged."""
    wanted = {item for item, grade in judged.items() if grade >= good}
    return len(wanted.intersection(ranked[:depth])) / len(wanted) if wanted else None


def judged_share(ranked: Sequence[str], judged: Mapping[str, int], depth: int = 10) -> float | None:
    """Which share of the first was judged at all; none for an empty list."""
    top = ranked[:depth]
    return sum(item in judged for item in top) / len(top) if top else None


def of_query(ranked: Sequence[str], judged: Mapping[str, int]) -> dict[str, float]:
    """All of them by name, those left out that say nothing about this query."""
    figures = {
        "ndcg@10": ndcg(ranked, judged),
        "ndcg@10_condensed": ndcg(ranked, judged, condensed=True),
        "mrr": reciprocal_rank(ranked, judged),
        "recall@100": recall(ranked, judged),
        "judged@10": judged_share(ranked, judged),
    }
    return {name: value for name, value in figures.items() if value is not None}


def of_all(
    run: Mapping[str, Sequence[str]], judgements: Mapping[str, Mapping[str, int]]
) -> dict[str, dict[str, float]]:
    """By figure the value of each query that has a relevant item; a query that was not run has found nothing."""
    by_figure: dict[str, dict[str, float]] = {}
    for query_id, judged in judgements.items():
        if any(judged.values()):
            for name, value in of_query(run.get(query_id, ()), judged).items():
                by_figure.setdefault(name, {})[query_id] = value
    return by_figure


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else math.nan


def bootstrap(values: Sequence[float], samples: int = 2000, seed: int = 7) -> Interval:
    """Where the mean lies with 95 % confidence: the percentiles of the means of samples drawn with replacement."""
    if not values:
        return Interval(math.nan, math.nan)
    chance = random.Random(seed)
    means = sorted(mean(chance.choices(values, k=len(values))) for _ in range(samples))
    return Interval(means[int(samples * 0.025)], means[int(samples * 0.975) - 1])


def filter_figures(pairs: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> dict[str, float]:
    """How well filters (expected, read) were read: the share of queries with exactly the expected ones; precision,
    recall and F1 over single filters."""
    exact = found = wrong = missed = 0
    for expected, read in pairs:
        exact += dict(expected) == dict(read)
        right, said = set(expected.items()), set(read.items())
        found, wrong, missed = found + len(right & said), wrong + len(said - right), missed + len(right - said)
    return {
        "exact_match": exact / len(pairs) if pairs else math.nan,
        "precision": found / (found + wrong) if found + wrong else 1.0,
        "recall": found / (found + missed) if found + missed else 1.0,
        "f1": 2 * found / (2 * found + wrong + missed) if found + wrong + missed else 1.0,
    }
