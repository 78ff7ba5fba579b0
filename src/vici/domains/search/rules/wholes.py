"""Words of a query that the shop writes as one: codes taken apart, compounds."""

from collections.abc import Sequence
from typing import NamedTuple

from vici.domains.search.rules.chat_spelling import SHORT_FOR
from vici.domains.search.rules.reading import Vocabulary
from vici.domains.search.rules.spelling import RARE_BELOW
from vici.kit.text import Word

WHOLE_WORDS_MAX = 8
WHOLE_LETTERS_MIN = 4


class Whole(NamedTuple):
    first: int
    last: int
    term: str

    @property
    def words(self) -> float:
        return 1.0 + self.last - self.first


def wholes_in(found: Sequence[Word], vocabulary: Vocabulary) -> list[Whole]:
    """Neighbours that the shop writes as one: `006 R 90321`, `head set`. The longest from each place on."""
    wholes: list[Whole] = []
    first = 0
    while first < len(found):
        whole = None
        last = first
        while last + 1 < min(first + WHOLE_WORDS_MAX, len(found)) and found[last + 1].follows:
            last += 1
            parts = [word.plain for word in found[first : last + 1]]
            if _written_as_one(parts, vocabulary) and not _in_chat(parts, vocabulary):
                whole = Whole(first, last, "".join(parts))
        if whole:
            wholes.append(whole)
            first = whole.last
        first += 1
    return wholes


def _in_chat(parts: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Short for a word and more (`ip 15`), even if the shop's codes look like it."""
    return parts[0] in SHORT_FOR and not vocabulary.named("".join(parts))


def in_codes(found: Sequence[Word]) -> set[int]:
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
