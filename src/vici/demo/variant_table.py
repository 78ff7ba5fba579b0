"""Reads a product's variants from a small table.

    color        storage  price       was         stock
    black, blue  128 GB   19.990.000  22.990.000  7, 0
    black        256 GB   22.990.000  -           3

Columns stand two spaces or more apart. Those before `price` are what the variants differ in, and may list several
values with commas: one variant for each combination, the last column changing fastest. `stock` is one number for all of
a line's variants, or as many as they are. `was` (before the discount) and `usd` may be missing, or `-`.
"""

import itertools
import re
from typing import NamedTuple

from vici.kit.money import BadAmount, minor_units

_NEEDED = {"price", "stock"}
_FIGURES = _NEEDED | {"was", "usd"}


class BadTable(Exception):
    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.line = line
        """Counted from the table's first, which is 0."""


class Row(NamedTuple):
    """One variant."""

    options: dict[str, str]
    price: int
    """In đồng."""
    was: int | None
    cents: int | None
    """Its price in dollars, in cents."""
    stock: int


def read_table(table: str) -> list[Row]:
    """Raises `BadTable`."""
    header, *lines = [re.split(r"\s{2,}", line.strip()) for line in table.splitlines()] or [[]]
    options = list(itertools.takewhile(lambda name: name != "price", header))
    if not _NEEDED <= set(header) <= {*options, *_FIGURES}:
        raise BadTable("a table of variants has its options, then 'price', 'was', 'usd' and 'stock'")
    rows: list[Row] = []
    for number, cells in enumerate(lines, 1):
        if len(cells) != len(header):
            raise BadTable(f"{len(cells)} cells under {len(header)} headings", number)
        try:
            rows += _rows(dict(zip(header, cells, strict=True)), options)
        except (ValueError, BadAmount) as error:
            raise BadTable(str(error), number) from None
    if not rows:
        raise BadTable("there is no variant in the table")
    return rows


def _rows(cells: dict[str, str], options: list[str]) -> list[Row]:
    combinations = list(itertools.product(*(_listed(cells[name]) for name in options)))
    stock = [int(count) for count in _listed(cells["stock"])]
    if len(stock) == 1:
        stock *= len(combinations)
    if len(stock) != len(combinations):
        raise ValueError(f"{len(combinations)} variants, but {len(stock)} figures of stock")
    if min(stock) < 0:
        raise ValueError("stock is never negative")
    price = _dong(cells["price"])
    was = _dong(cells["was"]) if cells.get("was", "-") != "-" else None
    if was is not None and was <= price:
        raise ValueError("what it was before the discount is not above the price")
    cents = minor_units(cells["usd"], "USD") if cells.get("usd", "-") != "-" else None
    return [
        Row(dict(zip(options, values, strict=True)), price, was, cents, count)
        for values, count in zip(combinations, stock, strict=True)
    ]


def _listed(cell: str) -> list[str]:
    return re.split(r",\s*", cell)


def _dong(cell: str) -> int:
    return minor_units(cell.replace(".", ""), "VND")
