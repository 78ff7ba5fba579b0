"""How much of what was asked a passage covers."""

from collections.abc import Collection, Mapping

from vici.kit.text import Word, words

# Folded words that ask or connect and say nothing about the matter; whether a passage holds them tells nothing.
_WORDS = """
    a about am an and any are as at be been by can could did do does for from had has have how i if in into is it its
    me my of on or our please shall shop should so some tell than that the their them there they this to us was we
    were what when where which who why will with would you your
    a ai anh ban bao biet cac cai cho chua co con cua cung da dang day de do duoc em gi giup ha hay hoi khi khong la
    lam luc ma may minh mot muon nao nay nen neu nhe nhieu nhu nhung no o oi roi sao shop the thi toi va vay ve voi
    xin
"""
_EMPTY = frozenset(_WORDS.split())


def matter(question: str) -> frozenset[str]:
    """The words of a question that say what it is about; all its words when none does. With accents where they were
    typed, else without: tủ is not từ."""
    told = words(question)
    return frozenset(map(_found_by, (word for word in told if word.plain not in _EMPTY))) or frozenset(
        map(_found_by, told)
    )


def _found_by(word: Word) -> str:
    return word.plain if word.form.isascii() else word.form


def coverage(asked: Collection[str], passage_terms: Collection[str], rarity: Mapping[str, float]) -> float:
    """0 to 1: the share of the asked words that stand in the passage, a rare word counting more than a common one."""
    total = sum(rarity[word] for word in asked)
    return sum(rarity[word] for word in asked if word in passage_terms) / total if total else 0.0
