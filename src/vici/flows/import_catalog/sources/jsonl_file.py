"""JSONL: one object a line."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from vici.flows.import_catalog.sources.rows import OpenedFile, Row, Rows, Unreadable
from vici.flows.import_catalog.sources.utf8 import check_utf8
from vici.kit.json_text import BadJson, read_json


@contextmanager
def open_jsonl(path: Path) -> Generator[OpenedFile]:
    check_utf8(path)
    size = max(1, path.stat().st_size)
    with path.open("rb") as file:
        yield OpenedFile(None, _rows(file), lambda: file.tell() / size)


def _rows(file: BinaryIO) -> Rows:
    # Not `for line in file`: a file that is being iterated does not tell its position.
    for number, line in enumerate(iter(file.readline, b""), start=1):
        text = (line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line).strip()
        if text:
            yield _row(number, text)


def _row(number: int, line: bytes) -> Row | Unreadable:
    try:
        value = read_json(line)
    except BadJson as error:
        return Unreadable(number, line.decode(), str(error))
    if not isinstance(value, dict):
        return Unreadable(number, line.decode(), "not an object: each line holds one product as {…}")
    return Row(number, cast("dict[str, object]", value))
