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
    readings: list[_Reading] = []
    for at, word in enumerate(found):
        reading = _Reading((word.plain,))
        if correct and not asks[at] and at not in as_typed:
            reading = _reading(found, at, vocabulary, speller)
        readings.append(reading)
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


def _reading(found: Sequence[Word], at: int, vocabulary: Vocabulary, speller: Speller) -> _Reading:
    """The word as the shop would spell it, where what was typed is rare there."""
    word = found[at]
    as_typed = _Reading((word.plain,))
    count = vocabulary.frequency(word.plain)
    if long := SHORT_FOR.get(word.bare):
        spelt = tuple(long.split())
        usual = vocabulary.frequency(spelt[0] if len(spelt) == 1 else spelt[0] + spelt[1])
        if usual >= max(RARE_BELOW, TIMES_MORE_USUAL * count):
            return _Reading(spelt)
    if not word.plain.isalpha():
        return as_typed
    typed = word.bare
    if count >= RARE_BELOW and not speller.knows(typed):
        # Neighbours in the shop's texts that were typed as one: `manhinh`.
        return _Reading(_pieces(typed, vocabulary, speller) or as_typed.spelt)
    others = [other.plain for place, other in enumerate(found) if place != at and vocabulary.frequency(other.plain)]
    # Syllables stand together by chance, other words only where they belong together.
    if count and not is_syllable(typed) and any(vocabulary.together([word.plain, other]) for other in others):
        return as_typed
    before = found[at - 1].plain if at and word.follows else None
    after = found[at + 1].plain if at + 1 < len(found) and found[at + 1].follows else None

    def beside(term: str) -> int:
        """In how many products it stands next to what it stands next to here."""
        left = vocabulary.frequency(before + term) if before else 0
        return left + (vocabulary.frequency(term + after) if after else 0)

    def in_context(term: str) -> int:
        return beside(term) or sum(vocabulary.together([other, term]) for other in others)

    if count >= RARE_BELOW:
        # A usual word may be a slip, too (`tai nhe`), but only its neighbours can show it, and its accents deny it.
        if beside(word.plain) or not others or (word.form != word.plain and vocabulary.frequency(word.form)):
            return as_typed
        neighbours = [term for term in (before, after) if term]

        def belongs(term: str) -> bool:
            pairs = [before + term] if before else []
            pairs += [term + after] if after else []
            for neighbour, pair in zip(neighbours, pairs, strict=True):
                together = vocabulary.frequency(pair)
                rarer = min(vocabulary.frequency(neighbour), vocabulary.frequency(term))
                if together >= max(RARE_BELOW, BELONGING_SHARE * rarer):
                    return True
            return False

        fitting = [term for each in speller.near(typed) if belongs(term := singular(each.word))]
        best = max(fitting, key=lambda term: (beside(term), term), default=None)
        return _Reading((best,), corrected=True) if best else as_typed
    meant = speller.correction(typed, vocabulary.frequency, vocabulary.named, in_context, respellings(typed))
    if meant:
        return _Reading((singular(meant),), corrected=True)
    pieces = () if count else _pieces(typed, vocabulary, speller)
    return _Reading(pieces, corrected=True) if pieces else as_typed


def _pieces(typed: str, vocabulary: Vocabulary, speller: Speller) -> tuple[str, ...]:
    """The words that were written as one, such as `banphimkhongday`: of several ways to part it, one whose words stand
    together in names, and of those the one with the most usual words."""
    ways = speller.pieces(typed, lambda word: vocabulary.frequency(singular(word)))
    rated = [
        (
            min(vocabulary.together(way), RARE_BELOW),
            sum(math.log(vocabulary.frequency(term) / USUAL) for term in way),
            way,
        )
        for pieces in ways
        if (way := tuple(map(singular, pieces)))
    ]
    return max(rated, default=(0, 0.0, ()))[2]


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
