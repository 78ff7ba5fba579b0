"""What of a short text tells its intent: words, neighbours, pairs and parts of words, without accents and numbers."""

import re
from itertools import pairwise

from vici.kit.text import folded

_WORD = re.compile(r"\w+")
_DIGITS = re.compile(r"\d+")
_SHORT_FORMS = (("can't", "can not"), ("won't", "will not"), ("n't", " not"), ("'m", " am"), ("'re", " are"))
_MORE_SHORT_FORMS = (("'ve", " have"), ("'ll", " will"), ("'d", " would"), ("'s", " is"))
_ENDINGS = ("ingly", "edly", "ing", "ed", "ies", "es", "s", "ly", "e")
_PARTS = range(2, 6)
# A message longer than this is a story; what it wants was said by then, and pairs grow with the square of it.
_WORDS_MAX = 60


def words_of(text: str) -> list[str]:
    """Folded words; every number is the same word, since which number it is tells no intent."""
    plain = folded(text).replace("’", "'")
    for short, long in _SHORT_FORMS + _MORE_SHORT_FORMS:
        plain = plain.replace(short, long)
    return _WORD.findall(_DIGITS.sub("0", plain))[:_WORDS_MAX]


def features_of(text: str) -> tuple[list[str], list[str], list[str]]:
    """Three views, each to be weighed on its own: stems with their neighbours, parts of words, stems with their pairs
    in any order."""
    words = words_of(text)
    stems = [stem(word) for word in words]
    edged = ["<", *stems, ">"]
    neighbours = [f"{left} {right}" for left, right in pairwise(edged)]
    parts = [
        f" {word} "[start : start + length]
        for word in words
        for length in _PARTS
        for start in range(len(word) + 3 - length)
    ]
    distinct = sorted(set(stems))
    pairs = [f"{left}|{right}" for place, left in enumerate(distinct) for right in distinct[place + 1 :]]
    return stems + neighbours, parts, stems + pairs


def stem(word: str) -> str:
    """The word without an English ending; crude, but the same crudeness for what was learnt and what is asked."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
