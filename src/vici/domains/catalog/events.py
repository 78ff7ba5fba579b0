"""What has happened in the catalogue."""

from typing import Literal

from vici.infra.events.port import Event
from vici.kit.dto import Key


class ProductChanged(Event):
    """The product is at this version now, or is gone. Ask the catalogue for what it looks like: a later event may be
    waiting."""

    topic = "catalog.product_changed.v1"
    product_id: Key
    version: int
    change: Literal["created", "updated", "deleted"]

    @property
    def key(self) -> str:
        return self.product_id
