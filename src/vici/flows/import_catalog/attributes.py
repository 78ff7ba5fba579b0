"""A product's attributes from what suppliers' files hold."""

import json
import re
from collections.abc import Mapping
from typing import Any, cast

# Some suppliers put the kind of a value in front of its name: number, text, truth value.
_TYPED_NAME = re.compile(r"([ntb])_(.*[^_].*)")
_KINDS = {"n": "number", "t": "text", "b": "yes or no"}
_NOTHING = {"", "-", "–", "—"}


def attributes_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """Each value as one value (lists joined, objects as JSON), nothing for null. Where all names carry the kind of
    their value (`n_weight`, `t_product_colour`, `b_touchscreen`) they become plain words."""
    if has_typed_names(document):
        document = _plainly_named(document)
    return {name: value for name, each in document.items() if (value := single_value(each)) is not None}


def spec_table(document: Mapping[str, Any]) -> dict[str, Any]:
    """The lines of a table of specifications: groups are opened, lines that say nothing (`-`) left out. A line that
    stands in two groups keeps the group's name the second time."""
    found: dict[str, Any] = {}
    for name, each in document.items():
        lines = cast("dict[str, Any]", each) if isinstance(each, dict) else {name: each}
        for line, content in lines.items():
            told = [part for part in _parts(content) if str(part).strip() not in _NOTHING]
            value = single_value(told[0] if len(told) == 1 else told)
            if value is None or not line.strip():
                continue
            again = line in found and found[line] != value
            found[f"{name}: {line}" if again else line] = value
    return found


def has_typed_names(document: Mapping[str, Any]) -> bool:
    """Whether every name carries the kind of its value, and rightly."""
    return bool(document) and all(
        (match := _TYPED_NAME.fullmatch(name)) and _is_kind(match[1], value) for name, value in document.items()
    )


def _is_kind(kind: str, value: Any) -> bool:
    if kind == "b":
        return isinstance(value, bool)
    if kind == "n":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, str)


def _plainly_named(document: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in document.items():
        kind, rest = name[0], name[2:]
        plain = re.sub("_+", " ", rest).strip()
        if plain in found:
            plain = f"{plain} ({_KINDS[kind]})"
        found[plain] = int(value) if isinstance(value, float) and value.is_integer() else value
    return found


def single_value(value: Any) -> Any:
    """A value as an attribute can hold it; nothing where there is none."""
    if isinstance(value, list):
        parts = [part for part in _parts(value) if part not in (None, "")]
        return ", ".join(_written(part) for part in parts) or None
    if isinstance(value, (dict, tuple)):
        return _written(value)
    return value


def _parts(value: Any) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else [] if value is None else [value]


def _written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
