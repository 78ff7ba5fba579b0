"""Reads what the demo shop sells, in which categories and colours, how much of it there is, and what it looks like.

Each file of `catalogue/` holds the products of one department as people edit them; the README there says how.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import StringConstraints, ValidationError

from vici.demo.demo_file import DemoFile
from vici.demo.pictures import Picture, picture_of
from vici.demo.variant_table import BadTable, Row, read_table
from vici.domains.catalog.api import (
    AttributeValue,
    Category,
    Price,
    ProductDraft,
    Shop,
    Status,
    Translation,
    Variant,
)
from vici.domains.inventory.api import Level
from vici.kit.dto import Dto, Key, Line, LongText
from vici.kit.text import folded

FOLDER = Path(__file__).parent
_COLOR = "color"
# Options the storefront names in every language; a file's own labels name the others.
_KNOWN_OPTIONS = {_COLOR, "size", "storage"}

InBoth = tuple[Line, Line]
"""In Vietnamese and in English."""


class Color(NamedTuple):
    vi: Line
    en: Line
    code: Key
    """Ends an SKU."""
    tone: Annotated[str, StringConstraints(pattern="^#[0-9a-f]{6}$")]
    """As the pictures show it."""


class Portrait(NamedTuple):
    """A picture to be drawn."""

    name: str
    """`iphone-15`, and for its further colours `iphone-15-pink`."""
    picture: Picture
    tone: str
    seed: str


class Item(NamedTuple):
    product: ProductDraft
    levels: tuple[Level, ...]
    portraits: tuple[Portrait, ...]


class Assortment(NamedTuple):
    shops: tuple[Shop, ...]
    categories: tuple[Category, ...]
    items: tuple[Item, ...]


class _Branch(Dto):
    names: InBoth
    below: "dict[Key, InBoth | _Branch]"


class _Texts(Dto):
    name: Line
    short: LongText
    text: LongText


class _Entry(Dto):
    id: Key
    sku: Key
    brand: Line | None = None
    category: Key
    shop: Key | None = None
    """Of the file, when absent."""
    status: Status = Status.AVAILABLE
    picture: Line
    vi: _Texts
    en: _Texts
    facts: dict[str, AttributeValue | tuple[AttributeValue, AttributeValue]] = {}
    """By the name of a label; what the two languages write differently is given in both."""
    variants: str


class _Department(Dto):
    """A file of products."""

    shop: Key
    labels: dict[str, InBoth]
    products: tuple[_Entry, ...]


def read_assortment(folder: Path = FOLDER) -> Assortment:
    """Everything there is. Refuses a file that is wrong, with the line (`BadDemoFile`)."""
    shops = DemoFile(folder / "shops.yaml").read(tuple[Shop, ...])
    categories = tuple(_grown(DemoFile(folder / "categories.yaml").read(dict[Key, InBoth | _Branch]), None))
    reader = _Reader(
        shops={shop.shop_id for shop in shops},
        categories={category.category_id for category in categories},
        colors=DemoFile(folder / "colors.yaml").read(dict[str, Color]),
    )
    files = sorted((folder / "catalogue").glob("*.yaml"))
    return Assortment(shops, categories, tuple(item for file in files for item in reader.items(DemoFile(file))))


def _grown(tree: "Mapping[str, InBoth | _Branch]", parent: str | None) -> Iterator[Category]:
    for position, (category_id, branch) in enumerate(tree.items()):
        names, below = (branch.names, branch.below) if isinstance(branch, _Branch) else (branch, {})
        yield Category(
            category_id=category_id, parent_id=parent, names={"vi": names[0], "en": names[1]}, position=position
        )
        yield from _grown(below, category_id)


class _Wrong(Exception):
    """Something in an entry, at this place of it."""

    def __init__(self, reason: str, *place: str, below: int = 0) -> None:
        super().__init__(reason)
        self.place = place
        self.below = below


class _Reader:
    """Makes products of entries. Knows what they may refer to, and which ids and SKUs are taken."""

    def __init__(self, shops: set[str], categories: set[str], colors: Mapping[str, Color]) -> None:
        self._shops = shops
        self._categories = categories
        self._colors = colors
        self._taken: set[str] = set()

    def items(self, file: DemoFile) -> Iterator[Item]:
        department = file.read(_Department)
        for index, entry in enumerate(department.products):
            try:
                yield self._item(entry, department)
            except _Wrong as wrong:
                raise file.wrong(str(wrong), "products", index, *wrong.place, below=wrong.below) from None
            except ValidationError as error:
                fault = error.errors()[0]
                reason = f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}"
                raise file.wrong(reason, "products", index) from None

    def _item(self, entry: _Entry, department: _Department) -> Item:
        shop_id = entry.shop or department.shop
        self._check(entry, shop_id)
        try:
            rows = read_table(entry.variants)
        except BadTable as bad:
            raise _Wrong(str(bad), "variants", below=bad.line + 1) from None  # the table begins below its key
        portraits = self._portraits(entry, rows)
        images = {shade: f"/images/products/{portrait.name}.svg" for shade, portrait in portraits.items()}
        variants = tuple(self._variant(entry, row, department, images) for row in rows)
        vietnamese, english = _attributes(entry, department)
        product = ProductDraft(
            product_id=entry.id,
            status=entry.status,
            shop_id=shop_id,
            brand=entry.brand,
            category_id=entry.category,
            language="vi",
            name=entry.vi.name,
            short_description=entry.vi.short,
            description=entry.vi.text,
            attributes=vietnamese,
            translations={
                "en": Translation(
                    name=entry.en.name,
                    short_description=entry.en.short,
                    description=entry.en.text,
                    attributes=english,
                    options=self._options_in_english(portraits, rows, department),
                )
            },
            options=tuple(_option(name, department) for name in rows[0].options),
            variants=variants,
            images=tuple(images.values()),
        )
        levels = tuple(
            Level(variant_id=variant.variant_id, product_id=entry.id, available=row.stock)
            for variant, row in zip(variants, rows, strict=True)
        )
        return Item(product, levels, tuple(portraits.values()))

    def _options_in_english(self, shades: Iterable[str], rows: list[Row], department: _Department) -> dict[str, str]:
        """What options and colours are called there; sizes and the like are the same."""
        labels = [department.labels[name] for name in rows[0].options if name not in _KNOWN_OPTIONS]
        colors = [self._colors[shade] for shade in shades] if _COLOR in rows[0].options else []
        return dict(labels) | {color.vi: color.en for color in colors}

    def _check(self, entry: _Entry, shop_id: str) -> None:
        if entry.category not in self._categories:
            raise _Wrong(f"there is no category {entry.category!r}", "category")
        if shop_id not in self._shops:
            raise _Wrong(f"there is no shop {shop_id!r}", "shop")
        self._take(entry.id, "id")

    def _take(self, code: str, place: str) -> None:
        if code in self._taken:
            raise _Wrong(f"{code!r} is taken", place)
        self._taken.add(code)

    def _portraits(self, entry: _Entry, rows: list[Row]) -> dict[str, Portrait]:
        """By the name of the colour, the product's own first."""
        try:
            picture = picture_of(entry.picture)
        except ValueError as error:
            raise _Wrong(str(error), "picture") from None
        portraits: dict[str, Portrait] = {}
        for shade in dict.fromkeys(row.options.get(_COLOR, picture.color) for row in rows):
            if shade is None:
                raise _Wrong("the picture needs a color, since the variants have none", "picture")
            if shade not in self._colors:
                raise _Wrong(f"there is no color {shade!r}", "picture" if picture.color else "variants")
            name = f"{entry.id}-{shade}" if portraits else entry.id
            portraits[shade] = Portrait(name, picture, self._colors[shade].tone, entry.id)
        return portraits

    def _variant(self, entry: _Entry, row: Row, department: _Department, images: Mapping[str, str]) -> Variant:
        codes = [
            self._colors[value].code if name == _COLOR else re.sub("[^a-z0-9]", "", folded(value)).upper()
            for name, value in row.options.items()
        ]
        sku = "-".join([entry.sku, *codes])
        self._take(sku, "variants")
        prices = [Price(currency="VND", amount_minor=row.price, original_minor=row.was)]
        if row.cents is not None:
            prices.append(Price(currency="USD", amount_minor=row.cents))
        return Variant(
            variant_id="-".join([entry.id, *codes]).lower(),
            sku=sku,
            barcode=barcode(sku),
            options={
                _option(name, department): self._colors[value].vi if name == _COLOR else value
                for name, value in row.options.items()
            },
            prices=tuple(prices),
            image_url=images[row.options[_COLOR]] if _COLOR in row.options else None,
        )


def _option(name: str, department: _Department) -> str:
    if name in _KNOWN_OPTIONS:
        return name
    if name not in department.labels:
        raise _Wrong(f"the option {name!r} has no label", "variants")
    return department.labels[name][0]


def _attributes(entry: _Entry, department: _Department) -> tuple[dict[str, AttributeValue], dict[str, AttributeValue]]:
    """In Vietnamese and in English."""
    vietnamese: dict[str, AttributeValue] = {}
    english: dict[str, AttributeValue] = {}
    for name, value in entry.facts.items():
        if name not in department.labels:
            raise _Wrong(f"the fact {name!r} has no label", "facts", name)
        label, english_label = department.labels[name]
        vietnamese[label], english[english_label] = value if isinstance(value, tuple) else (value, value)
    return vietnamese, english


def barcode(sku: str) -> str:
    """An EAN-13 made from the SKU. It begins with 20, the range that shops keep to themselves, so it is nobody's."""
    number = int.from_bytes(hashlib.blake2b(sku.encode(), digest_size=8).digest()) % 10**10
    return with_check_digit(f"20{number:010}")


def with_check_digit(digits: str) -> str:
    """GS1: of twelve digits, every second one counts three times; the thirteenth makes the sum a multiple of ten."""
    total = sum(int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(digits))
    return digits + str(-total % 10)
