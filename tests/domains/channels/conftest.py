"""The web chat over a real database, its assistant played by the test."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI

from tests.domains.conversations.conftest import Shopper
from vici.apps.http.middleware import RequestContext
from vici.apps.http.problems import install_problems
from vici.domains.channels.http.chat import ChatDoor, chat_routes
from vici.domains.channels.providers.streams import OpenStreams
from vici.domains.conversations.service import ConversationsService
from vici.infra.database.port import Database
from vici.infra.limits.limiter import Limiter
from vici.kit.ids import NewId


@dataclass
class Chat:
    http: httpx.AsyncClient
    app: FastAPI
    service: ConversationsService
    door: ChatDoor
    streams: OpenStreams
    stopping: asyncio.Event

    async def says(self, **body: object) -> httpx.Response:
        return await self.http.post("/api/v1/chat/message", json={"user_id": "anna", "message": "Tìm iPhone 15"} | body)

    async def begins(self, **body: object) -> str:
        """A new session with one message: its id."""
        answer = await self.says(**body)
        assert answer.status_code == 202, answer.text
        return answer.json()["session_id"]

    def shopper(self, session_id: str) -> Shopper:
        return Shopper(self.service, session_id)


OpenChat = Callable[..., Awaitable[Chat]]


@pytest.fixture
def branches() -> tuple[str, ...]:
    return ("events", "conversations")


@pytest.fixture
async def open_chat(sqlite_database: Database, new_id: NewId) -> AsyncIterator[OpenChat]:
    opened: list[Chat] = []

    async def open_chat(limit_chat: str = "off", limit_sessions: str = "off", quiet_ms: int = 0) -> Chat:
        stopping = asyncio.Event()
        service = ConversationsService(sqlite_database, new_id, timedelta(minutes=30), timedelta(seconds=30))
        streams = OpenStreams(service, stopping)
        door = ChatDoor(service, streams, Limiter(), new_id, quiet_ms, limit_chat, limit_sessions)
        app = FastAPI()
        install_problems(app)
        app.include_router(chat_routes(door, service, streams))
        app.add_middleware(RequestContext)
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        http = httpx.AsyncClient(transport=transport, base_url="http://shop")
        chat = Chat(http, app, service, door, streams, stopping)
        opened.append(chat)
        return chat

    yield open_chat
    for chat in opened:
        chat.stopping.set()
        await chat.http.aclose()


@pytest.fixture
async def chat(open_chat: OpenChat) -> Chat:
    return await open_chat()
