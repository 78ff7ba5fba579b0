"""Tells about one product, or answers one question about it."""

import re

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
from vici.domains.assistant.acts.situation import Reply, Situation, reply_to
from vici.domains.assistant.acts.which_product import ask_which, which_product
from vici.domains.assistant.understanding.options import spoken
from vici.kit.text import folded, words

_ATTRIBUTES_MAX = 6
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
    if most[0] and most[0] * 2 >= len(asked):
        return at.say("said_of_it", name=facts.name, text=most[1].strip(" ."))
    return at.say("not_said", name=facts.name)


def _plain(text: str) -> set[str]:
    return {word.plain for word in words(folded(text))}


def words_for(question: str) -> set[str]:
    """The words of a question, less those that only ask, with what the shop's labels may call the same."""
    # The nhé that closes a sentence is no nhẹ.
    asked = _plain(re.sub(r"\bnhe\W*$", "", question)) - (_ASKING - {"nhe"})
    return asked | {other for word in asked for other in _ALSO_CALLED.get(word, "").split()}
