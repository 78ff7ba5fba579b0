"""What of the things shown a message points at: `cái thứ hai`, `the first two`, `nó`, `con iPhone`."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from vici.kit.text import folded, words

_PLACES = {
    **dict.fromkeys(["nhat", "mot", "dau tien", "dau", "1", "first", "1st", "one"], 1),
    **dict.fromkeys(["hai", "nhi", "2", "second", "2nd", "two"], 2),
    **dict.fromkeys(["ba", "3", "third", "3rd", "three"], 3),
    **dict.fromkeys(["tu", "bon", "4", "fourth", "4th", "four"], 4),
    **dict.fromkeys(["nam", "5", "fifth", "5th", "five"], 5),
    **dict.fromkeys(["cuoi cung", "cuoi", "chot", "last"], -1),
}
_THING = (
    r"(?:cai|con|mau|chiec|san pham|em|loai|doi|cuon|quyen|bo|may|hang|ban|option|number|no|item|product|model|one)"
)
_NAME = "|".join(sorted(_PLACES, key=len, reverse=True))
_UNITS = "trieu|tr|k|nghin|gb|tb|inch|nam|thang|ngay|cai|chiec|mau|con"
_PLACE = re.compile(
    rf"\b(?:{_THING} )?(?:thu|so) ({_NAME})\b"
    rf"|\b{_THING} (dau tien|cuoi cung|cuoi)\b|\b{_THING} (\d)\b(?! ?(?:{_UNITS}|\d))"
    rf"|#(\d)\b|\b(first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th)\b(?! (?:two|three|2|3|few|time|day|week))"
)
_NUMBERS = re.compile(r"\b(?:so sanh|compare|giua|between) (\d) ?(?:va|voi|and|with|vs|&|,) ?(\d)\b")
_AND_PLACE = re.compile(rf"(?:va|voi|and|with|vs|&|,) (?:{_THING} )?(?:thu |so )?({_NAME})\b")
_FIRST_FEW = re.compile(
    rf"\b(hai|ba|2|3) {_THING} (?:dau tien|dau)\b|\bfirst (two|three|2|3)\b"
    rf"|\b(ca hai|both|(?:hai|2) {_THING} (?:nay|do)|these two|those two|the two)\b"
)
_ALL = re.compile(
    rf"\b(?:may|nhung|cac|tat ca) {_THING} (?:nay|do|kia|tren|vua roi)\b|\b(?:these|those|them|all of them|tat ca)\b"
    rf"|\bgiua (?:chung|may)\b"
)
_THIS = re.compile(
    rf"\b{_THING} (?:nay|do|kia|ay|vua roi|tren)\b|^(?:no|cai nay|nay)\b"
    rf"|\b(?:it|this|that)\b(?! (?:is|are|was|be) (?:a|an|the)\b)"
    rf"|\b(?:cua|ve|voi|nhu) no\b|\bno\b(?= (?:co|gia|con|la|dung|bao|nang|may))"
)
_CHEAPEST = re.compile(
    r"\b(?:re nhat|it tien nhat|gia thap nhat|cheapest|lowest priced?|least expensive)\b"
    rf"|\b{_THING} re hon\b|\bthe (?:cheaper|less expensive) (?:one|of)\b"
)
_DEAREST = re.compile(r"\b(?:dat nhat|mac nhat|gia cao nhat|xin nhat|most expensive|priciest|highest priced?)\b")
# In a message that also asks something, these words name no product.
_ASKING_WORDS = """
    cai con mau chiec san pham gia bao nhieu tien khong hang co nay do thi sao the nao xem chi tiet thong so cho
    minh shop a oi nhe nha vay ha em anh ban la va voi sanh khac gi nhau hai ba muon mua lay dat them ve hoi cua
    loai how much is are of it this that one price cost does you have in stock available tell me more about
    details specs and compare with or vs which better between what size color colour left still any show similar
    to like for please i want buy thanks
"""
_ASKING = frozenset(_ASKING_WORDS.split())


class Shown(NamedTuple):
    """A product on the shopper's screen."""

    product_id: str
    name: str
    price_minor: int


class Pointed(NamedTuple):
    products: tuple[str, ...]
    by: str
    """`place`, `price`, `name`, `this` or `all`."""


def says_this(plain: str) -> bool:
    """Whether a folded message points at something near, be it one thing or several."""
    return bool(_THIS.search(plain))


def pointed_at(plain: str, shown: Sequence[Shown], focus: str | None) -> Pointed | None:
    """What a folded message points at; None when at nothing that is shown. `focus` is what was spoken of last."""
    if not shown:
        return Pointed((focus,), "this") if focus and _THIS.search(plain) else None
    if few := _FIRST_FEW.search(plain):
        count = 3 if {"ba", "3", "three"} & set(few.group().split()) else 2
        return Pointed(tuple(each.product_id for each in shown[:count]), "place")
    if places := _places(plain, len(shown)):
        return Pointed(tuple(shown[place].product_id for place in places), "place")
    if _CHEAPEST.search(plain):
        return Pointed((min(shown, key=lambda each: each.price_minor).product_id,), "price")
    if _DEAREST.search(plain):
        return Pointed((max(shown, key=lambda each: each.price_minor).product_id,), "price")
    if named := _named(plain, shown):
        return Pointed(named, "name")
    if _ALL.search(plain) and len(shown) > 1:
        return Pointed(tuple(each.product_id for each in shown), "all")
    if _THIS.search(plain):
        if focus:
            return Pointed((focus,), "this")
        return Pointed((shown[0].product_id,), "this") if len(shown) == 1 else None
    return None


def points_past(plain: str, count: int) -> bool:
    """Whether a folded message points at a place behind the end of a list of so many."""
    named = _named_places(plain)
    return bool(named) and min(named) > count


def _places(plain: str, count: int) -> list[int]:
    """Indices in the list shown, in the order they are named, those that exist."""
    indices = [place - 1 if place > 0 else count - 1 for place in _named_places(plain) if place <= count]
    return list(dict.fromkeys(indices))


def _named_places(plain: str) -> list[int]:
    """1 for the first, -1 for the last."""
    found: list[int] = []
    if numbers := _NUMBERS.search(plain):
        found += map(int, numbers.groups())
    for match in _PLACE.finditer(plain):
        named = next(group for group in match.groups() if group)
        found.append(_PLACES[named] if named in _PLACES else int(named))
        rest = plain[match.end() :].lstrip()
        if more := _AND_PLACE.match(rest):
            found.append(_PLACES[more.group(1)])
    return [place for place in found if place]


def _named(plain: str, shown: Sequence[Shown]) -> tuple[str, ...]:
    """Those whose names the message's own words fit best, if they fit some and not all of them."""
    asked = [word for word in re.findall(r"\w+", plain) if word not in _ASKING]
    names = [
        frozenset(word.plain for word in words(each.name)) | frozenset(folded(each.name).split()) for each in shown
    ]
    told = [word for word in asked if any(word in name for name in names)]
    strange = [word for word in asked if word not in told and len(word) > 2]
    if not told or len(strange) >= len(told):
        return ()
    fits = [sum(word in name for word in told) for name in names]
    best = max(fits)
    chosen = [place for place, fit in enumerate(fits) if fit == best]
    if len(chosen) > 1:
        # Of iPhone 15 and iPhone 15 Pro, "iphone 15" means the one that is no more than that.
        least = min(len(names[place]) for place in chosen)
        smallest = [place for place in chosen if len(names[place]) == least]
        chosen = smallest if best >= 2 else chosen
    return tuple(shown[place].product_id for place in chosen) if len(chosen) < max(2, len(shown)) else ()
