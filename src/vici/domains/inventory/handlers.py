"""What the stock does when others' events arrive."""

from collections.abc import Awaitable, Callable, Sequence

from vici.domains.catalog.events import ProductChanged
from vici.domains.inventory.api import ForgetProduct, InventoryApi


def forget_deleted_products(inventory: InventoryApi) -> Callable[[Sequence[ProductChanged]], Awaitable[None]]:
    """Harmless to repeat and to come late: what was counted after the deletion belongs to a product that came back."""

    async def handle(events: Sequence[ProductChanged]) -> None:
        for event in events:
            if event.change == "deleted":
                await inventory.forget(ForgetProduct(product_id=event.product_id, counted_before=event.occurred_at))

    return handle
