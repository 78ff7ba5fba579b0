"""Holds a written conversation with the assistant, and finds what is not as it should be."""

import re
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

from structlog.testing import capture_logs

from vici.apps.cli.evaluate.figures_told import ForSale, untrue_figures
from vici.apps.cli.evaluate.scripts import Cards, Expected, Script
from vici.domains.assistant.api import AssistantApi, Turn
from vici.domains.assistant.grounding.check import unsupported
from vici.domains.assistant.grounding.known import known_from
from vici.domains.assistant.service import NOT_GROUNDED
from vici.domains.catalog.api import CatalogApi, DeleteProduct, GetProducts, Product, PutProducts
from vici.domains.conversations.api import BadAction, Draft, Message
from vici.domains.conversations.rules.shapes import check_shape
from vici.domains.inventory.api import GetLevels, InventoryApi, Level, SetLevels
from vici.domains.knowledge.api import DocumentRef, KnowledgeApi
from vici.domains.knowledge.rules.passages import passages_of
from vici.kit.money import written
from vici.kit.text import folded
from vici.settings import Settings

_HISTORY_MAX = 50


class Shop(Protocol):
    @property
    def settings(self) -> Settings: ...
    @property
    def assistant(self) -> AssistantApi: ...
    @property
    def catalog(self) -> CatalogApi: ...
    @property
    def inventory(self) -> InventoryApi: ...
    @property
    def knowledge(self) -> KnowledgeApi: ...
    async def settled(self) -> None:
        """Wait until what was written is searchable."""
        ...


@dataclass
class Outcome:
    name: str
    faults: list[str] = field(default_factory=list[str])
    intents: int = 0
    intents_right: int = 0
    grounded: int = 0
    """Turns of which the assistant's own check finds nothing to say, and the shop's records neither."""
    true_figures: int = 0
    """Turns whose prices and counts are the shop's, by a check that shares nothing with the assistant's."""
    milliseconds: list[float] = field(default_factory=list[float])


async def hold(script: Script, shop: Shop) -> Outcome:
    """All turns of one conversation; what is wrong with a turn does not end it."""
    planted = bool(script.plant.products or script.plant.documents)
    if planted:
        await _plant(script, shop)
    try:
        return await _held(script, shop)
    finally:
        if planted:
            await _uproot(script, shop)


async def _plant(script: Script, shop: Shop) -> None:
    await shop.catalog.put_products(PutProducts(products=script.plant.products))
    levels = [
        Level(variant_id=variant.variant_id, product_id=product.product_id, available=10)
        for product in script.plant.products
        for variant in product.variants
    ]
    await shop.inventory.set_levels(SetLevels(levels=tuple(levels)))
    for document in script.plant.documents:
        await shop.knowledge.put_document(document)
    await shop.settled()


async def _uproot(script: Script, shop: Shop) -> None:
    for product in script.plant.products:
        await shop.catalog.delete_product(DeleteProduct(product_id=product.product_id))
    for document in script.plant.documents:
        await shop.knowledge.remove_document(DocumentRef(slug=document.slug, language=document.language))
    await shop.settled()


async def _held(script: Script, shop: Shop) -> Outcome:
    outcome = Outcome(script.name)
    context: dict[str, Any] = {}
    history: list[Message] = []
    for number, expected in enumerate(script.turns, start=1):
        messages = _messages(expected, history)
        start = time.perf_counter()
        with capture_logs() as logs:
            draft = await shop.assistant.reply(
                Turn(
                    session_id=re.sub(r"\W+", "-", folded(script.name))[:90],
                    user_id="evaluate",
                    channel="evaluate",
                    messages=tuple(messages),
                    history=tuple(history[-_HISTORY_MAX:]),
                    context=context,
                )
            )
        outcome.milliseconds.append(1000 * (time.perf_counter() - start))
        said = [each.content for each in (*history, *messages) if each.role == "user"]
        figures = await _untrue_figures(draft, said, shop)
        outcome.true_figures += not figures
        faults = [*_wrong_in_itself(draft, said, shop.settings.shop_name), *await _untrue(draft, shop), *figures]
        # A template of ours never says what its evidence does not; a text of a shopper or a seller may be repeated.
        hostile = {"injection", "odd"} & set(script.tags)
        faults += [f"not grounded, left out: {log}" for log in logs if log["event"] == NOT_GROUNDED and not hostile]
        outcome.grounded += not faults
        if expected.press and not expected.unoffered and expected.press not in _offered(history):
            faults.append(f"no button {expected.press!r} was offered")
        faults += [fault async for fault in _unexpected(draft, expected, shop)]
        if expected.intent:
            allowed = (expected.intent,) if isinstance(expected.intent, str) else expected.intent
            outcome.intents += 1
            outcome.intents_right += draft.intent in allowed
        asked = expected.say or expected.press
        outcome.faults += [f"turn {number} ({str(asked)[:60]!r}): {fault}" for fault in faults]
        history += [*messages, _message(len(history) + len(messages) + 1, "assistant", draft)]
        context = draft.context
    return outcome


def _messages(expected: Expected, history: Sequence[Message]) -> list[Message]:
    texts = [expected.say] if isinstance(expected.say, str) else list(expected.say or ())
    if expected.press:
        texts = [_offered(history).get(expected.press, expected.press)]
    return [
        Message(
            message_id=f"m{len(history) + place}",
            position=len(history) + place,
            role="user",
            content=text,
            at=datetime.now(UTC),
            payload=expected.press,
        )
        for place, text in enumerate(texts, start=1)
    ]


def _message(position: int, role: Any, draft: Draft) -> Message:
    return Message(
        message_id=f"m{position}",
        position=position,
        role=role,
        content=draft.text,
        at=datetime.now(UTC),
        actions=draft.actions,
    )


def _offered(history: Sequence[Message]) -> dict[str, str]:
    """The buttons of the last reply: payload to title."""
    last = next((message for message in reversed(history) if message.role == "assistant"), None)
    return {
        reply["payload"]: reply["title"]
        for action in (last.actions if last else ())
        if action.type == "send_quick_replies"
        for reply in action.data["replies"]
    }


def _wrong_in_itself(draft: Draft, said: Sequence[str], shop_name: str) -> Iterator[str]:
    """Shapes, and facts that the draft's own evidence does not hold."""
    if not draft.text.strip() or not any(action.type == "send_message" for action in draft.actions):
        yield "nothing is said"
    for action in draft.actions:
        try:
            check_shape(action)
        except BadAction as fault:
            yield str(fault)
    known = known_from(draft.evidence, said, shop_name=shop_name)
    for objection in unsupported(draft.text, known):
        yield f"not grounded ({objection.kind}): {objection.quote!r}"


async def _untrue_figures(draft: Draft, said: Sequence[str], shop: Shop) -> list[str]:
    ids = tuple({each.ref for each in draft.evidence if each.kind in ("product", "stock")})
    found = (await shop.catalog.products(GetProducts(product_ids=ids))).products
    levels = (await shop.inventory.levels(GetLevels(product_ids=ids))).levels
    for_sale = [
        ForSale(
            (each.name, *(told.name for told in each.translations.values() if told.name)),
            each,
            tuple(level for level in levels if level.product_id == each.product_id),
        )
        for each in found
    ]
    pages = "\n".join(str(each.fields.get("passage", "")) for each in draft.evidence if each.kind == "policy")
    return list(untrue_figures(draft.text, for_sale, pages, "\n".join(said)))


async def _untrue(draft: Draft, shop: Shop) -> list[str]:
    """What the cards, the evidence and the citations say that the shop does not."""
    ids = {card["product_id"] for card in _cards(draft)}
    ids |= {each.ref for each in draft.evidence if each.kind in ("product", "stock")}
    products = {
        each.product_id: each for each in (await shop.catalog.products(GetProducts(product_ids=tuple(ids)))).products
    }
    levels = (await shop.inventory.levels(GetLevels(product_ids=tuple(ids)))).levels
    left = {product_id: sum(each.available for each in levels if each.product_id == product_id) for product_id in ids}
    faults: list[str] = []
    for card in _cards(draft):
        faults += _against(card, products.get(card["product_id"]), left[card["product_id"]], draft.language)
    for each in draft.evidence:
        if each.kind in ("product", "stock"):
            faults += _against(each.fields, products.get(each.ref), left[each.ref], draft.language)
        if each.kind == "policy":
            document = await shop.knowledge.document(
                DocumentRef(slug=each.ref, language=each.fields.get("language", draft.language))
            )
            cut = passages_of(document.body)
            if each.fields["passage"] not in ["\n".join(filter(None, (one.heading, one.text))) for one in cut]:
                faults.append(f"the page {each.ref!r} has no such passage")
    return faults


def _against(told: dict[str, Any], product: Product | None, left: int, language: str) -> Iterator[str]:
    if product is None:
        yield f"there is no product {told.get('name')!r}"
        return
    translated = product.translations.get(language)
    names = {product.name, translated.name if translated else None}
    prices = [price for variant in product.variants for price in variant.prices]
    facts: dict[str, set[Any]] = {
        "name": names,
        "price_minor": {price.amount_minor for price in prices},
        "original_price_minor": {price.original_minor for price in prices},
        "price_max_minor": {price.amount_minor for price in prices},
        "in_stock": {left > 0},
        "available": {left},
        "url": {f"/products/{product.product_id}"},
        "image_url": {*product.images, *(variant.image_url for variant in product.variants), None},
    }
    for name, allowed in facts.items():
        if name in told and told[name] not in allowed:
            yield f"{product.product_id}: {name} is not {told[name]!r}"
    cheapest = min(price.amount_minor for price in prices if price.currency == told.get("currency", price.currency))
    if "price_minor" in told and told["price_minor"] != cheapest:
        yield f"{product.product_id}: the lowest price is {cheapest}, not {told['price_minor']}"


def _cards(draft: Draft) -> list[dict[str, Any]]:
    return [card for action in draft.actions if action.type == "send_carousel" for card in action.data["products"]]


async def _unexpected(draft: Draft, expected: Expected, shop: Shop) -> AsyncIterator[str]:
    """What is not as the script wants it."""
    types = [action.type for action in draft.actions]
    allowed = (expected.intent,) if isinstance(expected.intent, str) else expected.intent
    if allowed and draft.intent not in allowed:
        yield f"intent {draft.intent!r} instead of {' or '.join(allowed)}"
    if expected.language and draft.language != expected.language:
        yield f"answered in {draft.language!r}"
    for action in expected.actions:
        if action not in types:
            yield f"no {action}; there are {types}"
    for action in expected.no_actions:
        if action in types:
            yield f"there is {action}"
    if expected.no_cards and _cards(draft):
        yield f"there are cards: {[card['product_id'] for card in _cards(draft)]}"
    whole = "\n".join([draft.text, *(str(action.data) for action in draft.actions)])
    for pattern in expected.mentions:
        if not re.search(pattern, draft.text, re.IGNORECASE):
            yield f"{pattern!r} is not in {draft.text!r}"
    for pattern in expected.never:
        if re.search(pattern, whole, re.IGNORECASE):
            yield f"{pattern!r} is in {whole!r}"
    payloads = [
        reply["payload"]
        for each in draft.actions
        if each.type == "send_quick_replies"
        for reply in each.data["replies"]
    ]
    for pattern in expected.buttons:
        if not any(re.fullmatch(pattern, payload) for payload in payloads):
            yield f"no button {pattern!r}; there are {payloads}"
    if expected.cards:
        for fault in await _cards_unlike(draft, expected.cards, shop):
            yield fault
    for fault in await _facts_unlike(draft, expected, shop):
        yield fault
    for fault in _citations_unlike(draft, expected):
        yield fault


def _citations_unlike(draft: Draft, expected: Expected) -> Iterator[str]:
    citations = [
        each for action in draft.actions if action.type == "send_message" for each in action.data.get("citations", ())
    ]
    if expected.cites and expected.cites not in [each["document"] for each in citations]:
        yield f"cites {[each['document'] for each in citations]}, not {expected.cites!r}"
    if expected.passage and not any(re.search(expected.passage, each["passage"], re.IGNORECASE) for each in citations):
        yield f"no cited passage has {expected.passage!r}: {[each['passage'] for each in citations]}"


async def _cards_unlike(draft: Draft, expected: Cards, shop: Shop) -> list[str]:
    cards = _cards(draft)
    ids = [card["product_id"] for card in cards]
    faults: list[str] = []
    if len(cards) < expected.least or (expected.most is not None and len(cards) > expected.most):
        faults.append(f"{len(cards)} cards: {ids}")
    if expected.first and ids[:1] != [expected.first]:
        faults.append(f"first is {ids[:1]}, not {expected.first!r}")
    faults += [f"{each!r} is not among {ids}" for each in expected.include if each not in ids]
    faults += [f"{each!r} is among {ids}" for each in expected.exclude if each in ids]
    found = (await shop.catalog.products(GetProducts(product_ids=tuple(dict.fromkeys(ids))))).products
    for product in found:
        faults += [f"{product.product_id} {fault}" for fault in _card_unlike(product, cards, expected)]
    return faults


def _card_unlike(product: Product, cards: Sequence[dict[str, Any]], expected: Cards) -> Iterator[str]:
    card = next(each for each in cards if each["product_id"] == product.product_id)
    if expected.category and expected.category not in [each.category_id for each in product.categories]:
        yield f"is not in {expected.category!r}"
    if expected.brand and (product.brand or "").lower() != expected.brand.lower():
        yield f"is of {product.brand!r}"
    if expected.named and not re.search(expected.named, folded(card["name"]), re.IGNORECASE):
        yield f"is called {card['name']!r}"
    if expected.price_min is not None and card["price_minor"] < expected.price_min:
        yield f"costs {card['price_minor']}"
    if expected.price_max is not None and card["price_minor"] > expected.price_max:
        yield f"costs {card['price_minor']}"
    if expected.in_stock is not None and card["in_stock"] != expected.in_stock:
        yield f"in_stock is {card['in_stock']}"
    if expected.reduced and not (card.get("original_price_minor") or 0) > card["price_minor"]:
        yield "is not reduced"
    values = {folded(value) for variant in product.variants for value in variant.options.values()}
    if expected.option and not any(folded(expected.option) in value for value in values):
        yield f"does not come in {expected.option!r}"


async def _facts_unlike(draft: Draft, expected: Expected, shop: Shop) -> list[str]:
    wanted = [*([expected.product] if expected.product else []), *expected.products, *expected.price_of]
    evidence = {each.ref: each.fields for each in draft.evidence if each.kind in ("product", "stock")}
    faults = [f"the evidence has no {each!r}, only {list(evidence)}" for each in wanted if each not in evidence]
    for product_id in expected.price_of:
        if product_id in evidence:
            fields = evidence[product_id]
            price = written(fields["price_minor"], fields.get("currency", "VND"), draft.language)
            if price not in draft.text:
                faults.append(f"the price {price} of {product_id} is not told: {draft.text!r}")
    if expected.in_stock is not None and expected.product:
        faults += await _stock_unlike(draft, expected, expected.product, shop)
    return faults


async def _stock_unlike(draft: Draft, expected: Expected, product_id: str, shop: Shop) -> list[str]:
    found = (await shop.catalog.products(GetProducts(product_ids=(product_id,)))).products
    if not found:
        return [f"the script is wrong: the shop has no {product_id!r}"]
    product = found[0]
    levels = (await shop.inventory.levels(GetLevels(product_ids=(product_id,)))).levels
    chosen = {
        variant.variant_id
        for variant in product.variants
        if set(expected.variant.values()) <= set(variant.options.values())
    }
    left = sum(level.available for level in levels if level.variant_id in chosen)
    if (left > 0) != expected.in_stock:
        return [f"the script is wrong: {left} are left"]
    text = folded(draft.text)
    gone = re.search(r"het hang|out of stock|sold out", text)
    there = re.search(r"con hang|con \d|in stock|\d left|dang co", text)
    if expected.in_stock and not there:
        return [f"it does not say that it is there: {draft.text!r}"]
    if not expected.in_stock and not gone:
        return [f"it does not say that it is gone: {draft.text!r}"]
    if expected.variant and expected.in_stock and str(left) not in re.findall(r"\d+", text):
        return [f"it does not say that {left} are left: {draft.text!r}"]
    return []
