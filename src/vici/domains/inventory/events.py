"""What has happened to the stock."""

from vici.infra.events.port import Event
from vici.kit.dto import Key


class StockChanged(Event):
    """The number available of one variant is this now."""

    topic = "inventory.stock_changed.v1"
    product_id: Key
    variant_id: Key
    available: int

    @property
    def key(self) -> str:
        return self.product_id
