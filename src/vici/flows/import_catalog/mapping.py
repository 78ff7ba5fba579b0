"""The mapping file: which column of a source is what, where their names do not say it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import yaml

from vici.flows.import_catalog.columns import is_field, nearest_field
from vici.flows.import_catalog.faults import listed, shortened
from vici.kit.errors import Refusal, Why

BYTES_MAX = 1_000_000


class BadMapping(Refusal):
    code = "import.bad_mapping"
    why = Why.INVALID
    message = "{mistakes}"
    """Each on a line of its own."""


class Mistake(NamedTuple):
    line: int
    reason: str


def _bad(file: object, mistakes: Iterable[Mistake]) -> BadMapping:
    told = (f"{file}, line {line}: {reason}." for line, reason in sorted(mistakes))
    return BadMapping(mistakes="\n".join(told))


@dataclass(frozen=True)
class Entry:
    value: str
    line: int
    """In the mapping file."""


@dataclass(frozen=True)
class ColumnMapping:
    file: str = ""
    columns: dict[str, Entry] = field(default_factory=dict[str, Entry])
    """The source's column by our field."""
    attributes: dict[str, Entry] = field(default_factory=dict[str, Entry])
    """The source's column by the attribute it becomes."""
    defaults: dict[str, Entry] = field(default_factory=dict[str, Entry])
    """What a field is where its column is missing or the cell is empty."""

    def check(self, columns: tuple[str, ...]) -> None:
        """Refuse a column that the source does not have."""
        if mistakes := list(self.lacking(columns)):
            raise _bad(self.file, mistakes)

    def lacking(self, columns: tuple[str, ...]) -> Iterator[Mistake]:
        for entry in (*self.columns.values(), *self.attributes.values()):
            if entry.value not in columns:
                reason = f"the source has no column '{shortened(entry.value)}'; it has {listed(columns)}"
                yield Mistake(entry.line, reason)


_SECTIONS = ("columns", "attributes", "defaults")
# Of a row these say which product it is; one value for all rows would make them one product.
_NO_DEFAULT = {"product_id", "variant_id", "product_name", "sku", "barcode", "options"}


def read_mapping(path: Path, columns: tuple[str, ...] | None = None) -> ColumnMapping:
    """Sections `columns`, `attributes` and `defaults`, each of `name: text`. All mistakes are told at once, each with
    its line; where the source's `columns` are known, also those it does not have."""
    mistakes: list[Mistake] = []
    sections: dict[str, dict[str, Entry]] = {}
    for name, node in _pairs(_composed(path), mistakes):
        if name not in _SECTIONS:
            mistakes.append(_mistake(node, f"{name!r} is no section; there are {', '.join(_SECTIONS)}"))
        elif name in sections:
            mistakes.append(_mistake(node, f"the section {name!r} stands twice"))
        else:
            sections[name] = _entries(name, node, mistakes)
    mapping = ColumnMapping(str(path), **sections)
    mistakes += mapping.lacking(columns) if columns is not None else ()
    if mistakes:
        raise _bad(path, mistakes)
    return mapping


def _entries(section: str, node: yaml.Node, mistakes: list[Mistake]) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for key, value in _pairs(node, mistakes):
        if not isinstance(value, yaml.ScalarNode) or not value.value.strip():
            mistakes.append(_mistake(value, f"{key!r} needs one text"))
            continue
        if key in entries:
            mistakes.append(_mistake(value, f"{key!r} stands twice"))
        elif section != "attributes" and not is_field(key):
            near = nearest_field(key)
            told = f"{key!r} is no field of a product" + (f"; did you mean {near!r}?" if near else "")
            mistakes.append(_mistake(value, told))
        elif section == "defaults" and key in _NO_DEFAULT:
            mistakes.append(_mistake(value, f"{key!r} cannot be the same for every row"))
        entries[key] = Entry(value.value, value.start_mark.line + 1)
    return entries


def _mistake(node: yaml.Node, reason: str) -> Mistake:
    return Mistake(node.start_mark.line + 1, reason)


def _pairs(node: yaml.Node | None, mistakes: list[Mistake]) -> Iterator[tuple[str, yaml.Node]]:
    if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
        return
    if not isinstance(node, yaml.MappingNode):
        mistakes.append(_mistake(node, "expected lines of `name: value`"))
        return
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode):
            yield key.value.strip(), value
        else:
            mistakes.append(_mistake(key, "a name must be text"))


def _composed(path: Path) -> yaml.Node | None:
    def bad(line: int, reason: str) -> BadMapping:
        return _bad(path, [Mistake(line, reason)])

    try:
        if path.stat().st_size > BYTES_MAX:
            raise BadMapping(mistakes=f"{path}: it is larger than a mapping can be.")
        return yaml.compose(path.read_text("utf-8-sig"), yaml.SafeLoader)  # pyright: ignore[reportUnknownMemberType]
    except OSError as error:
        raise BadMapping(mistakes=f"{path}: {error.strerror or error}.") from None
    except UnicodeDecodeError as error:
        raise bad(error.object[: error.start].count(b"\n") + 1, "not UTF-8 text") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise bad(mark.line + 1 if mark else 1, f"not YAML: {error.problem}") from None
    except (yaml.YAMLError, RecursionError) as error:
        raise bad(1, f"not YAML: {str(error).splitlines()[0]}") from None
