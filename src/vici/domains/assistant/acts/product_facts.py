"""The facts of one product, read fresh from the catalogue and the stock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vici.domains.assistant.acts.situation import Situation
from vici.domains.assistant.understanding.options import options_in, spoken
from vici.domains.catalog.api import GetProduct, Product, Variant
from vici.domains.conversations.api import Evidence
from vici.domains.inventory.api import GetLevels
from vici.domains.search.api import Card, GetCards
from vici.kit.money import percent_off, written

# What shops call the options every language knows.
_OPTION_NAMES = {
    "color": ("màu", "colours"),
    "size": ("cỡ", "sizes"),
    "storage": ("dung lượng", "storage"),
}


@dataclass(frozen=True)
class Facts:
    product: Product
    card: Card
    name: str
    attributes: dict[str, Any]
    """As the language writes them."""
    short: str
    description: str
    available: dict[str, int]
    """By variant."""

    def left(self, variants: Sequence[Variant]) -> int:
        return sum(self.available.get(each.variant_id, 0) for each in variants)


async def facts_of(at: Situation, product_id: str) -> Facts | None:
    """None when it is no longer for sale."""
    cards = (await at.shop.search.cards(GetCards(product_ids=(product_id,), language=at.language))).cards
    if not cards:
        return None
    product = await at.shop.catalog.product(GetProduct(product_id=product_id))
    levels = (await at.shop.inventory.levels(GetLevels(product_ids=(product_id,)))).levels
    told = product.translations.get(at.language)
    attributes = dict(product.attributes)
    if told and at.language != product.language:
        attributes = dict(told.attributes) or attributes
    return Facts(
        product,
        # The index may be a moment behind; what is said of stock is what the stock says now.
        cards[0].model_copy(
            update={"available": (left := sum(each.available for each in levels)), "in_stock": left > 0}
        ),
        cards[0].name,
        attributes,
        (told and told.short_description) or product.short_description,
        (told and told.description) or product.description,
        {level.variant_id: level.available for level in levels},
    )


def evidence_of(facts: Facts, at: Situation, *, texts: bool = False) -> Evidence:
    card = facts.card
    fields: dict[str, Any] = {
        "name": facts.name,
        "brand": card.brand,
        "price_minor": card.price_minor,
        "price_max_minor": card.price_max_minor,
        "original_price_minor": card.original_price_minor,
        "currency": card.currency,
        "in_stock": card.in_stock,
        "available": card.available,
        "url": card.url,
        "image_url": card.image_url,
        "attributes": facts.attributes,
        "variants": [
            {
                "options": {option_name(name, at): spoken(value, at.language) for name, value in each.options.items()},
                "available": facts.available.get(each.variant_id, 0),
                **_prices(each, card.currency),
            }
            for each in facts.product.variants
            if each.options
        ],
    }
    if texts:
        fields |= {"short_description": facts.short, "description": facts.description}
    return Evidence(
        kind="product",
        ref=card.product_id,
        fields={name: value for name, value in fields.items() if value not in (None, [], {})},
    )


def _prices(variant: Variant, currency: str) -> dict[str, int]:
    price = next((each for each in variant.prices if each.currency == currency), None)
    if price is None:
        return {}
    return {"price_minor": price.amount_minor} | (
        {"original_price_minor": price.original_minor} if price.original_minor else {}
    )


def option_name(name: str, at: Situation) -> str:
    known = _OPTION_NAMES.get(name)
    return known[at.language == "en"] if known else name


def option_values(facts: Facts) -> dict[str, list[str]]:
    """Each option with its values, in the order of the variants."""
    values: dict[str, list[str]] = {name: [] for name in facts.product.options}
    for variant in facts.product.variants:
        for name, value in variant.options.items():
            if value not in values.setdefault(name, []):
                values[name].append(value)
    return {name: told for name, told in values.items() if told}


def options_asked(at: Situation, facts: Facts) -> dict[str, list[str]]:
    """The values that the message names, by option."""
    told = {name: options_in(at.plain, values) for name, values in option_values(facts).items()}
    return {name: values for name, values in told.items() if values}


def variants_of(facts: Facts, asked: Mapping[str, Sequence[str]]) -> list[Variant]:
    """Those that have one of the values of every option that was asked for."""
    return [
        each
        for each in facts.product.variants
        if all(each.options.get(name) in values for name, values in asked.items())
    ]


def price_text(facts: Facts, at: Situation) -> str:
    card = facts.card
    low = written(card.price_minor, card.currency, at.language)
    if card.price_max_minor == card.price_minor:
        return low
    return at.say("price_from", low=low, high=written(card.price_max_minor, card.currency, at.language))


def reduction_text(facts: Facts, at: Situation) -> str | None:
    """Of the lowest price."""
    card = facts.card
    if not card.original_price_minor or card.original_price_minor <= card.price_minor:
        return None
    percent = percent_off(card.price_minor, card.original_price_minor)
    if percent < 1:
        return None
    return at.say("reduced", original=written(card.original_price_minor, card.currency, at.language), percent=percent)


def prices_by_option(facts: Facts, at: Situation) -> list[str]:
    """One line for each price where one option alone decides it: `256 GB: 18.990.000 ₫`."""
    for name, values in option_values(facts).items():
        if len(values) < 2:
            continue
        lines: list[str] = []
        for value in values:
            prices = {
                price
                for variant in facts.product.variants
                if variant.options.get(name) == value
                for price in [_prices(variant, facts.card.currency).get("price_minor")]
                if price is not None
            }
            if len(prices) != 1:
                break
            price = written(prices.pop(), facts.card.currency, at.language)
            lines.append("• " + at.say("price_of_option", options=spoken(value, at.language), price=price))
        else:
            if len({line.rpartition(": ")[2] for line in lines}) > 1:
                return lines
    return []


def attribute_text(value: object, at: Situation) -> str:
    if isinstance(value, bool):
        return {("vi", True): "có", ("vi", False): "không", ("en", True): "yes", ("en", False): "no"}[
            at.language, value
        ]
    if isinstance(value, float) and at.language == "vi":
        return f"{value:g}".replace(".", ",")
    return f"{value:g}" if isinstance(value, float) else str(value)
