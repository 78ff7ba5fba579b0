"""Query sets made from queries and titles by rule and seed: slips of the finger, accents left out, chat spelling, and
known items looked for by a part of their name or by their model number."""

import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

# What lies beside each key.
_BESIDE = {
    "a": "qws", "b": "vgn", "c": "xdv", "d": "sefc", "e": "wrd", "f": "drgv", "g": "fthb", "h": "gyjn", "i": "uok",
    "j": "hukm", "k": "jil", "l": "kop", "m": "njk", "n": "bhm", "o": "ipl", "p": "ol", "q": "wa", "r": "etf",
    "s": "awdx", "t": "ryg", "u": "yij", "v": "cfb", "w": "qes", "x": "zsc", "y": "tuh", "z": "xas",
}  # fmt: skip
# How chats shorten, longest first; written here from what people type, not from what the search knows.
_SHORTENED = {
    "bao nhiêu": "bn", "điện thoại": "đt", "laptop": "lap", "không": "ko", "được": "dc", "với": "vs", "gì": "j",
    "máy tính bảng": "mtb", "samsung": "ss", "iphone": "ip", "sản phẩm": "sp", "rồi": "r", "mình": "mk",
}  # fmt: skip


class KnownItem(NamedTuple):
    """A query that one product answers."""

    query: str
    product_id: str


def with_one_slip(query: str, chance: random.Random, letters_min: int) -> str | None:
    """The query with one slip in one of its longer words; none when it has no such word."""
    words = query.split()
    long = [at for at, word in enumerate(words) if len(word) >= letters_min and word.isalpha()]
    if not long:
        return None
    at = chance.choice(long)
    for _ in range(20):
        slipped = _slipped(words[at], chance)
        if slipped != words[at]:
            return " ".join([*words[:at], slipped, *words[at + 1 :]])
    return None


def _slipped(word: str, chance: random.Random) -> str:
    # The first letter is rarely missed, and a slip at the very end is cut off as often as typed.
    at = chance.randrange(1, len(word) - 1)
    match chance.choice(["swap", "drop", "double", "replace"]):
        case "swap":
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case "drop":
            return word[:at] + word[at + 1 :]
        case "double":
            return word[:at] + word[at] + word[at:]
        case _:
            return word[:at] + chance.choice(_BESIDE.get(word[at].lower(), "aeinu")) + word[at + 1 :]


def without_accents(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def chatted(text: str, chance: random.Random) -> str:
    """As one types in a chat: no accents, short forms, memory without its byte, a sound-alike here and there."""
    text = text.lower()
    for long, short in _SHORTENED.items():
        text = re.sub(rf"(?<!\w){long}(?!\w)", short, text)
    text = re.sub(r"(\d)\s?gb\b", r"\1g", without_accents(text))
    text = re.sub(r"(\d)\s?tb\b", r"\1t", text)
    words = text.split()
    alike = [at for at, word in enumerate(words) if word.isalpha() and _sounding_alike(word) != word]
    if alike and chance.random() < 0.3:
        at = chance.choice(alike)
        words[at] = _sounding_alike(words[at])
    return " ".join(words)


def _sounding_alike(word: str) -> str:
    for said, typed in (("ph", "f"), ("gi", "j"), ("qu", "w")):
        if word.startswith(said) and len(word) > 3:
            return typed + word[len(said) :]
    return word[:-2] + "nk" if word.endswith("nh") and len(word) > 3 else word


def fragments(titles: Mapping[str, str], number: int, seed: int, words_min: int = 4) -> list[KnownItem]:
    """Consecutive words of titles that no other title holds together."""
    return _known(titles, number, seed, lambda words, chance: _cut(words, chance, words_min))


def reordered(titles: Mapping[str, str], number: int, seed: int, words_min: int = 4) -> list[KnownItem]:
    """The same, shuffled."""

    def shuffled_cut(words: list[str], chance: random.Random) -> list[str]:
        part = _cut(words, chance, words_min)
        chance.shuffle(part)
        return part

    return _known(titles, number, seed, shuffled_cut)


def _cut(words: list[str], chance: random.Random, words_min: int) -> list[str]:
    length = chance.randint(min(words_min, len(words)), min(words_min + 3, len(words)))
    start = chance.randrange(len(words) - length + 1)
    return words[start : start + length]


def _known(
    titles: Mapping[str, str], number: int, seed: int, part_of: Callable[[list[str], random.Random], list[str]]
) -> list[KnownItem]:
    """Parts that identify: no other title has all of their words."""
    chance = random.Random(seed)
    word_sets = {product_id: _bare_words(title) for product_id, title in titles.items()}
    holders: dict[str, set[str]] = {}
    for product_id, words in word_sets.items():
        for word in words:
            holders.setdefault(word, set()).add(product_id)
    found: list[KnownItem] = []
    for product_id in _shuffled(titles, chance):
        part = " ".join(part_of(titles[product_id].split(), chance))
        words = _bare_words(part)
        if len(words) >= 3 and len(set.intersection(*(holders[word] for word in words))) == 1:
            found.append(KnownItem(part, product_id))
        if len(found) == number:
            break
    return found


def _bare_words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", without_accents(text).lower()))


_CODE = re.compile(r"(?=[^ ]*\d)(?=[^ ]*[A-Za-z])[A-Za-z0-9]+(?:[-/][A-Za-z0-9]+)*")


def model_numbers(titles: Mapping[str, str], number: int, seed: int) -> dict[str, list[KnownItem]]:
    """Model numbers that one title holds, as they are written, joined, split and hyphenated."""
    chance = random.Random(seed)
    codes = {product_id: [w for w in title.split() if _CODE.fullmatch(w)] for product_id, title in titles.items()}
    holders = Counter(joined(code) for own in codes.values() for code in {joined(each): each for each in own}.values())
    sets: dict[str, list[KnownItem]] = {"as_written": [], "joined": [], "split": [], "hyphenated": []}
    for product_id in _shuffled(titles, chance):
        own = [
            c
            for c in codes[product_id]
            if holders[joined(c)] == 1 and len(joined(c)) >= 6 and sum(map(str.isdigit, c)) >= 3
        ]
        if not own:
            continue
        code = chance.choice(own)
        ways = {
            "as_written": code,
            "joined": joined(code),
            "split": split(code),
            "hyphenated": split(code).replace(" ", "-"),
        }
        for way, query in ways.items():
            sets[way].append(KnownItem(query, product_id))
        if len(sets["joined"]) == number:
            break
    return sets


def joined(code: str) -> str:
    return re.sub(r"[-/]", "", code).lower()


def split(code: str) -> str:
    return re.sub(r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])|[-/]", " ", code)


def _shuffled(titles: Mapping[str, str], chance: random.Random) -> Iterator[str]:
    ids: Sequence[str] = sorted(titles)
    yield from chance.sample(ids, len(ids))


def kinds(titles: Mapping[str, str], products_min: int) -> dict[str, set[str]]:
    """What Vietnamese titles begin with (`Bàn phím cơ không dây`), with the products whose titles do."""
    found: dict[str, set[str]] = {}
    for product_id, title in titles.items():
        words = title.split()
        length = 0
        while length < len(words) and _is_vietnamese(words[length]):
            length += 1
        for end in range(2, length + 1):
            found.setdefault(" ".join(words[:end]).lower(), set()).add(product_id)
    return {
        kind: products
        for kind, products in found.items()
        if len(products) >= products_min and not kind.isascii() and kind.split()[-1] not in {"không", "cho", "và"}
    }


def _is_vietnamese(word: str) -> bool:
    return (
        word.isalpha()
        and re.fullmatch(
            r"(?:ngh?|gh?|gi|[ckpt]h|nh|qu|tr|[bcdđghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|nh|ng|[cmnpt])?",
            without_accents(word).lower(),
        )
        is not None
    )


def any_fragments(titles: Mapping[str, str], number: int, seed: int, words: int) -> list[KnownItem]:
    """So many consecutive words of titles, whether or not other titles have them, too."""
    chance = random.Random(seed)
    found: list[KnownItem] = []
    for product_id in list(_shuffled(titles, chance))[:number]:
        parts = titles[product_id].split()
        start = chance.randrange(max(1, len(parts) - words + 1))
        found.append(KnownItem(" ".join(parts[start : start + words]), product_id))
    return found
