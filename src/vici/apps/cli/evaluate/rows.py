"""Reads the files that are measured on: CSV, TSV, JSONL (each also gzipped) or Parquet."""

import csv
import gzip
import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from vici.kit.errors import Refusal, Why


class UnreadableFile(Refusal):
    code = "evaluate.unreadable_file"
    why = Why.INVALID
    message = "{path} cannot be used: {reason}."


def read_rows(path: Path, columns: Collection[str]) -> list[dict[str, Any]]:
    """Every row as a mapping. Refuses a file that is missing, damaged, empty, or lacks one of these columns."""

    def refused(reason: str) -> UnreadableFile:
        return UnreadableFile(path=path, reason=reason)

    try:
        rows = list(_rows(path))
    except ImportError:
        raise refused("reading Parquet needs the extra: pip install 'vici[parquet]'") from None
    except OSError as error:
        raise refused(error.strerror or "it is not what its name says, or was cut short") from None
    except (ValueError, EOFError, csv.Error) as error:
        raise refused(f"it is not what its name says, or was cut short ({error})") from None
    if not rows:
        raise refused("it holds no rows")
    if missing := [name for name in columns if name not in rows[0]]:
        raise refused(f"it has no column {', '.join(missing)}; it has {', '.join(rows[0])}")
    return rows


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    kind = path.name.removesuffix(".gz").rpartition(".")[2]
    if kind == "parquet":
        from pyarrow import parquet

        yield from parquet.read_table(path).to_pylist()  # pyright: ignore[reportUnknownMemberType] — untyped library
        return
    if kind not in ("csv", "tsv", "jsonl"):
        raise ValueError("its name must end in .parquet, .csv, .tsv or .jsonl")
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        if kind == "jsonl":
            yield from (json.loads(line) for line in file if line.strip())
        else:
            yield from csv.DictReader(file, delimiter="\t" if kind == "tsv" else ",")
