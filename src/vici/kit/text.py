"""Letters and words: one form for comparing and finding, whatever was typed."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

# Đ is a letter of its own, not a D with a mark, so decomposition leaves it; shoppers type d.
_STROKES = str.maketrans("đĐ", "dD")


def composed(text: str) -> str:
    """NFC, so that one Vietnamese letter is one code point however the keyboard made it."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def folded(text: str) -> str:
    """Lower case without accents: `Điện Thoại` and `dien thoai` become the same."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text.lower().translate(_STROKES))
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


class Word(NamedTuple):
    """One word of a text, with the place it was read from."""

    start: int
    end: int
    form: str
    """Lower case, accents kept; a number without its thousands marks and with a decimal point."""
    bare: str
    """The same, folded."""
    plain: str
    """What it is found by: folded, and an English plural brought to its singular."""
    follows: bool
    """Nothing but spaces or a hyphen-like mark stands between it and the word before."""
    glued: bool
    """Not even a space stands between: both are parts of one written word, as in `TN-2110`."""


# A number with its marks, the sign for inches behind a digit, or a run of letters and digits.
_WORD = re.compile(r"(?<![^\W_])\d+(?:[.,]\d+)+(?![^\W_])|(?<=\d)[\"″”]|[^\W_]+")
_THOUSANDS = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})*")
_INCH = frozenset('"″”')
_APOSTROPHES = frozenset("'’")
_JOINERS = frozenset("-‐‑–./_'’&+")
_CODE = re.compile(r"(?=.*\d)(?=.*[a-z])[a-z\d]+")
_LETTERS = re.compile(r"[a-z]{3,}")


def words(text: str) -> list[Word]:
    """The words of a text in order. Positions are those of the composed text."""
    text = composed(text)
    found: list[Word] = []
    end = -1
    for match in _WORD.finditer(text):
        start, written = match.start(), match.group()
        follows, glued = (False, False) if end < 0 else _link(text[end:start])
        if written in "sS" and end >= 0 and text[end:start] in _APOSTROPHES:
            end = match.end()
            continue  # women's, men’s
        end = match.end()
        found.append(Word(start, end, *_forms(written), follows, glued))
    return found


def _link(gap: str) -> tuple[bool, bool]:
    """Whether the word behind this gap follows the one before it, and is glued to it."""
    if gap == " ":
        return True, False
    glued = not gap or (len(gap) == 1 and gap in _JOINERS)
    return glued or all(mark.isspace() or mark in _JOINERS for mark in gap), glued


# Longer than any word of a catalogue: what is longer is read anew each time, so that no message fills the memory.
_KEPT = 32


def _forms(written: str) -> tuple[str, str, str]:
    """Its form, bare and plain."""
    return _kept_forms(written) if len(written) <= _KEPT else _read_forms(written)


@lru_cache(maxsize=200_000)
def _kept_forms(written: str) -> tuple[str, str, str]:
    return _read_forms(written)


def _read_forms(written: str) -> tuple[str, str, str]:
    if written in _INCH:
        return "inch", "inch", "inch"
    if written[0].isdigit() and not written.isalnum():
        number = re.sub(r"[.,]", "", written) if _THOUSANDS.fullmatch(written) else written.replace(",", ".")
        return number, number, number
    form = written.lower()
    bare = folded(form)
    return form, bare, singular(bare)


def singular(word: str) -> str:
    """A folded English plural without its ending; Vietnamese syllables never end so."""
    if len(word) < 4 or word[-1] != "s" or not word.isalpha() or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    return word[:-1]


def terms(text: str) -> list[str]:
    """What a text is found by: its words, their accented forms, neighbours written as one, codes whole and in parts.

    So `ổ cứng` is found by `o cung`, `ocung` and (better) `ổ cứng`; `TN-2110` by `tn2110`, `tn 2110` and `2110`;
    `head set` by `headset`.
    """
    return terms_of(words(text))


def terms_of(found: Sequence[Word]) -> list[str]:
    """The terms of words that were already taken apart."""
    terms: list[str] = []
    before = ""
    whole: list[str] = []
    for word in found:
        plain = word.plain
        terms.append(plain)
        if word.form != plain and not word.form.isascii():
            terms.append(word.form)
        elif _CODE.fullmatch(plain):
            terms.extend(part for part in _LETTERS.findall(plain) if part != plain)
        if word.follows:
            terms.append(before + plain)
        if word.glued:
            whole.append(plain)
        else:
            if len(whole) > 2:
                terms.append("".join(whole))
            whole = [plain]
        before = plain
    if len(whole) > 2:
        terms.append("".join(whole))
    return terms


_SYLLABLE = re.compile(
    r"(?:ngh|ng|gh|gi|ch|kh|nh|ph|qu|th|tr|[bcdghklmnpqrstvx])?"
    r"(?:ieu|yeu|oai|oay|oao|oeo|uay|uoi|uou|uye|uya|uyu|uau|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|oo|ua|ue|ui|uo|uu|uy"
    r"|ye|a|e|i|o|u|y)(?:ch|ng|nh|[cmnpt])?"
)


# No longer text is one: three letters, three and two.
_SYLLABLE_MAX = 8


def is_syllable(plain: str) -> bool:
    """Whether a folded word can be a Vietnamese syllable (some short English words can, too)."""
    return len(plain) <= _SYLLABLE_MAX and _can_be_syllable(plain)


@lru_cache(maxsize=50_000)
def _can_be_syllable(plain: str) -> bool:
    return _SYLLABLE.fullmatch(plain) is not None
