"""JSON, read strictly: what other readers silently repair is told here."""

import json
from typing import Any


class BadJson(Exception):
    """Says what is wrong, for people."""


def read_json(text: str | bytes) -> Any:
    """The value. Refuses a name that stands twice in one object, and numbers that are none (NaN, Infinity)."""
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise BadJson(f"not JSON: {error.msg.lower()} at character {error.pos + 1}") from None
    except RecursionError:
        raise BadJson("not usable: lists or objects stand too deep in each other") from None
    except UnicodeDecodeError:
        raise BadJson("not UTF-8 text") from None
    except ValueError as error:  # Python refuses to read numbers of thousands of digits
        raise BadJson(f"not usable: {error}") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise BadJson(f"not clear: the name {twice[:100]!r} stands twice in one object")
    return found


def _no_number(name: str) -> Any:
    raise BadJson(f"{name} is not a number")
