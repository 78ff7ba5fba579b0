"""In which order the candidates of a query are shown.

The words decide first (BM25F over all fields); what follows only reorders the best of them, each signal by a small
weight: closeness of meaning to the query, closeness to what its best answers have in common (so that laptops come
before laptop bags when most of what is called a laptop is one), the searched thing standing at the head of the name
("projector 150 lm", not "projector mount").
"""

from collections.abc import Sequence
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from vici.kit.text import Word, is_syllable

Floats = NDArray[np.float32]
Marks = NDArray[np.uint32]

# So many of the best by words are looked at again; the rest follows in its order.
CANDIDATES = 300
# So many of the best tell what the answers have in common.
BEST = 10


class Weights(NamedTuple):
    """What each signal, from 0 to 1, adds to the score of the words, whose best is 1."""

    meaning: float = 0.1
    likeness: float = 0.05
    head: float = 0.02
    begins: float = 0.1
    kind: float = 0.2
    described: float = 0.2
    in_stock: float = 0.02
    coverage: float = 0.05
    itself: float = 0.3


class Signals(NamedTuple):
    """Of the candidates, each from 0 to 1 but the first."""

    words: Floats
    """Their BM25F scores."""
    meaning: Floats
    """How close to the query."""
    likeness: Floats
    """How close to the best answers."""
    head: Floats
    """The last word of the query stands in the name as a head: what English calls the thing."""
    begins: Floats
    """The name begins as a Vietnamese query does: what Vietnamese calls the thing."""
    kind: Floats
    """It is of the categories and brands that the query names."""
    described: Floats
    """It comes in the colours and sizes that the query names."""
    in_stock: Floats
    coverage: Floats
    """How much of the query it meets, anywhere in its texts."""
    itself: Floats
    """Not only what its name says it is for is named by the query: a `case for iPhone 15` is no `iPhone 15`."""


def title_marks(name: Sequence[Word]) -> Marks:
    """The words of a name as numbers that can be compared at once: a checksum, its two lowest bits told if the word is
    a head, and if it tells what the thing is for.

    A head ends its phrase: a number, a break or a linking word follows, or nothing. What a thing is for stands behind a
    word such as `for`, up to a break that neither spaces nor hyphens make.
    """
    marks: list[int] = []
    purpose = 0
    for at, word in enumerate(name):
        following = name[at + 1] if at + 1 < len(name) else None
        if following is None or not following.follows:
            head = ends = True
        else:
            head, ends = not following.plain.isalpha() or following.plain in _LINKING, False
        marks.append(_mark(word.plain) | (_HEAD if head else 0) | purpose)
        purpose = 0 if ends else _PURPOSE if word.form in FOR_WORDS else purpose
    return np.array(marks, np.uint32)


_HEAD, _PURPOSE = 1, 2
# Behind these words stands what something is for, in names as in queries.
FOR_WORDS = frozenset({"cho", "for"})
_LINKING = frozenset({"for", "with", "and", "from", "to", "in", "of", "w", "cho", "voi", "va", "danh", "kem", "co"})


def heads(titles: Sequence[Marks], spelt: Sequence[str]) -> Floats:
    """1 for each title where the query's last word stands as a head, else 0."""
    if not titles or not spelt:
        return np.zeros(len(titles), np.float32)
    return _any(titles, np.concatenate(titles) & ~np.uint32(_PURPOSE) == np.uint32(_mark(spelt[-1]) | _HEAD))


def itself(titles: Sequence[Marks], thing: Sequence[str]) -> Floats:
    """0 for each title that has all of these words, but only where it tells what its thing is for; else 1."""
    found = np.ones(len(titles), np.float32)
    if titles and thing:
        marks = np.concatenate(titles)
        purpose, words = (marks & np.uint32(_PURPOSE)) > 0, marks & ~np.uint32(_HEAD | _PURPOSE)
        if purpose.any():
            found[:] = 0
            for word in thing:
                here = words == np.uint32(_mark(word))
                found = np.maximum(found, np.maximum(1 - _any(titles, here & purpose), _any(titles, here & ~purpose)))
    return found


def _any(titles: Sequence[Marks], hits: NDArray[np.bool_]) -> Floats:
    """1 for each title with a hit among its marks, all of which stand in one row."""
    sizes = np.array([len(title) for title in titles])
    return (np.bincount(np.repeat(np.arange(len(titles)), sizes), hits, minlength=len(titles)) > 0).astype(np.float32)


def opening(spelt: Sequence[str], *, accented: bool) -> tuple[str, ...]:
    """The words that a Vietnamese name of what the query asks for begins with: its first two syllables, or the only one
    where its accents tell that it is Vietnamese; none when the query is in another language."""
    if len(spelt) > 1:
        return tuple(spelt[:2]) if is_syllable(spelt[0]) and is_syllable(spelt[1]) else ()
    return tuple(spelt) if accented else ()


def is_vietnamese(spelt: Sequence[str], *, accented: bool) -> bool:
    """Whether the thing that these words name stands at their beginning; in English it stands at the end."""
    return accented or (len(spelt) > 1 and is_syllable(spelt[0]) and is_syllable(spelt[1]))


def beginnings(titles: Sequence[Marks], opening: Sequence[str]) -> Floats:
    """1 for each title that begins with these words, else 0; all 0 without words."""
    found = np.zeros(len(titles), np.float32)
    wanted = [_mark(word) for word in opening]
    if wanted:
        for at, title in enumerate(titles):
            if [mark & ~(_HEAD | _PURPOSE) for mark in title[: len(wanted)].tolist()] == wanted:
                found[at] = 1
    return found


def _mark(plain: str) -> int:
    return crc32(plain.encode()) & ~(_HEAD | _PURPOSE)


def ranked(signals: Signals, weights: Weights) -> Floats:
    """The scores of the candidates, the best by words scoring 1 for them."""
    scores = signals.words / max(float(signals.words.max()), 1e-9)
    for signal, weight in zip(signals[1:], weights, strict=True):
        scores = scores + np.float32(weight) * signal
    return scores.astype(np.float32)
