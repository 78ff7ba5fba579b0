"""What else the shop has like a product."""

from vici.domains.search.api import Filters, FindSimilar, Hit, Neighbour, Neighbours, NotIndexed, Results
from vici.domains.search.store import ProductIndex
from vici.domains.search.use_cases.present import card
from vici.infra.search.port import Similar, VectorIndex

# Products out of stock are put last, so more are looked at than are shown.
LOOKED_AT = 4


class FindSimilarProducts:
    def __init__(self, index: ProductIndex, vectors: VectorIndex) -> None:
        self._index = index
        self._vectors = vectors

    async def similar(self, request: FindSimilar) -> Results:
        view = self._index.view
        near = await self._near(request)
        slots = [(each, slot) for each in near if (slot := view.text.slot(each.entry_id)) is not None]
        hits = [Hit(card=card(view, slot, request.language), score=each.score) for each, slot in slots]
        hits.sort(key=lambda each: not each.card.in_stock)
        return Results(
            hits=tuple(hits[: request.limit]),
            total=min(len(hits), request.limit),
            next_cursor=None,
            words="",
            applied=Filters(),
            chips=(),
            correction=None,
            relaxed=(),
            facets=(),
        )

    async def neighbours(self, request: FindSimilar) -> Neighbours:
        near = await self._near(request)
        return Neighbours(
            items=tuple(
                Neighbour(
                    product_id=each.entry_id,
                    similarity_score=each.score,
                    category=_text(each.metadata.get("category")),
                    name=_text(each.metadata.get("name")) or each.entry_id,
                    embedding_updated_at=each.updated_at,
                )
                for each in near[: request.limit]
            )
        )

    async def _near(self, request: FindSimilar) -> list[Similar]:
        """Those for sale, nearest first, itself left out. A product whose vector is not made yet has none near it."""
        view = self._index.view
        if view.text.slot(request.product_id) is None:
            raise NotIndexed(product_id=request.product_id)
        vector = (await self._vectors.get([request.product_id])).get(request.product_id)
        if vector is None:
            return []
        near = await self._vectors.find_similar(vector, LOOKED_AT * request.limit + 1, request.min_score)
        return [
            each for each in near if each.entry_id != request.product_id and view.text.slot(each.entry_id) is not None
        ]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
