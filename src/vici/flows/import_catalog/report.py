"""What became of an import."""

import csv
import json
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TextIO

from vici.flows.import_catalog.faults import Rejected
from vici.kit.errors import Refusal, Why


class BadReport(Refusal):
    code = "import.bad_report"
    why = Why.INVALID
    message = "The report {file} cannot be written: {reason}."


class ImportStopped(Refusal):
    code = "import.stopped"
    why = Why.UNAVAILABLE
    message = (
        "The import stopped after {rows} rows: {reason} What was imported is whole and stays. "
        "Run the same command again to go on; what is there already is passed over."
    )


@dataclass
class ImportReport:
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    """Products that were not taken, and rows that are none."""
    discontinued: int = 0
    """Products that a complete list no longer named."""
    levels_changed: int = 0
    """Variants whose stock is another now."""
    language: str = ""
    """Of texts in rows that named none."""
    recognised_columns: dict[str, str] = field(default_factory=dict[str, str])
    """What the source's columns were taken for, where they are called otherwise than ours."""
    ignored_columns: tuple[str, ...] = ()
    dry_run: bool = False


@dataclass(frozen=True)
class Progress:
    rows: int
    rejected: int
    share: float | None
    """Of the source, 0 to 1; absent where its size is unknown."""


_COLUMNS = ("row", "product_id", "column", "value", "reason")


@contextmanager
def rejections_to(file: Path, sources: Sequence[Path] = ()) -> Generator[Callable[[Rejected], None]]:
    """Writes each fault down as it is found, as CSV or JSONL by the file's ending. The file appears when the import has
    come to its end; until then, one that was there stays. Refuses to replace one of the `sources`."""

    def bad(error: OSError) -> BadReport:
        return BadReport(file=file, reason=error.strerror or str(error))

    if file.suffix.lower() not in (".csv", ".jsonl"):
        raise BadReport(file=file, reason="its name must end in .csv or .jsonl")
    with ExitStack() as stack:
        try:
            whole = file.resolve()
            if whole.is_dir():
                raise BadReport(file=file, reason="it is a folder")
            if any(whole.exists() and whole.samefile(source) for source in sources):
                raise BadReport(file=file, reason="it is what the import reads; give it another name")
            folder = stack.enter_context(TemporaryDirectory(dir=whole.parent, prefix=".report-"))
            begun = Path(folder) / whole.name
            text = stack.enter_context(begun.open("w", encoding="utf-8", newline=""))
        except OSError as error:
            raise bad(error) from None
        write = _csv(text) if file.suffix.lower() == ".csv" else _jsonl(text)

        def note(rejected: Rejected) -> None:
            try:
                for fault in rejected.faults:
                    write((fault.row, rejected.product_id, fault.column, fault.value, fault.reason))
            except OSError as error:
                raise bad(error) from None

        yield note
        try:
            text.close()
            begun.replace(whole)
        except OSError as error:
            raise bad(error) from None


_Write = Callable[[tuple[int | str, ...]], Any]


def _csv(text: TextIO) -> _Write:
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    return writer.writerow


def _jsonl(text: TextIO) -> _Write:
    return lambda values: text.write(json.dumps(dict(zip(_COLUMNS, values, strict=True)), ensure_ascii=False) + "\n")
