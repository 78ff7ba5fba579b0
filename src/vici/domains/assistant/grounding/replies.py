"""Holds a whole reply against its evidence, and leaves out what that does not support."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from vici.domains.assistant.grounding.check import Unsupported, unsupported
from vici.domains.assistant.grounding.known import Known, known_from, words_in
from vici.domains.conversations.api import Action, Draft, Evidence
from vici.kit.text import composed

# A quick reply that opens a product names it by its id.
SHOW = "show:"
# Parts what the shopper said, message by message, in the summary for a colleague.
SAID = " / "


def ground(
    draft: Draft, said: Sequence[str], instead: str, *, shop_name: str = "", brands: Iterable[str] = ()
) -> tuple[Draft, list[Unsupported]]:
    """The draft without the sentences, cards, citations and buttons that its evidence does not support, and what was
    wrong with them. A message of which nothing is left says `instead`, which must claim nothing.

    `brands`: those the shop sells, which are names wherever they stand."""
    known = known_from(draft.evidence, said, shop_name=shop_name, brands=brands)
    wrong: list[Unsupported] = []

    def clean(text: str, otherwise: str = "") -> str:
        found = unsupported(text, known)
        wrong.extend(found)
        return without(text, found) or (otherwise if text.strip() else "")

    actions: list[Action] = []
    for action in draft.actions:
        data = action.data
        match action.type:
            case "send_message":
                kept, lost = _citations(data.get("citations", ()), draft.evidence)
                wrong += lost
                message = {"message": clean(data["message"], instead)}
                actions.append(
                    _with(action, {**data, **message} | ({"citations": kept} if "citations" in data else {}))
                )
            case "send_quick_replies":
                replies, lost = _replies(data["replies"], known)
                wrong += lost
                if replies:
                    actions.append(_with(action, {"message": clean(data["message"]), "replies": replies}))
            case "send_carousel":
                products, lost = _cards(data["products"], draft.evidence)
                wrong += lost
                if products:
                    actions.append(_with(action, {"products": products}))
            case "transfer_to_agent":
                # What the shopper said may be told to a colleague as it was said.
                parts = data["summary"].split(SAID)
                kept_parts = [part for part in parts if known.was_said(words_in(part)) or clean(part) == part]
                actions.append(_with(action, {**data, "summary": SAID.join(kept_parts)}))
            case "collect_info":
                fields = [{**field, "prompt": clean(field["prompt"], instead)} for field in data["fields"]]
                actions.append(_with(action, {"fields": fields}))
            case _:
                actions.append(action)
    if not wrong and not unsupported(draft.text, known):
        return draft, []
    return draft.model_copy(update={"text": clean(draft.text, instead), "actions": tuple(actions)}), wrong


def without(text: str, found: Sequence[Unsupported]) -> str:
    """The composed text less the sentences that were objected to."""
    text = composed(text)
    for start, end in sorted({(each.start, each.end) for each in found}, reverse=True):
        text = text[:start] + text[end:]
    return "\n".join(line.strip() for line in text.splitlines() if any(map(str.isalnum, line))).strip()


def _with(action: Action, data: Mapping[str, Any]) -> Action:
    return Action(type=action.type, data=dict(data))


def _citations(citations: Sequence[Any], evidence: Sequence[Evidence]) -> tuple[list[Any], list[Unsupported]]:
    told = {
        (each.ref, each.fields.get("title"), each.fields.get("passage")) for each in evidence if each.kind == "policy"
    }
    kept: list[Any] = []
    lost: list[Unsupported] = []
    for citation in citations:
        if (citation["document"], citation["title"], citation["passage"]) in told:
            kept.append(citation)
        else:
            lost.append(Unsupported("policy", str(citation["passage"]), 0, 0))
    return kept, lost


def _cards(products: Sequence[Any], evidence: Sequence[Evidence]) -> tuple[list[Any], list[Unsupported]]:
    """Every field of a card has to be what the evidence gives for that product."""
    fields: dict[str, dict[str, Any]] = {}
    for each in evidence:
        if each.kind in ("product", "stock"):
            fields.setdefault(each.ref, {}).update(each.fields)
    kept: list[Any] = []
    lost: list[Unsupported] = []
    for card in products:
        told = fields.get(card["product_id"])
        facts = {name: value for name, value in card.items() if name != "product_id" and value is not None}
        if told is not None and all(told.get(name) == value for name, value in facts.items()):
            kept.append(card)
        else:
            lost.append(Unsupported("name", str(card["name"]), 0, 0))
    return kept, lost


def _replies(replies: Sequence[Any], known: Known) -> tuple[list[Any], list[Unsupported]]:
    kept: list[Any] = []
    lost: list[Unsupported] = []
    for reply in replies:
        wrong = unsupported(reply["title"], known, suggests=True)
        if reply["payload"].startswith(SHOW) and reply["payload"].removeprefix(SHOW) not in known.products:
            wrong = [*wrong, Unsupported("name", reply["payload"], 0, 0)]
        if wrong:
            lost += wrong
        else:
            kept.append(reply)
    return kept, lost
