"""What the faults of a server look like to a caller, on each kind of server."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable

import pytest
import sqlalchemy as sa

from tests import servers
from vici.infra.database.open import open_database
from vici.infra.database.port import Database, DatabaseUnavailable, OutcomeUnknown
from vici.kit.clock import SystemClock

metadata = sa.MetaData()
things = sa.Table("things", metadata, sa.Column("id", sa.Integer, primary_key=True))


@pytest.fixture(params=["postgresql", "mariadb"])
def server(request: pytest.FixtureRequest, server_url: Callable[[str], str]) -> str:
    return server_url(request.param)


@pytest.fixture
def url(server: str) -> str:
    return servers.fresh_database(server)


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    database = open_database(url, SystemClock())
    await database.write(metadata.create_all)
    yield database
    await database.close()


def insert(connection: sa.Connection, number: int) -> None:
    connection.execute(sa.insert(things).values(id=number))


def cut(connection: sa.Connection, url: str) -> None:
    """The server ends this connection, and whoever holds it has not heard of it yet: the event loop stands still."""
    postgresql = connection.dialect.name == "postgresql"
    own = connection.scalar(sa.text("SELECT pg_backend_pid()" if postgresql else "SELECT connection_id()"))
    sessions = "pg_stat_activity WHERE pid" if postgresql else "information_schema.processlist WHERE id"

    async def end() -> None:
        other = open_database(url, SystemClock())
        kill = f"SELECT pg_terminate_backend({own})" if postgresql else f"KILL {own}"
        await other.write(lambda c: c.execute(sa.text(kill)) and None)
        while await other.read(lambda c: c.scalar(sa.text(f"SELECT count(*) FROM {sessions} = {own}"))):
            pass
        await other.close()

    thread = threading.Thread(target=lambda: asyncio.run(end()))
    thread.start()
    thread.join()


async def test_a_connection_lost_at_the_commit_leaves_the_outcome_unknown(database: Database, url: str) -> None:
    def write(connection: sa.Connection) -> None:
        insert(connection, 1)
        cut(connection, url)

    with pytest.raises(OutcomeUnknown):
        await database.write(write)
    await database.write(lambda c: insert(c, 2))


async def test_a_connection_lost_before_the_commit_changed_nothing(database: Database, url: str) -> None:
    def write(connection: sa.Connection) -> None:
        insert(connection, 1)
        cut(connection, url)
        insert(connection, 2)

    with pytest.raises(DatabaseUnavailable):
        await database.write(write)
    assert await database.read(lambda c: c.scalar(sa.select(sa.func.count()).select_from(things))) == 0


async def test_a_connection_lost_while_reading_is_a_refusal(database: Database, url: str) -> None:
    def read(connection: sa.Connection) -> None:
        cut(connection, url)
        connection.execute(sa.select(things)).all()

    with pytest.raises(DatabaseUnavailable):
        await database.read(read)
    assert await database.read(lambda c: c.execute(sa.select(things)).all()) == []


async def test_a_statement_that_is_wrong_is_a_fault_and_not_bad_weather(database: Database) -> None:
    for wrong in ("CREATE TABLE things (id INTEGER)", "SELECT nothing FROM things", "SELECT * FROM nowhere"):
        with pytest.raises(sa.exc.DBAPIError):
            await database.write(lambda c, wrong=wrong: c.execute(sa.text(wrong)) and None)


async def refused(url: str) -> str:
    """What reading and writing there are refused with."""
    database = open_database(url, SystemClock())
    with pytest.raises(DatabaseUnavailable):
        await database.write(lambda c: insert(c, 1))
    with pytest.raises(DatabaseUnavailable) as refusal:
        await database.read(lambda c: c.scalar(sa.text("SELECT 1")))
    await database.close()
    return str(refusal.value)


async def test_a_database_that_is_not_there_is_told_by_name(server: str) -> None:
    assert "'nowhere'" in (await refused(f"{server}/nowhere")).replace('"', "'")


async def test_a_user_the_server_does_not_know_is_told_by_name(url: str) -> None:
    scheme, _, place = url.partition("://")
    assert "'nobody'" in (await refused(f"{scheme}://nobody:secret@{place.split('@')[1]}")).replace('"', "'")


async def test_a_table_of_somebody_else_is_a_refusal(database: Database, url: str, server: str) -> None:
    name = f"guest_{url[-8:]}"
    grants = (
        [f"CREATE USER {name}"]
        if server.startswith("postgresql")
        else [f"CREATE USER {name}@'%'", f"GRANT CREATE ON {url.rpartition('/')[2]}.* TO {name}@'%'"]
    )
    for grant in grants:
        await database.write(lambda c, grant=grant: c.execute(sa.text(grant)) and None)
    scheme, _, place = url.partition("://")
    guest = open_database(f"{scheme}://{name}@{place.split('@')[1]}", SystemClock())
    with pytest.raises(DatabaseUnavailable, match="denied"):
        await guest.read(lambda c: c.execute(sa.select(things)).all())
    await guest.close()


async def test_an_option_the_driver_does_not_know_is_told_by_name(url: str) -> None:
    assert "no_such_option" in await refused(f"{url}?no_such_option=1")


async def test_a_server_that_is_not_there_is_a_refusal(server: str) -> None:
    scheme = server.partition("://")[0]
    assert "Connect call failed" in await refused(f"{scheme}://vici@127.0.0.1:1/none")


@pytest.mark.parametrize("place", ["vici@127.0.0.1:abc/shop", "vici@127.0.0.1:99999/shop", "vici:secret@db:port/shop"])
@pytest.mark.parametrize("scheme", ["postgresql", "mysql", "mariadb"])
def test_an_address_that_cannot_be_read_is_told_by_its_setting_and_without_the_password(
    scheme: str, place: str
) -> None:
    with pytest.raises(DatabaseUnavailable, match="VICI_DATABASE") as refused:
        open_database(f"{scheme}://{place}", SystemClock())
    assert "secret" not in str(refused.value)
