"""Looks for products and shows them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vici.domains.assistant.acts.policy import page_called, quoting
from vici.domains.assistant.acts.situation import Button, Reply, Situation, reply_to
from vici.domains.assistant.understanding.intents import UNSURE
from vici.domains.assistant.understanding.options import colors_in, options_in
from vici.domains.assistant.understanding.requests import stripped
from vici.domains.assistant.understanding.spelling import spelt_out
from vici.domains.assistant.understanding.vague import is_vague, says_nothing
from vici.domains.catalog.api import Everything, GetProducts, Product
from vici.domains.conversations.api import Evidence
from vici.domains.search.api import Card, Filters, Results, SearchProducts, Sort
from vici.kit.money import written
from vici.kit.text import Word, words

SHOWN_MAX = 5
LOOKED_AT = 40
WORDS_MAX = 300
# Where some are called by half of the words or more, those that only mention them somewhere are of another kind.
_NAMED_WELL = 0.5
_NAMED_NEARLY = 0.75
# Else a hit whose score is less than this share of the best one's: measured on the demo shop, what fits lies above .8,
# what only shares a word below .65.
FITTING = 0.72
# Behind these a name says what a thing is made for: `Ốp lưng cho iPhone 15` is no iPhone.
_MADE_FOR = frozenset({"cho", "for", "fits", "compatible"})
_TITLE_WORDS_MAX = 4
# From this share of its words on it is said what the best of them lack.
_GIVEN_UP = 0.31
# Of a message that is like no example, what is found has to be called by this share of its words.
_CALLED_AT_LEAST = 0.34
_SIZE = re.compile(r"\b(?:size|sz|co|so) ?(?:xs|s|m|l|xl|xxl|\d{2})\b")


@dataclass(frozen=True)
class Found:
    results: Results
    cards: list[Card]
    """Those that fit, best first, no accessories of what was asked for."""
    lacking: str
    """Words of the search that the best of them lacks."""
    missing: float
    """0 to 1: the share of the words that is lacking."""


async def look(
    at: Situation, text: str, filters: Filters | None = None, sort: Sort = Sort.RELEVANCE, limit: int = LOOKED_AT
) -> Found:
    request = SearchProducts(
        words=spelt_out(text)[:WORDS_MAX], language=at.language, filters=filters or Filters(), sort=sort, limit=limit
    )
    results = await at.shop.search.search(request)
    if results.correction and results.hits:
        typed = await at.shop.search.search(request.model_copy(update={"correct": False}))
        if typed.hits and called(typed.hits[0].card, text) > called(results.hits[0].card, results.correction.corrected):
            results = typed
    if not results.words and all(chip.kind == "attribute" for chip in results.chips):
        # The name of a thing is read as what other things are made for: it is the thing that is asked for.
        swallowed = tuple(chip.chip_id for chip in results.chips)
        results = await at.shop.search.search(request.model_copy(update={"keep_words": swallowed}))
    relaxed = " ".join(each.label for each in results.relaxed if each.kind == "words")
    lacking = " ".join(word.form for word in words(relaxed) if not says_nothing(word))
    asked = _asked(text, results)
    missing = {word.plain for word in words(lacking)} & {word.plain for word in asked}
    return Found(results, _fitting(results, asked, sort), lacking, len(missing) / len(asked) if asked else 0.0)


def _asked(text: str, results: Results) -> list[Word]:
    """The words that say what is looked for; prices and the like left out."""
    if results.correction:
        text = results.correction.corrected
    limits = {word.plain for chip in results.chips if chip.kind in ("price", "stock") for word in words(chip.words)}
    return [word for word in words(text) if not says_nothing(word) and word.plain not in limits]


def _fitting(results: Results, asked: Sequence[Word], sort: Sort) -> list[Card]:
    hits = results.hits
    if sort is Sort.RELEVANCE and hits:
        named = [_named(hit.card, asked) for hit in hits] if asked else [0.0]
        if (most := max(named)) >= _NAMED_WELL:
            hits = tuple(hit for hit, share in zip(hits, named, strict=True) if share >= _NAMED_NEARLY * most)
        else:
            hits = tuple(hit for hit in hits if hit.score >= FITTING * hits[0].score)
    cards = [hit.card for hit in hits]
    plain = {word.plain for word in asked}
    themselves = [card for card in cards if not _made_for(card.name, plain)]
    return themselves or cards


def called(card: Card, text: str) -> float:
    """The share of the words that stand in what the product is called; 1 where there are none."""
    asked = [word for word in words(text) if not says_nothing(word)]
    return _named(card, asked) if asked else 1.0


def _named(card: Card, asked: Sequence[Word]) -> float:
    """Accents count where they were typed: tăng is not tầng."""
    told = words(f"{card.name} {card.brand or ''} {card.category or ''}")
    plain, forms = {word.plain for word in told}, {word.form for word in told}
    return sum((word.plain if word.form.isascii() else word.form) in plain | forms for word in asked) / len(asked)


def _made_for(name: str, asked: set[str]) -> bool:
    """Whether all that was asked for stands in the name only behind "for"."""
    told = [word.plain for word in words(name)]
    place = next((place for place, word in enumerate(told) if word in _MADE_FOR), None)
    return place is not None and not asked & set(told[:place]) and bool(asked & set(told))


async def find(at: Situation) -> Reply:
    text = at.value or stripped(at.text)
    if is_vague(text):
        return await ask_back(at)
    if not at.value and len(text.split()) <= _TITLE_WORDS_MAX and (page := await page_called(at, text)):
        return quoting(at, page)
    return await tell(at, text, await with_options(at, await _look_for_the_thing(at, text)))


async def _look_for_the_thing(at: Situation, text: str) -> Found:
    """Where the best only share a rare word with what was asked for (a laptop *for travel*), the words they lack may
    name the thing itself (a camera)."""
    found = await look(at, text)
    if not found.lacking or found.missing < 0.5:
        return found
    thing = await look(at, found.lacking)
    if not thing.cards or thing.missing or called(thing.cards[0], found.lacking) < 1:
        return found
    lacking = {word.plain for word in words(found.lacking)}
    rest = " ".join(word.form for word in _asked(text, found.results) if word.plain not in lacking)
    return replace(thing, lacking=rest, missing=_GIVEN_UP)


def _repeatable(text: str) -> str:
    """What a shopper looked for, fit to be said back: no links, no markup, not the whole story."""
    told = " ".join(re.sub(r"\S+://\S+|www\.\S+|\S+@\S+|[<>{}\[\]|`\\/]", " ", text).split())
    return told if len(told) <= 60 else f"{told[:59].rstrip()}…"


async def with_options(at: Situation, found: Found) -> Found:
    """Of what was found, what comes in the colours and sizes that were asked for, where anything does."""
    if not colors_in(at.plain) and not _SIZE.search(at.plain):
        return found
    ids = tuple(card.product_id for card in found.cards)
    products = (await at.shop.catalog.products(GetProducts(product_ids=ids))).products
    fitting = {each.product_id for each in products if _comes_so(each, at.plain)}
    kept = [card for card in found.cards if card.product_id in fitting]
    return replace(found, cards=kept) if kept else found


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
    share = max((called(card, text) for card in found.cards), default=0.0)
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
    if results.correction and results.correction.applied:
        reply.lines.append(at.say("corrected", words=results.correction.corrected))
    given_up = [each.label for each in results.relaxed if each.kind != "words"]
    if found.lacking and found.missing >= _GIVEN_UP:
        given_up.append(found.lacking)
    if given_up:
        reply.lines.append(at.say("relaxed", given_up=", ".join(given_up)))
    elif len(found.cards) == 1:
        reply.lines.append(at.say("found_one", name=found.cards[0].name))
    else:
        reply.lines.append(at.say("found"))
    present(at, reply, text, results, found.cards)
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
