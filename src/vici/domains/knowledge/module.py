"""Puts the documents together."""

from vici.domains import Domain
from vici.domains.knowledge.api import KnowledgeApi
from vici.domains.knowledge.http import admin_routes, public_routes
from vici.domains.knowledge.service import KnowledgeService
from vici.infra.database.port import Database
from vici.kit.clock import Clock


def build(database: Database, clock: Clock) -> Domain[KnowledgeApi]:
    api = KnowledgeService(database, clock)
    return Domain[KnowledgeApi](api, public=public_routes(api), admin=admin_routes(api), start=api.catch_up)
