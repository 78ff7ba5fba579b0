"""Says what something costs."""

from vici.domains.assistant.acts.find import nothing_called, one_buttons
from vici.domains.assistant.acts.product_facts import (
    Facts,
    evidence_of,
    facts_of,
    options_asked,
    price_text,
    prices_by_option,
    reduction_text,
    variants_of,
)
from vici.domains.assistant.acts.situation import Reply, Situation, reply_to
from vici.domains.assistant.acts.which_product import ask_which, misplaced, unknown_name, which_product
from vici.domains.assistant.grounding.amounts import read_amounts
from vici.domains.assistant.understanding.options import spoken
from vici.domains.assistant.understanding.quantities import quantity_in
from vici.kit.money import decimals, written

_TOGETHER_MAX = 5


async def price(at: Situation) -> Reply:
    products = await which_product(at)
    if not products:
        if name := await unknown_name(at):
            return await nothing_called(at, name)
        if at.memory.shown and not misplaced(at):
            products = tuple(each.product_id for each in at.memory.shown)
        else:
            return await ask_which(at, "price")
    reply = reply_to(at)
    told = [facts for each in products[:_TOGETHER_MAX] if (facts := await facts_of(at, each))]
    if not told:
        return await ask_which(at, "price")
    if len(told) == 1 and (guessed := _guessed(at)):
        reply.lines.append(at.say("price_guessed_right" if guessed & _prices_of(told[0]) else "price_guessed_wrong"))
    for facts in told:
        reply.lines += _price_lines(at, facts, alone=len(told) == 1)
    if len(told) == 1 and (quantity_in(at.plain) or 1) > 1:
        reply.lines.append(at.say("price_of_one"))
    if len(told) > 1:
        reply.show([facts.card for facts in told])
    reply.evidence = [evidence_of(facts, at) for facts in told]
    if len(told) == 1:
        reply.speak_of(told[0].card)
        reply.buttons = one_buttons(at, told[0].card.product_id)
        reply.question = at.say("ask_next")
    reply.entities = {"product_id": told[0].card.product_id}
    return reply


def _guessed(at: Situation) -> set[int]:
    """The prices that the shopper takes it to have."""
    money = [each for each in read_amounts(at.text) if each.kind == "money"]
    return {int(each.value.scaleb(decimals(each.currency or "VND"))) for each in money}


def _prices_of(facts: Facts) -> set[int]:
    return {price.amount_minor for each in facts.product.variants for price in each.prices}


def _price_lines(at: Situation, facts: Facts, *, alone: bool) -> list[str]:
    asked = options_asked(at, facts)
    if asked and alone:
        chosen = variants_of(facts, asked)
        prices = {
            price.amount_minor for each in chosen for price in each.prices if price.currency == facts.card.currency
        }
        if len(prices) == 1:
            told = [spoken(value, at.language) for values in asked.values() for value in values]
            name = f"{facts.name} ({', '.join(told)})"
            return [at.say("price", name=name, price=written(prices.pop(), facts.card.currency, at.language))]
    lines = [at.say("price", name=facts.name, price=price_text(facts, at))]
    if alone:
        if reduced := reduction_text(facts, at):
            lines.append(reduced)
        lines += prices_by_option(facts, at)
    return lines
