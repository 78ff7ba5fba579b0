"""The import into a shop."""

import asyncio
import csv
import json
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.flows.import_catalog.shops import Stand, imported, stand
from vici.domains.catalog.api import (
    Category,
    Everything,
    GetProduct,
    Product,
    PutCategories,
    PutProducts,
    PutShops,
    Shop,
    Status,
    UpdateProduct,
)
from vici.domains.inventory.api import Levels, SetLevels
from vici.flows.import_catalog import (
    ImportOptions,
    ImportStopped,
    Progress,
    Reading,
    Rejected,
    import_catalog,
    rejections_to,
)
from vici.flows.import_catalog.report import BadReport
from vici.flows.import_catalog.sources.rows import BadSource
from vici.infra.database import sqlite
from vici.infra.database.port import DatabaseUnavailable, StorageFull

HEADER = "product_id,product_name,original_price,count,category1,category2,category1_en,shop_id,shop_name,sku"
FIRST = f"""{HEADER}
tee,Áo thun,199000,5,Thời trang,Áo,Fashion,moc,Mộc,T
mug,Cốc,50000,0,Nhà cửa,,Home,,,
phone,Điện thoại,9990000,,,,,moc,,
"""


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Stand]:
    async with stand(tmp_path / "shop") as opened:
        yield opened


def written(folder: Path, text: str, name: str = "products.csv") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def many(folder: Path, number: int, **changes: str) -> Path:
    columns = {"product_id": "p{n:05}", "product_name": "Sản phẩm {n}", "price": "1000", "count": "{n}"} | changes
    rows = [",".join(text.format(n=n) for text in columns.values()) for n in range(number)]
    return written(folder, "\n".join([",".join(columns), *rows, ""]), "many.csv")


async def test_a_file_becomes_products_shops_categories_and_stock(shop: Stand, tmp_path: Path) -> None:
    done = await imported(shop, written(tmp_path, FIRST), main_shop_name="Chính")
    assert done.counts == (3, 0, 0, 0)
    assert (done.report.rows, done.report.levels_changed) == (3, 2)
    products = await shop.products()
    assert list(products) == ["mug", "phone", "tee"]
    tee = products["tee"]
    assert [(each.category_id, each.names) for each in tee.categories] == [
        ("thoi-trang", {"vi": "Thời trang", "en": "Fashion"}),
        ("thoi-trang-ao", {"vi": "Áo"}),
    ]
    assert (tee.shop_id, tee.shop_name) == ("moc", "Mộc")
    assert (products["mug"].shop_id, products["mug"].shop_name) == ("main", "Chính")
    assert await shop.stock("tee", "mug", "phone") == {"tee": 5, "mug": 0}


async def test_the_stock_of_a_variant_goes_with_it_to_another_product(shop: Stand, tmp_path: Path) -> None:
    head = "product_id,variant_id,product_name,options,original_price,count\n"
    row = '{},{},Áo,"{{""Cỡ"": ""{}""}}",1000,{}\n'
    await imported(shop, written(tmp_path, head + row.format("a", "x", "M", 1) + row.format("a", "y", "L", 2)))
    split = head + row.format("b", "y", "L", 3) + row.format("a", "x", "M", 1)
    done = await imported(shop, written(tmp_path, split))
    assert done.counts == (1, 1, 0, 0)
    assert done.report.levels_changed == 1
    assert (await shop.stock("a"), await shop.stock("b")) == ({"x": 1}, {"y": 3})
    assert (await imported(shop, written(tmp_path, split))).report.levels_changed == 0


async def test_a_row_whose_id_no_address_could_lead_to_is_told(shop: Stand, tmp_path: Path) -> None:
    rows = "search,Tìm,1\ntee/stock,Áo,1\nmug,Cốc,1\n"
    done = await imported(shop, written(tmp_path, "product_id,product_name,original_price\n" + rows))
    assert done.counts == (1, 0, 0, 2)
    assert [(fault.row, "Choose another id" in fault.reason) for fault in done.faults] == [(2, True), (3, True)]


async def test_repeating_an_import_changes_nothing(shop: Stand, tmp_path: Path) -> None:
    path = written(tmp_path, FIRST)
    await imported(shop, path)
    before = await shop.products(), await shop.catalog.shops(Everything()), await shop.categories()
    done = await imported(shop, path)
    assert done.counts == (0, 0, 3, 0)
    assert done.report.levels_changed == 0
    assert (await shop.products(), await shop.catalog.shops(Everything()), await shop.categories()) == before


async def test_a_changed_file_changes_what_it_names(shop: Stand, tmp_path: Path) -> None:
    await imported(shop, written(tmp_path, FIRST))
    changed = FIRST.replace("199000,5", "149000,4").replace("Mộc,T", "Mộc Mới,T").replace("Fashion", "Clothes")
    done = await imported(shop, written(tmp_path, changed))
    assert done.counts == (0, 1, 2, 0)
    assert done.report.levels_changed == 1
    products = await shop.products()
    assert products["tee"].variants[0].prices[0].amount_minor == 149_000
    assert {products["tee"].shop_name, products["phone"].shop_name} == {"Mộc Mới"}
    assert products["tee"].categories[0].names == {"vi": "Thời trang", "en": "Clothes"}


async def test_rows_that_contradict_each_other_do_not_change_the_shop_at_every_import(
    shop: Stand, tmp_path: Path
) -> None:
    text = FIRST + "x,X,1,,Thời trang,,Mode,moc,Anders,\ny,Y,1,,THỜI  TRANG,áo,,moc,,\n"
    path = written(tmp_path, text)
    assert (await imported(shop, path)).counts == (5, 0, 0, 0)
    before = await shop.products()
    assert (await imported(shop, path)).counts == (0, 0, 5, 0)
    assert await shop.products() == before
    assert before["x"].shop_name == "Mộc"
    assert before["y"].categories == before["tee"].categories
    assert before["x"].categories[0].names == {"vi": "Thời trang", "en": "Fashion"}


async def test_categories_and_shops_that_are_there_are_found_by_their_names(shop: Stand, tmp_path: Path) -> None:
    await shop.catalog.put_categories(
        PutCategories(
            categories=(
                Category(category_id="c1", names={"en": "fashion"}, position=3),
                Category(category_id="c2", parent_id="c1", names={"vi": "Áo"}),
                Category(category_id="nha-cua", names={"vi": "Khác"}),
            )
        )
    )
    await shop.catalog.put_shops(PutShops(shops=(Shop(shop_id="moc", name="Mộc", currency="USD"),)))
    await imported(shop, written(tmp_path, FIRST))
    products = await shop.products()
    assert [each.category_id for each in products["tee"].categories] == ["c1", "c2"]
    assert products["tee"].categories[0].names == {"vi": "Thời trang", "en": "Fashion"}
    # An id that another category has already is not taken from it.
    assert [each.category_id for each in products["mug"].categories] == ["nha-cua-2"]
    assert {each.shop_id: each.currency for each in (await shop.catalog.shops(Everything())).shops} == {
        "main": "VND",
        "moc": "USD",
    }


async def test_what_is_rejected_is_told_and_the_rest_is_imported(shop: Stand, tmp_path: Path) -> None:
    text = FIRST + "bad,,x,,,,,,,\nthief,Kẻ trộm,1,,,,,,,T2\nnext,Sau,1,,,,,,,\n"
    await imported(shop, written(tmp_path, FIRST.replace("Mộc,T", "Mộc,T2")))
    done = await imported(shop, written(tmp_path, text.replace("tee,", "tea,").replace("Mộc,T", "Mộc,")))
    assert done.counts == (2, 0, 2, 2)
    assert [(fault.row, fault.column) for fault in done.faults] == [
        (5, "product_name"),
        (5, "original_price"),
        (6, ""),
    ]
    assert "The SKU 'T2' belongs to the product 'tee'" in done.faults[-1].reason
    assert sorted(await shop.products()) == ["mug", "next", "phone", "tea", "tee"]


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
async def test_a_report_holds_everything_that_was_rejected(shop: Stand, tmp_path: Path, ending: str) -> None:
    path = many(tmp_path, 60, price="x,y{n}")
    report = tmp_path / f"report.{ending}"
    with rejections_to(report) as note:
        done = await import_catalog(shop.catalog, shop.inventory, path, ImportOptions(), on_rejected=note)
    assert done.rejected == 60
    text = report.read_text()
    rows = list(csv.DictReader(text.splitlines())) if ending == "csv" else list(map(json.loads, text.splitlines()))
    assert len(rows) == 60
    assert set(rows[0]) == {"row", "product_id", "column", "value", "reason"}
    assert [int(row["row"]) for row in rows] == list(range(2, 62))


def test_a_report_that_cannot_be_written_is_told_at_once(tmp_path: Path) -> None:
    for name in ("report.txt", "no/such/report.csv"):
        with pytest.raises(BadReport), rejections_to(tmp_path / name):
            pass


async def test_a_dry_run_says_the_same_and_changes_nothing(shop: Stand, tmp_path: Path) -> None:
    text = FIRST + "bad,,x,,,,,,,\nsame,Trùng,1,,,,,,,T\n"
    dry = await imported(shop, written(tmp_path, text), dry_run=True)
    assert await shop.products() == {}
    assert await shop.categories() == {}
    assert (await shop.catalog.shops(Everything())).shops == ()
    assert await shop.stock("tee", "mug") == {}
    wet = await imported(shop, written(tmp_path, text))
    assert dry.counts == wet.counts == (3, 0, 0, 2)
    assert dry.faults == wet.faults
    again = await imported(shop, written(tmp_path, text.replace("Cốc", "Ly")), dry_run=True)
    assert again.counts == (0, 1, 2, 2)
    assert (await shop.products())["mug"].name == "Cốc"


async def test_a_dry_run_of_many_chunks_knows_the_categories_of_the_earlier_ones(shop: Stand, tmp_path: Path) -> None:
    path = many(tmp_path, 1200, category1="Loại", category2="Loại {n}")
    assert (await imported(shop, path, dry_run=True)).counts == (1200, 0, 0, 0)
    assert await shop.categories() == {}


async def test_a_complete_list_ends_what_it_leaves_out(shop: Stand, tmp_path: Path) -> None:
    await imported(shop, written(tmp_path, FIRST + "other,Khác,1,,,,,elsewhere,,\n"))
    shorter = "\n".join(line for line in FIRST.splitlines() if not line.startswith("phone"))
    dry = await imported(shop, written(tmp_path, shorter), complete=True, dry_run=True)
    assert dry.report.discontinued == 1
    assert (await shop.products())["phone"].status is Status.AVAILABLE
    done = await imported(shop, written(tmp_path, shorter), complete=True)
    assert done.report.discontinued == 1
    status = {key: product.status for key, product in (await shop.products()).items()}
    # Of the shops it names; what another shop sells is not its business.
    assert status == {
        "tee": "available",
        "mug": "available",
        "phone": "discontinued",
        "other": "available",
    }
    assert (await imported(shop, written(tmp_path, shorter), complete=True)).report.discontinued == 0


async def test_a_complete_list_with_a_rejected_row_ends_nothing(shop: Stand, tmp_path: Path) -> None:
    await imported(shop, written(tmp_path, FIRST))
    broken = FIRST.replace("phone,Điện thoại,9990000", "phone,Điện thoại,?")
    done = await imported(shop, written(tmp_path, broken), complete=True)
    assert (done.report.rejected, done.report.discontinued) == (1, 0)
    assert (await imported(shop, written(tmp_path, HEADER), complete=True)).report.discontinued == 0
    assert {product.status for product in (await shop.products()).values()} == {"available"}


async def test_a_source_that_cannot_be_read_writes_nothing(shop: Stand, tmp_path: Path) -> None:
    far_down = FIRST.encode() + b"x,\xff,1,,,,,,\n"
    (tmp_path / "broken.csv").write_bytes(far_down)
    for path in (tmp_path / "broken.csv", tmp_path / "none.csv", written(tmp_path, "a,b\n1,2\n")):
        with pytest.raises(BadSource):
            await imported(shop, path)
    assert await shop.products() == {}


async def test_a_file_with_a_header_alone_is_an_empty_list(shop: Stand, tmp_path: Path) -> None:
    done = await imported(shop, written(tmp_path, HEADER + "\n"))
    assert (done.counts, done.report.rows) == ((0, 0, 0, 0), 0)
    with pytest.raises(BadSource):
        await imported(shop, written(tmp_path, "weight,colour\n"))
    assert (await imported(shop, written(tmp_path, "", "empty.jsonl"))).report.rows == 0


async def test_progress_is_told_up_to_the_end(shop: Stand, tmp_path: Path) -> None:
    told: list[Progress] = []
    await import_catalog(shop.catalog, shop.inventory, many(tmp_path, 1200), ImportOptions(), told.append)
    assert [progress.rows for progress in told] == [0, 500, 1000, 1200]
    shares = [progress.share or 0 for progress in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1


async def test_columns_nobody_knows_are_told(shop: Stand, tmp_path: Path) -> None:
    text = "id,title,price,Màu sắc,weight\na,A,1,đỏ,5\n"
    assert (await imported(shop, written(tmp_path, text))).report.ignored_columns == ("Màu sắc", "weight")
    reading = Reading(language="vi", attributes_from_rest=True)
    done = await imported(shop, written(tmp_path, text), reading)
    assert (done.counts, done.report.ignored_columns) == ((0, 1, 0, 0), ())
    assert (await shop.products())["a"].attributes == {"Màu sắc": "đỏ", "weight": "5"}


async def test_variants_and_their_stock_come_together(shop: Stand, tmp_path: Path) -> None:
    rows = [
        {"product_id": "tee", "product_name": "Áo", "price": 1, "options": {"Cỡ": size}, "count": count}
        for size, count in (("M", 3), ("L", 0), ("XL", None))
    ]
    path = written(tmp_path, "".join(json.dumps(row) + "\n" for row in rows), "a.jsonl")
    assert (await imported(shop, path)).counts == (1, 0, 0, 0)
    assert await shop.stock("tee") == {"tee-m": 3, "tee-l": 0}
    tee: Product = await shop.catalog.product(GetProduct(product_id="tee"))
    assert [variant.variant_id for variant in tee.variants] == ["tee-m", "tee-l", "tee-xl"]


async def test_a_full_disk_stops_the_import_and_the_next_one_goes_on(shop: Stand, tmp_path: Path) -> None:
    path = many(tmp_path, 3000)
    catalog, _ = shop.databases
    await catalog.write(lambda connection: connection.exec_driver_sql("PRAGMA max_page_count=400") and None)
    with pytest.raises(ImportStopped) as stopped:
        await imported(shop, path)
    assert isinstance(stopped.value.__cause__, StorageFull)
    assert stopped.value.facts["rows"] >= 500
    assert "Run the same command again" in str(stopped.value)
    assert "\n" not in str(stopped.value)
    there = await _ids(shop)
    # Whole chunks, in order; the last product of a chunk waits for the next, which may hold more of its rows.
    assert there == [f"p{number:05}" for number in range(len(there))]
    assert len(there) % 500 == 499
    await catalog.write(lambda connection: connection.exec_driver_sql("PRAGMA max_page_count=100000") and None)
    done = await imported(shop, path)
    assert done.counts == (3000 - len(there), 0, len(there), 0)
    assert await shop.stock("p02999", "p00001") == {"p02999": 2999, "p00001": 1}


async def test_a_disk_that_is_full_from_the_start_is_told_as_it_is(shop: Stand, tmp_path: Path) -> None:
    catalog, _ = shop.databases
    await catalog.write(lambda connection: connection.exec_driver_sql("PRAGMA max_page_count=1") and None)
    with pytest.raises(StorageFull):
        await imported(shop, many(tmp_path, 3000))


async def test_a_busy_database_stops_the_import_and_the_next_one_goes_on(
    shop: Stand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.2)
    path = many(tmp_path, 1500)
    other = sqlite3.connect(tmp_path / "shop" / "c.db", isolation_level=None, timeout=30)

    def hold(progress: Progress) -> None:
        if progress.rows == 500:
            other.execute("BEGIN IMMEDIATE")

    async with stand(tmp_path / "shop") as second:
        with pytest.raises(ImportStopped, match=r"after 500 rows.*another process has held it") as stopped:
            await import_catalog(second.catalog, second.inventory, path, ImportOptions(), hold)
    assert isinstance(stopped.value.__cause__, DatabaseUnavailable)
    other.execute("ROLLBACK")
    other.close()
    assert len(await _ids(shop)) == 499
    assert (await imported(shop, path, Reading())).counts == (1001, 0, 499, 0)


async def test_stock_that_could_not_be_written_is_written_the_next_time(shop: Stand, tmp_path: Path) -> None:
    class Broken:
        async def set_levels(self, request: SetLevels) -> Levels:
            raise StorageFull

    path = written(tmp_path, FIRST)
    with pytest.raises(StorageFull):
        await import_catalog(shop.catalog, Broken(), path, ImportOptions())  # type: ignore[arg-type]
    assert await shop.stock("tee") == {}
    assert (await imported(shop, path, Reading())).report.levels_changed == 2
    assert await shop.stock("tee") == {"tee": 5}


async def test_an_import_beside_a_shop_that_is_being_changed_loses_nothing(shop: Stand, tmp_path: Path) -> None:
    path = many(tmp_path, 2000)
    await imported(shop, path)

    async def edit() -> None:
        for number in range(0, 2000, 40):
            await shop.catalog.update_product(UpdateProduct(product_id=f"p{number:05}", brand=f"b{number}"))

    async with stand(tmp_path / "shop") as other:
        cheaper = many(tmp_path, 2000, price="900")
        done, _ = await asyncio.gather(imported(other, cheaper), edit())
    assert done.counts == (0, 2000, 0, 0)
    for number in range(0, 2000, 40):
        product = await shop.catalog.product(GetProduct(product_id=f"p{number:05}"))
        # Whichever came second, both were counted, and the product is one of the two whole.
        assert product.version == 3
        assert product.variants[0].prices[0].amount_minor == 900


async def _ids(shop: Stand) -> list[str]:
    def read(connection: Any) -> list[str]:
        return [row[0] for row in connection.exec_driver_sql("SELECT product_id FROM products ORDER BY 1")]

    return await shop.databases[0].read(read)


async def test_rejections_come_in_the_order_of_the_chunks(shop: Stand, tmp_path: Path) -> None:
    rejected: list[Rejected] = []
    path = many(tmp_path, 1100, price="x")
    await import_catalog(shop.catalog, shop.inventory, path, ImportOptions(), on_rejected=rejected.append)
    assert [each.faults[0].row for each in rejected] == list(range(2, 1102))


async def test_what_is_put_is_one_request_a_chunk(shop: Stand, tmp_path: Path) -> None:
    requests: list[PutProducts] = []

    class Counting:
        def __getattr__(self, name: str) -> Any:
            return getattr(shop.catalog, name)

        async def put_products(self, request: PutProducts) -> Any:
            requests.append(request)
            return await shop.catalog.put_products(request)

    path = many(tmp_path, 1200, category1="Chung", category2="Loại {n}")
    await import_catalog(Counting(), shop.inventory, path, ImportOptions())  # type: ignore[arg-type]
    assert [len(request.products) for request in requests] == [499, 500, 200, 1]
    # What was put once is not put again.
    assert sum(len(request.categories) for request in requests) == 1201
    assert [len(request.shops) for request in requests] == [1, 0, 0, 0]
