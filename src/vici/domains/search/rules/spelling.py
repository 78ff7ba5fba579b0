"""Rare words that are probably a slip of a word the shop uses.

A word is compared with the whole vocabulary by two 64-bit signatures (which letters, which pairs of letters): one slip
can change only so many bits, so a handful of words is left to be compared letter by letter.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from vici.kit.text import singular

Signatures = NDArray[np.uint64]

# Shorter words have too many neighbours; a longer one may hold two slips.
LETTERS_MIN = 3
LETTERS_FOR_TWO_SLIPS = 8
LETTERS_MAX = 40
# What stands in so many products is no slip.
RARE_BELOW = 3
# A candidate must be so much more usual than what was typed.
TIMES_MORE_USUAL = 10
# A name counts as so many other texts when one of two words must have been meant.
NAME_COUNTS = 10
PIECES_MAX = 5
# Of single letters these are words.
_ONE_LETTER = frozenset("aoyu")


_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {
    key: {other for line in _ROWS[max(0, y - 1) : y + 2] for other in line[max(0, x - 1) : x + 2]}
    for y, row in enumerate(_ROWS)
    for x, key in enumerate(row)
}


class Candidate(NamedTuple):
    word: str
    slips: int
    """Letters swapped, dropped, doubled or replaced."""


class _Table(NamedTuple):
    """The correctable words with their signatures, row by row."""

    words: list[str]
    letters: Signatures
    pairs: Signatures
    lengths: NDArray[np.int8]


class Speller:
    """The words of the shop as they are written, folded, letters only.

    Grows; words nobody uses any more do no harm, as they stand in no product. One thread may add while others read.
    """

    def __init__(self) -> None:
        self.written: set[str] = set()
        self.alphabet: list[str] = []
        """All of `written`, sorted."""
        self._table = _Table([], np.zeros(0, np.uint64), np.zeros(0, np.uint64), np.zeros(0, np.int8))

    def add(self, words: Iterable[str]) -> None:
        """Words that are no letters alone are passed over."""
        new = [word for word in dict.fromkeys(words) if word not in self.written and _is_word(word)]
        if not new:
            return
        self.written.update(new)
        self.alphabet = sorted([*self.alphabet, *new])
        rows = [word for word in new if len(word) >= LETTERS_MIN]
        old = self._table
        # A new table, not a longer one: a search may be reading the old.
        self._table = _Table(
            [*old.words, *rows],
            np.append(old.letters, np.array([_letters(word) for word in rows], np.uint64)),
            np.append(old.pairs, np.array([_pairs(word) for word in rows], np.uint64)),
            np.append(old.lengths, np.array([len(word) for word in rows], np.int8)),
        )

    def knows(self, word: str) -> bool:
        """Whether the shop writes the word so."""
        return word in self.written or not _is_word(word)

    def pieces(self, word: str, frequency: Callable[[str], int]) -> list[tuple[str, ...]]:
        """The ways to part it into two to five usual words."""
        found: list[tuple[str, ...]] = []
        if len(word) > LETTERS_MAX:
            return found

        def part(start: int, before: tuple[str, ...]) -> None:
            if start == len(word) and len(before) > 1:
                found.append(before)
            if len(before) < PIECES_MAX:
                for end in range(start + 1, len(word) + 1):
                    piece = word[start:end]
                    if piece in self.written and frequency(piece) >= RARE_BELOW:
                        part(end, (*before, piece))

        part(0, ())
        return found

    def near(self, word: str) -> list[Candidate]:
        """The words a slip or two away, nearest first."""
        if len(word) < LETTERS_MIN or not _is_word(word):
            return []
        slips_max = 2 if len(word) >= LETTERS_FOR_TWO_SLIPS else 1
        words, letters, pairs, lengths = self._table
        near = np.flatnonzero(np.abs(lengths - np.int8(len(word))) <= slips_max)
        near = near[np.bitwise_count(letters[near] ^ np.uint64(_letters(word))) <= 2 * slips_max]
        near = near[np.bitwise_count(pairs[near] ^ np.uint64(_pairs(word))) <= 6 * slips_max]
        found: list[Candidate] = []
        for row in cast("list[int]", near.tolist()):
            slips = slips_between(word, words[row], slips_max)
            if 0 < slips <= slips_max:
                found.append(Candidate(words[row], slips))
        return sorted(found, key=lambda candidate: (candidate.slips, candidate.word))

    def correction(
        self,
        typed: str,
        frequency: Callable[[str], int],
        named: Callable[[str], int],
        in_context: Callable[[str], int],
        respelt: Iterable[str] = (),
    ) -> str | None:
        """The likeliest word that was meant by a folded one that is rare; none when nothing usual is near.

        `frequency` tells in how many products a term stands, `named` in how many names, `in_context` in how many with
        the query's other words; `respelt` are further candidates.
        """
        near = {candidate.word: candidate for candidate in self.near(typed)}
        for word in respelt:
            near.setdefault(word, Candidate(word, 1))
        count = frequency(singular(typed))
        least = max(RARE_BELOW, TIMES_MORE_USUAL * count) if count else 1
        alone = not in_context(singular(typed))
        usual = [
            (candidate, n)
            for candidate in near.values()
            if (n := frequency(singular(candidate.word))) >= least
            or (n and alone and in_context(singular(candidate.word)) >= RARE_BELOW)
        ]

        def likelihood(known: tuple[Candidate, int]) -> tuple[float, str]:
            candidate, n = known
            term = singular(candidate.word)
            # What is looked for stands in names.
            usual = np.log(n + NAME_COUNTS * named(term)) + 1.5 * np.log1p(in_context(term))
            return float(usual) - _strangeness(typed, candidate), candidate.word

        return max(usual, key=likelihood)[0].word if usual else None


def _strangeness(typed: str, meant: Candidate) -> float:
    """How unlikely this slip is, on the scale of the logarithm of a word's frequency."""
    strange = 5.0 * (meant.slips - 1)
    if typed[0] != meant.word[0]:
        strange += 2.5  # people rarely miss the first letter
    if meant.slips == 1 and len(typed) > len(meant.word):
        doubled = any(
            typed[at] == typed[at + 1] and typed[:at] + typed[at + 1 :] == meant.word for at in range(len(meant.word))
        )
        strange += 0.0 if doubled else 2.0
    elif len(typed) == len(meant.word) and sorted(typed) != sorted(meant.word):
        # Another letter, where a swapped or a dropped one is likelier; the more so when it lies far off.
        beside = all(b in _BESIDE.get(a, "") for a, b in zip(typed, meant.word, strict=True) if a != b)
        strange += 0.5 if beside else 1.5
    return strange


def slips_between(one: str, other: str, most: int) -> int:
    """Letters to swap, drop, add or replace to get from one to the other (optimal string alignment); more than `most`
    when it takes more."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        two_before, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                cost = min(cost, two_before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _is_word(word: str) -> bool:
    return word.isascii() and word.isalpha() and (len(word) > 1 or word in _ONE_LETTER) and len(word) <= LETTERS_MAX


def _letters(word: str) -> int:
    """A bit for each letter, another for its second occurrence."""
    signature = 0
    for letter in word:
        bit = 1 << 2 * (ord(letter) - 97)
        signature |= bit << 1 if signature & bit else bit
    return signature


def _pairs(word: str) -> int:
    """A bit for each pair of neighbours, the ends included, spread over 64."""
    signature = 0
    for first, second in zip(f" {word}", f"{word} ", strict=True):
        signature |= 1 << (ord(first) * 31 + ord(second)) % 64
    return signature
