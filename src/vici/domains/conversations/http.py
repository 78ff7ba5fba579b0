"""People of the shop take a conversation and give it back."""

from fastapi import APIRouter

from vici.domains.conversations.api import ConversationsApi, HandBack, ModeChanged, TakeOver
from vici.kit.dto import Dto, Key


class By(Dto):
    by: Key
    """Who of the shop answers now."""


def people_routes(conversations: ConversationsApi) -> APIRouter:
    routes = APIRouter(prefix="/api/v1/admin/conversations", tags=["conversations"])

    @routes.post("/{session_id}/take-over", summary="A person answers from now on")
    async def take_over(session_id: Key, body: By) -> ModeChanged:  # pyright: ignore[reportUnusedFunction]
        """What the assistant has not sent yet is cancelled; what it is thinking about is thrown away."""
        return await conversations.take_over(TakeOver(session_id=session_id, by=body.by))

    @routes.post("/{session_id}/hand-back", summary="The assistant answers again")
    async def hand_back(session_id: Key) -> ModeChanged:  # pyright: ignore[reportUnusedFunction]
        """What nobody has answered is answered first."""
        return await conversations.hand_back(HandBack(session_id=session_id))

    return routes
