"""Says what the shop has: groups of products, brands, what is reduced or new."""

import re

from vici.domains.assistant.acts.find import (
    SHOWN_MAX,
    categories_evidence,
    category_buttons,
    next_buttons,
    search_evidence,
    top_categories,
)
from vici.domains.assistant.acts.look import look
from vici.domains.assistant.acts.situation import Button, Reply, Situation, reply_to
from vici.domains.assistant.acts.which_product import named_in
from vici.domains.catalog.api import Everything
from vici.domains.conversations.api import Evidence
from vici.domains.search.api import Filters, SearchProducts, Sort

_BRANDS_MAX = 12
_LOOKED_AT = 200


async def overview(at: Situation) -> Reply:
    reply = reply_to(at)
    names = [name for _, name in await top_categories(at)]
    reply.evidence.append(await categories_evidence(at))
    if not names:
        reply.lines.append(at.say("overview_none"))
        return reply
    reply.lines.append(at.say("overview", categories=", ".join(names)))
    reply.buttons = await category_buttons(at, limit=8)
    return reply


async def category(at: Situation) -> Reply:
    """A group of products was chosen by its button."""
    request = SearchProducts(filters=Filters(category_ids=(at.value,)), language=at.language, limit=_LOOKED_AT)
    results = await at.shop.search.search(request)
    reply = reply_to(at)
    reply.evidence.append(search_evidence("", results))
    reply.entities = {"category_id": at.value}
    if not results.hits:
        reply.lines.append(at.say("more_none"))
        return reply
    cards = [hit.card for hit in results.hits]
    reply.lines.append(at.say("found"))
    reply.show(cards[:SHOWN_MAX])
    reply.remember(words="", filters=results.applied, seen=tuple(card.product_id for card in reply.cards))
    reply.buttons = next_buttons(at, reply.cards, more=len(cards) > SHOWN_MAX)
    reply.question = at.say("ask_next")
    return reply


async def brands(at: Situation) -> Reply:
    """Of what the message names, else of the whole shop."""
    reply = reply_to(at)
    named = named_in(_without_brand_words(at.text))
    names: list[str] = []
    if named:
        found = await look(at, named, limit=_LOOKED_AT)
        names = list(dict.fromkeys(card.brand for card in found.cards if card.brand))
    if names:
        reply.lines.append(at.say("brands_of", words=named, brands=", ".join(names[:_BRANDS_MAX])))
    else:
        told = (await at.shop.catalog.brands(Everything())).brands
        names = [each.name for each in told]
        reply.lines.append(at.say("brands", brands=", ".join(names[:_BRANDS_MAX])))
    reply.evidence.append(Evidence(kind="shop", ref="brands", fields={"brands": names[:_BRANDS_MAX]}))
    reply.buttons = [Button(name, f"search:{named} {name}".strip()) for name in names[:6]]
    return reply


def _without_brand_words(text: str) -> str:
    for word in (
        "thương hiệu",
        "nhãn hiệu",
        "hãng",
        "thuong hieu",
        "nhan hieu",
        "hang",
        "brands",
        "brand",
        "những",
        "các",
    ):
        text = text.replace(word, " ")
    return text


def _among(at: Situation, named: str) -> tuple[str, Filters]:
    """What to choose among: what is named, else (`cái mới nhất`) what was looked for last, else everything."""
    if not named and _OF_THOSE.search(at.plain):
        return at.memory.words, at.memory.filters
    return named, Filters()


async def on_sale(at: Situation) -> Reply:
    named, filters = _among(at, named_in(_without(at.text, _SALE_WORDS)))
    found = await look(at, named, filters, limit=_LOOKED_AT)
    reduced = [
        card for card in found.cards if card.original_price_minor and card.original_price_minor > card.price_minor
    ]
    # What is most reduced first; of a thing that was named, what fits best first.
    if not named:
        reduced.sort(key=lambda card: card.price_minor / (card.original_price_minor or 1))
    reply = reply_to(at)
    reply.evidence.append(search_evidence(named, found.results))
    if not reduced:
        reply.lines.append(at.say("on_sale_none"))
        return reply
    reply.lines.append(at.say("on_sale"))
    reply.show(reduced[:SHOWN_MAX])
    reply.remember(words=named, filters=found.results.applied, seen=tuple(card.product_id for card in reply.cards))
    reply.buttons = next_buttons(at, reply.cards, more=False)
    reply.question = at.say("ask_next")
    return reply


async def newest(at: Situation) -> Reply:
    named, filters = _among(at, named_in(_without(at.text, _NEW_WORDS)))
    found = await look(at, named, filters)
    cards = found.cards
    if not named or any(chip.kind == "category" for chip in found.results.chips):
        found = await look(at, named, filters, Sort.NEWEST)
        cards = found.cards
    reply = reply_to(at)
    reply.evidence.append(search_evidence(named, found.results))
    if not cards:
        reply.lines.append(at.say("more_none"))
        return reply
    reply.lines.append(at.say("newest"))
    reply.show(cards[:SHOWN_MAX])
    reply.remember(words=named, filters=found.results.applied, seen=tuple(card.product_id for card in reply.cards))
    reply.buttons = next_buttons(at, reply.cards, more=len(cards) > SHOWN_MAX)
    reply.question = at.say("ask_next")
    return reply


async def best_sellers(at: Situation) -> Reply:
    """The shop's data does not say what sells, so neither does the assistant."""
    reply = reply_to(at)
    reply.lines.append(at.say("no_sales_figures"))
    reply.buttons = [
        Button(at.say("button_sale"), "sale"),
        Button(at.say("button_newest"), "newest"),
        Button(at.say("button_categories"), "categories"),
    ]
    return reply


_OF_THOSE = re.compile(
    r"\b(?:cai|con|mau|chiec|loai)\b(?! gi)|^(?:co|dang)\b(?!.*\b(?:gi|nao)\b)|\b(?:which|one|ones|these|those|them)\b"
)
_SALE_WORDS = (
    "đang giảm giá", "giảm giá", "đang sale", "khuyến mãi", "khuyến mại", "đang giảm", "hàng sale", "flash sale",
    "sale", "dang giam gia", "giam gia", "khuyen mai", "dang giam", "on sale", "on offer", "discounted",
    "special offers", "offers", "deals", "deal", "clearance", "reduced", "bargains", "những gì", "gì", "hàng", "đồ",
    "nào",
)  # fmt: skip
_NEW_WORDS = (
    "mới nhất", "mới về", "mới ra mắt", "mới ra", "hàng mới", "đời mới", "mẫu mới", "moi nhat", "moi ve", "moi ra",
    "hang moi", "doi moi", "mau moi", "mới", "new arrivals", "newest", "latest", "just arrived", "new products",
    "new in", "anything new", "what's new", "new",
)  # fmt: skip


def _without(text: str, told: tuple[str, ...]) -> str:
    lower = text.lower()
    for words in told:
        lower = lower.replace(words, " ")
    return lower
