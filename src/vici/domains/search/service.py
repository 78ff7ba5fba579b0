"""Answers what others ask of the search."""

from vici.domains.search.api import (
    Cards,
    FindSimilar,
    GetCards,
    Neighbours,
    Results,
    SearchProducts,
    Suggest,
    Suggestions,
)
from vici.domains.search.rules.ranking import Weights
from vici.domains.search.store import ProductIndex
from vici.domains.search.use_cases.find import FindProducts
from vici.domains.search.use_cases.present import card
from vici.domains.search.use_cases.rank import Rank
from vici.domains.search.use_cases.similar import FindSimilarProducts
from vici.domains.search.use_cases.suggest import SuggestProducts
from vici.infra.embeddings.port import Embedder
from vici.infra.search.port import VectorIndex


class SearchService:
    """Searches in the calling thread: a few milliseconds of arithmetic, less than handing it to another would cost."""

    def __init__(
        self,
        index: ProductIndex,
        embedder: Embedder,
        vectors: VectorIndex,
        currency: str,
        weights: Weights = Weights(),  # noqa: B008 — a frozen value
    ) -> None:
        self._index = index
        self._embedder = embedder
        self._vectors = vectors
        self._currency = currency
        self._find = FindProducts(index, Rank(embedder, vectors, weights), currency)
        self._suggest = SuggestProducts(index)
        self._similar = FindSimilarProducts(index, vectors)

    def weighing(self, weights: Weights) -> "SearchService":
        """The same search with other weights of its signals."""
        return SearchService(self._index, self._embedder, self._vectors, self._currency, weights)

    async def search(self, request: SearchProducts) -> Results:
        return await self._find.search(request)

    async def suggest(self, request: Suggest) -> Suggestions:
        return await self._suggest.suggest(request)

    async def similar(self, request: FindSimilar) -> Results:
        return await self._similar.similar(request)

    async def neighbours(self, request: FindSimilar) -> Neighbours:
        return await self._similar.neighbours(request)

    async def cards(self, request: GetCards) -> Cards:
        view = self._index.view
        slots = [view.text.slot(product_id) for product_id in request.product_ids]
        return Cards(cards=tuple(card(view, slot, request.language) for slot in slots if slot is not None))
