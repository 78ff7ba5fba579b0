"""Reads every number of a text with what it counts: money, percent, hours, days, or plainly so many."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from vici.domains.assistant.grounding.number_words import CURRENCIES, DURATIONS, PERCENT, PIECES, SCALES
from vici.kit.number_words import number_at
from vici.kit.text import composed, folded

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|us\$|[^\W\d_]+|[^\w\s]|_", re.IGNORECASE)
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*")
_RANGE = frozenset({"-", "–", "—", "~", "den", "toi", "to", "and", "va", "hoac", "or", "/"})
_HALF = "ruoi"
_HALVES = frozenset({"nửa", "nua", "half"})
# Typed without accents they are other words, too: numbers only with a scale, a currency or pieces behind.
_TYPED = frozenset(["mot", "bon", "nam", "sau", "bay", "tam", "chin", "muoi", "chuc", "tram"])
_BEHIND_TYPED = frozenset({*SCALES, *PIECES, "vnd", "dong", "d"})
# What is written in a text is kept for the next time up to this length, so that no message fills the memory.
_KEPT = 24
# The longest number below a thousand, with what stands behind it: nine hundred and ninety - nine.
_WORDS_MAX = 9
# Digits beyond these tell no two amounts of a shop apart.
_DIGITS_MAX = 40


@dataclass(frozen=True)
class Amount:
    start: int
    end: int
    kind: str
    """`money`, `percent`, `clock` (minutes after midnight), `date`, a duration's unit such as `day`, or `number`."""
    value: Decimal
    currency: str | None = None
    unit: str = ""
    """The folded word behind a plain number: `gb`, `inch`, `chiec`; part of the amount when glued to it."""
    scale: int = 1
    spelt: bool = False
    """Written in words."""


class Token(NamedTuple):
    start: int
    end: int
    text: str
    """Lower case."""
    plain: str
    """Folded."""
    glued: bool
    """Nothing stands between it and the token before."""


def tokens_of(text: str) -> list[Token]:
    """The text must be composed (NFC): positions are its own."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        text_, plain = _forms(match.group())
        glued = bool(tokens) and tokens[-1].end == match.start()
        tokens.append(Token(match.start(), match.end(), text_, plain, glued))
    return tokens


def written_words(tokens: Sequence[Token]) -> list[Token]:
    """Letters and digits that are written as one, as one: `S24`, `256GB`; marks left out."""
    found: list[Token] = []
    for token in tokens:
        if not token.plain[0].isalnum():
            continue
        if found and found[-1].end == token.start:
            start, _, text, plain, glued = found[-1]
            found[-1] = Token(start, token.end, text + token.text, plain + token.plain, glued)
        else:
            found.append(token)
    return found


def _forms(written: str) -> tuple[str, str]:
    return _kept_forms(written) if len(written) <= _KEPT else _read_forms(written)


@lru_cache(maxsize=50_000)
def _kept_forms(written: str) -> tuple[str, str]:
    return _read_forms(written)


def _read_forms(written: str) -> tuple[str, str]:
    # Of an accent that stands alone folding leaves nothing.
    return written.lower(), folded(written) or written


def read_amounts(text: str) -> list[Amount]:
    """In the order they stand. Numbers in a code (`A54`, `WH-1000XM5`) are left to whoever reads names."""
    tokens = tokens_of(composed(text))
    amounts: list[Amount] = []
    at = 0
    while at < len(tokens):
        found = _amount(tokens, at)
        if found:
            amount, at = found
            amounts.append(amount)
        else:
            at += 1
    return _ranges(tokens, amounts)


def _amount(tokens: Sequence[Token], at: int) -> tuple[Amount, int] | None:
    """The amount that begins at this token, and the token after it."""
    sign = CURRENCIES.get(tokens[at].text)
    first = at + 1 if sign and at + 1 < len(tokens) and tokens[at + 1].text[0].isdecimal() else at
    if _in_code(tokens, first):
        return None
    number = _digits(tokens, first) or (_number_words(tokens, first) if first == at else None)
    if number is None:
        return None
    value, after, spelt = number
    start = tokens[at].start
    if first == at and not spelt and (other := _clock(tokens, at) or _date(tokens, at)):
        return other
    scale, value, after = _scaled(tokens, value, after)
    currency = sign if first > at else None
    if currency is None and (named := _currency(tokens, after, value, scaled=scale > 1)):
        currency, after = named
    end = tokens[after - 1].end
    if currency or scale > 1:
        return Amount(start, end, "money", value, currency, scale=scale, spelt=spelt), after
    return _counted(tokens, Amount(start, end, "number", value, spelt=spelt), after)


def _counted(tokens: Sequence[Token], amount: Amount, after: int) -> tuple[Amount, int]:
    """A number that is no money, with what it counts."""
    if after >= len(tokens):
        return amount, after
    unit = tokens[after]
    if unit.plain in PERCENT and (unit.plain != "phan" or _plain(tokens, after + 1) == "tram"):
        after += 1 if unit.plain != "phan" else 2
        return replace(amount, end=tokens[after - 1].end, kind="percent"), after
    if unit.text in DURATIONS:
        return replace(amount, end=unit.end, kind=DURATIONS[unit.text]), after + 1
    if unit.text[0].isalpha() and unit.glued:
        return replace(amount, end=unit.end, unit=unit.plain), after + 1
    return replace(amount, unit=unit.plain if unit.text[0].isalpha() else ""), after


def _in_code(tokens: Sequence[Token], at: int) -> bool:
    """`a54`, `tn-2110`, `1920x1080`: the digits are part of a longer name."""
    if at == 0 or not tokens[at].glued or not tokens[at].text[0].isdecimal():
        return False
    before = tokens[at - 1]
    if before.text in ("-", "_") and before.glued and at > 1:
        unit_of_a_number = tokens[at - 2].glued and at > 2 and tokens[at - 3].text[0].isdecimal()  # 8h-21h
        return tokens[at - 2].text[0].isalpha() and not unit_of_a_number
    return before.text[0].isalpha() and before.text not in CURRENCIES


def _digits(tokens: Sequence[Token], at: int) -> tuple[Decimal, int, bool] | None:
    text = tokens[at].text
    if not text[0].isdecimal():
        return None
    value = _value(text)
    if _scale(tokens, at + 1, value) and len(re.findall(r"[.,]", text)) == 1:
        value = Decimal(text[:_DIGITS_MAX].replace(",", "."))  # 1,001 triệu: a scale follows decimals
    return value, at + 1, False


def _value(text: str) -> Decimal:
    """`1.500.000`, `1,299.99`, `5,5`: a mark before three digits parts thousands, any other is the decimal mark."""
    text = text[:_DIGITS_MAX].partition(":")[0]
    if _GROUPED.fullmatch(text):
        return Decimal(re.sub(r"[.,]", "", text))
    marks = [mark for mark in text if not mark.isdecimal()]
    if marks and marks.count(marks[-1]) == 1:
        whole, _, decimals = text.rpartition(marks[-1])
        return Decimal(f"{re.sub(r'[.,]', '', whole)}.{decimals}")
    return Decimal(re.sub(r"[.,]", "", text))


def _number_words(tokens: Sequence[Token], at: int) -> tuple[Decimal, int, bool] | None:
    """`hai mươi lăm`, `twenty five`, `half a` (million). Scales from a thousand up are left to the caller."""
    text = tokens[at].text
    if text in _HALVES:
        after = at + 2 if _plain(tokens, at + 1) == "a" else at + 1
        return (Decimal("0.5"), after, True) if _plain(tokens, after) in SCALES else None
    if text == "a" and _plain(tokens, at + 1) in SCALES:
        return Decimal(1), at + 1, True
    number = number_at([token.text for token in tokens[at : at + _WORDS_MAX]], 0)
    if number is None or number.value == 0:
        return None
    after = at + number.after
    if text in _TYPED and number.after == 1 and _plain(tokens, after) not in _BEHIND_TYPED:
        return None
    return Decimal(number.value), after, True


def _scaled(tokens: Sequence[Token], value: Decimal, at: int) -> tuple[int, Decimal, int]:
    """`15 triệu 990 nghìn`, `15tr9`, `2 triệu rưỡi`, `990k`: the scale, the whole number, the token after it."""
    total = Decimal(0)
    largest = 1
    while scale := _scale(tokens, at, value):
        total += value * scale
        largest, at = max(largest, scale), at + 1
        if _plain(tokens, at) == _HALF:
            return largest, total + scale // 2, at + 1
        more = (_digits(tokens, at) or _number_words(tokens, at)) if at < len(tokens) else None
        if more is None:
            return largest, total, at
        rest, after, _ = more
        if smaller := _scale(tokens, after, rest):
            if smaller >= scale:
                return largest, total, at
            value, at = rest, after
        elif tokens[at].text.isdecimal() and (
            tokens[at].glued or after == len(tokens) or tokens[after].text in CURRENCIES
        ):
            # 15tr9 is 15.9 million, 15tr990 is 15.99 million
            return largest, total + Decimal(f"0.{tokens[at].text[:_DIGITS_MAX]}") * scale, after
        else:
            return largest, total, at
    return (largest, total, at) if largest > 1 else (1, value, at)


def _scale(tokens: Sequence[Token], at: int, value: Decimal) -> int | None:
    if at >= len(tokens):
        return None
    token = tokens[at]
    scale = SCALES.get(token.plain)
    if scale is None or (token.plain == "cu" and token.text != "củ"):
        return None
    if token.plain == "k":
        # 4K is a picture, 990k a price; `15 k` is not written.
        return scale if token.glued and value >= 5 else None
    if token.plain == "ti" and token.text not in ("tỉ", "ti"):
        return None
    return scale


def _currency(tokens: Sequence[Token], at: int, value: Decimal, *, scaled: bool) -> tuple[str, int] | None:
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.text == "đô" and at + 1 < len(tokens) and tokens[at + 1].text == "la":
        return "USD", at + 2
    if token.text in CURRENCIES:
        return CURRENCIES[token.text], at + 1
    # 500000d, as typed without accents
    if token.text == "d" and (token.glued or scaled) and value >= 1000:
        return "VND", at + 1
    return None


def _clock(tokens: Sequence[Token], at: int) -> tuple[Amount, int] | None:
    """`8:30`, `8h30`, `8 giờ 30`, `8 pm`, `9 giờ tối`."""
    text, after = tokens[at].text, at + 1
    if re.fullmatch(r"\d{1,2}:\d{2}(?::\d{2})?", text):
        hour, minute = (int(part) for part in text.split(":")[:2])
    elif text.isdecimal() and len(text) <= 2 and int(text) <= 24 and after < len(tokens):
        hour, minute = int(text), 0
        mark = tokens[after]
        if (mark.plain in ("h", "g") and mark.glued) or mark.plain == "gio":
            after += 1
            minutes = tokens[after].text if after < len(tokens) else ""
            follows = minutes.isdecimal() and len(minutes) <= 2 and int(minutes) < 60
            if follows and (tokens[after].glued or mark.plain == "gio"):
                minute, after = int(minutes), after + 1
                after += 1 if _plain(tokens, after) == "phut" else 0
        elif mark.plain not in ("am", "pm", "a", "p"):
            return None
    else:
        return None
    half = _plain(tokens, after)
    if half in ("a", "p") and _plain(tokens, after + 1) == "." and _plain(tokens, after + 2) == "m":
        half, after = half + "m", after + 3
    elif half in ("am", "pm", "sang", "trua", "chieu", "toi", "dem"):
        after += 1
    elif tokens[after - 1].plain not in ("gio", "h", "g", "phut") and not tokens[after - 1].text[0].isdecimal():
        return None
    if half in ("pm", "chieu", "toi", "dem") and hour < 12:
        hour += 12
    amount = Amount(tokens[at].start, tokens[after - 1].end, "clock", Decimal(60 * hour + minute))
    return amount, after


def _date(tokens: Sequence[Token], at: int) -> tuple[Amount, int] | None:
    """`20/11` or `20/11/2026`, kept as day and month."""
    if at + 2 >= len(tokens) or tokens[at + 1].text != "/" or not (tokens[at + 1].glued and tokens[at + 2].glued):
        return None
    day, month = tokens[at].text, tokens[at + 2].text
    if not (
        day.isdecimal()
        and month.isdecimal()
        and len(day + month) <= 4
        and 1 <= int(day) <= 31
        and 1 <= int(month) <= 31
    ):
        return None
    after = at + 3
    if _plain(tokens, after) == "/" and tokens[after].glued and _plain(tokens, after + 1)[:1].isdecimal():
        after += 2
    amount = Amount(tokens[at].start, tokens[after - 1].end, "date", Decimal(100 * int(month) + int(day)))
    return amount, after


def _plain(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].plain if 0 <= at < len(tokens) else ""


def _ranges(tokens: Sequence[Token], amounts: list[Amount]) -> list[Amount]:
    """In `2-3 triệu` and `7 to 10 days` the first number counts the same as the second."""
    between = {token.start: token for token in tokens}
    whole = list(amounts)
    for place in range(len(whole) - 2, -1, -1):
        first, second = whole[place], whole[place + 1]
        if first.kind != "number" or first.unit not in ("", *_RANGE) or second.kind == "number":
            continue
        joining = [token for start, token in between.items() if first.end <= start < second.start]
        if len(joining) == 1 and joining[0].plain in _RANGE:
            value = first.value * second.scale
            whole[place] = replace(first, kind=second.kind, value=value, currency=second.currency, unit="")
    return whole
