"""Which column is what."""

import pytest

from vici.flows.import_catalog.columns import FIELDS, is_field, is_known, resolve


def sources(*names: str, **mapped: str) -> dict[str, str]:
    return dict(resolve(names, mapped, {}).sources)


def test_our_own_names_are_taken_as_they_are() -> None:
    assert sources(*FIELDS) == {name: name for name in FIELDS}


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("Product ID", "product_id"),
        ("PRODUCT-NAME", "product_name"),
        ("id", "product_id"),
        ("Handle", "product_id"),
        ("title", "product_name"),
        ("Tên sản phẩm", "product_name"),
        ("Mô tả", "product_description"),
        ("Giá bán", "original_price"),
        ("Giá niêm yết", "original_price"),
        ("Giá", "original_price"),
        ("Giá khuyến mãi", "discount_price"),
        ("Giá KM", "discount_price"),
        ("Mã SP", "product_id"),
        ("Mã hàng", "product_id"),
        ("TÊN HÀNG", "product_name"),
        ("SL", "count"),
        ("Tồn kho", "count"),
        ("Ảnh", "image_url"),
        ("Hình ảnh", "image_url"),
        ("Danh mục", "category1"),
        ("Nhóm hàng", "category1"),
        ("Thương hiệu", "brand"),
        ("Số lượng", "count"),
        ("EAN", "barcode"),
        ("gtin", "barcode"),
        ("stock", "count"),
        ("vendor", "brand"),
        ("specifications", "specifications"),
        ("price_cents", "price_minor"),
        ("compare_at_price", "original_price"),
        ("sale_price", "discount_price"),
        ("category", "category1"),
        ("description_en", "product_description_en"),
        ("title_en", "product_name_en"),
        ("category2_en", "category2_en"),
        ("price_vnd", "original_price_vnd"),
        ("Sale Price (USD)", "discount_price_usd"),
        ("attributes_ja", "attributes_ja"),
    ],
)
def test_common_names_are_understood(theirs: str, ours: str) -> None:
    assert sources(theirs).get(ours) == theirs
    assert is_known(theirs)


@pytest.mark.parametrize(
    "name",
    ["price_old", "weight", "category_id", "date_released", "", "___", "image_no", "name_plate", "sku_vi", "_en"],
)
def test_other_names_are_left_to_the_rest(name: str) -> None:
    found = resolve((name,), {}, {})
    assert (found.sources, found.rest) == ({}, (name,))
    assert not is_known(name)


def test_our_own_name_counts_before_a_common_one_wherever_it_stands() -> None:
    found = resolve(("id", "title", "product_name", "product_id"), {}, {})
    assert found.sources == {"product_id": "product_id", "product_name": "product_name"}
    assert found.rest == ("id", "title")


def test_what_the_mapping_says_counts_first() -> None:
    found = resolve(("id", "code", "title", "Chất liệu"), {"product_id": "code"}, {"material": "Chất liệu"})
    assert found.sources == {"product_id": "code", "product_name": "title"}
    assert (found.attributes, found.rest) == ({"material": "Chất liệu"}, ("id",))


def test_a_name_beside_a_title_is_the_model() -> None:
    assert resolve(("id", "title", "name"), {}, {}).attributes == {"model": "name"}
    assert sources("id", "name") == {"product_id": "id", "product_name": "name"}


def test_a_list_by_sku_needs_no_other_id() -> None:
    assert sources("sku", "name") == {"sku": "sku", "product_name": "name", "product_id": "sku"}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("price",), {"original_price": "price"}),
        (("price", "compare_at_price"), {"discount_price": "price", "original_price": "compare_at_price"}),
        (("sale_price", "price"), {"discount_price": "sale_price", "original_price": "price"}),
        (("price_usd", "list_price_usd"), {"discount_price_usd": "price_usd", "original_price_usd": "list_price_usd"}),
        (("price", "price_usd"), {"original_price": "price", "original_price_usd": "price_usd"}),
    ],
)
def test_a_plain_price_is_what_the_other_one_is_not(names: tuple[str, ...], expected: dict[str, str]) -> None:
    assert sources(*names) == expected


def test_languages_and_currencies_are_told() -> None:
    found = resolve(
        ("product_name_en", "attributes_ja", "discount_price_usd", "original_price_eur", "price_vnd"), {}, {}
    )
    assert found.languages == ("en", "ja")
    assert found.currencies == ("USD", "EUR", "VND")


def test_what_no_product_can_do_without_is_told() -> None:
    for names, lacking in (
        (("product_name", "price"), "product_id"),
        (("id", "price"), "product_name"),
        (("id", "title"), "original_price"),
        (("id", "title", "price_usd"), None),
        (("id", "title", "price_cents"), None),
        (("sku", "name", "discount_price"), None),
    ):
        told = resolve(names, {}, {}).missing
        assert (told is None) == (lacking is None)
        assert lacking is None or told is None or told.startswith(lacking)


def test_what_has_a_default_needs_no_column() -> None:
    found = resolve(("id", "title"), {}, {}, ("original_price", "category1_en"))
    assert (found.missing, found.languages) == (None, ("en",))


def test_a_mapping_may_name_translations_and_currencies_too() -> None:
    assert all(map(is_field, ("product_name_en", "discount_price_usd", "category1_vi", "price_minor")))
    assert not any(map(is_field, ("name_en", "price", "price_usd", "title", "discount_price_old", "")))
