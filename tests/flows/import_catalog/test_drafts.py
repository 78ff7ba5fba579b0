"""Rows become products, or are told what is wrong with them."""

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.measurement_data import measurement_data
from vici.domains.catalog.api import Price, Status, Translation
from vici.flows.import_catalog import ColumnMapping, Drafted, Fault, Reading, Rejected, drafts, read_rows
from vici.flows.import_catalog.mapping import Entry
from vici.flows.import_catalog.sources.rows import BadSource, Row, Unreadable

VI = Reading(language="vi")


def read(*rows: dict[str, Any], reading: Reading = VI) -> list[Drafted | Rejected]:
    return list(drafts([Row(number, cells) for number, cells in enumerate(rows, start=2)], reading))


def one(reading: Reading = VI, **cells: Any) -> Drafted:
    [made] = read({"product_id": "p", "product_name": "Áo", "original_price": "1000"} | cells, reading=reading)
    assert isinstance(made, Drafted), made
    return made


def faults(reading: Reading = VI, **cells: Any) -> list[Fault]:
    [made] = read({"product_id": "p", "product_name": "Áo", "original_price": "1000"} | cells, reading=reading)
    assert isinstance(made, Rejected), made
    return list(made.faults)


def test_one_row_is_one_product_with_one_variant() -> None:
    made = one(
        product_id=" tee ",
        product_name=" Áo thun ",
        product_description=" Dòng một\nDòng hai ",
        short_description="Cotton",
        original_price="249000",
        discount_price="199000",
        category1="Thời trang",
        category2="Áo",
        status="available",
        count="12",
        shop_id="s1",
        shop_name="Mộc",
        brand="Mộc",
        sku="T-1",
        barcode="0893",
        image_url="/a.jpg",
        attributes='{"Chất liệu": "cotton", "Nặng": 220, "Mới": true, "Co giãn": 1.5, "Không": null}',
    )
    draft = made.draft
    assert (made.row, made.shop_name, made.categories) == (2, "Mộc", ({"vi": "Thời trang"}, {"vi": "Áo"}))
    assert (draft.product_id, draft.name, draft.description) == ("tee", "Áo thun", " Dòng một\nDòng hai ")
    assert (draft.shop_id, draft.brand, draft.images, draft.status) == ("s1", "Mộc", ("/a.jpg",), Status.AVAILABLE)
    assert draft.attributes == {"Chất liệu": "cotton", "Nặng": 220, "Mới": True, "Co giãn": 1.5}
    [variant] = draft.variants
    assert (variant.variant_id, variant.sku, variant.barcode, variant.options) == ("tee", "T-1", "0893", {})
    assert variant.prices == (Price(currency="VND", amount_minor=199_000, original_minor=249_000),)
    assert [(level.variant_id, level.available) for level in made.levels] == [("tee", 12)]


def test_what_is_not_there_gets_what_is_usual() -> None:
    draft = one().draft
    assert (draft.shop_id, draft.language, draft.status, draft.brand, draft.category_id) == (
        "main",
        "vi",
        Status.AVAILABLE,
        None,
        None,
    )
    assert one().levels == ()
    assert one(count="").levels == ()


@pytest.mark.parametrize(
    ("cells", "column", "value", "reason"),
    [
        ({"product_id": ""}, "product_id", "", "empty: every product needs an id"),
        ({"product_name": "  "}, "product_name", "", "empty: every product needs a name"),
        ({"product_name": "x" * 301}, "product_name", "x" * 60 + "…", "longer than 300 characters: shorten it"),
        ({"product_name": "a\x00b"}, "product_name", "a�b", "U+0000"),
        ({"product_name": ["a"]}, "product_name", "['a']", "a list where text is expected"),
        ({"product_id": "a\tb"}, "product_id", "a�b", "none of them invisible"),
        ({"product_id": "x" * 101}, "product_id", "x" * 60 + "…", "longer than 100 characters"),
        ({"original_price": "abc"}, "original_price", "abc", "not a number for VND: write a plain number"),
        ({"original_price": "15.990.000 ₫", "currency": "USD"}, "original_price", "15.990.000 ₫", "not a number"),
        ({"original_price": "-1"}, "original_price", "-1", "negative"),
        ({"original_price": "1.5"}, "original_price", "1.5", "more than 0 decimals for VND"),
        ({"original_price": "1e400"}, "original_price", "1e400", "too large"),
        ({"original_price": "9" * 5000}, "original_price", "9" * 60 + "…", "too large"),
        ({"original_price": "Infinity"}, "original_price", "Infinity", "not a number"),
        ({"original_price": True}, "original_price", "True", "not an amount"),
        ({"original_price": ""}, "original_price", "", "empty: every product needs a price"),
        ({"discount_price": "1001"}, "discount_price", "1001", "above original_price"),
        ({"original_price": "", "price_minor": "1.5"}, "price_minor", "1.5", "not a number of cents"),
        ({"currency": "dong"}, "currency", "dong", "ISO 4217"),
        ({"currency": "XYZ"}, "currency", "XYZ", "ISO 4217"),
        ({"status": "gone"}, "status", "gone", "not a status: write draft, available, discontinued"),
        ({"count": "-1"}, "count", "-1", "not a number of pieces"),
        ({"count": "1,000"}, "count", "1,000", "not a number of pieces"),
        ({"count": "1.5"}, "count", "1.5", "not a number of pieces"),
        ({"count": True}, "count", "True", "not a number of pieces"),
        ({"count": "9999999999"}, "count", "9999999999", "out of range"),
        ({"attributes": "{"}, "attributes", "{", "not JSON"),
        ({"attributes": '{"a": 1, "a": 2}'}, "attributes", '{"a": 1, "a": 2}', "stands twice"),
        ({"attributes": "[1]"}, "attributes", "[1]", "not an object"),
        ({"attributes": {"a": "x" * 10_001}}, "attributes", "x" * 60 + "…", "a: longer than 10,000 characters"),
        ({"attributes": '{"a": 1e400}'}, "attributes", "inf", "a: "),
        ({"attributes": {" ": 1}}, "attributes", " ", "empty"),
        ({"attributes": {str(n): n for n in range(501)}}, "attributes", None, "more than 500"),
        ({"image_url": "a.jpg"}, "image_url", "a.jpg", "must start with https:// or /"),
        ({"image_url": "http://e.vn/a"}, "image_url", "http://e.vn/a", "not on https, and pages show no other"),
        ({"images": "/a http://e.vn/b"}, "images", "http://e.vn/b", "not on https, and pages show no other"),
        ({"variant_image_url": "http://e.vn/c"}, "variant_image_url", "http://e.vn/c", "not on https"),
        ({"images": "[1"}, "images", "[1", "not JSON"),
        ({"images": {"a": 1}}, "images", "{'a': 1}", "not a list"),
        ({"category2": "Áo"}, "category2", "Áo", "category1 is empty"),
        ({"category1": "x" * 301}, "category1", "x" * 60 + "…", "longer than 300"),
        ({"language": "vie"}, "language", "vie", "two small letters"),
        ({"options": '{"Cỡ": ["M"]}'}, "options", "['M']", "the option 'Cỡ' needs one text"),
        ({"sku": "x" * 101}, "sku", "x" * 60 + "…", "longer than 100"),
        ({"variant_image_url": "x"}, "variant_image_url", "x", "must start with"),
        ({"product_name_en": "x" * 301}, "product_name_en", "x" * 60 + "…", "longer than 300"),
        ({"shop_name": "x" * 301}, "shop_name", "x" * 60 + "…", "longer than 300"),
        ({"product_description": "x" * 50_001}, "product_description", "x" * 60 + "…", "longer than 50,000"),
    ],
)
def test_a_wrong_cell_is_told(cells: dict[str, Any], column: str, value: str | None, reason: str) -> None:
    [fault] = faults(**cells)
    assert (fault.row, fault.column) == (2, column)
    assert value is None or fault.value == value
    assert reason in fault.reason


def test_all_faults_of_a_row_are_told_at_once() -> None:
    told = faults(original_price="x", status="y", count="z", attributes="{")
    assert sorted(fault.column for fault in told) == ["attributes", "count", "original_price", "status"]


def test_what_only_the_whole_product_shows_is_told_with_the_cells_by_the_source_s_names() -> None:
    row = {"Mã SP": "p", "Tên hàng": "Áo", "Giá": "x", "SL": "vài", "Ảnh": "a.jpg", "Hãng": "h"}
    [made] = read(row, reading=Reading(ColumnMapping(columns={"shop_id": Entry("Hãng", 1)}), language="vi"))
    assert isinstance(made, Rejected)
    assert sorted(fault.column for fault in made.faults) == ["Giá", "SL", "Ảnh"]
    [told] = faults(image_url="/a.jpg", images="/b.jpg c.jpg")
    assert (told.column, told.value) == ("images", "c.jpg")
    assert told.reason.startswith("not an address")


def test_faults_are_told_by_the_source_s_own_names() -> None:
    [made] = read({"Mã hàng": "p", "Tên hàng": "Áo", "Giá": "x"})
    assert isinstance(made, Rejected)
    assert (made.product_id, made.faults[0].column) == ("p", "Giá")


def test_a_value_in_a_report_moves_no_cursor() -> None:
    [fault] = faults(original_price="\x1b[31m\r\n1")
    assert fault.value == "�[31m��1"


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Draft", Status.DRAFT),
        ("inactive", Status.DRAFT),
        ("Nháp", Status.DRAFT),
        ("ACTIVE", Status.AVAILABLE),
        ("In stock", Status.AVAILABLE),
        ("Đang bán", Status.AVAILABLE),
        ("", Status.AVAILABLE),
        ("Archived", Status.DISCONTINUED),
        ("Ngừng kinh doanh", Status.DISCONTINUED),
    ],
)
def test_a_status_is_understood_in_common_words(word: str, status: Status) -> None:
    assert one(status=word).draft.status is status


def test_rows_of_one_id_are_variants_of_one_product() -> None:
    common = {"product_id": "tee", "product_name": "Áo thun", "original_price": 100}
    [made, other] = read(
        common | {"options": {"Màu": "Đen", "Cỡ": "M"}, "sku": "B-M", "count": 1, "variant_image_url": "/b.jpg"},
        common | {"options": '{"Cỡ": "L", "Màu": "Đen"}', "product_name": "ignored", "original_price": 120},
        common | {"options": {"Màu": "Trắng", "Cỡ": 1.0}, "variant_id": "own", "count": 0},
        {"product_id": "other", "product_name": "x", "original_price": 1},
    )
    assert isinstance(made, Drafted)
    assert isinstance(other, Drafted)
    draft = made.draft
    assert (draft.name, draft.options) == ("Áo thun", ("Màu", "Cỡ"))
    assert [variant.variant_id for variant in draft.variants] == ["tee-den-m", "tee-l-den", "own"]
    assert [dict(variant.options) for variant in draft.variants] == [
        {"Màu": "Đen", "Cỡ": "M"},
        {"Cỡ": "L", "Màu": "Đen"},
        {"Màu": "Trắng", "Cỡ": "1"},
    ]
    assert [variant.prices[0].amount_minor for variant in draft.variants] == [100, 120, 100]
    assert [(level.variant_id, level.available) for level in made.levels] == [("tee-den-m", 1), ("own", 0)]
    assert (draft.variants[0].image_url, made.row, other.row) == ("/b.jpg", 2, 5)


def test_one_bad_row_keeps_the_whole_product_out() -> None:
    common = {"product_id": "tee", "product_name": "Áo"}
    [made, after] = read(
        common | {"options": {"Cỡ": "M"}, "original_price": 1},
        common | {"options": {"Cỡ": "L"}, "original_price": "x"},
        {"product_id": "b", "product_name": "b", "original_price": 1},
    )
    assert isinstance(made, Rejected)
    assert [fault.row for fault in made.faults] == [3]
    assert isinstance(after, Drafted)


def test_a_product_has_so_many_variants_and_no_more() -> None:
    def rows(number: int) -> list[Drafted | Rejected]:
        common = {"product_id": "p", "product_name": "p", "original_price": 1}
        return read(*(common | {"options": {"Cỡ": str(size)}} for size in range(number)))

    [whole] = rows(200)
    assert isinstance(whole, Drafted)
    assert len(whole.draft.variants) == 200
    for number in (201, 1000):
        [refused] = rows(number)
        assert isinstance(refused, Rejected)
        assert refused.faults == (Fault(2, "product_id", "p", "has more than 200 variants"),)


def test_a_row_that_stands_twice_is_told_with_the_other() -> None:
    row = {"product_id": "a", "product_name": "a", "original_price": 1}
    [made] = read(row, row)
    assert isinstance(made, Rejected)
    [fault] = made.faults
    assert (fault.row, fault.column) == (3, "product_id")
    assert "row 2 is the same product" in fault.reason


def test_rows_of_one_product_must_follow_each_other() -> None:
    first, _, again = read(*({"product_id": key, "product_name": key, "original_price": 1} for key in "aba"))
    assert isinstance(first, Drafted)
    assert isinstance(again, Rejected)
    [fault] = again.faults
    assert (fault.row, "row 2" in fault.reason) == (4, True)


@pytest.mark.parametrize("code", ["sku", "barcode", "variant_id"])
def test_a_code_that_stood_before_is_told_with_its_row(code: str) -> None:
    row = {"product_name": "x", "original_price": 1, code: "C"}
    _, second = read(row | {"product_id": "a"}, row | {"product_id": "b"})
    assert isinstance(second, Rejected)
    assert second.faults == (Fault(3, code, "C", "row 2 has it already: it names one variant only"),)


def test_a_code_of_a_product_that_was_not_taken_is_free() -> None:
    row = {"product_name": "x", "sku": "C"}
    _, second = read(row | {"product_id": "a", "original_price": "x"}, row | {"product_id": "b", "original_price": 1})
    assert isinstance(second, Drafted)


def test_texts_in_other_languages_stand_beside() -> None:
    made = one(
        product_name_en="Shirt",
        short_description_en="",
        product_description_en="Long",
        attributes_en='{"Material": "cotton"}',
        product_name_ja="",
        category1="Áo",
        category1_en="Shirts",
    )
    assert made.draft.translations == {
        "en": Translation(name="Shirt", description="Long", attributes={"Material": "cotton"})
    }
    assert made.categories == ({"vi": "Áo", "en": "Shirts"},)


def test_a_translation_into_the_product_s_own_language_is_its_text() -> None:
    made = one(Reading(language="en"), product_name="", product_name_en="Shirt", product_name_vi="Áo")
    assert (made.draft.name, made.draft.translations) == ("Shirt", {"vi": Translation(name="Áo")})


def test_images_come_as_a_list_or_as_words() -> None:
    for images in (
        '["/b|c", "/a"]',
        ["/b|c", "/a", None],
    ):
        assert one(image_url="/a", images=images).draft.images == ("/a", "/b|c")
    assert one(images="/a https://e.vn/b | /c\n/a").draft.images == ("/a", "https://e.vn/b", "/c")


def test_columns_nobody_knows_become_attributes_when_asked() -> None:
    cells = {"weight": "5 kg", "released": date(2026, 1, 2), "pieces": Decimal("3"), "empty": "", "none": None}
    assert one(**cells).draft.attributes == {}
    kept = one(Reading(language="vi", attributes_from_rest=True), **cells, attributes='{"weight": "own"}')
    assert kept.draft.attributes == {"weight": "own", "released": "2026-01-02", "pieces": 3}


def test_names_with_their_kind_in_front_become_plain_words() -> None:
    typed = {"t_product_colour": "Black", "n_weight": 2.0, "n_depth": 1.5, "b_touchscreen": False, "t_weight": "2 kg"}
    assert one(attributes=typed).draft.attributes == {
        "product colour": "Black",
        "weight": 2,
        "depth": 1.5,
        "touchscreen": False,
        "weight (text)": "2 kg",
    }
    # Not where the kinds are wrong, or only some names look like it.
    for literal in ({"t_shirt": 5}, {"n_x": 1, "colour": "red"}, {"b_": True}):
        assert one(attributes=literal).draft.attributes == literal


def test_a_table_of_specifications_is_opened() -> None:
    table = {
        "Model": ["LNS100"],
        "DRAM": "-",
        "Phần mềm": "",
        "Cảm biến": {"DPI": "12000", "Đèn nền": "", "Model": "PixArt", "Cổng": ["USB", "-", "BT"]},
        "Pin": {},
        "Nặng": 5,
    }
    assert one(specifications=table).draft.attributes == {
        "Model": "LNS100",
        "DPI": "12000",
        "Cảm biến: Model": "PixArt",
        "Cổng": "USB, BT",
        "Nặng": 5,
    }


def test_an_attribute_of_many_values_is_one_text() -> None:
    made = one(attributes={"colours": ["red", "blue", None], "sizes": [1, 2.5], "nested": {"a": [1]}, "none": []})
    assert made.draft.attributes == {"colours": "red, blue", "sizes": "1, 2.5", "nested": '{"a": [1]}'}


def test_what_is_not_a_row_is_rejected_with_its_number() -> None:
    found = list(drafts([Unreadable(7, "\x1b{", "not JSON")], VI))
    assert found == [Rejected("", (Fault(7, "", "�{", "not JSON"),))]


def test_a_source_without_what_products_need_is_refused() -> None:
    for cells, told in (
        ({"product_name": "x", "price": 1}, "no column is product_id"),
        ({"id": "x", "price": 1}, "no column is product_name"),
        ({"id": "x", "title": "y"}, r"no column is original_price .*there are 'id', 'title'"),
    ):
        with pytest.raises(BadSource, match=told):
            read(cells)


def test_rows_that_name_different_things_are_each_understood() -> None:
    found = read(
        {"id": "a", "title": "A", "price": 10, "compare_at_price": 20},
        {"id": "b", "name": "B", "price": 10},
        {"id": "c", "title": "C", "name": "M-3", "price_usd": 1.5},
    )
    assert [(made.draft.name, made.draft.attributes) for made in found if isinstance(made, Drafted)] == [
        ("A", {}),
        ("B", {}),
        ("C", {"model": "M-3"}),
    ]
    assert [made.draft.variants[0].prices[0].original_minor for made in found if isinstance(made, Drafted)] == [
        20,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("names", "language"),
    [
        (["Áo thun"], "vi"),
        (["Wireless mouse"] * 10 + ["Café crème"], "en"),
        (["iPhone 15"] * 9 + ["Ốp lưng"], "vi"),
        (["iPhone 15"] * 20 + ["Ốp lưng"], "en"),
    ],
)
def test_the_language_is_guessed_from_the_first_rows(names: list[str], language: str) -> None:
    found = read(
        *({"id": str(number), "title": name, "price": 1} for number, name in enumerate(names)), reading=Reading()
    )
    assert {made.draft.language for made in found if isinstance(made, Drafted)} == {language}


def test_a_row_may_name_its_own_language() -> None:
    assert one(Reading(language="en"), language="VI").draft.language == "vi"


def test_a_refusal_names_some_columns_not_all() -> None:
    with pytest.raises(BadSource) as refusal:
        read({f"c{number}" * 100: 1 for number in range(1000)})
    assert len(str(refusal.value)) < 2000
    assert "…" in str(refusal.value)


def test_the_icecat_catalogue_is_read_without_a_mapping() -> None:
    found = list(drafts(read_rows(measurement_data() / "common" / "search_icecat_products.parquet")))
    assert Counter(type(made) for made in found) == {Drafted: 19_406}
    made = next(made for made in found if isinstance(made, Drafted) and made.draft.product_id == "2101957")
    draft = made.draft
    assert (draft.language, draft.brand, draft.attributes["model"]) == ("en", "HP", "dv7-1211ea")
    assert (draft.variants[0].barcode, draft.variants[0].prices) == (
        "0884420588030",
        (Price(currency="USD", amount_minor=10_995),),
    )
    assert (draft.attributes["display diagonal"], draft.attributes["touchscreen"]) == (17, False)


def test_the_vietnamese_catalogue_is_read_without_a_mapping() -> None:
    found = list(drafts(read_rows(measurement_data() / "common" / "vi_memoryzone_products.parquet")))
    rejected = [made for made in found if isinstance(made, Rejected)]
    assert len(found) == 1090
    assert {fault.reason.partition(":")[0] for made in rejected for fault in made.faults} == {"empty"}
    assert {fault.column for made in rejected for fault in made.faults} == {"price_vnd"}
    assert len(rejected) == 9
    first = found[0]
    assert isinstance(first, Drafted)
    assert (first.draft.language, first.draft.variants[0].prices) == (
        "vi",
        (Price(currency="VND", amount_minor=265_000),),
    )
    assert first.draft.attributes["Dung lượng"] == "120 GB"
