"""What `docs/catalogue.md` says is so."""

import dataclasses
import json
import re
from pathlib import Path

import pytest

from vici.flows.export_catalog import COLUMNS
from vici.flows.import_catalog import Drafted, ImportReport, Reading, drafts, read_mapping, read_rows
from vici.flows.import_catalog.columns import FIELDS, is_known
from vici.flows.import_catalog.sources.rows import Row

PAGE = (Path(__file__).parents[3] / "docs" / "catalogue.md").read_text()


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("number", range(2))
def test_the_examples_can_be_imported(tmp_path: Path, number: int) -> None:
    path = tmp_path / "example.csv"
    path.write_text(blocks("csv")[number])
    found = list(drafts(read_rows(path)))
    assert found
    assert all(isinstance(made, Drafted) and made.draft.language == "vi" for made in found)


def test_variants_are_called_what_the_page_says(tmp_path: Path) -> None:
    path = tmp_path / "example.csv"
    path.write_text(blocks("csv")[1])
    [made] = drafts(read_rows(path))
    assert isinstance(made, Drafted)
    ids = [variant.variant_id for variant in made.draft.variants]
    assert len(ids) == 3
    assert f"`{ids[0]}`" in PAGE


def test_the_mapping_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "mapping.yaml"
    path.write_text(blocks("yaml")[0])
    mapping = read_mapping(path)
    assert (len(mapping.columns), len(mapping.attributes), len(mapping.defaults)) == (3, 1, 3)


def test_every_column_is_explained() -> None:
    assert [name for name in {*FIELDS, *COLUMNS} if f"`{name}`" not in PAGE] == []


def test_the_names_of_other_systems_are_understood() -> None:
    table = PAGE.partition("| ours | also understood |")[2].partition("\n\n")[0]
    names = [name for row in table.splitlines()[2:] for name in re.findall(r"`([^`]+)`", row)]
    assert len(names) > 50
    assert [name for name in names if name not in ("main", "model", "-") and not is_known(name)] == []


def test_the_faults_shown_are_those_that_are_told() -> None:
    rows = [
        {"product_id": key, "product_name": "x", "original_price": price}
        for key, price in (("a", "1"), ("tee-02", "1"), ("b", "1"), ("tee-07", "liên hệ"), ("tee-02", "1"))
    ]
    told = [
        fault.reason
        for made in drafts([Row(number, row) for number, row in enumerate(rows, 2)], Reading(language="vi"))
        if not isinstance(made, Drafted)
        for fault in made.faults
    ]
    assert len(told) == 2
    assert all(reason in PAGE for reason in told)


def test_the_json_shown_has_the_fields_that_are_printed() -> None:
    shown = json.loads(blocks("json")[0])
    fields = {field.name for field in dataclasses.fields(ImportReport)}
    assert set(shown) == fields | {
        "seconds_until_written",
        "seconds_until_searchable",
        "rows_per_second",
        "first_faults",
    }
