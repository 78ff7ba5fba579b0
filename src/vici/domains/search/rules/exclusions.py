"""What the words of a query rule out: names behind `trừ`, `không phải`, `not`, `except`."""

from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

from vici.domains.search.rules.filters import Asked, Place, read_names
from vici.domains.search.rules.lexicon import Lexicon
from vici.domains.search.rules.things import called
from vici.kit.text import Word, composed, words


class Excluding(NamedTuple):
    words: tuple[Word, ...]
    kinds: frozenset[str]
    """Of the names it may rule out; behind a word that may say something else, too, only some."""


_REFUSING = "không phải,không phải là,không phải của,không lấy,không mua,không thích,không muốn"
_ANY = (
    "trừ,trừ ra,loại trừ,ngoại trừ,ngoài trừ,loại bỏ,loại ra,đừng,đừng lấy,đừng là,chớ lấy,chẳng phải,chả phải,ghét,"
    "khác với,not,not by,not from,not made by,not of,except,except for,except from,excepting,excluding,exclude,without,"
    "other than,apart from,aside from,anything but,everything but,all but,never,don't want,dont want,do not want,"
    "don't like,dont like,do not like,nor"
)
_EXCLUDING: dict[str, list[Excluding]] = {}
"""By the first word, bare; the longest first."""
for _told, _kinds in (
    *((_REFUSING.replace("không", _not), "brand category attribute") for _not in ("không", "ko", "k", "hok", "hông")),
    (_ANY, "brand category attribute"),
    ("ngoài,bỏ,khác,minus", "brand category"),  # ngoài trời, vỏ ngoài đen
    ("không,no,non,but no", "brand"),  # không dây, no-frost
):
    for _phrase in _told.split(","):
        _found = tuple(words(_phrase))
        _EXCLUDING.setdefault(_found[0].bare, []).append(Excluding(_found, frozenset(_kinds.split())))
for _phrases in _EXCLUDING.values():
    _phrases.sort(key=lambda each: -len(each.words))
# They may stand before and belong to it: `phone but not apple`, `tai nghe mà không phải sony`.
_BEFORE = frozenset({"but", "and", "just", "nhưng", "mà", "chứ", "và", "nhung", "chu", "only"})
# Between the word and the name: `trừ hãng samsung`, `not the brand sony`.
_LINKS = frozenset({
    "hãng", "hang", "hiệu", "hieu", "thương", "thuong", "nhãn", "của", "cua", "các", "cac", "những", "nhung", "loại",
    "loai", "dòng", "dong", "đồ", "hàng", "màu", "mau", "con", "cái", "chiếc", "mấy", "may", "brand", "the", "a", "an",
    "any", "made", "by", "from", "in", "color", "colour", "ones", "one",
})  # fmt: skip
_AND = frozenset({"và", "va", "hay", "hoặc", "hoac", "lẫn", "and", "or", "nor", "cả", "ca"})
# Not ngoài as other than: bên ngoài, mặt ngoài.
_OUTSIDE = frozenset({"bên", "ben", "mặt", "mat", "phía", "phia", "vỏ", "vo", "khoác", "khoac"})
# What a name of several things rules out, likeliest first.
_KINDS = ("brand", "category", "attribute")


def read_exclusions(text: str, named: Sequence[Asked], lexicon: Lexicon) -> list[Asked]:
    """The names that stand behind an excluding word, in the order they stand, each with that word. The word itself
    belongs neither to a name as it was typed nor to a thing that the language calls so: `không dây`."""
    text = composed(text)
    found = words(text)
    if not any(word.bare in _EXCLUDING for word in found):
        return []
    things = called([word.form for word in found], [word.plain for word in found])
    taken = [range(found[each.first].start, found[each.last].end) for each in things]
    taken += [range(*each.place) for each in read_names(text, found, lexicon)]
    first_of = _by_place(named)
    exclusions: list[Asked] = []
    at = 0
    while at < len(found):
        said = _said(found, at)
        inside = said and _overlaps(taken, found[at].start, found[at + len(said.words) - 1].end)
        if said is None or inside or (found[at].bare == "ngoai" and at and found[at - 1].form in _OUTSIDE):
            at += 1
            continue
        begin, at = at, at + len(said.words)
        while begin and found[begin - 1].form in _BEFORE:
            begin -= 1
        while name := _name_at(found, at, first_of, said.kinds):
            asked, after = name
            place = Place(found[begin].start, asked.place.end)
            exclusions.append(asked._replace(place=place, words=text[place.start : place.end], kind="exclusion"))
            begin = at = after
            if at < len(found) and found[at].form in _AND:
                at += 1
            elif at >= len(found) or "," not in text[found[at - 1].end : found[at].start]:
                break
    return exclusions


def _by_place(named: Iterable[Asked]) -> dict[int, Asked]:
    """By where they begin; of what names several things, what is ruled out likeliest."""
    first: dict[int, Asked] = {}
    for each in sorted((each for each in named if each.kind in _KINDS), key=lambda each: _KINDS.index(each.kind)):
        first.setdefault(each.place.start, each)
    return first


def _said(found: Sequence[Word], at: int) -> Excluding | None:
    for each in _EXCLUDING.get(found[at].bare, ()):
        run = found[at : at + len(each.words)]
        # As it is spelt, or without accents.
        if len(run) == len(each.words) and all(
            word.form in (known.form, known.bare) for word, known in zip(run, each.words, strict=True)
        ):
            return each
    return None


def _name_at(
    found: Sequence[Word], at: int, named: dict[int, Asked], kinds: Container[str]
) -> tuple[Asked, int] | None:
    """The name that begins here, links passed over, and the word after it."""
    while at < len(found):
        asked = named.get(found[at].start)
        if asked and asked.kind in kinds:
            after = next(
                (place for place in range(at, len(found)) if found[place].start >= asked.place.end), len(found)
            )
            return asked, after
        if found[at].form not in _LINKS:
            return None
        at += 1
    return None


def _overlaps(taken: Iterable[range], start: int, end: int) -> bool:
    return any(each.start < end and start < each.stop for each in taken)
