"""What the search does when the catalogue or the stock changed."""

from collections.abc import Sequence

from vici.domains.catalog.events import ProductChanged
from vici.domains.inventory.events import StockChanged
from vici.domains.search.use_cases.keep_index import BATCH, KeepIndex
from vici.infra.events.port import Subscription

GROUP = "search"


def subscriptions(keep: KeepIndex) -> tuple[Subscription, ...]:
    async def products_changed(events: Sequence[ProductChanged]) -> None:
        await keep.products_changed(
            [event.product_id for event in events],
            deleted=[event.product_id for event in events if event.change == "deleted"],
        )

    async def stock_changed(events: Sequence[StockChanged]) -> None:
        await keep.stock_changed([event.product_id for event in events])

    return (
        Subscription(GROUP, ProductChanged, products_changed, BATCH, everywhere=True),
        Subscription(GROUP, StockChanged, stock_changed, BATCH, everywhere=True),
    )
