"""The export: the whole catalogue as a file that the import takes back, one row a variant."""

import asyncio
import csv
import json
import tempfile
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any, cast

from vici.domains.catalog.api import AttributeValue, CatalogApi, ListProducts, Price, Product
from vici.domains.inventory.api import GetLevels, InventoryApi
from vici.flows.import_catalog.attributes import has_typed_names
from vici.flows.import_catalog.columns import CATEGORIES, PRICES
from vici.kit.errors import Refusal, Why
from vici.kit.money import decimal_amount

PRODUCTS_AT_ONCE = 200
ROWS_AT_ONCE = 1000

COLUMNS = (
    "product_id",
    "variant_id",
    "product_name",
    "short_description",
    "product_description",
    *PRICES,
    "currency",
    *CATEGORIES,
    "status",
    "count",
    "shop_id",
    "shop_name",
    "brand",
    "sku",
    "barcode",
    "options",
    "image_url",
    "images",
    "variant_image_url",
    "attributes",
    "language",
)
"""Every file has these, in this order; translations and further currencies follow where there are any."""


class CannotExport(Refusal):
    code = "export.cannot_write"
    why = Why.INVALID
    message = "{file} cannot be written: {reason}."


@dataclass
class ExportReport:
    products: int = 0
    rows: int = 0


Row = dict[str, Any]
"""By column; a column that says nothing of this variant is left out."""


async def export_catalog(
    catalog: CatalogApi,
    inventory: InventoryApi,
    file: Path,
    on_progress: Callable[[ExportReport], object] = lambda _: None,
) -> ExportReport:
    """Every product, drafts too, as CSV, JSONL or Parquet by the file's ending. The file appears when it is whole; one
    that was there is replaced."""
    write = _writer(file)
    report = ExportReport()
    try:
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".export-") as folder:
            # Written down first, because only the last product tells which columns there are.
            notes, whole = Path(folder) / "rows.jsonl", Path(folder) / "whole"
            further: set[str] = set()
            async for products, rows in _pages(catalog, inventory):
                await asyncio.to_thread(_write_jsonl, notes, (), rows)
                further.update(name for row in rows for name in row if name not in COLUMNS)
                report.products += products
                report.rows += len(rows)
                on_progress(report)
            await asyncio.to_thread(_write_whole, write, whole, (*COLUMNS, *sorted(further)), notes)
            whole.replace(file)
    except OSError as error:
        raise CannotExport(file=file, reason=error.strerror or str(error)) from None
    return report


async def _pages(catalog: CatalogApi, inventory: InventoryApi) -> AsyncGenerator[tuple[int, list[Row]]]:
    cursor: str | None = None
    while True:
        page = await catalog.list_products(ListProducts(cursor=cursor, limit=PRODUCTS_AT_ONCE))
        ids = tuple(product.product_id for product in page.items)
        known = (await inventory.levels(GetLevels(product_ids=ids))).levels
        levels = {(level.product_id, level.variant_id): level.available for level in known}
        yield len(ids), [row for product in page.items for row in rows_of(product, levels)]
        cursor = page.next_cursor
        if cursor is None:
            return


def rows_of(product: Product, levels: Mapping[tuple[str, str], int]) -> Iterator[Row]:
    """One row for each variant; what is the product's stands in all of them."""
    common = _of_product(product)
    for variant in product.variants:
        row = common | {
            "variant_id": variant.variant_id,
            "sku": variant.sku,
            "barcode": variant.barcode,
            "options": {name: variant.options[name] for name in product.options},
            "variant_image_url": variant.image_url,
            "currency": variant.prices[0].currency,
            "count": levels.get((product.product_id, variant.variant_id)),
        }
        for number, price in enumerate(variant.prices):
            row |= _of_price(price, f"_{price.currency.lower()}" if number else "")
        yield {name: value for name, value in row.items() if value not in (None, "", {}, [])}


def _of_product(product: Product) -> Row:
    row: Row = {
        "product_id": product.product_id,
        "product_name": product.name,
        "short_description": product.short_description,
        "product_description": product.description,
        "status": product.status.value,
        "shop_id": product.shop_id,
        "shop_name": product.shop_name,
        "brand": product.brand,
        "image_url": product.images[0] if product.images else None,
        "images": list(product.images[1:]),
        "attributes": _literal(product.attributes),
        "language": product.language,
    }
    for column, category in zip(CATEGORIES, product.categories, strict=False):
        own = product.language if product.language in category.names else min(category.names)
        row[column] = category.names[own]
        row |= {
            f"{column}_{code}": name for code, name in category.names.items() if code not in (own, product.language)
        }
    for code, translation in product.translations.items():
        row |= {
            f"product_name_{code}": translation.name,
            f"short_description_{code}": translation.short_description,
            f"product_description_{code}": translation.description,
            f"attributes_{code}": _literal(translation.attributes),
        }
        if translation.options:
            row[f"options_{code}"] = translation.options
    return row


def _literal(attributes: Mapping[str, AttributeValue]) -> Row:
    """Names that the import would take for a supplier's (`n_weight`) get a space in front, which it takes off again."""
    return {f" {name}": value for name, value in attributes.items()} if has_typed_names(attributes) else {**attributes}


def _of_price(price: Price, suffix: str) -> Row:
    full, reduced = (f"{name}{suffix}" for name in PRICES)
    original = price.amount_minor if price.original_minor is None else price.original_minor
    return {full: _number(original, price.currency), reduced: _number(price.amount_minor, price.currency)}


def _number(minor: int, currency: str) -> int | float:
    """Exact: no price has more than 15 digits, and a float keeps so many."""
    amount = decimal_amount(minor, currency)
    return int(amount) if amount == amount.to_integral_value() else float(amount)


_Write = Callable[[Path, Sequence[str], Iterable[Row]], None]


def _writer(file: Path) -> _Write:
    match file.suffix.lower():
        case ".csv":
            return _write_csv
        case ".jsonl" | ".ndjson":
            return _write_jsonl
        case ".parquet" | ".pq":
            if find_spec("pyarrow") is None:
                raise CannotExport(file=file, reason="Parquet needs the extra: pip install 'vici[parquet]'")
            return _write_parquet
        case _:
            raise CannotExport(file=file, reason="its name must end in .csv, .jsonl or .parquet")


def _write_whole(write: _Write, whole: Path, columns: Sequence[str], notes: Path) -> None:
    with notes.open(encoding="utf-8") as lines:
        write(whole, columns, (json.loads(line) for line in lines))


def _write_jsonl(file: Path, _: Sequence[str], rows: Iterable[Row]) -> None:
    with file.open("a", encoding="utf-8", newline="\n") as text:
        text.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _write_csv(file: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    # The mark at the start tells spreadsheets that this is UTF-8: without it they garble Vietnamese.
    with file.open("w", encoding="utf-8-sig", newline="") as text:
        writer = csv.DictWriter(text, columns, restval="")
        writer.writeheader()
        writer.writerows({name: _flat(value) for name, value in row.items()} for row in rows)


def _flat(value: Any) -> str | int | float:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else value


def _write_parquet(file: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    import pyarrow
    from pyarrow import parquet

    arrow, writers = cast("Any", pyarrow), cast("Any", parquet)  # they have no types

    def kind(column: str) -> Any:
        if column == "count":
            return arrow.int64()
        return arrow.float64() if column.startswith(PRICES) else arrow.string()

    schema = arrow.schema([(column, kind(column)) for column in columns])
    following = iter(rows)
    with writers.ParquetWriter(file, schema) as writer:
        while some := [{name: _flat(value) for name, value in row.items()} for row in islice(following, ROWS_AT_ONCE)]:
            writer.write_table(arrow.Table.from_pylist(some, schema=schema))
