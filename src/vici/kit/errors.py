"""Refusals: what a domain says instead of doing what it was asked."""

from enum import StrEnum
from typing import Any, ClassVar


class Why(StrEnum):
    """The kinds of refusal; each becomes one HTTP status."""

    INVALID = "invalid"
    UNKNOWN = "unknown"
    CONFLICT = "conflict"
    GONE = "gone"
    FORBIDDEN = "forbidden"
    LIMITED = "limited"
    UNAVAILABLE = "unavailable"


class Refusal(Exception):
    """A refusal the caller is expected to handle; it carries the same facts in-process and over a wire.

    A subclass names its `code` (public, never reused), its `why`, and a `message` for people, formatted with the facts.
    """

    code: ClassVar[str]
    why: ClassVar[Why]
    message: ClassVar[str]
    by_code: ClassVar[dict[str, type["Refusal"]]] = {}

    def __init_subclass__(cls) -> None:
        if cls.code in Refusal.by_code:
            raise TypeError(f"two refusals share the code {cls.code!r}")
        Refusal.by_code[cls.code] = cls

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.message.format(**facts))
