"""The index of the products: their words, what they are filtered by, what is shown of them. In memory, kept in a file.

It can always be made again from the catalogue and the stock, and never knows better than they do.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
import orjson
from numpy.typing import NDArray

from vici.domains.search.rules.documents import Document
from vici.domains.search.rules.lexicon import Lexicon, field_of
from vici.domains.search.rules.ranking import Marks, title_marks
from vici.domains.search.rules.spelling import Speller
from vici.infra.search.snapshot import BadSnapshot, load_snapshot, packed, save_snapshot, unpacked
from vici.infra.search.text_index import FieldWeight, TextIndex, TextView
from vici.kit.text import Word, folded, terms_of, words

FIELDS = {
    "name": FieldWeight(3, 0.75),
    "category": FieldWeight(2, 0.75),
    "brand": FieldWeight(1, 0.75),
    "summary": FieldWeight(1.5, 0.75),
    "details": FieldWeight(0.3, 0.75),
    "codes": FieldWeight(3, 0),
}
NAME = list(FIELDS).index("name")
# Of the file's layout, and of what is read from a product: another number makes the index again.
FORMAT = 3
NO_PRICE = -1

Slots = NDArray[np.int64]
Chosen = NDArray[np.bool_]


class Analysed(NamedTuple):
    """A document with its words taken apart: the long part of indexing, which needs nothing of the index."""

    document: Document
    terms: Mapping[str, Sequence[str]]
    """By field."""
    title: Marks
    written: frozenset[str]
    """The words as they are written, folded."""


def analysed(document: Document) -> Analysed:
    found: dict[str, list[Word]] = {field: words(text) for field, text in document.texts.items()}
    return Analysed(
        document,
        {field: terms_of(each) for field, each in found.items()},
        title_marks(found["name"]),
        frozenset(word.bare for each in found.values() for word in each),
    )


@dataclass(frozen=True)
class FilterFields:
    """Which field each filter term belongs to."""

    names: tuple[str, ...] = ()
    """As `field_of` tells them."""
    terms: tuple[str, ...] = ()
    """By their numbers."""
    of_terms: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))
    """The place in `names`, by the number of the term."""

    @cached_property
    def is_attribute(self) -> Chosen:
        """Of each of `names`."""
        return np.array([name.startswith("attribute:") for name in self.names], np.bool_)

    def of(self, name: str) -> list[str]:
        """The terms of this field."""
        places = [place for place, each in enumerate(self.names) if each == name]
        return [self.terms[number] for number in np.flatnonzero(np.isin(self.of_terms, places)).tolist()]

    def grown(self, vocabulary: Mapping[str, int]) -> "FilterFields":
        """With the terms that came since."""
        place = {name: number for number, name in enumerate(self.names)}
        new = tuple(islice(vocabulary, len(self.terms), None))
        fields = np.array([place.setdefault(field_of(term), len(place)) for term in new], np.int32)
        return FilterFields(tuple(place), self.terms + new, np.append(self.of_terms, fields))


@dataclass(frozen=True)
class IndexView:
    """The index at one moment; arrays and sequences are by slot."""

    text: TextView
    filters: TextView
    """Its terms are those of `Choice` and the product's codes."""
    fields: "FilterFields"
    speller: Speller
    lexicon: Lexicon
    records: Sequence[bytes]
    titles: Sequence[Marks]
    lowest: Mapping[str, Slots]
    """The lowest price in each currency, or `NO_PRICE`."""
    available: Slots
    created_at: NDArray[np.float64]
    shelves: NDArray[np.uint32]
    """The narrowest category, as a number."""

    # The vocabulary of query reading.

    def frequency(self, term: str) -> int:
        return self.text.frequency(term)

    def together(self, terms: Sequence[str]) -> int:
        return self.text.together(terms, NAME)

    def named(self, term: str) -> int:
        return int((self.text.postings(term).counts[:, NAME] > 0).sum())

    def naming(self, terms: Iterable[str]) -> Chosen:
        """The slots of the products whose names have all of these terms."""
        chosen = self.live
        for term in terms:
            slots, counts = self.text.postings(term)
            having = np.zeros(len(self.records), np.bool_)
            having[slots[counts[:, NAME] > 0]] = True
            chosen = chosen & having
        return chosen

    @cached_property
    def live(self) -> Chosen:
        """The slots in use."""
        return self.text.owner >= 0

    @cached_property
    def id_order(self) -> Slots:
        """The place of each slot when sorted by id."""
        return self._ordered(lambda slot: self.text.ids[slot])

    @cached_property
    def name_order(self) -> Slots:
        """The place of each slot when sorted by name, then id."""
        return self._ordered(lambda slot: (self.sort_name(slot), self.text.ids[slot]))

    def sort_name(self, slot: int) -> str:
        return folded(next(iter(self.record(slot)["names"].values())))

    def _ordered(self, key: Callable[[int], Any]) -> Slots:
        order = np.zeros(len(self.records), np.int64)
        slots: list[int] = sorted(np.flatnonzero(self.live).tolist(), key=key)
        order[slots] = np.arange(len(slots))
        return order

    def record(self, slot: int) -> dict[str, Any]:
        return orjson.loads(self.records[slot])

    def usual_currency(self, own: str) -> str:
        """The shop's own, unless nothing is priced in it; then the one most products are priced in."""
        counted = {currency: int((prices != NO_PRICE).sum()) for currency, prices in self.lowest.items()}
        return own if counted.get(own) else max(counted, key=lambda currency: counted[currency], default=own)

    def having(self, terms: Iterable[str]) -> Chosen:
        """The slots of the products with any of these filter terms."""
        chosen = np.zeros(len(self.records), np.bool_)
        for term in terms:
            chosen[self.filters.postings(term).slots] = True
        return chosen


class ProductIndex:
    """One thread at a time may write; whoever searches works on the view it took."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._clear()

    def _clear(self) -> None:
        self._text = TextIndex(FIELDS, _no_analysis)
        self._filters = TextIndex({"filters": FieldWeight(1, 0)}, _no_analysis)
        self.versions: dict[str, int] = {}
        """Of every product the catalogue has told of, those not for sale too."""
        self.marks: dict[str, int] = {}
        """What each product's vector was made from, as a number; see `keep_index`."""
        self.learned_from = 0
        """How many products there were when the embedder last learned."""
        self.model = ""
        """The embedder's model the vectors were made by."""
        empty = np.zeros(0, np.int64)
        self.view = IndexView(
            self._text.view,
            self._filters.view,
            FilterFields(),
            Speller(),
            Lexicon(),
            (),
            (),
            {},
            empty,
            np.zeros(0),
            np.zeros(0, np.uint32),
        )

    def __contains__(self, product_id: str) -> bool:
        return product_id in self._text

    def __len__(self) -> int:
        return len(self._text)

    def product_ids(self) -> list[str]:
        text = self._text.view
        return [text.ids[slot] for slot in np.flatnonzero(text.owner >= 0).tolist()]

    def record_of(self, product_id: str) -> dict[str, Any]:
        """What was kept of a product that is here."""
        slot = self._text.slot(product_id)
        assert slot is not None
        return self.view.record(slot)

    def meanings(self, most: int) -> list[str]:
        """The texts that stand for the products: of all, or of so many of them, evenly spread."""
        slots: list[int] = np.flatnonzero(self.view.live).tolist()
        return [self.view.record(slot)["meaning"] for slot in slots[:: max(1, -(-len(slots) // most))]]

    def put(self, products: Sequence[Analysed], available: Mapping[str, int]) -> None:
        """Add these products, or replace them."""
        self._text.put_terms([(each.document.product_id, each.terms) for each in products])
        self._filters.put_terms(
            [(each.document.product_id, {"filters": _filter_terms(each.document)}) for each in products]
        )
        size = len(self._text.view.owner)
        old = self.view
        records = [*old.records, *[b"{}"] * (size - len(old.records))]
        titles = [*old.titles, *[np.zeros(0, np.uint32)] * (size - len(old.titles))]
        created = _longer(old.created_at, size, 0)
        stock = _longer(old.available, size, 0)
        shelves = _longer(old.shelves, size, 0)
        currencies = dict.fromkeys([*old.lowest, *(c for each in products for c in each.document.lowest)])
        lowest = {c: _longer(old.lowest.get(c, np.zeros(0, np.int64)), size, NO_PRICE) for c in currencies}
        for document, _, title, _ in products:
            slot = self._text.slot(document.product_id)
            assert slot is not None
            assert slot == self._filters.slot(document.product_id)  # both were told of the same products in one order
            records[slot] = orjson.dumps({**document.record, "id": document.product_id, "meaning": document.meaning})
            titles[slot] = title
            created[slot] = document.created_at
            stock[slot] = available.get(document.product_id, 0)
            shelves[slot] = _shelf(document)
            for currency, prices in lowest.items():
                prices[slot] = document.lowest.get(currency, NO_PRICE)
        old.speller.add(sorted({word for each in products for word in each.written}))
        lexicon = old.lexicon.with_choices(choice for each in products for choice in each.document.choices)
        fields = old.fields.grown(self._filters.view.vocabulary)
        self.view = IndexView(
            self._text.view,
            self._filters.view,
            fields,
            old.speller,
            lexicon,
            records,
            titles,
            lowest,
            stock,
            created,
            shelves,
        )

    def remove(self, product_ids: Iterable[str]) -> None:
        """Take these off; those that are not here are passed over."""
        product_ids = list(product_ids)
        self._text.remove(product_ids)
        self._filters.remove(product_ids)
        for product_id in product_ids:
            self.marks.pop(product_id, None)
        self.view = replace(self.view, text=self._text.view, filters=self._filters.view)

    def set_available(self, available: Mapping[str, int]) -> None:
        """How many there are of these products; those that are not here are passed over."""
        stock = self.view.available.copy()
        for product_id, number in available.items():
            slot = self._text.slot(product_id)
            if slot is not None:
                stock[slot] = number
        self.view = replace(self.view, available=stock)

    def save(self) -> None:
        """Keep it in its file, whole or not at all."""
        view = self.view
        arrays: dict[str, NDArray[np.generic]] = {
            **{f"text/{name}": array for name, array in self._text.dump().items()},
            **{f"filters/{name}": array for name, array in self._filters.dump().items()},
            **{f"lowest/{currency}": array for currency, array in view.lowest.items()},
            "format": np.array([FORMAT, self.learned_from]),
            "records": np.frombuffer(b"\0".join(view.records), np.uint8),
            "titles": np.concatenate([*view.titles, np.zeros(0, np.uint32)]),
            "title_lengths": np.array([len(title) for title in view.titles], np.int64),
            "available": view.available,
            "created_at": view.created_at,
            "shelves": view.shelves,
            "versions/ids": packed(self.versions),
            "versions/numbers": np.array(list(self.versions.values()), np.int64),
            "marks/ids": packed(self.marks),
            "marks/numbers": np.array(list(self.marks.values()), np.uint64),
            "words": packed(view.speller.alphabet),
            "model": packed([self.model or "-"]),
            "lexicon": np.frombuffer(orjson.dumps(view.lexicon.dump()), np.uint8),
        }
        save_snapshot(self._path, arrays)

    def load(self) -> bool:
        """Become what was saved. False, and empty, when there is nothing or it is not to be trusted."""
        try:
            arrays = load_snapshot(self._path)
            if int(arrays["format"][0]) != FORMAT:
                return False
            self._restore(arrays)
        except (BadSnapshot, KeyError, ValueError, IndexError):
            self._clear()
            return False
        return True

    def _restore(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        def part(name: str) -> dict[str, NDArray[Any]]:
            return {key.removeprefix(name): array for key, array in arrays.items() if key.startswith(name)}

        self._text.restore(part("text/"))
        self._filters.restore(part("filters/"))
        records = arrays["records"].tobytes().split(b"\0") if len(arrays["records"]) else []
        ends = np.cumsum(arrays["title_lengths"])
        titles = np.split(arrays["titles"], ends[:-1]) if len(ends) else []
        size = len(self._text.view.owner)
        by_slot = [records, titles, arrays["available"], arrays["created_at"], arrays["shelves"]]
        if any(len(each) != size for each in [*by_slot, self._filters.view.owner, *part("lowest/").values()]):
            raise ValueError("the parts of the index do not belong together")
        speller = Speller()
        speller.add(unpacked(arrays["words"]))
        self.versions = dict(zip(unpacked(arrays["versions/ids"]), arrays["versions/numbers"].tolist(), strict=True))
        self.marks = dict(zip(unpacked(arrays["marks/ids"]), arrays["marks/numbers"].tolist(), strict=True))
        self.learned_from = int(arrays["format"][1])
        self.model = unpacked(arrays["model"])[0].removeprefix("-")
        self.view = IndexView(
            self._text.view,
            self._filters.view,
            FilterFields().grown(self._filters.view.vocabulary),
            speller,
            Lexicon.loaded(orjson.loads(arrays["lexicon"].tobytes())),
            records,
            titles,
            part("lowest/"),
            arrays["available"],
            arrays["created_at"],
            arrays["shelves"],
        )


def _filter_terms(document: Document) -> list[str]:
    return [*(choice.term for choice in document.choices), *document.codes]


def _shelf(document: Document) -> int:
    categories = [choice.value for choice in document.choices if choice.field == "category"]
    return crc32(categories[-1].encode()) if categories else 0


def _longer(array: NDArray[Any], size: int, fill: int) -> NDArray[Any]:
    longer = np.full(size, fill, array.dtype)
    longer[: len(array)] = array
    return longer


def _no_analysis(text: str) -> Sequence[str]:
    raise NotImplementedError("its terms are worked out before")
