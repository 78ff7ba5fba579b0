"""Full-text search in memory: BM25F over weighted fields.

score(d, q) = Σ_t idf(t) · tf(t, d) / (k1 + tf(t, d)), with tf(t, d) = Σ_f weight_f · count_f(t, d) / (1 - b_f + b_f ·
length_f(d) / average_f): Robertson, Zaragoza, "The Probabilistic Relevance Framework" (2009), section 3.6. Lengths
enter only through the averages of the moment, so an index that grew step by step scores as one built at once.

Postings lie in segments that never change: what is put becomes a new one, and neighbours of similar size are merged.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vici.infra.search.snapshot import packed, unpacked

Floats = NDArray[np.float32]
Integers = NDArray[np.int32]
Counts = NDArray[np.uint8]

_COUNT_MAX = 255
# A segment is merged with the one before unless that is so much larger: a handful of segments at any size.
_MERGE_RATIO = 4
_VACANT = -1


class FieldWeight(NamedTuple):
    weight: float
    b: float
    """How much a long field is held against a match: 0 not at all, 1 in proportion."""


Phrase = Sequence[str]
"""Terms that must all stand in a document for it to have the phrase."""


class Postings(NamedTuple):
    slots: Integers
    """The documents a term stands in, sorted."""
    counts: Counts
    """How often, in each field; one row a document."""


@dataclass(frozen=True)
class _Segment:
    """The postings of some documents, sorted by term and slot."""

    serial: int
    terms: Integers
    starts: NDArray[np.int64]
    """Where the postings of each of `terms` begin; one more for the end."""
    slots: Integers
    counts: Counts
    stale: bool = False
    """Some of its documents were replaced or removed since."""

    def find(self, term: int) -> slice:
        # As an int32: a plain int would have the whole array converted to int64 first.
        at = int(np.searchsorted(self.terms, np.int32(term)))
        if at == len(self.terms) or self.terms[at] != term:
            return slice(0, 0)
        return slice(int(self.starts[at]), int(self.starts[at + 1]))

    def keys(self) -> NDArray[np.int64]:
        """Term and slot of each posting in one number."""
        return (np.repeat(self.terms.astype(np.int64), np.diff(self.starts)) << 32) | self.slots


@dataclass(frozen=True)
class TextView:
    """The index at one moment: later writes do not show, so it can be searched while another thread writes."""

    k1: float
    vocabulary: Mapping[str, int]
    """The number of each term. Grows with later writes, which does no harm: a view knows no postings of theirs."""
    slot_of: Mapping[str, int]
    """Where each document is at present; `slot` tells where it was at this moment."""
    ids: Sequence[str]
    """By slot; meaningless where the slot is vacant."""
    segments: tuple[_Segment, ...]
    owner: Integers
    """The serial of the segment that holds each slot's document, or vacant."""
    lengths: Integers
    """Terms in each field; one row a slot."""
    weights: Floats
    """What one occurrence in each field counts; one row a slot."""

    def slot(self, document_id: str) -> int | None:
        """Where the document is, if it is here."""
        slot = self.slot_of.get(document_id, -1)
        here = 0 <= slot < len(self.owner) and self.owner[slot] != _VACANT and self.ids[slot] == document_id
        return slot if here else None

    @cached_property
    def size(self) -> int:
        """The number of documents."""
        return int((self.owner != _VACANT).sum())

    def frequency(self, term: str) -> int:
        """In how many documents the term stands."""
        return len(self.postings(term).slots)

    def postings(self, term: str) -> Postings:
        """Where the term stands."""
        slots: list[Integers] = []
        counts: list[Counts] = []
        number = self.vocabulary.get(term, -1)
        for segment in self.segments:
            found = segment.find(number)
            if found.start == found.stop:
                continue
            here, counted = segment.slots[found], segment.counts[found]
            if segment.stale:
                live = self.owner[here] == segment.serial
                here, counted = here[live], counted[live]
            slots.append(here)
            counts.append(counted)
        if len(slots) == 1:
            return Postings(slots[0], counts[0])
        if not slots:
            return Postings(np.zeros(0, np.int32), np.zeros((0, self.lengths.shape[1]), np.uint8))
        all_slots = np.concatenate(slots)
        order = np.argsort(all_slots)
        return Postings(all_slots[order], np.concatenate(counts)[order])

    def together(self, terms: Iterable[str], field: int) -> int:
        """In how many documents all of these stand in this field."""
        common: Integers | None = None
        for term in dict.fromkeys(terms):
            slots, counts = self.postings(term)
            slots = slots[counts[:, field] > 0]
            common = slots if common is None else common[np.isin(common, slots, assume_unique=True)]
            if not len(common):
                return 0
        return 0 if common is None else len(common)

    def counted(self, chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
        """In how many of the chosen slots each term stands, by the number of the term."""
        total = np.zeros(len(self.vocabulary), np.int64)
        for segment in self.segments:
            hit = chosen[segment.slots]
            if segment.stale:
                hit &= self.owner[segment.slots] == segment.serial
            before = np.concatenate([[0], np.cumsum(hit)])[segment.starts]
            total[segment.terms] += np.diff(before)
        return total

    def coverage(self, concepts: Sequence[Iterable[Phrase]], weights: Sequence[float] | None = None) -> Floats:
        """How much of the concepts each slot's document meets, from 0 to 1: each by any of its phrases, and each the
        more the fewer documents meet it, and by its weight where weights are given."""
        covered = np.zeros(len(self.owner), np.float32)
        whole = 0.0
        for phrases, weight in zip(concepts, weights or [1.0] * len(concepts), strict=True):
            met = np.zeros(len(self.owner), np.bool_)
            for terms in phrases:
                if len(terms) == 1:
                    met[self.postings(terms[0]).slots] = True
                else:
                    met |= self._frequencies(terms) > 0
            idf = np.float32(weight * self._idf(int(met.sum())))
            covered[met] += idf
            whole += float(idf)
        return covered / np.float32(whole) if whole else covered

    def _idf(self, documents: int) -> float:
        return float(np.log1p((self.size - documents + 0.5) / (documents + 0.5)))

    def scores(self, weighted: Mapping[str, float], alike: Sequence[tuple[Sequence[Phrase], float]] = ()) -> Floats:
        """The BM25F score of every slot for these terms, each counting by its weight; 0 where none stands. Phrases that
        are told to be alike score together as one term would that stood wherever one of them does."""
        total = np.zeros(len(self.owner), np.float32)
        k1 = np.float32(self.k1)
        for names, weight in alike:
            frequency = np.zeros(len(self.owner), np.float32)
            for terms in names:
                frequency += self._frequencies(terms)
            idf = self._idf(int(np.count_nonzero(frequency)))
            total += np.float32(weight * idf) * frequency / (k1 + frequency)
        for term, weight in weighted.items():
            slots, counts = self.postings(term)
            if len(slots):
                frequency = np.einsum("pf,pf->p", counts, self.weights[slots], dtype=np.float32)
                total[slots] += np.float32(weight * self._idf(len(slots))) * frequency / (k1 + frequency)
        return total

    def _frequencies(self, terms: Phrase) -> Floats:
        """How often, by weight, each slot's document has all of the terms."""
        least: Floats | None = None
        for slots, counts in map(self.postings, terms):
            frequency = np.zeros(len(self.owner), np.float32)
            frequency[slots] = np.einsum("pf,pf->p", counts, self.weights[slots], dtype=np.float32)
            least = frequency if least is None else np.minimum(least, frequency)
        return np.zeros(len(self.owner), np.float32) if least is None else least

    def best(self, scores: Floats, limit: int) -> list[int]:
        """The slots of the highest positive scores, best first, equals by id."""
        slots = np.flatnonzero(scores > 0)
        if len(slots) > limit:
            # All that reach the last one's score, so that equals are told apart by id and not by chance.
            least = np.partition(scores, len(scores) - limit)[len(scores) - limit]
            slots = np.flatnonzero(scores >= least)
        return sorted(slots.tolist(), key=lambda slot: (-scores[slot], self.ids[slot]))[:limit]


class TextIndex:
    """Documents with texts by field, found by their terms. A document keeps its slot (a small number) while it is here,
    so that callers can hold further facts about it in arrays of their own. One thread at a time may write."""

    def __init__(
        self, fields: Mapping[str, FieldWeight], analyse: Callable[[str], Sequence[str]], k1: float = 0.6
    ) -> None:
        self.fields = tuple(fields)
        self._analyse = analyse
        self._k1 = k1
        self._weight = np.array([fields[name].weight for name in self.fields], np.float32)
        self._b = np.array([fields[name].b for name in self.fields], np.float32)
        self._vocabulary: dict[str, int] = {}
        self._slot_of: dict[str, int] = {}
        self._ids: list[str] = []
        self._vacant: list[int] = []
        self._serial = 0
        self.view = self._seen((), np.zeros(0, np.int32), np.zeros((0, len(self.fields)), np.int32))

    def __len__(self) -> int:
        return len(self._slot_of)

    def __contains__(self, document_id: str) -> bool:
        return document_id in self._slot_of

    def slot(self, document_id: str) -> int | None:
        return self._slot_of.get(document_id)

    def search(self, text: str, limit: int) -> list[tuple[str, float]]:
        """The documents that share a term with the text, best first, with their scores; equals by id."""
        view = self.view
        scores = view.scores(dict.fromkeys(self._analyse(text), 1.0))
        return [(view.ids[slot], float(scores[slot])) for slot in view.best(scores, limit)]

    def put(self, entries: Sequence[tuple[str, Mapping[str, str]]]) -> None:
        """Add these documents (id, texts by field), or replace them. Absent fields are empty; an unknown one is a
        KeyError."""
        self.put_terms(
            [
                (document_id, {field: self._analyse(text) for field, text in texts.items()})
                for document_id, texts in entries
            ]
        )

    def put_terms(self, entries: Sequence[tuple[str, Mapping[str, Sequence[str]]]]) -> None:
        """The same with the terms already worked out."""
        latest = dict(entries)
        if not latest:
            return
        number = {name: position for position, name in enumerate(self.fields)}
        lengths = np.zeros((len(latest), len(self.fields)), np.int32)
        terms: list[int] = []
        runs: list[tuple[int, int, int]] = []  # (row, field, terms) of each text
        known = self._vocabulary
        for row, by_field in enumerate(latest.values()):
            for name, found in by_field.items():
                terms.extend([known.setdefault(term, len(known)) for term in found])
                lengths[row, number[name]] = len(found)
                runs.append((row, number[name], len(found)))
        slots = self._slots_for(latest)
        rows, fields, sizes = np.array(runs, np.int64).reshape(-1, 3).T
        row_of, field_of = np.repeat(rows, sizes), np.repeat(fields, sizes)
        keys, inverse = np.unique((np.array(terms, np.int64) << 32) | slots[row_of], return_inverse=True)
        width = len(self.fields)
        counts = np.bincount(inverse * width + field_of, minlength=len(keys) * width).reshape(-1, width)
        self._serial += 1
        added = _segment(self._serial, keys, np.minimum(counts, _COUNT_MAX).astype(np.uint8))
        owner, all_lengths = self._grown(self.view.owner, _VACANT), self._grown(self.view.lengths, 0)
        replaced = bool((owner[slots] != _VACANT).any())
        owner[slots], all_lengths[slots] = self._serial, lengths
        self._publish(added, owner, all_lengths, stale=replaced)

    def remove(self, ids: Iterable[str]) -> None:
        """Forget these documents; those that are not here are passed over."""
        slots = [self._slot_of.pop(each) for each in dict.fromkeys(ids) if each in self._slot_of]
        if slots:
            owner, lengths = self.view.owner.copy(), self.view.lengths.copy()
            owner[slots], lengths[slots] = _VACANT, 0
            self._vacant += slots
            self._publish(None, owner, lengths, stale=True)

    def _slots_for(self, ids: Iterable[str]) -> Integers:
        slots: list[int] = []
        for document_id in ids:
            slot = self._slot_of.get(document_id)
            if slot is None:
                if self._vacant:
                    slot = self._vacant.pop()
                    self._ids[slot] = document_id
                else:
                    slot = len(self._ids)
                    self._ids.append(document_id)
                self._slot_of[document_id] = slot
            slots.append(slot)
        return np.array(slots, np.int32)

    def _grown(self, rows: Integers, fill: int) -> Integers:
        grown = np.full((len(self._ids), *rows.shape[1:]), fill, np.int32)
        grown[: len(rows)] = rows
        return grown

    def _publish(self, added: _Segment | None, owner: Integers, lengths: Integers, *, stale: bool) -> None:
        segments = [replace(segment, stale=segment.stale or stale) for segment in self.view.segments]
        if added:
            segments.append(added)
        while len(segments) > 1 and len(segments[-2].slots) < _MERGE_RATIO * len(segments[-1].slots):
            segments[-2:] = [self._merged(segments[-2:], owner)]
        self.view = self._seen(tuple(segments), owner, lengths)

    def _seen(self, segments: tuple[_Segment, ...], owner: Integers, lengths: Integers) -> TextView:
        filled = np.maximum((lengths > 0).sum(axis=0), 1)
        average = np.maximum(lengths.sum(axis=0) / filled, 1)
        weights = (self._weight / np.maximum(1 - self._b + self._b * lengths / average, 0.01)).astype(np.float32)
        return TextView(self._k1, self._vocabulary, self._slot_of, self._ids.copy(), segments, owner, lengths, weights)

    def _merged(self, segments: Sequence[_Segment], owner: Integers) -> _Segment:
        """One segment of what is live in these, which then owns it."""
        self._serial += 1
        live = [owner[segment.slots] == segment.serial for segment in segments]
        keys = np.concatenate([segment.keys()[here] for segment, here in zip(segments, live, strict=True)])
        order = np.argsort(keys, kind="stable")  # merges sorted runs in linear time
        keys = keys[order]
        counts = np.concatenate([segment.counts[here] for segment, here in zip(segments, live, strict=True)])[order]
        del order, live
        owner[np.isin(owner, [segment.serial for segment in segments])] = self._serial
        return _segment(self._serial, keys, counts)

    def dump(self) -> dict[str, NDArray[np.generic]]:
        """Everything it holds as arrays, in one segment, without terms nobody uses any more."""
        owner = self.view.owner.copy()
        whole = (
            self._merged(self.view.segments, owner)
            if self.view.segments
            else _segment(0, np.zeros(0, np.int64), np.zeros((0, len(self.fields)), np.uint8))
        )
        spelt = {number: term for term, number in self._vocabulary.items()}
        return {
            "vocabulary": packed([spelt[number] for number in whole.terms.tolist()]),
            "ids": packed(self._ids),
            "owned": owner != _VACANT,
            "lengths": self.view.lengths,
            "starts": whole.starts,
            "slots": whole.slots,
            "counts": whole.counts,
        }

    def restore(self, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        """Become what an index of the same fields dumped. Parts that do not belong together are a ValueError."""
        terms, ids = unpacked(arrays["vocabulary"]), unpacked(arrays["ids"])
        owned = arrays["owned"].astype(np.bool_)
        lengths, counts = arrays["lengths"].astype(np.int32), arrays["counts"].astype(np.uint8)
        starts, slots = arrays["starts"].astype(np.int64), arrays["slots"].astype(np.int32)
        width = len(self.fields)
        if (
            len(starts) != len(terms) + 1
            or starts[-1] != len(slots)
            or counts.shape != (len(slots), width)
            or lengths.shape != (len(ids), width)
            or len(owned) != len(ids)
        ):
            raise ValueError("the parts of the text index do not belong together")
        self._serial = 1
        self._vocabulary = {term: number for number, term in enumerate(terms)}
        self._ids = ids
        self._slot_of = {ids[slot]: slot for slot in np.flatnonzero(owned).tolist()}
        self._vacant = np.flatnonzero(~owned).tolist()
        segment = _Segment(1, np.arange(len(terms), dtype=np.int32), starts, slots, counts)
        self.view = self._seen((segment,), np.where(owned, 1, _VACANT).astype(np.int32), lengths)


def _segment(serial: int, keys: NDArray[np.int64], counts: Counts) -> _Segment:
    """Of sorted keys."""
    terms = (keys >> 32).astype(np.int32)
    first = np.flatnonzero(np.diff(terms, prepend=-1))
    starts = np.append(first, len(keys)).astype(np.int64)
    return _Segment(serial, terms[first], starts, (keys & 0xFFFFFFFF).astype(np.int32), counts)
