"""The shops that sell the products."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from vici.domains.catalog.api import Shop, Shops
from vici.domains.catalog.store import Stamp, in_groups, touch
from vici.domains.catalog.tables import products, shops
from vici.infra.database.writes import upsert


def read(connection: Connection) -> Shops:
    """By id."""
    rows = connection.execute(select(shops).order_by(shops.c.shop_id)).mappings()
    return Shops(shops=tuple(Shop(**row) for row in rows))


def put(connection: Connection, wanted: Sequence[Shop], stamp: Stamp) -> None:
    after = {shop.shop_id: shop for shop in wanted}
    before: dict[str, Shop] = {}
    for group in in_groups(after):
        here = select(shops).where(shops.c.shop_id.in_(group)).order_by(shops.c.shop_id).with_for_update()
        before |= {row["shop_id"]: Shop(**row) for row in connection.execute(here).mappings()}
    changed = [shop for shop_id, shop in sorted(after.items()) if shop != before.get(shop_id)]
    upsert(connection, shops, [shop.model_dump() for shop in changed])
    renamed = [shop.shop_id for shop in changed if shop.shop_id in before and before[shop.shop_id].name != shop.name]
    for group in in_groups(renamed):
        touch(connection, products.c.shop_id.in_(group), stamp)
