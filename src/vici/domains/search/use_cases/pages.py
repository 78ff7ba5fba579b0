"""The lists that are sorted by a fact of the products, page by page.

A cursor holds what the last product shown was sorted by: the next page begins behind it, whatever was added, taken off
or has changed since.
"""

from bisect import bisect_right
from collections.abc import Callable

import numpy as np

from vici.domains.search.api import Sort
from vici.domains.search.store import NO_PRICE, Chosen, IndexView
from vici.kit.pages import BadCursor, cursor_for, position_of

Key = tuple[str | int | float | bool, ...]
"""What a product is sorted by, its id last."""

_KINDS: dict[Sort, tuple[type, ...]] = {
    Sort.PRICE_LOW: (bool, int, float, str),
    Sort.PRICE_HIGH: (bool, int, float, str),
    Sort.NEWEST: (float, str),
    Sort.NAME: (str, str),
}


class SortedList:
    """Everything that passed, in the order asked for: not by relevance. Prices are those in `currency`."""

    def __init__(self, view: IndexView, sort: Sort, passed: Chosen, currency: str) -> None:
        slots = np.flatnonzero(passed)
        ids, newest = view.id_order[slots], -view.created_at[slots]
        prices = view.lowest.get(currency)
        priced = np.full(len(slots), NO_PRICE) if prices is None else prices[slots]
        lacking = priced == NO_PRICE
        match sort:
            case Sort.NAME:
                keys = (view.name_order[slots],)
            case Sort.NEWEST:
                keys = (ids, newest)
            case _:
                keys = (ids, newest, priced if sort is Sort.PRICE_LOW else -priced, lacking)
        order = np.lexsort(keys)
        self._sort = sort
        self._slots: list[int] = slots[order].tolist()
        facts = [each[order].tolist() for each in reversed(keys[1:])]
        self._key: Callable[[int], Key] = (
            (lambda at: (view.sort_name(self._slots[at]), view.text.ids[self._slots[at]]))
            if sort is Sort.NAME
            else (lambda at: (*(each[at] for each in facts), view.text.ids[self._slots[at]]))
        )

    def page(self, cursor: str | None, limit: int) -> tuple[list[int], str | None]:
        """The slots of the page, and the cursor of the next one."""
        start = 0
        if cursor is not None:
            start = bisect_right(range(len(self._slots)), _position(self._sort, cursor), key=self._key)
        end = start + limit
        more = cursor_for(self._sort.value, *self._key(end - 1)) if end < len(self._slots) else None
        return self._slots[start:end], more


def _position(sort: Sort, cursor: str) -> Key:
    told, *key = position_of(cursor, str, *_KINDS[sort])
    if told != sort.value:
        raise BadCursor()
    return tuple(each for each in key if each is not None)


def offset_of(cursor: str | None) -> int:
    """Of a list by relevance, whose cursors count what was shown."""
    if cursor is None:
        return 0
    told, offset = position_of(cursor, str, int)
    if told != Sort.RELEVANCE.value or not isinstance(offset, int) or offset < 0:
        raise BadCursor()
    return offset


def cursor_at(offset: int) -> str:
    return cursor_for(Sort.RELEVANCE.value, offset)
