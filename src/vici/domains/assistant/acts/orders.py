"""What has to do with orders, which this chat cannot see or change yet: says so, and where to go on."""

import re
from dataclasses import replace

from vici.domains.assistant.acts.find import ask_back
from vici.domains.assistant.acts.policy import how_to_reach_us, quote
from vici.domains.assistant.acts.situation import Button, Reply, Situation, product_evidence, reply_to
from vici.domains.assistant.acts.which_product import which_product
from vici.domains.assistant.understanding.requests import stripped
from vici.domains.assistant.understanding.vague import is_vague
from vici.domains.search.api import GetCards
from vici.kit.text import composed

# How one asks to buy; no part of what is bought.
_BUYING = re.compile(
    r"(?i)\b(?:làm (?:sao|thế nào|cách nào)|lam (?:sao|the nao|cach nao)|cách|cach|để|de|muốn|muon|cho|vào|vao|giỏ"
    r"|gio|mua|đặt|dat"
    r"|order|chốt|chot|lấy|lay|đơn|don|hàng|hang|online|onl|sao|kiểu gì|kieu gi|how|buy|purchase|take|add|cart"
    r"|place|checkout)\b"
)

_HOW = re.compile(r"\b(?:sao|the nao|kieu gi|cach|how|online|onl|don|hang|order|checkout|can i|could i)\b")


async def buy(at: Situation) -> Reply:
    products = await which_product(replace(at, text=_BUYING.sub(" ", composed(at.text))))
    if not products and not at.memory.shown and is_vague(stripped(at.text)) and not _HOW.search(at.plain):
        return await ask_back(at)
    reply = reply_to(at)
    reply.lines.append(at.say("cannot_order"))
    cards = (
        (await at.shop.search.cards(GetCards(product_ids=products[:3], language=at.language))).cards if products else ()
    )
    for card in cards:
        reply.lines.append(at.say("cannot_order_link", name=card.name, url=card.url))
        reply.evidence.append(product_evidence(card))
    reply.cards = list(cards)
    if len(cards) == 1:
        reply.speak_of(cards[0])
    if contact := await how_to_reach_us(at):
        reply.lines.append(at.say("reach_us", title=contact.title))
        quote(reply, contact)
    reply.buttons = [Button(at.say("button_person"), "person")]
    return reply


async def order_help(at: Situation) -> Reply:
    reply = reply_to(at)
    reply.lines.append(at.say("complaint" if at.intent.name == "complaint" else "no_order_access"))
    reply.buttons = [Button(at.say("button_person"), "person")]
    return reply
