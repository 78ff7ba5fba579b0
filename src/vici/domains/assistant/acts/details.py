"""Tells about one product, or answers one question about it."""

import re
from collections.abc import Sequence

from vici.domains.assistant.acts.find import one_buttons
from vici.domains.assistant.acts.product_facts import (
    Facts,
    attribute_text,
    evidence_of,
    facts_of,
    option_name,
    option_values,
    price_text,
    prices_by_option,
    reduction_text,
)
from vici.domains.assistant.acts.situation import Button, Reply, Situation, reply_to, title_of
from vici.domains.assistant.acts.which_product import ask_which, which_product
from vici.domains.assistant.understanding.options import spoken
from vici.domains.assistant.understanding.references import pointed_at, points_past
from vici.kit.text import folded, words

_ATTRIBUTES_MAX = 6
# How well it is, beside what is asked for: `camera tốt`.
_GOOD = frozenset({"tot", "ngon", "trau", "manh", "lon", "nhieu", "good", "better", "great", "strong"})
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
# They ask; whether a text holds them says nothing about the matter.
_ASKING_WORDS = """
    cai con mau chiec nay do kia co khong gi nao bao nhieu may the la thi sao cho minh em shop oi a nhe san pham
    hay duoc bang dung nhu vay voi va cua nhi ha no is it an of does what how which much many big long with have
    has this that one first second third fourth fifth last thu hai ba tu nam nhat dau tien cuoi so option number
    xem chon lay nhung cac me i want show see about open please made in come for and are there any can be i on
    its
    """
_ASKING = frozenset(_ASKING_WORDS.split())
# What a question calls a thing that the shop's labels call something else; folded.
_ALSO_CALLED = {
    "pin": "battery",
    "nang": "khoi luong trong luong weight",
    "nhe": "khoi luong trong luong weight",
    "light": "weight",
    "lightest": "weight",
    "lighter": "weight",
    "heavier": "weight",
    "bigger": "screen capacity display",
    "biggest": "screen capacity display",
    "larger": "screen capacity display",
    "smaller": "screen capacity display",
    "lon": "kich thuoc man hinh dung tich",
    "chup": "camera",
    "hinh": "camera",
    "anh": "camera",
    "photo": "camera",
    "picture": "camera",
    "heavy": "weight",
    "weigh": "weight",
    "can": "khoi luong",
    "mau": "colours color",
    "colors": "colours",
    "colour": "colours",
    "color": "colours",
    "to": "kich thuoc man hinh dung tich",
    "screen": "display man hinh",
    "display": "screen",
    "waterproof": "water resistance chong nuoc khang nuoc",
    "nuoc": "chong khang",
    "lieu": "chat lieu",
    "material": "made fabric",
    "xuat": "xuat xu",
    "origin": "made country",
    "size": "co kich thuoc",
}


async def details(at: Situation) -> Reply:
    if not at.value and (reply := await _of_the_shown(at)):
        return reply
    products = await which_product(at)
    if not products:
        return await ask_which(at, "details")
    facts = await facts_of(at, products[0])
    if facts is None:
        return await ask_which(at, "details")
    reply = reply_to(at)
    question = "" if at.value else at.plain
    answered = _answer(at, facts, question) if question else None
    if answered:
        reply.lines.append(answered)
    else:
        _describe(at, facts, reply)
    reply.speak_of(facts.card)
    reply.evidence.append(evidence_of(facts, at, texts=True))
    reply.buttons = one_buttons(at, facts.card.product_id)[1:]
    reply.question = at.say("ask_next")
    reply.entities = {"product_id": facts.card.product_id}
    return reply


async def _of_the_shown(at: Situation) -> Reply | None:
    """A question that is made of what the shop states (`pin bao nhiêu mAh`) and does not say of which product is about
    all that is shown, or about what was spoken of last."""
    shown = [each.product_id for each in at.memory.shown]
    if pointed_at(at.plain, at.memory.shown, at.memory.focus) or points_past(at.plain, len(shown)):
        return None
    told = [facts for each in ([at.memory.focus] if at.memory.focus else shown) if (facts := await facts_of(at, each))]
    label = label_asked(at, told)
    stated = [facts for facts in told if label in facts.attributes]
    if label is None or not stated:
        return None
    reply = reply_to(at)
    if len(stated) == 1:
        value = attribute_text(stated[0].attributes[label], at)
        reply.lines.append(at.say("attribute", name=stated[0].name, label=label, value=value))
        reply.speak_of(stated[0].card)
        reply.buttons = one_buttons(at, stated[0].card.product_id)[1:]
    else:
        reply.lines += [f"• {facts.name} – {label}: {attribute_text(facts.attributes[label], at)}" for facts in stated]
        reply.cards = [facts.card for facts in stated]
        reply.buttons = [Button(title_of(facts.name), f"details:{facts.card.product_id}") for facts in stated]
    reply.evidence = [evidence_of(facts, at) for facts in stated]
    reply.question = at.say("ask_next")
    reply.entities = {"product_ids": [facts.card.product_id for facts in stated], "attribute": label}
    return reply


def label_asked(at: Situation, told: Sequence[Facts]) -> str | None:
    """What these products state, if the message asks for that and nothing else."""
    asked = _plain(at.plain) - _ASKING
    labels = {label for facts in told for label in facts.attributes}
    fits = [(len(asked & _plain(label)), label) for label in labels if asked and asked <= _covered(label)]
    return max(fits)[1] if fits else None


def _covered(label: str) -> set[str]:
    """The words that ask for what stands under this label."""
    named = _plain(label)
    return named | {word for word, others in _ALSO_CALLED.items() if named & set(others.split())} | _GOOD


def _describe(at: Situation, facts: Facts, reply: Reply) -> None:
    reply.lines.append(at.say("details", name=facts.name, price=price_text(facts, at)))
    if reduced := reduction_text(facts, at):
        reply.lines.append(reduced)
    if facts.short:
        reply.lines.append(facts.short if facts.short[-1] in ".!?" else f"{facts.short}.")
    reply.lines += prices_by_option(facts, at)
    labels = list(facts.attributes.items())[:_ATTRIBUTES_MAX]
    reply.lines += [f"• {label}: {attribute_text(value, at)}" for label, value in labels]
    reply.lines.append(at.say("in_stock" if facts.card.in_stock else "out_of_stock", name=facts.name))


_WHICH_OPTION = {
    "color": re.compile(r"\b(?:nhung|cac|may|co) mau\b|\bmau (?:gi|nao|sac)\b|\bcolou?rs?\b"),
    "size": re.compile(r"\b(?:nhung|cac|may|co) (?:size|co)\b|\b(?:size|co) (?:gi|nao)\b|\bsizes\b"),
    "storage": re.compile(r"\bdung luong\b|\bmay gb\b|\bbao nhieu gb\b|\bstorage\b"),
}


def _answer(at: Situation, facts: Facts, question: str) -> str | None:
    """The attribute, the option or the sentence of the description that the question is about; None when it asks for
    everything, or for nothing that can be told apart."""
    for name, values in option_values(facts).items():
        if name in _WHICH_OPTION and _WHICH_OPTION[name].search(question):
            told = ", ".join(spoken(value, at.language) for value in values)
            return at.say("comes_in", name=facts.name, label=option_name(name, at), values=told)
    asked = {word.plain for word in words(question)} - _ASKING - {word.plain for word in words(facts.name)}
    asked = {word for word in asked if not word.isdigit()}
    if not asked or asked & {
        "chi",
        "tiet",
        "thong",
        "cau",
        "hinh",
        "spec",
        "detail",
        "specification",
        "feature",
        "info",
        "mo",
    }:
        return None
    wider = words_for(" ".join(asked))
    best = max(
        ((len(wider & _plain(label)), label) for label in facts.attributes), default=(0, ""), key=lambda each: each[0]
    )
    for name, values in option_values(facts).items():
        label = option_name(name, at)
        if wider & (_plain(label) | _plain(name)) and best[0] <= 1:
            told = ", ".join(spoken(value, at.language) for value in values)
            return at.say("comes_in", name=facts.name, label=label, values=told)
    if best[0]:
        return at.say("attribute", name=facts.name, label=best[1], value=attribute_text(facts.attributes[best[1]], at))
    sentences = (
        _SENTENCE.split(f"{facts.short}. {facts.description}") if facts.short else _SENTENCE.split(facts.description)
    )
    fits = [(len(asked & _plain(sentence)), sentence) for sentence in sentences]
    most = max(fits, default=(0, ""), key=lambda each: each[0])
    if most[0] and most[0] * 3 >= 2 * len(asked):
        return at.say("said_of_it", name=facts.name, text=most[1].strip(" ."))
    return at.say("not_said", name=facts.name)


def _plain(text: str) -> set[str]:
    return {word.plain for word in words(folded(text))}


def words_for(question: str) -> set[str]:
    """The words of a question, less those that only ask, with what the shop's labels may call the same."""
    # The nhé that closes a sentence is no nhẹ.
    asked = _plain(re.sub(r"\bnhe\W*$", "", question)) - (_ASKING - {"nhe"})
    return asked | {other for word in asked for other in _ALSO_CALLED.get(word, "").split()}
