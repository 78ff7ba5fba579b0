"""The names of everything one can filter by, and how queries name it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from vici.domains.search.rules.documents import ATTRIBUTE, BRAND, CATEGORY, CODE, SHOP, Choice, is_color
from vici.domains.search.rules.things import called
from vici.kit.text import Word, words

# A phrase this long names nothing one would type.
PHRASE_WORDS_MAX = 6
# Sizes and counts are only meant as such behind one of these: `42`, `M`, `XL`.
SIZE_WORDS = frozenset({"size", "cỡ", "co", "số", "so"})
COLOR_WORDS = frozenset({"màu", "mau", "color", "colour"})


_PARTS = re.compile(r"\s*[,&/]\s*|\s+(?:và|and)\s+")


class Phrase(NamedTuple):
    term: str
    forms: tuple[str, ...]
    """Its words with their accents."""
    whole: bool
    """All of the name, not one of several kinds of things that it lists."""


class Named(NamedTuple):
    """A part of a query that names something to filter by."""

    first: int
    last: int
    terms: tuple[str, ...]
    """Any of them may be meant, all of one field."""
    field: str
    certain: bool
    """The words say which attribute is meant: `màu đen`, `size 42`."""
    whole: frozenset[str] = frozenset()
    """Those of `terms` of whose name this is all."""


@dataclass(frozen=True)
class Lexicon:
    categories: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])
    """Names by language, by id."""
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])
    """Of brands, shops and attribute values as they are written in each language, by term."""
    attributes: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])
    """The name as it is written in each language it is used in, the product's own first, by its key."""
    phrases: Mapping[str, tuple[Phrase, ...]] = field(default_factory=dict[str, tuple[Phrase, ...]])
    """What may be named in a query, by its folded words."""

    def with_choices(self, choices: Iterable[Choice]) -> "Lexicon":
        categories, labels = dict(self.categories), dict(self.labels)
        attributes, phrases = dict(self.attributes), dict(self.phrases)
        for choice in choices:
            if choice.field == "category":
                if categories.get(choice.value) == choice.names:
                    continue
                categories[choice.value] = choice.names
            elif choice.names.keys() <= labels.get(choice.term, {}).keys():
                continue  # most products share their choices with others
            else:
                labels[choice.term] = {**choice.names, **labels.get(choice.term, {})}
            if choice.field.startswith("attribute:"):
                key = field_of(choice.term).removeprefix("attribute:")
                attributes[key] = {**attributes.get(key, {}), **choice.called, **attributes.get(key, {})}
            if choice.is_option or not choice.field.startswith("attribute:"):
                for language, name in choice.names.items():
                    if is_color(choice.field.removeprefix("attribute:")) and len(found := words(name)) > 1:
                        # `Đỏ rượu` is a red, `Light blue` a blue.
                        head = found[-1] if language == "en" else found[0]
                        _add_phrase(phrases, [head], choice.term, whole=False)
                    # A category may hold several kinds of things: `Máy lạnh, quạt & không khí`.
                    parts = _PARTS.split(name) if choice.field == "category" else []
                    for phrase in dict.fromkeys([name, *parts]):
                        _add_phrase(phrases, words(phrase), choice.term, whole=phrase == name)
                        for other in _other_names(phrase) if choice.field == "category" else ():
                            _add_phrase(phrases, words(other), choice.term, whole=phrase == name)
        return Lexicon(categories, labels, attributes, phrases)

    def label(self, term: str, language: str) -> str:
        """How people call what the term stands for."""
        if term.startswith(CATEGORY):
            names = self.categories.get(term.removeprefix(CATEGORY), {})
            return names.get(language) or next(iter(names.values()), term.removeprefix(CATEGORY))
        if names := self.labels.get(term):
            return names.get(language) or next(iter(names.values()))
        return term.partition("=" if term.startswith(ATTRIBUTE) else ":")[2]

    def named(self, found: Sequence[Word]) -> list[Named]:
        """What the words name, longest first, no word read twice. Which field is meant is left open: of one phrase
        that is a brand and a colour both are told."""
        named: list[Named] = []
        at = 0
        while at < len(found):
            here: list[Named] = []
            for last in range(min(at + PHRASE_WORDS_MAX, len(found)) - 1, at - 1, -1):
                here = self._read(found, at, last)
                if here:
                    break
            named += here
            at = here[0].last + 1 if here else at + 1
        return named

    def _read(self, found: Sequence[Word], first: int, last: int) -> list[Named]:
        part = found[first : last + 1]
        by_field: dict[str, list[str]] = {}
        whole: set[str] = set()
        for phrase in self.phrases.get(" ".join(word.plain for word in part), ()):
            if all(word.form.isascii() or word.form == form for word, form in zip(part, phrase.forms, strict=True)):
                by_field.setdefault(field_of(phrase.term), []).append(phrase.term)
                if phrase.whole:
                    whole.add(phrase.term)
        bare = len(part) == 1 and part[0].form.isascii() and (len(part[0].form) <= 2 or part[0].form.isdigit())
        before = found[first - 1].form if first and part[0].follows else ""
        certain = before in SIZE_WORDS or before in COLOR_WORDS
        return [
            Named(
                first - (certain and field.startswith("attribute:")),
                last,
                tuple(dict.fromkeys(terms)),
                field,
                certain,
                frozenset(whole.intersection(terms)),
            )
            for field, terms in by_field.items()
            if not bare or before in SIZE_WORDS or field in ("brand", "category")
        ]

    def dump(self) -> dict[str, Any]:
        return {
            "categories": self.categories,
            "labels": self.labels,
            "attributes": self.attributes,
            "phrases": {words: [list(each) for each in phrases] for words, phrases in self.phrases.items()},
        }

    @classmethod
    def loaded(cls, dumped: Mapping[str, Any]) -> "Lexicon":
        return cls(
            dumped["categories"],
            dumped["labels"],
            dumped["attributes"],
            {
                words: tuple(Phrase(term, tuple(forms), whole) for term, forms, whole in phrases)
                for words, phrases in dumped["phrases"].items()
            },
        )


def field_of(term: str) -> str:
    """`category`, `brand`, `shop`, `code`, or `attribute:<key of its name>`."""
    kind = {CATEGORY: "category", BRAND: "brand", SHOP: "shop", CODE: "code"}.get(term[:3])
    return kind or "attribute:" + term[len(ATTRIBUTE) :].partition("=")[0]


def _other_names(text: str) -> list[str]:
    """What else the thing of this name is called."""
    found = words(text)
    named = called([word.form for word in found], [word.plain for word in found])
    return [
        " ".join(name.forms)
        for each in named
        if not each.doubtful and (each.first, each.last) == (0, len(found) - 1)
        for name in each.thing.names
    ]


def _add_phrase(phrases: dict[str, tuple[Phrase, ...]], found: Sequence[Word], term: str, *, whole: bool) -> None:
    if 0 < len(found) <= PHRASE_WORDS_MAX:
        key = " ".join(word.plain for word in found)
        phrase = Phrase(term, tuple(word.form for word in found), whole)
        if all((each.term, each.forms) != (term, phrase.forms) for each in phrases.get(key, ())):
            phrases[key] = (*phrases.get(key, ()), phrase)
