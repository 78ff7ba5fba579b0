"""Makes a draft of what the brain thought, and lets nothing into it that the evidence does not support."""

import asyncio
import time
from collections.abc import Sequence

import structlog

from vici.domains.assistant.acts.situation import Reply, Shop
from vici.domains.assistant.api import Turn
from vici.domains.assistant.brains.builtin import BuiltinBrain, Thought
from vici.domains.assistant.grounding.replies import ground
from vici.domains.assistant.understanding.intents import learnt_intents
from vici.domains.assistant.wording.phrases import Phrases
from vici.domains.catalog.api import Everything
from vici.domains.conversations.api import Action, Draft, Evidence
from vici.domains.search.api import Card

NOT_GROUNDED = "reply_not_grounded"
_BRANDS_KEPT_SECONDS = 600

_log = structlog.get_logger(__name__)


class AssistantService:
    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._brain = BuiltinBrain(shop, learnt_intents)
        self._learning: asyncio.Task[object] | None = None
        self._known_brands: tuple[str, ...] = ()
        self._brands_read: float | None = None

    async def start(self) -> None:
        """Learn the intents beside everything else that starts."""
        self._learning = asyncio.create_task(asyncio.to_thread(learnt_intents))

    async def close(self) -> None:
        if self._learning:
            await self._learning

    async def reply(self, request: Turn) -> Draft:
        start = time.perf_counter()
        thought = await self._brain.think(request)
        thought_at = time.perf_counter()
        await asyncio.sleep(0)  # whoever is at the door comes in between
        said = [each.content for each in (*request.history, *request.messages) if each.role == "user"]
        say = Phrases(thought.language, request.session_id, self._shop.name)
        draft, wrong = ground(
            _draft(thought, say),
            said,
            say("nothing_certain"),
            shop_name=self._shop.name,
            brands=await self._brands(),
        )
        for objection in wrong:
            # A fault of ours: templates say only what they were given.
            _log.warning(NOT_GROUNDED, kind=objection.kind, intent=draft.intent, phrase=objection.quote[:80])
        timings = {"think_ms": 1000 * (thought_at - start), "ground_ms": 1000 * (time.perf_counter() - thought_at)}
        return draft.model_copy(update={"timings": {name: round(value, 3) for name, value in timings.items()}})

    async def _brands(self) -> tuple[str, ...]:
        """Those of the shop, read again every ten minutes: a new one is named by its own evidence until then."""
        if self._brands_read is None or time.monotonic() - self._brands_read > _BRANDS_KEPT_SECONDS:
            brands = (await self._shop.catalog.brands(Everything())).brands
            self._known_brands = tuple(each.name for each in brands)
            self._brands_read = time.monotonic()
        return self._known_brands


def _draft(thought: Thought, say: Phrases) -> Draft:
    actions: list[Action] = []
    shown: list[Sequence[Card]] = []
    texts: list[str] = []
    for number, reply in enumerate(thought.replies):
        lines = list(reply.lines)
        if number == 0 and thought.greets:
            lines.insert(0, say("hello"))
        texts.append("\n".join(lines))
        reply.cards = [] if reply.cards in shown else reply.cards  # two questions about one thing show it once
        shown.append(reply.cards)
        actions += _actions(reply, texts[-1], last=number == len(thought.replies) - 1)
    evidence = _merged([each for reply in thought.replies for each in reply.evidence])
    last = thought.replies[-1]
    first = thought.requests[0]
    entities = {name: value for reply in thought.replies for name, value in reply.entities.items()}
    if len(thought.requests) > 1:
        entities["intents"] = [request.intent.name for request in thought.requests]
    return Draft(
        text="\n\n".join(texts),
        language=thought.language,
        intent=first.intent.name,
        confidence=min(1.0, round(first.intent.confidence, 4)),
        entities=entities,
        actions=tuple(actions),
        evidence=tuple(evidence),
        context=last.memory.model_dump(mode="json", exclude_defaults=True),
    )


def _actions(reply: Reply, text: str, *, last: bool) -> list[Action]:
    message: dict[str, object] = {"message": text}
    if reply.passages:
        message["citations"] = [
            {"document": each.slug, "title": each.title, "passage": each.under_its_headings} for each in reply.passages
        ]
    actions = [Action(type="send_message", data=message)]
    if reply.cards:
        actions.append(Action(type="send_carousel", data={"products": [_card(card) for card in reply.cards]}))
    if reply.buttons and last:
        replies = [{"title": button.title, "payload": button.payload} for button in reply.buttons]
        actions.append(Action(type="send_quick_replies", data={"message": reply.question, "replies": replies}))
    if reply.transfer:
        reason, summary = reply.transfer
        actions.append(Action(type="transfer_to_agent", data={"reason": reason, "summary": summary}))
    if reply.farewell:
        actions.append(Action(type="end_conversation", data={"reason": reply.farewell}))
    return actions


def _card(card: Card) -> dict[str, object]:
    data: dict[str, object] = {
        "product_id": card.product_id,
        "name": card.name,
        "price_minor": card.price_minor,
        "currency": card.currency,
        "in_stock": card.in_stock,
        "url": card.url,
        "image_url": card.image_url,
    }
    if card.original_price_minor is not None:
        data["original_price_minor"] = card.original_price_minor
    return data


def _merged(evidence: list[Evidence]) -> list[Evidence]:
    """One entry for each record, with all that was read of it."""
    found: dict[tuple[str, str, str], Evidence] = {}
    for each in evidence:
        key = (each.kind, each.ref, str(each.fields.get("passage", "")))
        before = found.get(key)
        found[key] = Evidence(kind=each.kind, ref=each.ref, fields={**before.fields, **each.fields}) if before else each
    return list(found.values())
