"""How often an action is tried, and what becomes of it."""

from datetime import timedelta

from vici.domains.conversations.api import DeliveryStatus, Outcome

# An attempt to deliver that is not settled by then is given up: longer than a channel's timeout.
SENDING_LEASE = timedelta(seconds=30)
# 1 s, 2 s, 4 s … 5 min: ten attempts last about twelve minutes, long enough for a channel to be restarted.
DELIVERY_ATTEMPTS_MAX = 10
_PAUSE_FIRST = timedelta(seconds=1)
_PAUSE_MAX = timedelta(minutes=5)


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
