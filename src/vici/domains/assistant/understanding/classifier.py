"""Learns from a few examples which intent a text has.

Two linear models over the same features, added: multinomial logistic regression, and naive Bayes, which knows less but
errs elsewhere. Features are weighed by how few intents they occur in, not how few texts: with twenty examples each, a
word of one intent may be common.

Measured with 20 examples of each intent (`vici evaluate intents`, macro-F1 on Bitext and BANKING77): TF-IDF of words
and characters with a linear SVC .962 and .786; logistic regression, pairs of words and weights by intent .962 and .824;
the intents' names as examples .976 and .829; with naive Bayes .972 and .838.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vici.domains.assistant.understanding.features import features_of

Floats = NDArray[np.float32]

# An intent's name says what it is about; it counts as so many examples.
_NAME_COUNTS = 2
# Gradient steps: stopping here is the regularisation, 40 to 200 measure the same.
_STEPS = 60
_SMOOTHING = 0.01
_BAYES_WEIGHT = 0.1
_NEAREST = 3
_VIEWS = 3


class Guess(NamedTuple):
    intent: str
    confidence: float
    """0 to 1: the share of the belief that this intent has among all that were learnt."""
    familiarity: float
    """How much the text is like anything that was learnt, from 0; comparable within one classifier only. Low for what
    is out of scope."""


class _Row(NamedTuple):
    """The known features of one text."""

    columns: NDArray[np.int32]
    values: Floats
    """Weighed; each view has length 1."""
    present: int
    """How many features, known or not, the text has."""


@dataclass(frozen=True)
class IntentClassifier:
    intents: tuple[str, ...]
    _columns: dict[str, int]
    _weights: Floats
    """By column: how much a feature counts."""
    _regression: Floats
    """Column by intent."""
    _bayes: Floats
    _examples: Any
    """The learnt texts, a sparse matrix of rows like `_Row`, for likeness."""

    def guess(self, text: str) -> Guess:
        row = _row(text, self._columns.get, self._weights)
        logits = row.values @ self._regression[row.columns]
        evidence = self._bayes[row.columns].sum(axis=0) / np.sqrt(max(row.present, 1))
        belief = logits + _BAYES_WEIGHT * evidence
        best = int(belief.argmax())
        share = np.exp(belief - belief.max())
        dense = np.zeros(len(self._weights), np.float32)
        dense[row.columns] = row.values
        likeness = self._examples @ dense
        nearest = np.partition(likeness, -_NEAREST)[-_NEAREST:].mean() / _VIEWS
        return Guess(self.intents[best], float(share[best] / share.sum()), float(logits.max() * nearest))


def learn(examples: Sequence[tuple[str, str]]) -> IntentClassifier:
    """Learn from (text, intent). The same examples give the same classifier."""
    from scipy.sparse import csr_array  # heavy, and only wanted where something is learnt

    intents = tuple(sorted({intent for _, intent in examples}))
    number = {intent: place for place, intent in enumerate(intents)}
    names = [(intent.replace("_", " "), intent) for intent in intents] * _NAME_COUNTS
    labels = np.array([number[intent] for _, intent in (*examples, *names)])
    columns: dict[str, int] = {}
    counted = [
        _count(text, lambda feature: columns.setdefault(feature, len(columns))) for text, _ in (*examples, *names)
    ]
    weights = _weights(counted, labels, len(columns), len(intents))
    rows = [_weighed(views, present, weights) for views, present in counted]
    matrix: Any = csr_array(
        (
            np.concatenate([row.values for row in rows]),
            np.concatenate([row.columns for row in rows]),
            np.cumsum([0, *(len(row.columns) for row in rows)]),
        ),
        shape=(len(rows), len(columns)),
    )
    kernel: Floats = (matrix @ matrix.T).toarray()
    regression: Floats = matrix.T @ _regress(kernel, labels, len(intents))
    there = np.zeros((len(columns), len(intents)), np.float32)
    for row, label in zip(rows, labels, strict=True):
        there[row.columns, label] += 1
    smoothed = np.log(there + _SMOOTHING) - np.log((there + _SMOOTHING).sum(axis=0))
    bayes = smoothed - smoothed.mean(axis=1, keepdims=True)
    return IntentClassifier(intents, columns, weights, regression, bayes, matrix)


def _regress(kernel: Floats, labels: NDArray[np.int64], intents: int) -> Floats:
    """Multinomial logistic regression in the span of the examples, by accelerated gradient steps (Nesterov)."""
    target = np.zeros((len(labels), intents), np.float32)
    target[np.arange(len(labels)), labels] = 1
    direction = np.ones(len(labels), np.float32)
    for _ in range(8):
        direction = kernel @ (direction / np.linalg.norm(direction))
    step = 2 / float(np.linalg.norm(direction))  # the largest eigenvalue; the softmax is no steeper than 1/2
    now = ahead = np.zeros_like(target)
    for turn in range(_STEPS):
        logits = kernel @ ahead
        belief = np.exp(logits - logits.max(axis=1, keepdims=True))
        belief /= belief.sum(axis=1, keepdims=True)
        before, now = now, ahead - step * (belief - target)
        ahead = now + turn / (turn + 3) * (now - before)
    return now


_Views = list[tuple[NDArray[np.int32], Floats]]


def _count(text: str, column_of: Callable[[str], int | None]) -> tuple[_Views, int]:
    """For each view the columns of the known features and how often they occur, dampened; and the number of all."""
    views: _Views = []
    present = 0
    for place, features in enumerate(features_of(text)):
        counts = Counter(features)
        present += len(counts)
        known = [
            (column, count) for name, count in counts.items() if (column := column_of(f"{place}{name}")) is not None
        ]
        columns = np.array([column for column, _ in known], np.int32)
        views.append((columns, 1 + np.log(np.array([count for _, count in known], np.float32))))
    return views, present


def _weights(counted: Sequence[tuple[_Views, int]], labels: NDArray[np.int64], columns: int, intents: int) -> Floats:
    """log(1 + intents / intents with the feature)."""
    occurs = np.zeros((columns, intents), np.bool_)
    for (views, _), label in zip(counted, labels, strict=True):
        for found, _ in views:
            occurs[found, label] = True
    return np.log1p(intents / np.maximum(occurs.sum(axis=1), 1)).astype(np.float32)


def _weighed(views: _Views, present: int, weights: Floats) -> _Row:
    values: list[Floats] = []
    for columns, counts in views:
        weighed = counts * weights[columns]
        values.append(weighed / max(float(np.linalg.norm(weighed)), 1e-9))
    return _Row(np.concatenate([columns for columns, _ in views]), np.concatenate(values).astype(np.float32), present)


def _row(text: str, column_of: Callable[[str], int | None], weights: Floats) -> _Row:
    views, present = _count(text, column_of)
    return _weighed(views, present, weights)
