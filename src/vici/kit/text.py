"""Letters: one form for comparing and finding, whatever was typed."""

import unicodedata

# Đ is a letter of its own, not a D with a mark, so decomposition leaves it; shoppers type d.
_STROKES = str.maketrans("đĐ", "dD")


def composed(text: str) -> str:
    """NFC, so that one Vietnamese letter is one code point however the keyboard made it."""
    return unicodedata.normalize("NFC", text)


def folded(text: str) -> str:
    """Lower case without accents: `Điện Thoại` and `dien thoai` become the same."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text.lower().translate(_STROKES))
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))
