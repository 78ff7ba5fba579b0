"""By what the shop states of each: which has most of something (the longest battery), what has more of it (lighter)."""

import re

from vici.domains.assistant.acts.details import details, words_for
from vici.domains.assistant.acts.find import SHOWN_MAX, find, next_buttons, one_buttons
from vici.domains.assistant.acts.look import look
from vici.domains.assistant.acts.product_facts import Facts, attribute_text, evidence_of, facts_of
from vici.domains.assistant.acts.situation import Button, Reply, Situation, reply_to, title_of
from vici.domains.search.api import Filters
from vici.kit.text import words

# Each is read from the catalogue and the stock.
_LOOKED_AT = 15

_LEAST = re.compile(r"\b(?:nhe|mong|nho|thap|it|ngan|light\w*|thin\w*|small\w*|low\w*|quiet\w*|least|short\w*)\b")


async def standout(at: Situation) -> Reply:
    told = [facts for each in at.memory.shown if (facts := await facts_of(at, each.product_id))]
    if len(told) < 2:
        return await (details(at) if at.memory.focus else find(at))
    label = _label(at, told)
    numbers = _numbers(label, told)
    if label is None or len(numbers) < 2:
        return _not_comparable(at, told)
    reply = reply_to(at)
    most, best = (min if _LEAST.search(at.plain) else max)(numbers, key=lambda each: each[0])
    value = attribute_text(best.attributes[label], at)
    equal = [facts for number, facts in numbers if number == most]
    if len(equal) > 1:
        return _equal(at, label, value, equal, [facts for number, facts in numbers if number != most])
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


def _equal(at: Situation, label: str, value: str, equal: list[Facts], others: list[Facts]) -> Reply:
    reply = reply_to(at)
    reply.lines.append(at.say("standout_equal", label=_within_sentence(label), value=value))
    reply.lines += [f"• {facts.name}" for facts in equal]
    if others:
        reply.lines.append(at.say("others"))
        reply.lines += [f"• {facts.name}: {attribute_text(facts.attributes[label], at)}" for facts in others]
    reply.cards = [facts.card for facts in equal]
    reply.evidence = [evidence_of(facts, at) for facts in (*equal, *others)]
    reply.buttons = [Button(title_of(facts.name), f"details:{facts.card.product_id}") for facts in equal[:4]]
    reply.question = at.say("ask_next")
    reply.entities = {"product_ids": [facts.card.product_id for facts in equal], "attribute": label}
    return reply


async def superior(at: Situation) -> Reply:
    """What of the same search has more (or less) of something than what is spoken of, or than all that is shown."""
    memory = at.memory
    seen = [memory.focus] if memory.focus else [each.product_id for each in memory.shown]
    of = [facts for each in seen if (facts := await facts_of(at, each))]
    if not of or not (memory.words or memory.filters != Filters()):
        return await find(at)
    found = await look(at, memory.words, memory.filters, limit=_LOOKED_AT)
    others = [
        facts for card in found.cards if card.product_id not in seen and (facts := await facts_of(at, card.product_id))
    ]
    label = _label(at, [*of, *others])
    known = _numbers(label, of)
    if label is None or not known:
        return _not_comparable(at, of)
    least = bool(_LEAST.search(at.plain))
    bound, best = (min if least else max)(known, key=lambda each: each[0])
    beyond = [each for each in _numbers(label, others) if (each[0] < bound if least else each[0] > bound)]
    reply = reply_to(at)
    reply.question = at.say("ask_next")
    reply.entities = {"attribute": label}
    if not beyond:
        value = attribute_text(best.attributes[label], at)
        reply.lines.append(at.say("superior_none", name=best.name, label=_within_sentence(label), value=value))
        reply.speak_of(best.card)
        reply.evidence = [evidence_of(facts, at) for facts in of]
        reply.buttons = one_buttons(at, best.card.product_id)
        return reply
    beyond.sort(key=lambda each: each[0], reverse=not least)
    told = [facts for _, facts in beyond[:SHOWN_MAX]]
    reply.lines.append(at.say("superior", label=_within_sentence(label)))
    reply.lines += [f"• {facts.name}: {attribute_text(facts.attributes[label], at)}" for facts in told]
    reply.show([facts.card for facts in told])
    reply.remember(seen=(*memory.seen, *(facts.card.product_id for facts in told)))
    reply.evidence += [evidence_of(facts, at) for facts in told]
    reply.buttons = next_buttons(at, reply.cards, more=False)
    return reply


def _within_sentence(label: str) -> str:
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _not_comparable(at: Situation, told: list[Facts]) -> Reply:
    reply = reply_to(at)
    reply.lines.append(at.say("not_comparable"))
    reply.evidence = [evidence_of(facts, at) for facts in told]
    reply.buttons = [Button(title_of(facts.name), f"details:{facts.card.product_id}") for facts in told[:4]]
    return reply


def _numbers(label: str | None, told: list[Facts]) -> list[tuple[float, Facts]]:
    """Those that state a number under this label."""
    stated = [(_number(facts.attributes.get(label)), facts) for facts in told] if label else []
    return [(number, facts) for number, facts in stated if number is not None]


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
