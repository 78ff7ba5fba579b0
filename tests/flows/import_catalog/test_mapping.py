"""The mapping file, and what is said about a wrong one."""

from pathlib import Path

import pytest

from vici.flows.import_catalog import Drafted, Reading, drafts, read_mapping
from vici.flows.import_catalog.drafts import Drafter
from vici.flows.import_catalog.mapping import BadMapping
from vici.flows.import_catalog.sources.rows import Row


def mapping_file(folder: Path, text: str | bytes) -> Path:
    path = folder / "mapping.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


GOOD = """
# comments are fine
columns:
  product_id: Mã hàng
  product_name: "Tên: hàng"
  discount_price_usd: Giá $
attributes:
  Chất liệu: chat_lieu
defaults:
  brand: Mộc
  category1: Áo
  category1_en: Shirts
  language: vi
"""


def test_names_are_mapped_and_gaps_filled(tmp_path: Path) -> None:
    row = Row(2, {"Mã hàng": "a", "Tên: hàng": "Áo", "Giá $": "1.50", "chat_lieu": "cotton", "x": "ignored"})
    [made] = drafts([row], Reading(read_mapping(mapping_file(tmp_path, GOOD))))
    assert isinstance(made, Drafted)
    assert (made.draft.product_id, made.draft.name, made.draft.brand) == ("a", "Áo", "Mộc")
    assert (made.draft.attributes, made.categories) == ({"Chất liệu": "cotton"}, ({"vi": "Áo", "en": "Shirts"},))
    assert [(price.currency, price.amount_minor) for price in made.draft.variants[0].prices] == [("USD", 150)]


@pytest.mark.parametrize("text", ["", "# nothing\n", "columns:\n", "columns: {}\nattributes:\n"])
def test_an_empty_mapping_maps_nothing(tmp_path: Path, text: str) -> None:
    read = read_mapping(mapping_file(tmp_path, text))
    assert (read.columns, read.attributes, read.defaults) == ({}, {}, {})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "columns:\n  prodct_name: x\n",
            "line 2: 'prodct_name' is no field of a product; did you mean 'product_name'?",
        ),
        ("columns:\n  zzzz: x\n", "line 2: 'zzzz' is no field of a product."),
        ("colums:\n  a: b\n", "line 2: 'colums' is no section; there are columns, attributes, defaults"),
        ("columns:\n  product_id: a\n\n  product_id: b\n", "line 4: 'product_id' stands twice"),
        ("columns:\n  product_id: a\ncolumns:\n  brand: b\n", "line 4: the section 'columns' stands twice"),
        ("columns:\n  product_id: [a, b]\n", "line 2: 'product_id' needs one text"),
        ("columns:\n  product_id:\n", "line 2: 'product_id' needs one text"),
        ("columns:\n- product_id\n", "line 2: expected lines of `name: value`"),
        ("just text\n", "line 1: expected lines"),
        ("columns:\n  [a]: b\n", "line 2: a name must be text"),
        ("columns:\n  product_id: 'a\n", "line 3: not YAML"),
        ("columns:\n\tproduct_id: a\n", "line 2: not YAML"),
        ("defaults:\n  product_id: a\n", "line 2: 'product_id' cannot be the same for every row"),
        ("a: *b\n", "line 1: not YAML"),
        ("[" * 50_000, "line 1: not YAML"),
        (b"columns:\n  product_id: \xff\n", "line 2: not UTF-8 text"),
        (b"a: \x00", "line 1: not YAML"),
    ],
)
def test_a_wrong_mapping_is_told_with_its_line(tmp_path: Path, text: str | bytes, told: str) -> None:
    path = mapping_file(tmp_path, text)
    with pytest.raises(BadMapping) as refusal:
        read_mapping(path)
    assert str(refusal.value).startswith(f"{path}, {told}")
    assert "\n" not in str(refusal.value)


def test_all_mistakes_of_a_mapping_are_told_at_once(tmp_path: Path) -> None:
    path = mapping_file(tmp_path, "columns:\n  product_id: Mã\n  giá: Giá\n  brand: Hãng\ndefaults:\n  sku: x\n")
    with pytest.raises(BadMapping) as refusal:
        read_mapping(path, ("Mã", "Giá"))
    told = str(refusal.value).splitlines()
    assert [line.split(": ")[0] for line in told] == [f"{path}, line {number}" for number in (3, 4, 6)]


def test_a_mapping_that_is_not_there_or_far_too_large_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadMapping, match="No such file"):
        read_mapping(tmp_path / "none.yaml")
    with pytest.raises(BadMapping, match="larger than"):
        read_mapping(mapping_file(tmp_path, "#" * 1_000_001))


def test_a_column_the_source_does_not_have_is_told_with_the_line(tmp_path: Path) -> None:
    reading = Reading(read_mapping(mapping_file(tmp_path, GOOD)))
    with pytest.raises(BadMapping, match=r"line 6: the source has no column 'Giá \$'; it has 'Mã hàng', 'Tên: hàng'"):
        Drafter(reading, ("Mã hàng", "Tên: hàng"))
