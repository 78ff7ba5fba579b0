"""What has to do with orders, which this chat cannot see or change yet: says so, and where to go on."""

from vici.domains.assistant.acts.find import ask_back
from vici.domains.assistant.acts.situation import Button, Reply, Situation, product_evidence, reply_to
from vici.domains.assistant.acts.which_product import which_product
from vici.domains.assistant.understanding.requests import stripped
from vici.domains.assistant.understanding.vague import is_vague
from vici.domains.search.api import GetCards


async def buy(at: Situation) -> Reply:
    products = await which_product(at)
    if not products and not at.memory.shown and is_vague(stripped(at.text)):
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
    reply.buttons = [Button(at.say("button_person"), "person")]
    return reply


async def order_help(at: Situation) -> Reply:
    reply = reply_to(at)
    reply.lines.append(at.say("complaint" if at.intent.name == "complaint" else "no_order_access"))
    reply.buttons = [Button(at.say("button_person"), "person")]
    return reply
