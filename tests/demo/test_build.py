"""Building the demo shop into the real domains."""

import time
from dataclasses import dataclass, replace

import pytest
from obstore.store import MemoryStore

from tests.conftest import ManualClock
from vici.demo.build import DemoRefused, build_demo, read_pages
from vici.demo.catalogue import read_assortment
from vici.domains.catalog import module as catalog_module
from vici.domains.catalog.api import (
    CatalogApi,
    CreateProduct,
    Everything,
    GetProduct,
    ListVersions,
    Price,
    ProductDraft,
    PutShops,
    Shop,
    Variant,
)
from vici.domains.inventory import module as inventory_module
from vici.domains.inventory.api import GetLevels, InventoryApi
from vici.domains.knowledge import module as knowledge_module
from vici.domains.knowledge.api import FindPassages, KnowledgeApi, ListDocuments
from vici.infra.blobs.blobs import Blobs
from vici.infra.database.port import Database
from vici.kit.ids import NewId


@dataclass(frozen=True)
class BareShop:
    catalog: CatalogApi
    inventory: InventoryApi
    knowledge: KnowledgeApi
    blobs: Blobs


@pytest.fixture
def branches() -> tuple[str, ...]:
    return ("events", "catalog", "inventory", "knowledge")


@pytest.fixture
def shop(sqlite_database: Database, clock: ManualClock, new_id: NewId) -> BareShop:
    catalog = catalog_module.build(sqlite_database, clock, new_id).api
    return BareShop(
        catalog=catalog,
        inventory=inventory_module.build(sqlite_database, clock, new_id, catalog).api,
        knowledge=knowledge_module.build(sqlite_database, clock).api,
        blobs=Blobs(MemoryStore()),
    )


async def test_the_built_shop_has_what_the_files_say(shop: BareShop) -> None:
    told: list[tuple[int, int, str]] = []
    await build_demo(shop, lambda done, total, what: told.append((done, total, what)))

    assortment = read_assortment()
    versions = (await shop.catalog.versions(ListVersions())).versions
    assert {each.product_id for each in versions} == {item.product.product_id for item in assortment.items}
    assert len((await shop.catalog.categories(Everything())).categories) == len(assortment.categories)
    assert (await shop.catalog.shops(Everything())).shops == tuple(
        sorted(assortment.shops, key=lambda each: each.shop_id)
    )

    product = await shop.catalog.product(GetProduct(product_id="iphone-15"))
    assert [category.names["en"] for category in product.categories] == ["Phones", "iPhone"]
    levels = (await shop.inventory.levels(GetLevels(product_ids=("iphone-15",)))).levels
    assert {level.variant_id for level in levels} == {variant.variant_id for variant in product.variants}
    for address in product.images:
        picture = await shop.blobs.get(address.removeprefix("/images/"))
        assert picture is not None
        assert picture.content_type == "image/svg+xml"

    documents = (await shop.knowledge.list_documents(ListDocuments())).documents
    assert len(documents) == len(read_pages())
    for question, slug in (("phí giao hàng bao nhiêu", "delivery"), ("can I pay in instalments?", "installment")):
        passages = (await shop.knowledge.find_passages(FindPassages(question=question))).passages
        assert passages[0].slug == slug

    dones = [done for done, _, _ in told]
    assert dones == sorted(dones)
    assert dones[-1] == told[-1][1]
    assert [*dict.fromkeys(what for _, _, what in told)] == ["pages", "pictures", "products"]


async def test_building_again_changes_nothing(shop: BareShop, clock: ManualClock) -> None:
    await build_demo(shop)
    versions = await shop.catalog.versions(ListVersions())
    documents = await shop.knowledge.list_documents(ListDocuments())
    clock.move(60)
    await build_demo(shop)
    assert await shop.catalog.versions(ListVersions()) == versions
    assert await shop.knowledge.list_documents(ListDocuments()) == documents


class Cut(Exception):
    pass


async def test_a_build_that_was_cut_short_leaves_no_product_and_can_be_repeated(shop: BareShop) -> None:
    class FullStore(Blobs):
        async def put(self, name: str, content: bytes) -> None:
            raise Cut

    with pytest.raises(Cut):
        await build_demo(replace(shop, blobs=FullStore(MemoryStore())))
    assert (await shop.catalog.shops(Everything())).shops == ()
    await build_demo(shop)
    assert len((await shop.catalog.versions(ListVersions())).versions) == len(read_assortment().items)


async def test_a_product_whose_code_is_taken_is_refused_aloud(shop: BareShop) -> None:
    await shop.catalog.put_shops(PutShops(shops=(Shop(shop_id="own", name="Own"),)))
    taken = read_assortment().items[0].product.variants[0].sku
    price = Price(currency="VND", amount_minor=1)
    own = ProductDraft(
        product_id="own", shop_id="own", name="Own", variants=(Variant(variant_id="own", sku=taken, prices=(price,)),)
    )
    await shop.catalog.create_product(CreateProduct(product=own))
    with pytest.raises(DemoRefused, match="1 products of the demo shop were refused"):
        await build_demo(shop)


async def test_it_is_built_quickly(shop: BareShop) -> None:
    start = time.process_time()
    await build_demo(shop)
    assert time.process_time() - start < 5
