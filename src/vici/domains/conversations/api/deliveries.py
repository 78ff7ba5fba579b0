"""Actions are carried to their channels."""

from typing import Annotated, Literal

from pydantic import Field

from vici.domains.conversations.api.messages import Action
from vici.kit.dto import Dto, Key


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
