"""Puts the stock together."""

from vici.domains import Domain
from vici.domains.catalog.api import CatalogApi
from vici.domains.catalog.events import ProductChanged
from vici.domains.inventory.api import InventoryApi
from vici.domains.inventory.handlers import forget_deleted_products
from vici.domains.inventory.http import admin_routes, public_routes
from vici.domains.inventory.service import InventoryService
from vici.infra.database.port import Database
from vici.infra.events.port import Subscription
from vici.kit.clock import Clock
from vici.kit.ids import NewId


def build(database: Database, clock: Clock, new_id: NewId, catalog: CatalogApi) -> Domain[InventoryApi]:
    api = InventoryService(database, clock, new_id, catalog)
    return Domain[InventoryApi](
        api,
        public=public_routes(api, catalog),
        admin=admin_routes(api),
        subscriptions=(Subscription("inventory", ProductChanged, forget_deleted_products(api), batch_max=200),),
    )
