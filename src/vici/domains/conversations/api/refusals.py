"""What the conversations refuse."""

from vici.kit.errors import Refusal, Why


class UnknownSession(Refusal):
    code = "conversations.unknown_session"
    why = Why.UNKNOWN
    message = "There is no session {session_id!r}. Leave session_id out to begin one, or name a random UUID of yours."


class SessionExpired(Refusal):
    code = "conversations.session_expired"
    why = Why.GONE
    message = "The session {session_id!r} expired at {expired_at}. Leave session_id out to begin a new one."


class SessionEnded(Refusal):
    code = "conversations.session_ended"
    why = Why.GONE
    message = "The session {session_id!r} was ended. Leave session_id out to begin a new one."


class NotYourSession(Refusal):
    code = "conversations.not_your_session"
    why = Why.FORBIDDEN
    message = "The session {session_id!r} belongs to another user. Leave session_id out to begin your own."


class BadAction(Refusal):
    code = "conversations.bad_action"
    why = Why.INVALID
    message = "The data of the action {type!r} has not the shape it must have: {problem}."


class UnknownMessage(Refusal):
    code = "conversations.unknown_message"
    why = Why.UNKNOWN
    message = "There is no message {message_id!r} in the session {session_id!r}."


class MessageIdTaken(Refusal):
    code = "conversations.message_id_taken"
    why = Why.CONFLICT
    message = "Another side of the session {session_id!r} has said the message {message_id!r}. Name yours otherwise."
