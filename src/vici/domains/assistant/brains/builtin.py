"""The builtin brain: understands by rules and examples, and answers by acts."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from vici.domains.assistant.acts.compare import compare
from vici.domains.assistant.acts.details import details
from vici.domains.assistant.acts.gift import gift, is_called_a_gift
from vici.domains.assistant.acts.orders import buy, order_help
from vici.domains.assistant.acts.overview import best_sellers, brands, category, newest, on_sale, overview
from vici.domains.assistant.acts.page_questions import asks_of_nothing
from vici.domains.assistant.acts.people import handover
from vici.domains.assistant.acts.policy import policy
from vici.domains.assistant.acts.price import price
from vici.domains.assistant.acts.refine import (
    cheaper,
    cheapest,
    dearer,
    find_or_narrow,
    more_results,
    most_expensive,
    narrow,
    not_wanted,
    without_extremes,
)
from vici.domains.assistant.acts.similar import similar
from vici.domains.assistant.acts.situation import Memory, Reply, Shop, Situation, recall
from vici.domains.assistant.acts.smalltalk import smalltalk
from vici.domains.assistant.acts.standout import standout, superior
from vici.domains.assistant.acts.stock import check_stock
from vici.domains.assistant.acts.which_product import named_in, names_a_product
from vici.domains.assistant.api import Turn
from vici.domains.assistant.understanding.intents import FIND, UNCLEAR, UNSURE, Intent, Intents, without_insults
from vici.domains.assistant.understanding.references import pointed_at, says_this
from vici.domains.assistant.understanding.requests import clauses_of, parts_of, stripped
from vici.domains.assistant.understanding.spelling import bare, heard, in_millions
from vici.domains.assistant.understanding.vague import is_vague
from vici.domains.assistant.wording.phrases import Phrases
from vici.domains.conversations.api import Message
from vici.kit.language import Tongue, language_of

Act = Callable[[Situation], Awaitable[Reply]]

_ACTS: Mapping[str, Act] = {
    "find_product": find_or_narrow,
    "cheaper": cheaper,
    "dearer": dearer,
    "more_results": more_results,
    "narrow": narrow,
    "details": details,
    "ask_price": price,
    "compare": compare,
    "standout": standout,
    "superior": superior,
    "check_stock": check_stock,
    "find_similar": similar,
    "cheapest": cheapest,
    "most_expensive": most_expensive,
    "on_sale": on_sale,
    "newest": newest,
    "best_sellers": best_sellers,
    "gift": gift,
    "overview": overview,
    "browse_category": category,
    "brands": brands,
    "buy": buy,
    **dict.fromkeys(["order_status", "change_order", "complaint"], order_help),
    "talk_to_person": handover,
    **dict.fromkeys(
        [
            "ask_delivery",
            "ask_returns",
            "ask_warranty",
            "ask_payment",
            "ask_privacy",
            "ask_opening_hours",
            "ask_contact",
            "ask_promotions",
            "ask_size",
            "ask_gift_wrapping",
            "ask_used",
        ],
        policy,
    ),
    **dict.fromkeys(
        [
            "greet",
            "thanks",
            "goodbye",
            "affirm",
            "deny",
            "identity",
            "capabilities",
            "insult",
            "praise",
            "haggle",
            "languages",
            "out_of_scope",
            "injection",
            UNCLEAR,
        ],
        smalltalk,
    ),
}
# What a pressed button asks for.
_BUTTONS: Mapping[str, str] = {
    "show": "details",
    "details": "details",
    "price": "ask_price",
    "stock": "check_stock",
    "similar": "find_similar",
    "compare": "compare",
    "search": "find_product",
    "category": "browse_category",
    "cheaper": "cheaper",
    "more": "more_results",
    "sale": "on_sale",
    "newest": "newest",
    "categories": "overview",
    "person": "talk_to_person",
}
# Beside a request they are no request of their own.
_COURTESIES = frozenset({"greet", "thanks", "affirm", "praise", "deny", UNCLEAR})
# Asked of one product.
_OF_ONE = frozenset({"details", "ask_price", "check_stock", "find_similar", "buy"})
# What can be asked beside something else in one sentence: these, and what the first is asked about.
_PAGES = frozenset(name for name, act in _ACTS.items() if act is policy)
_QUESTIONS = _PAGES | {"ask_price", "check_stock"}
_ALONE = _QUESTIONS | _OF_ONE | {"find_product", "narrow", "greet", "order_status"}
_SURELY_ASKED = 0.6
# How sure it is that something pointed at is asked about.
_POINTED = 0.8
_PLACE_WORDS = re.compile(
    r"\b(?:thu|so|dau tien|cuoi cung|cuoi|nhat|hai|ba|tu|nam|\d|first|second|third|fourth|fifth|last)\b"
)
# More about whom a present is for, once one was asked for.
_MORE_OF_A_GIFT = re.compile(
    r"\b(?:thich|yeu thich|so thich|dam me|likes?|loves?|enjoys?|is into|special|dac biet|y nghia|lang man|romantic"
    r"|ngan sach|budget|\d+ tuoi|years? old)\b"
)
# What an insult says of the shop and not of what is wanted.
_OF_THE_SHOP = re.compile(
    r"\b(?:lam an|buon ban|ban hang|phuc vu|tra loi|tu van|noi chuyen|noi|nhu|kieu|cc|cl|may|thang|lu|bon|chung|service"
    r"|answers?|replies|reply|shop|this|such|so|very)\b"
)
_PLEASED = "👍👌🙏❤🥰😍✅💯"
_REQUESTS_MAX = 3
_READ_MAX = 2000


@dataclass(frozen=True)
class Request:
    text: str
    plain: str
    intent: Intent
    value: str = ""
    rude: bool = False


@dataclass(frozen=True)
class Thought:
    """What was made of a turn."""

    language: Tongue
    requests: tuple[Request, ...]
    replies: tuple[Reply, ...]
    greets: bool


class BuiltinBrain:
    def __init__(self, shop: Shop, intents: Callable[[], Intents], default_language: Tongue = "vi") -> None:
        self._shop = shop
        self._intents = intents
        self._default_language: Tongue = default_language

    async def think(self, turn: Turn) -> Thought:
        memory = recall(turn.context)
        language = self._language(turn.messages, memory)
        requests, greets = self._requests(turn.messages, language, memory)
        replies: list[Reply] = []
        memory = memory.model_copy(update={"turns": memory.turns + 1})
        said = tuple(each.content for each in (*turn.history, *turn.messages) if each.role == "user")
        for number, request in enumerate(requests):
            at = Situation(
                shop=self._shop,
                memory=memory,
                language=language,
                say=Phrases(language, f"{turn.session_id}/{memory.turns}/{number}", self._shop.name),
                text=request.text,
                plain=request.plain,
                intent=request.intent,
                value=request.value,
                conversation=said,
            )
            if request.intent.name == "gift" and not request.value and await is_called_a_gift(at):
                at = replace(at, intent=Intent(FIND, request.intent.confidence))
                requests[number] = replace(request, intent=at.intent)
            if request.intent.name in _PAGES and not request.value and await names_a_product(at):
                at = replace(at, intent=self._intents().of(request.text, language, besides=_PAGES))
                requests[number] = replace(request, intent=at.intent)
            await asyncio.sleep(0)  # whoever is at the door comes in between
            reply = await _ACTS[at.intent.name](at)
            if request.rude:
                reply.lines.insert(0, at.say("calm_first"))
            memory = reply.memory
            replies.append(reply)
        return Thought(language, tuple(requests), tuple(replies), greets)

    def _language(self, messages: Sequence[Message], memory: Memory) -> Tongue:
        """That of the newest message that tells."""
        language = memory.language
        for message in messages:
            if message.payload is None or language is None:  # a button keeps to the language it was offered in
                language = language_of(message.content, language)
        return language or self._default_language

    def _requests(self, messages: Sequence[Message], language: Tongue, memory: Memory) -> tuple[list[Request], bool]:
        requests: list[Request] = []
        for message in messages:
            if message.payload is not None and (pressed := _pressed(message, language)):
                requests.append(pressed)
            else:
                requests += self._said(in_millions(message.content[:_READ_MAX]), language, memory)
        greets = any(request.intent.name == "greet" for request in requests)
        asking = [request for request in requests if request.intent.name not in _COURTESIES]
        # "Let me ask something" beside a question is none.
        asking = [each for each in asking if each.value or not _says_nothing(each)] or asking[:1]
        if asking:
            kept = _joined(asking)
            return kept[:_REQUESTS_MAX], greets
        return requests[-1:], False

    def _said(self, text: str, language: Tongue, memory: Memory) -> list[Request]:
        if not any(map(str.isalnum, text)):
            pleased = any(sign in text for sign in _PLEASED)
            return [_request(text, language, Intent("affirm" if pleased else UNCLEAR, 1.0))]
        if not any(map(str.isalpha, text)):
            return [_number(text, language, memory)]
        whole = self._understood(text, language, memory)
        parts = parts_of(text)
        if len(parts) == 1:
            return self._asked_together(text, language, memory) or [whole]
        read = [self._understood(part, language, memory) for part in parts]
        # Sentences that are each like nothing known belong together.
        if not any(each.intent.confidence > UNSURE for each in read):
            return [whole]
        return [
            each
            for part, one in zip(parts, read, strict=True)
            for each in self._asked_together(part, language, memory) or [one]
        ]

    def _asked_together(self, text: str, language: Tongue, memory: Memory) -> list[Request]:
        """The questions of one sentence, where it holds several (`còn hàng không và ship bao lâu?`); else none."""
        read = [self._understood(clause, language, memory) for clause in clauses_of(text)]
        asked = {each.intent.name for each in read} - _COURTESIES
        apart = all(each.intent.name in _ALONE and each.intent.confidence >= _SURELY_ASKED for each in read)
        return read if apart and len(asked) > 1 and asked & _QUESTIONS else []

    def _understood(self, text: str, language: Tongue, memory: Memory) -> Request:
        intents = self._intents()
        intent = intents.of(text, language)
        rude = False
        if intent.name == "insult" and (left := without_insults(text, language)):
            inner = intents.of(left, language)
            if not is_vague(_OF_THE_SHOP.sub(" ", left)) and inner.name not in _COURTESIES | {"insult", "out_of_scope"}:
                text, intent, rude = left, inner, True
        plain = heard(text, language)
        if memory.matter and asks_of_nothing(plain):
            intent = Intent(memory.matter, _POINTED)
        if intent.name in (FIND, "deny", "narrow") and not_wanted(plain, memory.shown):
            intent = Intent("narrow", _POINTED)
        about_gift = memory.gift and _MORE_OF_A_GIFT.search(plain) and intent.name not in _PAGES
        if about_gift or (intent.name == FIND and memory.asked == "gift"):
            intent = Intent("gift", intent.confidence)
        elif intent.name in (FIND, "narrow", "greet") and (pointed := pointed_at(plain, memory.shown, memory.focus)):
            if pointed.by == "place" and is_vague(_PLACE_WORDS.sub(" ", plain)):
                intent = Intent("details", _POINTED)  # "and the third one?"
            elif pointed.by in ("this", "place") and intent.confidence <= UNSURE:
                intent = Intent("details", _POINTED)
        elif intent.name == FIND and intent.confidence <= UNSURE and memory.shown and says_this(plain):
            intent = Intent("details", _POINTED)
        if intent.name in ("cheapest", "most_expensive") and memory.shown:
            # “What colours does the cheapest come in?” asks about it, not which it is.
            rest = without_extremes(text)
            asked = intents.of(rest, language)
            if asked.name in _OF_ONE and asked.confidence >= _SURELY_ASKED and not named_in(rest):
                intent = asked
        if intent.name == "greet" and not is_vague(stripped(text)):
            intent = Intent(FIND, intent.confidence)
        return Request(text, plain, intent, rude=rude)


def _request(text: str, language: Tongue, intent: Intent, value: str = "") -> Request:
    return Request(text, heard(text, language), intent, value)


def _pressed(message: Message, language: Tongue) -> Request | None:
    """What a button's payload asks for; None for one that is not ours, whose title is then read as words."""
    kind, _, value = (message.payload or "").partition(":")
    if kind not in _BUTTONS:
        return None
    return _request(message.content, language, Intent(_BUTTONS[kind], 1.0), value)


def _number(text: str, language: Tongue, memory: Memory) -> Request:
    """Numbers alone: a place in the list shown, a budget for what was looked for, else a code to look up."""
    digits = re.sub(r"\D", "", text)
    if memory.shown and len(digits) <= 2 and 1 <= int(digits) <= len(memory.shown):
        chosen = memory.shown[int(digits) - 1].product_id
        return _request(text, language, Intent("details", 0.9), chosen)
    if 5 <= len(digits) <= 9 and (memory.words or memory.shown):
        budget = f"tầm {digits} đồng" if language == "vi" else f"around {digits} dong"
        return _request(budget, language, Intent("narrow", 0.7))
    if len(digits) >= 6:
        return _request(text, language, Intent("find_product", 0.6), digits)
    return _request(text, language, Intent(UNCLEAR, 0.8))


def _says_nothing(request: Request) -> bool:
    return request.intent.name in ("find_product", "capabilities") and is_vague(stripped(request.text))


def _goes_on(request: Request) -> bool:
    return (
        request.intent.name in (FIND, "narrow")
        and request.intent.confidence < _SURELY_ASKED
        and request.text.endswith("?")
    )


def _joined(requests: Sequence[Request]) -> list[Request]:
    """Wishes for one search that came one by one are one search."""
    joined: list[Request] = []
    for request in requests:
        before = joined[-1] if joined else None
        follows = before and before.intent.name in ("find_product", "narrow") and not (before.value or request.value)
        # Whom a thing is for says more of it, once the thing is named.
        if before and follows and request.intent.name in ("narrow", "find_product", "gift"):
            text = " ".join(filter(None, (stripped(before.text), stripped(request.text) or request.text)))
            joined[-1] = replace(before, text=text, plain=f"{before.plain} {bare(request.plain)}")
        elif before and before.intent.name in _PAGES and _goes_on(request):
            # “And if the shoes do not fit?” after a question about returns is one more about them.
            joined[-1] = replace(before, text=f"{before.text} {request.text}", plain=f"{before.plain} {request.plain}")
        elif before and request.intent.name == before.intent.name and request.value == before.value:
            joined[-1] = replace(before, text=f"{before.text} {request.text}", plain=f"{before.plain} {request.plain}")
        else:
            joined.append(request)
    return joined
