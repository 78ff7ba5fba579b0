"""Goes on from the last search: cheaper, dearer, more of it, or with one more wish."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from vici.domains.assistant.acts.details import details, label_asked
from vici.domains.assistant.acts.find import (
    GIVEN_UP,
    entities_of,
    find,
    next_buttons,
    one_buttons,
    only_options,
    present,
    price_of,
    search_evidence,
    tell,
    with_options,
    without_options_like,
)
from vici.domains.assistant.acts.look import NAMED_NEARLY, WHOM, Found, called, look
from vici.domains.assistant.acts.product_facts import Facts, facts_of
from vici.domains.assistant.acts.situation import Reply, Situation, product_evidence, reply_to
from vici.domains.assistant.acts.stock import check_stock
from vici.domains.assistant.acts.which_product import named_in
from vici.domains.assistant.understanding.intents import UNSURE
from vici.domains.assistant.understanding.options import colors_in
from vici.domains.assistant.understanding.references import Shown
from vici.domains.assistant.understanding.requests import stripped
from vici.domains.assistant.understanding.spelling import levelled
from vici.domains.assistant.understanding.vague import is_vague
from vici.domains.search.api import Filters, GetCards, Sort
from vici.kit.text import composed, folded, words

_EXTREME = re.compile(
    r"(?i)\b(?:cái|con|mẫu|loại|chiếc)? ?(?:nào )?(?:có )?(?:giá )?"
    r"(?:rẻ|đắt|mắc|cao|thấp|xịn|cao cấp|sang|ít tiền|mềm|re|dat|mac|thap|xin) (?:nhất|nhat)\b"
    r"|\b(?:what(?:'s| is| are)?|which|show me|find|your|the|is|are|one|ones)\b(?= )"
    r"|\b(?:cheapest|lowest[- ]priced?|least expensive|most affordable|most expensive|priciest|dearest"
    r"|highest[- ]priced?|most premium|top of the line|flagship)\b"
)
_WHOLE_SHOP = re.compile(
    r"\b(?:in|of|from) (?:the|your|this|all the) (?:whole |entire )?(?:shop|store|catalog(?:ue)?)\b|\b(?:in stock"
    r"|overall|you (?:have|sell))$"
    r"|\b(?:thing|product|item|article)s?\b|\b(?:trong|cua|o|ca|toan|toan bo|khap) (?:toan |ca )?(?:shop"
    r"|cua hang)\b|\bnhat shop\b"
    r"|\b(?:mon|san pham|mat hang|do|thu) (?=(?:gi |nao )?(?:re|dat|mac|gia) )"
)
_SMALL_WORDS = """
    thoi only just please the one ones in with mau cai loai cua ban hang thuong hieu brand
"""
_WISH_WORDS_MAX = 8
_WHOM = WHOM | {"cho", "for"}
_OTHER_COLORS = re.compile(r"(?i)\bmàu (?:sắc )?(?:khác|nào khác|gì khác)|\b(?:other|different) colou?rs?\b")
_SMALL = frozenset(_SMALL_WORDS.split())


def _has_search(at: Situation) -> bool:
    return bool(at.memory.words or at.memory.filters != Filters())


def _nothing_yet(at: Situation) -> Reply:
    reply = reply_to(at)
    reply.lines.append(at.say("nothing_before"))
    return reply


async def find_or_narrow(at: Situation) -> Reply:
    """A message that names nothing but a brand, a price or the like (`hãng Philips`) is a wish for the last search."""
    text = stripped(at.text)
    if _has_search(at) and not at.value and 0 < len(text.split()) <= _WISH_WORDS_MAX:
        alone = (await look(at, text, limit=1)).results
        if not _told(text, _WHOM):
            return await _narrowed(at, text)
        limits = alone.chips and all(chip.kind in ("price", "stock", "brand") for chip in alone.chips)
        if limits and not _told(alone.words):
            return await _narrowed(at, text)
        if at.intent.confidence <= UNSURE and label_asked(at, await _facts_shown(at)):
            return await details(at)
    return await find(at)


async def _facts_shown(at: Situation) -> list[Facts]:
    return [facts for each in at.memory.shown if (facts := await facts_of(at, each.product_id))]


def _told(text: str, besides: frozenset[str] = frozenset()) -> str:
    """Less the words that only say that it is a wish."""
    small = _SMALL | besides
    return " ".join(word for word in text.split() if not is_vague(word) and folded(word) not in small)


async def cheaper(at: Situation) -> Reply:
    return await _by_price(at, lower=True)


async def dearer(at: Situation) -> Reply:
    return await _by_price(at, lower=False)


async def _by_price(at: Situation, *, lower: bool) -> Reply:
    """Beyond the prices on the screen; of one product alone, beyond its own."""
    memory = at.memory
    if not (memory.shown and _has_search(at)):
        return _nothing_yet(at)
    of = [each for each in memory.shown if each.product_id == memory.focus] or memory.shown
    prices = [each.price_minor for each in of]
    bound: dict[str, Any] = {"price_max": max(min(prices) - 1, 0)} if lower else {"price_min": max(prices) + 1}
    filters = memory.filters.model_copy(update={"price_min": None, "price_max": None, **bound})
    found = await with_options(at, await look(at, memory.words, filters), folded(memory.words))
    ids = tuple(each.product_id for each in of)
    seen = (await at.shop.search.cards(GetCards(product_ids=ids, language=at.language))).cards
    # Of the kind that is on the screen: called by as many of the words, or nearly.
    kind = " ".join(word for word in memory.words.split() if not any(map(str.isdigit, word)))
    least = NAMED_NEARLY * min((called(card, kind) for card in seen), default=0.0)
    kept = [
        card
        for card in found.cards
        if (card.price_minor < min(prices) if lower else card.price_minor > max(prices)) and called(card, kind) >= least
    ]
    reply = reply_to(at)
    other = any(each.kind in ("price", "category") for each in found.results.relaxed)
    if not kept or other or found.missing >= GIVEN_UP:
        edge = (min if lower else max)(of, key=lambda each: each.price_minor)
        cards = (await at.shop.search.cards(GetCards(product_ids=(edge.product_id,), language=at.language))).cards
        if not cards:
            return _nothing_yet(at)
        reply.show(cards)
        reply.lines.append(
            at.say("cheaper_none" if lower else "dearer_none", name=cards[0].name, price=price_of(cards[0], at))
        )
        reply.buttons = next_buttons(at, cards, more=False)
        reply.question = at.say("ask_next")
        return reply
    kept.sort(key=lambda card: card.price_minor, reverse=lower)  # nearest to what was seen first
    reply.lines.append(at.say("cheaper_found" if lower else "dearer_found"))
    reply.evidence.append(search_evidence(memory.words, found.results))
    reply.entities = entities_of(memory.words, found.results)
    present(at, reply, memory.words, found.results, kept)
    reply.remember(words=memory.words, filters=filters)
    return reply


async def more_results(at: Situation) -> Reply:
    memory = at.memory
    if memory.shown and _OTHER_COLORS.search(composed(at.text)):
        of = memory.focus or ",".join(each.product_id for each in memory.shown)
        return await check_stock(replace(at, value=of))
    if not _has_search(at):
        return _nothing_yet(at)
    found = await with_options(at, await look(at, memory.words, memory.filters), folded(memory.words))
    rest = [card for card in found.cards if card.product_id not in memory.seen]
    reply = reply_to(at)
    reply.evidence.append(search_evidence(memory.words, found.results))
    if not rest:
        reply.lines.append(at.say("more_none"))
        return reply
    reply.lines.append(at.say("more_found"))
    present(at, reply, memory.words, found.results, rest)
    reply.remember(filters=memory.filters, seen=(*memory.seen, *(card.product_id for card in reply.cards)))
    return reply


async def narrow(at: Situation) -> Reply:
    """One more wish for the same search; where one product is spoken of, a wish for that product."""
    memory = at.memory
    of_the_shown = memory.focus or (memory.shown and not _has_search(at))
    if of_the_shown and (colors_in(at.plain) or "size" in at.plain):
        return await check_stock(at)
    if unwanted := not_wanted(at.plain, memory.shown):
        return await _without(at, unwanted)
    if not _has_search(at):
        return await find(at)
    return await _narrowed(at, stripped(at.text) or at.text)


_NOT = re.compile(
    r"^(?:not|no|without|except|anything but|other than|khong (?:phai|lay|thich|muon|mua)|tru|ngoai"
    r"|khac)(?: (?:hang|cua|the))?"
    r" (?P<what>[\w&' -]{2,30})$"
)


def not_wanted(plain: str, shown: Sequence[Shown]) -> str:
    """What of the names on the screen a folded message does not want: `not Nike`; empty where it is none of them."""
    found = _NOT.match(re.sub(r"[^\w&' -]", "", plain).strip())
    what = {word.plain for word in words(found["what"] if found else "")} - _SMALL
    names = [{word.plain for word in words(each.name)} for each in shown]
    return " ".join(what) if what and any(what <= name for name in names) else ""


async def _without(at: Situation, unwanted: str) -> Reply:
    """The same search, less what is called so."""
    memory = at.memory
    found = await look(at, memory.words, memory.filters)
    kept = [card for card in found.cards if called(card, unwanted) < 1]
    reply = reply_to(at)
    reply.evidence.append(search_evidence(memory.words, found.results))
    if not kept:
        reply.lines.append(at.say("none_but"))
        return reply
    reply.lines.append(at.say("found"))
    present(at, reply, memory.words, found.results, kept)
    reply.remember(words=memory.words, filters=memory.filters)
    return reply


async def _narrowed(at: Situation, wish: str) -> Reply:
    memory = at.memory
    # First the wish alone, to learn which filters it names; they replace those of the same kind.
    alone = (await look(at, wish, limit=1)).results
    wished = alone.applied if any(chip.kind in ("price", "stock", "brand") for chip in alone.chips) else Filters()
    told = {
        name: getattr(wished, name) for name in wished.model_fields_set if name not in ("category_ids", "attributes")
    }
    if "price_max" in told or "price_min" in told:
        told = {"price_min": None, "price_max": None, **told}
    filters = memory.filters.model_copy(update=told)
    rest = alone.words if any(chip.kind in ("price", "stock", "brand") for chip in alone.chips) else wish
    rest = wish if only_options(at.plain) else _told(rest)
    before = without_options_like(memory.words, at.plain)
    text = f"{before} {rest}".strip()
    found = await look(at, text, filters)
    if only_options(at.plain):
        reply = await tell(at, text, await with_options(at, found, folded(text)))
        reply.remember(filters=filters, words=text if reply.cards else memory.words)
        return reply
    lacking = {word.plain for word in words(found.lacking)}
    wanted, had = ({word.plain for word in words(each)} for each in (rest, memory.words))
    if had and wanted - WHOM and not told and (wanted <= lacking or (had & lacking and not wanted & lacking)):
        # Nothing of the last search is like it, or it is like nothing of that: the beginning of another.
        return await tell(at, wish, await with_options(at, await look(at, wish)))
    found = await with_options(at, found)
    reply = await tell(at, text, Found(found.results, found.cards, found.lacking, min(found.missing, 0.5)))
    if reply.cards:
        reply.remember(words=text, filters=filters)
    else:
        reply.remember(words=memory.words, filters=memory.filters, shown=memory.shown, seen=memory.seen)
    return reply


async def cheapest(at: Situation) -> Reply:
    return await _extreme(at, lowest=True)


async def most_expensive(at: Situation) -> Reply:
    return await _extreme(at, lowest=False)


async def _extreme_of_shown(at: Situation, *, lowest: bool) -> Reply:
    ids = tuple(each.product_id for each in at.memory.shown)
    cards = (await at.shop.search.cards(GetCards(product_ids=ids, language=at.language))).cards
    if not cards:
        return _nothing_yet(at)
    best = (min if lowest else max)(cards, key=lambda card: card.price_minor)
    reply = reply_to(at)
    reply.lines.append(at.say("cheapest" if lowest else "dearest", name=best.name, price=price_of(best, at)))
    reply.speak_of(best)
    reply.evidence = [product_evidence(card) for card in cards]
    reply.buttons = one_buttons(at, best.product_id)
    return reply


def without_extremes(text: str) -> str:
    """Less the words that ask for the cheapest or the dearest."""
    return _EXTREME.sub(" ", f" {text} ").strip()


async def _extreme(at: Situation, *, lowest: bool) -> Reply:
    """Of what the message names; of what is on the screen where it names nothing, unless it says of the whole shop."""
    memory = at.memory
    asked = without_extremes(at.text)
    of_all = _WHOLE_SHOP.search(folded(at.text))
    text = stripped(_WHOLE_SHOP.sub(" ", levelled(asked)) if of_all else asked)
    filters = Filters()
    if is_vague(text) or not named_in(text):
        if not of_all and memory.shown:
            return await _extreme_of_shown(at, lowest=lowest)
        if not of_all and _has_search(at):
            return await find(at)
        text = ""
    found = await look(at, text, filters)
    if any(chip.kind == "category" for chip in found.results.chips) or not found.results.words:
        # Everything of a category is of the kind asked for, whatever its words.
        sort = Sort.PRICE_LOW if lowest else Sort.PRICE_HIGH
        found = await look(at, text, filters, sort)
    if not found.cards:
        return await tell(at, text, found)
    cards = sorted(found.cards, key=lambda card: card.price_minor, reverse=not lowest)
    reply = reply_to(at)
    reply.evidence.append(search_evidence(text, found.results))
    reply.entities = entities_of(text, found.results)
    reply.lines.append(at.say("cheapest" if lowest else "dearest", name=cards[0].name, price=price_of(cards[0], at)))
    present(at, reply, text, found.results, cards)
    reply.remember(focus=cards[0].product_id)
    return reply
