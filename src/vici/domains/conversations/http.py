"""People of the shop see who waits for them, take a conversation, write, and give it back."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from vici.domains.conversations.api import (
    ConversationsApi,
    HandBack,
    ListWishes,
    MessageText,
    ModeChanged,
    PersonSaid,
    PersonSays,
    TakeOver,
    Wish,
)
from vici.kit.dto import Dto, Key
from vici.kit.pages import Page, PageLimit


class By(Dto):
    by: Key
    """Who of the shop answers now."""


class PersonMessage(Dto):
    """What a person of the shop says."""

    by: Key
    message: MessageText
    message_id: Key
    """Yours, to make a repeat harmless: it is answered as the first was."""

    model_config = {
        "json_schema_extra": {"examples": [{"by": "mai", "message": "Chào bạn, mình là Mai.", "message_id": "mai-1"}]}
    }


class WhichConversations(Dto):
    wants_person: Literal["true"]
    """So far only these can be listed."""
    limit: PageLimit = 50
    cursor: str | None = None


def people_routes(conversations: ConversationsApi) -> APIRouter:
    routes = APIRouter(prefix="/api/v1/admin/conversations", tags=["conversations"])

    @routes.get("", summary="Conversations in which a person is asked for")
    async def list_conversations(  # pyright: ignore[reportUnusedFunction]
        asked: Annotated[WhichConversations, Query()],
    ) -> Page[Wish]:
        """The newest wish first. A wish is over when a person has written, has handed back, or the session was
        ended."""
        return await conversations.wishes(ListWishes(limit=asked.limit, cursor=asked.cursor))

    @routes.post("/{session_id}/take-over", summary="A person answers from now on")
    async def take_over(session_id: Key, body: By) -> ModeChanged:  # pyright: ignore[reportUnusedFunction]
        """What the assistant has not sent yet is cancelled; what it is thinking about is thrown away. When no person
        writes for ten minutes, the assistant answers again."""
        return await conversations.take_over(TakeOver(session_id=session_id, by=body.by))

    @routes.post("/{session_id}/messages", summary="A person says something")
    async def say(session_id: Key, body: PersonMessage) -> PersonSaid:  # pyright: ignore[reportUnusedFunction]
        """Takes the conversation over where nobody has. Repeating a `message_id` of the session is answered as the
        first was, and says nothing twice."""
        return await conversations.say(
            PersonSays(session_id=session_id, by=body.by, message_id=body.message_id, text=body.message)
        )

    @routes.post("/{session_id}/hand-back", summary="The assistant answers again")
    async def hand_back(session_id: Key) -> ModeChanged:  # pyright: ignore[reportUnusedFunction]
        """What nobody has answered is answered first."""
        return await conversations.hand_back(HandBack(session_id=session_id))

    return routes
