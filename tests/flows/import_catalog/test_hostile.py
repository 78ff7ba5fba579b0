"""Whatever is in a file: products, or words about what is wrong; never a crash, never silence."""

import json
import re
from pathlib import Path
from typing import Any

import pyarrow as pa
from hypothesis import example, given
from hypothesis import strategies as st
from pyarrow import parquet

from vici.flows.import_catalog import Drafted, Reading, Rejected, drafts, read_rows
from vici.flows.import_catalog.columns import FIELDS
from vici.flows.import_catalog.mapping import BadMapping, read_mapping
from vici.flows.import_catalog.sources.rows import BadSource, Row
from vici.kit.errors import Refusal

_names = st.sampled_from(
    [*FIELDS, "id", "title", "price", "price_usd", "product_name_en", "attributes_en", "x", "\ud800"]
)
# JSON can spell half a character.
_texts = st.text() | st.text(st.characters(categories=["Cs", "Cc", "Lo"]), max_size=5)
_anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _texts | st.sampled_from(["1", "VND", "{}", "[]"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_texts, inner, max_size=3),
    max_leaves=6,
)
_row = st.dictionaries(_names, _anything, max_size=12)
_enough = st.fixed_dictionaries(
    {"product_id": st.sampled_from(["a", "b"]), "product_name": st.text(), "price": _anything}
)


def one_line(refusal: Refusal) -> bool:
    return "\n" not in str(refusal) and bool(str(refusal).encode())


def outcome(path: Path, reading: Reading) -> tuple[int, int, int]:
    """Rows, products, rejections; -1 where the file as a whole was refused."""
    rows: list[Any] = []
    refused: BadSource | None = None
    made: list[Drafted | Rejected] = []
    try:
        rows = list(read_rows(path))
        made = list(drafts(rows, reading))
    except BadSource as refusal:
        refused = refusal
    if refused is not None:
        assert one_line(refused)
        return len(rows), -1, 0
    for each in made:
        if isinstance(each, Rejected):
            assert each.faults
            for fault in each.faults:
                assert fault.row >= 1
                assert fault.reason
                assert fault.value.isprintable()
                assert len(fault.value) <= 61
        else:
            # What is drafted can be kept: it is one of the rows, whole.
            assert Drafted.model_validate_json(each.model_dump_json()).draft.product_id == each.draft.product_id
    return len(rows), sum(isinstance(each, Drafted) for each in made), sum(isinstance(each, Rejected) for each in made)


def nothing_lost(found: tuple[int, int, int]) -> bool:
    """Every file with rows says something."""
    rows, products, rejections = found
    return products == -1 or rows == 0 or products + rejections > 0


readings = st.builds(
    Reading,
    attributes_from_rest=st.booleans(),
    language=st.sampled_from([None, "vi", "en"]),
    currency=st.sampled_from(["VND", "USD", "KWD"]),
)


@given(st.binary(max_size=400), st.sampled_from(["csv", "jsonl", "parquet", "tsv"]), readings)
@example(b"\xef\xbb\xbf", "csv", Reading())
@example(b"\x00" * 50, "csv", Reading())
@example(b"\x00\n\x00", "jsonl", Reading())
@example(b'id,title,price\n"', "csv", Reading())
@example(b"id,title,price\r1,a\rb,2", "csv", Reading())
def test_any_bytes(tmp_path_factory: Any, content: bytes, ending: str, reading: Reading) -> None:
    path = tmp_path_factory.mktemp("hostile", numbered=True) / f"a.{ending}"
    path.write_bytes(content)
    assert nothing_lost(outcome(path, reading))


@given(st.text(max_size=300), st.sampled_from([",", ";", "\t", "|"]), readings)
def test_any_text_under_a_good_header(tmp_path_factory: Any, text: str, delimiter: str, reading: Reading) -> None:
    header = delimiter.join(
        ["product_id", "product_name", "original_price", "attributes", "count", "options", "images"]
    )
    path = tmp_path_factory.mktemp("hostile", numbered=True) / "a.csv"
    path.write_text(f"{header}\n{text}", errors="replace", newline="")
    assert nothing_lost(outcome(path, reading))


@given(st.lists(st.tuples(_row, _enough).map(lambda pair: pair[0] | pair[1]), min_size=1, max_size=5), readings)
def test_any_values_in_jsonl(tmp_path_factory: Any, rows: list[dict[str, Any]], reading: Reading) -> None:
    path = tmp_path_factory.mktemp("hostile", numbered=True) / "a.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert nothing_lost(outcome(path, reading))


@given(st.lists(_row, min_size=1, max_size=5), readings)
def test_any_values_in_rows(rows: list[dict[str, Any]], reading: Reading) -> None:
    try:
        made = list(drafts([Row(number, row) for number, row in enumerate(rows, 1)], reading))
    except BadSource:
        return
    assert made


@given(st.binary(min_size=1, max_size=8), st.floats(0, 1), st.integers(0, 2**32))
def test_a_parquet_file_damaged_anywhere(tmp_path_factory: Any, damage: bytes, share: float, seed: int) -> None:
    table = pa.table(
        {
            "id": [f"p{number}" for number in range(50)],
            "title": [f"Product {number} {seed}" for number in range(50)],
            "price": [float(number) for number in range(50)],
            "attributes": ['{"a": 1}'] * 50,
        }
    )
    path = tmp_path_factory.mktemp("hostile", numbered=True) / "a.parquet"
    parquet.write_table(table, path, compression="none")
    whole = path.read_bytes()
    at = int(share * (len(whole) - len(damage)))
    path.write_bytes(whole[:at] + damage + whole[at + len(damage) :])
    assert nothing_lost(outcome(path, Reading()))
    path.write_bytes(whole[:at])
    assert outcome(path, Reading())[1] == -1


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode(errors="replace")))
@example(b"columns: &a [*a]")
@example(b"columns:\n  ? - a\n  : b")
@example(b"%YAML 9.9\n---\na: b")
@example(b"--- a\n--- b")
@example(b"a: !!python/object/apply:os.system ['true']")
@example(b"columns:\n  !!binary aGk=: x")
def test_any_mapping_file(tmp_path_factory: Any, content: bytes) -> None:
    path = tmp_path_factory.mktemp("hostile", numbered=True) / "mapping.yaml"
    path.write_bytes(content)
    told: BadMapping | None = None
    try:
        read_mapping(path)
    except BadMapping as refusal:
        told = refusal
    assert told is None or all(re.match(rf"{re.escape(str(path))}, line [1-9]", line) for line in str(told).split("\n"))
    assert told is None or str(told).encode()
