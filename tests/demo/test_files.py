"""A mistake in a file of the demo shop is told with the file and the line."""

import re
import shutil
from pathlib import Path

import pytest

from vici.demo.catalogue import FOLDER, read_assortment
from vici.demo.demo_file import BadDemoFile
from vici.demo.variant_table import BadTable, Row, read_table

DEPARTMENT = """\
shop: dien-tu
labels:
  screen: [Màn hình (inch), Screen (in)]
  scent: [Mùi hương, Scent]
products:
- id: one
  sku: ONE
  category: iphone
  picture: phone
  vi:
    name: Một
    short: Ngắn
    text: Dài.
  en:
    name: One
    short: Short
    text: Long.
  facts: {screen: 6.1}
  variants: |
    color        storage  price  was  stock
    black, blue  64 GB    2.000  -    3, 4
    black        128 GB   3.000  4.000  0
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("shops.yaml", "categories.yaml", "colors.yaml"):
        shutil.copy(FOLDER / name, tmp_path)
    (tmp_path / "catalogue").mkdir()
    (tmp_path / "catalogue" / "things.yaml").write_text(DEPARTMENT, encoding="utf-8")
    return tmp_path


def test_a_small_department_is_read(folder: Path) -> None:
    (item,) = read_assortment(folder).items
    assert [variant.variant_id for variant in item.product.variants] == [
        "one-blk-64gb",
        "one-blu-64gb",
        "one-blk-128gb",
    ]
    assert item.product.options == ("color", "storage")
    assert item.product.variants[1].options == {"color": "Xanh dương", "storage": "64 GB"}
    assert [level.available for level in item.levels] == [3, 4, 0]
    assert item.product.attributes == {"Màn hình (inch)": 6.1}
    assert item.product.translations["en"].attributes == {"Screen (in)": 6.1}
    assert item.product.images == ("/images/products/one.svg", "/images/products/one-blue.svg")


@pytest.mark.parametrize(
    ("was", "becomes", "line", "reason"),
    [
        ("shop: dien-tu", "shop: nowhere", 6, "there is no shop 'nowhere'"),
        ("category: iphone", "category: ships", 8, "there is no category 'ships'"),
        ("picture: phone", "picture: spaceship", 9, "there is no drawing 'spaceship'"),
        ("  sku: ONE\n", "", 6, "Field required"),
        ("sku: ONE", "sku: ONE\n  weight: 3", 8, "Extra inputs are not permitted"),
        ("    name: One\n", "", 14, "Field required"),
        ("facts: {screen: 6.1}", "facts: {width: 6.1}", 18, "the fact 'width' has no label"),
        ("64 GB    2.000", "64 GB    cheap", 21, "'cheap' is not an amount in VND: not a number"),
        ("3, 4", "3", 21, None),
        ("3, 4", "3, 4, 5", 21, "2 variants, but 3 figures of stock"),
        ("3.000  4.000", "3.000  3.000", 22, "what it was before the discount is not above the price"),
        ("128 GB   3.000", "128 GB 3.000", 22, "4 cells under 5 headings"),
        ("black        128 GB", "black        64 GB ", 19, "'ONE-BLK-64GB' is taken"),
        ("black        128", "puce         128", 19, "there is no color 'puce'"),
        ("color        storage  price", "color        flavour  price", 19, "the option 'flavour' has no label"),
        ("price  was", "prize  was", 20, "a table of variants has its options, then 'price', 'was', 'usd' and 'stock'"),
        ("labels:", "labels: {", 4, None),
        ("[Màn hình (inch), Screen (in)]", "[Màn hình (inch)]", 3, "Field required"),
        ("status", "status", 0, None),
    ],
)
def test_a_mistake_is_told_with_its_line(folder: Path, was: str, becomes: str, line: int, reason: str | None) -> None:
    file = folder / "catalogue" / "things.yaml"
    file.write_text(DEPARTMENT.replace(was, becomes), encoding="utf-8")
    if reason is None and line in (0, 21):  # one figure of stock is for all; nothing was replaced
        assert read_assortment(folder).items
        return
    with pytest.raises(BadDemoFile) as refusal:
        read_assortment(folder)
    assert refusal.value.facts["file"] == "things.yaml"
    assert refusal.value.facts["line"] == line
    if reason is not None:
        assert refusal.value.facts["reason"] == reason


def test_a_colour_without_a_tone_is_refused(folder: Path) -> None:
    (folder / "colors.yaml").write_text("black: [Đen, Black, BLK, red]\n", encoding="utf-8")
    with pytest.raises(BadDemoFile, match=re.escape("colors.yaml, line 1")):
        read_assortment(folder)


def test_a_category_without_its_english_name_is_refused(folder: Path) -> None:
    (folder / "categories.yaml").write_text("phones:\n  names: [Điện thoại]\n  below: {}\n", encoding="utf-8")
    with pytest.raises(BadDemoFile, match=re.escape("categories.yaml, line 2")):
        read_assortment(folder)


def test_a_product_that_is_there_twice_is_refused(folder: Path) -> None:
    shutil.copy(folder / "catalogue" / "things.yaml", folder / "catalogue" / "things2.yaml")
    with pytest.raises(BadDemoFile, match=re.escape("things2.yaml, line 6: 'one' is taken")):
        read_assortment(folder)


def test_a_table_makes_a_variant_of_each_combination() -> None:
    rows = read_table("color       size  price   usd   stock\nred, blue  S, M  10.000  0.50  1, 2, 3, 4\n")
    assert rows == [
        Row({"color": "red", "size": "S"}, 10_000, None, 50, 1),
        Row({"color": "red", "size": "M"}, 10_000, None, 50, 2),
        Row({"color": "blue", "size": "S"}, 10_000, None, 50, 3),
        Row({"color": "blue", "size": "M"}, 10_000, None, 50, 4),
    ]


def test_a_table_without_options_is_one_variant() -> None:
    assert read_table("price  stock\n5.000  7\n") == [Row({}, 5_000, None, None, 7)]


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("", 0),
        ("price  stock\n", 0),
        ("price\n5.000\n", 0),
        ("price  stock\n5.000  -1\n", 1),
        ("price  stock\n5.000  many\n", 1),
        ("price  usd  stock\n5.000  0.123  1\n", 1),
    ],
)
def test_a_table_that_says_nothing_is_refused(table: str, line: int) -> None:
    with pytest.raises(BadTable) as bad:
        read_table(table)
    assert bad.value.line == line
