"""The mapping file: which column of a source is what, where their names do not say it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from vici.flows.import_catalog.columns import is_field, nearest_field
from vici.flows.import_catalog.faults import listed, shortened
from vici.kit.errors import Refusal, Why

BYTES_MAX = 1_000_000


class BadMapping(Refusal):
    code = "import.bad_mapping"
    why = Why.INVALID
    message = "{file}, line {line}: {reason}."


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
        for entry in (*self.columns.values(), *self.attributes.values()):
            if entry.value not in columns:
                reason = f"the source has no column '{shortened(entry.value)}'; it has {listed(columns)}"
                raise BadMapping(file=self.file, line=entry.line, reason=reason)


_SECTIONS = ("columns", "attributes", "defaults")
# Of a row these say which product it is; one value for all rows would make them one product.
_NO_DEFAULT = {"product_id", "variant_id", "product_name", "sku", "barcode", "options"}


def read_mapping(path: Path) -> ColumnMapping:
    """Sections `columns`, `attributes` and `defaults`, each of `name: text`. Faults are told with their line."""

    def bad(node: yaml.Node | None, reason: str) -> BadMapping:
        return BadMapping(file=path, line=1 if node is None else node.start_mark.line + 1, reason=reason)

    root = _composed(path)
    sections: dict[str, dict[str, Entry]] = {}
    for name, node in _pairs(root, bad):
        if name not in _SECTIONS:
            raise bad(node, f"{name!r} is no section; there are {', '.join(_SECTIONS)}")
        if name in sections:
            raise bad(node, f"the section {name!r} stands twice")
        sections[name] = {}
        for key, value in _pairs(node, bad):
            if not isinstance(value, yaml.ScalarNode) or not value.value.strip():
                raise bad(value, f"{key!r} needs one text")
            if key in sections[name]:
                raise bad(value, f"{key!r} stands twice")
            if name != "attributes" and not is_field(key):
                near = nearest_field(key)
                raise bad(value, f"{key!r} is no field of a product" + (f"; did you mean {near!r}?" if near else ""))
            if name == "defaults" and key in _NO_DEFAULT:
                raise bad(value, f"{key!r} cannot be the same for every row")
            sections[name][key] = Entry(value.value, value.start_mark.line + 1)
    return ColumnMapping(str(path), **sections)


def _pairs(
    node: yaml.Node | None, bad: Callable[[yaml.Node | None, str], BadMapping]
) -> Iterator[tuple[str, yaml.Node]]:
    if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
        return
    if not isinstance(node, yaml.MappingNode):
        raise bad(node, "expected lines of `name: value`")
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise bad(key, "a name must be text")
        yield key.value.strip(), value


def _composed(path: Path) -> yaml.Node | None:
    def bad(line: int, reason: str) -> BadMapping:
        return BadMapping(file=path, line=line, reason=reason)

    try:
        if path.stat().st_size > BYTES_MAX:
            raise bad(1, "it is larger than a mapping can be")
        return yaml.compose(path.read_text("utf-8-sig"), yaml.SafeLoader)  # pyright: ignore[reportUnknownMemberType]
    except OSError as error:
        raise bad(1, error.strerror or str(error)) from None
    except UnicodeDecodeError as error:
        raise bad(error.object[: error.start].count(b"\n") + 1, "not UTF-8 text") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise bad(mark.line + 1 if mark else 1, f"not YAML: {error.problem}") from None
    except (yaml.YAMLError, RecursionError) as error:
        raise bad(1, f"not YAML: {str(error).splitlines()[0]}") from None
