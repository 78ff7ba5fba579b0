"""What of a product is searched, filtered by and shown."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from vici.domains.catalog.api import AttributeValue, Product
from vici.kit.text import composed, folded, words

# The beginning of a long description says what the product is.
SUMMARY_LETTERS = 400
DESCRIPTION_LETTERS = 5_000
SNIPPET_LETTERS = 1_500
# These attributes name the kind of thing, as a category does.
KIND_ATTRIBUTES = frozenset({"product type", "type of product", "kind", "loai san pham", "loai"})
# A value longer than this is a text, nothing to choose from a list.
FACET_LETTERS = 60

# Between texts that are put into one: no word of one goes on into the next.
APART = " | "

# Terms of the filters: what is filtered, then by what. None of these letters begins a word's term.
CATEGORY, BRAND, SHOP, ATTRIBUTE, CODE = "=c:", "=b:", "=s:", "=a:", "=k:"


@lru_cache(maxsize=100_000)
def filter_key(text: str) -> str:
    """Filters compare without regard to letter case, accents and surplus spaces."""
    return " ".join(folded(composed(text)).split())


def attribute_key(name: str, value: str) -> str:
    return f"{ATTRIBUTE}{filter_key(name)}={filter_key(value)}"


def code_key(code: str) -> str:
    """SKUs and barcodes compare by their letters and digits; a barcode is the same with and without leading zeros."""
    plain = "".join(word.plain for word in words(code))
    return CODE + (plain.lstrip("0") if plain.isdigit() else plain)


@dataclass(frozen=True)
class Choice:
    """A value one can filter by, with its names."""

    field: str
    """`category`, `brand`, `shop` or `attribute:<name>`."""
    term: str
    value: str
    names: Mapping[str, str]
    """By language; the language is empty for what has no language."""
    is_option: bool = False
    """Variants differ in it, or it is a colour or a size: shoppers ask for it by its value alone."""
    called: Mapping[str, str] = dataclasses.field(default_factory=dict[str, str])
    """How an attribute is called, by language."""


@dataclass(frozen=True)
class Document:
    """A product as the index takes it."""

    product_id: str
    version: int
    texts: Mapping[str, str]
    """By field, to be found by their words."""
    codes: tuple[str, ...]
    """Terms of its SKUs and barcodes."""
    choices: tuple[Choice, ...]
    lowest: Mapping[str, int]
    """The lowest price in each currency, in minor units."""
    created_at: float
    meaning: str
    """The text whose vector stands for it."""
    record: Mapping[str, Any]
    """What a card and a snippet show; plain JSON."""


def document_of(product: Product) -> Document:
    names = {product.language: composed(product.name)}
    shorts, longs = {product.language: product.short_description}, {product.language: product.description}
    for language, translation in product.translations.items():
        if translation.name:
            names[language] = composed(translation.name)
        if translation.short_description:
            shorts[language] = translation.short_description
        if translation.description:
            longs[language] = translation.description
    choices = tuple(_choices(product))
    details = APART.join(_attribute_texts(product))
    kinds = [name for category in product.categories for name in category.names.values()]
    kinds += [str(value) for name, value in _all_attributes(product) if filter_key(name) in KIND_ATTRIBUTES]
    summaries = [shorts.get(language) or text[:SUMMARY_LETTERS] for language, text in longs.items()]
    # What stands in for a short description is not counted twice.
    rest = [text[0 if shorts.get(language) else SUMMARY_LETTERS :] for language, text in longs.items()]
    codes = [code for variant in product.variants for code in (variant.sku, variant.barcode) if code]
    prices = _prices(product)
    return Document(
        product_id=product.product_id,
        version=product.version,
        texts={
            "name": APART.join(names.values()),
            "category": APART.join(dict.fromkeys(kinds)),
            "brand": product.brand or "",
            "summary": APART.join(summaries),
            "details": APART.join([details, *(text[:DESCRIPTION_LETTERS] for text in rest)]),
            "codes": APART.join(dict.fromkeys([product.product_id, *codes])),
        },
        codes=tuple(dict.fromkeys(code_key(code) for code in (product.product_id, *codes))),
        choices=choices,
        lowest={currency: low for currency, (low, _, _) in prices.items()},
        created_at=product.created_at.timestamp(),
        meaning="\n".join([*names.values(), *dict.fromkeys(kinds), product.brand or "", *summaries, details]),
        record={
            "version": product.version,
            "names": names,
            "brand": product.brand,
            "category": dict(product.categories[-1].names) if product.categories else None,
            "shop": [product.shop_id, product.shop_name],
            "prices": prices,
            "image": _image(product),
            "variants": [variant.variant_id for variant in product.variants],
            "texts": {
                language: composed(f"{shorts.get(language, '')}\n{longs.get(language, '')}".strip())[:SNIPPET_LETTERS]
                for language in dict.fromkeys([*shorts, *longs])
            },
        },
    )


def _image(product: Product) -> str | None:
    if product.images:
        return product.images[0]
    return next((variant.image_url for variant in product.variants if variant.image_url), None)


def _prices(product: Product) -> dict[str, tuple[int, int, int | None]]:
    """In each currency the lowest and the highest price, and what the lowest was before its discount."""
    found: dict[str, tuple[int, int, int | None]] = {}
    for variant in product.variants:
        for price in variant.prices:
            amount = price.amount_minor
            low, high, original = found.get(price.currency, (amount, amount, price.original_minor))
            if amount < low:
                low, original = amount, price.original_minor
            found[price.currency] = (low, max(high, amount), original)
    return found


def _all_attributes(product: Product) -> Iterator[tuple[str, AttributeValue]]:
    yield from product.attributes.items()
    for translation in product.translations.values():
        yield from translation.attributes.items()


def _attribute_texts(product: Product) -> Iterator[str]:
    """What may be asked for by its value (`bluetooth`, `256 GB`) or, if it is there or not, by its name."""
    for name, value in _all_attributes(product):
        if value is True or filter_key(str(value)) in _YES or filter_key(name) in _VERSIONED:
            yield name
        if not isinstance(value, bool) and filter_key(str(value)) not in _YES_OR_NO:
            yield written_value(value)
    values = dict.fromkeys(value for variant in product.variants for value in variant.options.values())
    yield from values
    for translation in product.translations.values():
        yield from (translation.options[value] for value in values if value in translation.options)


# Of these a version is told, which says that they are there: `Bluetooth: 5.3`.
_VERSIONED = frozenset({"bluetooth", "wi-fi", "wifi"})
_YES = frozenset({"co", "yes"})
_YES_OR_NO = _YES | {"khong", "no"}


def written_value(value: AttributeValue) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.12g}" if isinstance(value, float) else str(value)


_COLOR_WORDS = frozenset({"color", "colour", "mau"})
_SIZE_WORDS = frozenset({"size", "co", "kich"})


@lru_cache(maxsize=10_000)
def describes(name: str) -> bool:
    """Whether the attribute is a colour or a size."""
    return is_color(name) or not _SIZE_WORDS.isdisjoint(word.plain for word in words(name))


@lru_cache(maxsize=10_000)
def is_color(name: str) -> bool:
    return not _COLOR_WORDS.isdisjoint(word.plain for word in words(name))


def _choices(product: Product) -> Iterator[Choice]:
    for category in product.categories:
        yield Choice("category", CATEGORY + category.category_id, category.category_id, dict(category.names))
    if product.brand:
        yield Choice("brand", BRAND + filter_key(product.brand), product.brand, {"": product.brand})
    yield Choice("shop", SHOP + product.shop_id, product.shop_id, {"": product.shop_name})
    seen: set[str] = set()
    for fact in _facts(product):
        for text in (part.strip() for part in composed(fact.value).split(",")):
            term = attribute_key(fact.name, text)
            if text and len(text) <= FACET_LETTERS and term not in seen:
                seen.add(term)
                names = {fact.language: text, **(fact.elsewhere if text == fact.value else {})}
                yield Choice(f"attribute:{composed(fact.name)}", term, text, names, fact.is_option, fact.called)


class _Fact(NamedTuple):
    name: str
    value: str
    language: str
    is_option: bool
    called: Mapping[str, str]
    """The name by language."""
    elsewhere: Mapping[str, str] = {}
    """The value in other languages."""


def _facts(product: Product) -> Iterator[_Fact]:
    """Everything to filter by."""
    own = product.language
    written = {language: each.options for language, each in product.translations.items() if each.options}
    for variant in product.variants:
        for name, value in variant.options.items():
            called = {own: name} | {language: texts[name] for language, texts in written.items() if name in texts}
            elsewhere = {language: composed(texts.get(value, value)) for language, texts in written.items()}
            yield _Fact(name, value, own, True, called, elsewhere)
    languages = {own: product.attributes} | {
        language: translation.attributes for language, translation in product.translations.items()
    }
    for language, attributes in languages.items():
        for name, value in attributes.items():
            yield _Fact(name, written_value(value), language, describes(name), {language: name})
