"""Says whether something is there, in which colours and sizes, and how many are left."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from vici.domains.assistant.acts.find import names_size, nothing_called, one_buttons
from vici.domains.assistant.acts.product_facts import (
    Facts,
    evidence_of,
    facts_of,
    option_values,
    options_asked,
    variants_of,
)
from vici.domains.assistant.acts.situation import Button, Reply, Situation, reply_to
from vici.domains.assistant.acts.which_product import ask_which, misplaced, unknown_name, which_product
from vici.domains.assistant.understanding.options import colors_in, options_in, spoken
from vici.domains.assistant.understanding.quantities import asks_how_many, quantity_in
from vici.domains.catalog.api import Variant
from vici.domains.conversations.api import Evidence
from vici.kit.text import folded

_TOGETHER_MAX = 5
_LISTED_MAX = 8
_COLOR_OPTIONS = frozenset({"color", "colour", "mau", "mau sac"})


async def check_stock(at: Situation) -> Reply:
    products = await which_product(at)
    if not colors_in(at.plain) and not names_size(at.plain):
        at = replace(at, plain=f"{at.plain} {folded(at.memory.words)}")  # in the colour and size that were looked for
    if not products and (name := await unknown_name(at)):
        return await nothing_called(at, name)
    if not products and at.memory.shown and not misplaced(at):
        products = tuple(each.product_id for each in at.memory.shown)
    told = [facts for each in products[:_TOGETHER_MAX] if (facts := await facts_of(at, each))]
    if not told:
        return await ask_which(at, "stock")
    reply = reply_to(at)
    if len(told) == 1:
        reply.lines = _stock_lines(at, told[0], alone=True)
    else:
        reply.lines = _stock_of_several(at, told)
    if len(told) > 1:
        reply.show([facts.card for facts in told])
    reply.evidence = [_evidence(at, facts) for facts in told]
    if len(told) == 1:
        reply.speak_of(told[0].card)
        reply.buttons = one_buttons(at, told[0].card.product_id)
        if told[0].card.in_stock:
            del reply.buttons[1]
        else:
            reply.buttons = [Button(at.say("button_similar"), f"similar:{told[0].card.product_id}")]
        reply.question = at.say("ask_next")
    reply.entities = {"product_id": told[0].card.product_id}
    return reply


def _evidence(at: Situation, facts: Facts) -> Evidence:
    """With how many are left of what was asked for."""
    evidence = evidence_of(facts, at)
    asked = options_asked(at, facts)
    left = facts.left(variants_of(facts, asked))
    return evidence.model_copy(update={"fields": evidence.fields | {"left": left}}) if asked else evidence


def _stock_of_several(at: Situation, told: list[Facts]) -> list[str]:
    if all(facts.card.in_stock for facts in told) and not any(
        options_in(at.plain, values) for facts in told for values in option_values(facts).values()
    ):
        return [at.say("all_in_stock")]
    return [line for facts in told for line in _stock_lines(at, facts, alone=False)]


def _stock_lines(at: Situation, facts: Facts, *, alone: bool) -> list[str]:
    values = option_values(facts)
    asked = options_asked(at, facts)
    colors = colors_in(at.plain) if any(folded(name) in _COLOR_OPTIONS for name in values) else []
    if colors and not any(colors_in(folded(" ".join(told))) for told in asked.values()):
        unknown = [at.say("option_unknown", name=facts.name, asked=spoken(colors[0], at.language))]
        return unknown + _there_and_gone(at, facts, variants_of(facts, asked))
    if asked:
        return _of_options(at, facts, asked)
    if wanted := quantity_in(at.plain):
        return _enough(at, facts, wanted)
    if asks_how_many(at.plain) and facts.card.in_stock:
        return [at.say("so_many_left", name=facts.name, count=facts.card.available)]
    lines = [at.say("in_stock" if facts.card.in_stock else "out_of_stock", name=facts.name)]
    if alone and facts.card.in_stock:
        lines += _there_and_gone(at, facts)
    elif alone:
        lines.append(at.say("no_restock_date"))
    return lines


def _of_options(at: Situation, facts: Facts, asked: Mapping[str, Sequence[str]]) -> list[str]:
    chosen = variants_of(facts, asked)
    options = _spoken(at, [value for values in asked.values() for value in values])
    if not chosen:  # each value exists, not the two together
        name, values = next(iter(asked.items()))
        some = [each for each in facts.product.variants if each.options.get(name) in values]
        others = [value for each in some for other, value in each.options.items() if other in asked and other != name]
        lines = [at.say("option_unknown", name=facts.name, asked=options)]
        if others:
            told = ", ".join(spoken(value, at.language) for value in dict.fromkeys(others))
            of = ", ".join(spoken(value, at.language) for value in values)
            lines.append(at.say("option_only", name=facts.name, options=of, others=told))
        return [*lines, *_there_and_gone(at, facts, some)]
    if any(len(values) > 1 for values in asked.values()):  # `titan` is any of four
        return [f"{facts.name}:", *_there_and_gone(at, facts, chosen)]
    if left := facts.left(chosen):
        return [at.say("option_in_stock", name=facts.name, options=options, count=left)]
    return [at.say("option_out_of_stock", name=facts.name, options=options), *_there_and_gone(at, facts)]


def _enough(at: Situation, facts: Facts, wanted: int) -> list[str]:
    """Whether there are as many as are wanted: of one variant where there are several."""
    if not facts.card.in_stock:
        return [at.say("out_of_stock", name=facts.name), at.say("no_restock_date")]
    counts = {each.variant_id: facts.left([each]) for each in facts.product.variants}
    most = max(counts.values())
    if len(counts) == 1 or facts.card.available < wanted:
        enough = facts.card.available >= wanted
        return [at.say("enough" if enough else "not_enough", name=facts.name, count=facts.card.available)]
    lines = [] if most >= wanted else [at.say("not_enough_of_one")]
    for each in facts.product.variants:
        if each.options and (left := counts[each.variant_id]):
            options = _spoken(at, list(each.options.values()))
            lines.append(at.say("option_in_stock", name=facts.name, options=options, count=left))
    return lines[:_LISTED_MAX]


def _spoken(at: Situation, values: Sequence[str]) -> str:
    return " / ".join(spoken(value, at.language) for value in values)


def _there_and_gone(at: Situation, facts: Facts, among: Sequence[Variant] | None = None) -> list[str]:
    """Which combinations can be had and which cannot."""
    there: list[str] = []
    gone: list[str] = []
    for variant in facts.product.variants if among is None else among:
        if variant.options:
            named = _spoken(at, list(variant.options.values()))
            (there if facts.available.get(variant.variant_id, 0) else gone).append(named)
    lines: list[str] = []
    if there:
        lines.append(at.say("options_in_stock", options="; ".join(there[:_LISTED_MAX])))
    if gone:
        lines.append(at.say("options_out_of_stock", options="; ".join(gone[:_LISTED_MAX])))
    return lines
