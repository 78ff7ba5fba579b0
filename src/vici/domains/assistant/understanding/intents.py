"""Which of the shop's intents a message has: by a rule where one is sure, else by likeness to examples.

Rules and examples stand in `intents/*.yaml`, by intent, in both languages.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from vici.domains.assistant.understanding.accents import Spellings, agrees, learnt_spellings, typed_forms
from vici.domains.assistant.understanding.classifier import IntentClassifier, learn
from vici.domains.assistant.understanding.spelling import bare, heard
from vici.kit.language import Tongue

UNCLEAR = "unclear"
# What a message wants of which nothing else is known: its words are looked for.
FIND = "find_product"
# Of several rules that match, the first of these counts: what must not be missed, then what says most.
_FIRST = (
    "injection", "identity", "talk_to_person", "out_of_scope", "order_status", "change_order", "buy",
    "haggle", "ask_used", "ask_gift_wrapping", "ask_promotions",
    "ask_returns", "ask_warranty", "ask_payment", "ask_delivery",
    "ask_opening_hours", "ask_privacy", "ask_contact", "superior", "standout", "compare", "cheapest", "most_expensive",
    "cheaper", "dearer",
    "more_results", "find_similar", "best_sellers", "gift", "on_sale", "newest", "overview", "brands", "check_stock",
    "ask_price", "thanks", "goodbye", "greet", "deny", "affirm",
)  # fmt: skip
# Sure because the whole message matches, and because a part of it does.
_WHOLE, _PART = 0.99, 0.95
# The confidence of a message that is looked for only because it is like nothing else.
UNSURE = 0.3
# Rules read this many characters. What is asked for stands in fewer, and a pattern tried at each place of a text takes
# the square of its length.
_RULES_READ = 300
# Below this a text is like nothing that was ever said to a shop.
FAMILIAR = 0.35
# A guess has to be so sure to count; more where a wrong one would turn a shopper away.
_SURE = 0.45
_SURE_OF = {
    "greet": 0.6,
    **dict.fromkeys(["insult", "injection", "out_of_scope", "talk_to_person", "goodbye", "identity"], 0.7),
    **dict.fromkeys(["ask_promotions", "ask_privacy", "complaint", "change_order", "order_status", "buy"], 0.6),
}
# What may stand before a message and says nothing.
_FILLER = re.compile(
    r"^(?:(?:ok|oke|okay|vay|the|thi|a|uhm?|um|and|but|then|well|so|alright|da|vang|u|ma|con)\b )+(?=\S)"
)


class Intent(NamedTuple):
    name: str
    confidence: float


# A guess at one of these has to have a word of it: what is asked about it teaches the examples more than it should.
_CUES = {
    "compare": r"so sanh|khac|hon|chon|compare|compar|differ|better|vs|versus|which|nen mua|giua|dang tien",
    "ask_price": r"gia|nhieu|tien|price|cost|much|chi phi",
    "check_stock": r"con (?!nay|do|kia|nao|thu|gi)|het|san|co hang|stock|avail|left|still|have",
    "greet": r"chao|hello|hi|hey|alo|oi|o day|online|co do|morning|evening|there|greet|ad",
    "praise": r"thuong|gioi|tuyet|hay|dep|thich|uy tin|nhiet|xin|love|great|nice|awesome|good|help|beaut",
    "find_similar": r"tuong|giong|kieu|cung loai|thay|similar|like|alternativ|same|compar",
    "cheaper": r"re|mem|thap|it tien|ngan sach|mac|dat|cheap|expens|price|pric|budget|afford|less",
    "dearer": r"xin|cao cap|tot|dat|better|premium|expens|higher|high|upgrade|ngan sach|budget|sang",
    "standout": r"nhat|most|best|biggest|longest|largest|lightest|highest|fastest|smallest",
    "superior": r"hon|more|\w+er\b",
    "haggle": r"bot|giam|gia|re|fix|price|discount|less|lower|cheap|deal",
    "cheapest": r"nhat|cheap|low|least",
    "most_expensive": r"nhat|most|high|expens|top|pric",
    "on_sale": r"giam|sale|khuyen mai|uu dai|offer|deal|discount|reduc|bargain|special",
    "newest": r"moi|new|latest|recent|arriv",
    "gift": r"qua|tang|gift|present|give",
    "brands": r"hang|hieu|brand|make",
    "more_results": r"them|khac|nua|tiep|more|else|other|next|another",
    "ask_delivery": r"giao|ship|chuyen|nhan hang|toi|den|phi|lay|deliver|courier|arriv|pick|parcel|send|kiem|hang ve",
    "ask_returns": r"doi|tra|hoan|return|refund|exchange|back|money|like it|ung",
    "ask_warranty": r"bao hanh|sua|hu|hong|vo|that|gia|chinh|warrant|repair|genuine|break|broken|authentic|real",
    "ask_used": r"thu|cu|like|luot|qua su dung|trade|used|second|refurb|old",
    "complaint": r"loi|hu|hong|vo|sai|thieu|khieu nai|khong (?:giong|dung|nhan)|chua|tru tien|broken|wrong|missing"
    r"|compla|not work|doesn|does not|different|charged|defect|damag|late|no confirm|never",
    "ask_gift_wrapping": r"goi|thiep|wrap|card",
    "ask_payment": r"thanh toan|tra|chuyen|the|qr|momo|coc|hoa don|tai khoan|pay|card|cash|instal|invoice|deposit",
    "ask_opening_hours": r"gio|mo cua|dong cua|nghi|truc (?:may|toi|den|ca|tuyen)|lam viec"
    r"|hour|open|close|time|day|weekend|toi nay|chu nhat|thu bay",
    "ask_contact": r"o dau|dia chi|so dien|lien he|cua hang|chi nhanh|zalo|hotline|where|address|phone|contact|email",
}
_CUE = defaultdict(lambda: re.compile(""), {intent: re.compile(rf"\b(?:{cues})\w*") for intent, cues in _CUES.items()})


class _Rule(NamedTuple):
    intent: str
    pattern: re.Pattern[str]
    anywhere: bool


class Intents:
    def __init__(self, rules: tuple[_Rule, ...], classifier: IntentClassifier, spellings: Spellings) -> None:
        self._rules = rules
        self._classifier = classifier
        self._spellings = spellings

    def of(self, text: str, language: Tongue, besides: Collection[str] = ()) -> Intent:
        """The intent, none of those `besides`."""
        plain = heard(text, language)
        if not any(map(str.isalpha, plain)):
            return Intent(UNCLEAR, 1.0)
        whole = bare(plain)
        less = _FILLER.sub("", whole)
        typed = typed_forms(text)

        def meant(intent: str, match: re.Match[str] | None) -> bool:
            """Rules match folded words; accents that were typed have to agree: trà is not trả."""
            return match is not None and agrees(match.group(), typed, self._spellings.get(intent, {}))

        for rule in self._rules:
            if rule.intent in besides:
                continue
            if rule.anywhere and any(meant(rule.intent, each) for each in rule.pattern.finditer(plain[:_RULES_READ])):
                return Intent(rule.intent, _PART)
            short = not rule.anywhere and len(whole) <= _RULES_READ
            if short and any(meant(rule.intent, rule.pattern.fullmatch(each)) for each in (whole, less)):
                return Intent(rule.intent, _WHOLE)
        guess = self._classifier.guess(whole)
        sure = guess.familiarity >= FAMILIAR and guess.confidence >= _SURE_OF.get(guess.intent, _SURE)
        cued = any(meant(guess.intent, each) for each in _CUE[guess.intent].finditer(whole))
        if not sure or not cued or guess.intent in besides:
            return Intent(FIND, min(guess.confidence, UNSURE))
        return Intent(guess.intent, guess.confidence)


def without_insults(text: str, language: Tongue) -> str | None:
    """What is left of a rude message; None when nothing rude is in it."""
    plain = heard(text, language)
    rude = [rule.pattern for rule in _read()[0] if rule.intent == "insult"]
    left = plain
    for pattern in rude:
        left = pattern.sub(" ", left)
    return None if left == plain else bare(left)


@lru_cache(maxsize=1)
def learnt_intents() -> Intents:
    """Learnt once in a process, in a few tenths of a second."""
    rules, examples = _read()
    spelt = [(text, name) for name, entry in _entries().items() for text in entry.get("vi", [])]
    return Intents(rules, learn(examples), learnt_spellings(spelt))


@lru_cache(maxsize=1)
def _read() -> tuple[tuple[_Rule, ...], tuple[tuple[str, str], ...]]:
    rules: list[_Rule] = []
    examples: list[tuple[str, str]] = []
    for name, entry in sorted(_entries().items()):
        for written in entry.get("surely", []):
            anywhere = written.startswith("anywhere ")
            rules.append(_Rule(name, re.compile(written.removeprefix("anywhere ")), anywhere))
        for language in ("vi", "en"):
            examples += [(bare(heard(text, language)), name) for text in entry.get(language, [])]
    place = {name: number for number, name in enumerate(_FIRST)}
    # Where a whole message matches, that says more than a word in it.
    rules.sort(key=lambda rule: (rule.intent != "injection", rule.anywhere, place.get(rule.intent, len(place))))
    return tuple(rules), tuple(examples)


def _entries() -> Mapping[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for file in sorted(
        (files("vici.domains.assistant.understanding") / "intents").iterdir(), key=lambda file: file.name
    ):
        found |= yaml.safe_load(file.read_text(encoding="utf-8"))
    return found
