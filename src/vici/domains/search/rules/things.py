"""The names that one thing goes by."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from vici.kit.text import is_syllable, words

NAME_WORDS_MAX = 5


class Name(NamedTuple):
    forms: tuple[str, ...]
    """Its words, accents kept."""
    plain: tuple[str, ...]

    @property
    def terms(self) -> tuple[str, ...]:
        """What a text with this name has of the index's terms: of one word its accented form, of more each pair of
        neighbours."""
        if len(self.plain) == 1:
            return self.plain if self.forms[0].isascii() else self.forms
        return tuple(left + right for left, right in zip(self.plain, self.plain[1:], strict=False))

    @property
    def is_compound(self) -> bool:
        """Syllables that make a word only together, as Vietnamese has them."""
        return len(self.plain) > 1 and all(map(is_syllable, self.plain)) and not all(map(str.isascii, self.forms))


class Thing(NamedTuple):
    names: tuple[Name, ...]
    also: tuple[Name, ...]
    """Names that may mean something else."""
    kind: str = ""
    """What it is one of, where the names do not tell; plain words."""


class Called(NamedTuple):
    """A run of words that is a name."""

    first: int
    last: int
    name: Name
    thing: Thing

    @property
    def doubtful(self) -> bool:
        """It may mean something else."""
        return self.name in self.thing.also


@cache
def _things() -> dict[tuple[str, ...], tuple[tuple[Name, Thing], ...]]:
    """By each name's plain words."""
    known: dict[tuple[str, ...], tuple[tuple[Name, Thing], ...]] = {}
    for line in Path(__file__).with_name("things.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            told, _, kind = line.partition(":")
            told, _, also = told.partition("<")
            thing = Thing(_names(told), _names(also), " ".join(word.plain for word in words(kind)))
            for name in (*thing.names, *thing.also):
                known[name.plain] = (*known.get(name.plain, ()), (name, thing))
    return known


def names_of_things() -> list[Name]:
    """All that stand in the list."""
    return [name for named in _things().values() for name, _ in named]


def _names(text: str) -> tuple[Name, ...]:
    split = [words(each) for each in text.split(",") if each.strip()]
    return tuple(Name(tuple(word.form for word in each), tuple(word.plain for word in each)) for each in split)


def called(forms: Sequence[str], plain: Sequence[str]) -> list[Called]:
    """What these words name, longest first, no word read twice; of words that name several things, all. Accents that
    were typed must be right."""
    found: list[Called] = []
    at = 0
    while at < len(plain):
        here: list[Called] = []
        for last in range(min(at + NAME_WORDS_MAX, len(plain)) - 1, at - 1, -1):
            here = list(_called(forms, plain, at, last))
            if here:
                break
        found += here
        at = here[0].last + 1 if here else at + 1
    return found


def _called(forms: Sequence[str], plain: Sequence[str], first: int, last: int) -> Iterator[Called]:
    typed = forms[first : last + 1]
    for name, thing in _things().get(tuple(plain[first : last + 1]), ()):
        if all(form.isascii() or form == known for form, known in zip(typed, name.forms, strict=True)):
            yield Called(first, last, name, thing)
