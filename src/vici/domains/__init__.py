"""What the shop does. A domain shows `api.py` (what can be asked, and refused) and `events.py` (what has happened)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from fastapi import APIRouter

from vici.infra.events.port import Subscription

Api_co = TypeVar("Api_co", covariant=True)


async def _nothing() -> None:
    pass


@dataclass(frozen=True)
class Domain(Generic[Api_co]):
    """What a domain's `module.build` hands to the composition root."""

    api: Api_co
    public: APIRouter = field(default_factory=APIRouter)
    """Routes for anyone."""
    admin: APIRouter = field(default_factory=APIRouter)
    """Routes that ask for the admin token."""
    subscriptions: tuple[Subscription, ...] = ()
    start: Callable[[], Awaitable[None]] = _nothing
    """Called once everything is built, before the first request."""
    close: Callable[[], Awaitable[None]] = _nothing
    settled: Callable[[], Awaitable[None]] = _nothing
    """Returns once everything heard so far is worked in, what is done in pauses too."""
