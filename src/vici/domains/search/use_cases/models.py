"""Models that the shop does not have: `iphone 12`, where there are iPhones and none of that number."""

from collections.abc import Sequence

from vici.domains.search.rules.filters import Asked, Place, read_names
from vici.domains.search.rules.query import Query
from vici.domains.search.rules.ranking import FOR_WORDS
from vici.domains.search.store import IndexView
from vici.kit.text import Word


def lacking_model(view: IndexView, text: str, query: Query, named: Sequence[Asked]) -> Word | None:
    """The number behind the category or the brand that is looked for, where no name of its products has the number.

    What has it elsewhere (a holder that fits the model, a camera of 12 MP) is no such model. Not meant are a number
    that counts or measures (`12 mp`), a size, and what goes with a model.
    """
    # What goes with it may have taught the shop to write both as one.
    typed = read_names(text, query.words, view.lexicon)
    named = [*named, *(each for each in typed if each not in named)]
    for each in named:
        at = next((at for at, word in enumerate(query.words) if word.start >= each.place.end), None)
        if at is None or each.named is None or each.kind not in ("category", "brand"):
            continue
        number = query.words[at]
        if not (number.follows and number.plain.isdigit()) or number.plain in view.lexicon.phrases:
            continue
        of_kind = view.having(each.named.terms) & view.live
        if of_kind.any() and not (of_kind & view.naming([number.plain])).any() and _is_sought(view, query, each, named):
            behind = query.words[at + 1] if at + 1 < len(query.words) else None
            counts = behind is not None and view.text.postings(number.plain + behind.plain).slots
            if counts is False or not of_kind[counts].any():
                return number
    return None


def _is_sought(view: IndexView, query: Query, asked: Asked, named: Sequence[Asked]) -> bool:
    """Nothing stands before it but what it is one of, and it is not what another thing is made for."""
    before = [word for word in query.words if word.end <= asked.place.start]
    if any(word.form in FOR_WORDS for word in query.words):
        return False
    mine = view.having(asked.named.terms if asked.named else ())
    wider = [
        each.place
        for each in named
        if each.named and each.place != asked.place and not (mine & view.live & ~view.having(each.named.terms)).any()
    ]
    others = [each for each in named if each.kind == "category" and each.place not in (asked.place, *wider)]
    return not others and all(any(_inside(word, place) for place in wider) for word in before)


def _inside(word: Word, place: Place) -> bool:
    return place.start <= word.start and word.end <= place.end
