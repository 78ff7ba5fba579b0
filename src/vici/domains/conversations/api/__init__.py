"""What others may ask of the conversations."""

from typing import Protocol

from vici.domains.conversations.api.deliveries import (
    Deliveries,
    Delivery,
    DeliveryStatus,
    NextDelivery,
    Outcome,
    Settle,
    Settled,
)
from vici.domains.conversations.api.messages import (
    Action,
    ActionType,
    Draft,
    Evidence,
    Message,
    MessageText,
    Payload,
    Role,
)
from vici.domains.conversations.api.people import HandBack, ListWishes, PersonSaid, PersonSays, TakeOver, Wish
from vici.domains.conversations.api.refusals import (
    BadAction,
    MessageIdTaken,
    NotYourSession,
    SessionEnded,
    SessionExpired,
    UnknownMessage,
    UnknownSession,
)
from vici.domains.conversations.api.sessions import (
    End,
    Extend,
    Extended,
    GetSession,
    GetStates,
    Mode,
    ModeChanged,
    Receive,
    Received,
    Session,
    SessionStatus,
    Stage,
    State,
    States,
)
from vici.domains.conversations.api.turns import (
    Claim,
    Claimed,
    ClaimNext,
    Commit,
    CommitStatus,
    Committed,
    GiveBack,
    Renew,
    Renewed,
)
from vici.kit.pages import Page

__all__ = [
    "Action",
    "ActionType",
    "BadAction",
    "Claim",
    "ClaimNext",
    "Claimed",
    "Commit",
    "CommitStatus",
    "Committed",
    "ConversationsApi",
    "Deliveries",
    "Delivery",
    "DeliveryStatus",
    "Draft",
    "End",
    "Evidence",
    "Extend",
    "Extended",
    "GetSession",
    "GetStates",
    "GiveBack",
    "HandBack",
    "ListWishes",
    "Message",
    "MessageIdTaken",
    "MessageText",
    "Mode",
    "ModeChanged",
    "NextDelivery",
    "NotYourSession",
    "Outcome",
    "Payload",
    "PersonSaid",
    "PersonSays",
    "Receive",
    "Received",
    "Renew",
    "Renewed",
    "Role",
    "Session",
    "SessionEnded",
    "SessionExpired",
    "SessionStatus",
    "Settle",
    "Settled",
    "Stage",
    "State",
    "States",
    "TakeOver",
    "UnknownMessage",
    "UnknownSession",
    "Wish",
]


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

    async def wishes(self, request: ListWishes) -> Page[Wish]:
        """Where a person is asked for and has not written yet, the newest wish first."""
        ...

    async def take_over(self, request: TakeOver) -> ModeChanged:
        """From now on only people answer; what the assistant has not sent yet is cancelled. Repeating it changes
        nothing. When no person writes for ten minutes, it is handed back by itself."""
        ...

    async def say(self, request: PersonSays) -> PersonSaid:
        """A person writes; takes over where nobody has. Answers what is unanswered, and a wish for a person with it.
        Repeating a message id gives the first answer and stores nothing. Refuses an ended session, and the id of
        somebody else's message."""
        ...

    async def hand_back(self, request: HandBack) -> ModeChanged:
        """The assistant answers again, first what nobody has answered. Refuses an ended session."""
        ...

    async def end(self, request: End) -> ModeChanged:
        """No more messages. Repeating it changes nothing."""
        ...
