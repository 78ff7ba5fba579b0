"""Which parts of a text the query matched, and which piece of a description shows it best."""

import re
from collections.abc import Collection
from typing import NamedTuple

from vici.domains.search.api import Span
from vici.kit.text import Word, words

SNIPPET_LETTERS = 180
_PIECES = re.compile(r"[^\n.!?;]+[.!?;]?")
_JOINED_WORDS_MAX = 6


class Snippet(NamedTuple):
    text: str
    matched: tuple[Span, ...]


def matched_spans(text: str, terms: Collection[str], forms: Collection[str]) -> tuple[Span, ...]:
    """The parts of a composed text that are among the terms, one by one or written together.

    `forms` are the query's words as they were typed: a word typed with other accents than the text's is no match.
    """
    found = words(text)
    hit = [word.plain in terms and not _accented_otherwise(word, forms) for word in found]
    for first in range(len(found)):
        joined = found[first].plain
        for last in range(first + 1, min(first + _JOINED_WORDS_MAX, len(found))):
            if not found[last].follows:
                break
            joined += found[last].plain
            if joined in terms and (found[last].glued or not all(hit[first : last + 1])):
                hit[first : last + 1] = [True] * (last - first + 1)
    spans: list[Span] = []
    for word, matched in zip(found, hit, strict=True):
        if not matched:
            continue
        if spans and not text[spans[-1].end : word.start].strip(" -/."):
            spans[-1] = Span(start=spans[-1].start, end=word.end)
        else:
            spans.append(Span(start=word.start, end=word.end))
    return tuple(spans)


def _accented_otherwise(word: Word, forms: Collection[str]) -> bool:
    if word.form.isascii() or word.form in forms:
        return False
    return not any(form.isascii() for form in forms if _plain(form) == word.plain) and any(
        _plain(form) == word.plain for form in forms
    )


def _plain(form: str) -> str:
    return words(form)[0].plain


def snippet(text: str, terms: Collection[str], forms: Collection[str], shown: str) -> Snippet | None:
    """The piece of the text with the most of the terms that `shown` (the name) lacks; none when no piece has any."""
    told = {word.plain for word in words(shown)}
    lacking = {term for term in terms if term not in told}
    best: tuple[int, str] = (0, "")
    for piece in _PIECES.findall(text):
        count = len({word.plain for word in words(piece)} & lacking)
        if count > best[0]:
            best = (count, piece.strip())
    if not best[0]:
        return None
    piece = _cut(best[1], terms)
    return Snippet(piece, matched_spans(piece, terms, forms))


def _cut(piece: str, terms: Collection[str]) -> str:
    """So many letters around the first match, whole words."""
    if len(piece) <= SNIPPET_LETTERS:
        return piece
    first = next((word.start for word in words(piece) if word.plain in terms), 0)
    start = max(0, min(first - SNIPPET_LETTERS // 3, len(piece) - SNIPPET_LETTERS))
    start = 0 if start == 0 else piece.find(" ", start) + 1
    end = len(piece) if start + SNIPPET_LETTERS >= len(piece) else piece.rfind(" ", start, start + SNIPPET_LETTERS)
    return f"{'… ' if start else ''}{piece[start:end]}{' …' if end < len(piece) else ''}"
