"""Brings a message to the form that rules and examples are written in."""

import re
from collections.abc import Mapping

from vici.kit.language import Tongue
from vici.kit.text import composed, folded, is_syllable

# Folded. What haste makes of Vietnamese words; whole words only, so `500k` stays money.
_SHORT: Mapping[str, str] = {
    short: long
    for long, shorts in {
        "khong": "k ko kg hok hong hk hem kh khog kong kog hg khum",
        "duoc": "dc dk",
        "bao nhieu": "bn bnhieu bnhiu bnh bnhju",
        "nhieu": "nhiu",
        "gi": "j ji gj",
        "minh": "mk mik mjh mjnh tui",
        "em": "e",
        "vay": "z zay v",
        "roi": "r rui",
        "nhu the nao": "ntn",
        "san pham": "sp",
        "thich": "thik thix",
        "muon": "mun",
        "nhan vien": "nv",
        "so dien thoai": "sdt",
        "dien thoai": "dt",
        "tra loi": "trl rep",
        "bao hanh": "bh",
        "thanks": "tks thks thx ty",
        "size": "sz",
        "cung": "cx",
        "nguoi": "ng",
        "u": "uk uh uhm uki",
    }.items()
    for short in shorts.split()
}
# What shoppers call things for short.
_THINGS = (
    (re.compile(r"(?i)\bip ?(\d{1,2})\b"), r"iphone \1"),
    (re.compile(r"(?i)\b(?:prm|promax)\b"), "pro max"),
    (re.compile(r"(?i)\bss\b"), "samsung"),
    (re.compile(r"(?i)\bmbp\b"), "macbook pro"),
    (re.compile(r"(?i)\bmba\b"), "macbook air"),
    (re.compile(r"(?i)\bdt\b"), "dien thoai"),
    (re.compile(r"(?i)\bđt\b"), "điện thoại"),
    # A laptop to play on; a máy chơi game is a console.
    (re.compile(r"(?i)(?<!\bmáy )(?<!\bmay )(?<=\w )(?:để |de )?(?:chơi|choi) game\b"), "gaming"),
)
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")
_MARKS = re.compile(r"[^\w\s]+|_")
_SPACES = re.compile(r"\s+")


def heard(text: str, language: Tongue) -> str:
    """Folded, drawn-out letters shortened (`ơiiiii`), short forms spelt out in Vietnamese; marks kept."""
    plain = _REPEATED.sub(r"\1", folded(composed(text)))
    if language == "vi":
        plain = re.sub(r"[^\W\d_]+", lambda word: _spelt_out(plain, word), plain)
    return _SPACES.sub(" ", plain).strip()


def spelt_out(text: str) -> str:
    """The text with short names of things written in full: `ip15 prm` is `iphone 15 pro max`."""
    for short, full in _THINGS:
        text = short.sub(full, text)
    return text


_MILLIONS = re.compile(
    r"(?i)\b(under|below|over|above|around|about|max|up to|less than|more than|budget|dưới|duoi|trên|tren|tầm|tam"
    r"|khoảng|khoang|giá|gia) (\d+(?:[.,]\d+)?) ?m\b(?! \d)"
)


def in_millions(text: str) -> str:
    """`under 10m` is money behind such a word, no length."""
    return _MILLIONS.sub(r"\1 \2 million", text)


def _spelt_out(text: str, word: re.Match[str]) -> str:
    glued = word.start() > 0 and text[word.start() - 1].isalnum()
    pink = word.group() == "hong" and text[: word.start()].endswith("mau ")
    if word.group() == "vs":  # with a person is `voi`; one model against another stays `vs`
        after = re.match(r"\s+(\w+)", text[word.end() :])
        return "voi" if after and len(after.group(1)) > 2 and is_syllable(after.group(1)) else "vs"
    return word.group() if glued or pink else _SHORT.get(word.group(), word.group())


def bare(heard_text: str) -> str:
    """The same without any marks, for patterns that match a whole message."""
    return _SPACES.sub(" ", _MARKS.sub(" ", heard_text)).strip()


def levelled(text: str) -> str:
    """The composed text folded, every character in its place."""
    plain = folded(text)
    if len(plain) == len(text):
        return plain
    return "".join(one if len(one := folded(character)) == 1 else character for character in text)
