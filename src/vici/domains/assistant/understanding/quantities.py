"""How many of a thing a message speaks of: `30 hộp`, `two of them`."""

import re

from vici.domains.assistant.understanding.spelling import levelled
from vici.kit.text import composed

_COUNTED = (
    r"(?:cai|chiec|hop|goi|doi|cuon|quyen|chai|thung|tui|lon|hu|lo|cay|vi|phan|suat|bich|loc|set|con|may|san pham"
    r"|units?|pieces?|pcs|boxes|box|packs?|bags?|pairs?|bottles?|copies)"
)
_NUMBERS = {
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "bon": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
    "muoi": 10,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "ten": 10,
    "twenty": 20,
    "a dozen": 12,
}
# The first two, the second one: places, no quantities.
_AFTER = "dau|cuoi|thu|nay|do|tren"
_HOW_MANY = re.compile(
    rf"(?<![\d.,]\b)(?<!thu )(?<!so )\b(?P<number>\d{{1,4}}|{'|'.join(_NUMBERS)}) "
    rf"(?:{_COUNTED}\b(?! (?:{_AFTER}))|of (?:it|them|these|those|this|that)\b)(?: of\b)?"
)


_SO_MANY = re.compile(rf"\b(?:may|bao nhieu|bn) {_COUNTED}\b|\bhow many\b")


def asks_how_many(plain: str) -> bool:
    return bool(_SO_MANY.search(plain) or re.search(r"\bcon (?:may|bao nhieu)\b(?! tien)", plain))


def quantity_in(plain: str) -> int | None:
    """Of a folded message; None where it names none."""
    found = _HOW_MANY.search(plain)
    if not found:
        return None
    number = found["number"]
    return int(number) if number.isdigit() else _NUMBERS[number]


def without_quantity(text: str) -> str:
    """`10 gói trà sen` is `trà sen`; the text as it is where nothing else would be left."""
    text = composed(text)
    left = text
    plain = levelled(text)
    found = [*_HOW_MANY.finditer(plain), *_SO_MANY.finditer(plain)]
    for match in sorted(found, key=lambda each: each.start(), reverse=True):
        left = f"{left[: match.start()]} {left[match.end() :]}"
    return " ".join(left.split()) if any(map(str.isalnum, left)) else text
