"""How the shop would spell each word of a query, where what was typed is rare there."""

import math
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from vici.domains.search.rules.chat_spelling import SHORT_FOR, respellings
from vici.domains.search.rules.known_words import is_known
from vici.domains.search.rules.spelling import RARE_BELOW, TIMES_MORE_USUAL, Speller
from vici.kit.text import Word, is_syllable, singular

# So much of the time the rarer of two words must stand beside the other for it to be what was meant there.
BELONGING_SHARE = 0.25
# A word is judged by so many others around it.
OTHERS_MAX = 6
# More usual than any word: what one more piece costs depends on how rare it is beside this.
USUAL = 1e6


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


class Reading(NamedTuple):
    """A word as it is to be searched for."""

    spelt: tuple[str, ...]
    """Folded; several where it stands for several."""
    corrected: bool = False


class Reader:
    """Reads the words of one query."""

    def __init__(self, found: Sequence[Word], asks: Sequence[bool], vocabulary: Vocabulary, speller: Speller) -> None:
        self._found = found
        self._asks = asks
        self._vocabulary = vocabulary
        self._speller = speller

    def read(self, at: int) -> Reading:
        word = self._found[at]
        count = self._vocabulary.frequency(word.plain)
        if not word.form.isascii() and self._vocabulary.frequency(word.form):
            return Reading((word.plain,))  # the very word, accents and all
        if long := self._spelt_out(word, count):
            return Reading(long)
        if not word.plain.isalpha() or is_known(word.bare, word.plain):
            return Reading((word.plain,))
        if count >= RARE_BELOW and not self._speller.knows(word.bare):
            # Neighbours in the shop's texts that were typed as one: `manhinh`.
            return Reading(self._pieces(word) or (word.plain,))
        others = self._others(at)
        # Syllables stand together by chance, other words only where they belong together.
        if (
            count
            and not is_syllable(word.bare)
            and any(self._vocabulary.together([word.plain, each]) for each in others)
        ):
            return Reading((word.plain,))
        if meant := self._usual_meant(at, others) if count >= RARE_BELOW else self._meant(at, others):
            return Reading((meant,), corrected=True)
        pieces = () if count else self._pieces(word)
        return Reading(pieces or (word.plain,), corrected=bool(pieces))

    def _spelt_out(self, word: Word, count: int) -> tuple[str, ...]:
        """What the word is short for, where the shop uses that far more."""
        long = tuple(SHORT_FOR.get(word.bare, "").split())
        term = "".join(long[:2])
        usual, named = self._vocabulary.frequency(term), self._vocabulary.named
        if usual < RARE_BELOW:
            return ()
        # Its letters may be those of a usual word (`lap`: `lắp`), which names have no use for.
        return long if usual >= TIMES_MORE_USUAL * count or named(term) > TIMES_MORE_USUAL * named(word.plain) else ()

    def _others(self, at: int) -> list[str]:
        """The nearest other words of the query that the shop knows."""
        nearest = sorted(range(len(self._found)), key=lambda place: abs(place - at))[1 : OTHERS_MAX + 1]
        words = [self._found[place].plain for place in nearest if not self._asks[place]]
        return [word for word in words if self._vocabulary.frequency(word)]

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
        if vocabulary.named(self._found[at].plain) > 1:
            return None  # two names have it, so it is no slip

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

        best = max(ways, key=likelihood, default=())
        return best if self._vocabulary.together(best) else ()
