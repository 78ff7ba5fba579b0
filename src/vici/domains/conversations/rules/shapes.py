"""What the data of an action must look like, by its type."""

from typing import Annotated, Any

from pydantic import Field, ValidationError

from vici.domains.conversations.api import Action, ActionType, BadAction, Payload
from vici.kit.dto import Dto
from vici.kit.money import Currency, Minor


class Citation(Dto):
    document: str
    title: str
    passage: str


class SendMessage(Dto):
    message: str
    citations: tuple[Citation, ...] = ()


class QuickReply(Dto):
    title: str
    payload: Payload


class SendQuickReplies(Dto):
    message: str
    replies: Annotated[tuple[QuickReply, ...], Field(min_length=1)]


class CarouselProduct(Dto):
    product_id: str
    name: str
    price_minor: Minor
    original_price_minor: Minor | None = None
    currency: Currency
    in_stock: bool
    url: str
    image_url: str | None = None


class SendCarousel(Dto):
    products: Annotated[tuple[CarouselProduct, ...], Field(min_length=1)]
    """Best first."""


class TransferToAgent(Dto):
    reason: str
    summary: str


class RequestedField(Dto):
    name: str
    prompt: str
    type: str


class CollectInfo(Dto):
    fields: Annotated[tuple[RequestedField, ...], Field(min_length=1)]


class ExecuteApi(Dto):
    name: str
    arguments: dict[str, Any]
    result: Any = None


class EndConversation(Dto):
    reason: str


_SHAPES: dict[ActionType, type[Dto]] = {
    "send_message": SendMessage,
    "send_quick_replies": SendQuickReplies,
    "send_carousel": SendCarousel,
    "transfer_to_agent": TransferToAgent,
    "collect_info": CollectInfo,
    "execute_api": ExecuteApi,
    "end_conversation": EndConversation,
}


def check_shape(action: Action) -> None:
    """Refuse an action whose data has not the shape its type demands."""
    try:
        _SHAPES[action.type].model_validate(action.data)
    except ValidationError as error:
        fault = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in fault["loc"]) or "data"
        raise BadAction(type=action.type, problem=f"{where}: {fault['msg']}") from None
