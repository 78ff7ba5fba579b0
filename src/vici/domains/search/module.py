"""Puts the search together."""

from pathlib import Path

from vici.domains import Domain
from vici.domains.catalog.api import CatalogApi
from vici.domains.inventory.api import InventoryApi
from vici.domains.search.api import SearchApi
from vici.domains.search.handlers import subscriptions
from vici.domains.search.http import routes
from vici.domains.search.service import SearchService
from vici.domains.search.store import ProductIndex
from vici.domains.search.use_cases.keep_index import KeepIndex
from vici.infra.embeddings.port import Embedder
from vici.infra.search.port import VectorIndex


def build(
    catalog: CatalogApi,
    inventory: InventoryApi,
    embedder: Embedder,
    vectors: VectorIndex,
    *,
    folder: Path,
    currency: str,
    embed_first: bool = False,
) -> Domain[SearchApi]:
    """`folder` keeps the index between two runs; `currency` is that of prices that name none. With `embed_first` it
    starts only once everything has its vector; otherwise words alone decide until then."""
    index = ProductIndex(folder / "products.npz")
    keep = KeepIndex(index, catalog, inventory, embedder, vectors, embed_first=embed_first)
    service = SearchService(index, embedder, vectors, currency)
    return Domain(
        api=service,
        public=routes(service),
        subscriptions=subscriptions(keep),
        start=keep.start,
        close=keep.close,
        settled=keep.settled,
    )
