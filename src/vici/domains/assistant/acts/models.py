"""Tells a model the shop does not have from those it has: who asks for an iPhone 12 is not told of an iPhone 14 as if
it were that."""

import re
from itertools import pairwise

from vici.domains.assistant.acts.look import Found, called, look
from vici.domains.assistant.acts.situation import Situation
from vici.domains.assistant.understanding.spelling import spelt_out
from vici.kit.text import Word, words

_MEASURE = re.compile(
    r"\d+(?:\.\d+)?(?:gb|tb|g|kg|ml|l|inch|in|w|wh|hz|mah|mm|cm|m|k|tr|trieu|mp|gen|core)?", re.IGNORECASE
)
_UNIT = re.compile(
    r"(?:gb|tb|g|gram|kg|ml|l|lit|liter|inch|in|w|wh|hz|mah|mm|cm|m|k|tr|trieu|cu|million|nghin|ngan|dong|vnd|usd"
    r"|dollar|mp"
    r"|tuoi|nam|year|thang|month|ngay|day|cai|chiec|hop|goi|doi|bo|cuon|nguoi|phan|cong|port)"
)


async def nearest_models(at: Situation, text: str, found: Found) -> Found | None:
    """What the shop has of the same name, where the model that was asked for is none of it; else None."""
    text = spelt_out(text)
    told = words(text)
    if not any(map(_numbered, told)) or any(called(card, text) == 1 for card in found.cards):
        return None
    for place, (before, model) in enumerate(pairwise(told)):
        after = told[place + 2].plain if place + 2 < len(told) else ""
        if not _numbered(model) or _numbered(before) or len(before.plain) < 2 or _UNIT.fullmatch(after):
            continue
        near = await look(at, f"{text[: model.start]} {text[model.end :]}")
        there = {number for card in near.cards for number in _models(card.name, before.plain)}
        called_so = any(model.plain in {word.plain for word in words(card.name)} for card in near.cards)
        alike = any(_shape(model.plain) == _shape(number) for number in there)  # of a Laptop 7, i9 is no other model
        if alike and model.plain not in there and not called_so:
            return Found(near.results, [card for card in near.cards if _models(card.name, before.plain)], "", 0.0)
    return None


def _numbered(word: Word) -> bool:
    """Whether it may be a model's number: `13`, `s20`, `1000xm3`; no measure like `512gb`."""
    number = any(map(str.isdigit, word.plain))
    return number and (word.plain.isdigit() or not _MEASURE.fullmatch(word.plain))


def _shape(number: str) -> str:
    return re.sub(r"\d+", "0", number)


def _models(name: str, line: str) -> list[str]:
    """What numbers stand behind this word in a product's name."""
    told = words(name)
    return [after.plain for before, after in pairwise(told) if before.plain == line and _numbered(after)]
