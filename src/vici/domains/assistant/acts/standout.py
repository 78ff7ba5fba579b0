"""Which of those shown has most or least of something: the longest battery, the lightest."""

import re

from vici.domains.assistant.acts.details import details, words_for
from vici.domains.assistant.acts.find import find
from vici.domains.assistant.acts.product_facts import Facts, attribute_text, evidence_of, facts_of
from vici.domains.assistant.acts.situation import Button, Reply, Situation, reply_to
from vici.kit.text import words

_LEAST = re.compile(r"\b(?:nhe|mong|nho|thap|it|ngan|light\w*|thin\w*|small\w*|low\w*|quiet\w*|least|short\w*)\b")


async def standout(at: Situation) -> Reply:
    told = [facts for each in at.memory.shown if (facts := await facts_of(at, each.product_id))]
    if len(told) < 2:
        return await (details(at) if at.memory.focus else find(at))
    label = _label(at, told)
    numbers = [
        (number, facts) for facts in told if label and (number := _number(facts.attributes.get(label))) is not None
    ]
    reply = reply_to(at)
    if label is None or len(numbers) < 2:
        reply.lines.append(at.say("not_comparable"))
        reply.evidence = [evidence_of(facts, at) for facts in told]
        reply.buttons = [Button(facts.name[:60], f"details:{facts.card.product_id}") for facts in told[:4]]
        return reply
    best = (min if _LEAST.search(at.plain) else max)(numbers, key=lambda each: each[0])[1]
    value = attribute_text(best.attributes[label], at)
    reply.lines.append(at.say("standout", name=best.name, label=label, value=value))
    reply.lines += [
        f"• {facts.name}: {attribute_text(facts.attributes[label], at)}" for _, facts in numbers if facts is not best
    ]
    reply.speak_of(best.card)
    reply.evidence = [evidence_of(facts, at) for _, facts in numbers]
    reply.buttons = [Button(at.say("button_details"), f"details:{best.card.product_id}")]
    reply.question = at.say("ask_next")
    reply.entities = {"product_id": best.card.product_id, "attribute": label}
    return reply


def _label(at: Situation, told: list[Facts]) -> str | None:
    """The attribute that the message names best and that most of them state."""
    asked = words_for(at.plain)
    labels = {label for facts in told for label in facts.attributes}
    scored = [
        (len(asked & {word.plain for word in words(label)}), sum(label in facts.attributes for facts in told), label)
        for label in labels
    ]
    best = max(scored, default=(0, 0, ""))
    return best[2] if best[0] else None


def _number(value: object) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    found = re.match(r"\s*(\d+(?:[.,]\d+)?)", str(value)) if value is not None else None
    return float(found.group(1).replace(",", ".")) if found else None
