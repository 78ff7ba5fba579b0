"""JSONL: one object a line."""

from pathlib import Path
from typing import cast

from vici.flows.import_catalog.json_text import BadJson, read_json
from vici.flows.import_catalog.sources.rows import OpenedFile, Row, Rows, Unreadable
from vici.flows.import_catalog.sources.utf8 import check_utf8


def open_jsonl(path: Path) -> OpenedFile:
    check_utf8(path)
    size = max(1, path.stat().st_size)
    file = path.open("rb")

    def rows() -> Rows:
        with file:
            for number, line in enumerate(file, start=1):
                text = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
                if text.strip():
                    yield _row(number, text)

    return OpenedFile(None, rows(), lambda: 1.0 if file.closed else file.tell() / size)


def _row(number: int, line: bytes) -> Row | Unreadable:
    try:
        value = read_json(line)
    except BadJson as error:
        return Unreadable(number, line.decode(), str(error))
    if not isinstance(value, dict):
        return Unreadable(number, line.decode(), "not an object: each line holds one product as {…}")
    return Row(number, cast("dict[str, object]", value))
