"""Conversations on every kind of database, whose time can be moved."""

import itertools
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from vici.domains.conversations.api import (
    Action,
    Claim,
    ClaimNext,
    Commit,
    Committed,
    Draft,
    Message,
    Receive,
    Received,
)
from vici.domains.conversations.service import ConversationsService
from vici.domains.conversations.tables import actions, conversations, messages
from vici.infra.database.port import Database
from vici.kit.ids import NewId

LASTS = timedelta(minutes=30)
LEASE = timedelta(seconds=30)

PassTime = Callable[[float], Awaitable[None]]


@pytest.fixture
def branches() -> tuple[str, ...]:
    return ("events", "conversations")


@pytest.fixture
def service(database: Database, new_id: NewId) -> ConversationsService:
    return ConversationsService(database, new_id, LASTS, LEASE)


@pytest.fixture
def pass_time(database: Database) -> PassTime:
    """Let so many seconds pass for the conversations. A server's clock cannot be moved, so they are moved instead."""

    async def pass_time(seconds: float) -> None:
        past = round(seconds * 1_000_000)

        def move(connection: sa.Connection) -> None:
            for table in (conversations, messages, actions):
                moments = [
                    column for column in table.c if column.name.endswith(("_at", "_since")) or column.name == "at"
                ]
                connection.execute(
                    sa.update(table).values({each.name: sa.type_coerce(each, sa.BigInteger) - past for each in moments})
                )

        await database.write(move)

    return pass_time


class Shopper:
    """Talks to the service, and stands in for the worker that answers."""

    numbers = itertools.count(1)

    def __init__(self, service: ConversationsService, session_id: str = "s-1", *, carry_replies: bool = False) -> None:
        self.service = service
        self.session_id = session_id
        self._carry_replies = carry_replies

    async def says(self, message_id: str, text: str = "Tìm iPhone 15", **given: Any) -> Received:
        return await self.service.receive(
            Receive(
                **{
                    "channel": "web",
                    "session_id": self.session_id,
                    "user_id": "anna",
                    "message_id": message_id,
                    "text": text,
                    "new_session": True,
                    "quiet_ms": 0,
                    "carry_replies": self._carry_replies,
                }
                | given
            )
        )

    async def claimed(self) -> Claim:
        claim = (await self.service.claim_next(ClaimNext(worker="w-1"))).claim
        assert claim is not None
        return claim

    async def commits(self, claim: Claim, message_id: str = "reply-1", *done: Action, **given: Any) -> Committed:
        return await self.service.commit(
            Commit(
                session_id=claim.session_id,
                epoch=claim.epoch,
                last_seq=claim.last_seq,
                message_id=message_id,
                draft=draft(*done, **given),
            )
        )

    async def is_answered(self, message_id: str = "reply-1", *done: Action, **given: Any) -> Message:
        committed = await self.commits(await self.claimed(), message_id, *done, **given)
        assert committed.message is not None
        return committed.message


def draft(*done: Action, **given: Any) -> Draft:
    return Draft(
        **{"text": "Đây ạ", "language": "vi", "intent": "find", "confidence": 0.9, "actions": done or (say(),)} | given
    )


def say(text: str = "Đây ạ") -> Action:
    return Action(type="send_message", data={"message": text})


@pytest.fixture
def anna(service: ConversationsService) -> Shopper:
    return Shopper(service)


@pytest.fixture
def linh(service: ConversationsService) -> Shopper:
    """On a channel to which replies have to be carried."""
    return Shopper(service, "s-linh", carry_replies=True)
