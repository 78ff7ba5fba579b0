"""The web chat's door: a message in, replies by stream or by asking."""

import secrets
import uuid
from collections.abc import Callable, Coroutine
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Header, HTTPException, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import ValidationError
from starlette.requests import ClientDisconnect
from starlette.responses import Response, StreamingResponse

from vici.domains.channels.http.shapes import ChatMessage, ChatSession, Ending, Longer, MessageAccepted, chat_session
from vici.domains.channels.http.stream import EXAMPLE, EventStream, Stream
from vici.domains.channels.providers.streams import OpenStreams
from vici.domains.conversations.api import (
    ConversationsApi,
    End,
    Extend,
    Extended,
    GetSession,
    ModeChanged,
    Receive,
    Received,
    UnknownMessage,
    UnknownSession,
)
from vici.infra.limits.limiter import Limiter, TooMany
from vici.kit.dto import Key
from vici.kit.ids import NewId
from vici.kit.json_text import BadJson, read_json

CHANNEL = "web"
# So many accepted messages are known again without asking the database: those of the last minutes.
REMEMBERED_MAX = 10_000


class ChatDoor:
    """Lets messages in: limits them, gives them ids, and has them stored before it answers."""

    def __init__(
        self,
        conversations: ConversationsApi,
        streams: OpenStreams,
        limiter: Limiter,
        new_id: NewId,
        quiet_ms: int,
        limit_chat: str,
        limit_sessions: str,
    ) -> None:
        self._conversations = conversations
        self._streams = streams
        self._limiter = limiter
        self._new_id = new_id
        self._quiet_ms = quiet_ms
        self._limit_chat = limit_chat
        self._limit_sessions = limit_sessions
        self._accepted: dict[tuple[str | None, str, str | None], None] = {}

    async def accept(self, said: ChatMessage, client: str) -> MessageAccepted:
        session_id = said.session_id
        if session_id is None:
            received = await self._begin(said, _unguessable_id(), client)
        elif self._is_known(said) or await self._is_repeat_past_limit(said, session_id):
            # A repeat is no further message: it is answered as the first was, and counts for no limit.
            return MessageAccepted.model_construct(session_id=session_id, message_id=said.message_id)
        else:
            try:
                received = await self._receive(said, session_id, new_session=False)
            except UnknownSession:
                if not _is_random_uuid(session_id):
                    raise
                received = await self._begin(said, session_id, client)
        self._remember(said.user_id, received)
        structlog.contextvars.bind_contextvars(conversation_id=received.session_id)
        self._streams.tell(received.session_id, "accepted")
        return MessageAccepted(message_id=received.message_id, session_id=received.session_id)

    def _is_known(self, said: ChatMessage) -> bool:
        return (said.session_id, said.user_id, said.message_id) in self._accepted

    def _remember(self, user_id: str, received: Received) -> None:
        self._accepted[received.session_id, user_id, received.message_id] = None
        if len(self._accepted) > REMEMBERED_MAX:
            del self._accepted[next(iter(self._accepted))]

    async def _is_repeat_past_limit(self, said: ChatMessage, session_id: str) -> bool:
        """Counts a message; one past the limit is refused, unless another process has accepted it before."""
        try:
            self._limiter.check("messages", self._limit_chat, session_id)
        except TooMany:
            if said.message_id is None or not await self._is_stored(said, session_id, said.message_id):
                raise
            return True
        return False

    async def _is_stored(self, said: ChatMessage, session_id: str, message_id: str) -> bool:
        try:
            behind = await self._conversations.session(GetSession(session_id=session_id, after=message_id, limit=1))
        except (UnknownSession, UnknownMessage):
            return False
        place = behind.messages[0].position - 1 if behind.messages else behind.position
        found = await self._conversations.session(GetSession(session_id=session_id, after_position=place - 1, limit=1))
        return (found.messages[0].role, found.user_id) == ("user", said.user_id)

    async def _begin(self, said: ChatMessage, session_id: str, client: str) -> Received:
        self._limiter.check("new sessions", self._limit_sessions, client)
        return await self._receive(said, session_id, new_session=True)

    async def _receive(self, said: ChatMessage, session_id: str, *, new_session: bool) -> Received:
        request = Receive(
            channel=CHANNEL,
            session_id=session_id,
            user_id=said.user_id,
            message_id=said.message_id or self._new_id(),
            text=said.message,
            payload=said.payload,
            new_session=new_session,
            carry_replies=False,
            quiet_ms=self._quiet_ms,
        )
        return await self._conversations.receive(request)


def _address_of(request: Request) -> str:
    return request.client.host if request.client else ""


def _unguessable_id() -> str:
    """Whoever knows a session's id may read it, so ids are not in a row as others are."""
    return str(uuid.UUID(bytes=secrets.token_bytes(16), version=4))


def _is_random_uuid(text: str) -> bool:
    """A session may begin under a name that nobody else can guess or choose by accident."""
    try:
        named = uuid.UUID(text)
    except ValueError:
        return False
    return str(named) == text.lower() and named.version in (4, 7)


class _BusyDoor(APIRoute):
    """The body goes to its model directly: FastAPI's way over dependencies and dictionaries takes longer than storing
    the message."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        accept = self.endpoint

        async def handle(request: Request) -> Response:
            if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
                raise HTTPException(415, "Send the message as application/json.")
            try:
                said = ChatMessage.model_validate(read_json(await request.body()))
            except ClientDisconnect:
                raise HTTPException(400, "The connection was closed before the whole message had come.") from None
            except BadJson as error:
                raise RequestValidationError([{"loc": ("body",), "msg": f"The message is {error}"}]) from None
            except ValidationError as error:
                faults = [fault | {"loc": ("body", *fault["loc"])} for fault in error.errors(include_url=False)]
                raise RequestValidationError(faults) from None
            accepted: MessageAccepted = await accept(said, request)
            return Response(accepted.model_dump_json(), 202, media_type="application/json")

        return handle


def chat_routes(door: ChatDoor, conversations: ConversationsApi, streams: OpenStreams) -> APIRouter:
    routes = APIRouter(prefix="/api/v1/chat", tags=["chat"])

    async def post_message(body: ChatMessage, request: Request) -> MessageAccepted:
        """Stored durably when this answers; the reply comes on the session's events, or is found by asking for it.

        Messages sent in a burst are answered once, together. Repeating a `message_id` of the session is answered as the
        first was, and stores nothing.
        """
        return await door.accept(body, _address_of(request))

    routes.add_api_route(
        "/message",
        post_message,
        methods=["POST"],
        status_code=202,
        summary="Say something to the shop",
        route_class_override=_BusyDoor,
    )

    @routes.get("/sessions/{session_id}", summary="A session and what was said in it", response_model=ChatSession)
    async def get_session(  # pyright: ignore[reportUnusedFunction]
        session_id: Key,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        after: Annotated[Key | None, Query(description="Only what follows this message, oldest first.")] = None,
        before: Annotated[Key | None, Query(description="Only what precedes this message, its nearest.")] = None,
    ) -> Response:
        """The last `limit` messages; older ones page by page with `before`, newer ones with `after`."""
        asked = GetSession(session_id=session_id, limit=limit, after=after, before=before)
        session = await conversations.session(asked)
        return Response(chat_session(session).model_dump_json(), media_type="application/json")

    @routes.get(
        "/sessions/{session_id}/events",
        summary="A session as it goes on",
        response_class=StreamingResponse,
        responses={
            200: {"description": "Server-sent events", "content": {"text/event-stream": {"example": EXAMPLE}}},
            204: {"description": "The session is over, and everything was shown: do not reconnect."},
        },
    )
    async def get_events(  # pyright: ignore[reportUnusedFunction]
        session_id: Key,
        request: Request,
        last_event_id: Annotated[int | None, Header(ge=0, le=2**31 - 1)] = None,
        after: Annotated[Key | None, Query(description="Begin behind this message.")] = None,
    ) -> Response:
        """Events: `message` (an entry of the session), `typing` (`{active}`), `progress` (`{stage}`), `status`
        (`{status}`).

        Without `Last-Event-ID` or `after` it begins with the last 50 messages; where both are given, `Last-Event-ID`
        counts. Only messages carry an id: resuming behind one neither loses nor repeats any.
        """
        asked = GetSession(session_id=session_id, after=after, after_position=last_event_id)
        session = await conversations.session(asked)
        resumed = last_event_id is not None or after is not None
        if session.status in ("ended", "expired") and not session.messages and resumed:
            return Response(status_code=204)
        place = streams.take_place(session_id, _address_of(request))
        return EventStream(place, Stream(conversations, streams, asked).events())

    @routes.post("/sessions/{session_id}/end", summary="The shopper leaves")
    async def end_session(session_id: Key, body: Ending | None = None) -> ModeChanged:  # pyright: ignore[reportUnusedFunction]
        """No more messages are taken or answered. Repeating it changes nothing."""
        ended = await conversations.end(End(session_id=session_id, reason=body.reason if body else ""))
        streams.tell(session_id, "changed")
        return ended

    @routes.post("/sessions/{session_id}/extend", summary="Keep a session open longer")
    async def extend_session(session_id: Key, body: Longer) -> Extended:  # pyright: ignore[reportUnusedFunction]
        """It lasts at least so many minutes from now. Never shortens it."""
        return await conversations.extend(Extend(session_id=session_id, minutes=body.minutes))

    return routes
