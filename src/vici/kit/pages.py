"""Paging by cursor: a page says where the next one starts."""

import base64
import binascii
import json
from typing import Annotated, Generic, TypeVar

from pydantic import Field

from vici.kit.dto import Dto
from vici.kit.errors import Refusal, Why

T = TypeVar("T")

PageLimit = Annotated[int, Field(ge=1, le=200)]

# A position is an id or two (100 characters, written with up to 12 bytes each); longer ones come from nowhere.
_CURSOR_CHARACTERS_MAX = 4000


class Page(Dto, Generic[T]):
    items: tuple[T, ...]
    next_cursor: str | None = None
    """Ask for the next page with this; absent on the last page."""


class BadCursor(Refusal):
    code = "page.bad_cursor"
    why = Why.INVALID
    message = "This cursor was not made by this list. Start again without a cursor."


Position = list[str | int | float | bool | None]


def cursor_for(*position: str | int | float | bool | None) -> str:
    """Opaque to clients, so that the order behind it can change."""
    return base64.urlsafe_b64encode(json.dumps(position, separators=(",", ":")).encode()).decode().rstrip("=")


def position_of(cursor: str, *kinds: type) -> Position:
    """What `cursor_for` was given. Refuses what is not a cursor, or one of another list (other kinds of values)."""
    if len(cursor) > _CURSOR_CHARACTERS_MAX:
        raise BadCursor()
    try:
        position = json.loads(base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)))
    # json's and utf-8's errors are ValueErrors; lists in lists in lists are too deep for its reader.
    except (binascii.Error, ValueError, RecursionError):
        raise BadCursor() from None
    if not isinstance(position, list) or [type(value) for value in position] != list(kinds):  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        raise BadCursor()
    return position  # pyright: ignore[reportUnknownVariableType]
