"""Words of a query that ask and do not describe."""

from collections.abc import Sequence

from vici.kit.text import Word, words

# Only as spelt here: `co` may be `cơ`.
ASKING = frozenset({
    "i", "we", "you", "me", "my", "need", "want", "looking", "look", "find", "show", "buy", "please", "could",
    "would", "am", "im", "is", "are", "a", "an", "the", "for", "of", "with", "and", "or", "to", "in", "on", "some",
    "any", "have", "there", "it", "that", "this", "tôi", "mình", "em", "anh", "chị", "bạn", "shop",
    "ad", "ơi", "ạ", "nhé", "nha", "cần", "muốn", "tìm", "kiếm", "mua", "bán", "hỏi", "xem", "giúp", "có", "cho",
    "với", "và", "hoặc", "là", "thì", "mà", "của", "cái", "chiếc", "nào", "gì", "được", "vậy", "thế",
    "này", "đó", "những", "các", "toi", "duoc", "va", "hoac", "nhung", "oi", "bn", "dc", "j", "cheap", "cheapest",
    "rẻ",
})  # fmt: skip
_PHRASES = [
    [word.form for word in words(phrase)]
    for phrase in (
        "giá rẻ", "gia re", "giá tốt", "gia tot", "giá bao nhiêu", "gia bao nhieu", "bao nhiêu tiền", "bao nhieu tien",
        "bao nhiêu", "bao nhieu", "giá bn", "gia bn", "giá nhiêu", "có không", "co khong", "có ko", "co ko", "how much",
        "do you", "does it", "quà cho", "qua cho", "quà tặng", "qua tang", "gift for", "gifts for", "present for",
        "presents for",
    )
]  # fmt: skip


# `có … không?` around the thing asked for; anywhere else these may be other words, or begin `không dây`.
_FIRST, _LAST = frozenset({"co"}), frozenset({"không", "khong", "ko", "k", "hok", "hong", "kh"})


def asking(found: Sequence[Word]) -> list[bool]:
    """Of each word whether it only asks; none does when all would."""
    forms = [word.form for word in found]
    asks = [form in ASKING for form in forms]
    for at in range(len(found)):
        for phrase in _PHRASES:
            if forms[at : at + len(phrase)] == phrase:
                asks[at : at + len(phrase)] = [True] * len(phrase)
    if forms[:1] and forms[0] in _FIRST:
        asks[0] = True
    last = next((at for at in range(len(found) - 1, -1, -1) if not asks[at]), None)
    if last is not None and forms[last] in _LAST:
        asks[last] = True
    return asks if not all(asks) else [False] * len(found)
