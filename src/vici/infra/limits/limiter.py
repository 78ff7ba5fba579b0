"""Limits by key, counted in this process."""

import math
import time

import limits
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from vici.kit.errors import Refusal, Why


class TooMany(Refusal):
    code = "limits.too_many"
    why = Why.LIMITED
    message = "Too many {what}: {limit} are allowed. Try again in {retry_after_seconds} s."


class Limiter:
    def __init__(self) -> None:
        self._strategy = MovingWindowRateLimiter(MemoryStorage())
        self._parsed: dict[str, limits.RateLimitItem] = {}

    def check(self, what: str, limit: str, key: str) -> None:
        """Count one and refuse with `TooMany` when it is one too many. `limit` is like `10/minute`, or `off`."""
        if limit == "off":
            return
        rate = self._parsed.get(limit) or self._parsed.setdefault(limit, limits.parse(limit))
        if not self._strategy.hit(rate, what, key):
            reset = self._strategy.get_window_stats(rate, what, key).reset_time
            raise TooMany(what=what, limit=limit, retry_after_seconds=max(1, math.ceil(reset - time.time())))


def valid_limit(limit: str) -> bool:
    """Whether `limit` can be read."""
    if limit == "off":
        return True
    try:
        limits.parse(limit)
    except ValueError:
        return False
    return True
