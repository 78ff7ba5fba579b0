"""What the words of a query ask for, as terms of the index.

A query is a row of concepts, each met by any of its terms: a word, its other spelling, neighbours written as one.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple, Protocol

from vici.domains.search.rules.asking_words import asking
from vici.domains.search.rules.chat_spelling import SHORT_FOR, respellings, unit_spelt_out
from vici.domains.search.rules.spelling import RARE_BELOW, TIMES_MORE_USUAL, Speller
from vici.kit.text import Word, is_syllable, singular, words

# Weights of terms beside the word itself (1).
# A word typed with accents by itself, and by its bare letters, which other words share.
ACCENTED = 0.8
BARE = 0.5
TYPED = 0.5
PAIR = 0.4
# The words that a code or a compound is made of, once it is found as a whole.
PART_OF_WHOLE = 0.25
# So much of the time the rarer of two words must stand beside the other for it to be what was meant there.
BELONGING_SHARE = 0.25
# A word is judged by so many others around it.
OTHERS_MAX = 6
# More usual than any word: what one more piece costs depends on how rare it is beside this.
USUAL = 1e6
WHOLE_WORDS_MAX = 8
WHOLE_LETTERS_MIN = 4


class Vocabulary(Protocol):
    """What the shop's texts are made of."""

    def frequency(self, term: str) -> int:
        """In how many products the term stands."""
        ...

    def together(self, terms: Sequence[str]) -> int:
        """In the names of how many products all of them stand."""
        ...

    def named(self, term: str) -> int:
        """In the names of how many products the term stands."""
        ...


class Concept(NamedTuple):
    first: int
    last: int
    """The words it was read from."""
    terms: Mapping[str, float]
    """Any of them meets it; each adds to the score by its weight."""


class Correction(NamedTuple):
    word: Word
    meant: str


@dataclass(frozen=True)
class Query:
    words: tuple[Word, ...]
    concepts: tuple[Concept, ...]
    phrases: Mapping[str, float]
    """Terms of neighbours, which only add to the score."""
    spelt: tuple[str, ...]
    """The words as they are searched for."""
    corrections: tuple[Correction, ...] = ()

    @property
    def is_accented(self) -> bool:
        """Typed with Vietnamese accents."""
        return any(not word.form.isascii() for word in self.words)

    @cached_property
    def terms(self) -> dict[str, float]:
        """All terms with their weights."""
        terms = dict(self.phrases)
        for concept in self.concepts:
            for term, weight in concept.terms.items():
                terms[term] = max(weight, terms.get(term, 0))
        return terms


class _Reading(NamedTuple):
    """A word as it is to be searched for."""

    spelt: tuple[str, ...]
    """Folded; several where it stands for several."""
    corrected: bool = False


class _Whole(NamedTuple):
    first: int
    last: int
    term: str


def read_query(text: str, vocabulary: Vocabulary, speller: Speller, *, correct: bool = True) -> Query:
    found = words(text)
    asks = asking(found)
    wholes = _wholes(found, vocabulary)
    in_whole = {at for whole in wholes for at in range(whole.first, whole.last + 1)}
    as_typed = in_whole | _in_codes(found)
    reader = _Reader(found, vocabulary, speller)
    readings = [
        reader.read(at) if correct and not asks[at] and at not in as_typed else _Reading((word.plain,))
        for at, word in enumerate(found)
    ]
    concepts = [
        Concept(at, at, _terms(word, reading, vocabulary))
        for at, (word, reading) in enumerate(zip(found, readings, strict=True))
        if not asks[at] and at not in in_whole
    ]
    for whole in wholes:
        parts = {word.plain: PART_OF_WHOLE for word in found[whole.first : whole.last + 1]}
        concepts.append(Concept(whole.first, whole.last, parts | {whole.term: 1.0 + whole.last - whole.first}))
    corrections = tuple(
        Correction(word, " ".join(reading.spelt))
        for word, reading in zip(found, readings, strict=True)
        if reading.corrected
    )
    spelt = tuple(term for reading in readings for term in reading.spelt)
    concepts.sort(key=lambda concept: concept.first)
    return Query(tuple(found), tuple(concepts), _phrases(found, readings, asks), spelt, corrections)


def _wholes(found: Sequence[Word], vocabulary: Vocabulary) -> list[_Whole]:
    """Neighbours that the shop writes as one: `006 R 90321`, `head set`. The longest from each place on."""
    wholes: list[_Whole] = []
    first = 0
    while first < len(found):
        whole = None
        last = first
        while last + 1 < min(first + WHOLE_WORDS_MAX, len(found)) and found[last + 1].follows:
            last += 1
            parts = [word.plain for word in found[first : last + 1]]
            if _written_as_one(parts, vocabulary):
                whole = _Whole(first, last, "".join(parts))
        if whole:
            wholes.append(whole)
            first = whole.last
        first += 1
    return wholes


def _in_codes(found: Sequence[Word]) -> set[int]:
    """The words that are written together with digits: `BKMSNC` in `R-LP240-BKMSNC`."""
    inside: set[int] = set()
    first = 0
    for at in range(1, len(found) + 1):
        if at == len(found) or not found[at].glued:
            if any(not word.plain.isalpha() for word in found[first:at]):
                inside.update(range(first, at))
            first = at
    return inside


def _written_as_one(parts: Sequence[str], vocabulary: Vocabulary) -> bool:
    whole = "".join(parts)
    count = vocabulary.frequency(whole) if len(whole) >= WHOLE_LETTERS_MIN else 0
    if not count:
        return False
    # Neighbours in a text have their joint term, too; where they are written as one, the parts do not stand there.
    apart = vocabulary.together(parts)
    if not whole.isalpha() and all(part.isdigit() or (part.isalpha() and len(part) <= 3) for part in parts):
        return apart <= 5 * count  # a code taken apart between its letters and its digits
    return count > 2 * apart if not whole.isalpha() else vocabulary.named(whole) > max(RARE_BELOW, 2 * apart)


class _Reader:
    """Reads the words of one query as the shop would spell them, where what was typed is rare there."""

    def __init__(self, found: Sequence[Word], vocabulary: Vocabulary, speller: Speller) -> None:
        self._found = found
        self._vocabulary = vocabulary
        self._speller = speller

    def read(self, at: int) -> _Reading:
        word = self._found[at]
        count = self._vocabulary.frequency(word.plain)
        if long := self._spelt_out(word, count):
            return _Reading(long)
        if not word.plain.isalpha():
            return _Reading((word.plain,))
        if count >= RARE_BELOW and not self._speller.knows(word.bare):
            # Neighbours in the shop's texts that were typed as one: `manhinh`.
            return _Reading(self._pieces(word) or (word.plain,))
        others = self._others(at)
        # Syllables stand together by chance, other words only where they belong together.
        if (
            count
            and not is_syllable(word.bare)
            and any(self._vocabulary.together([word.plain, each]) for each in others)
        ):
            return _Reading((word.plain,))
        if meant := self._usual_meant(at, others) if count >= RARE_BELOW else self._meant(at, others):
            return _Reading((meant,), corrected=True)
        pieces = () if count else self._pieces(word)
        return _Reading(pieces or (word.plain,), corrected=bool(pieces))

    def _spelt_out(self, word: Word, count: int) -> tuple[str, ...]:
        """What the word is short for, where the shop uses that far more."""
        long = tuple(SHORT_FOR.get(word.bare, "").split())
        usual = self._vocabulary.frequency("".join(long[:2]))
        return long if usual >= max(RARE_BELOW, TIMES_MORE_USUAL * count) else ()

    def _others(self, at: int) -> list[str]:
        """The nearest other words of the query that the shop knows."""
        nearest = sorted(range(len(self._found)), key=lambda place: abs(place - at))[1 : OTHERS_MAX + 1]
        return [each for place in nearest if self._vocabulary.frequency(each := self._found[place].plain)]

    def _pairs(self, at: int, term: str) -> list[tuple[str, str]]:
        """The neighbours that a term in this place has, each with the term of both together."""
        found, pairs = self._found, list[tuple[str, str]]()
        if at and found[at].follows:
            pairs.append((found[at - 1].plain, found[at - 1].plain + term))
        if at + 1 < len(found) and found[at + 1].follows:
            pairs.append((found[at + 1].plain, term + found[at + 1].plain))
        return pairs

    def _beside(self, at: int, term: str) -> int:
        """In how many products the term stands next to what it would stand next to here."""
        return sum(self._vocabulary.frequency(pair) for _, pair in self._pairs(at, term))

    def _meant(self, at: int, others: Sequence[str]) -> str | None:
        """What was meant by a rare word."""
        vocabulary, typed = self._vocabulary, self._found[at].bare

        def in_context(term: str) -> int:
            return self._beside(at, term) or sum(vocabulary.together([other, term]) for other in others)

        meant = self._speller.correction(typed, vocabulary.frequency, vocabulary.named, in_context, respellings(typed))
        return singular(meant) if meant else None

    def _usual_meant(self, at: int, others: Sequence[str]) -> str | None:
        """What was meant by a usual word: it may be a slip, too (`tai nhe`), but only its neighbours can show it, and
        its accents deny it."""
        word = self._found[at]
        if (
            not others
            or self._beside(at, word.plain)
            or (not word.form.isascii() and self._vocabulary.frequency(word.form))
        ):
            return None
        fitting = [term for each in self._speller.near(word.bare) if self._belongs(at, term := singular(each.word))]
        return max(fitting, key=lambda term: (self._beside(at, term), term), default=None)

    def _belongs(self, at: int, term: str) -> bool:
        frequency = self._vocabulary.frequency
        return any(
            frequency(pair) >= max(RARE_BELOW, BELONGING_SHARE * min(frequency(neighbour), frequency(term)))
            for neighbour, pair in self._pairs(at, term)
        )

    def _pieces(self, word: Word) -> tuple[str, ...]:
        """The words that were written as one, such as `banphimkhongday`: of several ways to part it, one whose words
        stand together in names, and of those the one with the most usual words."""
        frequency = self._vocabulary.frequency
        ways = [
            tuple(map(singular, each))
            for each in self._speller.pieces(word.bare, lambda part: frequency(singular(part)))
        ]

        def likelihood(way: tuple[str, ...]) -> tuple[int, float]:
            usual = sum(math.log(frequency(term) / USUAL) for term in way)
            return min(self._vocabulary.together(way), RARE_BELOW), usual

        return max(ways, key=likelihood, default=())


def _terms(word: Word, reading: _Reading, vocabulary: Vocabulary) -> dict[str, float]:
    spelt = reading.spelt
    if spelt == (word.plain,):
        terms = {word.plain: 1.0}
        if not word.form.isascii():
            terms = {word.plain: BARE, word.form: ACCENTED}
        if (spelt_out := unit_spelt_out(word.plain)) and vocabulary.frequency(spelt_out):
            terms[spelt_out] = 1.0
        return terms
    terms = dict.fromkeys(spelt, 1.0 if len(spelt) == 1 else 0.5)
    terms |= {left + right: 1.0 for left, right in pairwise(spelt)}
    return terms | {word.plain: TYPED}


def _phrases(found: Sequence[Word], readings: Sequence[_Reading], asks: Sequence[bool]) -> dict[str, float]:
    phrases: dict[str, float] = {}
    for at in range(1, len(found)):
        if not found[at].follows or (asks[at] and asks[at - 1]):
            continue
        left, right = readings[at - 1].spelt[-1], readings[at].spelt[0]
        # Two syllables make a Vietnamese word. Neighbours in English say little more than each alone (measured: less).
        if (is_syllable(left) and is_syllable(right)) or not (left + right).isalpha():
            phrases[left + right] = PAIR
    return phrases
