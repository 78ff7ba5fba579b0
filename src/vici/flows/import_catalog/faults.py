"""What was not taken, told so that its owner can mend it."""

from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from pydantic_core import ErrorDetails

VALUE_CHARACTERS = 60
NAMES_SHOWN = 20


class Fault(NamedTuple):
    """One thing that is wrong with a row."""

    row: int
    column: str
    """As the source calls it; empty where the whole row is meant."""
    value: str
    """Shortened."""
    reason: str
    """What is wrong and what to do."""


class Rejected(NamedTuple):
    """A product that was not taken, or a row that is none."""

    product_id: str
    """Empty where it could not be read."""
    faults: tuple[Fault, ...]


def shortened(value: object) -> str:
    """Short enough for a line of a report, and nothing in it moves a terminal's cursor."""
    text = "" if value is None else str(value)[: VALUE_CHARACTERS + 1]
    clean = "".join(letter if letter.isprintable() else "�" for letter in text)
    return clean if len(clean) <= VALUE_CHARACTERS else clean[:VALUE_CHARACTERS] + "…"


def listed(names: Iterable[str]) -> str:
    """The first of them, for a sentence."""
    some = [f"'{shortened(name)}'" for name in islice(names, NAMES_SHOWN + 1)]
    return ", ".join([*some[:NAMES_SHOWN], *("…" for _ in some[NAMES_SHOWN:])]) or "none"


_BY_FIELD = {
    "product_id": "an id has 1 to 100 characters, none of them invisible",
    "variant_id": "an id has 1 to 100 characters, none of them invisible",
    "shop_id": "an id has 1 to 100 characters, none of them invisible",
    "sku": "a code has 1 to 100 characters, none of them invisible",
    "barcode": "a code has 1 to 100 characters, none of them invisible",
    "image_url": "not an address: it must start with https:// or / and hold no spaces",
    "images": "not an address: it must start with https:// or / and hold no spaces",
    "variant_image_url": "not an address: it must start with https:// or / and hold no spaces",
    "language": "not a language: write two small letters such as vi or en",
}


def in_words(field: str, error: ErrorDetails) -> str:
    """A validation error in the words of someone who keeps a shop's list of products."""
    facts = error.get("ctx", {})
    match error["type"]:
        case "string_too_long":
            return f"longer than {facts['max_length']:,} characters: shorten it"
        case "too_long":
            return f"more than {facts['max_length']:,} of them: leave some out"
        case "greater_than_equal" | "less_than_equal" | "less_than":
            return f"out of range: {error['msg']}"
        case "string_pattern_mismatch" | "string_too_short" if field in _BY_FIELD:
            return _BY_FIELD[field]
        case "string_pattern_mismatch":
            return "holds a character that is no text (U+0000): remove it"
        case "string_too_short":
            return "empty: write something or leave it out"
        case "string_unicode":
            return "holds half a character: write it again"
        case _:
            return str(error["msg"])
