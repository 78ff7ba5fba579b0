"""Builds the domain."""

import asyncio

from vici.domains import Domain
from vici.domains.channels.api import ChannelsApi
from vici.domains.channels.http.chat import ChatDoor, chat_routes
from vici.domains.channels.providers.streams import OpenStreams
from vici.domains.channels.service import ChannelsService
from vici.domains.conversations.api import ConversationsApi
from vici.infra.limits.limiter import Limiter
from vici.kit.ids import NewId


def build(
    conversations: ConversationsApi,
    limiter: Limiter,
    new_id: NewId,
    stopping: asyncio.Event,
    *,
    quiet_ms: int,
    limit_chat: str,
    limit_sessions: str,
) -> Domain[ChannelsApi]:
    """`limit_chat` is one session's, `limit_sessions` one client address's; streams end once `stopping` is set."""
    streams = OpenStreams(conversations, stopping)
    door = ChatDoor(conversations, streams, limiter, new_id, quiet_ms, limit_chat, limit_sessions)
    return Domain(ChannelsService(streams), public=chat_routes(door, conversations, streams))
