"""Shows what is like something."""

from vici.domains.assistant.acts.find import SHOWN_MAX, next_buttons
from vici.domains.assistant.acts.situation import Reply, Situation, product_evidence, reply_to
from vici.domains.assistant.acts.which_product import ask_which, which_product
from vici.domains.search.api import FindSimilar, GetCards


async def similar(at: Situation) -> Reply:
    products = await which_product(at)
    if not products:
        return await ask_which(at, "similar")
    cards = (await at.shop.search.cards(GetCards(product_ids=products[:1], language=at.language))).cards
    if not cards:
        return await ask_which(at, "similar")
    like = cards[0]
    request = FindSimilar(product_id=like.product_id, language=at.language, limit=SHOWN_MAX)
    results = await at.shop.search.similar(request)
    reply = reply_to(at)
    reply.evidence.append(product_evidence(like))
    reply.entities = {"product_id": like.product_id}
    if not results.hits:
        reply.lines.append(at.say("similar_none", name=like.name))
        return reply
    found = [hit.card for hit in results.hits]
    reply.lines.append(at.say("similar", name=like.name))
    reply.show(found)
    reply.remember(words=like.category or like.name, filters=results.applied, seen=tuple(c.product_id for c in found))
    reply.buttons = next_buttons(at, found, more=False)
    reply.question = at.say("ask_next")
    return reply
