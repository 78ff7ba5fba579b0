"""A catalogue of about twenty thousand products, imported by the command into an empty folder: seconds until everything
is written and can be searched, and the memory it takes. Must: under 60 s, under 1 GiB."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from bench import measurement_data
from bench.report import Report
from vici.flows.import_catalog import Row, read_rows

SECONDS_MAX = 60
MIB_MAX = 1024
GENERATED = 20_000


class _Run(NamedTuple):
    seconds: float
    peak_mib: float
    answer: dict[str, Any]


def run(options: list[str]) -> Report:
    parser = argparse.ArgumentParser(prog="make bench NAME=import ARGS=…", description=__doc__)
    parser.add_argument("--file", type=Path, help="import this instead of the measurement data")
    given = parser.parse_args(options)
    with tempfile.TemporaryDirectory() as folder:
        file = given.file or _measurement_file() or _generated(Path(folder) / "products.jsonl")
        data = Path(folder) / "data"
        first = _vici("import", str(file), "--data", str(data), "--json")
        again = _vici("import", str(file), "--data", str(data), "--json")
        last = _last_title(file)
        found = _vici("search", last, "--data", str(data), "--json")
    hits = [hit["card"]["name"] for hit in found.answer["hits"]]
    figures: dict[str, float | int | str | dict[str, float]] = {
        "file": file.name,
        "products": first.answer["created"],
        "rejected": first.answer["rejected"],
        "seconds": round(first.seconds, 2),
        "seconds_until_written": first.answer["seconds_until_written"],
        "seconds_until_searchable": first.answer["seconds_until_searchable"],
        "rows_per_second": first.answer["rows_per_second"],
        "peak_mib": round(first.peak_mib, 1),
        "last_product_found": int(last in hits),
        "seconds_again": round(again.seconds, 2),
        "unchanged_again": again.answer["unchanged"],
    }
    passed = (
        first.seconds < SECONDS_MAX
        and first.peak_mib < MIB_MAX
        and last in hits
        and first.answer["created"] == first.answer["rows"] == again.answer["unchanged"]
    )
    return Report(passed, figures)


def _vici(*words: str) -> _Run:
    """Run the command as a person would."""
    started = time.perf_counter()
    command = [Path(sys.executable).parent / "vici", *words]
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(command, stdout=output)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - started
        assert process.returncode == 0, f"{' '.join(words)} exited {process.returncode}"
        output.seek(0)
        # Linux tells the peak in KiB, macOS in bytes.
        unit = 2**20 if sys.platform == "darwin" else 2**10
        return _Run(seconds, usage.ru_maxrss / unit, json.load(output))


def _measurement_file() -> Path | None:
    return measurement_data.FOLDER / "common/search_icecat_products.parquet" if measurement_data.is_there() else None


def _last_title(file: Path) -> str:
    *_, last = (row for row in read_rows(file) if isinstance(row, Row))
    return str(last.cells.get("product_name") or last.cells["title"])


def _generated(file: Path) -> Path:
    with file.open("w") as text:
        text.writelines(json.dumps(product, ensure_ascii=False) + "\n" for product in _products())
    return file


def _products() -> Iterator[dict[str, Any]]:
    """Wide ones: some thirty attributes and a description each."""
    kinds = ["Tai nghe", "Bàn phím", "Màn hình", "Ổ cứng", "Chuột", "Điện thoại", "Loa", "Máy in"]
    makers = ["Sao Mai", "Hồng Hà", "Bình Minh", "Lạc Việt", "Phương Nam"]
    for number in range(GENERATED):
        kind, maker = kinds[number % len(kinds)], makers[number % len(makers)]
        yield {
            "product_id": f"g{number:05}",
            "product_name": f"{kind} {maker} {number % 97}{'XYZ'[number % 3]}-{number:05}",
            "short_description": f"{kind} của {maker}, mã {number:05}, bảo hành {number % 36 + 1} tháng",
            "product_description": " ".join(f"Câu {n} về {kind.lower()} {maker}." for n in range(20)),
            "original_price": 100_000 + number * 1000,
            "category1": "Điện tử",
            "category2": kind,
            "brand": maker,
            "sku": f"SKU-{number:05}",
            "barcode": f"893{number:010}",
            "count": number % 50,
            "language": "vi",
            "attributes": {f"Thông số {n}": f"{(number * (n + 7)) % 500} đơn vị" for n in range(30)},
        }
