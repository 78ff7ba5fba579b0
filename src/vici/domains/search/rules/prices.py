"""Price limits as people write them, in Vietnamese (with and without accents) and English, read from their words.

A number is money only when the words say so: a currency or a unit of money (`20 triệu`, `$50`), or a word of limit
before a bare number that nothing measurable follows (`under 300`, but not `under 32 inches` or `under armour`).
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from vici.domains.search.rules import price_words as says
from vici.domains.search.rules.price_words import Names, Role, Token
from vici.kit.number_words import number_at
from vici.kit.text import composed, folded, singular

# "About" an amount: so much of it to both sides.
ABOUT = Decimal("0.15")
# A bare range below this counts pieces, sizes or years of age rather than money.
BARE_RANGE_LEAST = 20
SPELT_WORDS_MAX = 9
YEARS = range(1900, 2101)

_TOKEN = re.compile(
    r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?|us\$|[^\W\d_]+|[^\w\s]|_", re.IGNORECASE
)
_UNITS, _CURRENCIES = Names(*says.UNITS), Names(*says.CURRENCIES)
# A number that goes on like this is part of a name or a measure: 55", 50%, 1920x1080, 24/7.
_GLUED_ON = frozenset("%\"”″°/'’_×")


class PriceWords(NamedTuple):
    """A limit that was read. Amounts are in whole units of the currency (5.5 for $5.50)."""

    start: int
    end: int
    """The characters of the composed text it was read from."""
    low: Decimal | None
    high: Decimal | None
    currency: str | None
    """None when the words name none."""


class _Amount(NamedTuple):
    after: int
    """The token after it."""
    value: Decimal
    unit: Decimal
    """1 when it has none."""
    currency: str | None
    sure: bool
    """Can be nothing but money, whatever stands before it: `$50`, `20 triệu`, but not `500k`."""

    @property
    def bare(self) -> bool:
        return self.unit == 1 and self.currency is None


def read_prices(text: str) -> list[PriceWords]:
    """The limits in the order they stand."""
    tokens = _tokens(composed(text))
    found: list[PriceWords] = []
    at = taken = 0
    while at < len(tokens):
        limit = _limit(tokens, at, taken)
        if limit:
            price, at = limit
            taken = at
            found.append(price)
        else:
            at += 1
    return found


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The composed text less these parts, tidied up."""
    text = composed(text)
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + " " + text[end:]
    return re.sub(r"\s+", " ", text).strip(" ,;:-–")


def _tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        written = match.group().lower()
        glued = bool(tokens) and tokens[-1].end == match.start()
        tokens.append(Token(match.start(), match.end(), written, folded(written), glued))
    return tokens


def _limit(tokens: Sequence[Token], at: int, taken: int) -> tuple[PriceWords, int] | None:
    """The limit whose first amount begins at this token, and the token after it. Words before `taken` are taken."""
    first = None if _in_a_code(tokens, at) else _amount(tokens, at)
    if first is None:
        return None
    start, role = _limit_before(tokens, at, taken)
    start, of_money = _money_before(tokens, start, taken)
    if role and not of_money and start > taken and tokens[start - 1].text == "for":
        start -= 1
    if 0 < taken == start - 1 and says.AND.at(tokens, taken):
        start = taken  # above 2 million and below 3 million
    reach = _range(tokens, first, role)
    if reach:
        low, high, currency, bare, after = reach
        counts_money = role is Role.FROM and _ended(tokens, after) and low >= BARE_RANGE_LEAST and low not in YEARS
        if bare and not (of_money or counts_money):
            return None
        return PriceWords(tokens[start].start, tokens[after - 1].end, low, high, currency), after
    after = first.after
    if role not in (Role.MOST, Role.LEAST) and (later := says.AFTER.after(tokens, after)):
        after, role = later
    if first.bare and not (_ended(tokens, after) and (of_money or role in (Role.MOST, Role.LEAST))):
        return None
    if role is None and not (of_money or first.sure):
        return None  # `20k mah`, `thẻ 500k`: without a word of limit it may count anything
    low = high = None
    match role:
        case Role.MOST:
            high = first.value
        case Role.LEAST | Role.FROM:
            low = first.value
        case Role.ABOUT | None:  # `laptop 20 triệu` means about so much
            low, high = first.value * (1 - ABOUT), first.value * (1 + ABOUT)
    return PriceWords(tokens[start].start, tokens[after - 1].end, low, high, first.currency), after


def _in_a_code(tokens: Sequence[Token], at: int) -> bool:
    """`a54`, `tn-2110`, `1920x1080`: the digits are part of a longer name."""
    if at == 0 or not tokens[at].glued:
        return False
    before = tokens[at - 1]
    if before.text in "-–/._+":
        return before.glued and tokens[at - 2].text.isalnum()
    return before.text == "#" or before.text.isalnum()


def _amount(tokens: Sequence[Token], at: int) -> _Amount | None:
    """The amount of money that may begin here."""
    sign = says.CURRENCIES[tokens[at].text] if tokens[at].text in says.SIGNS else None
    number = _number(tokens, at + bool(sign))
    if number is None:
        return None
    value, at = number
    unit, currency, sure = Decimal(1), sign, sign is not None
    if name := _UNITS.at(tokens, at):
        unit = Decimal(says.UNITS[name])
        value, at = value * unit, at + 1
        sure = sure or name in says.UNITS_OF_DONG or unit > 1000
        if name in says.UNITS_OF_DONG or (name == "k" and value >= 10_000):
            currency = currency or "VND"
        more, at = _rest_of_the_number(tokens, at, unit)
        value += more
    elif _is_million(tokens, at):
        value, unit, at = value * 1_000_000, Decimal(1_000_000), at + 1
    if name := _CURRENCIES.at(tokens, at):
        currency, sure, at = says.CURRENCIES[name], True, at + 1
    elif at < len(tokens) and tokens[at].text == "d" and tokens[at].glued and value >= 10_000:
        currency, sure, at = "VND", True, at + 1  # 500000d
    return None if _name_goes_on(tokens, at) else _Amount(at, value, unit, currency, sure)


def _is_million(tokens: Sequence[Token], at: int) -> bool:
    """`under 7m`, but neither `dưới 7m` nor `cable under 7m`."""
    return (
        at < len(tokens)
        and tokens[at].text == "m"
        and tokens[at].glued
        and any(token.text in says.ENGLISH_LIMITS for token in tokens[:at])
        and not any(token.text in says.IN_METRES or singular(token.text) in says.IN_METRES for token in tokens)
    )


def _name_goes_on(tokens: Sequence[Token], at: int) -> bool:
    """`256gb`, `55"`, `15-inch`: what looked like an amount measures something or is part of a name."""
    if at >= len(tokens) or not tokens[at].glued:
        return False
    if tokens[at].text == "-":
        return at + 1 < len(tokens) and tokens[at + 1].glued and tokens[at + 1].text.isalpha()
    return tokens[at].text.isalnum() or tokens[at].text in _GLUED_ON


def _number(tokens: Sequence[Token], at: int) -> tuple[Decimal, int] | None:
    """Digits, or number words that a unit of money or a currency follows; and the token after them."""
    if at >= len(tokens):
        return None
    if tokens[at].text[0].isdecimal():
        return _decimal(tokens[at].text), at + 1
    spelt = _spelt(tokens, at)
    if spelt is None:
        return None
    value, after = spelt
    of_money = _UNITS.at(tokens, after) or _CURRENCIES.at(tokens, after)
    joined = says.TO.at(tokens, after) or says.AND.at(tokens, after) or _spelt(tokens, after)
    bare = value >= BARE_RANGE_LEAST and _ended(tokens, after)
    return spelt if of_money or joined or bare else None


def _spelt(tokens: Sequence[Token], at: int) -> tuple[Decimal, int] | None:
    """A number in words: `hai mươi lăm`, `two and a half`; of `triệu rưỡi` the one that is not said."""
    words = [token.text for token in tokens[at : at + SPELT_WORDS_MAX]]
    if number := number_at(words, 0):
        after = at + number.after
        half = [token.plain for token in tokens[after : after + 3]] == ["and", "a", "half"]
        return Decimal(number.value) + (Decimal("0.5") if half else 0), after + (3 if half else 0)
    if _UNITS.at(tokens, at) and (says.HALF.at(tokens, at + 1)) and tokens[at].text not in ("k", "tr"):
        return Decimal(1), at
    if words[:1] == ["a"] and len(words) > 1 and words[1] in ("thousand", "million", "billion"):
        return Decimal(1), at + 1
    return None


def _decimal(text: str) -> Decimal:
    """`1.500.000`, `1,299.99`, `5,5`: a mark before three digits parts thousands, any other is the decimal mark."""
    marks = [mark for mark in text if not mark.isdecimal()]
    if not marks:
        return Decimal(text)
    whole, last = text.rsplit(marks[-1], 1)
    if len(last) == 3 and len(set(marks)) == 1:
        return Decimal(whole.replace(marks[-1], "") + last)
    return Decimal(whole.replace(".", "").replace(",", "") + "." + last)


def _rest_of_the_number(tokens: Sequence[Token], at: int, unit: Decimal) -> tuple[Decimal, int]:
    """What follows a unit: `1tr2`, `2 triệu rưỡi`, `1 triệu 200 nghìn`, `2 triệu 5`, `hai triệu năm trăm`."""
    if says.HALF.at(tokens, at):
        return unit / 2, at + 1
    if at < len(tokens) and re.fullmatch(r"\d{1,3}", digits := tokens[at].text):
        lower = _UNITS.at(tokens, at + 1)
        if lower and says.UNITS[lower] < unit:
            scale = Decimal(says.UNITS[lower])
            more, after = _rest_of_the_number(tokens, at + 2, scale)
            return Decimal(digits) * scale + more, after
        if tokens[at].glued or (unit > 1000 and _ended(tokens, at + 1)):
            return Decimal(digits) * unit / 10 ** len(digits), at + 1
    elif at < len(tokens) and unit >= 1000 and (spelt := _spelt(tokens, at)) and spelt[1] > at:
        value, after = spelt
        lower = _UNITS.at(tokens, after)
        if lower and says.UNITS[lower] < unit:
            scale = Decimal(says.UNITS[lower])
            more, after = _rest_of_the_number(tokens, after + 1, scale)
            return value * scale + more, after
        if _ended(tokens, after) and tokens[at].text != "nam":  # áo hai triệu nam
            return value * unit / 10 ** len(str(int(value))), after
    return Decimal(0), at


class _Range(NamedTuple):
    low: Decimal
    high: Decimal
    currency: str | None
    bare: bool
    after: int


def _range(tokens: Sequence[Token], first: _Amount, role: Role | None) -> _Range | None:
    """The range that this amount begins, if a second one follows; either may lend the other its unit and currency."""
    at = first.after
    joined = says.TO.at(tokens, at) or (role is Role.FROM and says.AND.at(tokens, at))
    if joined:
        at += 1 + bool(says.LIMIT_AGAIN.at(tokens, at + 1))
    second = _amount(tokens, at) if at < len(tokens) and role is not Role.MOST else None
    if second is None or not (joined or _is_two_or_three(tokens, first, second)):
        return None
    low, high = first.value, second.value
    if first.unit == 1 and second.unit > 1:  # 10-15 triệu; 800-1tr2
        low *= second.unit if low * second.unit < high else second.unit / 1000
    elif second.unit == 1 and first.unit > 1 and high < low:
        high *= first.unit
    if not 0 < low < high:
        return None
    return _Range(low, high, first.currency or second.currency, first.bare and second.bare, second.after)


def _is_two_or_three(tokens: Sequence[Token], first: _Amount, second: _Amount) -> bool:
    """`hai ba triệu`: neighbouring digits in words are an estimate."""
    spelt = not any(token.text[0].isdecimal() for token in tokens[first.after - 1 : second.after])
    return first.bare and not second.bare and spelt and second.value == (first.value + 1) * second.unit


def _limit_before(tokens: Sequence[Token], at: int, taken: int) -> tuple[int, Role | None]:
    """Where the words begin that make the amount a limit, and which limit."""
    for end in range(at, max(at - 3, taken), -1):
        if found := says.BEFORE.before(tokens, end, taken):
            return found
        if not says.LINKS_AFTER_MONEY.at(tokens, end - 1):
            break
    return at, None


def _money_before(tokens: Sequence[Token], at: int, taken: int) -> tuple[int, bool]:
    """Where the words about money begin that lead to it, if any: `với mức giá`, `priced`."""
    end = at
    while end > taken and says.LINKS_AFTER_MONEY.at(tokens, end - 1) and not says.MONEY.before(tokens, end, taken):
        end -= 1
    found = says.MONEY.before(tokens, end, taken)
    if found is None:
        return at, False
    start = found[0]
    while start > taken and says.LINKS_BEFORE_MONEY.at(tokens, start - 1):
        start -= 1
    return start, True


def _ended(tokens: Sequence[Token], at: int) -> bool:
    """Nothing follows that the number could count or measure."""
    return at >= len(tokens) or says.GOES_ON.at(tokens, at) is not None
