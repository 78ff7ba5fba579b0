"""Keeps the index as the catalogue and the stock are.

Events only say that a product changed; how it is now is asked of the catalogue, one batch at a time, so an old event
never brings back an old state. At the start the index is compared with the catalogue, whatever its file said.
"""

import asyncio
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

import structlog

from vici.domains.catalog.api import CatalogApi, GetProducts, ListVersions, Product, Status
from vici.domains.inventory.api import GetLevels, InventoryApi
from vici.domains.search.rules.documents import document_of
from vici.domains.search.store import Analysed, ProductIndex, analysed
from vici.infra.embeddings.port import Embedder
from vici.infra.search.port import VectorEntry, VectorIndex

T = TypeVar("T")

BATCH = 500
LEVELS_BATCH = 1000
VERSIONS_BATCH = 50_000
# Vectors are made in a pause of the changes. The embedder learns again when the shop has grown by half since.
QUIET_SECONDS = 1.0
GROWN = 1.5
# It learns from so many texts at most: more made its vectors no better, and all at once take much memory.
LEARNED_FROM_MAX = 3_000
# A failing vector store or model is tried again after this long.
RETRY_SECONDS = 10.0
# So many changes, or this share of all products, are worth writing the file; fewer are quickly read again.
SAVE_CHANGES_MIN = 200
SAVE_SHARE = 0.05

_log = structlog.get_logger(__name__)


class KeepIndex:
    def __init__(
        self,
        index: ProductIndex,
        catalog: CatalogApi,
        inventory: InventoryApi,
        embedder: Embedder,
        vectors: VectorIndex,
        *,
        embed_first: bool = False,
    ) -> None:
        self._embed_first = embed_first
        self._index = index
        self._catalog = catalog
        self._inventory = inventory
        self._embedder = embedder
        self._vectors = vectors
        self._writing = asyncio.Lock()
        self._changed = asyncio.Event()
        self._worked_in = asyncio.Event()
        """Set while nothing waits for the next pause."""
        self._unsaved = 0
        self._without_vector: dict[str, None] = {}
        self._background: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Be as the catalogue is now: what was saved, corrected by what changed since."""
        await asyncio.to_thread(self._index.load)
        known = await self._versions()
        async with self._writing:
            await self._remove([each for each in self._index.versions if each not in known])
            stale = [each for each, version in known.items() if self._index.versions.get(each) != version]
            for some in _batches(stale, BATCH):
                await self._refresh(some, even_older=True)
            for some in _batches([each for each in known if each in self._index], LEVELS_BATCH):
                self._index.set_available(await self._available(some))
        if self._index.model != self._embedder.model or await self._vectors.count() != len(self._index.marks):
            self._index.marks.clear()  # the vectors were lost, or belong to another model
        self._without_vector |= {each: None for each in known if each in self._index and each not in self._index.marks}
        if self._embed_first:
            await self._embed()
        if self._without_vector or self._unsaved:
            self._changed.set()
        self._background = asyncio.create_task(self._work_in_pauses(), name="search-index")

    async def close(self) -> None:
        if self._background:
            self._background.cancel()
            await asyncio.gather(self._background, return_exceptions=True)
        async with self._writing:
            if self._unsaved:
                await asyncio.to_thread(self._index.save)
        await self._vectors.close()

    async def products_changed(self, product_ids: Sequence[str], deleted: Sequence[str] = ()) -> None:
        """Take over how these are now. Those `deleted` meanwhile may be back with a lower version."""
        self._worked_in.clear()
        async with self._writing:
            await self._remove(deleted)
            for some in _batches(list(dict.fromkeys([*deleted, *product_ids])), BATCH):
                await self._refresh(some)
        self._changed.set()

    async def settled(self) -> None:
        """Wait until what was heard so far has its vectors, too; or for the next attempt, when making them failed."""
        await self._worked_in.wait()

    async def stock_changed(self, product_ids: Sequence[str]) -> None:
        async with self._writing:
            for some in _batches([each for each in dict.fromkeys(product_ids) if each in self._index], LEVELS_BATCH):
                self._index.set_available(await self._available(some))

    async def _versions(self) -> dict[str, int]:
        known: dict[str, int] = {}
        after: str | None = None
        while True:
            page = (await self._catalog.versions(ListVersions(after=after, limit=VERSIONS_BATCH))).versions
            known |= {each.product_id: each.version for each in page}
            if len(page) < VERSIONS_BATCH:
                return known
            after = page[-1].product_id

    async def _refresh(self, product_ids: Sequence[str], *, even_older: bool = False) -> None:
        answer = await self._catalog.products(GetProducts(product_ids=tuple(product_ids)))
        there = {each.product_id for each in answer.products}
        await self._remove([each for each in product_ids if each not in there])
        versions = self._index.versions
        products = [each for each in answer.products if even_older or each.version >= versions.get(each.product_id, 0)]
        for_sale = [each for each in products if each.status is Status.AVAILABLE]
        await self._take_off([each.product_id for each in products if each.status is not Status.AVAILABLE])
        if for_sale:
            levels = await self._levels([each.product_id for each in for_sale])
            available = {
                each.product_id: sum(levels.get((each.product_id, variant.variant_id), 0) for variant in each.variants)
                for each in for_sale
            }
            taken_apart = await asyncio.to_thread(_analysed, for_sale)
            await asyncio.to_thread(self._index.put, taken_apart, available)
            self._without_vector |= dict.fromkeys(available)
        versions |= {each.product_id: each.version for each in products}
        self._unsaved += len(product_ids)

    async def _remove(self, product_ids: Sequence[str]) -> None:
        """These are no longer in the catalogue."""
        await self._take_off(product_ids)
        for product_id in product_ids:
            self._index.versions.pop(product_id, None)

    async def _take_off(self, product_ids: Sequence[str]) -> None:
        """These are not for sale."""
        here = [each for each in product_ids if each in self._index]
        if here:
            await asyncio.to_thread(self._index.remove, here)
            await self._vectors.delete(here)
            self._unsaved += len(here)

    async def _levels(self, product_ids: Sequence[str]) -> dict[tuple[str, str], int]:
        levels = (await self._inventory.levels(GetLevels(product_ids=tuple(product_ids)))).levels
        return {(each.product_id, each.variant_id): each.available for each in levels}

    async def _available(self, product_ids: Sequence[str]) -> dict[str, int]:
        levels = await self._levels(product_ids)
        available = dict.fromkeys(product_ids, 0)
        for product_id in product_ids:
            variants = self._index.record_of(product_id)["variants"]
            available[product_id] = sum(levels.get((product_id, variant), 0) for variant in variants)
        return available

    async def _work_in_pauses(self) -> None:
        """Make vectors and write the file whenever the changes pause."""
        while True:
            if not self._changed.is_set():
                self._worked_in.set()
            await self._changed.wait()
            self._worked_in.clear()
            while self._changed.is_set():
                self._changed.clear()
                await asyncio.sleep(QUIET_SECONDS)
            try:
                await self._embed()
                if self._unsaved > max(SAVE_CHANGES_MIN, SAVE_SHARE * len(self._index)):
                    async with self._writing:
                        await asyncio.to_thread(self._index.save)
                        self._unsaved = 0
            except Exception as fault:  # nothing is lost: words are searched without vectors, and it is tried again
                _log.warning("search_index_upkeep_failed", error=repr(fault))
                self._worked_in.set()
                await asyncio.sleep(RETRY_SECONDS)
                self._changed.set()

    async def _embed(self) -> None:
        """Vectors for what has none, or was changed; for all when the embedder learned anew."""
        index = self._index
        if not self._embedder.model or len(index) >= GROWN * index.learned_from:
            index.learned_from = len(index)
            await self._embedder.learn(await asyncio.to_thread(index.meanings, LEARNED_FROM_MAX))
        if index.model != self._embedder.model:
            await self._vectors.clear()
            index.marks.clear()
            index.model = self._embedder.model
            self._without_vector = dict.fromkeys(index.product_ids())
        if not index.model:
            return
        while self._without_vector and not self._changed.is_set():
            some = list(self._without_vector)[:BATCH]
            async with self._writing:
                await self._embed_batch([each for each in some if each in index])
            for each in some:
                del self._without_vector[each]
            self._unsaved += len(some)

    async def _embed_batch(self, product_ids: Sequence[str]) -> None:
        """Texts that are as they were keep their vector; what is told beside it may be new all the same."""
        records = {each: self._index.record_of(each) for each in product_ids}
        marks = {each: _mark(record["meaning"]) for each, record in records.items()}
        changed = [each for each in product_ids if self._index.marks.get(each) != marks[each]]
        vectors = await self._vectors.get([each for each in product_ids if each not in changed])
        changed = [each for each in product_ids if each not in vectors]
        made = await self._embedder.embed([records[each]["meaning"] for each in changed])
        vectors |= dict(zip(changed, made, strict=True))
        now = datetime.now(UTC)
        await self._vectors.store(
            [VectorEntry(each, vectors[each], _metadata(record), now) for each, record in records.items()]
        )
        self._index.marks.update(marks)


def _analysed(products: Sequence[Product]) -> list[Analysed]:
    return [analysed(document_of(each)) for each in products]


def _metadata(record: Mapping[str, Any]) -> dict[str, str | int | None]:
    """What is told of a product beside its vector, for those who search the vectors alone."""
    currency, (price, _, _) = next(iter(record["prices"].items()))
    category: Mapping[str, str] = record["category"] or {}
    return {
        "name": next(iter(record["names"].values())),
        "category": next(iter(category.values()), None),
        "shop_name": record["shop"][1],
        "price": price,
        "currency": currency,
        "status": Status.AVAILABLE.value,
    }


def _mark(meaning: str) -> int:
    return int.from_bytes(hashlib.blake2b(meaning.encode(), digest_size=8).digest())


def _batches(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
