"""Names in a text: which known product is meant, and what looks like a name that nobody gave."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vici.domains.assistant.grounding.amounts import Token, written_words
from vici.domains.assistant.grounding.known import Known, Words
from vici.domains.assistant.understanding.spelling import levelled
from vici.kit.language import language_of
from vici.kit.text import is_syllable

# Words with capitals that are no names: what shops, banks and telephones abbreviate, and how people are addressed.
_ABBREVIATIONS = """
    i ok oke cod vnd usd eur gbp qr atm sms id pin sim esim gb tb mb mah hz inch wifi usb type hdmi led lcd oled
    nfc gps pc tv cpu gpu ram ssd hdd hd full ai vat faq email app web shop zalo ban anh chi em minh ip xs
    s m l xl xxl a b c monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december english vietnamese vietnam viet nam
    """
_NO_NAMES = frozenset(_ABBREVIATIONS.split())
# Borrowed words that begin a Vietnamese sentence and are no names.
_BORROWED_WORDS = """
    hello okay sorry thanks please laptop camera tivi robot video online voucher tablet smartphone combo sale ship game
    gamer style form freeship hotline website facebook messenger best model code
    """
_BORROWED = frozenset(_BORROWED_WORDS.split())
# Digits with a unit, not the name of a model.
_MEASURE = re.compile(
    r"\d+(?:[.,]\d+)*(?:gb|tb|mb|mah|wh|w|v|hz|khz|mp|px|k|kg|g|mg|ml|l|cm|mm|m|inch|in|h|g|tr|x|p|fps|nits|d|cu)\d*"
    r"|\d+(?:st|nd|rd|th)|[2-6]g|ip\d{2}|usb-?[abc]",
)
_PLACES = {
    **dict.fromkeys(["nhat", "dau tien", "dau", "first"], 1),
    **dict.fromkeys(["hai", "second"], 2),
    **dict.fromkeys(["ba", "third"], 3),
    **dict.fromkeys(["tu", "fourth"], 4),
    **dict.fromkeys(["nam", "fifth"], 5),
    **dict.fromkeys(["cuoi cung", "cuoi", "last"], -1),
}
_PLACE = re.compile(
    # Con hai cái says how many are left.
    r"\b(?:mau|cai|chiec|san pham|loai|con(?! (?:hai|ba|tu|nam)\b)) "
    r"(?:(?:thu |so )?(nhat|dau tien|dau|hai|ba|tu|nam|cuoi cung|cuoi)"
    r"|(?:thu |so )(?=\d)(\d))\b|\b(first|second|third|fourth|fifth|last)(?: one| option| product| model)?\b"
)
_NONE: frozenset[str] = frozenset()
_OPENING = frozenset('“"«‘([*')


class Mentions(NamedTuple):
    spans: tuple[tuple[int, int, frozenset[str]], ...]
    """Where a known product is named, and which ones bear that name."""
    unknown: bool
    """Something the shopper named is named again, which the evidence does not know."""

    @property
    def products(self) -> frozenset[str]:
        return frozenset(ref for *_, refs in self.spans for ref in refs)

    def covers(self, start: int, end: int) -> bool:
        return any(left <= start and end <= right for left, right, _ in self.spans)

    def blanked(self, text: str) -> str:
        """The text without the names, everything else in its place."""
        left = list(text)
        for start, end, _ in self.spans:
            left[start:end] = " " * (end - start)
        return "".join(left)

    def between(self, start: int, end: int) -> frozenset[str]:
        return frozenset(ref for left, right, refs in self.spans if start <= left and right <= end for ref in refs)


def find_mentions(text: str, tokens: Sequence[Token], known: Known) -> Mentions:
    """Full names first; then the longest part of a name that looks like one (`Galaxy S24` of `Samsung Galaxy S24
    256GB`)."""
    worded = written_words(tokens)
    plain = tuple(token.plain for token in worded)
    spans: list[tuple[int, int, frozenset[str]]] = []
    at = 0
    while at < len(plain):
        length, refs = _longest(text, worded, plain, at, known)
        if refs:
            spans.append((worded[at].start, worded[at + length - 1].end, refs))
            at += length
        else:
            at += 1
    spans += _pointed_at(text, known)
    mentions = Mentions(tuple(spans), unknown=False)
    echoed = [
        (start, end, _NONE)
        for words, start, end in _runs(text, tokens, mentions)
        if known.was_said(words) and not known.stands(words)
    ]
    return Mentions((*spans, *echoed), unknown=bool(echoed))


def _pointed_at(text: str, known: Known) -> Iterator[tuple[int, int, frozenset[str]]]:
    """`mẫu thứ hai`, `the first one`: a place among the products of the evidence, in its order."""
    refs = list(known.products)
    for match in _PLACE.finditer(levelled(text)):
        name, digit, english = match.groups()
        place = int(digit) if digit else _PLACES[name or english]
        if -len(refs) <= place <= len(refs) and place and refs:
            yield *match.span(), frozenset({refs[place if place < 0 else place - 1]})


def _longest(text: str, worded: Sequence[Token], plain: Words, at: int, known: Known) -> tuple[int, frozenset[str]]:
    """How many words from here on are of a name, and whose: of `iPhone 15` and `iPhone 15 Plus` the one whose whole
    name it is."""
    best = (0, False)
    refs: set[str] = set()
    for product in known.products.values():
        for name in product.names:
            length = _shared(plain, at, name)
            whole = length == len(name)
            if length and (whole or _telling(text, worded[at : at + length])):
                if (length, whole) > best:
                    best = (length, whole)
                    refs.clear()
                if (length, whole) == best:
                    refs.add(product.ref)
    return best[0], frozenset(refs)


def _shared(plain: Words, at: int, name: Words) -> int:
    """How many words from here on stand in a row in the name."""
    best = 0
    for start, word in enumerate(name):
        if word != plain[at]:
            continue
        length = 1
        while start + length < len(name) and at + length < len(plain) and name[start + length] == plain[at + length]:
            length += 1
        best = max(best, length)
    return best


def _telling(text: str, run: Sequence[Token]) -> bool:
    """Two words or more of which one is a number or has a capital: enough to tell a product by."""
    marked = [token for token in run if any(map(str.isupper, text[token.start : token.end])) or token.text[0].isdigit()]
    return len(run) >= 2 and len(marked) >= 2 and any(token.plain[0].isalpha() for token in marked)


def unknown_names(text: str, tokens: Sequence[Token], mentions: Mentions, known: Known) -> Iterator[str]:
    """What looks like a name and stands neither in the evidence nor in what the shopper said."""

    def told(words: Words) -> bool:
        return known.stands(words) or known.was_said(words)

    for words, start, end in _runs(text, tokens, mentions):
        if not told(words):
            yield text[start:end]
    worded = [token for token in written_words(tokens) if not mentions.covers(token.start, token.end)]
    for at, token in enumerate(worded):
        for brand in known.brands.get(token.plain, ()):
            run = worded[at : at + len(brand)]
            if tuple(each.plain for each in run) == brand and _named(text, run) and not told(brand):
                yield text[run[0].start : run[-1].end]
    if worded and _foreign_beginning(text, worded[0], mentions) and not told((worded[0].plain,)):
        yield worded[0].text


def _named(text: str, run: Sequence[Token]) -> bool:
    """Written like a name, or no word of Vietnamese: `samsung`."""
    capital = text[run[0].start].isupper()
    return capital or (not all(is_syllable(each.plain) for each in run) and len(run[0].plain) > 3)


def _foreign_beginning(text: str, first: Token, mentions: Mentions) -> bool:
    """A word with a capital that begins a Vietnamese sentence and is no Vietnamese: `Xiaomi cũng vậy`. In English, the
    first word says nothing by its capital."""
    return (
        text[first.start].isupper()
        and first.text.isascii()
        and first.text.isalpha()
        and len(first.text) > 3
        and not is_syllable(first.plain)
        and first.plain not in _NO_NAMES | _BORROWED
        and language_of(mentions.blanked(text), None) == "vi"
    )


def _runs(text: str, tokens: Sequence[Token], mentions: Mentions) -> Iterator[tuple[Words, int, int]]:
    """Rows of words that look like a name, outside the names that are known: with capitals away from a sentence's
    beginning, or letters with digits."""
    chunks = _chunks(tokens)
    free = [not mentions.covers(chunk[0].start, chunk[-1].end) for chunk in chunks]
    at = 0
    while at < len(chunks):
        if not free[at] or not _looks_like_name(text, chunks, at, alone=at + 1 >= len(chunks) or not free[at + 1]):
            at += 1
            continue
        first = at
        while at + 1 < len(chunks) and free[at + 1] and _goes_on(text, chunks, at + 1):
            at += 1
        run = chunks[first : at + 1]
        words = tuple(token.plain for chunk in run for token in written_words(chunk))
        yield words, run[0][0].start, run[-1][-1].end
        at += 1


def _chunks(tokens: Sequence[Token]) -> list[list[Token]]:
    """Tokens written without a space between them, split at marks that part words."""
    chunks: list[list[Token]] = []
    for token in tokens:
        inside = token.plain[0].isalnum() or token.text in "-'’+"
        if not inside:
            chunks.append([token])
        elif (
            chunks
            and token.glued
            and (chunks[-1][-1].plain[0].isalnum() or token.plain[0].isalnum())
            and (chunks[-1][0].plain[0].isalnum())
        ):
            chunks[-1].append(token)
        else:
            chunks.append([token])
    for chunk in chunks:
        while len(chunk) > 1 and not chunk[-1].plain[0].isalnum():
            chunk.pop()
    return chunks


def _written(text: str, chunk: Sequence[Token]) -> str:
    return text[chunk[0].start : chunk[-1].end]


def _looks_like_name(text: str, chunks: Sequence[Sequence[Token]], at: int, *, alone: bool) -> bool:
    chunk = chunks[at]
    written = _written(text, chunk)
    if not written[0].isalnum() or "".join(token.plain for token in chunk) in _NO_NAMES:
        return False
    if _is_model(chunk):
        return True
    if not written[0].isupper() or chunk[0].plain in _NO_NAMES:
        return False
    if written[1:] != written[1:].lower() and len(written) > 3:
        return True  # iPhone, MacBook
    return not _begins(text, chunks, at) or (not alone and _goes_on(text, chunks, at + 1, after_begin=True))


def _is_model(chunk: Sequence[Token]) -> bool:
    """Letters with digits that are no measure: `S24`, `WH-1000XM5`."""
    plain = "".join(token.plain for token in chunk)
    mixed = any(token.plain[0].isdigit() for token in chunk) and any(token.plain[0].isalpha() for token in chunk)
    return mixed and not _MEASURE.fullmatch(plain) and not re.fullmatch(r"\d+-?[a-z]+", plain)


def _goes_on(text: str, chunks: Sequence[Sequence[Token]], at: int, *, after_begin: bool = False) -> bool:
    chunk = chunks[at]
    written = _written(text, chunk)
    if chunks[at - 1][-1].end + 1 < chunk[0].start or not written[0].isalnum():
        return False
    if "".join(token.plain for token in chunk) in _NO_NAMES and not written[0].isdigit():
        return False
    if written[0].isdigit() and len(chunk) == 1:
        return not after_begin  # `iPhone 15`, but not `Trong 7 ngày`
    return written[0].isupper() or _is_model(chunk)


def _begins(text: str, chunks: Sequence[Sequence[Token]], at: int) -> bool:
    """Where a capital is owed to the beginning of a sentence, a quotation or an entry of a list."""
    before = text[: chunks[at][0].start].rstrip()
    return not before or before[-1] in ".!?:;…•-–—\n" or before[-1] in _OPENING or not any(map(str.isalnum, before))
