"""The words that make a number a price limit, in Vietnamese and English."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from vici.kit.text import folded


class Role(StrEnum):
    MOST = "most"
    LEAST = "least"
    ABOUT = "about"
    FROM = "from"


class Token(NamedTuple):
    start: int
    end: int
    text: str
    """Lower case."""
    plain: str
    """Folded."""
    glued: bool
    """Nothing stands between it and the token before."""


# Without accents these are other words: old, tivi, do, with.
_ONLY_ACCENTED = {"củ", "tỉ", "đô", "đ", "cỡ"}


def _spellings(names: Iterable[str]) -> dict[str, str]:
    """Each name by the ways it may be typed: as it is, and without its accents where that is no other word."""
    return {folded(name): name for name in names if name not in _ONLY_ACCENTED} | {name: name for name in names}


class Names:
    """Single words, spelt properly or without accents: `tu` may say `từ`, `tủ` does not."""

    def __init__(self, *names: str) -> None:
        self._typed = _spellings(names)

    def at(self, tokens: Sequence[Token], at: int) -> str | None:
        """Which of the names this token says."""
        return self._typed.get(tokens[at].text) if 0 <= at < len(tokens) else None


class Phrases:
    """Phrases of one or more words, by what they say."""

    def __init__(self, roles: Mapping[Role, str]) -> None:
        self._role: dict[tuple[str, ...], Role] = {}
        for role, phrases in roles.items():
            for phrase in phrases.split(","):
                self._role[tuple(phrase.split())] = role
        self._words = _spellings({word for phrase in self._role for word in phrase})
        # Two words may be the same without accents; the phrase decides which is meant.
        self._plain = {tuple(map(folded, phrase)): phrase for phrase in self._role}
        self._longest = max(map(len, self._role))

    def before(self, tokens: Sequence[Token], end: int, free: int) -> tuple[int, Role] | None:
        """The longest that ends before the token `end` and begins at or after `free`: where it begins, what it says."""
        for length in range(min(self._longest, end - free), 0, -1):
            if role := self._said(tokens[end - length : end]):
                return end - length, role
        return None

    def after(self, tokens: Sequence[Token], start: int) -> tuple[int, Role] | None:
        """The longest that begins at the token `start`: where it ends, what it says."""
        for length in range(min(self._longest, len(tokens) - start), 0, -1):
            if role := self._said(tokens[start : start + length]):
                return start + length, role
        return None

    def _said(self, tokens: Sequence[Token]) -> Role | None:
        phrase = self._plain.get(tuple(token.plain for token in tokens))
        if phrase and all(
            token.text == word or (token.text == token.plain and token.text in self._words)
            for token, word in zip(tokens, phrase, strict=True)
        ):
            return self._role[phrase]
        return None


UNITS = {
    "k": 10**3, "nghìn": 10**3, "ngàn": 10**3, "thousand": 10**3,
    "tr": 10**6, "triệu": 10**6, "củ": 10**6, "million": 10**6, "mil": 10**6, "mio": 10**6,
    "tỷ": 10**9, "tỉ": 10**9, "billion": 10**9,
}  # fmt: skip
UNITS_OF_DONG = {"nghìn", "ngàn", "tr", "triệu", "củ", "tỷ", "tỉ"}
CURRENCIES = {
    "đ": "VND", "₫": "VND", "vnd": "VND", "vnđ": "VND", "đồng": "VND",
    "$": "USD", "us$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD", "bucks": "USD", "đô": "USD",
    "£": "GBP", "gbp": "GBP", "quid": "GBP", "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR",
    "¥": "JPY", "jpy": "JPY", "yen": "JPY",
}  # fmt: skip
SIGNS = {"$", "us$", "£", "€", "¥", "₫"}
BEFORE = Phrases({
    Role.MOST: "dưới,không quá,ko quá,không vượt quá,tối đa,nhỏ hơn,ít hơn,thấp hơn,rẻ hơn,bé hơn,kém hơn,chưa tới,"
    "chưa đến,không hơn,< =,<,≤,under,below,less than,cheaper than,lower than,no more than,not more than,"
    "no higher than,no greater than,at most,up to,upto,not over,not above,not exceeding,not to exceed,within,max,"
    "maximum,max of,maximum of",
    Role.LEAST: "trên,tối thiểu,ít nhất,không dưới,lớn hơn,cao hơn,đắt hơn,nhiều hơn,mắc hơn,hơn,> =,>,≥,over,above,"
    "more than,greater than,higher than,at least,min,minimum,min of,minimum of,no less than,not less than,not under,"
    "starting at,starting from,upwards of",
    Role.ABOUT: "tầm,khoảng,tầm khoảng,vào khoảng,trong khoảng,trong tầm,cỡ,xấp xỉ,gần,quanh,loanh quanh,~,about,"
    "around,approximately,approx,roughly,circa,near,close to,nearly,in the range of",
    Role.FROM: "từ,from,between,giữa,trong khoảng từ,khoảng từ,tầm từ,in between,ranging from",
})  # fmt: skip
AFTER = Phrases({
    Role.MOST: "trở xuống,đổ xuống,trở lại,đổ lại,quay đầu,là cùng,or less,or under,or below,or cheaper,or lower,"
    "and under,and below,and less,max,maximum,tối đa,at most,tops",
    Role.LEAST: "trở lên,đổ lên,trở đi,or more,or above,or over,or higher,and up,and above,and over,and more,"
    "and higher,minimum,min,tối thiểu,+",
    Role.ABOUT: "or so,gì đó,ish",
})  # fmt: skip
# They speak of money, and go with the limit they stand before.
MONEY = Phrases({
    Role.ABOUT: "giá,mức giá,tầm giá,khoảng giá,giá bán,giá tiền,giá cả,giá thành,ngân sách,kinh phí,tài chính,price,"
    "prices,priced,pricing,price range,price tag,cost,costs,costing,budget,budget range,spend,spending",
})  # fmt: skip
TO = Names("-", "–", "—", "~", "đến", "tới", "to")
AND = Names("and", "và")
LIMIT_AGAIN = Names("dưới", "under")
HALF = Names("rưỡi")
# An English `m` behind a number is a million, where nothing that is measured in metres is looked for.
ENGLISH_LIMITS = frozenset(
    {"over", "above", "under", "below", "from", "between", "than", "least", "most", "max", "min"}
)
IN_METRES = frozenset({
    "cable", "cord", "rope", "hose", "wire", "lead", "tape", "chain", "strap", "ribbon", "fabric", "curtain", "rug",
    "extension", "long", "length", "wide", "width", "tall", "high", "height", "deep", "depth", "waterproof", "range",
    "distance", "hdmi", "usb", "fence", "ladder", "strip", "pipe", "tube", "dây", "cáp", "ống", "thảm", "vải",
})  # fmt: skip
LINKS_BEFORE_MONEY = Names(
    "có", "với", "chỉ", "trong", "mức", "of", "with", "for", "at", "a", "the", "my", "in", "that", "it", "on",
)  # fmt: skip
LINKS_AFTER_MONEY = Names("có", "chỉ", "là", "mức", "giá", "price", "is", "are", "of", "at", "a", "the", "to", ":", "=")
# After a bare number these begin something else, so the number measures nothing.
GOES_ON = Names(
    "for", "with", "and", "or", "but", "that", "which", "please", "only", "cho", "có", "và", "hoặc", "màu", "loại",
    "mà", "thôi", "nhé", "ạ", "để", "của", "tại", "còn", ",", ".", ";", "!", "?", ")", "(",
)  # fmt: skip
