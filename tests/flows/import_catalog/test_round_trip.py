"""What is exported can be imported, and nothing is lost on the way."""

import asyncio
import csv
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.domains.catalog.drafts import TEE, draft, drafts, variant, vnd
from tests.flows.import_catalog.shops import Stand, imported, opened, stand
from vici.domains.catalog.api import Category, Price, ProductDraft, PutOutcome, PutProducts, Shop, Translation
from vici.domains.inventory.api import Level, SetLevels
from vici.flows.export_catalog import COLUMNS, CannotExport, export_catalog

SHOPS = (Shop(shop_id="main", name="Cửa hàng"), Shop(shop_id="second", name="Second"))
CATEGORIES = (
    Category(category_id="fashion", names={"vi": "Thời trang", "en": "Fashion"}),
    Category(category_id="shirts", parent_id="fashion", names={"vi": "Áo", "ja": "シャツ"}),
    Category(category_id="tees", parent_id="shirts", names={"vi": "Áo thun"}),
    Category(category_id="books", names={"vi": "Sách, \"cũ\"; 'mới'"}),
)


async def fill(shop: Stand, *products: ProductDraft, levels: tuple[Level, ...] = ()) -> None:
    put = await shop.catalog.put_products(PutProducts(shops=SHOPS, categories=CATEGORIES, products=products))
    assert [(result.outcome, result.reason) for result in put.results] == [(PutOutcome.CREATED, None)] * len(products)
    await shop.inventory.set_levels(SetLevels(levels=levels))


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Stand]:
    async with stand(tmp_path / "shop") as shop:
        yield shop


@pytest.fixture
async def other(tmp_path: Path) -> AsyncIterator[Stand]:
    async with stand(tmp_path / "other") as other:
        yield other


def files(folder: Path) -> list[Path]:
    return list(folder.iterdir())


NASTY = draft(
    "nasty, \"quoted\" 'x';|",
    name='=SUM(1)\n"a",b;\u2028c\r\nd',
    description=" \r leading\x1b[31m and trailing \n\n",
    attributes={"n_weight": 1.0, "t_colour": "-", "b_new": True},
    translations={
        "en": Translation(short_description="x", attributes={"t_a": "1"}, options={"Màu": "Colour", "Đen": "Black"})
    },
    brand="Ø\u0301 😀",
    images=("/a|b", "/c,d", "https://e.vn/[f]"),
    variants=(variant("nasty", sku="00123", barcode="0001.0", prices=(vnd(10**15),)),),
)


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
async def test_an_export_fills_an_empty_shop_with_the_same(
    shop: Stand, other: Stand, tmp_path: Path, ending: str
) -> None:
    await fill(shop, TEE, NASTY, draft("plain"), levels=(Level(variant_id="tee-w-m", product_id="tee", available=0),))
    first, second = tmp_path / f"first.{ending}", tmp_path / f"second.{ending}"
    assert (await export_catalog(shop.catalog, shop.inventory, first)).rows == 4
    assert (await imported(other, first)).counts == (3, 0, 0, 0)
    await export_catalog(other.catalog, other.inventory, second)
    assert first.read_bytes() == second.read_bytes()
    # Not only the files: what came back is what was there, to the kind of every value.
    before, after = await shop.products(), await other.products()
    assert list(before) == list(after)
    for product_id in before:
        ignored = {"version", "created_at", "updated_at", "categories", "translations"}
        assert before[product_id].model_dump_json(exclude=ignored) == after[product_id].model_dump_json(exclude=ignored)
        assert [each.names for each in before[product_id].categories] == [
            each.names for each in after[product_id].categories
        ]
    assert after["tee"].translations == {"en": TEE.translations["en"]}
    assert await other.stock("tee", "plain") == {"tee-w-m": 0}


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
async def test_importing_what_was_just_exported_changes_nothing(shop: Stand, tmp_path: Path, ending: str) -> None:
    await fill(shop, TEE.model_copy(update={"translations": {}}), draft("plain"))
    await export_catalog(shop.catalog, shop.inventory, tmp_path / f"shop.{ending}")
    assert (await imported(shop, tmp_path / f"shop.{ending}")).counts == (0, 0, 2, 0)
    assert list(await shop.categories()) == ["books", "fashion", "shirts", "tees"]


@st.composite
def catalogues(draw: st.DrawFn) -> tuple[tuple[ProductDraft, ...], tuple[Level, ...]]:
    products = tuple(
        draw(drafts(f"p{number}", tuple(category.category_id for category in CATEGORIES)))
        for number in range(draw(st.integers(0, 3)))
    )
    variants = [(product.product_id, each.variant_id) for product in products for each in product.variants]
    counted = draw(st.lists(st.sampled_from(variants), unique=True)) if variants else []
    return products, tuple(
        Level(product_id=product_id, variant_id=variant_id, available=draw(st.integers(0, 10**9)))
        for product_id, variant_id in counted
    )


def test_export_import_export_is_export(tmp_path: Path) -> None:
    with asyncio.Runner() as runner:

        async def hold(products: tuple[ProductDraft, ...], levels: tuple[Level, ...], ending: str) -> None:
            await shop.empty()
            await other.empty()
            first, second = tmp_path / f"first.{ending}", tmp_path / f"second.{ending}"
            await fill(shop, *products, levels=levels)
            await export_catalog(shop.catalog, shop.inventory, first)
            assert (await imported(other, first)).counts == (len(products), 0, 0, 0)
            await export_catalog(other.catalog, other.inventory, second)
            assert first.read_bytes() == second.read_bytes()
            assert (await imported(other, second)).counts == (0, 0, len(products), 0)

        @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        @given(catalogues(), st.sampled_from(["csv", "jsonl", "parquet"]))
        def holds(catalogue: tuple[tuple[ProductDraft, ...], tuple[Level, ...]], ending: str) -> None:
            runner.run(hold(*catalogue, ending))

        shop, other = runner.run(opened(tmp_path / "shop")), runner.run(opened(tmp_path / "other"))
        holds()
        runner.run(shop.close())
        runner.run(other.close())


async def test_an_export_is_what_a_spreadsheet_and_a_script_expect(shop: Stand, tmp_path: Path) -> None:
    await fill(shop, TEE, levels=(Level(variant_id="tee-b-m", product_id="tee", available=7),))
    await export_catalog(shop.catalog, shop.inventory, tmp_path / "shop.csv")
    content = (tmp_path / "shop.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    first, second = csv.DictReader(content.decode("utf-8-sig").splitlines(keepends=True))
    assert list(first)[: len(COLUMNS)] == list(COLUMNS)
    assert (first["product_name"], first["product_name_en"]) == ("Áo thun", "T-shirt")
    assert (first["original_price"], first["discount_price"], first["currency"]) == ("249000", "199000", "VND")
    assert (first["original_price_usd"], first["discount_price_usd"]) == ("7.99", "7.99")
    assert (first["category1"], first["category2"], first["category3"]) == ("Thời trang", "Áo", "")
    assert (first["count"], second["count"]) == ("7", "")
    assert json.loads(first["options"]) == {"Màu": "Đen", "Cỡ": "M"}
    assert (first["image_url"], json.loads(first["images"])) == (TEE.images[0], [TEE.images[1]])
    await export_catalog(shop.catalog, shop.inventory, tmp_path / "shop.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "shop.jsonl").read_text().splitlines()]
    assert rows[0]["attributes"] == TEE.attributes
    assert (rows[0]["discount_price"], rows[0]["discount_price_usd"], rows[0]["count"]) == (199000, 7.99, 7)
    assert "count" not in rows[1]


async def test_an_export_that_cannot_be_written_leaves_what_was_there(
    shop: Stand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(shop, draft())
    for name in ("shop.xlsx", "shop", "no/such/folder.csv"):
        with pytest.raises(CannotExport):
            await export_catalog(shop.catalog, shop.inventory, tmp_path / name)
    target = tmp_path / "shop.csv"
    target.write_text("yesterday's")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(csv.DictWriter, "writerows", full)
    with pytest.raises(CannotExport, match="No space left"):
        await export_catalog(shop.catalog, shop.inventory, target)
    assert target.read_text() == "yesterday's"
    assert sorted(path.name for path in files(tmp_path)) == ["shop", "shop.csv"]


async def test_a_product_with_one_price_more_than_another_comes_back_so(
    shop: Stand, other: Stand, tmp_path: Path
) -> None:
    usd = Price(currency="USD", amount_minor=100, original_minor=200)
    await fill(shop, draft("a"), draft("b", variants=(variant("b", prices=(usd, vnd(5))),)))
    await export_catalog(shop.catalog, shop.inventory, tmp_path / "shop.csv")
    await imported(other, tmp_path / "shop.csv")
    assert {key: product.variants[0].prices for key, product in (await other.products()).items()} == {
        "a": (vnd(100_000),),
        "b": (usd, vnd(5)),
    }
