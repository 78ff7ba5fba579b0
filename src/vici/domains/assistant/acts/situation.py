"""What an act is given, and what it gives back."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from vici.domains.assistant.understanding.intents import Intent
from vici.domains.assistant.understanding.references import Shown
from vici.domains.assistant.wording.phrases import Phrases
from vici.domains.catalog.api import CatalogApi
from vici.domains.conversations.api import Evidence
from vici.domains.inventory.api import InventoryApi
from vici.domains.knowledge.api import KnowledgeApi, Passage
from vici.domains.search.api import Card, Filters, SearchApi
from vici.kit.dto import Dto
from vici.kit.language import Tongue

_TITLE_MAX = 60


@dataclass(frozen=True)
class Shop:
    """Where facts come from."""

    name: str
    search: SearchApi
    catalog: CatalogApi
    inventory: InventoryApi
    knowledge: KnowledgeApi


class Memory(Dto):
    """What is remembered from turn to turn: it decides what a message means, never what is true of the shop."""

    language: Tongue | None = None
    words: str = ""
    """What was searched for last; with `filters`, what `cheaper` and `more` go on from."""
    filters: Filters = Filters()
    shown: tuple[Shown, ...] = ()
    """What stands on the shopper's screen, in its order."""
    seen: tuple[str, ...] = ()
    """Everything shown of this search."""
    focus: str | None = None
    """The product spoken of last."""
    asked: str | None = None
    """What the assistant asked and has no answer to yet: `gift`."""
    gift: str = ""
    """What was told of the present that the last reply was about."""
    matter: str | None = None
    """The intent that a page answered in the last reply: `phí bao nhiêu?` goes on about it."""
    turns: int = 0


def recall(context: Mapping[str, Any]) -> Memory:
    """A memory in another form than today's is no memory: a conversation outlives an update of the shop."""
    try:
        return Memory.model_validate(context)
    except ValidationError:
        return Memory()


@dataclass(frozen=True)
class Situation:
    """One thing that was asked, and everything needed to deal with it."""

    shop: Shop
    memory: Memory
    language: Tongue
    say: Phrases
    text: str
    """As it was typed."""
    plain: str
    """Folded, short forms spelt out."""
    intent: Intent
    value: str = ""
    """What a pressed button carries."""
    conversation: tuple[str, ...] = ()
    """What the shopper said so far, oldest first."""


@dataclass(frozen=True)
class Button:
    title: str
    payload: str


def title_of(name: str) -> str:
    """A name short enough for a button, cut between words."""
    return name if len(name) <= _TITLE_MAX else re.split(r"[\s/]+\S*$", name[: _TITLE_MAX + 1])[0].rstrip(" ,–-/")


@dataclass
class Reply:
    memory: Memory
    lines: list[str] = field(default_factory=list[str])
    cards: list[Card] = field(default_factory=list[Card])
    buttons: list[Button] = field(default_factory=list[Button])
    question: str = ""
    """Stands above the buttons."""
    passages: list[Passage] = field(default_factory=list[Passage])
    transfer: tuple[str, str] | None = None
    """Reason and summary."""
    farewell: str | None = None
    evidence: list[Evidence] = field(default_factory=list[Evidence])
    entities: dict[str, Any] = field(default_factory=dict[str, Any])

    def remember(self, **changes: Any) -> None:
        self.memory = self.memory.model_copy(update=changes)

    def show(self, cards: Sequence[Card]) -> None:
        """Put these on the screen: they are what `the second one` counts."""
        self.cards = list(cards)
        self.evidence += [product_evidence(card) for card in cards]
        shown = tuple(Shown(card.product_id, card.name, card.price_minor) for card in cards)
        self.remember(shown=shown, focus=cards[0].product_id if len(cards) == 1 else None)

    def speak_of(self, card: Card) -> None:
        """Show this one; the list it may have been chosen from stays what `the second one` counts."""
        if card.product_id not in [each.product_id for each in self.memory.shown]:
            self.remember(shown=(Shown(card.product_id, card.name, card.price_minor),))
        self.cards = [card]
        self.remember(focus=card.product_id)


def reply_to(at: Situation) -> Reply:
    """An empty one; what was asked before counts as answered."""
    return Reply(at.memory.model_copy(update={"language": at.language, "asked": None, "matter": None, "gift": ""}))


def product_evidence(card: Card) -> Evidence:
    fields = card.model_dump(
        include={
            "name",
            "brand",
            "category",
            "price_minor",
            "price_max_minor",
            "original_price_minor",
            "currency",
            "in_stock",
            "available",
            "url",
            "image_url",
        },
        exclude_none=True,
    )
    return Evidence(kind="product", ref=card.product_id, fields=fields)
