"""Migrations, from empty to head, give the tables the code declares; on every kind of database."""

import asyncio
import importlib
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, MetaData, event, text
from sqlalchemy.util import await_only

import vici.domains
import vici.migrations
from tests import servers
from vici.infra.database.open import open_database
from vici.infra.database.port import Database, DatabaseUnavailable
from vici.infra.events.tables import metadata as events_metadata
from vici.kit.clock import SystemClock
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


def differences(connection: Connection) -> list[object]:
    """Between the tables that are there and those the code declares."""
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


async def test_all_migrations_together_equal_the_declared_tables(empty_database: Database) -> None:
    await empty_database.write(lambda c: upgrade(c, ("events", *SERVICES)))
    assert await empty_database.read(differences) == []


async def test_a_migration_interrupted_after_every_single_change_comes_to_its_end(empty_database: Database) -> None:
    """MySQL and MariaDB keep each change of an interrupted migration, the others none."""

    class Interrupted(Exception):
        pass

    def upgrade_up_to(connection: Connection, changes: int) -> None:
        made = 0

        def count(_c: object, _cursor: object, statement: str, *_: object) -> None:
            nonlocal made
            made += statement.lstrip().startswith(("CREATE", "ALTER", "DROP"))
            if made > changes:
                raise Interrupted

        event.listen(connection, "after_cursor_execute", count)
        try:
            upgrade(connection, ("events", *SERVICES))
        finally:
            event.remove(connection, "after_cursor_execute", count)

    async def is_interrupted(changes: int) -> bool:
        try:
            await empty_database.write(lambda c: upgrade_up_to(c, changes))
        except Interrupted:
            return True
        return False

    keeps_changes = await empty_database.read(lambda c: c.dialect.name == "mariadb")
    interruptions = 0
    while await is_interrupted(0 if keeps_changes else interruptions):
        interruptions += 1
    assert interruptions > len(declared(SERVICES).tables)
    assert await empty_database.read(differences) == []
    assert not await empty_database.read(lambda c: pending(c, ("events", *SERVICES)))


async def test_a_migration_that_another_process_keeps_waiting_for_too_long_says_so(
    server_url: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vici.migrations, "LOCK_SECONDS", 0)
    database = open_database(servers.fresh_database(server_url("mariadb")), SystemClock())
    waiting, done = asyncio.Event(), asyncio.Event()

    def hold(connection: Connection) -> None:
        connection.execute(text(f"SELECT GET_LOCK({vici.migrations.MYSQL_LOCK}, 0)"))
        waiting.set()
        await_only(done.wait())
        connection.execute(text(f"SELECT RELEASE_LOCK({vici.migrations.MYSQL_LOCK})"))

    holder = asyncio.create_task(database.write(hold))
    await waiting.wait()
    with pytest.raises(DatabaseUnavailable, match="another process"):
        await database.write(lambda c: upgrade(c, ("events",)))
    done.set()
    await holder
    await database.write(lambda c: upgrade(c, ("events",)))
    await database.close()


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
