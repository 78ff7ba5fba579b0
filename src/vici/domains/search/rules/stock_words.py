"""How people ask for what can be had at once."""

from collections.abc import Sequence

from vici.kit.text import Word, words

_PHRASES = [
    [word.form for word in words(phrase)]
    for phrase in (
        "còn hàng", "còn hàng không", "còn hàng ko", "còn bán", "có sẵn", "có hàng", "hàng có sẵn", "sẵn hàng",
        "có sẵn hàng", "con hang", "con hang khong", "con hang ko", "co san", "san hang", "hang co san", "in stock",
        "available now", "currently available",
    )
]  # fmt: skip


def stock_places(found: Sequence[Word]) -> list[tuple[int, int]]:
    """The first and the last word of each such phrase, the longest from each place on."""
    places: list[tuple[int, int]] = []
    at = 0
    while at < len(found):
        lengths = [len(each) for each in _PHRASES if [word.form for word in found[at : at + len(each)]] == each]
        if lengths:
            places.append((at, at + max(lengths) - 1))
        at += max(lengths, default=1)
    return places
