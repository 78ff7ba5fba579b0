"""Migrations, from empty to head, give the tables the code declares; on every kind of database."""

import importlib
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, MetaData

import vici.domains
import vici.migrations
from vici.infra.database.port import Database
from vici.infra.events.tables import metadata as events_metadata
from vici.migrations import heads, pending, upgrade
from vici.wiring import SERVICES


def declared(branches: tuple[str, ...]) -> MetaData:
    together = MetaData()
    for table in events_metadata.tables.values():
        table.to_metadata(together)
    for branch in branches:
        for table in importlib.import_module(f"vici.domains.{branch}.tables").metadata.tables.values():
            table.to_metadata(together)
    return together


async def test_all_migrations_together_equal_the_declared_tables(empty_database: Database) -> None:
    def migrate_and_compare(connection: Connection) -> object:
        upgrade(connection, ("events", *SERVICES))
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [
            difference
            for difference in compare_metadata(context, declared(SERVICES))
            if not (
                isinstance(difference, tuple)
                and difference[0] == "remove_table"
                and difference[1].name == "alembic_version"
            )
        ]

    assert await empty_database.write(migrate_and_compare) == []


async def test_a_domain_can_live_in_a_database_of_its_own(empty_database: Database) -> None:
    for service in SERVICES:
        assert await empty_database.read(lambda c, service=service: pending(c, ("events", service)))
        await empty_database.write(lambda c, service=service: upgrade(c, ("events", service)))
        await empty_database.write(lambda c, service=service: upgrade(c, ("events", service)))
        assert not await empty_database.read(lambda c, service=service: pending(c, ("events", service)))


def test_every_domain_with_tables_is_migrated() -> None:
    with_tables = {path.parent.name for path in Path(vici.domains.__path__[0]).glob("*/tables.py")}
    assert with_tables == set(SERVICES)
    assert len(heads(("events", *SERVICES))) == 1 + len(SERVICES)


def test_an_unknown_branch_is_a_fault_not_an_empty_schema() -> None:
    with pytest.raises(LookupError):
        heads(("no-such-domain",))
