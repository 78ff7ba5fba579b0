"""The schema, one Alembic branch per domain, so that a domain can live in a database of its own.

A revision is the file `versions/<branch>/<number>_<what>.py` and is called `<branch>_<number>`; the highest number is
the head.
"""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from vici.infra.database.port import DatabaseUnavailable

_HERE = Path(__file__).parent
_VERSIONS = _HERE / "versions"

LOCK_SECONDS = 60
# Its names are the whole server's, and no longer than this.
MYSQL_LOCK = "left(concat('vici-migrations ', database()), 64)"


def heads(branches: Iterable[str]) -> set[str]:
    """The revisions these branches should be at. Read from the file names: loading Alembic would double the start-up
    time."""
    latest: set[str] = set()
    for branch in branches:
        numbers = sorted(path.name[:4] for path in (_VERSIONS / branch).glob("[0-9][0-9][0-9][0-9]_*.py"))
        if not numbers:
            raise LookupError(f"no migrations for {branch!r} in {_VERSIONS}")
        latest.add(f"{branch}_{numbers[-1]}")
    return latest


def pending(connection: Connection, branches: Iterable[str]) -> set[str]:
    """The heads this database has not reached."""
    wanted = heads(branches)
    if not inspect(connection).has_table("alembic_version"):
        return wanted
    return wanted - set(connection.scalars(text("SELECT version_num FROM alembic_version")))


def upgrade(connection: Connection, branches: Iterable[str]) -> None:
    """Bring these branches to their heads. Safe to repeat, also after an interruption, and to run from two processes at
    once: the second waits, then finds nothing to do."""
    branches = sorted(branches)
    if not pending(connection, branches):
        return
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_HERE))
    config.set_main_option("path_separator", "newline")
    config.set_main_option(
        "version_locations", "\n".join(str(path) for path in sorted(_VERSIONS.iterdir()) if path.is_dir())
    )
    config.attributes["connection"] = connection
    with _alone(connection):
        for branch in branches:
            command.upgrade(config, f"{branch}@head")


@contextmanager
def _alone(connection: Connection) -> Generator[None]:
    """Two processes of a new version may start together; on SQLite the writer's lock is already held here."""
    mysql = connection.dialect.name in ("mysql", "mariadb")
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('vici-migrations'))"))
    elif mysql and not connection.scalar(text(f"SELECT GET_LOCK({MYSQL_LOCK}, {LOCK_SECONDS})")):
        raise DatabaseUnavailable(reason=f"another process has been migrating for more than {LOCK_SECONDS} seconds")
    try:
        yield
    finally:
        if mysql and not connection.invalidated:  # with its connection the server lets a lock go
            connection.execute(text(f"SELECT RELEASE_LOCK({MYSQL_LOCK})"))
