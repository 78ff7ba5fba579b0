"""Puts the demo shop into a running one, through the domains' own APIs."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from vici.demo.catalogue import Portrait, read_assortment
from vici.demo.pictures import drawn
from vici.domains.catalog.api import CatalogApi, PutOutcome, PutProducts
from vici.domains.inventory.api import InventoryApi, SetLevels
from vici.domains.knowledge.api import KnowledgeApi, PutDocument
from vici.infra.blobs.blobs import Blobs
from vici.kit.errors import Refusal, Why

PAGES = Path(__file__).parent / "pages"
# An object store answers in tens of milliseconds, so a few travel at once.
_PICTURES_AT_ONCE = 32

Progress = Callable[[int, int, str], None]
"""How many steps are done, of how many, and what is being done."""


class DemoShop(Protocol):
    """What of a running shop the demo needs."""

    @property
    def catalog(self) -> CatalogApi: ...
    @property
    def inventory(self) -> InventoryApi: ...
    @property
    def knowledge(self) -> KnowledgeApi: ...
    @property
    def blobs(self) -> Blobs: ...


class DemoRefused(Refusal):
    code = "demo.refused"
    why = Why.CONFLICT
    message = "{count} products of the demo shop were refused. The first, {product_id!r}: {reason}"


async def build_demo(shop: DemoShop, progress: Progress | None = None) -> None:
    """Pages, pictures and stock first, then shops, categories and products in one transaction: a build that was cut
    short leaves no product behind, and can be repeated. Repeating a whole one changes nothing. Refuses (`DemoRefused`)
    where the shop's own products hold an SKU or a barcode of ours."""
    assortment = read_assortment()
    portraits = [portrait for item in assortment.items for portrait in item.portraits]
    documents = read_pages()
    total = len(documents) + len(portraits) + len(assortment.items)
    done = 0

    def advance(steps: int, what: str) -> None:
        nonlocal done
        done += steps
        if progress:
            progress(done, total, what)

    for document in documents:
        await shop.knowledge.put_document(document)
        advance(1, "pages")
    for start in range(0, len(portraits), _PICTURES_AT_ONCE):
        some = portraits[start : start + _PICTURES_AT_ONCE]
        await asyncio.gather(*(_paint(shop.blobs, portrait) for portrait in some))
        advance(len(some), "pictures")
    levels = tuple(level for item in assortment.items for level in item.levels)
    await shop.inventory.set_levels(SetLevels(levels=levels))
    put = await shop.catalog.put_products(
        PutProducts(
            shops=assortment.shops,
            categories=assortment.categories,
            products=tuple(item.product for item in assortment.items),
        )
    )
    refused = [result for result in put.results if result.outcome == PutOutcome.REFUSED]
    if refused:
        raise DemoRefused(count=len(refused), product_id=refused[0].product_id, reason=refused[0].reason)
    advance(len(assortment.items), "products")


async def _paint(blobs: Blobs, portrait: Portrait) -> None:
    await blobs.put(f"products/{portrait.name}.svg", drawn(portrait.picture, portrait.tone, portrait.seed))


def read_pages() -> tuple[PutDocument, ...]:
    """The shop's pages in each language: `pages/<language>/<slug>.md`, whose first line is the title."""
    documents: list[PutDocument] = []
    for file in sorted(PAGES.glob("*/*.md")):
        title, _, body = file.read_text(encoding="utf-8").partition("\n")
        documents.append(
            PutDocument(
                slug=file.stem, language=file.parent.name, title=title.removeprefix("# "), body=body.strip() + "\n"
            )
        )
    return tuple(documents)
