"""The index follows the catalogue and the stock, whatever happens to events, files and processes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from tests.conftest import ManualClock
from tests.domains.catalog.drafts import draft, drafts, variant, vnd
from vici.domains import Domain
from vici.domains.catalog import module as catalog_module
from vici.domains.catalog.api import (
    CatalogApi,
    Category,
    CreateProduct,
    DeleteProduct,
    ProductDraft,
    PutCategories,
    PutProducts,
    PutShops,
    Shop,
    Status,
    UpdateProduct,
)
from vici.domains.catalog.events import ProductChanged
from vici.domains.inventory import module as inventory_module
from vici.domains.inventory.api import InventoryApi, Level, SetLevels
from vici.domains.inventory.events import StockChanged
from vici.domains.search import module
from vici.domains.search.api import Filters, FindSimilar, GetCards, SearchApi, SearchProducts
from vici.infra.database.port import Database
from vici.infra.embeddings.open import open_embedder
from vici.infra.events.port import Event
from vici.infra.events.tables import outbox
from vici.infra.search.open import open_vectors
from vici.kit.ids import NewId

SHOPS = PutShops(shops=(Shop(shop_id="main", name="Chợ Nhỏ"), Shop(shop_id="second", name="Chợ Lớn")))
TREE = PutCategories(categories=(Category(category_id="lamps", names={"vi": "Đèn", "en": "Lamps"}),))


@pytest.fixture
def branches() -> tuple[str, ...]:
    return ("events", "catalog", "inventory")


class Shopkeeper:
    """The shop around a search: its catalogue, its stock, and the delivery of what they announce."""

    def __init__(self, database: Database, clock: ManualClock, new_id: NewId, folder: Path) -> None:
        self._database = database
        self._folder = folder
        self._delivered = 0
        self.catalog: CatalogApi = catalog_module.build(database, clock, new_id).api
        self.inventory: InventoryApi = inventory_module.build(database, clock, new_id, self.catalog).api
        self.opened: list[Domain[SearchApi]] = []

    async def open(self, folder: str = "search", *, embed_first: bool = False) -> Domain[SearchApi]:
        place = self._folder / folder
        domain = module.build(
            self.catalog,
            self.inventory,
            open_embedder(f"lsa:///{place}"),
            open_vectors(f"embedded:///{place}"),
            folder=place,
            currency="VND",
            embed_first=embed_first,
        )
        await domain.start()
        self.opened.append(domain)
        return domain

    async def events(self) -> list[Event]:
        """What was announced since this was last asked."""
        kinds = {kind.topic: kind for kind in (ProductChanged, StockChanged)}

        def read(connection: Connection) -> list[Event]:
            rows = connection.execute(select(outbox).order_by(outbox.c.position)).all()
            return [kinds[row.topic].model_validate_json(row.body) for row in rows]

        announced = (await self._database.read(read))[self._delivered :]
        self._delivered += len(announced)
        return announced

    async def deliver(self, domain: Domain[SearchApi], events: list[Event] | None = None) -> None:
        for event in await self.events() if events is None else events:
            for subscription in domain.subscriptions:
                if isinstance(event, subscription.event):
                    await subscription.handle([event])

    async def put(self, *products: ProductDraft) -> None:
        await self.catalog.put_products(PutProducts(products=products))

    async def stock(self, variant_id: str, available: int, product_id: str | None = None) -> None:
        level = Level(variant_id=variant_id, product_id=product_id or variant_id, available=available)
        await self.inventory.set_levels(SetLevels(levels=(level,)))


@pytest.fixture
async def shop(
    sqlite_database: Database, clock: ManualClock, new_id: NewId, tmp_path: Path
) -> AsyncIterator[Shopkeeper]:
    keeper = Shopkeeper(sqlite_database, clock, new_id, tmp_path)
    await keeper.catalog.put_shops(SHOPS)
    await keeper.catalog.put_categories(TREE)
    yield keeper
    for domain in keeper.opened:
        await domain.close()


async def found(domain: Domain[SearchApi], words: str = "", **asked: Any) -> list[str]:
    results = await domain.api.search(SearchProducts(words=words, limit=200, **asked))
    return [hit.card.product_id for hit in results.hits]


def named(product_id: str, name: str, **facts: Any) -> ProductDraft:
    return draft(product_id, name=name, **facts)


VARIED = [
    named(f"{kind}-{number}", f"{name} {material}")
    for kind, name in (("lamp", "Đèn bàn"), ("chair", "Ghế dựa"), ("shelf", "Kệ sách"))
    for number, material in enumerate(["gỗ sồi", "gỗ thông", "thép đen"])
]


async def test_what_is_created_is_found_and_what_is_deleted_is_gone(shop: Shopkeeper) -> None:
    search = await shop.open()
    await shop.put(named("lamp", "Đèn bàn gỗ"))
    await shop.deliver(search)
    assert await found(search, "đèn bàn") == ["lamp"]
    await shop.catalog.delete_product(DeleteProduct(product_id="lamp"))
    await shop.deliver(search)
    assert await found(search, "đèn bàn") == []
    assert await found(search) == []


async def test_a_changed_product_is_found_by_what_it_says_now(shop: Shopkeeper) -> None:
    search = await shop.open()
    await shop.put(named("lamp", "Đèn bàn gỗ"))
    await shop.catalog.update_product(UpdateProduct(product_id="lamp", name="Đèn ngủ tre"))
    await shop.deliver(search)
    assert await found(search, "gỗ") == []
    assert await found(search, "tre") == ["lamp"]
    (card,) = (await search.api.cards(GetCards(product_ids=("lamp", "never there")))).cards
    assert (card.name, card.version) == ("Đèn ngủ tre", 2)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.DISCONTINUED])
async def test_only_what_is_for_sale_is_found(shop: Shopkeeper, status: Status) -> None:
    search = await shop.open()
    await shop.put(named("lamp", "Đèn bàn"), named("other", "Đèn ngủ", status=status))
    await shop.deliver(search)
    assert await found(search, "đèn") == ["lamp"]
    await shop.catalog.update_product(UpdateProduct(product_id="lamp", status=status))
    await shop.catalog.update_product(UpdateProduct(product_id="other", status=Status.AVAILABLE))
    await shop.deliver(search)
    assert await found(search, "đèn") == ["other"]


async def test_events_that_come_late_twice_or_out_of_order_do_no_harm(shop: Shopkeeper) -> None:
    search = await shop.open()
    await shop.put(named("lamp", "Đèn bàn"), named("gone", "Đèn cũ"))
    await shop.catalog.update_product(UpdateProduct(product_id="lamp", name="Đèn mới"))
    await shop.catalog.delete_product(DeleteProduct(product_id="gone"))
    events = await shop.events()
    await shop.deliver(search, [*events, *reversed(events), *events])
    assert await found(search) == ["lamp"]
    assert await found(search, "mới") == ["lamp"]


async def test_a_product_deleted_and_made_again_is_found_with_its_new_version(shop: Shopkeeper) -> None:
    search = await shop.open()
    await shop.put(named("lamp", "Đèn một"))
    for name in ("Đèn hai", "Đèn ba"):
        await shop.catalog.update_product(UpdateProduct(product_id="lamp", name=name))
    await shop.deliver(search)
    await shop.catalog.delete_product(DeleteProduct(product_id="lamp"))
    await shop.catalog.create_product(CreateProduct(product=named("lamp", "Đèn bốn")))
    await shop.deliver(search)
    assert await found(search, "bốn") == ["lamp"]


async def test_an_older_answer_of_the_catalogue_does_not_overwrite_a_newer(
    shop: Shopkeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = await shop.open()
    await shop.put(named("lamp", "Đèn cũ"))
    older = await shop.catalog.products(_asking("lamp"))
    await shop.catalog.update_product(UpdateProduct(product_id="lamp", name="Đèn mới"))
    events = await shop.events()
    await shop.deliver(search, events)

    async def answer_late(_: object) -> object:
        return older

    monkeypatch.setattr(shop.catalog, "products", answer_late)
    await shop.deliver(search, events)
    assert await found(search, "mới") == ["lamp"]


def _asking(*product_ids: str) -> Any:
    from vici.domains.catalog.api import GetProducts

    return GetProducts(product_ids=product_ids)


async def test_stock_is_followed(shop: Shopkeeper) -> None:
    search = await shop.open()
    two = (variant("lamp-1"), variant("lamp-2", options={"Cỡ": "to"}))
    await shop.put(
        named("lamp", "Đèn", options=("Cỡ",), variants=(two[0].model_copy(update={"options": {"Cỡ": "nhỏ"}}), two[1]))
    )
    await shop.deliver(search)
    assert await found(search, filters=Filters(in_stock=True)) == []
    await shop.stock("lamp-1", 3, "lamp")
    await shop.stock("lamp-2", 4, "lamp")
    await shop.stock("unknown", 9, "nobody")
    await shop.deliver(search)
    assert await found(search, filters=Filters(in_stock=True)) == ["lamp"]
    (card,) = (await search.api.cards(GetCards(product_ids=("lamp",)))).cards
    assert card.available == 7


async def test_it_comes_back_as_it_was_and_learns_what_it_missed(shop: Shopkeeper) -> None:
    search = await shop.open(embed_first=True)
    await shop.put(*(named(f"lamp-{n}", f"Đèn số {n}") for n in range(5)))
    await shop.deliver(search)
    await search.close()
    await shop.catalog.delete_product(DeleteProduct(product_id="lamp-0"))
    await shop.catalog.update_product(UpdateProduct(product_id="lamp-1", name="Quạt"))
    await shop.put(named("chair", "Ghế gỗ"))
    await shop.stock("lamp-2", 8)
    again = await shop.open()
    assert sorted(await found(again)) == ["chair", "lamp-1", "lamp-2", "lamp-3", "lamp-4"]
    assert await found(again, "quạt") == ["lamp-1"]
    assert await found(again, filters=Filters(in_stock=True)) == ["lamp-2"]
    assert await found(again, "den so 3") == ["lamp-3"]


@pytest.mark.parametrize("damage", ["missing", "cut", "flipped", "empty"])
async def test_a_missing_or_broken_file_is_made_again(shop: Shopkeeper, tmp_path: Path, damage: str) -> None:
    search = await shop.open(embed_first=True)
    await shop.put(named("lamp", "Đèn bàn"), named("chair", "Ghế gỗ"))
    await shop.deliver(search)
    await search.close()
    file = tmp_path / "search" / "products.npz"
    content = file.read_bytes()
    match damage:
        case "missing":
            file.unlink()
        case "cut":
            file.write_bytes(content[: len(content) // 2])
        case "flipped":
            middle = len(content) // 2
            file.write_bytes(content[:middle] + bytes([content[middle] ^ 0xFF]) + content[middle + 1 :])
        case _:
            file.write_bytes(b"")
    again = await shop.open()
    assert await found(again, "đèn") == ["lamp"]
    assert sorted(await found(again)) == ["chair", "lamp"]


async def test_the_file_of_another_layout_is_made_again(shop: Shopkeeper, monkeypatch: pytest.MonkeyPatch) -> None:
    search = await shop.open()
    await shop.put(named("lamp", "Đèn bàn"))
    await shop.deliver(search)
    await search.close()
    monkeypatch.setattr("vici.domains.search.store.FORMAT", 999)
    assert await found(await shop.open(), "đèn") == ["lamp"]


async def test_vectors_are_made_in_a_pause_and_unchanged_texts_keep_theirs(
    shop: Shopkeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vici.domains.search.use_cases.keep_index.QUIET_SECONDS", 0.01)
    await shop.put(*VARIED)
    search = await shop.open()

    async def similar(product_id: str) -> list[str]:
        hits = (await search.api.similar(FindSimilar(product_id=product_id))).hits
        return [hit.card.product_id for hit in hits]

    await _until(lambda: similar("lamp-0"))
    before = (await search.api.neighbours(FindSimilar(product_id="lamp-0"))).items
    await shop.catalog.update_product(
        UpdateProduct(product_id="lamp-1", variants=(variant("lamp-1", prices=(vnd(7),)),))
    )
    await shop.put(named("lamp-9", "Đèn bàn gỗ sồi"))
    await shop.deliver(search)
    await _until(lambda: similar("lamp-9"))
    after = (await search.api.neighbours(FindSimilar(product_id="lamp-0"))).items
    scores = {each.product_id: each.similarity_score for each in before}
    assert {each.product_id: each.similarity_score for each in after if each.product_id in scores} == pytest.approx(
        scores
    )


async def test_it_has_settled_when_what_was_heard_has_its_vectors(
    shop: Shopkeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vici.domains.search.use_cases.keep_index.QUIET_SECONDS", 0.01)
    search = await shop.open()
    await search.settled()
    await shop.put(*VARIED)
    await shop.deliver(search)
    await search.settled()
    assert len((await search.api.similar(FindSimilar(product_id="lamp-0"))).hits) == 8


async def test_a_failing_vector_store_costs_no_answers(shop: Shopkeeper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vici.domains.search.use_cases.keep_index.QUIET_SECONDS", 0.01)
    monkeypatch.setattr("vici.domains.search.use_cases.keep_index.RETRY_SECONDS", 0.01)
    monkeypatch.setattr("vici.infra.embeddings.lsa.LsaEmbedder.learn", _out_of_order)
    await shop.put(*VARIED)
    search = await shop.open()
    await search.settled()
    assert (await found(search, "đèn bàn thép"))[0] == "lamp-2"
    monkeypatch.undo()
    monkeypatch.setattr("vici.domains.search.use_cases.keep_index.QUIET_SECONDS", 0.01)

    async def similar() -> bool:
        return bool((await search.api.similar(FindSimilar(product_id="lamp-0"))).hits)

    await _until(similar)


async def _out_of_order(*_: object) -> None:
    raise RuntimeError("out of order")


async def test_lost_vectors_are_made_again(shop: Shopkeeper, tmp_path: Path) -> None:
    await shop.put(*VARIED)
    search = await shop.open(embed_first=True)
    await search.close()
    (tmp_path / "search" / "vectors.npz").unlink()
    again = await shop.open(embed_first=True)
    assert len((await again.api.similar(FindSimilar(product_id="lamp-0"))).hits) == 8


async def _until(true: Callable[[], Any], seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while True:
            if await true():
                return
            await asyncio.sleep(0.01)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
async def test_any_product_the_catalogue_takes_can_be_found_by_its_id_and_listed(
    shop: Shopkeeper, data: st.DataObject
) -> None:
    product = data.draw(drafts("p-1", ("lamps",)))
    search = shop.opened[0] if shop.opened else await shop.open()
    await shop.put(product)
    await shop.deliver(search)
    listed = await found(search, facets=True)
    assert listed == (["p-1"] if product.status is Status.AVAILABLE else [])
    if listed:
        assert await found(search, "p-1") == ["p-1"]
        again = await shop.open("again")
        await again.close()
        assert await found(await shop.open("again")) == ["p-1"]
