"""Whether the accents a shopper typed agree with the words that a rule means: trà is tea, trả is to give back."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping

from vici.kit.text import composed, folded

Spellings = Mapping[str, Mapping[str, set[str]]]
"""By intent, of each folded word: how it is spelt there."""

_WORD = re.compile(r"[^\W\d_]+")
# Hỏi and ngã are said alike in the south, and written one for the other.
_ALIKE = str.maketrans({"\u0303": "\u0309"})


def learnt_spellings(examples: Iterable[tuple[str, str]]) -> Spellings:
    """From (Vietnamese text, intent). A word that an intent's examples have only once may be spelt otherwise, too."""
    seen: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for text, intent in examples:
        for plain, forms in typed_forms(text).items():
            seen[intent][plain] += forms
    return {
        intent: {plain: set(forms) for plain, forms in told.items() if len(forms) > 1} for intent, told in seen.items()
    }


def typed_forms(text: str) -> dict[str, set[str]]:
    """How each folded word of the text is spelt in it."""
    found: dict[str, set[str]] = defaultdict(set)
    for word in _WORD.findall(composed(text).lower()):
        found[folded(word)].add(_form(word))
    return found


def agrees(matched: str, typed: Mapping[str, set[str]], known: Mapping[str, set[str]]) -> bool:
    """Whether every word of a (folded) match may be meant: typed without accents, spelt as it is known, or unknown."""
    for word in _WORD.findall(matched):
        forms = typed.get(word, set())
        if forms and word not in forms and word in known and not forms & known[word]:
            return False
    return True


def _form(word: str) -> str:
    """Its letters, and its marks wherever in the word they stand: hoà is hòa."""
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFD", word)
    letters = "".join(part for part in parts if not unicodedata.combining(part))
    marks = "".join(sorted(part for part in parts if unicodedata.combining(part))).translate(_ALIKE)
    return f"{letters}{marks}"
