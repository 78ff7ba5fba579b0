"""What a product must be, beyond the types of its fields."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from vici.domains.catalog.api import BadProduct, ProductDraft, UpdateProduct, Variant


def kept(draft: ProductDraft) -> ProductDraft:
    """The draft as it is kept: translations by language, every variant's options in the product's order, so that the
    same product is always the same text. Refuses one that contradicts itself."""
    _check_address(draft.product_id)
    _check_variants(draft)
    _check_prices(draft)
    _check_images(draft)
    if draft.language in draft.translations:
        raise BadProduct(reason=f"its own texts are in {draft.language!r}, so it needs no translation into that")
    _once("the image", draft.images)
    ordered: dict[str, Any] = {}
    if list(draft.translations) != sorted(draft.translations):
        ordered["translations"] = dict(sorted(draft.translations.items()))
    if any(tuple(variant.options) != draft.options for variant in draft.variants):
        ordered["variants"] = tuple(
            variant.model_copy(update={"options": {name: variant.options[name] for name in draft.options}})
            for variant in draft.variants
        )
    return draft.model_copy(update=ordered) if ordered else draft


# What other routes of `/products/…` are called: under such an id no product could be asked for.
_TAKEN = ("search", "suggest")
_TAKEN_ENDINGS = ("/stock", "/similar")


def _check_address(product_id: str) -> None:
    if product_id in (".", ".."):
        raise BadProduct(reason=f"the id {product_id!r} cannot stand in an address. Choose another id")
    if product_id in _TAKEN or product_id.endswith(_TAKEN_ENDINGS):
        raise BadProduct(reason=f"/products/{product_id} is the address of something else. Choose another id")


def _check_images(draft: ProductDraft) -> None:
    for image in (*draft.images, *(variant.image_url for variant in draft.variants)):
        if image is not None and image.startswith("http://"):
            raise BadProduct(reason=f"the image {image[:100]!r} is not on https, and pages show no other")


def _check_variants(draft: ProductDraft) -> None:
    _once("the option", draft.options)
    for what, values in (
        ("the variant", [variant.variant_id for variant in draft.variants]),
        ("the SKU", [variant.sku for variant in draft.variants if variant.sku]),
        ("the barcode", [variant.barcode for variant in draft.variants if variant.barcode]),
    ):
        _once(what, values)
    seen: dict[tuple[str, ...], str] = {}
    for variant in draft.variants:
        if set(variant.options) != set(draft.options):
            raise BadProduct(
                reason=f"the variant {variant.variant_id!r} has {_listed(variant.options)}, "
                f"but the product's variants differ in {_listed(draft.options)}"
            )
        twin = seen.setdefault(tuple(variant.options[name] for name in draft.options), variant.variant_id)
        if twin != variant.variant_id:
            raise BadProduct(reason=f"the variants {twin!r} and {variant.variant_id!r} differ in no option")


def _check_prices(draft: ProductDraft) -> None:
    expected = _currencies(draft.variants[0])
    for variant in draft.variants:
        currencies = _currencies(variant)
        _once(f"a price of {variant.variant_id!r} in", currencies)
        if currencies != expected:
            raise BadProduct(
                reason=f"its variants are not priced in the same currencies: {_listed(expected)}, {_listed(currencies)}"
            )
        for price in variant.prices:
            if price.original_minor is None:
                continue
            if price.original_minor < price.amount_minor:
                raise BadProduct(reason=f"the price before the discount of {variant.variant_id!r} is below its price")
            if price.amount_minor == 0 < price.original_minor:
                raise BadProduct(reason=f"the discounted price of {variant.variant_id!r} is 0")


def _currencies(variant: Variant) -> list[str]:
    return [price.currency for price in variant.prices]


def _once(what: str, values: Iterable[str]) -> None:
    for value, count in Counter(values).items():
        if count > 1:
            raise BadProduct(reason=f"{what} {value!r} stands {count} times in it")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(repr, names)) or "no options"


def changed(draft: ProductDraft, update: UpdateProduct) -> ProductDraft:
    """The draft with what the update names."""
    named: dict[str, Any] = {
        name: getattr(update, name) for name in update.model_fields_set - {"product_id", "if_version"}
    }
    for name in ("attributes", "translations"):
        if named.get(name) is not None:
            together = getattr(draft, name) | named[name]
            named[name] = {key: value for key, value in together.items() if value is not None}
    try:
        return ProductDraft.model_validate({name: getattr(draft, name) for name in ProductDraft.model_fields} | named)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
        field = ".".join(map(str, fault["loc"]))
        reason = "cannot be null" if named.get(field, field) is None else fault["msg"]
        raise BadProduct(reason=f"{field}: {reason}") from None
