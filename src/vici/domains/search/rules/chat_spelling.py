"""Vietnamese as it is typed in chats: abbreviations, letters that sound alike, what an input method left behind."""

import re
from collections.abc import Iterator

from vici.kit.text import is_syllable

# What each may stand for, folded. Read so only where the shop uses the long form far more than the short one.
SHORT_FOR = {
    "dt": "dien thoai", "dthoai": "dien thoai", "dtdd": "dien thoai di dong", "lap": "laptop", "mtxt": "laptop",
    "mt": "may tinh", "mtb": "may tinh bang", "tn": "tai nghe", "bp": "ban phim", "mh": "man hinh", "oc": "o cung",
    "dh": "dong ho", "sdp": "sac du phong", "pk": "phu kien", "bt": "bluetooth", "kd": "khong day", "ip": "iphone",
    "ss": "samsung", "mb": "macbook", "tl": "tu lanh", "mg": "may giat", "ml": "may lanh", "dhoa": "dieu hoa",
    "qa": "quan ao", "tv": "tivi", "ti vi": "tivi", "main": "mainboard", "key": "ban phim", "cam": "camera",
    "ko": "khong", "k": "khong", "kh": "khong", "hok": "khong", "hong": "khong", "hem": "khong", "khg": "khong",
    "dc": "duoc", "dk": "duoc", "vs": "voi", "sp": "san pham", "mk": "minh", "bn": "bao nhieu", "bnh": "bao nhieu",
    "nhiu": "nhieu", "nhiu tien": "nhieu tien", "j": "gi", "cx": "cung", "r": "roi", "sz": "size", "nc": "nuoc",
    "trc": "truoc", "ng": "nguoi", "nv": "nhan vien", "mn": "moi nguoi", "bh": "bao hanh", "km": "khuyen mai",
    "tks": "cam on", "ns": "noi", "lm": "lam", "wa": "qua", "iu": "yeu", "bik": "biet", "thik": "thich",
}  # fmt: skip
# `16g`, `1t`: memory is said without its byte.
_UNITS = {"g": "gb", "t": "tb", "m": "mb", "in": "inch"}
_NUMBER_AND_UNIT = re.compile(r"(\d+(?:\.\d+)?)(g|t|m|in)")
# Beginnings and endings that chats write shorter or after the ear; every way is tried, the vocabulary decides.
_BEGINNINGS = {
    "f": ("ph",), "j": ("gi",), "w": ("qu",), "z": ("d", "gi", "r", "v"), "k": ("c", "kh"), "c": ("k",), "q": ("c",),
    "g": ("gi", "gh"), "ng": ("ngh",), "x": ("s",), "s": ("x",), "ch": ("tr",), "tr": ("ch",), "d": ("gi", "r"),
    "gi": ("d", "r"), "r": ("d", "gi"), "l": ("n",), "n": ("l",), "v": ("d",),
}  # fmt: skip
_ENDINGS = {
    "nk": "nh",
    "g": "ng",
    "h": "nh",
    "k": "ch",
    "p": "p",
    "i": "y",
    "y": "i",
    "n": "ng",
    "ng": "n",
    "t": "c",
    "c": "t",
}
_TELEX_MARKS = {"aa": "a", "ee": "e", "oo": "o", "dd": "d", "w": ""}


def unit_spelt_out(plain: str) -> str | None:
    """`16g` as `16gb`."""
    match = _NUMBER_AND_UNIT.fullmatch(plain)
    return match[1] + _UNITS[match[2]] if match else None


def respellings(plain: str) -> Iterator[str]:
    """Syllables that may have been meant by a word the shop does not know, in no order of likelihood."""
    calm = re.sub(r"(.)\1{2,}", r"\1", plain)  # đẹpppp
    seen = {plain}
    for typed in (calm, _without_telex(calm)):
        for candidate in _sounding_like(typed):
            if candidate not in seen and is_syllable(candidate):
                seen.add(candidate)
                yield candidate


def _without_telex(word: str) -> str:
    """`banf` as `ban`, `dieenj` as `dien`: the keys of tones and marks, typed with the input method switched off."""
    if len(word) > 2 and word[-1] in "sfrxj":
        word = word[:-1]
    for typed, letter in _TELEX_MARKS.items():
        word = word.replace(typed, letter)
    return word


def _sounding_like(word: str) -> Iterator[str]:
    yield word
    for length in (2, 1):
        for beginning in _BEGINNINGS.get(word[:length], ()):
            yield beginning + word[length:]
            yield from _with_other_ending(beginning + word[length:])
    yield from _with_other_ending(word)


def _with_other_ending(word: str) -> Iterator[str]:
    for length in (2, 1):
        if ending := _ENDINGS.get(word[-length:]):
            yield word[:-length] + ending
