"""Server-sent events: a session as it goes on."""

from collections.abc import AsyncIterator

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from vici.domains.channels.http.shapes import Progress, Status, Typing, chat_entry
from vici.domains.channels.providers.streams import OpenStreams, Place
from vici.domains.conversations.api import ConversationsApi, GetSession, Message, Session, Stage, State
from vici.kit.dto import Dto
from vici.kit.errors import Refusal

# Proxies close what is silent for a minute, some for half of one.
HEARTBEAT_SECONDS = 15.0
RECONNECT_MS = 1000
# A stream that is opened shows what a session keeps; what comes at once while it is open is read in such pieces too.
MESSAGES_MAX = 50

EXAMPLE = """retry: 1000

event: status
data: {"status":"active"}

id: 1
event: message
data: {"message_id":"7f9c2a","role":"user","content":"Tìm iPhone 15", …}

event: typing
data: {"active":true}

event: progress
data: {"stage":"thinking"}

id: 2
event: message
data: {"message_id":"0199…","role":"assistant","content":"…","reply_to":["7f9c2a"], …}

event: typing
data: {"active":false}
"""


class EventStream(StreamingResponse):
    """Leaves its place when it is over, however that comes, and even if nothing of it was read."""

    def __init__(self, place: Place, events: AsyncIterator[bytes]) -> None:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        super().__init__(events, headers=headers, media_type="text/event-stream")
        self._place = place

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._place.leave()


class Stream:
    """What one client has seen, and what it has to see next."""

    def __init__(self, conversations: ConversationsApi, streams: OpenStreams, begin: GetSession) -> None:
        """`begin` names the session and where the client is."""
        self._conversations = conversations
        self._streams = streams
        self._begin = begin
        self._seen = 0
        self._typing = False
        self._stage: Stage = Stage.IDLE
        self._status = ""

    async def events(self) -> AsyncIterator[bytes]:
        try:
            with self._streams.watch(self._begin.session_id) as watch:
                yield f"retry: {RECONNECT_MS}\n\n".encode()
                asked = self._begin
                while not self._streams.stopping.is_set():
                    session = await self._conversations.session(asked)
                    if shown := self._shown(session):
                        yield shown
                    if session.messages and self._seen < session.position and len(session.messages) == asked.limit:
                        asked = self._following()
                        continue
                    if session.status in ("ended", "expired"):
                        return
                    watch.known = State.model_construct(
                        session_id=session.session_id,
                        status=session.status,
                        stage=session.stage,
                        position=session.position,
                    )
                    while (notes := await watch.notes(HEARTBEAT_SECONDS)) in ([], ["thinking"]):
                        # Typing and thinking are shown at once, without asking the database.
                        yield self._stage_shown(Stage.THINKING) if notes else b": still here\n\n"
                    asked = self._following()
        except Refusal:
            # The database is away. The client comes back, and resumes behind what it has seen.
            return

    def _following(self) -> GetSession:
        return GetSession(session_id=self._begin.session_id, after_position=self._seen, limit=MESSAGES_MAX)

    def _shown(self, session: Session) -> bytes:
        said = b""
        if session.status != self._status:
            self._status = session.status
            said += _event("status", Status(status=session.status))
        for message in session.messages:
            said += _message(message)
        # With nothing behind the place that was asked for, that place is the end.
        self._seen = max(self._seen, session.messages[-1].position if session.messages else session.position)
        return said + self._stage_shown(session.stage)

    def _stage_shown(self, stage: Stage) -> bytes:
        said = b""
        if (stage is not Stage.IDLE) != self._typing:
            self._typing = not self._typing
            said += _event("typing", Typing(active=self._typing))
        if stage is not self._stage:
            self._stage = stage
            said += _event("progress", Progress(stage=stage))
        return said


def _message(message: Message) -> bytes:
    return f"id: {message.position}\n".encode() + _event("message", chat_entry(message))


def _event(name: str, data: Dto) -> bytes:
    # JSON has no raw line breaks, so one data line holds it.
    return f"event: {name}\ndata: {data.model_dump_json()}\n\n".encode()
