"""What can be in a file, and what is said about it."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from vici.flows.import_catalog import read_rows
from vici.flows.import_catalog.sources import csv_file, parquet_file, utf8
from vici.flows.import_catalog.sources.files import open_file
from vici.flows.import_catalog.sources.rows import BadSource, Row, Unreadable


def file(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def cells(folder: Path, name: str, content: bytes | str) -> list[dict[str, Any]]:
    found = list(read_rows(file(folder, name, content)))
    assert all(isinstance(row, Row) for row in found), found
    return [dict(row.cells) for row in found if isinstance(row, Row)]


HEADER = "product_id,product_name,original_price"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_is_read_however_spreadsheets_write_it(tmp_path: Path, encoding: str, newline: str, delimiter: str) -> None:
    text = f'{HEADER}\n1,"Áo, ""cũ""; mới\tđẹp|rẻ",100\n\n2,Quần,200\n'
    quoted = text.replace(",1", "\x001").replace("1,", "1\x00").replace('",', '"\x00').replace("2,", "2\x00")
    quoted = quoted.replace("n,2", "n\x002").replace(HEADER, HEADER.replace(",", "\x00"))
    content = quoted.replace("\x00", delimiter).replace("\n", newline).encode(encoding)
    assert cells(tmp_path, "a.csv", content) == [
        {"product_id": "1", "product_name": 'Áo, "cũ"; mới\tđẹp|rẻ', "original_price": "100"},
        {"product_id": "2", "product_name": "Quần", "original_price": "200"},
    ]


def test_rows_are_counted_as_a_spreadsheet_does(tmp_path: Path) -> None:
    content = f'\n{HEADER}\n1,"two\nlines",1\n2,b,2\n'
    assert [row.number for row in read_rows(file(tmp_path, "a.csv", content))] == [2, 3]


def test_empty_columns_at_the_end_are_no_columns(tmp_path: Path) -> None:
    assert cells(tmp_path, "a.csv", f"{HEADER},,\n1,a,2,,\n") == [
        {"product_id": "1", "product_name": "a", "original_price": "2"}
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1,a", "has 2 cells where the first row has 3: is the file cut off?"),
        ("1,a,2,3", "has 4 cells where the first row has 3: a cell that holds the delimiter"),
        ('1,"a"b,2', "inside a quoted cell a quote is written twice"),
    ],
)
def test_a_broken_row_is_told_and_the_next_is_read(tmp_path: Path, row: str, reason: str) -> None:
    broken, good = read_rows(file(tmp_path, "a.csv", f"{HEADER}\n{row}\n2,b,3\n"))
    assert isinstance(broken, Unreadable)
    assert (broken.number, reason in broken.reason) == (2, True)
    assert isinstance(good, Row)
    assert good.number == 3


def test_a_quote_that_is_never_closed_ends_the_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [good, broken] = read_rows(file(tmp_path, "a.csv", f'{HEADER}\n1,a,1\n2,"b,1\n3,c,1\n'))
    assert isinstance(good, Row)
    assert isinstance(broken, Unreadable)
    assert "never closed" in broken.reason
    monkeypatch.setattr(csv_file, "CELL_CHARACTERS_MAX", 1000)
    many = "".join(f"{number},c,1\n" for number in range(1000))
    [broken] = read_rows(file(tmp_path, "b.csv", f'{HEADER}\n2,"b,1\n{many}'))
    assert isinstance(broken, Unreadable)
    assert "never closed" in broken.reason


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"product_id,product_name\n1,ok\n2,\xc3\x28\n", "line 3 is not UTF-8 \\(byte 0xc3\\); save it as UTF-8"),
        (b"product_id,product_name\n1,\xc3", "line 2 is not UTF-8"),
        ("product_id,Đ".encode("utf-16"), "it is UTF-16; save it as UTF-8"),
        ("product_id,Đ".encode("utf-32"), "it is UTF-32"),
        (b"PK\x03\x04 a spreadsheet", "spreadsheet"),
        (b"\x1f\x8b\x08 zipped", "compressed"),
        (b"PAR1....", "Parquet"),
    ],
)
def test_what_is_not_utf8_is_told_with_its_line(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    with pytest.raises(BadSource, match=reason):
        list(read_rows(file(tmp_path, name, content)))


def test_a_fault_far_down_is_found_before_the_first_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(utf8, "BLOCK_BYTES", 7)
    content = (f"{HEADER}\n" + "1,Điện thoại,2\n" * 100).encode() + b"\xff"
    rows = read_rows(file(tmp_path, "a.csv", content))
    with pytest.raises(BadSource, match="line 102"):
        next(rows)
    assert cells(tmp_path, "b.csv", content[:-1])[99]["product_name"] == "Điện thoại"


def test_a_line_without_end_is_no_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(utf8, "LINE_BYTES_MAX", 2 << 20)
    with pytest.raises(BadSource, match="line 2 is longer than 2 MiB"):
        list(read_rows(file(tmp_path, "a.jsonl", b"{}\n" + b"x" * (4 << 20))))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", "", "it is empty"),
        ("a.csv", "\n \n", "it is empty"),
        ("a.csv", "product_id,product_name,product_id\n", "two columns are called 'product_id'"),
        ("a.csv", '"product_id\n', "its first row cannot be read"),
        ("a.json", "[]", "one object a line"),
        ("a.xlsx", "PK", "must end in .csv, .tsv, .jsonl or .parquet"),
        ("a", "x", "must end in"),
        ("a.parquet", "", "not a whole Parquet file"),
        ("a.parquet", "PAR1 nonsense PAR1", "not a whole Parquet file"),
    ],
)
def test_what_cannot_be_read_at_all_says_why(tmp_path: Path, name: str, content: str, reason: str) -> None:
    with pytest.raises(BadSource, match=reason):
        list(read_rows(file(tmp_path, name, content)))


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(BadSource, match="No such file"):
        list(read_rows(tmp_path / "nothing.csv"))
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(BadSource, match="it is a folder"):
        list(read_rows(tmp_path / "folder.csv"))


def test_jsonl_is_one_object_a_line(tmp_path: Path) -> None:
    content = '\ufeff{"a": 1, "b": [1, {"c": null}]}\n\n  {"a": "\u2028"}\r\n{"a": 1.10}'
    found = list(read_rows(file(tmp_path, "a.jsonl", content)))
    assert found == [
        Row(1, {"a": 1, "b": [1, {"c": None}]}),
        Row(3, {"a": "\u2028"}),
        Row(4, {"a": 1.1}),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"a": 1', "not JSON: expecting ',' delimiter at character 8"),
        ("[1]", "not an object"),
        ("1", "not an object"),
        ('{"a": 1, "a": 2}', "the name 'a' stands twice"),
        ('{"a": {"b": 1, "b": 1}}', "the name 'b' stands twice"),
        ('{"a": NaN}', "NaN is not a number"),
        ('{"a": -Infinity}', "Infinity is not a number"),
        ('{"a": ' + "[" * 100_000 + "]" * 100_000 + "}", "too deep"),
        ('{"a": ' + "9" * 5000 + "}", "not usable"),
    ],
)
def test_a_broken_line_is_told_and_the_next_is_read(tmp_path: Path, line: str, reason: str) -> None:
    broken, good = read_rows(file(tmp_path, "a.jsonl", f'{line}\n{{"a": 2}}\n'))
    assert isinstance(broken, Unreadable)
    assert broken.number == 1
    assert reason in broken.reason
    assert good == Row(2, {"a": 2})


def test_parquet_gives_its_values(tmp_path: Path) -> None:
    table = pa.table(
        {"id": [1, 2], "price": [1.5, None], "attributes": [[("a", "1")], None]},
        schema=pa.schema(
            [("id", pa.int64()), ("price", pa.float64()), ("attributes", pa.map_(pa.string(), pa.string()))]
        ),
    )
    parquet.write_table(table, tmp_path / "a.parquet")
    assert list(read_rows(tmp_path / "a.parquet")) == [
        Row(1, {"id": 1, "price": 1.5, "attributes": [("a", "1")]}),
        Row(2, {"id": 2, "price": None, "attributes": None}),
    ]


def test_a_parquet_file_that_breaks_off_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    parquet.write_table(pa.table({"id": [str(number) for number in range(5000)]}), path, compression="none")
    whole = path.read_bytes()
    with pytest.raises(BadSource, match="not a whole Parquet file"):
        list(read_rows(file(tmp_path, "b.parquet", whole[: len(whole) // 2])))
    # Damaged in the middle: the columns can be told, the rows cannot.
    damaged = whole[:20] + b"\xff" * 2000 + whole[2020:]
    rows = list(read_rows(file(tmp_path, "c.parquet", damaged)))
    assert isinstance(rows[-1], Unreadable)
    assert "what follows cannot be read" in rows[-1].reason


def test_two_parquet_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    table = pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["id", "id"])
    parquet.write_table(table, tmp_path / "a.parquet")
    with pytest.raises(BadSource, match="two columns are called 'id'"):
        list(read_rows(tmp_path / "a.parquet"))


def test_without_the_extra_parquet_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_file, "find_spec", lambda _: None)
    with pytest.raises(BadSource, match=r"pip install 'vici\[parquet\]'"):
        list(read_rows(file(tmp_path, "a.parquet", "")))


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.parquet"])
def test_the_share_that_was_read_grows_to_the_whole(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    rows = [{"product_id": str(number), "product_name": "x" * 50} for number in range(2000)]
    match path.suffix:
        case ".csv":
            lines = "".join(f"{row['product_id']},{row['product_name']}\n" for row in rows)
            path.write_text(f"product_id,product_name\n{lines}")
        case ".jsonl":
            path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        case _:
            parquet.write_table(pa.Table.from_pylist(rows), path)
    with open_file(path) as opened:
        shares = [opened.share_read() for row in opened.rows if row.number % 100 == 0]
    assert shares == sorted(shares)
    assert shares[0] < 0.3
    assert shares[-1] == 1
