"""`vici import` and `vici export`, as a person or a script meets them."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.apps.conftest import PRODUCTS, Vici
from vici.infra.database import sqlite


def found(vici: Vici, words: str) -> list[str]:
    ran = vici("search", words, "--data", "shop", "--json")
    return [hit["card"]["product_id"] for hit in ran.answer["hits"]]


def test_an_import_fills_an_empty_folder_and_is_searchable_when_it_is_done(vici: Vici) -> None:
    ran = vici("import", "products.csv", "--data", "shop")
    assert (ran.code, ran.err) == (0, "")
    assert "2 rows" in ran.out
    assert "2 created, 0 updated, 0 unchanged" in ran.out
    assert found(vici, "ao thun") == ["tee"]
    assert found(vici, "MUG-1") == ["mug"]
    assert "2 unchanged" in vici("import", "products.csv", "--data", "shop").out


def test_what_was_imported_is_exported(vici: Vici, tmp_path: Path) -> None:
    vici("import", "products.csv", "--data", "shop")
    ran = vici("export", "out.jsonl", "--data", "shop", "--json")
    assert (ran.code, ran.answer) == (0, {"products": 2, "rows": 2, "file": "out.jsonl"})
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [(row["product_id"], row["count"], row["discount_price"]) for row in rows] == [
        ("mug", 0, 59000),
        ("tee", 5, 199000),
    ]
    assert vici("export", "out.xlsx", "--data", "shop").code == 1
    nothing = vici("export", "out.csv", "--data", "nothing")
    assert (nothing.code, nothing.err.count("\n")) == (1, 1)
    assert not (tmp_path / "nothing").exists()


def test_the_shop_is_called_what_the_setting_says(vici: Vici, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "tra.csv").write_text("Mã SP,Tên hàng,Giá\ntea,Trà sen,65k\n")
    assert "Mã SP = product_id" in vici("import", "tra.csv", "--data", "shop").out
    monkeypatch.setenv("VICI_SHOP_NAME", "Trà Bảo Lộc")
    vici("import", "tra.csv", "--data", "shop")
    [hit] = vici("search", "tra sen", "--data", "shop", "--json").answer["hits"]
    assert (hit["card"]["shop_name"], hit["card"]["price_minor"]) == ("Trà Bảo Lộc", 65_000)


def test_rejected_rows_are_shown_and_the_exit_code_says_so(vici: Vici, tmp_path: Path) -> None:
    bad = "".join(f"bad{number},Hỏng,[bold]x{number},,\n" for number in range(25))
    (tmp_path / "products.csv").write_text(PRODUCTS + bad)
    ran = vici("import", "products.csv", "--data", "shop", "--report", "rejected.csv")
    assert ran.code == 1
    assert "[bold]x19" in ran.out
    assert "[bold]x20" not in ran.out
    assert "25 rejected; all of it is in rejected.csv" in ran.out
    assert len((tmp_path / "rejected.csv").read_text().splitlines()) == 26
    assert vici("import", "products.csv", "--data", "shop", "--allow-rejected").code == 0


@pytest.mark.parametrize("report", ["products.csv", "link.csv", "hard.csv", "../{}/products.csv", "columns.csv"])
def test_a_report_never_replaces_what_is_imported(vici: Vici, tmp_path: Path, report: str) -> None:
    source = tmp_path / "products.csv"
    (tmp_path / "link.csv").symlink_to(source)
    (tmp_path / "hard.csv").hardlink_to(source)
    (tmp_path / "columns.csv").write_text("columns: {}\n")
    report = report.format(tmp_path.name)
    ran = vici("import", "products.csv", "--mapping", "columns.csv", "--report", report, "--data", "shop")
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert "it is what the import reads" in ran.err
    assert (source.read_text(), (tmp_path / "columns.csv").read_text()) == (PRODUCTS, "columns: {}\n")
    assert not (tmp_path / "shop").exists()


def test_a_report_appears_when_it_is_whole(vici: Vici, tmp_path: Path) -> None:
    report = tmp_path / "rejected.csv"
    report.write_text("of yesterday")
    (tmp_path / "latest.csv").symlink_to(report)
    before = set(tmp_path.iterdir())
    (tmp_path / "broken.csv").write_text("product_id,product_name\nx,X\n")
    (tmp_path / "products.csv").write_text(PRODUCTS.replace("59000", "x"))
    assert "cannot be imported" in vici("import", "broken.csv", "--data", "shop", "--report", "latest.csv").err
    assert report.read_text() == "of yesterday"
    assert vici("import", "products.csv", "--data", "shop", "--report", "latest.csv").code == 1
    assert [line.split(",")[:2] for line in report.read_text().splitlines()[1:]] == [["3", "mug"]]
    assert (tmp_path / "latest.csv").is_symlink()
    assert {each.name for each in set(tmp_path.iterdir()) - before} == {"broken.csv", "shop"}


def test_a_script_gets_json(vici: Vici, tmp_path: Path) -> None:
    (tmp_path / "products.csv").write_text(PRODUCTS.replace("59000", "x"))
    ran = vici("import", "products.csv", "--data", "shop", "--json")
    assert ran.code == 1
    answer = ran.answer
    assert (answer["rows"], answer["created"], answer["rejected"], answer["levels_changed"]) == (2, 1, 1, 1)
    assert answer["seconds_until_searchable"] >= answer["seconds_until_written"]
    [fault] = answer["first_faults"]
    assert (fault["row"], fault["product_id"], fault["column"], fault["value"]) == (3, "mug", "original_price", "x")


def test_a_dry_run_makes_no_folder(vici: Vici, tmp_path: Path) -> None:
    ran = vici("import", "products.csv", "--data", "shop", "--dry-run")
    assert (ran.code, "2 would be created" in ran.out) == (0, True)
    assert not (tmp_path / "shop").exists()
    vici("import", "products.csv", "--data", "shop")
    (tmp_path / "products.csv").write_text(PRODUCTS.replace("199000", "1"))
    assert "1 would be updated, 1 unchanged" in vici("import", "products.csv", "--data", "shop", "--dry-run").out
    assert "1 updated" in vici("import", "products.csv", "--data", "shop").out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["none.csv"], "none.csv cannot be imported: No such file or directory"),
        (["products.xlsx"], "its name must end in"),
        (["products.csv", "--mapping", "none.yaml"], "none.yaml: No such file"),
        (["products.csv", "--currency", "dong"], "VICI_CURRENCY"),
        (["products.csv", "--report", "no/report.csv"], "no/report.csv cannot be written"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_leaves_no_folder(
    vici: Vici, tmp_path: Path, words: list[str], told: str
) -> None:
    (tmp_path / "products.xlsx").touch()
    ran = vici("import", *words, "--data", "shop")
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert told in ran.err
    assert not (tmp_path / "shop").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["products.csv", "--query", "SELECT 1"],
        ["postgresql://127.0.0.1/shop"],
        ["products.csv", "--lang", "vie"],
        [],
        ["products.csv", "--no-such-option"],
    ],
)
def test_a_misspelt_command_exits_2(vici: Vici, words: list[str]) -> None:
    assert vici("import", *words, "--data", "shop").code == 2


@pytest.fixture
def small_disk() -> Iterator[list[int]]:
    """The pages a catalogue may have."""
    pages = [400]

    def limit(connection: sqlite3.Connection, _: object) -> None:
        if any(row[2].endswith("catalog.db") for row in connection.execute("PRAGMA database_list")):
            connection.execute(f"PRAGMA max_page_count={pages[0]}").close()

    event.listen(Engine, "connect", limit)
    yield pages
    event.remove(Engine, "connect", limit)


def test_a_full_disk_is_one_line_and_the_same_command_goes_on(
    vici: Vici, tmp_path: Path, small_disk: list[int]
) -> None:
    rows = "".join(f"p{number},Sản phẩm {number},1000,1,\n" for number in range(3000))
    (tmp_path / "products.csv").write_text(PRODUCTS.splitlines()[0] + "\n" + rows)
    ran = vici("import", "products.csv", "--data", "shop")
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert "The import stopped after" in ran.err
    assert "The disk of the database is full" in ran.err
    small_disk[0] = 1_000_000
    answer = vici("import", "products.csv", "--data", "shop", "--json").answer
    assert answer["created"] + answer["unchanged"] == 3000
    assert answer["unchanged"] >= 499


def test_a_busy_database_is_one_line(vici: Vici, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vici("import", "products.csv", "--data", "shop")
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.2)
    (tmp_path / "products.csv").write_text(PRODUCTS.replace("199000", "1"))
    other = sqlite3.connect(tmp_path / "shop" / "catalog.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    ran = vici("import", "products.csv", "--data", "shop")
    other.execute("ROLLBACK")
    other.close()
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert "another process has held it for too long" in ran.err
    assert "1 updated" in vici("import", "products.csv", "--data", "shop").out
