"""Which language a catalogue is written in, where its file does not say."""

from collections.abc import Iterable

_ACCENTED = frozenset("àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
# A Vietnamese shop names many products in English; an English one has next to no accents.
_SHARE_MIN = 0.1


def guess_language(texts: Iterable[str]) -> str:
    """`vi` when at least a tenth of the texts have letters of Vietnamese with their accents, else `en`."""
    counted = [not _ACCENTED.isdisjoint(text.lower()) for text in texts if text.strip()]
    return "vi" if not counted or sum(counted) >= _SHARE_MIN * len(counted) else "en"
