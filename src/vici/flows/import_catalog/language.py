"""Which language a catalogue is written in, where its file does not say."""

from collections.abc import Iterable

# Letters no other language of these parts writes; â, ê, ô and plain accents are French and Portuguese too.
_VIETNAMESE = frozenset("ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉĩịọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹ")
# A Vietnamese shop names many products in English; an English one names next to none in Vietnamese.
_SHARE_MIN = 0.1


def guess_language(texts: Iterable[str]) -> str:
    """`vi` when at least a tenth of the texts have letters only Vietnamese has, else `en`."""
    counted = [not _VIETNAMESE.isdisjoint(text.lower()) for text in texts if text.strip()]
    return "vi" if not counted or sum(counted) >= _SHARE_MIN * len(counted) else "en"
