"""What the catalogue promises about products, on every kind of database."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, event, select
from sqlalchemy.engine import Engine
from sqlalchemy.ext.asyncio import create_async_engine

from tests.conftest import ManualClock
from tests.domains.catalog.drafts import TEE, draft, variant, vnd
from vici.domains.catalog.api import (
    BadProduct,
    Category,
    CodeTaken,
    CreateProduct,
    DeleteProduct,
    Everything,
    GetProduct,
    GetProducts,
    ListProducts,
    ListVersions,
    Price,
    Product,
    ProductDraft,
    ProductExists,
    PutCategories,
    PutOutcome,
    PutProduct,
    PutProducts,
    PutShops,
    Shop,
    Status,
    Translation,
    UnknownCategory,
    UnknownProduct,
    UnknownShop,
    UpdateProduct,
    VersionConflict,
)
from vici.domains.catalog.events import ProductChanged
from vici.domains.catalog.service import CatalogService
from vici.domains.catalog.store import Stamp
from vici.domains.catalog.use_cases.products import put
from vici.infra.database.open import open_database
from vici.infra.database.port import Database
from vici.infra.events.tables import outbox
from vici.kit import ids
from vici.kit.clock import SystemClock
from vici.kit.ids import NewId
from vici.kit.pages import BadCursor, cursor_for

SHOPS = PutShops(shops=(Shop(shop_id="main", name="Cửa hàng"), Shop(shop_id="second", name="Second", currency="USD")))
TREE = PutCategories(
    categories=(
        Category(category_id="shirts", parent_id="fashion", names={"vi": "Áo", "en": "Shirts"}),
        Category(category_id="fashion", names={"vi": "Thời trang"}),
        Category(category_id="tees", parent_id="shirts", names={"vi": "Áo thun"}),
    )
)


@pytest.fixture
def branches() -> tuple[str, ...]:
    return ("events", "catalog")


@pytest.fixture
async def catalog(database: Database, clock: ManualClock, new_id: NewId) -> CatalogService:
    service = CatalogService(database, clock, new_id)
    await service.put_shops(SHOPS)
    await service.put_categories(TREE)
    return service


async def announced(database: Database) -> list[tuple[str, int, str]]:
    """What the outbox holds, in order."""

    def read(connection: Connection) -> list[str]:
        return list(connection.scalars(select(outbox.c.body).order_by(outbox.c.position)))

    events = [ProductChanged.model_validate_json(body) for body in await database.read(read)]
    return [(event.product_id, event.version, event.change) for event in events]


def drafted(product: Product) -> ProductDraft:
    """The product without what the catalogue adds."""
    facts = {name: getattr(product, name) for name in ProductDraft.model_fields if name != "category_id"}
    category_id = product.categories[-1].category_id if product.categories else None
    return ProductDraft(**facts, category_id=category_id)


async def create(catalog: CatalogService, *drafts: ProductDraft) -> None:
    for each in drafts:
        await catalog.create_product(CreateProduct(product=each))


async def outcomes(catalog: CatalogService, *drafts: ProductDraft, **facts: Any) -> list[PutOutcome]:
    done = await catalog.put_products(PutProducts(products=drafts, **facts))
    assert [result.product_id for result in done.results] == [each.product_id for each in drafts]
    return [result.outcome for result in done.results]


async def listed(catalog: CatalogService, **filters: Any) -> list[str]:
    found: list[str] = []
    cursor = None
    while True:
        page = await catalog.list_products(ListProducts(cursor=cursor, **filters))
        found += [product.product_id for product in page.items]
        cursor = page.next_cursor
        if cursor is None:
            return found


async def test_a_product_comes_back_as_it_was_given(
    catalog: CatalogService, database: Database, clock: ManualClock
) -> None:
    created = await catalog.create_product(CreateProduct(product=TEE))
    assert drafted(created) == TEE
    assert list(created.attributes) == list(TEE.attributes)
    assert [type(value) for value in created.attributes.values()] == [str, int, float, bool, int, str]
    assert (created.version, created.shop_name, created.created_at) == (1, "Cửa hàng", clock.now())
    assert [(level.category_id, level.names) for level in created.categories] == [
        ("fashion", {"vi": "Thời trang"}),
        ("shirts", {"vi": "Áo", "en": "Shirts"}),
    ]
    assert await catalog.product(GetProduct(product_id="tee")) == created
    assert await announced(database) == [("tee", 1, "created")]


async def test_what_exists_is_not_created_again(catalog: CatalogService, database: Database) -> None:
    await create(catalog, draft())
    with pytest.raises(ProductExists):
        await create(catalog, draft(name="Other"))
    assert await announced(database) == [("p1", 1, "created")]


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"shop_id": "nowhere"}, UnknownShop),
        ({"category_id": "nowhere"}, UnknownCategory),
        ({"variants": (variant("x", sku="TAKEN"),)}, CodeTaken),
        ({"variants": (variant("x", barcode="0001"),)}, CodeTaken),
        ({"variants": (variant("taken"),)}, CodeTaken),
        ({"translations": {"vi": Translation(name="x")}}, BadProduct),
    ],
)
async def test_what_cannot_be_kept_is_refused_and_leaves_nothing(
    catalog: CatalogService, database: Database, facts: dict[str, Any], refusal: type[Exception]
) -> None:
    await create(catalog, draft("taken", variants=(variant("taken", sku="TAKEN", barcode="0001"),)))
    with pytest.raises(refusal):
        await create(catalog, draft("new", **facts))
    with pytest.raises(UnknownProduct):
        await catalog.product(GetProduct(product_id="new"))
    assert await announced(database) == [("taken", 1, "created")]


async def test_a_partial_update_changes_what_it_names_and_nothing_else(
    catalog: CatalogService, database: Database, clock: ManualClock
) -> None:
    await create(catalog, TEE)
    clock.move(1)
    updated = await catalog.update_product(
        UpdateProduct(
            product_id="tee",
            if_version=1,
            name="Áo phông",
            attributes={"Nặng": 240, "Mới": None, "Xuất xứ": "Việt Nam"},
            translations={"fr": None, "ja": Translation(name="Tシャツ")},
        )
    )
    expected = TEE.model_copy(
        update={
            "name": "Áo phông",
            "attributes": {
                "Chất liệu": "cotton",
                "Nặng": 240,
                "Co giãn": 1.5,
                "Số túi": 0,
                "Ghi chú": "",
                "Xuất xứ": "Việt Nam",
            },
            "translations": {"en": TEE.translations["en"], "ja": Translation(name="Tシャツ")},
        }
    )
    assert drafted(updated) == expected
    assert (updated.version, updated.updated_at) == (2, clock.now())
    assert updated.created_at < updated.updated_at
    assert await announced(database) == [("tee", 1, "created"), ("tee", 2, "updated")]


async def test_null_takes_the_brand_and_the_category_away(catalog: CatalogService) -> None:
    await create(catalog, TEE)
    updated = await catalog.update_product(UpdateProduct(product_id="tee", brand=None, category_id=None))
    assert drafted(updated) == TEE.model_copy(update={"brand": None, "category_id": None})


@pytest.mark.parametrize("field", ["name", "status", "variants", "attributes", "description", "language", "options"])
async def test_null_takes_nothing_else_away(catalog: CatalogService, field: str) -> None:
    await create(catalog, TEE)
    with pytest.raises(BadProduct, match=f"{field}: cannot be null"):
        await catalog.update_product(UpdateProduct(product_id="tee", **{field: None}))


async def test_an_update_that_changes_nothing_is_no_change(catalog: CatalogService, database: Database) -> None:
    await create(catalog, TEE)
    same = UpdateProduct(
        product_id="tee", name=TEE.name, attributes={"Nặng": 220, "no such": None}, variants=TEE.variants
    )
    for update in (same, UpdateProduct(product_id="tee")):
        assert (await catalog.update_product(update)).version == 1
    assert await announced(database) == [("tee", 1, "created")]


async def test_an_attribute_that_becomes_another_kind_of_value_has_changed(catalog: CatalogService) -> None:
    await create(catalog, draft(attributes={"a": 1}))
    for version, value in enumerate((1.0, True, "1", 1), start=2):
        updated = await catalog.update_product(UpdateProduct(product_id="p1", attributes={"a": value}))
        assert (updated.version, updated.attributes["a"], type(updated.attributes["a"])) == (
            version,
            value,
            type(value),
        )


async def test_an_update_of_another_version_is_refused(catalog: CatalogService) -> None:
    await create(catalog, draft())
    await catalog.update_product(UpdateProduct(product_id="p1", name="Newer"))
    with pytest.raises(VersionConflict) as conflict:
        await catalog.update_product(UpdateProduct(product_id="p1", if_version=1, name="Older"))
    assert conflict.value.facts == {"product_id": "p1", "version": 2, "expected": 1}
    assert (await catalog.product(GetProduct(product_id="p1"))).name == "Newer"


async def test_an_update_cannot_break_the_rules(catalog: CatalogService) -> None:
    await create(catalog, draft("a", variants=(variant("a", sku="A"),)), draft("b"))
    with pytest.raises(UnknownProduct):
        await catalog.update_product(UpdateProduct(product_id="nothing", name="x"))
    with pytest.raises(CodeTaken):
        await catalog.update_product(UpdateProduct(product_id="b", variants=(variant("b", sku="A"),)))
    with pytest.raises(BadProduct):
        await catalog.update_product(UpdateProduct(product_id="b", options=("Cỡ",)))
    with pytest.raises(UnknownCategory):
        await catalog.update_product(UpdateProduct(product_id="b", category_id="nowhere"))
    assert (await catalog.product(GetProduct(product_id="b"))).version == 1


async def test_a_deleted_product_is_gone_and_its_codes_are_free(catalog: CatalogService, database: Database) -> None:
    await create(catalog, TEE)
    assert (await catalog.delete_product(DeleteProduct(product_id="tee"))).changed
    assert not (await catalog.delete_product(DeleteProduct(product_id="tee"))).changed
    with pytest.raises(UnknownProduct):
        await catalog.product(GetProduct(product_id="tee"))
    await create(catalog, draft("other", variants=(variant("tee-b-m", sku="TEE-B-M"),)))
    assert await announced(database) == [("tee", 1, "created"), ("tee", 2, "deleted"), ("other", 1, "created")]


async def test_a_product_that_comes_back_goes_on_counting(catalog: CatalogService, database: Database) -> None:
    for _ in range(2):
        await create(catalog, draft())
        await catalog.delete_product(DeleteProduct(product_id="p1"))
    assert await outcomes(catalog, draft()) == [PutOutcome.CREATED]
    assert [version for _, version, _ in await announced(database)] == [1, 2, 3, 4, 5]


async def test_putting_tells_what_became_of_each(catalog: CatalogService, database: Database) -> None:
    await create(catalog, draft("same"), draft("old"), draft("taken", variants=(variant("taken", sku="S"),)))
    done = await catalog.put_products(
        PutProducts(
            products=(
                draft("new"),
                draft("same"),
                draft("old", name="Renamed"),
                draft("bad", shop_id="nowhere"),
                draft("thief", variants=(variant("thief", sku="S"),)),
                draft("new", name="again"),
            )
        )
    )
    assert [(result.product_id, result.outcome) for result in done.results] == [
        ("new", "created"),
        ("same", "unchanged"),
        ("old", "updated"),
        ("bad", "refused"),
        ("thief", "refused"),
        ("new", "refused"),
    ]
    assert [bool(result.reason) for result in done.results] == [False, False, False, True, True, True]
    assert done.results[4].reason == str(CodeTaken(kind="SKU", value="S", product_id="taken"))
    assert (await announced(database))[3:] == [("old", 2, "updated"), ("new", 1, "created")]
    assert (await catalog.product(GetProduct(product_id="new"))).name == "Product new"


async def test_a_put_product_replaces_all_of_the_one_before(catalog: CatalogService) -> None:
    await catalog.put_product(PutProduct(product=TEE))
    plain = draft("tee")
    assert drafted(await catalog.put_product(PutProduct(product=plain))) == plain
    assert (await catalog.put_product(PutProduct(product=plain))).version == 2
    with pytest.raises(UnknownShop):
        await catalog.put_product(PutProduct(product=draft("tee", shop_id="nowhere")))


async def test_two_products_exchange_their_sku_in_one_request(catalog: CatalogService) -> None:
    a, b = (draft(name, variants=(variant(name, sku=name.upper()),)) for name in "ab")
    await create(catalog, a, b)
    swapped = [draft(name, variants=(variant(name, sku=sku),)) for name, sku in (("a", "B"), ("b", "A"))]
    assert await outcomes(catalog, *swapped) == [PutOutcome.UPDATED] * 2
    assert await outcomes(catalog, *swapped) == [PutOutcome.UNCHANGED] * 2


async def test_a_new_product_takes_a_variant_that_another_gives_back(catalog: CatalogService) -> None:
    await create(
        catalog, draft("a", options=("size",), variants=tuple(variant(each, options={"size": each}) for each in "xy"))
    )
    wanted = [draft("b", variants=(variant("y"),)), draft("a", variants=(variant("x"),))]
    assert await outcomes(catalog, *wanted) == [PutOutcome.CREATED, PutOutcome.UPDATED]
    assert await outcomes(catalog, *wanted) == [PutOutcome.UNCHANGED] * 2


async def test_of_an_exchange_that_is_half_refused_nothing_is_taken(catalog: CatalogService) -> None:
    a, b = (draft(name, variants=(variant(name, sku=name.upper()),)) for name in "ab")
    await create(catalog, a, b, draft("c", variants=(variant("c", sku="C"),)))
    wanted = [draft(name, variants=(variant(name, sku=sku),)) for name, sku in (("a", "B"), ("b", "C"))]
    assert await outcomes(catalog, *wanted) == [PutOutcome.REFUSED] * 2
    assert await outcomes(catalog, a, b) == [PutOutcome.UNCHANGED] * 2


async def test_a_dry_run_tells_the_same_and_changes_nothing(catalog: CatalogService, database: Database) -> None:
    await create(catalog, draft("same"), draft("old"))
    request = {
        "shops": (Shop(shop_id="fresh", name="Fresh"),),
        "categories": (Category(category_id="new", names={"vi": "Mới"}),),
    }
    products = (
        draft("same"),
        draft("old", name="x"),
        draft("new", shop_id="fresh", category_id="new"),
        draft("bad", shop_id="?"),
    )
    before = await announced(database), await catalog.shops(Everything()), await catalog.categories(Everything())
    told = await outcomes(catalog, *products, **request, dry_run=True)
    assert (
        await announced(database),
        await catalog.shops(Everything()),
        await catalog.categories(Everything()),
    ) == before
    assert await listed(catalog) == ["old", "same"]
    assert told == await outcomes(catalog, *products, **request) == ["unchanged", "updated", "created", "refused"]


async def test_products_are_given_in_the_order_asked_for(catalog: CatalogService) -> None:
    await create(catalog, draft("a"), draft("b"), draft("c"))
    found = await catalog.products(GetProducts(product_ids=("c", "nothing", "a", "c")))
    assert [product.product_id for product in found.products] == ["c", "a", "c"]


async def test_lists_are_filtered(catalog: CatalogService, clock: ManualClock) -> None:
    await create(
        catalog,
        draft("a", brand="Mộc", category_id="tees"),
        draft("b", brand="mộc", category_id="shirts", status=Status.DRAFT),
    )
    clock.move(60)
    await create(catalog, draft("c", shop_id="second", category_id="fashion"), draft("d", status=Status.DISCONTINUED))
    assert await listed(catalog) == ["a", "b", "c", "d"]
    assert await listed(catalog, status=Status.DRAFT) == ["b"]
    assert await listed(catalog, brand="Mộc") == ["a"]
    assert await listed(catalog, shop_id="second") == ["c"]
    assert await listed(catalog, category_id="tees") == ["a"]
    assert await listed(catalog, category_id="shirts") == ["a", "b"]
    assert await listed(catalog, category_id="fashion", status=Status.AVAILABLE) == ["a", "c"]
    assert await listed(catalog, category_id="nowhere") == []
    assert await listed(catalog, updated_since=clock.now()) == ["c", "d"]


async def test_what_stays_is_listed_exactly_once_whatever_comes_and_goes(catalog: CatalogService) -> None:
    staying = [f"p{number:03}" for number in range(0, 100, 2)]
    await create(catalog, *(draft(product_id) for product_id in staying))
    seen: list[str] = []
    cursor = None
    for number in range(1, 100, 2):
        page = await catalog.list_products(ListProducts(cursor=cursor, limit=7))
        seen += [product.product_id for product in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
        await create(catalog, draft(f"p{number:03}"), draft(f"p{98 - number + 1:03}-new"))
        await catalog.delete_product(DeleteProduct(product_id=f"p{number:03}"))
    assert [product_id for product_id in seen if product_id in staying] == staying


async def test_ids_are_sorted_by_their_bytes(catalog: CatalogService) -> None:
    odd = ["a", "B", "á", "A", "a-b", "ab", "a b", "Z", "đ", "10", "9", "'; --", "ﬃ", "😀"]
    await create(catalog, *(draft(product_id) for product_id in odd))
    assert await listed(catalog, limit=3) == sorted(odd, key=str.encode)
    versions: list[str] = []
    while True:
        request = ListVersions(after=versions[-1] if versions else None, limit=4)
        found = (await catalog.versions(request)).versions
        if not found:
            break
        versions += [each.product_id for each in found]
    assert versions == sorted(odd, key=str.encode)


@pytest.mark.parametrize(
    "cursor", ["", "nonsense", "%00", cursor_for(1), cursor_for("a", "b"), cursor_for("\x00"), "ß"]
)
async def test_a_foreign_cursor_is_refused(catalog: CatalogService, cursor: str) -> None:
    with pytest.raises(BadCursor):
        await catalog.list_products(ListProducts(cursor=cursor))


async def test_brands_are_counted_among_what_is_available(catalog: CatalogService) -> None:
    await create(
        catalog,
        draft("a", brand="Mộc"),
        draft("b", brand="Ánh"),
        draft("c", brand="Mộc"),
        draft("d", brand="Ẩn", status=Status.DRAFT),
        draft("e"),
    )
    assert [(brand.name, brand.products) for brand in (await catalog.brands(Everything())).brands] == [
        ("Mộc", 2),
        ("Ánh", 1),
    ]


async def test_a_page_takes_one_statement(sqlite_database: Database, clock: ManualClock, new_id: NewId) -> None:
    catalog = CatalogService(sqlite_database, clock, new_id)
    await catalog.put_shops(SHOPS)
    await catalog.put_categories(TREE)
    await outcomes(catalog, *(draft(f"p{number}", category_id="tees") for number in range(200)))
    statements: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        if not statement.startswith("PRAGMA"):
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert len((await catalog.list_products(ListProducts(limit=200))).items) == 200
        assert len((await catalog.products(GetProducts(product_ids=("p1", "p2")))).products) == 2
        assert len(statements) == 2
        statements.clear()
        await outcomes(catalog, *(draft(f"q{number}") for number in range(300)))
        # However many products: the locks, the codes' holders, the rows, the codes, the events.
        assert len(statements) < 20
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@asynccontextmanager
async def instances(url: str, number: int) -> AsyncIterator[list[CatalogService]]:
    """As many catalogues as processes would have, each with its own connections to the one database."""
    async with AsyncExitStack() as stack:
        opened: list[CatalogService] = []
        for _ in range(number):
            database = open_database(url, SystemClock())
            stack.push_async_callback(database.close)
            opened.append(CatalogService(database, SystemClock(), ids.new_id))
        yield opened


async def test_concurrent_updates_lose_none(catalog: CatalogService, database: Database, database_url: str) -> None:
    await create(catalog, draft())
    async with instances(database_url, 3) as others:
        await asyncio.gather(
            *(
                other.update_product(UpdateProduct(product_id="p1", attributes={f"{place}-{number}": number}))
                for place, other in enumerate(others)
                for number in range(8)
            )
        )
    product = await catalog.product(GetProduct(product_id="p1"))
    assert product.attributes == {f"{place}-{number}": number for place in range(3) for number in range(8)}
    assert product.version == 25
    assert [version for _, version, _ in await announced(database)] == list(range(1, 26))


async def test_of_many_who_create_one_product_one_succeeds(catalog: CatalogService, database_url: str) -> None:
    async with instances(database_url, 3) as others:
        created = await asyncio.gather(
            *(other.create_product(CreateProduct(product=draft(name=f"{n}"))) for n, other in enumerate(others * 3)),
            return_exceptions=True,
        )
    assert sorted(type(each).__name__ for each in created) == sorted(["Product"] + ["ProductExists"] * 8)


async def test_of_many_who_want_one_sku_one_gets_it(catalog: CatalogService, database_url: str) -> None:
    async with instances(database_url, 3) as others:
        done = await asyncio.gather(
            *(
                other.put_products(
                    PutProducts(
                        products=(
                            draft(f"p{n}", variants=(variant(f"p{n}", sku="ONE"),)),
                            draft(f"free{n}"),
                        )
                    )
                )
                for n, other in enumerate(others * 3)
            )
        )
    assert sorted(each.results[0].outcome for each in done) == ["created"] + ["refused"] * 8
    assert {each.results[1].outcome for each in done} == {"created"}


@pytest.mark.parametrize("database_url", ["postgresql", "mariadb"], indirect=True)
@pytest.mark.parametrize(
    "rename_it",
    [
        lambda catalog: catalog.put_shops(PutShops(shops=(Shop(shop_id="main", name="Mới"),))),
        lambda catalog: catalog.put_categories(
            PutCategories(categories=(Category(category_id="fashion", names={"vi": "Mới"}),))
        ),
    ],
    ids=["shop", "category above"],
)
async def test_a_rename_waits_for_products_that_are_just_coming_and_announces_them_too(
    catalog: CatalogService,
    database: Database,
    database_url: str,
    rename_it: Callable[[CatalogService], Coroutine[Any, Any, object]],
) -> None:
    """Else the product would be announced with the old name, and nobody would hear of the new one."""
    driver = "asyncpg" if database_url.startswith("postgresql") else "asyncmy"
    engine = create_async_engine(database_url.replace("://", f"+{driver}://"))
    async with engine.connect() as connection:

        def come(plain: Connection) -> None:
            plain.info["signals"] = set()
            put(plain, [draft(category_id="tees")], Stamp(SystemClock().now(), ids.new_id))

        await connection.run_sync(come)
        rename = asyncio.create_task(rename_it(catalog))
        done, _ = await asyncio.wait([rename], timeout=0.5)
        assert not done
        await connection.commit()
        await rename
    await engine.dispose()
    product = await catalog.product(GetProduct(product_id="p1"))
    assert "Mới" in (product.shop_name, product.categories[0].names["vi"])
    assert await announced(database) == [("p1", 1, "created"), ("p1", 2, "updated")]


async def test_updates_and_renames_at_once_all_come_through(catalog: CatalogService, database_url: str) -> None:
    await outcomes(catalog, *(draft(f"p{number}", category_id="tees") for number in range(10)))
    async with instances(database_url, 2) as (first, second):

        async def rename(number: int) -> None:
            names = {"vi": f"Thời trang {number}"}
            await second.put_categories(PutCategories(categories=(Category(category_id="fashion", names=names),)))

        async def update(number: int) -> None:
            change = UpdateProduct(product_id=f"p{number % 10}", attributes={f"a{number}": number})
            await first.update_product(change)

        await asyncio.gather(*(act(number) for number in range(20) for act in (rename, update)))
    for number in range(10):
        product = await catalog.product(GetProduct(product_id=f"p{number}"))
        assert product.attributes == {f"a{number}": number, f"a{number + 10}": number + 10}
        assert product.version == 1 + 2 + 20


async def test_prices_in_several_currencies_stay_exact(catalog: CatalogService) -> None:
    prices = (vnd(10**15), Price(currency="KWD", amount_minor=1, original_minor=10**15))
    await create(catalog, draft(variants=(variant("p1", prices=prices),)))
    assert (await catalog.product(GetProduct(product_id="p1"))).variants[0].prices == prices
