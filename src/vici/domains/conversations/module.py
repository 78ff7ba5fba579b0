"""Builds the domain."""

from datetime import timedelta

from vici.domains import Domain
from vici.domains.conversations.api import ConversationsApi
from vici.domains.conversations.http import people_routes
from vici.domains.conversations.service import ConversationsService
from vici.infra.database.port import Database
from vici.kit.ids import NewId

# How long a worker may be silent before another takes its conversation.
LEASE = timedelta(seconds=30)


def build(
    database: Database, new_id: NewId, *, session_minutes: int = 30, lease: timedelta = LEASE
) -> Domain[ConversationsApi]:
    """Time is the database's: it alone decides leases, quiet windows and the end of a session."""
    service = ConversationsService(database, new_id, timedelta(minutes=session_minutes), lease)
    return Domain(service, admin=people_routes(service))
