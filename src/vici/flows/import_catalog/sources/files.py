"""Chooses the reader from a file's ending."""

from collections.abc import Generator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

from vici.flows.import_catalog.columns import is_known
from vici.flows.import_catalog.sources.csv_file import open_csv
from vici.flows.import_catalog.sources.jsonl_file import open_jsonl
from vici.flows.import_catalog.sources.parquet_file import open_parquet
from vici.flows.import_catalog.sources.rows import BadSource, OpenedFile, Rows


@contextmanager
def open_file(path: Path) -> Generator[OpenedFile]:
    """Refuses what is no file of a known kind, before any row of it is used."""
    with ExitStack() as stack:
        try:
            opened = stack.enter_context(_reader(path))
        except OSError as error:
            raise BadSource(source=path, reason=error.strerror or str(error)) from None
        yield opened


def _reader(path: Path) -> AbstractContextManager[OpenedFile]:
    if path.is_dir():
        raise BadSource(source=path, reason="it is a folder")
    match path.suffix.lower():
        case ".csv" | ".tsv" | ".txt":
            return open_csv(path, is_known)
        case ".jsonl" | ".ndjson":
            return open_jsonl(path)
        case ".parquet" | ".pq":
            return open_parquet(path)
        case ".json":
            raise BadSource(source=path, reason="JSON is taken one object a line; name such a file .jsonl")
        case _:
            raise BadSource(source=path, reason="its name must end in .csv, .tsv, .jsonl or .parquet")


def read_rows(path: Path) -> Rows:
    """The rows of a file, as they are read; what is not a row is among them, and says so."""
    with open_file(path) as opened:
        yield from opened.rows
