"""What every source gives."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from vici.flows.import_catalog.faults import shortened
from vici.kit.errors import Refusal, Why

Cell = Any
"""Text, a number, a truth value, a moment, a list, a mapping, or nothing: what the format can hold."""


class Row(NamedTuple):
    number: int
    """As a spreadsheet or an editor counts: the first data row of a CSV is 2, the first line of a JSONL file 1."""
    cells: Mapping[str, Cell]
    """By the source's own column names."""


class Unreadable(NamedTuple):
    """A row that is not one."""

    number: int
    value: str
    reason: str


Rows = Iterator[Row | Unreadable]


@dataclass(frozen=True)
class OpenedFile:
    columns: tuple[str, ...] | None
    """None where every row brings its own."""
    rows: Rows
    share_read: Callable[[], float]
    """How much of the file has been read, 0 to 1."""


class BadSource(Refusal):
    code = "import.bad_source"
    why = Why.INVALID
    message = "{source} cannot be imported: {reason}."


def once(columns: tuple[str, ...], source: object) -> tuple[str, ...]:
    """The columns, refused when two have one name: which of them is meant, only the file's owner knows."""
    twice = next((name for place, name in enumerate(columns) if name in columns[:place]), None)
    if twice is not None:
        raise BadSource(source=source, reason=f"two columns are called '{shortened(twice)}'; rename or remove one")
    return columns
