"""What others may ask of the conversations."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal, Protocol

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from vici.kit.dto import NO_NUL, Dto, Key
from vici.kit.errors import Refusal, Why


def _said(text: str) -> str:
    if "\x00" in text:
        raise PydanticCustomError("message_nul", "The message contains the character U+0000, which is not text")
    if not text.strip():
        raise PydanticCustomError("message_empty", "The message is empty")
    return text


MessageText = Annotated[str, StringConstraints(max_length=8000), AfterValidator(_said)]
"""What a person wrote: up to 8,000 characters, at least one of them not a space."""

Payload = Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=NO_NUL)]
"""What a quick reply sends when it is pressed."""

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


class Stage(StrEnum):
    """How far the assistant is with what the shopper said last."""

    IDLE = "idle"
    """Nothing to answer, or a person answers."""
    WAITING = "waiting"
    """Accepted: the quiet window runs, or no worker is free yet."""
    THINKING = "thinking"


class Action(Dto):
    """Something a reply does in the channel. A commit refuses `data` without the shape its type demands."""

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

    text: Annotated[str, StringConstraints(max_length=50_000, pattern=NO_NUL)]
    language: Annotated[str, StringConstraints(min_length=1, max_length=10)]
    intent: Key
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
    payload: Payload | None = None
    """Of the quick reply that was pressed; answered at once, without the quiet window."""
    new_session: bool = False
    """True where the door lets an unknown session begin under this id."""
    carry_replies: bool = True
    """False where the customer reads replies from here, so that committing one delivers it. Fixed when the session
    begins."""
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
    after: Key | None = None
    """Only messages behind this one, the oldest `limit` of them."""
    before: Key | None = None
    """Only messages ahead of this one, the newest `limit` of them."""
    after_position: Annotated[int, Field(ge=0)] | None = None
    """As `after`, by place."""
    limit: Annotated[int, Field(ge=1, le=500)] = 50


class Session(Dto):
    session_id: Key
    user_id: Key
    channel: Key
    created_at: datetime
    expires_at: datetime
    status: SessionStatus
    stage: Stage
    position: int
    """Of the newest message; 0 when there is none."""
    messages: tuple[Message, ...]
    """Oldest first."""


class GetStates(Dto):
    session_ids: tuple[Key, ...]


class State(Dto):
    session_id: Key
    status: SessionStatus
    stage: Stage
    position: int


class States(Dto):
    states: tuple[State, ...]
    """Of those that are known, in no particular order."""


class Extend(Dto):
    session_id: Key
    minutes: Annotated[int, Field(ge=1, le=1440)]


class Extended(Dto):
    session_id: Key
    expires_at: datetime


class ClaimNext(Dto):
    worker: Key
    wait_seconds: Annotated[float, Field(ge=0, le=60)] = 0
    """How long to wait for a conversation to become ready."""


class Claim(Dto):
    """A worker's right to answer one conversation: it holds while its epoch is the newest."""

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
    """What came before them in this session, oldest first, at most 50; without evidence, which is for people."""
    context: dict[str, Any]
    """What the assistant remembered."""
    restarts: int
    """How often thinking was started over because newer messages came."""
    attempt: int
    """1 at first; one more for each claim that ended without a reply, other than by a restart."""
    lease_seconds: float
    """So long nobody else gets it without a renewal."""


class Claimed(Dto):
    claim: Claim | None
    """None when nothing is ready to be answered."""


class Renew(Dto):
    session_id: Key
    epoch: int


class Renewed(Dto):
    held: bool
    """False: another worker, or a person, has the conversation now; stop thinking."""


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
    """A worker will not answer (a fault, a shutdown): let another one try."""

    session_id: Key
    epoch: int
    retry_after_seconds: Annotated[float, Field(ge=0, le=600)] = 0
    failed: bool
    """False takes the attempt back: it was not the messages' fault."""


class NextDelivery(Dto):
    wait_seconds: Annotated[float, Field(ge=0, le=60)] = 0
    """How long to wait for something to deliver."""


class Delivery(Dto):
    """One action to carry to the channel; the oldest of its conversation that is not settled."""

    action_id: Key
    """The same at every attempt: for channels that take a message id from us."""
    session_id: Key
    channel: Key
    user_id: Key
    message_id: Key
    epoch: int
    """Of this attempt."""
    attempts: int
    """Including this one."""
    doubtful: bool
    """True when an earlier attempt may have arrived."""
    action: Action


class Deliveries(Dto):
    delivery: Delivery | None


Outcome = Literal["sent", "refused", "unknown"]
"""`refused`: surely not sent, worth another attempt; `unknown`: it may have been sent."""

DeliveryStatus = Literal["pending", "sending", "sent", "unknown", "review", "dead", "cancelled"]


class Settle(Dto):
    action_id: Key
    epoch: int
    outcome: Outcome
    error: str = ""


class Settled(Dto):
    status: DeliveryStatus
    """What the action is now; the settling of an attempt that is no longer the newest changes nothing."""


class TakeOver(Dto):
    session_id: Key
    by: Key


class HandBack(Dto):
    session_id: Key


class End(Dto):
    session_id: Key
    reason: Annotated[str, StringConstraints(max_length=300, pattern=NO_NUL)] = ""


class ModeChanged(Dto):
    session_id: Key
    mode: Mode
    epoch: int


class UnknownSession(Refusal):
    code = "conversations.unknown_session"
    why = Why.UNKNOWN
    message = "There is no session {session_id!r}. Leave session_id out to begin one, or name a random UUID of yours."


class SessionExpired(Refusal):
    code = "conversations.session_expired"
    why = Why.GONE
    message = "The session {session_id!r} expired at {expired_at}. Leave session_id out to begin a new one."


class SessionEnded(Refusal):
    code = "conversations.session_ended"
    why = Why.GONE
    message = "The session {session_id!r} was ended. Leave session_id out to begin a new one."


class NotYourSession(Refusal):
    code = "conversations.not_your_session"
    why = Why.FORBIDDEN
    message = "The session {session_id!r} belongs to another user. Leave session_id out to begin your own."


class BadAction(Refusal):
    code = "conversations.bad_action"
    why = Why.INVALID
    message = "The data of the action {type!r} has not the shape it must have: {problem}."


class UnknownMessage(Refusal):
    code = "conversations.unknown_message"
    why = Why.UNKNOWN
    message = "There is no message {message_id!r} in the session {session_id!r}."


class ConversationsApi(Protocol):
    async def receive(self, request: Receive) -> Received:
        """Durable when it returns. Repeating a message id of the session gives the first answer and stores nothing.
        Refuses an unknown session (unless it may begin), another user's, an expired and an ended one, each its own way.
        """
        ...

    async def session(self, request: GetSession) -> Session:
        """Refuses an unknown session; an expired or ended one is shown with that status."""
        ...

    async def states(self, request: GetStates) -> States:
        """How several sessions stand, at the cost of one look."""
        ...

    async def extend(self, request: Extend) -> Extended:
        """The session lasts at least so many minutes from now; never shortens it. Refuses an expired or ended one."""
        ...

    async def claim_next(self, request: ClaimNext) -> Claimed:
        """The right to answer the conversation that has been ready longest."""
        ...

    async def renew(self, request: Renew) -> Renewed:
        """Hold the claim for another lease."""
        ...

    async def commit(self, request: Commit) -> Committed:
        """One transaction: the claim is the newest, no person in charge, no newer messages; then reply and actions.
        After three restarts newer messages no longer matter. Repeating the reply's id gives the first answer.
        """
        ...

    async def give_back(self, request: GiveBack) -> Renewed: ...

    async def next_delivery(self, request: NextDelivery) -> Deliveries:
        """An action to carry out, noted as `sending` before this returns. Not settled within half a minute, it is
        offered again as doubtful."""
        ...

    async def settle(self, request: Settle) -> Settled:
        """Say what became of an attempt. Refused and unknown ones are offered again with growing pauses; in the end
        they are `dead`, or `review` when they may have arrived."""
        ...

    async def take_over(self, request: TakeOver) -> ModeChanged:
        """From now on only people answer; what the assistant has not sent yet is cancelled. Repeating it changes
        nothing."""
        ...

    async def hand_back(self, request: HandBack) -> ModeChanged:
        """The assistant answers again, first what nobody has answered. Refuses an ended session."""
        ...

    async def end(self, request: End) -> ModeChanged:
        """No more messages. Repeating it changes nothing."""
        ...
