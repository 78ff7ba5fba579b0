"""Which of the shop's intents a message has: by a rule where one is sure, else by likeness to examples.

Rules and examples stand in `intents/*.yaml`, by intent, in both languages.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from vici.domains.assistant.understanding.classifier import IntentClassifier, learn
from vici.domains.assistant.understanding.spelling import bare, heard
from vici.kit.language import Tongue

UNCLEAR = "unclear"
# Of several rules that match, the first of these counts: what must not be missed, then what says most.
_FIRST = (
    "injection", "identity", "talk_to_person", "out_of_scope", "order_status", "change_order", "buy", "ask_promotions",
    "ask_returns", "ask_warranty", "ask_payment", "ask_delivery", "ask_opening_hours", "ask_privacy", "ask_contact",
    "compare", "cheapest", "most_expensive", "cheaper", "dearer", "more_results", "find_similar", "best_sellers",
    "gift", "on_sale", "newest", "overview", "brands", "check_stock", "thanks", "goodbye", "greet", "deny", "affirm",
)  # fmt: skip
# Sure because the whole message matches, and because a part of it does.
_WHOLE, _PART = 0.99, 0.95
# Below this a text is like nothing that was ever said to a shop.
FAMILIAR = 0.35


class Intent(NamedTuple):
    name: str
    confidence: float


class _Rule(NamedTuple):
    intent: str
    pattern: re.Pattern[str]
    anywhere: bool


class Intents:
    def __init__(self, rules: tuple[_Rule, ...], classifier: IntentClassifier) -> None:
        self._rules = rules
        self._classifier = classifier

    def of(self, text: str, language: Tongue) -> Intent:
        plain = heard(text, language)
        if not any(map(str.isalpha, plain)):
            return Intent(UNCLEAR, 1.0)
        whole = bare(plain)
        for rule in self._rules:
            if rule.anywhere and rule.pattern.search(plain):
                return Intent(rule.intent, _PART)
            if not rule.anywhere and rule.pattern.fullmatch(whole):
                return Intent(rule.intent, _WHOLE)
        guess = self._classifier.guess(whole)
        if guess.familiarity < FAMILIAR:
            return Intent("find_product", min(guess.confidence, 0.3))
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
    return Intents(rules, learn(examples))


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
