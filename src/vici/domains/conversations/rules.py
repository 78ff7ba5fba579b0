"""When to answer, how often to try, and what an action must look like."""

from datetime import datetime, timedelta

from pydantic import ValidationError

from vici.domains.conversations.api import (
    Action,
    ActionType,
    BadAction,
    CollectInfo,
    DeliveryStatus,
    EndConversation,
    ExecuteApi,
    Mode,
    Outcome,
    SendCarousel,
    SendMessage,
    SendQuickReplies,
    SessionStatus,
    Stage,
    TransferToAgent,
)
from vici.kit.dto import Dto

# Whoever writes without a pause is answered all the same, so long after the first unanswered message.
BURST_MAX = timedelta(seconds=6)
# Then what the claim covers is answered, and what is newer gets a turn of its own.
RESTARTS_MAX = 3
HISTORY_MAX = 50

# An attempt to deliver that is not settled by then is given up: longer than a channel's timeout.
SENDING_LEASE = timedelta(seconds=30)
# 1 s, 2 s, 4 s … 5 min: ten attempts last about twelve minutes, long enough for a channel to be restarted.
DELIVERY_ATTEMPTS_MAX = 10
_PAUSE_FIRST = timedelta(seconds=1)
_PAUSE_MAX = timedelta(minutes=5)

_SHAPES: dict[ActionType, type[Dto]] = {
    "send_message": SendMessage,
    "send_quick_replies": SendQuickReplies,
    "send_carousel": SendCarousel,
    "transfer_to_agent": TransferToAgent,
    "collect_info": CollectInfo,
    "execute_api": ExecuteApi,
    "end_conversation": EndConversation,
}


def check_shape(action: Action) -> None:
    """Refuse an action whose data has not the shape its type demands."""
    try:
        _SHAPES[action.type].model_validate(action.data)
    except ValidationError as error:
        fault = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in fault["loc"]) or "data"
        raise BadAction(type=action.type, problem=f"{where}: {fault['msg']}") from None


def ready_at(now: datetime, quiet: timedelta, waiting_since: datetime) -> datetime:
    """When thinking may start: a quiet window behind the newest message, but a burst ends at its sixth second."""
    return min(now + quiet, waiting_since + BURST_MAX)


def status_of(mode: str, expires_at: datetime, now: datetime) -> SessionStatus:
    """A session with a person does not expire: a person's answer may take longer than a shopper's next word."""
    match Mode(mode):
        case Mode.ENDED:
            return "ended"
        case Mode.HUMAN:
            return "human"
        case Mode.BOT:
            return "expired" if expires_at <= now else "active"


def stage_of(due_at: datetime | None, claimed_seq: int | None) -> Stage:
    if due_at is None:
        return Stage.IDLE
    return Stage.WAITING if claimed_seq is None else Stage.THINKING


def settled(outcome: Outcome, *, doubtful: bool, recalled: bool, attempts: int) -> DeliveryStatus:
    """What an action is after an attempt. Once in doubt, only `sent` or a person ends the doubt."""
    if outcome == "sent":
        return "sent"
    in_doubt = doubtful or outcome == "unknown"
    if recalled:
        return "review" if in_doubt else "cancelled"
    if attempts >= DELIVERY_ATTEMPTS_MAX:
        return "review" if in_doubt else "dead"
    return "unknown" if in_doubt else "pending"


def pause(attempts: int, jitter: float) -> timedelta:
    """Before the next attempt; `jitter` from 0 to 1 keeps those that failed together from coming back together."""
    return min(_PAUSE_MAX, _PAUSE_FIRST * 2 ** (attempts - 1)) * (0.5 + jitter / 2)
