"""Looks for products and shows them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from vici.domains.assistant.acts.look import Found, asked_for, called, look, read_as
from vici.domains.assistant.acts.models import nearest_models
from vici.domains.assistant.acts.policy import page_called, quoting
from vici.domains.assistant.acts.situation import Button, Reply, Situation, reply_to
from vici.domains.assistant.understanding.intents import UNSURE
from vici.domains.assistant.understanding.options import colors_in, options_in
from vici.domains.assistant.understanding.quantities import without_quantity
from vici.domains.assistant.understanding.requests import stripped
from vici.domains.assistant.understanding.spelling import levelled
from vici.domains.assistant.understanding.vague import is_vague
from vici.domains.catalog.api import Everything, GetProducts, Product
from vici.domains.conversations.api import Evidence
from vici.domains.search.api import Card, Filters, Results
from vici.kit.money import written
from vici.kit.text import folded, words

SHOWN_MAX = 5
_TITLE_WORDS_MAX = 4
# Filters that say what a thing is.
_NAMING = ("category", "brand", "shop", "attribute")
# From this share of its words on it is said what the best of them lack.
GIVEN_UP = 0.31
# Of a message that is like no example, what is found has to be called by this share of its words.
_CALLED_AT_LEAST = 0.34
_SIZE = re.compile(r"\b(?:size|sz|co|so) ?(?:xs|s|m|l|xl|xxl|\d{2})\b")


async def find(at: Situation) -> Reply:
    text = at.value or without_quantity(stripped(at.text))
    if is_vague(text):
        return await ask_back(at)
    if not at.value and len(text.split()) <= _TITLE_WORDS_MAX and (page := await page_called(at, text)):
        return await quoting(at, page)
    found = await _look_for_the_thing(at, text)
    if not at.value and await nearest_models(at, text, found):
        return await nothing_called(at, text)
    if is_vague(found.results.words) and found.results.chips and not read_as(found.results, *_NAMING):
        return await ask_back(at)  # a budget or a colour, of nothing yet
    return await tell(at, text, await with_options(at, found))


async def _look_for_the_thing(at: Situation, text: str) -> Found:
    """Where the best only share a rare word with what was asked for (a laptop *for travel*), the words they lack may
    name the thing itself (a camera)."""
    found = await look(at, text)
    prices = [chip.words for chip in found.results.chips if chip.kind == "price"]
    if found.lacking and prices:
        # Nothing of the kind at that price: the kind matters more.
        free = await look(at, without_limits(text, found.results))
        if free.cards and free.missing < found.missing:
            return replace(free, lacking=", ".join(prices), missing=GIVEN_UP)
    if not found.lacking or found.missing < 0.5:
        return found
    thing = await look(at, found.lacking, limits_of(found.results))
    if not thing.cards or thing.missing or called(thing.cards[0], found.lacking) < 1:
        return found
    lacking = {word.plain for word in words(found.lacking)}
    rest = " ".join(word.form for word in asked_for(text, found.results) if word.plain not in lacking)
    return replace(thing, lacking=rest, missing=GIVEN_UP)


def _repeatable(text: str) -> str:
    """What a shopper looked for, fit to be said back: no links, no markup, not the whole story."""
    told = " ".join(re.sub(r"\S+://\S+|www\.\S+|\S+@\S+|[<>{}\[\]|`\\/]", " ", text).split())
    return told if len(told) <= 60 else f"{told[:59].rstrip()}…"


async def with_options(at: Situation, found: Found, plain: str | None = None) -> Found:
    """Of what was found, what comes in the colours and sizes that were asked for (in `plain`, else in the message),
    where anything does."""
    plain = at.plain if plain is None else plain
    if not colors_in(plain) and not _SIZE.search(plain):
        return found
    ids = tuple(card.product_id for card in found.cards)
    products = (await at.shop.catalog.products(GetProducts(product_ids=ids))).products
    fitting = {each.product_id for each in products if _comes_so(each, plain)}
    kept = [card for card in found.cards if card.product_id in fitting]
    return replace(found, cards=kept) if kept else found


def names_size(plain: str) -> bool:
    return bool(_SIZE.search(plain))


def without_options_like(text: str, wish: str) -> str:
    """The words of a search less the colours or sizes that a (folded) wish replaces."""
    if _SIZE.search(wish):
        text = _without(text, _SIZE)
    if colors_in(wish):
        for color in colors_in(folded(text)):
            text = _without(text, re.compile(rf"\b(?:mau )?{color}\b"))
    return " ".join(text.split())


def _without(text: str, pattern: re.Pattern[str]) -> str:
    """Less what the pattern matches in the folded text."""
    for match in reversed(list(pattern.finditer(levelled(text)))):
        text = f"{text[: match.start()]} {text[match.end() :]}"
    return text


def only_options(plain: str) -> bool:
    """Whether a message names colours and sizes, and nothing else."""
    rest = _SIZE.sub(" ", plain)
    for color in (colors := colors_in(plain)):
        rest = re.sub(rf"\b{color}\b", " ", rest)
    return (bool(colors) or bool(_SIZE.search(plain))) and is_vague(rest)


def _comes_so(product: Product, plain: str) -> bool:
    colors = colors_in(plain)
    values = {value for variant in product.variants for value in variant.options.values()}
    named = options_in(plain, values)
    tones = [value for value in named if options_in(" ".join(colors), [value])] if colors else []
    sizes = [value for value in named if value not in tones]
    return (not colors or bool(tones)) and (not _SIZE.search(plain) or bool(sizes))


async def tell(at: Situation, text: str, found: Found) -> Reply:
    """Show what was found, or say that nothing was and what comes nearest."""
    reply = reply_to(at)
    results = found.results
    reply.entities = entities_of(text, results)
    reply.evidence.append(search_evidence(text, results))
    share = max((called(card, found.called_so or text) for card in found.cards), default=0.0)
    if found.cards and read_as(results, *_NAMING):
        share = 1.0
    if at.intent.confidence <= UNSURE and not at.value and share < _CALLED_AT_LEAST:
        # Nothing says that it was a search, and nothing is called so.
        reply.lines.append(at.say("unclear"))
        reply.buttons = await category_buttons(at)
        return reply
    named = share > 0
    if not found.cards or found.missing > 0.5 or (found.missing and not named):
        reply.lines.append(at.say("not_found", words=_repeatable(text)))
        if found.missing < 0.75 and named:
            reply.lines.append(at.say("nearest"))
            present(at, reply, text, results, found.cards)
        else:
            reply.remember(shown=(), seen=(), focus=None, words="")
            reply.lines.append(at.say("try_categories"))
            reply.buttons = await category_buttons(at)
        return reply
    if results.correction and results.correction.applied and _corrected_into(found.cards[0], results):
        reply.lines.append(at.say("corrected", words=results.correction.corrected))
    given_up = [each.label for each in results.relaxed if each.kind != "words"]
    said = {word.plain for label in given_up for word in words(label)}
    if found.missing >= GIVEN_UP and not {word.plain for word in words(found.lacking)} <= said:
        given_up.append(found.lacking)
    if given_up:
        reply.lines.append(at.say("relaxed", given_up=", ".join(given_up)))
    elif len(found.cards) == 1:
        reply.lines.append(at.say("found_one", name=found.cards[0].name))
    else:
        reply.lines.append(at.say("found"))
    present(at, reply, text, results, found.cards)
    return reply


def _corrected_into(card: Card, results: Results) -> bool:
    """Whether what was put right is what the best is called; else it was no word of what was looked for."""
    correction = results.correction
    if correction is None:
        return False
    typed = {word.form for word in words(correction.original)}
    put_right = " ".join(word.form for word in words(correction.corrected) if word.form not in typed)
    return called(card, put_right) == 1


async def nothing_called(at: Situation, name: str) -> Reply:
    """The shop has none of this name: say so, and show what comes near as near."""
    near = await nearest_models(at, name, await look(at, name))
    reply = reply_to(at)
    reply.lines.append(at.say("not_found", words=_repeatable(name)))
    if near:
        reply.entities = entities_of(name, near.results)
        reply.evidence.append(search_evidence(name, near.results))
        reply.lines.append(at.say("nearest"))
        present(at, reply, name, near.results, near.cards)
        reply.remember(words=near.results.words)
    return reply


def present(at: Situation, reply: Reply, text: str, results: Results, cards: Sequence[Card]) -> None:
    """Put the best on the screen, with what one may want next, and remember what to go on from."""
    top = list(cards[:SHOWN_MAX])
    reply.show(top)
    reply.remember(
        words=without_limits(text, results),
        filters=limits_of(results),
        seen=tuple(card.product_id for card in top),
    )
    reply.buttons = next_buttons(at, top, more=len(cards) > len(top))
    reply.question = at.say("ask_next")


def without_limits(text: str, results: Results) -> str:
    """The words less those that were read as a price or as stock: these can be replaced, the rest is what it is."""
    for chip in results.chips:
        if chip.kind in ("price", "stock"):
            text = text.replace(chip.words, " ")
    return " ".join(text.split())


def limits_of(results: Results) -> Filters:
    """Price and stock as they were applied."""
    applied = results.applied
    return Filters(
        price_min=applied.price_min, price_max=applied.price_max, currency=applied.currency, in_stock=applied.in_stock
    )


def next_buttons(at: Situation, cards: Sequence[Card], *, more: bool) -> list[Button]:
    if len(cards) == 1:
        return one_buttons(at, cards[0].product_id)
    buttons = [Button(at.say("button_compare"), f"compare:{cards[0].product_id},{cards[1].product_id}")]
    buttons.append(Button(at.say("button_cheaper"), "cheaper"))
    if more:
        buttons.append(Button(at.say("button_more"), "more"))
    return buttons


def one_buttons(at: Situation, product_id: str) -> list[Button]:
    return [
        Button(at.say("button_details"), f"details:{product_id}"),
        Button(at.say("button_stock"), f"stock:{product_id}"),
        Button(at.say("button_similar"), f"similar:{product_id}"),
    ]


def entities_of(text: str, results: Results) -> dict[str, object]:
    filters = results.applied.model_dump(mode="json", exclude_defaults=True)
    entities: dict[str, object] = {"query": text}
    if filters:
        entities["filters"] = filters
    return entities


def search_evidence(text: str, results: Results) -> Evidence:
    fields: dict[str, object] = {"words": text, "searched": results.words, "total": results.total}
    if results.chips:
        fields["filters"] = [chip.label for chip in results.chips]
    if results.relaxed:
        fields["given_up"] = [each.label for each in results.relaxed]
    if results.correction:
        fields["corrected"] = results.correction.corrected
    return Evidence(kind="search", ref=text[:200] or "*", fields=fields)


def price_of(card: Card, at: Situation) -> str:
    return written(card.price_minor, card.currency, at.language)


async def ask_back(at: Situation) -> Reply:
    """Too little was said to look for: ask, and offer what there is."""
    reply = reply_to(at)
    reply.lines.append(at.say("what_for"))
    reply.buttons = await category_buttons(at)
    reply.evidence.append(await categories_evidence(at))
    return reply


async def top_categories(at: Situation) -> list[tuple[str, str]]:
    """Id and name of those that stand in no other."""

    categories = (await at.shop.catalog.categories(Everything())).categories
    names = [(each.category_id, each.names) for each in categories if each.parent_id is None]
    return [(category_id, told.get(at.language) or next(iter(told.values()))) for category_id, told in names]


async def categories_evidence(at: Situation) -> Evidence:
    names = [name for _, name in await top_categories(at)]
    return Evidence(kind="shop", ref="categories", fields={"categories": names})


async def category_buttons(at: Situation, limit: int = 6) -> list[Button]:
    return [Button(name, f"category:{category_id}") for category_id, name in (await top_categories(at))[:limit]]
