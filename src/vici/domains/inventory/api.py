"""What others may ask of the stock."""

from typing import Annotated, Protocol

from pydantic import AwareDatetime, Field

from vici.kit.dto import Dto, Key
from vici.kit.errors import Refusal, Why

Quantity = Annotated[int, Field(ge=0, le=1_000_000_000)]


class Level(Dto):
    variant_id: Key
    product_id: Key
    available: Quantity


class SetLevels(Dto):
    """What was counted, variant by variant: replaces what was known. A variant named twice counts as named last."""

    levels: tuple[Level, ...] = Field(max_length=5000)


class GetLevels(Dto):
    product_ids: tuple[Key, ...] = Field(max_length=1000)


class ForgetProduct(Dto):
    product_id: Key
    counted_before: AwareDatetime | None = None
    """Keep what was counted at this moment or later: it belongs to a product that came back under the same id."""


class Levels(Dto):
    levels: tuple[Level, ...]
    """Variants nobody ever counted are absent: treat them as not in stock."""


class VariantElsewhere(Refusal):
    code = "inventory.variant_elsewhere"
    why = Why.CONFLICT
    message = "The variant {variant_id!r} is counted for the product {product_id!r}, which has it. Name that product."


class InventoryApi(Protocol):
    async def set_levels(self, request: SetLevels) -> Levels:
        """All of them or none. Repeating it changes and announces nothing. Returns those that changed.

        A variant stays with the product it was counted for (`VariantElsewhere`) as long as the catalogue has it there;
        once it has not, the variant is counted for the product named now, and the old level is dropped."""
        ...

    async def levels(self, request: GetLevels) -> Levels:
        """Of all variants that were ever counted for these products, sorted by product and variant. A variant that the
        product has no longer may be among them."""
        ...

    async def forget(self, request: ForgetProduct) -> Levels:
        """Drop the levels of a product that is gone. Returns what was dropped."""
        ...
