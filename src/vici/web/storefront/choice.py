"""Which variant of a product is chosen, and where each other choice leads."""

from collections.abc import Mapping
from typing import NamedTuple

from vici.domains.catalog.api import Product, Variant


class Value(NamedTuple):
    value: str
    variant_id: str
    """Of the variant this choice leads to: the other choices kept where that is possible."""
    image_url: str | None
    chosen: bool
    in_stock: bool


class Option(NamedTuple):
    name: str
    values: tuple[Value, ...]


class Choice(NamedTuple):
    variant: Variant
    available: int
    options: tuple[Option, ...]


def choice(product: Product, levels: Mapping[str, int], variant_id: str | None) -> Choice:
    """The variant asked for; else the first in stock; else the first. `levels` are by variant, absent means none."""
    chosen = next(
        (each for each in product.variants if each.variant_id == variant_id),
        next((each for each in product.variants if levels.get(each.variant_id)), product.variants[0]),
    )
    options = tuple(Option(name, _values(product, levels, chosen, name)) for name in product.options)
    return Choice(chosen, levels.get(chosen.variant_id, 0), options)


def _values(product: Product, levels: Mapping[str, int], chosen: Variant, name: str) -> tuple[Value, ...]:
    found: list[Value] = []
    for value in dict.fromkeys(variant.options[name] for variant in product.variants if name in variant.options):
        with_value = [variant for variant in product.variants if variant.options.get(name) == value]
        # What keeps most of the other choices; among equals what is in stock.
        nearest = max(
            with_value,
            key=lambda variant: (
                sum(variant.options.get(other) == chosen.options.get(other) for other in product.options),
                bool(levels.get(variant.variant_id)),
            ),
        )
        found.append(
            Value(
                value,
                nearest.variant_id,
                nearest.image_url,
                chosen.options.get(name) == value,
                bool(levels.get(nearest.variant_id)),
            )
        )
    return tuple(found)
