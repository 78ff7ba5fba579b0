"""What others may ask of the conversations."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal, Protocol

from pydantic import Field, StringConstraints

from vici.kit.dto import NO_NUL, Dto, Key
from vici.kit.errors import Refusal, Why

MessageText = Annotated[str, StringConstraints(max_length=8000, pattern=NO_NUL)]

ActionType = Literal[
    "send_message",
    "send_quick_replies",
    "send_carousel",
    "transfer_to_agent",
    "collect_info",
    "execute_api",
    "end_conversation",
]
Role = Literal["user", "assistant", "agent"]
SessionStatus = Literal["active", "human", "ended", "expired"]


class Mode(StrEnum):
    """Who answers."""

    BOT = "bot"
    HUMAN = "human"
    ENDED = "ended"


class Action(Dto):
    """Something a reply does in the channel. `data` has the shape its type demands (see the reference of the chat
    API)."""

    type: ActionType
    data: dict[str, Any]


class Evidence(Dto):
    """Where a fact of the reply comes from: the record, and those of its fields the reply relies on."""

    kind: str
    """`product`, `stock`, `policy`, `search`, `shop`."""
    ref: str
    """The record's id."""
    fields: dict[str, Any]


class Message(Dto):
    """One entry of a conversation, whoever said it."""

    message_id: Key
    position: int
    """Its place in the conversation, from 1."""
    role: Role
    content: str
    at: datetime
    payload: str | None = None
    """Of the quick reply the shopper pressed."""
    reply_to: tuple[Key, ...] = ()
    """The messages this one answers."""
    language: str | None = None
    intent: str | None = None
    confidence: float | None = None
    entities: dict[str, Any] = {}
    actions: tuple[Action, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    timings: dict[str, float] = {}
    """Milliseconds by step."""


class Draft(Dto):
    """What the assistant would say: becomes a message if it is committed."""

    text: str
    language: str
    intent: str
    confidence: Annotated[float, Field(ge=0, le=1)]
    entities: dict[str, Any] = {}
    actions: tuple[Action, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    context: dict[str, Any] = {}
    """What the assistant wants to remember, whole: replaces the session's context."""
    timings: dict[str, float] = {}


class Receive(Dto):
    """A message came in."""

    channel: Key
    session_id: Key
    user_id: Key
    message_id: Key
    """The sender's own, or made at the door. One session never stores it twice."""
    text: MessageText
    payload: Annotated[str, StringConstraints(max_length=1000, pattern=NO_NUL)] | None = None
    """Of the quick reply that was pressed; answered at once, without the quiet window."""
    new_session: bool = False
    """True when the door made the session's id: only then may an unknown session begin."""
    quiet_ms: Annotated[int, Field(ge=0, le=10_000)] = 400
    """How long to wait for more of a burst before thinking."""


class Received(Dto):
    session_id: Key
    message_id: Key
    seq: int
    """Its place among the shopper's messages of this conversation, from 1."""
    repeated: bool
    """True when it was already there: the rest is what the first call said."""


class GetSession(Dto):
    session_id: Key
    after_position: int = 0
    """Only messages behind this place."""
    limit: Annotated[int, Field(ge=1, le=500)] = 50
    """The last so many of them."""


class Session(Dto):
    session_id: Key
    user_id: Key
    channel: Key
    created_at: datetime
    expires_at: datetime
    status: SessionStatus
    messages: tuple[Message, ...]


class Claim(Dto):
    """A worker's right to answer one conversation: it holds while its epoch is the newest and its lease has not
    ended."""

    session_id: Key
    channel: Key
    user_id: Key
    epoch: int
    first_seq: int
    last_seq: int
    """The shopper's messages to answer: from `first_seq` up to and with `last_seq`."""
    messages: tuple[Message, ...]
    """Those messages, oldest first."""
    history: tuple[Message, ...]
    """What came before them in this session, oldest first, at most 50."""
    context: dict[str, Any]
    """What the assistant remembered."""
    restarts: int
    """How often thinking was started over because newer messages came."""


class ClaimNext(Dto):
    worker: Key


class Claimed(Dto):
    claim: Claim | None
    """None when nothing is ready to be answered."""
    next_ready_at: datetime | None = None
    """With no claim: when the next quiet window or lease ends, if one is running (database time)."""


class Renew(Dto):
    session_id: Key
    epoch: int


class Renewed(Dto):
    held: bool
    """False: another worker, or a person, has the conversation now; stop thinking."""
    newer: bool
    """True when messages came that the claim does not cover."""


class Commit(Dto):
    session_id: Key
    epoch: int
    last_seq: int
    message_id: Key
    """Of the reply, made before: a repeated commit is recognised by it."""
    draft: Draft


class CommitStatus(StrEnum):
    COMMITTED = "committed"
    RESTART_NEEDED = "restart_needed"
    """Newer messages came: the conversation was given back and will be claimed again with them."""
    FENCED = "fenced"
    """The claim was lost, or a person is in charge: nothing was written."""


class Committed(Dto):
    status: CommitStatus
    message: Message | None = None


class GiveBack(Dto):
    """A worker could not think (a fault, a shutdown): let another one try."""

    session_id: Key
    epoch: int
    failed: bool
    """True counts as a failed attempt; after several the conversation is handed to a person."""


class NextDelivery(Dto):
    worker: Key


class Delivery(Dto):
    """One action to carry to the channel; the oldest of its conversation that is not settled."""

    action_id: Key
    session_id: Key
    channel: Key
    message_id: Key
    epoch: int
    attempts: int
    """Including this one."""
    action: Action


class Deliveries(Dto):
    delivery: Delivery | None


class Settle(Dto):
    action_id: Key
    epoch: int
    outcome: Literal["sent", "refused", "unknown"]
    """`refused`: surely not sent, try again; `unknown`: it may have been sent."""
    error: str = ""


class Settled(Dto):
    status: Literal["pending", "sending", "sent", "unknown", "review", "dead", "cancelled"]


class TakeOver(Dto):
    session_id: Key
    by: Key


class HandBack(Dto):
    session_id: Key


class End(Dto):
    session_id: Key
    reason: str


class ModeChanged(Dto):
    mode: Mode
    epoch: int


class UnknownSession(Refusal):
    code = "conversations.unknown_session"
    why = Why.UNKNOWN
    message = "There is no session {session_id!r}. Leave session_id out to begin a new one."


class SessionExpired(Refusal):
    code = "conversations.session_expired"
    why = Why.GONE
    message = "The session {session_id!r} ended at {expired_at}. Leave session_id out to begin a new one."


class SessionEnded(Refusal):
    code = "conversations.session_ended"
    why = Why.GONE
    message = "The session {session_id!r} was ended. Leave session_id out to begin a new one."


class ConversationsApi(Protocol):
    async def receive(self, request: Receive) -> Received:
        """Durable when it returns. Repeating a message id of the session gives the first answer and stores nothing."""
        ...

    async def session(self, request: GetSession) -> Session:
        """Refuses an unknown session; an expired or ended one is shown with that status."""
        ...

    async def claim_next(self, request: ClaimNext) -> Claimed: ...

    async def renew(self, request: Renew) -> Renewed: ...

    async def commit(self, request: Commit) -> Committed:
        """One transaction: the claim is still the newest, no person in charge, no newer messages; then reply and
        actions."""
        ...

    async def give_back(self, request: GiveBack) -> Renewed: ...

    async def next_delivery(self, request: NextDelivery) -> Deliveries: ...

    async def settle(self, request: Settle) -> Settled: ...

    async def take_over(self, request: TakeOver) -> ModeChanged:
        """From now on only people answer; what the assistant has not sent yet is cancelled."""
        ...

    async def hand_back(self, request: HandBack) -> ModeChanged: ...

    async def end(self, request: End) -> ModeChanged: ...
