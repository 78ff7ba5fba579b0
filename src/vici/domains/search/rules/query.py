"""What the words of a query ask for, as terms of the index.

A query is a row of concepts, each met by any of its terms: a word, its other spelling, neighbours written as one.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from vici.domains.search.rules.asking_words import asking
from vici.domains.search.rules.chat_spelling import unit_spelt_out
from vici.domains.search.rules.ranking import FOR_WORDS, is_vietnamese
from vici.domains.search.rules.reading import Reader, Reading, Vocabulary
from vici.domains.search.rules.spelling import Speller
from vici.domains.search.rules.things import Called, Name, called
from vici.domains.search.rules.wholes import Whole, in_codes, wholes_in
from vici.kit.text import Word, is_syllable, words

# Weights of terms beside the word itself (1).
# A word typed with accents by itself, and by its bare letters, which other words share.
ACCENTED = 0.8
BARE = 0.5
TYPED = 0.5
PAIR = 0.4
# The words that a code or a compound is made of, once it is found as a whole.
PART_OF_WHOLE = 0.25
# What the name that was typed counts beside all names of the thing, which count as one.
OWN_NAME = 0.3
# What the thing is for says less than what it is.
PURPOSE = 0.4
# A name typed without accents is read as that of a thing where so much of what is spelt so is that name.
MEANT_SHARE = 0.5
# A name of so many words is mostly made of others, and shops put more between them.
LONG_NAME_WORDS = 3
# A word of so many letters is hardly a slip of another by chance.
CERTAIN_LETTERS = 6
_LETTERS = re.compile("[a-z]{2,}")


Names = tuple[tuple[str, ...], ...]
"""Each as terms that stand together."""


class Concept(NamedTuple):
    first: int
    last: int
    """The words it was read from."""
    terms: Mapping[str, float]
    """Any of them meets it unless it weighs little; each adds to the score by its weight."""
    alike: Names = ()
    """Names of one thing, each as terms that stand together; any of them meets it, too, and they score as one term
    would that stood wherever one of them does."""
    alike_weight: float = 0.0
    weight: float = 1.0
    """Beside that of other concepts."""
    apart: tuple[str, ...] = ()
    """Terms of a long name that meet it when all of them stand anywhere: `thức ăn hạt vị cá cho mèo`."""

    @property
    def meeting(self) -> list[tuple[str, ...]]:
        """What meets it, each as terms that stand together."""
        return [*((term,) for term, weight in self.terms.items() if weight >= TYPED), *self.alike] + (
            [self.apart] if self.apart else []
        )

    @property
    def all_terms(self) -> set[str]:
        return {*self.terms, *(term for name in self.alike for term in name)}


class Correction(NamedTuple):
    word: Word
    meant: str


@dataclass(frozen=True)
class Query:
    words: tuple[Word, ...]
    concepts: tuple[Concept, ...]
    phrases: Mapping[str, float]
    """Terms of neighbours, which only add to the score."""
    corrections: tuple[Correction, ...]
    readings: tuple[tuple[str, ...], ...]
    """Each word as it is searched for; some stand for several."""
    wholes: tuple[Whole, ...] = ()
    """The words that the shop writes as one."""
    things: tuple[range, ...] = ()
    """The places of words that are a name of a thing."""
    kind: str = ""
    """What the thing is one of, when nothing but it is asked for; plain words."""

    @cached_property
    def spelt(self) -> tuple[str, ...]:
        """The words as they are searched for."""
        return tuple(term for each in self.readings for term in each)

    @property
    def read(self) -> list[Word]:
        """The words as the shop writes them, each in the place it was read from."""
        whole = {each.first: each for each in self.wholes}
        inside = {at for each in self.wholes for at in range(each.first + 1, each.last + 1)}
        read: list[Word] = []
        for at, (word, spelt) in enumerate(zip(self.words, self.readings, strict=True)):
            if at in whole:
                term = whole[at].term
                read.append(word._replace(end=self.words[whole[at].last].end, form=term, bare=term, plain=term))
            elif at not in inside and spelt == (word.plain,):
                read.append(word)
            elif at not in inside:
                read += [word._replace(form=each, bare=each, plain=each) for each in spelt]
        return read

    @property
    def is_accented(self) -> bool:
        """Typed with Vietnamese accents."""
        return any(not word.form.isascii() for word in self.words)

    @cached_property
    def scoring(self) -> dict[str, float]:
        """The terms that score by themselves, with their weights."""
        terms = dict(self.phrases)
        for concept in self.concepts:
            for term, weight in concept.terms.items():
                terms[term] = max(weight * concept.weight, terms.get(term, 0))
        return terms

    @property
    def alike(self) -> list[tuple[Names, float]]:
        """The names that score as if they were one."""
        return [
            (each.alike, each.alike_weight * each.weight) for each in self.concepts if each.alike and each.alike_weight
        ]

    @cached_property
    def terms(self) -> dict[str, float]:
        """All terms with their weights."""
        return {term: weight for names, weight in self.alike for name in names for term in name} | self.scoring

    def thing_at(self, described: Container[str]) -> range | None:
        """The place of the word that names what is looked for: the first in Vietnamese, the last in English, and
        neither a word that only describes it nor what follows a figure (`16gb ram`)."""
        places = [
            range(word.start, word.end)
            for each in self.concepts
            if each.weight == 1
            and not (word := self.words[each.first]).plain[0].isdigit()
            and word.plain not in described
            and not (each.first and _is_amount(self.words[each.first - 1]))
        ]
        if not places:
            return None
        return places[0] if is_vietnamese(self.spelt, accented=self.is_accented) else places[-1]

    def is_model(self, start: int, end: int) -> bool:
        """Whether the words in this place begin the name of a model: `iphone 17 pro max`."""
        behind = next((word for word in self.words if word.start >= end), None)
        return not any(word.end <= start for word in self.words) and behind is not None and behind.plain[0].isdigit()

    def in_place(self, start: int, end: int) -> set[str]:
        """The words in this place, as they are searched for, too."""
        inside = [at for at, word in enumerate(self.words) if start < word.end and word.start < end]
        return {term for at in inside for term in (self.words[at].plain, *self.readings[at])}

    def thing(self, described: Container[str]) -> list[str]:
        """The words, as they are searched for, that name what is looked for: neither those that only describe it, nor
        what it is for, nor figures."""
        read = [self.readings[each.first] for each in self.concepts if each.weight == 1]
        named = [part for spelt in read for term in spelt for part in _LETTERS.findall(term)]
        return [term for term in named if term not in described] or named


def _is_amount(word: Word) -> bool:
    return word.plain[0].isdigit() and not word.plain.isdigit()


def read_query(text: str, vocabulary: Vocabulary, speller: Speller, *, correct: bool = True) -> Query:
    found = words(text)
    wholes = wholes_in(found, vocabulary)
    in_whole = _within(wholes)
    things = _things(found, found, in_whole, vocabulary)
    in_thing = _within(each for each, _ in things)
    asks = [asks and at not in in_thing for at, asks in enumerate(asking(found))]
    as_typed = in_whole | in_thing | in_codes(found)
    reader = Reader(found, asks, vocabulary, speller)
    readings = [
        reader.read(at) if correct and not asks[at] and at not in as_typed else Reading((word.plain,))
        for at, word in enumerate(found)
    ]
    if not _is_worth_it(found, readings, [each or at in as_typed for at, each in enumerate(asks)], vocabulary):
        readings = [
            Reading((word.plain,)) if reading.corrected else reading
            for word, reading in zip(found, readings, strict=True)
        ]
    read = [_as_read(word, reading) for word, reading in zip(found, readings, strict=True)]
    things += _things(found, read, in_whole | in_thing, vocabulary)
    concepts = [Concept(whole.first, whole.last, _parts(found, whole) | {whole.term: whole.words}) for whole in wholes]
    for thing, alike in things:
        concepts += _named(thing, alike, found, readings, vocabulary)
    taken = in_whole | _within(each for each, _ in things)
    concepts += [
        Concept(at, at, _terms(word, reading, vocabulary))
        for at, (word, reading) in enumerate(zip(found, readings, strict=True))
        if not asks[at] and at not in taken
    ]
    concepts.sort(key=lambda concept: concept.first)
    corrections = tuple(
        Correction(word, " ".join(reading.spelt))
        for word, reading in zip(found, readings, strict=True)
        if reading.corrected
    )
    return Query(
        tuple(found),
        _weighed(concepts, found),
        _phrases(found, readings, asks),
        corrections,
        tuple(reading.spelt for reading in readings),
        tuple(wholes),
        tuple(range(found[each.first].start, found[each.last].end) for each, _ in things),
        things[0][0].thing.kind if len(things) == len(concepts) == 1 else "",
    )


def _is_worth_it(
    found: Sequence[Word], readings: Sequence[Reading], passed_over: Sequence[bool], vocabulary: Vocabulary
) -> bool:
    """Whether most of the words are found once slips are put right; or half of them, the slips being in words too long
    to be near another by chance. Else what is read into them is not what was meant."""
    judged = [(word, reading) for word, reading, over in zip(found, readings, passed_over, strict=True) if not over]
    slips = [word for word, reading in judged if reading.corrected]
    lacking = sum(not any(map(vocabulary.frequency, reading.spelt)) for _, reading in judged)
    having = len(found) - sum(map(bool, passed_over)) - lacking
    return (
        not slips
        or having > lacking
        or (having == lacking and all(len(word.bare) >= CERTAIN_LETTERS for word in slips))
    )


def _within(runs: Iterable[Whole | Called]) -> set[int]:
    return {at for run in runs for at in range(run.first, run.last + 1)}


def _as_read(word: Word, reading: Reading) -> Word:
    """The word as the shop spells it. Where it stands for several, it names nothing by itself."""
    if reading.spelt == (word.plain,):
        return word
    spelt = reading.spelt[0] if len(reading.spelt) == 1 else ""
    return word._replace(form=spelt, bare=spelt, plain=spelt)


def _parts(found: Sequence[Word], run: Whole | Called) -> dict[str, float]:
    return {word.plain: PART_OF_WHOLE for word in found[run.first : run.last + 1]}


def _things(
    found: Sequence[Word], read: Sequence[Word], taken: set[int], vocabulary: Vocabulary
) -> list[tuple[Called, Names]]:
    """The things the query names that the shop calls by other names, too, with all their names."""
    things: dict[int, tuple[Called, Names]] = {}
    for each in called([word.form for word in read], [word.plain for word in read]):
        run = range(each.first, each.last + 1)
        if taken.isdisjoint(run) and all(found[at].follows for at in run[1:]) and _is_meant(each, found, vocabulary):
            names = [name for name in each.thing.names if _is_used(name, vocabulary)]
            if names and (names != [each.name] or each.name.is_compound):
                before = things[each.first][1] if each.first in things else ()
                things[each.first] = each, tuple(dict.fromkeys([*before, *(name.terms for name in names)]))
    return list(things.values())


def _is_used(name: Name, vocabulary: Vocabulary) -> bool:
    return all(map(vocabulary.frequency, name.terms))


def _is_meant(each: Called, found: Sequence[Word], vocabulary: Vocabulary) -> bool:
    if each.doubtful:
        return not vocabulary.together(each.name.plain)
    form, plain = each.name.forms[-1], each.name.plain[-1]
    if each.first < each.last or form.isascii() or not found[each.first].form.isascii():
        return True
    return vocabulary.named(form) >= MEANT_SHARE * max(1, vocabulary.named(plain))


def _named(
    thing: Called,
    alike: Names,
    found: Sequence[Word],
    readings: Sequence[Reading],
    vocabulary: Vocabulary,
) -> Iterator[Concept]:
    """Syllables of one word, or words that the shop never puts together, are one concept; of others each is one, and
    other names of the thing meet all of them."""
    first, last, size = thing.first, thing.last, len(thing.name.plain)
    if size > 1 and (thing.name.is_compound or not vocabulary.together(thing.name.plain)):
        apart = tuple(word.form for word in found[first : last + 1]) if size >= LONG_NAME_WORDS else ()
        yield Concept(first, last, _parts(found, thing), alike, float(size), apart=apart)
        return
    for at in range(first, last + 1):
        terms = _terms(found[at], readings[at], vocabulary)
        if size == 1:
            terms = {term: weight * OWN_NAME for term, weight in terms.items()}
        yield Concept(at, at, terms, alike, 1.0 if at == first else 0.0)


def _weighed(concepts: Sequence[Concept], found: Sequence[Word]) -> tuple[Concept, ...]:
    """What stands behind a word such as `for` says what the thing is for, if a thing was named before."""
    first = next((at for at, word in enumerate(found) if word.form in FOR_WORDS), len(found))
    if not concepts or concepts[0].first > first:
        return tuple(concepts)
    return tuple(each._replace(weight=PURPOSE) if each.first > first else each for each in concepts)


def _terms(word: Word, reading: Reading, vocabulary: Vocabulary) -> dict[str, float]:
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
    # What is short for something else is not the word it looks like.
    return terms | {word.plain: TYPED} if reading.corrected else terms


def _phrases(found: Sequence[Word], readings: Sequence[Reading], asks: Sequence[bool]) -> dict[str, float]:
    phrases: dict[str, float] = {}
    for at in range(1, len(found)):
        if not found[at].follows or (asks[at] and asks[at - 1]):
            continue
        left, right = readings[at - 1].spelt[-1], readings[at].spelt[0]
        # Two syllables make a Vietnamese word. Neighbours in English say little more than each alone (measured: less).
        if (is_syllable(left) and is_syllable(right)) or not (left + right).isalpha():
            phrases[left + right] = PAIR
    return phrases
