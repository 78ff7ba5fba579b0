"""Colours, sizes and capacities: which of a product's variants a message speaks of."""

import re
from collections.abc import Iterable, Mapping, Sequence

from vici.kit.language import Tongue
from vici.kit.text import folded

# Vietnamese name: what it is called in English. Of two for one colour the first is the one to say.
_COLORS: Mapping[str, str] = {
    "đen": "black",
    "trắng": "white",
    "đỏ": "red",
    "đỏ rượu": "wine red",
    "đỏ đô": "dark red",
    "xanh dương": "blue",
    "xanh lam": "blue",
    "xanh biển": "blue",
    "xanh nước biển": "blue",
    "xanh da trời": "sky blue",
    "xanh navy": "navy",
    "xanh đen": "navy",
    "xanh than": "navy",
    "xanh lá": "green",
    "xanh lá cây": "green",
    "xanh lục": "green",
    "xanh rêu": "olive",
    "xanh ngọc": "teal",
    "xanh mint": "mint",
    "xanh bạc hà": "mint",
    "xanh": "blue",
    "vàng": "yellow",
    "vàng gold": "gold",
    "vàng đồng": "gold",
    "hồng": "pink",
    "tím": "purple",
    "cam": "orange",
    "nâu": "brown",
    "be": "beige",
    "kem": "cream",
    "xám": "gray",
    "ghi": "gray",
    "bạc": "silver",
    "tự nhiên": "natural",
    "titan": "titanium",
    "gỗ": "wood",
}
_BY_PLAIN = {folded(name): english for name, english in _COLORS.items()}
# What a shopper who says one of these would also take.
_ALSO = {"grey": "gray", "colour": "color", "rose": "pink", "violet": "purple", "golden": "gold", "navy blue": "navy"}
_SIZES = re.compile(r"\b(?:size|sz|co|so|mau) ?(xs|s|m|l|xl|xxl|2xl|3xl|\d{2})\b|\b(xs|xl|xxl|2xl|3xl)\b")
_BARE_CAPACITY = re.compile(r"\b(64|128|256|512)\b(?! ?[a-z]*b\b)")
_CAPACITY = re.compile(r"\b(\d{1,4}) ?(gb|tb|g|ml|l|kg|mm|inch|w)\b")


def options_in(plain: str, values: Iterable[str]) -> list[str]:
    """Those of the option values that the (folded) message names, in the order of the values."""
    sizes = {first or second for first, second in _SIZES.findall(plain)}
    capacities = {number + unit for number, unit in _CAPACITY.findall(plain)}
    capacities |= {f"{number}gb" for number in _BARE_CAPACITY.findall(plain)}
    colors = colors_in(plain)
    named: list[str] = []
    for value in values:
        flat = folded(value)
        tight = flat.replace(" ", "")
        words = set(re.findall(r"\w+", flat))
        if (
            tight in sizes
            or tight in capacities
            or (tight.endswith("gb") and tight.removesuffix("b") in capacities)
            or any(_is_color(color, flat, words) for color in colors)
            or (len(flat) > 3 and re.search(rf"\b{re.escape(flat)}\b", plain))
        ):
            named.append(value)
    return _closest(_of_most_colors(named, colors), plain)


def _of_most_colors(named: Sequence[str], colors: Sequence[str]) -> list[str]:
    """Of `titan xanh` the one that is both, not everything of titanium; of `đen, trắng` what is either."""
    if len(colors) < 2:
        return list(named)
    fits = {
        value: {color for color in colors if _is_color(color, flat, set(re.findall(r"\w+", flat)))}
        for value in named
        for flat in [folded(value)]
    }
    most = max(map(len, fits.values()), default=0)
    both = set[str]().union(*(told for told in fits.values() if len(told) == most)) if most > 1 else set[str]()
    return [value for value in named if not fits[value] or len(fits[value]) == most or fits[value] - both]


def colors_in(plain: str) -> list[str]:
    """The colours of a folded message, as they are written in it; the longest names first."""
    found: list[str] = []
    rest = plain
    for name in _NAMES:
        if re.search(rf"\b{name}\b", rest) and _meant(name, plain):
            found.append(name)
            rest = re.sub(rf"\b{name}\b", " ", rest)
    return found


_ENGLISH = {*_COLORS.values(), *_ALSO}
_NAMES: Sequence[str] = sorted({*_BY_PLAIN, *_ENGLISH}, key=len, reverse=True)
# Without accents these are other words (do: to do, vang: yes, be: baby, cam: to hold, kem: cream to put on).
_DOUBTFUL = frozenset({"do", "vang", "be", "cam", "kem", "bac", "ghi", "hong", "nau", "tim", "xam", "go", "tu nhien"})


def _meant(name: str, plain: str) -> bool:
    if name not in _DOUBTFUL:
        return True
    return bool(
        re.search(rf"\b(?:mau|cai|con|chiec|ban|loai) (?:mau )?{name}\b|^{name}( (thoi|khong|a|nhe|di|nha))*$", plain)
    )


def _is_color(asked: str, value: str, words: set[str]) -> bool:
    """Whether a value of the shop (folded) is the colour that was asked for, in either language."""
    if asked in words or re.search(rf"\b{asked}\b", value):
        return True
    english = _ALSO.get(asked, asked if asked in _ENGLISH else _BY_PLAIN[asked])
    if asked == "xanh":
        return "xanh" in words
    told = [(name, other) for name, other in _BY_PLAIN.items() if re.search(rf"\b{name}\b", value)]
    if not told:
        return english in words or _ALSO.get(english, "") in words
    longest = max(told, key=lambda each: len(each[0]))
    return english in (longest[1], *longest[1].split()) or (english == "blue" and longest[1] in ("sky blue", "navy"))


def _closest(named: Sequence[str], plain: str) -> list[str]:
    """`xanh dương` and not every `xanh` where the longer name is written."""
    whole = [value for value in named if re.search(rf"\b{re.escape(folded(value))}\b", plain)]
    covered = [value for value in whole if any(value != other and value in other for other in whole)]
    return [value for value in named if value not in covered]


def spoken(value: str, language: Tongue) -> str:
    """An option's value as one says it in that language: `Xanh lá` is `Green`."""
    if language == "vi":
        return value
    plain = folded(value)
    english = _BY_PLAIN.get(plain)
    if english is None:
        parts = plain.split()
        known = [_BY_PLAIN.get(part) for part in parts]
        if not parts or any(part is None for part in known):
            return value
        english = " ".join(part for part in reversed(known) if part)
    return english[:1].upper() + english[1:]
