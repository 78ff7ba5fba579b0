"""What the catalogue promises about its categories and shops, on every kind of database."""

import asyncio

import pytest
from pydantic import ValidationError

from tests.conftest import ManualClock
from tests.domains.catalog.drafts import draft
from tests.domains.catalog.test_products import SHOPS, TREE, announced, create, instances
from vici.domains.catalog.api import (
    Category,
    CategoryInUse,
    CategoryTooDeep,
    DeleteCategory,
    Everything,
    GetProduct,
    PutCategories,
    PutShops,
    Shop,
    UnknownCategory,
    UpdateProduct,
)
from vici.domains.catalog.service import CatalogService
from vici.infra.database.port import Database
from vici.kit.ids import NewId


@pytest.fixture
def branches() -> tuple[str, ...]:
    return ("events", "catalog")


@pytest.fixture
async def catalog(database: Database, clock: ManualClock, new_id: NewId) -> CatalogService:
    service = CatalogService(database, clock, new_id)
    await service.put_shops(SHOPS)
    return service


def category(category_id: str, parent_id: str | None = None, position: int = 0, **names: str) -> Category:
    return Category(category_id=category_id, parent_id=parent_id, position=position, names=names or {"vi": category_id})


async def put(catalog: CatalogService, *categories: Category) -> list[str]:
    found = await catalog.put_categories(PutCategories(categories=categories))
    assert found == await catalog.categories(Everything())
    return [each.category_id for each in found.categories]


async def test_parents_are_told_before_children_and_siblings_by_position(catalog: CatalogService) -> None:
    assert await put(
        catalog,
        category("b1", "b", 2),
        category("b0", "b", 1),
        category("a", position=5),
        category("b", position=-1),
        category("b0x", "b0"),
        category("c", position=5),
    ) == ["b", "b0", "b0x", "b1", "a", "c"]


async def test_there_are_three_levels(catalog: CatalogService) -> None:
    await put(catalog, category("1"), category("2", "1"), category("3", "2"))
    with pytest.raises(CategoryTooDeep) as refusal:
        await put(catalog, category("4", "3"), category("fine"))
    assert refusal.value.facts == {"category_id": "4", "level": 4}
    assert await put(catalog) == ["1", "2", "3"]


async def test_moving_a_category_cannot_push_those_below_it_too_deep(catalog: CatalogService) -> None:
    await put(catalog, category("1"), category("2", "1"), category("3"), category("4", "3"))
    with pytest.raises(CategoryTooDeep):
        await put(catalog, category("3", "2"))


async def test_a_circle_is_refused(catalog: CatalogService) -> None:
    with pytest.raises(CategoryTooDeep):
        await put(catalog, category("1", "2"), category("2", "1"))
    with pytest.raises(CategoryTooDeep):
        await put(catalog, category("1", "1"))
    assert await put(catalog) == []


async def test_an_unknown_parent_is_refused_and_nothing_of_the_request_stays(catalog: CatalogService) -> None:
    with pytest.raises(UnknownCategory):
        await put(catalog, category("1"), category("2", "nowhere"))
    assert await put(catalog) == []


async def test_a_category_needs_a_name() -> None:
    with pytest.raises(ValidationError):
        Category(category_id="1", names={})


async def test_renaming_or_moving_announces_the_products_that_show_it(
    catalog: CatalogService, database: Database, clock: ManualClock
) -> None:
    await catalog.put_categories(TREE)
    await create(
        catalog,
        draft("tee", category_id="tees"),
        draft("shirt", category_id="shirts"),
        draft("dress", category_id="fashion"),
        draft("bare"),
    )
    before = len(await announced(database))
    clock.move(1)
    await put(catalog, category("shirts", "fashion", vi="Áo sơ mi"))
    assert sorted((await announced(database))[before:]) == [("shirt", 2, "updated"), ("tee", 2, "updated")]
    tee = await catalog.product(GetProduct(product_id="tee"))
    assert [each.names for each in tee.categories] == [{"vi": "Thời trang"}, {"vi": "Áo sơ mi"}, {"vi": "Áo thun"}]
    assert tee.updated_at == clock.now()
    await put(catalog, category("shirts", vi="Áo sơ mi"))
    assert [each.category_id for each in (await catalog.product(GetProduct(product_id="tee"))).categories] == [
        "shirts",
        "tees",
    ]
    assert len(await announced(database)) == before + 4


async def test_what_no_product_shows_is_no_change_of_products(catalog: CatalogService, database: Database) -> None:
    await catalog.put_categories(TREE)
    await create(catalog, draft("tee", category_id="tees"))
    before = await announced(database)
    await catalog.put_categories(TREE)
    await put(catalog, category("tees", "shirts", 7, vi="Áo thun"), category("other"))
    await catalog.put_shops(SHOPS)
    await catalog.put_shops(PutShops(shops=(Shop(shop_id="main", name="Cửa hàng", currency="USD"),)))
    assert await announced(database) == before


async def test_an_empty_category_can_be_deleted(catalog: CatalogService) -> None:
    await put(catalog, category("1"), category("2", "1"))
    with pytest.raises(CategoryInUse) as refusal:
        await catalog.delete_category(DeleteCategory(category_id="1"))
    assert refusal.value.facts == {"category_id": "1", "children": 1, "products": 0}
    await create(catalog, draft(category_id="2"))
    with pytest.raises(CategoryInUse) as refusal:
        await catalog.delete_category(DeleteCategory(category_id="2"))
    assert refusal.value.facts == {"category_id": "2", "children": 0, "products": 1}
    await catalog.update_product(UpdateProduct(product_id="p1", category_id=None))
    assert (await catalog.delete_category(DeleteCategory(category_id="2"))).changed
    assert not (await catalog.delete_category(DeleteCategory(category_id="2"))).changed
    assert await put(catalog) == ["1"]


async def test_a_category_is_not_deleted_under_a_product_that_is_just_coming(
    catalog: CatalogService, database_url: str
) -> None:
    async with instances(database_url, 2) as (first, second):
        for number in range(10):
            await put(catalog, category(f"c{number}"))
            created, deleted = await asyncio.gather(
                create(first, draft(f"p{number}", category_id=f"c{number}")),
                second.delete_category(DeleteCategory(category_id=f"c{number}")),
                return_exceptions=True,
            )
            assert (type(created), type(deleted)) in {
                (type(None), CategoryInUse),
                (UnknownCategory, type(deleted)),
            }, (created, deleted)


async def test_renaming_a_shop_announces_its_products(catalog: CatalogService, database: Database) -> None:
    await create(catalog, draft("a"), draft("b", shop_id="second"))
    shops = await catalog.put_shops(PutShops(shops=(Shop(shop_id="second", name="Zwei", currency="USD"),)))
    assert [(shop.shop_id, shop.name) for shop in shops.shops] == [("main", "Cửa hàng"), ("second", "Zwei")]
    assert (await announced(database))[2:] == [("b", 2, "updated")]
    assert (await catalog.product(GetProduct(product_id="b"))).shop_name == "Zwei"
