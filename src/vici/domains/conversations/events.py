"""What has happened in the conversations."""

from typing import Literal

from vici.domains.conversations.api import Role
from vici.infra.events.port import Event
from vici.kit.dto import Dto, Key


class _InConversation(Dto):
    session_id: Key
    channel: Key

    @property
    def key(self) -> str:
        return self.session_id


class TurnCommitted(_InConversation, Event):
    """These messages of a shopper have their reply. What was said is asked of the conversations: words stay out of the
    bus."""

    topic = "conversations.turn_committed.v1"
    user_id: Key
    message_id: Key
    """Of the reply."""
    reply_to: tuple[Key, ...]
    intent: str
    confidence: float
    waited_ms: int
    """From the acceptance of the first of them to the commit; from the handback, where that was later."""


class HandedOver(_InConversation, Event):
    """A person is asked for; until one takes over, the assistant goes on. Not told again while the wish is open."""

    topic = "conversations.handed_over.v1"
    reason: str
    summary: str


class TakenOver(_InConversation, Event):
    """A person answers from now on."""

    topic = "conversations.taken_over.v1"
    by: Key


class HandedBack(_InConversation, Event):
    """The assistant answers again."""

    topic = "conversations.handed_back.v1"


class ConversationEnded(_InConversation, Event):
    """No more messages will come."""

    topic = "conversations.ended.v1"
    by: Role
    reason: str


class DeliveryGivenUp(_InConversation, Event):
    """An action was never sent (`dead`), or nobody can tell whether it was (`review`): a person should look."""

    topic = "conversations.delivery_given_up.v1"
    action_id: Key
    status: Literal["dead", "review"]
