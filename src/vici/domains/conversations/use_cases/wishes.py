"""Where a person is asked for and has not written yet."""

from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, Row, and_, func, or_, select

from vici.domains.conversations.api import ListWishes, Wish
from vici.domains.conversations.rules.answering import status_of
from vici.domains.conversations.tables import conversations, messages
from vici.infra.database.types import database_now, microseconds
from vici.kit.dto import Key
from vici.kit.pages import BadCursor, Page, cursor_for, position_of

EXCERPT_MAX = 200

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KEY: TypeAdapter[str] = TypeAdapter(Key)
_since = conversations.c.wants_person_since
_WISHES = (
    select(
        conversations,
        messages.c.at,
        func.substr(messages.c.content, 1, EXCERPT_MAX).label("excerpt"),
        database_now().label("now"),
    )
    .join_from(
        conversations,
        messages,
        and_(messages.c.session_id == conversations.c.session_id, messages.c.position == conversations.c.position),
    )
    .where(_since.is_not(None))
    .order_by(_since.desc(), conversations.c.session_id.desc())
)


def wishes(connection: Connection, request: ListWishes) -> Page[Wish]:
    """Newest first."""
    query = _WISHES.limit(request.limit + 1)
    if request.cursor is not None:
        since, session_id = _place(request.cursor)
        query = query.where(or_(_since < since, and_(_since == since, conversations.c.session_id < session_id)))
    rows = connection.execute(query).all()
    shown = rows[: request.limit]
    last = shown[-1] if len(rows) > len(shown) else None
    return Page[Wish].model_construct(
        items=tuple(_wish(row) for row in shown),
        next_cursor=None if last is None else cursor_for(microseconds(last.wants_person_since), last.session_id),
    )


def _place(cursor: str) -> tuple[datetime, str]:
    moment, session_id = position_of(cursor, int, str)
    try:
        return _EPOCH + timedelta(microseconds=int(str(moment))), _KEY.validate_python(session_id)
    except (OverflowError, ValidationError):  # well formed, but not made here
        raise BadCursor() from None


def _wish(row: Row[Any]) -> Wish:
    return Wish.model_construct(
        session_id=row.session_id,
        user_id=row.user_id,
        channel=row.channel,
        status=status_of(row.mode, row.expires_at, row.now),
        since=row.wants_person_since,
        last_message=row.excerpt,
        last_message_at=row.at,
    )
