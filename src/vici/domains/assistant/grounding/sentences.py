"""One sentence of a text: what is named in it, its clauses and amounts, and of which product each amount is said."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from vici.domains.assistant.grounding.amounts import Amount, Token, read_amounts, tokens_of
from vici.domains.assistant.grounding.known import Known, Words, words_in
from vici.domains.assistant.grounding.names import Mentions, find_mentions
from vici.domains.assistant.understanding.spelling import levelled

_MARKER = re.compile(r"\s*(?:[-*•·]|\(?\d{1,2}[.)])\s+")
_CLAUSE_END = re.compile(
    r",(?!\d)|[;()]|:(?=\s)"
    r"|\b(?:nhung|(?<!khong )(?<!chua )(?<!van )(?<!hien )con (?=mau|size|co|ban)|but|while|and|va)\b"
)
_PART_END = re.compile(r",(?!\d)|[;()]")

SpokenOf = frozenset[str] | None
"""The products that were named last; empty when none was yet, None when it was one that nobody knows."""


@dataclass(frozen=True)
class Sentence:
    text: str
    """Its links blanked out, in the same places."""
    tokens: list[Token]
    plain: str
    """Folded, with the same positions."""
    mentions: Mentions
    asks: bool
    before: SpokenOf
    """What the sentences before it were about."""

    def quoted(self) -> str:
        return self.text.strip()

    @cached_property
    def spoken_of(self) -> SpokenOf:
        return self.mentions.products or (None if self.mentions.unknown else self.before)

    @cached_property
    def amounts(self) -> list[Amount]:
        """Without the numbers of names."""
        return [each for each in read_amounts(self.text) if not self.mentions.covers(each.start, each.end)]

    @cached_property
    def clauses(self) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        start = 0
        for match in _CLAUSE_END.finditer(self.plain):
            found.append((start, match.start()))
            start = match.end() if match.group() == ":" else match.start()
        return [*found, (start, len(self.plain))]

    def clause_at(self, place: int) -> tuple[int, int]:
        return next((each for each in reversed(self.clauses) if each[0] <= place), self.clauses[0])

    def said_of(self, start: int, end: int) -> SpokenOf:
        """The products that what stands here is said of: named in its clause (before it rather than behind), else
        nearest in the sentence, else what was spoken of before."""
        left, right = self.clause_at(start)
        before = [span for span in self.mentions.spans if span[1] <= start]
        after = [span for span in self.mentions.spans if span[0] >= end]
        for spans in (
            sorted(span for span in before if span[1] > left)[-1:],
            sorted(span for span in after if span[0] < right)[:1],
            sorted(before)[-1:],
            sorted(after)[:1],
        ):
            for *_, refs in spans:
                return refs or None
        return self.before

    def lead(self, amount: Amount) -> str:
        """What stands before an amount, from the amount or the mark before it; names left out."""
        start = max((each.end for each in self.amounts if each.end <= amount.start), default=0)
        start = max([start, *(match.end() for match in _PART_END.finditer(self.plain, 0, amount.start))])
        return levelled(self.without_names(start, amount.start))

    def trail(self, amount: Amount) -> str:
        """What stands behind it, to the next amount or mark; names left out."""
        end = min((each.start for each in self.amounts if each.start >= amount.end), default=len(self.plain))
        match = _PART_END.search(self.plain, amount.end, end)
        return levelled(self.without_names(amount.end, match.start() if match else end))

    def without_names(self, start: int, end: int) -> str:
        """This part without the names of products: the 41 of a shoe's name is no size."""
        return self._unnamed[start:end]

    @cached_property
    def _unnamed(self) -> str:
        return self.mentions.blanked(self.text)

    def words(self, start: int, end: int) -> Words:
        return words_in(self.without_names(start, end))

    def around(self, amount: Amount) -> Iterator[Words]:
        """Where the variant it is said of may be named, the likeliest first: before it in its clause, behind it there,
        and farther before."""
        left, right = self.clause_at(amount.start)
        prior = max((each.end for each in self.amounts if each.end <= amount.start and each.kind == "money"), default=0)
        following = min((each.start for each in self.amounts if each.start >= amount.end), default=right)
        yield self.words(max(left, prior), amount.start)
        yield self.words(amount.end, min(right, following))
        yield self.words(prior, amount.start)


def sentence_of(text: str, known: Known, before: SpokenOf) -> Sentence:
    marker = _MARKER.match(text)
    if marker:
        text = " " * marker.end() + text[marker.end() :]
    tokens = tokens_of(text)
    mentions = find_mentions(text, tokens, known)
    return Sentence(text, tokens, levelled(text), mentions, text.rstrip().endswith("?"), before)


def about(spoken_of: SpokenOf, known: Known) -> list[str]:
    """The products a fact may be of."""
    if spoken_of is None:
        return []
    return [ref for ref in known.products if not spoken_of or ref in spoken_of]
