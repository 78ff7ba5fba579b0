"""Puts products side by side."""

import re

from vici.domains.assistant.acts.look import look
from vici.domains.assistant.acts.product_facts import Facts, attribute_text, evidence_of, facts_of, price_text
from vici.domains.assistant.acts.situation import Button, Reply, Situation, reply_to, title_of
from vici.domains.assistant.acts.which_product import called_alike, named_in
from vici.domains.assistant.understanding.references import pointed_at
from vici.kit.money import written
from vici.kit.text import folded

_TOGETHER_MAX = 4
_ROWS_MAX = 8
_BETWEEN = re.compile(
    r"(?i)\s+(?:và|va|với|voi|vs\.?|versus|and|with|or|hay|hoặc|hoac|than|hơn|hon|so với|so voi|&)\s+"
    r"|\bso (?:với|voi)\s|,\s*"
)


async def compare(at: Situation) -> Reply:
    told = [facts for each in await _which(at) if (facts := await facts_of(at, each))]
    if len(told) < 2:
        reply = reply_to(at)
        reply.lines.append(at.say("compare_two"))
        if len(at.memory.shown) >= 2:
            first, second = (each.product_id for each in at.memory.shown[:2])
            reply.buttons = [Button(at.say("button_compare"), f"compare:{first},{second}")]
        return reply
    reply = reply_to(at)
    reply.lines.append(at.say("compare"))
    reply.lines += [f"{number}. {facts.name}: {price_text(facts, at)}" for number, facts in enumerate(told, start=1)]
    reply.lines += _rows(at, told)
    reply.lines += [
        at.say("in_stock" if facts.card.in_stock else "out_of_stock", name=facts.name)
        for facts in told
        if not facts.card.in_stock
    ]
    if len(told) == 2:
        reply.lines.append(_difference(at, told))
    reply.show([facts.card for facts in told])
    reply.evidence = [evidence_of(facts, at) for facts in told]
    reply.buttons = [Button(title_of(facts.name), f"details:{facts.card.product_id}") for facts in told]
    reply.question = at.say("ask_next")
    reply.entities = {"product_ids": [facts.card.product_id for facts in told]}
    return reply


async def _which(at: Situation) -> list[str]:
    if at.value:
        return at.value.split(",")[:_TOGETHER_MAX]
    shown, focus = at.memory.shown, at.memory.focus
    pointed = pointed_at(at.plain, shown, focus)
    if pointed and len(pointed.products) >= 2:
        return list(pointed.products[:_TOGETHER_MAX])
    found: list[str] = []
    for part in _BETWEEN.split(at.text):
        near, named = pointed_at(folded(part), shown, None), named_in(part)
        # A model by its number need not be the one on the screen that is called nearly so.
        model = any(map(str.isdigit, named)) and (near is None or near.by == "name")
        if near and not model:
            found.append(near.products[0])
        elif named:
            hit = await look(at, named, limit=10)
            if hit.cards and hit.missing <= 0.34:
                found.append(called_alike(hit.cards, named)[0])
    found = list(dict.fromkeys(found))
    before = focus or (shown[0].product_id if shown else None)
    if len(found) == 1 and before and before not in found:
        found.insert(0, before)
    if len(found) < 2 and len(shown) >= 2:
        return [each.product_id for each in shown[: 2 if not pointed else _TOGETHER_MAX]]
    return found[:_TOGETHER_MAX]


def _rows(at: Situation, told: list[Facts]) -> list[str]:
    """What all of them state and not all the same; in the first one's order."""
    rows: list[str] = []
    for label in told[0].attributes:
        values = [facts.attributes.get(label) for facts in told]
        if all(value is not None for value in values) and len({str(value) for value in values}) > 1:
            rows.append(f"• {label}: " + " | ".join(attribute_text(value, at) for value in values))
    return rows[:_ROWS_MAX]


def _difference(at: Situation, told: list[Facts]) -> str:
    first, second = (facts.card for facts in told)
    if first.currency != second.currency or first.price_minor == second.price_minor:
        return at.say("compare_same")
    cheaper = min(told, key=lambda facts: facts.card.price_minor)
    gap = abs(first.price_minor - second.price_minor)
    ranges = any(card.price_max_minor > card.price_minor for card in (first, second))
    return at.say(
        "compare_cheaper_from" if ranges else "compare_cheaper",
        name=cheaper.name,
        difference=written(gap, first.currency, at.language),
    )
