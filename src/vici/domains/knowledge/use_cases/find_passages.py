"""Finds the passages that answer a question, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vici.domains.knowledge.api import Document, Passage
from vici.domains.knowledge.rules.coverage import coverage, matter
from vici.domains.knowledge.rules.passages import passages_of
from vici.infra.search.text_index import FieldWeight, TextIndex, TextView
from vici.kit.text import terms_of, words

# Measured on 480 passages in two languages (`vici evaluate docs`): word terms alone .947, with parts of words .971 in
# English; Vietnamese .951 and .963, typed without accents .952 and .960. Any weight from .2 to .5 does.
_PARTS_WEIGHT = 0.3
_PART_LENGTHS = (3, 4)
_PART = "~"


def analyse(text: str) -> list[str]:
    """The words of a text in every form they are found by, and the parts of words, which bridge endings and typos."""
    found = words(text)
    terms = terms_of(found)
    for word in found:
        edged = f"^{word.plain}$"
        terms += [
            _PART + edged[start : start + length]
            for length in _PART_LENGTHS
            for start in range(len(edged) - length + 1)
        ]
    return terms


@dataclass(frozen=True)
class _Kept:
    passage: Passage
    terms: frozenset[str]
    """The words of the passage and of what it stands under, as they are found by."""


class PassageIndex:
    def __init__(self) -> None:
        self._by_language: dict[str, TextIndex] = {}
        self._kept: dict[str, _Kept] = {}
        self._of_document: dict[tuple[str, str], list[str]] = {}

    def put(self, document: Document) -> None:
        """Take the document's passages in place of those it had."""
        cut = [
            Passage(
                slug=document.slug,
                language=document.language,
                title=document.title,
                heading=passage.heading,
                text=passage.text,
                score=0,
            )
            for passage in passages_of(document.body)
        ]
        self.put_passages(document.slug, document.language, cut)

    def put_passages(self, slug: str, language: str, passages: Sequence[Passage]) -> None:
        self.remove(slug, language)
        index = self._by_language.setdefault(language, _empty_index())
        ids = [f"{language}/{slug}#{number:04}" for number in range(len(passages))]
        index.put(
            [
                (id_, {"title": passage.title, "heading": passage.heading, "text": passage.text})
                for id_, passage in zip(ids, passages, strict=True)
            ]
        )
        for id_, passage in zip(ids, passages, strict=True):
            whole = f"{passage.title}\n{passage.heading}\n{passage.text}"
            told = words(whole)
            self._kept[id_] = _Kept(passage, frozenset(form for word in told for form in (word.plain, word.form)))
        self._of_document[slug, language] = ids

    def remove(self, slug: str, language: str) -> None:
        ids = self._of_document.pop((slug, language), [])
        for id_ in ids:
            del self._kept[id_]
        if ids:
            self._by_language[language].remove(ids)

    def find(self, question: str, language: str | None, limit: int) -> list[Passage]:
        asked = matter(question)
        weighted = {term: _PARTS_WEIGHT if term.startswith(_PART) else 1.0 for term in analyse(question)}
        found: list[tuple[float, Passage]] = []
        for each, index in self._by_language.items():
            if language is not None and each != language:
                continue
            view = index.view
            scores = view.scores(weighted)
            rarity = {word: _rarity(view, word) for word in asked}
            for slot in view.best(scores, limit):
                kept = self._kept[view.ids[slot]]
                covered = coverage(asked, kept.terms, rarity)
                if covered > 0:
                    found.append((float(scores[slot]), kept.passage.model_copy(update={"score": round(covered, 4)})))
        if len(self._by_language) > 1 and language is None:
            # Scores of two indexes cannot be compared; how much of the question is covered can.
            found.sort(key=lambda each: (-each[1].score, -each[0]))
        return [passage for _, passage in found[:limit]]


def _empty_index() -> TextIndex:
    # A heading names the matter of its passage, and a short passage under the right heading beats a long one.
    fields = {"title": FieldWeight(1.0, 0.5), "heading": FieldWeight(1.5, 0.5), "text": FieldWeight(1.0, 0.75)}
    return TextIndex(fields, analyse, k1=0.9)


def _rarity(view: TextView, word: str) -> float:
    frequency = view.frequency(word)
    return float(np.log1p((view.size - frequency + 0.5) / (frequency + 0.5)))
