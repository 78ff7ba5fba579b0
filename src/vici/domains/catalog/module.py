"""Puts the catalogue together."""

from vici.domains import Domain
from vici.domains.catalog.api import CatalogApi
from vici.domains.catalog.http import admin_routes, public_routes
from vici.domains.catalog.service import CatalogService
from vici.infra.database.port import Database
from vici.kit.clock import Clock
from vici.kit.ids import NewId


def build(database: Database, clock: Clock, new_id: NewId) -> Domain[CatalogApi]:
    api = CatalogService(database, clock, new_id)
    return Domain[CatalogApi](api, public=public_routes(api), admin=admin_routes(api))
