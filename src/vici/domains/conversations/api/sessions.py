"""Messages come in; sessions are shown, last and end."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from vici.domains.conversations.api.messages import Message, MessageText, Payload
from vici.kit.dto import NO_NUL, Dto, Key

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
    """As `after`, by place; where both are given, this counts: it is where a client has got to since."""
    limit: Annotated[int, Field(ge=1, le=500)] = 50


class Session(Dto):
    session_id: Key
    user_id: Key
    channel: Key
    created_at: datetime
    expires_at: datetime
    status: SessionStatus
    stage: Stage
    wants_person_since: datetime | None = None
    """When a person was asked for, as long as none has written."""
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


class End(Dto):
    session_id: Key
    reason: Annotated[str, StringConstraints(max_length=300, pattern=NO_NUL)] = ""


class ModeChanged(Dto):
    session_id: Key
    mode: Mode
    epoch: int
