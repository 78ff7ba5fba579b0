"""CSV, as spreadsheets and shops write it."""

import csv
import io
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from vici.flows.import_catalog.sources.rows import BadSource, OpenedFile, Row, Rows, Unreadable, once
from vici.flows.import_catalog.sources.utf8 import check_utf8

DELIMITERS = ",;\t|"
# The longest text of a product, attributes included, with room to spare; beyond it a quote was left open.
CELL_CHARACTERS_MAX = 1_000_000
SAMPLE_CHARACTERS = 64_000


@contextmanager
def open_csv(path: Path, known: Callable[[str], bool]) -> Generator[OpenedFile]:
    """`known` says whether a column's name is one the import understands: the delimiter that finds most of them is the
    file's."""
    check_utf8(path)
    size = max(1, path.stat().st_size)
    csv.field_size_limit(CELL_CHARACTERS_MAX)
    with path.open("rb") as raw, io.TextIOWrapper(raw, "utf-8-sig", newline="") as text:
        delimiter = _delimiter(text.read(SAMPLE_CHARACTERS), known)
        text.seek(0)
        lines = csv.reader(text, delimiter=delimiter, strict=True)
        columns = _header(lines, path)
        yield OpenedFile(columns, _rows(lines, columns), lambda: raw.tell() / size)


def _header(lines: Iterator[list[str]], path: Path) -> tuple[str, ...]:
    try:
        header = next((row for row in lines if any(cell.strip() for cell in row)), None)
    except csv.Error as error:
        raise BadSource(source=path, reason=f"its first row cannot be read ({error})") from None
    if header is None:
        raise BadSource(source=path, reason="it is empty")
    while not header[-1].strip():
        header.pop()
    return once(tuple(name.strip() for name in header), path)


def _delimiter(sample: str, known: Callable[[str], bool]) -> str:
    def found(delimiter: str) -> tuple[int, int]:
        try:
            names = next(csv.reader(io.StringIO(sample.lstrip("\r\n"), newline=""), delimiter=delimiter), list[str]())
        except csv.Error:
            return 0, 0
        return sum(known(name.strip()) for name in names), len(names)

    return max(DELIMITERS, key=found)


def _rows(lines: Iterator[list[str]], columns: tuple[str, ...]) -> Rows:
    number = 1
    while True:
        number += 1
        try:
            cells = next(lines)
        except StopIteration:
            return
        except csv.Error as error:
            if "unexpected end" in str(error) or "field limit" in str(error):
                yield Unreadable(number, "", "a quote is opened here and never closed: what follows cannot be read")
                return
            yield Unreadable(number, "", f"cannot be read ({error}): inside a quoted cell a quote is written twice")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        told = f"has {len(cells)} cells where the first row has {len(columns)}"
        if len(cells) < len(columns):
            yield Unreadable(number, cells[0], f"{told}: is the file cut off?")
        elif any(cell.strip() for cell in cells[len(columns) :]):
            yield Unreadable(number, cells[0], f"{told}: a cell that holds the delimiter needs quotes around it")
        else:
            yield Row(number, dict(zip(columns, cells, strict=False)))
