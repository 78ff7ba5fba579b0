"""Whole numbers below a thousand written in words, in Vietnamese (with its accents or without) and English.

What multiplies them (`nghìn`, `triệu`, `million`) and what they count is for the caller to read.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from vici.kit.text import folded


class Number(NamedTuple):
    value: int
    """Below 1000."""
    after: int
    """The word behind it."""


def _typed(digits: Mapping[str, int]) -> dict[str, int]:
    """With their accents and without any."""
    return {folded(name): value for name, value in digits.items()} | dict(digits)


_DIGITS = _typed({
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
})  # fmt: skip
# What some become behind tens: hai mươi mốt, tư, lăm.
_LAST_ONLY = _typed({"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5})
_LAST_DIGITS = _LAST_ONLY | _DIGITS
_HUNDRED, _TEN, _DOZEN, _HALF = {"trăm", "tram"}, {"mười", "muoi"}, {"chục", "chuc"}, {"rưỡi", "ruoi"}
_TENS = {"mươi", *_TEN, *_DOZEN}
_LINKS = {"linh", "lẻ", "le"}
_UNTIL_TWENTY = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen"""
_ENGLISH_TENS = """twenty thirty forty fifty
sixty seventy eighty ninety"""
_ENGLISH = {name: value for value, name in enumerate(_UNTIL_TWENTY.split())} | {
    name: 10 * value for value, name in enumerate(_ENGLISH_TENS.split(), start=2)
}


def number_at(words: Sequence[str], at: int) -> Number | None:
    """The longest number that begins at this word, if any. Words are in lower case and composed; `-` may stand between
    English ones.

    Vietnamese is read as it is spoken, too: `hai lăm` is 25, `trăm rưỡi` 150, `hai trăm ba` 230. Left alone is what may
    be another word: `tu` (from) and `lam` (do) where no number is begun, years (`hai năm`), the second digit of `hai
    ba` (two or three). A single digit without accents may still be one: `nam` is also a man.
    """
    return _vietnamese(words, at) or _english(words, at)


def _word(words: Sequence[str], at: int) -> str:
    return words[at] if 0 <= at < len(words) else ""


def _vietnamese(words: Sequence[str], at: int) -> Number | None:
    if _word(words, at) in _HUNDRED and _word(words, at + 1) in _HALF:
        return Number(150, at + 2)
    hundreds = _DIGITS.get(_word(words, at), 0)
    if not (hundreds or _word(words, at) in ("không", "khong")) or _word(words, at + 1) not in _HUNDRED:
        return _below_hundred(words, at)
    after = at + 2
    if hundreds and _word(words, after) in _HALF:
        return Number(100 * hundreds + 50, after + 1)
    if _word(words, after) in _LINKS and (digit := _LAST_DIGITS.get(_word(words, after + 1))):
        return Number(100 * hundreds + digit, after + 2)
    rest = _below_hundred(words, after)
    if rest is None or words[rest.after - 1] == "nam":  # áo hai trăm nam
        return Number(100 * hundreds, after) if hundreds else None
    return Number(100 * hundreds + rest.value * (10 if rest.value < 10 else 1), rest.after)


def _below_hundred(words: Sequence[str], at: int) -> Number | None:
    word, following = _word(words, at), _word(words, at + 1)
    if word in _TEN:
        digit = 5 if following in ("lăm", "lam", "nhăm", "nham") else _DIGITS.get(following, 0)
        return Number(10 + digit, at + 1 + bool(digit))
    if word in _DOZEN:
        return Number(10, at + 1)
    digit = _DIGITS.get(word)
    if digit is None:
        return Number(4, at + 1) if word == "tư" else None
    if following in _TENS:
        last = _LAST_DIGITS.get(_word(words, at + 2), 0)
        return Number(10 * digit + last, at + 2 + bool(last))
    last = _spoken_last(words, at, digit)
    return Number(10 * digit + last, at + 2) if last else Number(digit, at + 1)


def _spoken_last(words: Sequence[str], at: int, digit: int) -> int:
    """The second digit of tens said without their word; 0 where it is none."""
    following = _word(words, at + 1)
    # What stands behind may make it the first digit of a number of its own: `áo nam ba trăm`.
    if words[at] == "nam" or following in ("năm", "nam", "tu") or _word(words, at + 2) in _HUNDRED | _TENS:
        return 0
    last = _LAST_DIGITS.get(following, 0)
    return last if last != digit + 1 or following in _LAST_ONLY else 0


def _english(words: Sequence[str], at: int) -> Number | None:
    article = _word(words, at) in ("a", "an") and _word(words, at + 1) == "hundred"
    first = Number(1, at + 1) if article else _english_tens(words, at)
    if first is None or not (_word(words, first.after) == "hundred" and 0 < first.value < 10):
        return first
    after = first.after + 1
    rest = _english_tens(words, after + (_word(words, after) == "and"))
    if rest and rest.value:
        return Number(first.value * 100 + rest.value, rest.after)
    return Number(first.value * 100, after)


def _english_tens(words: Sequence[str], at: int) -> Number | None:
    value = _ENGLISH.get(_word(words, at))
    if value is None:
        return None
    after = at + 1
    if value >= 20:
        following = after + (_word(words, after) == "-")
        if 0 < (digit := _ENGLISH.get(_word(words, following), 0)) < 10:
            return Number(value + digit, following + 1)
    return Number(value, after)
