"""A worker claims a conversation and commits a reply."""

from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field

from vici.domains.conversations.api.messages import Draft, Message
from vici.kit.dto import Dto, Key


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
