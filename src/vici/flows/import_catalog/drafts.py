"""Rows become products: one row each, or as many as it has variants, one below the other."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from vici.domains.catalog.api import VARIANTS_MAX, Language, ProductDraft, Variant
from vici.domains.inventory.api import Level
from vici.flows.import_catalog import columns
from vici.flows.import_catalog.attributes import attributes_of
from vici.flows.import_catalog.cells import Cells
from vici.flows.import_catalog.columns import CATEGORIES, Columns
from vici.flows.import_catalog.faults import Fault, Rejected, in_words, listed, shortened
from vici.flows.import_catalog.ids import slug, variant_id
from vici.flows.import_catalog.language import guess_language
from vici.flows.import_catalog.mapping import ColumnMapping
from vici.flows.import_catalog.sources.rows import BadSource, Row, Unreadable
from vici.kit.dto import Dto, Line

ROWS_AT_ONCE = 500
MAIN_SHOP = "main"
"""Of products whose rows name no shop."""


@dataclass(frozen=True)
class Reading:
    """How rows are to be understood."""

    mapping: ColumnMapping = field(default_factory=ColumnMapping)
    attributes_from_rest: bool = False
    """Columns nobody knows become attributes."""
    language: str | None = None
    """Of texts in rows that name none; guessed from the first rows when absent."""
    currency: str = "VND"
    """Of prices in rows that name none."""


class Drafted(Dto):
    """A product as its rows describe it; its category has names, and an id only once it stands in a shop."""

    row: int
    """The first of its rows."""
    draft: ProductDraft
    shop_name: Line | None
    categories: tuple[dict[Language, Line], ...]
    """Their names, from the widest to the narrowest."""
    levels: tuple[Level, ...]
    """How many there are, of the variants whose rows say so."""


def drafts(rows: Iterable[Row | Unreadable], reading: Reading | None = None) -> Iterator[Drafted | Rejected]:
    """Products, and what was not taken, in the order of the rows."""
    drafter = Drafter(reading or Reading())
    following = iter(rows)
    while some := list(islice(following, ROWS_AT_ONCE)):
        yield from drafter.feed(some)
    yield from drafter.finish()


class Drafter:
    """Takes rows some at a time; gives back products as soon as all their rows have been seen."""

    def __init__(self, reading: Reading, names: tuple[str, ...] | None = None, source: object = "The source") -> None:
        """`names` are the source's columns where they are known before the first row."""
        self._reading = reading
        self._source = source
        self._defaults = {name: entry.value for name, entry in reading.mapping.defaults.items()}
        mapped = {name: entry.value for name, entry in reading.mapping.columns.items()}
        attributes = {name: entry.value for name, entry in reading.mapping.attributes.items()}

        # JSONL names its columns row by row; most rows name the same.
        @lru_cache(1000)
        def resolved(names: tuple[str, ...]) -> Columns:
            return columns.resolve(names, mapped, attributes, self._defaults)

        self._columns = resolved
        self._language = reading.language or self._defaults.get("language")
        self._begun = False
        self._group: list[Cells] = []
        self._group_id: str | None = None
        self._row_of: dict[str, int] = {}
        """Where each product stood."""
        self._row_of_code: dict[_Code, int] = {}
        """Where each code of a product that was taken stood."""
        self._recognised: dict[str, str] = {}
        self._ignored: dict[str, None] = {}
        if names is not None:
            reading.mapping.check(names)
            self._check(names)

    @property
    def language(self) -> str:
        """Of texts in rows that name none."""
        return self._language or "vi"

    @property
    def recognised(self) -> dict[str, str]:
        """What columns were taken for that are called otherwise, fit to be shown."""
        return {shortened(theirs): ours for theirs, ours in self._recognised.items()}

    @property
    def ignored(self) -> tuple[str, ...]:
        """Columns nobody knows, in their order, fit to be shown."""
        return tuple(map(shortened, self._ignored))

    def feed(self, rows: Sequence[Row | Unreadable]) -> Iterator[Drafted | Rejected]:
        if not self._begun:
            self._begin([row for row in rows if isinstance(row, Row)])
        for row in rows:
            if isinstance(row, Unreadable):
                yield Rejected("", (Fault(row.number, "", shortened(row.value), row.reason),))
                continue
            cells = self._cells(row)
            product_id = cells.line("product_id")
            if product_id is None or product_id != self._group_id:
                yield from self.finish()
            self._group_id = product_id
            if len(self._group) <= VARIANTS_MAX:  # with one more it is refused, however many follow
                self._group.append(cells)

    def finish(self) -> Iterator[Drafted | Rejected]:
        """The product whose rows may have gone on."""
        group, product_id = self._group, self._group_id or ""
        self._group, self._group_id = [], None
        if not group:
            return
        drafted = self._drafted(product_id, group)
        if drafted is None:
            yield Rejected(shortened(product_id), tuple(fault for cells in group for fault in cells.faults))
        else:
            self._row_of_code |= _codes(drafted.draft.variants, group)
            yield drafted

    def _begin(self, rows: Sequence[Row]) -> None:
        if not rows:
            return
        self._begun = True
        # Every row of a table has the same names; of JSONL the first rows together tell them.
        self._check(tuple(dict.fromkeys(name for row in rows for name in row.cells)))
        if self._language is None:
            self._language = guess_language(" ".join(_texts(self._cells(row))) for row in rows)

    def _check(self, names: tuple[str, ...]) -> None:
        lacking = self._columns(names).missing
        if lacking is not None:
            reason = f"no column is {lacking}; there are {listed(names)}. A mapping file can say which is it"
            raise BadSource(source=self._source, reason=reason)

    def _cells(self, row: Row) -> Cells:
        found = self._columns(tuple(row.cells))
        self._recognised |= found.renamed()
        if not self._reading.attributes_from_rest:
            self._ignored |= dict.fromkeys(found.rest)
        return Cells(row, found, self._defaults)

    def _drafted(self, product_id: str, group: Sequence[Cells]) -> Drafted | None:
        first = group[0]
        language = (first.line("language") or self.language).lower()
        name = first.line("product_name") or first.line(f"product_name_{language}")
        if not product_id:
            first.fault("product_id", None, "empty: every product needs an id")
        if not name:
            first.fault("product_name", None, "empty: every product needs a name")
        shop_name = first.line("shop_name")
        variants = [self._variant(product_id, cells) for cells in group]
        earlier = self._row_of.setdefault(product_id, first.row)
        if not product_id or earlier == first.row:
            self._check_variants(variants, group)
        else:
            told = f"this product stood in row {earlier} already: the rows of one product must follow each other"
            first.fault("product_id", product_id, told)
        facts: dict[str, Any] = {
            "row": first.row,
            "shop_name": shop_name,
            "categories": _categories(first, language),
            "levels": [
                {"product_id": product_id, "variant_id": variant["variant_id"], "available": count}
                for variant, cells in zip(variants, group, strict=True)
                if (count := cells.count()) is not None
            ],
            "draft": {
                "product_id": product_id,
                "status": first.status(),
                "shop_id": first.line("shop_id") or (slug(shop_name) if shop_name else MAIN_SHOP),
                "brand": first.line("brand"),
                "language": language,
                "name": name,
                "short_description": first.text("short_description") or "",
                "description": first.text("product_description") or "",
                "attributes": first.attributes(rest=self._reading.attributes_from_rest),
                "translations": _translations(first, language),
                "options": tuple(variants[0]["options"]),
                "variants": variants,
                "images": first.images(),
            },
        }
        is_faulty = any(cells.faults for cells in group)
        try:
            drafted = Drafted.model_validate(facts)
        except ValidationError as error:
            for fault in error.errors(include_url=False):
                if not (is_faulty and _may_follow(fault)):
                    _note(fault, group)
            return None
        return None if is_faulty else drafted

    def _variant(self, product_id: str, cells: Cells) -> dict[str, Any]:
        options = cells.options()
        return {
            "variant_id": cells.line("variant_id") or variant_id(product_id, options),
            "sku": cells.line("sku"),
            "barcode": cells.line("barcode"),
            "options": options,
            "prices": cells.prices(self._reading.currency),
            "image_url": cells.image("variant_image_url"),
        }

    def _check_variants(self, variants: Sequence[dict[str, Any]], group: Sequence[Cells]) -> None:
        """The rows of one product must differ in their options, and no code may have stood before."""
        alike: dict[tuple[tuple[str, str], ...], int] = {}
        codes: dict[_Code, int] = {}
        for variant, cells in zip(variants, group, strict=True):
            earlier = alike.setdefault(tuple(sorted(variant["options"].items())), cells.row)
            if earlier != cells.row:
                told = f"row {earlier} is the same product with the same `options`: they must tell its variants apart"
                cells.fault("product_id", variant["variant_id"], told)
                continue
            for name in _CODES:
                code = (name, variant[name])
                earlier = self._row_of_code.get(code) or codes.setdefault(code, cells.row)
                if variant[name] is not None and earlier != cells.row:
                    cells.fault(name, variant[name], f"row {earlier} has it already: it names one variant only")


_Code = tuple[str, str]
_CODES = ("variant_id", "sku", "barcode")


def _codes(variants: Sequence[Variant], group: Sequence[Cells]) -> dict[_Code, int]:
    return {
        (name, value): cells.row
        for variant, cells in zip(variants, group, strict=True)
        for name in _CODES
        if (value := getattr(variant, name)) is not None
    }


def _texts(cells: Cells) -> list[str]:
    fields = ("product_name", "short_description", "product_description", *CATEGORIES)
    return [cells.text(field) or "" for field in fields]


def _translations(cells: Cells, language: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for code in cells.columns.languages:
        texts = {
            "name": cells.line(f"product_name_{code}"),
            "short_description": cells.text(f"short_description_{code}"),
            "description": cells.text(f"product_description_{code}"),
            "attributes": attributes_of(cells.json_object(f"attributes_{code}")),
            "options": cells.options(f"options_{code}"),
        }
        if code != language and any(texts.values()):
            found[code] = texts
    return found


def _categories(cells: Cells, language: str) -> tuple[dict[str, str], ...]:
    levels: list[dict[str, str]] = []
    empty: str | None = None
    for level in CATEGORIES:
        names = {code: name for code in cells.columns.languages if (name := cells.line(f"{level}_{code}"))}
        own = cells.line(level)
        if own:
            names = {language: own} | names
        if not names:
            empty = empty or level
        elif empty:
            cells.fault(level, next(iter(names.values())), f"{cells.column(empty)} is empty: fill the wider one first")
        else:
            levels.append(names)
    return tuple(levels)


# What validation calls the fields of the import, where it is not their own name.
_PRODUCT_FIELDS = {"name": "product_name", "description": "product_description"}
_VARIANT_FIELDS = {"image_url": "variant_image_url", "prices": "original_price", "available": "count"}
# A value that is none of an attribute's kinds is told once for each kind; these say something.
_TELLING = {"string_too_long", "string_too_short", "string_pattern_mismatch", "string_unicode", "finite_number"}


def _may_follow(error: ErrorDetails) -> bool:
    """Whether a cell that was told already may have caused it: a price that could not be read leaves none, options
    that could not be read differ from the others'."""
    return len(error["loc"]) < 2 or "prices" in error["loc"]


def _note(error: ErrorDetails, group: Sequence[Cells]) -> None:
    """Put a validation error where its cell is."""
    cells = group[0]
    about = ""
    match [str(part) for part in error["loc"]]:
        case ["draft", "variants", number, name, *_] | ["levels", number, "available" as name, *_]:
            cells, field = group[int(number)], _VARIANT_FIELDS.get(name, name)
            if name == "variant_id" and cells.value(name) is None:
                return  # made of the product's id, whose fault is told
        case ["levels", *_]:
            return  # of an id that was told already
        case ["draft", "variants"]:
            if error["type"] == "too_long":  # else because none of them was right
                cells.fault("product_id", cells.value("product_id"), f"has more than {VARIANTS_MAX} variants")
            return
        case ["draft", "translations", language, name, *more]:
            field, about = f"{_PRODUCT_FIELDS.get(name, name)}_{language}", more[0] if more else ""
        case ["draft", "images", *_]:
            field = "image_url" if error["input"] == cells.line("image_url") else "images"
        case ["draft", name, *more]:
            field, about = _PRODUCT_FIELDS.get(name, name), more[0] if more else ""
        case ["categories", number, language, *_]:
            field = CATEGORIES[int(number)]
            translated = f"{field}_{language}"
            field = translated if translated in cells.columns.sources else field
        case path:
            field = path[0]
    if about and error["type"] not in _TELLING:
        return
    told = in_words(field, error)
    cells.fault(field, error["input"], f"{shortened(about)}: {told}" if about else told)
