"""Which parts of a text the query matched, and which piece of a description shows it best."""

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from vici.domains.search.api import Span
from vici.kit.text import Word, folded, words

SNIPPET_LETTERS = 180
_PIECES = re.compile(r"[^\n.!?;]+[.!?;]?")
_JOINED_WORDS_MAX = 6


class Snippet(NamedTuple):
    text: str
    matched: tuple[Span, ...]


def snippet(text: str, lacking: Collection[str], terms: Collection[str], forms: Collection[str]) -> Snippet | None:
    """The piece of a composed text with the most of the terms that are `lacking` elsewhere; none when no piece has
    any. All `terms` are marked in it."""
    found = words(text)
    best, most, at = (0, 0), 0, 0
    for piece in _PIECES.finditer(text):
        seen: set[str] = set()
        while at < len(found) and found[at].end <= piece.end():
            if found[at].plain in lacking:
                seen.add(found[at].plain)
            at += 1
        if len(seen) > most:
            best, most = piece.span(), len(seen)
    if not most:
        return None
    part = _cut(text[slice(*best)].strip(), terms)
    return Snippet(part, spans(part, words(part), terms, forms))


def spans(text: str, found: Sequence[Word], terms: Collection[str], forms: Collection[str]) -> tuple[Span, ...]:
    """The parts of a composed text, whose words are `found`, that are among the terms, one by one or written together.

    `forms` are the query's words as they were typed: a word typed with other accents than the text's is no match.
    """
    hit = [word.plain in terms and not _accented_otherwise(word, forms) for word in found]
    for first in range(len(found)):
        joined = found[first].plain
        for last in range(first + 1, min(first + _JOINED_WORDS_MAX, len(found))):
            if not found[last].follows:
                break
            joined += found[last].plain
            if joined in terms:
                hit[first : last + 1] = [True] * (last - first + 1)
    marked: list[Span] = []
    for word, matched in zip(found, hit, strict=True):
        if not matched:
            continue
        if marked and not text[marked[-1].end : word.start].strip(" -/."):
            marked[-1] = Span(start=marked[-1].start, end=word.end)
        else:
            marked.append(Span(start=word.start, end=word.end))
    return tuple(marked)


def _accented_otherwise(word: Word, forms: Collection[str]) -> bool:
    """Typed with accents, and other ones: `đen` does not mark `đèn`, `den` marks both."""
    if word.form.isascii() or word.form in forms or word.bare in forms:
        return False
    return any(folded(form) == word.bare for form in forms)


def _cut(piece: str, terms: Collection[str]) -> str:
    """So many letters around the first match, whole words."""
    if len(piece) <= SNIPPET_LETTERS:
        return piece
    first = next((word.start for word in words(piece) if word.plain in terms), 0)
    start = max(0, min(first - SNIPPET_LETTERS // 3, len(piece) - SNIPPET_LETTERS))
    start = 0 if start == 0 else piece.find(" ", start) + 1
    end = len(piece) if start + SNIPPET_LETTERS >= len(piece) else piece.rfind(" ", start, start + SNIPPET_LETTERS)
    return f"{'… ' if start else ''}{piece[start:end]}{' …' if end < len(piece) else ''}"
