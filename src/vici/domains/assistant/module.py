"""Puts the assistant together."""

from vici.domains import Domain
from vici.domains.assistant.acts.situation import Shop
from vici.domains.assistant.api import AssistantApi
from vici.domains.assistant.service import AssistantService
from vici.domains.catalog.api import CatalogApi
from vici.domains.inventory.api import InventoryApi
from vici.domains.knowledge.api import KnowledgeApi
from vici.domains.search.api import SearchApi


def build(
    search: SearchApi, catalog: CatalogApi, inventory: InventoryApi, knowledge: KnowledgeApi, *, shop_name: str
) -> Domain[AssistantApi]:
    api = AssistantService(Shop(shop_name, search, catalog, inventory, knowledge))
    return Domain[AssistantApi](api, start=api.start, close=api.close)
