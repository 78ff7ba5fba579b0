"""People of the shop: who is waited for, and what they say."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from vici.domains.conversations.api.messages import MessageText
from vici.domains.conversations.api.sessions import SessionStatus
from vici.kit.dto import Dto, Key
from vici.kit.pages import PageLimit


class ListWishes(Dto):
    cursor: str | None = None
    limit: PageLimit = 50


class Wish(Dto):
    """A conversation in which a person is asked for and has not written yet."""

    session_id: Key
    user_id: Key
    channel: Key
    status: SessionStatus
    """`human` once somebody has taken it over."""
    since: datetime
    last_message: str
    """How the newest message begins, whoever said it: up to 200 characters."""
    last_message_at: datetime


class TakeOver(Dto):
    session_id: Key
    by: Key


class PersonSays(Dto):
    """A person of the shop writes to the shopper."""

    session_id: Key
    by: Key
    message_id: Key
    """The writer's own. One session never stores it twice."""
    text: MessageText


class PersonSaid(Dto):
    session_id: Key
    message_id: Key
    position: Annotated[int, Field(ge=1)]
    """Its place in the conversation."""
    repeated: bool
    """True when it was already there: the rest is what the first call said."""


class HandBack(Dto):
    session_id: Key
